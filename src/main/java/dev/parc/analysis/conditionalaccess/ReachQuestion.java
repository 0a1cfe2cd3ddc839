package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.conditionalaccess.Credentials.Ability;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.analysis.signin.SignInSearch;
import dev.parc.analysis.signin.SignInSearch.Dimension;
import dev.parc.analysis.signin.SignInSpace;
import dev.parc.facts.policies.ConditionalAccessPolicy.DeviceFilter;
import dev.parc.facts.policies.DeviceRule;
import dev.parc.facts.policies.Match;
import dev.parc.facts.policies.NamedLocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One question of {@link Reach}, of all accounts that are alike. */
final class ReachQuestion {

    private static final Set<String> PHONES = Set.of("iOS", "android", "windowsPhone");
    private static final Set<String> COMPUTERS = Set.of("windows", "macOS", "linux");
    private static final int MOST_TO_LEAVE_OUT = 16;
    private static final int MOST_PLACES = 2_000;

    private final ReachWays ways;
    private final ReachText words;
    private final SignInSpace space;
    private final Map<String, NamedLocation> locations;
    private final Asked asked;
    /** Places of the policies that may be for the sign-ins, and of those that certainly are. */
    private final int[] relevant;

    private final int[] firm;

    /**
     * What of a question makes a difference.
     *
     * @param after what the account could do after registering a method, if anything more
     * @param defaults whether security defaults demand MFA
     */
    record Asked(
            Audience.Reach reach,
            boolean external,
            Set<SignInMeans> gone,
            Ability now,
            Optional<Ability> after,
            Match defaults) {}

    /**
     * An answer before it is worded for an account.
     *
     * @param signIn its classes, if it is about one
     * @param registering whether a method is registered on the way
     */
    record Outcome(
            Match reachable, Optional<int[]> signIn, boolean registering, List<Integer> by, List<Integer> also) {}

    ReachQuestion(ReachWays ways, ReachText words, Map<String, NamedLocation> locations, Asked asked) {
        this.ways = ways;
        this.words = words;
        this.space = ways.space;
        this.locations = locations;
        this.asked = asked;
        boolean registering = asked.after().isPresent();
        BitSet falling = asked.reach().falling();
        this.relevant = places(falling.stream().filter(place -> ways.matters(place, registering)));
        this.firm = places(falling.stream()
                .filter(place ->
                        ways.modelled.get(place) && !asked.reach().doubtful().get(place))
                .filter(place ->
                        ways.atPortals.get(place) == Match.YES || (ways.ofRegistering.get(place) && registering)));
    }

    private int[] places(IntStream ofPolicies) {
        return IntStream.concat(
                        ofPolicies, IntStream.of(ways.defaultsPlace(), ways.mandatoryPlace(), ways.beginPlace()))
                .toArray();
    }

    /** The policies on registering are passed only by whoever registers. */
    private int[] of(int[] all, boolean registering) {
        return registering
                ? all
                : IntStream.of(all)
                        .filter(place -> place >= ways.policies.size() || !ways.ofRegistering.get(place))
                        .toArray();
    }

    /** Whether there is a sign-in. */
    Outcome answer() {
        try {
            for (boolean registering : kinds()) {
                Optional<int[]> found = certainly(registering, open(true));
                if (found.isPresent()) {
                    return new Outcome(Match.YES, found, registering, List.of(), List.of());
                }
            }
            Set<Integer> by = new LinkedHashSet<>();
            Set<Integer> also = new LinkedHashSet<>();
            for (boolean registering : kinds()) {
                SignInSearch search = possibly(registering, open(false), of(firm, registering));
                Optional<int[]> found = search.find();
                if (found.isPresent()) {
                    return new Outcome(Match.MAYBE, found, registering, List.of(), List.of());
                }
                block(registering, search.needed(), by, also);
            }
            also.removeAll(by);
            return new Outcome(Match.NO, Optional.empty(), false, List.copyOf(by), List.copyOf(also));
        } catch (SignInSearch.TooManySteps e) {
            return new Outcome(Match.MAYBE, Optional.empty(), false, List.of(), List.of());
        }
    }

    private List<Boolean> kinds() {
        return asked.after().isPresent() ? List.of(false, true) : List.of(false);
    }

    private Ability ability(boolean registering) {
        return registering ? asked.after().orElseThrow() : asked.now();
    }

    private SignInSearch possibly(boolean registering, BitSet[] open, int[] among) {
        return new SignInSearch(
                open,
                ways.ways(ability(registering), asked.now(), false, ReachWays.Filters.ALL, asked.defaults()),
                among);
    }

