package dev.parc.analysis.signin;

import dev.parc.facts.policies.AddressRange;
import dev.parc.facts.policies.AddressRange.Address;
import dev.parc.facts.policies.NamedLocation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The finitely many ways in which an address can be inside and outside the named locations. IP locations cut the
 * address space into intervals, country locations the countries into those they name, all others, and none known;
 * an address may be in any country.
 */
final class LocationClasses {

    private static final int MOST_CLASSES = 4_096;
    private static final BitSet NOWHERE = new BitSet();

    private static final List<AddressRange> NOT_ON_THE_INTERNET = NamedLocation.NOT_ON_THE_INTERNET.stream()
            .flatMap(range -> AddressRange.parse(range).stream())
            .toList();

    private final List<Set<String>> classes;
    private final Set<String> modelled;
    private final Map<String, BitSet> byLocation = new HashMap<>();

    private LocationClasses(List<Set<String>> classes, Set<String> modelled) {
        this.classes = List.copyOf(classes);
        this.modelled = Set.copyOf(modelled);
        for (int i = 0; i < classes.size(); i++) {
            for (String id : classes.get(i)) {
                byLocation.computeIfAbsent(id, key -> new BitSet()).set(i);
            }
        }
    }

    /** The classes of these locations; those that cannot be modelled exactly, or not together, are left out. */
    static LocationClasses of(Collection<NamedLocation> locations) {
        Map<String, List<AddressRange>> ranges = new TreeMap<>();
        Map<String, NamedLocation> countries = new TreeMap<>();
        for (NamedLocation location : locations) {
            if (location.kind() == NamedLocation.Kind.COUNTRY) {
                countries.put(location.id(), location);
            } else if (location.kind() == NamedLocation.Kind.IP) {
                List<AddressRange> parsed = location.ranges().stream()
                        .flatMap(range -> AddressRange.parse(range).stream())
                        .toList();
                if (parsed.size() == location.ranges().size()) {
                    ranges.put(location.id(), parsed);
                }
            }
        }
        Set<Set<String>> byAddress = byAddress(ranges);
        if (byAddress.size() > MOST_CLASSES) {
            byAddress = Set.of(Set.of());
            ranges.clear();
        }
        Set<Set<String>> byCountry = byCountry(countries.values());
        if (byAddress.size() * byCountry.size() > MOST_CLASSES) {
            byCountry = Set.of(Set.of());
            countries.clear();
        }
        Set<Set<String>> classes = new LinkedHashSet<>();
        for (Set<String> addresses : byAddress) {
            for (Set<String> inCountry : byCountry) {
                Set<String> inside = new TreeSet<>(addresses);
                inside.addAll(inCountry);
                classes.add(inside);
            }
        }
        Set<String> modelled = new HashSet<>(ranges.keySet());
        modelled.addAll(countries.keySet());
        return new LocationClasses(
                classes.stream()
                        .sorted(Comparator.<Set<String>>comparingInt(Set::size).thenComparing(Object::toString))
                        .toList(),
                modelled);
    }

    /** For each class the ids of the locations that an address of it is inside; the fewest first. */
    List<Set<String>> classes() {
        return classes;
    }

    /** The places of the classes that are inside the location; not to be changed. */
    BitSet inside(String id) {
        return byLocation.getOrDefault(id, NOWHERE);
    }

    boolean models(String id) {
        return modelled.contains(id);
    }

    private static Set<Set<String>> byAddress(Map<String, List<AddressRange>> ranges) {
        List<String> ids = List.copyOf(ranges.keySet());
        Set<BitSet> signatures = new HashSet<>();
        for (boolean six : new boolean[] {false, true}) {
            sweep(ids, ranges, six, signatures);
        }
        Set<Set<String>> named = new HashSet<>();
        signatures.forEach(signature -> {
            Set<String> inside = new TreeSet<>();
            signature.stream().mapToObj(ids::get).forEach(inside::add);
            named.add(inside);
        });
        return named;
    }

    /** Goes through the addresses from the lowest to the highest, and notes which locations hold the one at hand. */
    private static void sweep(
            List<String> ids, Map<String, List<AddressRange>> ranges, boolean six, Set<BitSet> signatures) {
        TreeMap<Address, Map<Integer, Integer>> changes = new TreeMap<>();
        changes.put(new Address(0, 0), new HashMap<>());
        int unreachable = ids.size();
        NOT_ON_THE_INTERNET.stream()
                .filter(range -> range.six() == six)
                .forEach(range -> add(changes, range, unreachable));
        for (int i = 0; i < ids.size(); i++) {
            for (AddressRange range : ranges.getOrDefault(ids.get(i), List.of())) {
                if (range.six() == six) {
                    add(changes, range, i);
                }
            }
        }
        int[] depth = new int[ids.size() + 1];
        BitSet inside = new BitSet(ids.size() + 1);
        changes.values().forEach(change -> {
            change.forEach((location, by) -> {
                depth[location] += by;
                inside.set(location, depth[location] > 0);
            });
            if (!inside.get(unreachable) && !signatures.contains(inside)) {
                signatures.add((BitSet) inside.clone());
            }
        });
    }

    private static void add(SortedMap<Address, Map<Integer, Integer>> changes, AddressRange range, int location) {
        change(changes, range.first(), location, 1);
        if (!range.isLastOfAll()) {
            change(changes, range.last().next(), location, -1);
        }
    }

    private static void change(SortedMap<Address, Map<Integer, Integer>> changes, Address at, int location, int by) {
        changes.computeIfAbsent(at, address -> new HashMap<>()).merge(location, by, Integer::sum);
    }

    private static Set<Set<String>> byCountry(Collection<NamedLocation> locations) {
        Map<String, Set<String>> byCode = new TreeMap<>();
        Set<String> unknown = new TreeSet<>();
        for (NamedLocation location : locations) {
            location.countries()
                    .forEach(code -> byCode.computeIfAbsent(code.toUpperCase(Locale.ROOT), key -> new TreeSet<>())
                            .add(location.id()));
            if (location.unknownCountries()) {
                unknown.add(location.id());
            }
        }
        Set<Set<String>> signatures = new LinkedHashSet<>(new ArrayList<>(byCode.values()));
        signatures.add(unknown);
        signatures.add(Set.of());
        return signatures;
    }
}
