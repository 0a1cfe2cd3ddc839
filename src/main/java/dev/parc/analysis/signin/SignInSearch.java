package dev.parc.analysis.signin;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Looks for a sign-in that leaves every policy a way to be passed. A sign-in is one class out of each dimension; a way
 * is a set of classes that it must be in, dimension by dimension. The search goes over the policies' ways, not over the
 * sign-ins, and is exhaustive: what only one way is left for is narrowed at once, then the policy with the fewest ways
 * is branched on.
 */
public final class SignInSearch {

    /** One property of a sign-in with its classes, the most ordinary one first; {@code index} is its place. */
    public record Dimension(String name, int index, List<String> classes) {
        public Dimension {
            classes = List.copyOf(classes);
        }

        /** These of its classes. */
        public BitSet of(Predicate<String> wanted) {
            BitSet set = new BitSet(classes.size());
            for (int i = 0; i < classes.size(); i++) {
                set.set(i, wanted.test(classes.get(i)));
            }
            return set;
        }
    }

    /** The classes of one dimension that a sign-in must be in. */
    public record Demand(int dimension, BitSet classes) {}

    /** What a sign-in must be to pass a policy: all of these at once, each of another dimension. */
    public record Way(List<Demand> demands) {

        public static final Way OPEN = new Way(List.of());

        public Way {
            demands = List.copyOf(demands);
        }

        /** A way that demands one thing. */
        public static Way of(Dimension dimension, Predicate<String> classes) {
            return new Way(List.of(new Demand(dimension.index(), dimension.of(classes))));
        }

        /** A way that demands everything the others do, if a sign-in can be all of it. */
        public static Optional<Way> all(List<Way> ways) {
            SortedMap<Integer, BitSet> demands = new TreeMap<>();
            for (Way way : ways) {
                for (Demand demand : way.demands()) {
                    demands.merge(demand.dimension(), demand.classes(), (one, other) -> {
                        BitSet both = (BitSet) one.clone();
                        both.and(other);
                        return both;
                    });
                }
            }
            return demands.values().stream().anyMatch(BitSet::isEmpty)
                    ? Optional.empty()
                    : Optional.of(new Way(demands.entrySet().stream()
                            .map(entry -> new Demand(entry.getKey(), entry.getValue()))
                            .toList()));
        }

        /** The ways that go one way of each, as many as a sign-in can be. */
        public static List<Way> oneOfEach(List<List<Way>> choices) {
            List<Way> together = List.of(OPEN);
            for (List<Way> ways : choices) {
                together = together.stream()
                        .flatMap(one -> ways.stream().flatMap(other -> all(List.of(one, other)).stream()))
                        .toList();
            }
            return together;
        }

        /** Whether the sign-in, a class of each dimension, goes this way. */
        public boolean isGoneBy(int[] signIn) {
            return isGoneBy(signIn, -1);
        }

        /** The same, whatever its class of this dimension. */
        private boolean isGoneBy(int[] signIn, int dimension) {
            for (Demand demand : demands) {
                if (demand.dimension() != dimension && !demand.classes().get(signIn[demand.dimension()])) {
                    return false;
                }
            }
            return true;
        }

        private Optional<BitSet> demanded(int dimension) {
            for (Demand demand : demands) {
                if (demand.dimension() == dimension) {
                    return Optional.of(demand.classes());
                }
            }
            return Optional.empty();
        }

        private boolean possible(BitSet[] open) {
            for (Demand demand : demands) {
                if (!demand.classes().intersects(open[demand.dimension()])) {
                    return false;
                }
            }
            return true;
        }

        private boolean certain(BitSet[] open) {
            for (Demand demand : demands) {
                BitSet left = open[demand.dimension()];
                for (int i = left.nextSetBit(0); i >= 0; i = left.nextSetBit(i + 1)) {
                    if (!demand.classes().get(i)) {
                        return false;
                    }
                }
            }
            return true;
        }

        private BitSet[] narrow(BitSet[] open) {
            BitSet[] narrowed = open.clone();
            for (Demand demand : demands) {
                BitSet left = (BitSet) narrowed[demand.dimension()].clone();
                left.and(demand.classes());
                narrowed[demand.dimension()] = left;
            }
            return narrowed;
        }
    }

    /** A sign-in was not found within the steps allowed, nor was it shown that there is none. */
    public static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final int MOST_STEPS = 50_000;
    /** So many to do without something that sets a sign-in apart. */
    private static final int MOST_STEPS_TO_SIMPLIFY = 1_000;

    private final List<List<Way>> ways;
    private final int[] policies;
    private final BitSet[] open;
    private final int mostSteps;
    private final BitSet needed = new BitSet();
    private int steps;

    /**
     * @param open the classes of each dimension to search through, none of them empty
     * @param ways the ways to pass each policy, by its place
     * @param policies the places of the policies to pass
     */
    public SignInSearch(BitSet[] open, List<List<Way>> ways, int[] policies) {
        this(open, ways, policies, MOST_STEPS);
    }