    /** A set of policies that block it, and then what blocks it without that set, until nothing does. */
    private void block(boolean registering, BitSet needed, Set<Integer> by, Set<Integer> also) {
        int[] left = of(firm, registering);
        BitSet proof = new BitSet();
        if (ability(registering).begin() == Match.NO) {
            proof.set(ways.beginPlace()); // who cannot begin to sign in meets no policy
        } else {
            proof = smallest(registering, open(false), needed);
        }
        proof.stream().forEach(by::add);
        while (true) {
            BitSet first = proof;
            left = IntStream.of(left).filter(place -> !first.get(place)).toArray();
            SignInSearch search = possibly(registering, open(false), left);
            if (search.find().isPresent()) {
                return;
            }
            proof = smallest(registering, open(false), search.needed());
            proof.stream().forEach(also::add);
        }
    }

    private BitSet smallest(boolean registering, BitSet[] open, BitSet needed) {
        int[] proof = needed.stream().toArray();
        for (int i = proof.length - 1; i >= 0 && proof.length <= MOST_TO_LEAVE_OUT; i--) {
            int[] others = Arrays.copyOf(proof, proof.length - 1);
            System.arraycopy(proof, i + 1, others, i, others.length - i);
            if (possibly(registering, open, others).find().isEmpty()) {
                proof = others;
            }
        }
        BitSet set = new BitSet();
        IntStream.of(proof).forEach(set::set);
        return set;
    }

    /**
     * First with a device that the directory does not know, of which everything is known; then with one of which at most
     * one filter is relied upon.
     */
    private Optional<int[]> certainly(boolean registering, BitSet[] open) {
        List<DeviceRule> rules = IntStream.of(relevant)
                .filter(place -> place < ways.policies.size())
                .mapToObj(place -> ways.policies.get(place).deviceFilter())
                .flatMap(Optional::stream)
                .map(DeviceFilter::known)
                .distinct()
                .toList();
        Optional<int[]> found = search(registering, unregistered(open), ReachWays.Filters.OF_REGISTERED_DEVICES);
        if (found.isPresent() || asked.external() || asked.gone().contains(SignInMeans.MANAGED_DEVICE)) {
            return found;
        }
        if (rules.size() == 1 && !rules.get(0).aboutPlatform() && !rules.get(0).aboutCompliance()) {
            found = search(registering, open, ReachWays.Filters.ALL);
        }
        return found.isPresent() ? found : search(registering, open, ReachWays.Filters.NONE);
    }

    private Optional<int[]> search(boolean registering, BitSet[] open, ReachWays.Filters filters) {
        return new SignInSearch(
                        open,
                        ways.ways(ability(registering), asked.now(), true, filters, asked.defaults()),
                        of(relevant, registering))
                .find();
    }

    private BitSet[] unregistered(BitSet[] open) {
        BitSet[] narrowed = open.clone();
        narrowed[space.compliant.index()] = space.compliant.of("no"::equals);
        narrowed[space.joined.index()] = space.joined.of("no"::equals);
        space.deviceFilters.forEach((rule, matches) -> {
            if (rule.missesUnregisteredDevices()) {
                narrowed[matches.index()] = matches.of("no"::equals);
            }
        });
        return narrowed;
    }

    /** The classes of each dimension that its sign-ins can be of. */
    private BitSet[] open(boolean certain) {
        BitSet[] open = space.dimensions().stream()
                .map(dimension -> dimension.of(any -> true))
                .toArray(BitSet[]::new);
        open[space.application.index()] = space.application.of(SignInSpace.OTHER::equals);
        open[space.client.index()] = space.client.of("browser"::equals);
        open[space.flow.index()] = space.flow.of("none"::equals);
        Stream.of(space.signInRisk, space.userRisk, space.insiderRisk)
                .forEach(risk -> open[risk.index()] = risk.of("none"::equals));
        boolean phone = !asked.gone().contains(SignInMeans.PHONE);
        open[space.platform.index()] = space.platform.of(name -> certain
                ? COMPUTERS.contains(name) || (phone && PHONES.contains(name) && !name.equals("windowsPhone"))
                : phone || !PHONES.contains(name));
        boolean away = asked.gone().contains(SignInMeans.TRUSTED_NETWORK);
        if (away) {
            open[space.location.index()] = outsideNetworks();
        }
        space.doubtfulLocations.forEach((id, doubtful) -> {
            if (certain || (away && isNetwork(id))) {
                open[doubtful.index()] = doubtful.of("elsewhere"::equals);
            }
        });
        return asked.gone().contains(SignInMeans.MANAGED_DEVICE) ? unregistered(open) : open;
    }

