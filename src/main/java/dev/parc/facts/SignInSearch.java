package dev.parc.facts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for a sign-in that leaves every policy a way to be passed. A sign-in is one class out of each dimension; a way
 * is a set of classes that it must be in, dimension by dimension. The search goes over the policies' ways, not over the
 * sign-ins, and is exhaustive.
 */
final class SignInSearch {

    /** One property of a sign-in with its classes, the most ordinary one first. */
    record Dimension(String name, List<String> classes) {
        Dimension {
            classes = List.copyOf(classes);
        }

        /** These of its classes. */
        BitSet of(java.util.function.Predicate<String> wanted) {
            BitSet set = new BitSet(classes.size());
            for (int i = 0; i < classes.size(); i++) {
                set.set(i, wanted.test(classes.get(i)));
            }
            return set;
        }
    }

    /** What a sign-in must be to pass a policy: all of these at once. */
    record Way(Map<Dimension, BitSet> demands) {}

    /** A sign-in was not found within the steps allowed, nor was it shown that there is none. */
    static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final int MOST_STEPS = 2_000_000;

    private final List<Dimension> dimensions;
    private final List<List<Way>> policies;
    private final int mostLocations;
    private final List<Dimension> locations;
    private int steps;

    /**
     * @param policies the ways to pass each policy
     * @param locations the dimensions that say "is in this named location", of which at most {@code mostLocations} may
     *     be true at once
     */
    SignInSearch(List<Dimension> dimensions, List<List<Way>> policies, List<Dimension> locations, int mostLocations) {
        this.dimensions = List.copyOf(dimensions);
        this.policies =
                policies.stream().sorted(Comparator.comparingInt(List::size)).toList();
        this.locations = List.copyOf(locations);
        this.mostLocations = mostLocations;
    }

    /**
     * The classes of a sign-in that passes every policy, the most ordinary ones where there is a choice; empty if there
     * is none.
     *
     * @throws TooManySteps if the search does not end in time
     */
    Optional<Map<Dimension, String>> find() {
        Map<Dimension, BitSet> open = new LinkedHashMap<>();
        dimensions.forEach(dimension -> open.put(dimension, dimension.of(any -> true)));
        return pass(0, open).map(left -> {
            Map<Dimension, String> signIn = new LinkedHashMap<>();
            left.forEach((dimension, classes) ->
                    signIn.put(dimension, dimension.classes().get(classes.nextSetBit(0))));
            return signIn;
        });
    }

    private Optional<Map<Dimension, BitSet>> pass(int policy, Map<Dimension, BitSet> open) {
        if (policy == policies.size()) {
            return Optional.of(open);
        }
        for (Way way : policies.get(policy)) {
            if (++steps > MOST_STEPS) {
                throw new TooManySteps();
            }
            Optional<Map<Dimension, BitSet>> narrowed = narrow(open, way).filter(this::fewLocations);
            if (narrowed.isPresent()) {
                Optional<Map<Dimension, BitSet>> found = pass(policy + 1, narrowed.get());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Map<Dimension, BitSet>> narrow(Map<Dimension, BitSet> open, Way way) {
        Map<Dimension, BitSet> narrowed = new LinkedHashMap<>(open);
        for (Map.Entry<Dimension, BitSet> demand : way.demands().entrySet()) {
            BitSet left = (BitSet) demand.getValue().clone();
            left.and(narrowed.getOrDefault(demand.getKey(), new BitSet()));
            if (left.isEmpty()) {
                return Optional.empty();
            }
            narrowed.put(demand.getKey(), left);
        }
        return Optional.of(narrowed);
    }

    /** The first class of a location is "elsewhere": without it the sign-in must be inside. */
    private boolean fewLocations(Map<Dimension, BitSet> open) {
        return locations.stream()
                        .filter(location ->
                                !open.getOrDefault(location, new BitSet()).get(0))
                        .count()
                <= mostLocations;
    }

    /** A way that demands one thing. */
    static Way way(Dimension dimension, BitSet classes) {
        return new Way(Map.of(dimension, classes));
    }

    /** A way that demands everything the others do; empty if no sign-in can be all of it. */
    static Optional<Way> all(Way... ways) {
        Map<Dimension, BitSet> demands = new LinkedHashMap<>();
        for (Way way : ways) {
            way.demands()
                    .forEach((dimension, classes) ->
                            demands.merge(dimension, (BitSet) classes.clone(), SignInSearch::intersection));
        }
        return demands.values().stream().anyMatch(BitSet::isEmpty) ? Optional.empty() : Optional.of(new Way(demands));
    }

    private static BitSet intersection(BitSet one, BitSet other) {
        one.and(other);
        return one;
    }

    /** Ways that differ in what they demand, as a list that can grow. */
    static List<Way> ways(Way... ways) {
        return new ArrayList<>(Arrays.asList(ways));
    }
}