    private SignInSearch(BitSet[] open, List<List<Way>> ways, int[] policies, int mostSteps) {
        this.mostSteps = mostSteps;
        this.open = open.clone();
        this.ways = ways;
        this.policies = policies.clone();
    }

    /**
     * The class of each dimension of a sign-in that passes every policy, the most ordinary ones where there is a
     * choice, and as few others as can be; empty if there is none.
     *
     * @throws TooManySteps if the search does not end in time
     */
    public Optional<int[]> find() {
        return ordinary().map(this::plainest);
    }

    /** Does without each class that is not the most ordinary one of its dimension, if need be by others that are not either. */
    private int[] plainest(int[] found) {
        int[] signIn = found;
        for (int dimension = signIn.length - 1; dimension >= 0; dimension--) {
            if (signIn[dimension] > open[dimension].nextSetBit(0)) {
                BitSet[] plainer = open.clone();
                for (int other = 0; other < signIn.length; other++) {
                    int first = open[other].nextSetBit(0);
                    if (other == dimension || signIn[other] == first) {
                        plainer[other] = new BitSet();
                        plainer[other].set(first);
                    }
                }
                signIn = within(plainer).orElse(signIn);
            }
        }
        return signIn;
    }

    /** A sign-in of these classes only, if one is found soon; without, the other one is right too. */
    private Optional<int[]> within(BitSet[] classes) {
        try {
            return new SignInSearch(classes, ways, policies, MOST_STEPS_TO_SIMPLIFY).ordinary();
        } catch (TooManySteps e) {
            return Optional.empty();
        }
    }

    private Optional<int[]> ordinary() {
        return pass(open, policies).map(left -> {
            int[] signIn = new int[left.length];
            for (int i = 0; i < left.length; i++) {
                signIn[i] = left[i].nextSetBit(0);
            }
            return mostOrdinary(signIn);
        });
    }

    /** After nothing was found: policies without which the search would not have ended so, by their place. */
    public BitSet needed() {
        return (BitSet) needed.clone();
    }

    private Optional<BitSet[]> pass(BitSet[] from, int[] policiesLeft) {
        if (++steps > mostSteps) {
            throw new TooManySteps();
        }
        BitSet[] at = from;
        int[] left = policiesLeft;
        int fewest;
        boolean narrowed;
        do {
            narrowed = false;
            fewest = -1;
            int fewestWays = Integer.MAX_VALUE;
            int kept = 0;
            int[] next = new int[left.length];
            for (int policy : left) {
                int possible = 0;
                boolean passed = false;
                Way only = Way.OPEN;
                for (Way way : ways.get(policy)) {
                    if (way.possible(at)) {
                        possible++;
                        only = way;
                        passed = passed || way.certain(at);
                    }
                }
                if (possible == 0) {
                    needed.set(policy);
                    return Optional.empty();
                }
                if (passed) {
                    continue;
                }
                if (possible == 1) {
                    needed.set(policy);
                    at = only.narrow(at);
                    narrowed = true;
                    continue;
                }
                if (possible < fewestWays) {
                    fewestWays = possible;
                    fewest = policy;
                }
                next[kept++] = policy;
            }
            left = Arrays.copyOf(next, kept);
        } while (narrowed);
        if (fewest < 0) {
            return Optional.of(at);
        }
        needed.set(fewest);
        int branch = fewest;
        int[] others = new int[left.length - 1];
        int kept = 0;
        for (int policy : left) {
            if (policy != branch) {
                others[kept++] = policy;
            }
        }
        for (Way way : ways.get(branch)) {
            if (way.possible(at)) {
                Optional<BitSet[]> found = pass(way.narrow(at), others);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The same sign-in with each of its classes as ordinary as the policies allow, the others staying as they are. */
    private int[] mostOrdinary(int[] found) {
        int[] signIn = found.clone();
        for (int dimension = 0; dimension < signIn.length; dimension++) {
            int first = open[dimension].nextSetBit(0);
            if (signIn[dimension] > first) {
                BitSet allowed = (BitSet) open[dimension].clone();
                for (int i = 0; i < policies.length && allowed.nextSetBit(0) < signIn[dimension]; i++) {
                    narrow(allowed, ways.get(policies[i]), signIn, dimension);
                }
                signIn[dimension] = allowed.nextSetBit(0);
            }
        }
        return signIn;
    }

    /** Keeps those classes of one dimension with which the sign-in, otherwise as it is, still has a way. */
    private static void narrow(BitSet classes, List<Way> ways, int[] signIn, int dimension) {
        BitSet passed = new BitSet();
        for (Way way : ways) {
            if (way.isGoneBy(signIn, dimension)) {
                Optional<BitSet> wanted = way.demanded(dimension);
                if (wanted.isEmpty()) {
                    return;
                }
                passed.or(wanted.get());
            }
        }
        classes.and(passed);
    }
}