    /** The places outside every network; everywhere if the networks leave nothing. */
    private BitSet outsideNetworks() {
        BitSet outside = new BitSet();
        List<Set<String>> classes = space.locationSets();
        for (int i = 0; i < classes.size(); i++) {
            outside.set(i, classes.get(i).stream().noneMatch(this::isNetwork));
        }
        return outside.isEmpty() ? space.location.of(any -> true) : outside;
    }

    private boolean isNetwork(String id) {
        return id.equals(SignInSpace.MFA_TRUSTED_ADDRESSES)
                || Optional.ofNullable(locations.get(id))
                        .filter(it -> it.trusted() || it.kind() == NamedLocation.Kind.IP)
                        .isPresent();
    }

    /** Goes through all circumstances that the policies tell apart and nobody chooses. */
    List<Reach.Obstacle> obstacles() {
        List<Dimension> unchosen =
                new ArrayList<>(List.of(space.location, space.signInRisk, space.userRisk, space.insiderRisk));
        unchosen.addAll(space.doubtfulLocations.values());
        List<BitSet[]> circumstances = new ArrayList<>();
        circumstances.add(open(false));
        for (Dimension dimension : unchosen) {
            BitSet from = isRisk(dimension) ? dimension.of(any -> true) : open(false)[dimension.index()];
            List<BitSet> classes = toldApart(dimension, from);
            if ((long) circumstances.size() * classes.size() > MOST_PLACES) {
                return List.of(new Reach.Obstacle("some circumstances", List.of(), false));
            }
            circumstances = circumstances.stream()
                    .flatMap(open -> classes.stream().map(one -> {
                        BitSet[] narrowed = open.clone();
                        narrowed[dimension.index()] = one;
                        return narrowed;
                    }))
                    .toList();
        }
        Map<List<String>, Reach.Obstacle> found = new LinkedHashMap<>();
        circumstances.forEach(open -> obstacle(open).ifPresent(one -> found.putIfAbsent(one.by(), one)));
        return List.copyOf(found.values());
    }

    private boolean isRisk(Dimension dimension) {
        return Stream.of(space.signInRisk, space.userRisk, space.insiderRisk)
                .anyMatch(risk -> risk.index() == dimension.index());
    }

    /** One class of each that the policies treat alike. */
    private List<BitSet> toldApart(Dimension dimension, BitSet from) {
        Map<List<Boolean>, BitSet> told = new LinkedHashMap<>();
        for (int i = from.nextSetBit(0); i >= 0; i = from.nextSetBit(i + 1)) {
            int at = i;
            List<Boolean> treated = IntStream.of(relevant)
                    .filter(place -> place < ways.policies.size())
                    .boxed()
                    .flatMap(place -> Stream.concat(
                            ways.certainEscapes.get(place).stream(), ways.possibleEscapes.get(place).stream()))
                    .flatMap(escape -> escape.way().demands().stream())
                    .filter(demand -> demand.dimension() == dimension.index())
                    .map(demand -> demand.classes().get(at))
                    .toList();
            BitSet one = new BitSet();
            one.set(at);
            told.putIfAbsent(treated, one);
        }
        return List.copyOf(told.values());
    }

    /** The policies without which it would certainly get in there, or some of them. */
    private BitSet inTheWay(BitSet[] open) {
        SignInSearch search = new SignInSearch(
                unregistered(open),
                ways.ways(asked.now(), asked.now(), true, ReachWays.Filters.OF_REGISTERED_DEVICES, asked.defaults()),
                of(relevant, false));
        return search.find().isPresent() ? new BitSet() : search.needed();
    }

    private Optional<Reach.Obstacle> obstacle(BitSet[] circumstances) {
        try {
            BitSet[] narrowed = open(true);
            for (int i = 0; i < narrowed.length; i++) {
                boolean unchosen = circumstances[i].cardinality() == 1;
                if (unchosen) {
                    narrowed[i] = circumstances[i];
                }
            }
            if (certainly(false, narrowed).isPresent()) {
                return Optional.empty();
            }
            int[] among = of(firm, false);
            SignInSearch search = possibly(false, circumstances, among);
            Optional<int[]> found = search.find();
            int[] signIn = IntStream.range(0, circumstances.length)
                    .map(i -> circumstances[i].nextSetBit(0))
                    .toArray();
            List<Integer> by = (found.isEmpty() ? smallest(false, circumstances, search.needed()) : inTheWay(narrowed))
                    .stream().boxed().toList();
            return Optional.of(new Reach.Obstacle(words.words(signIn), words.names(by), found.isEmpty()));
        } catch (SignInSearch.TooManySteps e) {
            return Optional.of(new Reach.Obstacle("some circumstances", List.of(), false));
        }
    }
}
