package dev.parc.facts;

import dev.parc.facts.ConditionalAccessPolicy.Applications;
import dev.parc.facts.ConditionalAccessPolicy.DeviceFilter;
import dev.parc.facts.ConditionalAccessPolicy.Grant;
import dev.parc.facts.Credentials.Ability;
import dev.parc.facts.SignInSearch.Dimension;
import dev.parc.facts.SignInSearch.Way;
import dev.parc.facts.SignInSpace.Escape;
import dev.parc.facts.SignInSpace.Gap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Decides over all enabled policies together whether there is a sign-in by which an account gets in: to the admin portals and to
 * Microsoft Graph, in a browser, with what is registered for it, while some {@link Means} are missing. The dual of {@link
 * ConditionalAccess#require}, over the same sign-ins: risks are not chosen, so none is there unless asked about; a means that
 * is not missing is at hand. Not safe for use by several threads.
 *
 * <p>It needs the {@link #KINDS} beside what {@link ConditionalAccess} does. What of them was not read makes the answer {@link
 * ReachDecision.Undecided} wherever it matters. The document {@code docs/conditional-access.md} has the rules with their sources.
 */
public final class Reach {

    /** What an answer rests on beside policies, groups and roles. */
    public static final Set<FactKind> KINDS = Set.of(
            FactKind.ACCOUNTS,
            FactKind.REGISTRATIONS,
            FactKind.AUTHENTICATION_METHODS_POLICY,
            FactKind.METHOD_GROUP_MEMBERSHIPS,
            FactKind.DOMAINS,
            FactKind.FEDERATIONS);

    /** What stands among the names of policies for Microsoft's own demand. */
    public static final String MANDATORY_MFA = "Microsoft's mandatory MFA for admin portals";

    /** What stands among the names of policies for security defaults. */
    public static final String SECURITY_DEFAULTS = "security defaults";

    private static final String REGISTERING = "urn:user:registersecurityinfo";
    private static final String PORTAL = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c";
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    private static final String ADMIN_PORTALS = "MicrosoftAdminPortals";
    private static final String AZURE_MANAGEMENT = "797f4846-ba00-4fd7-ba43-dac1f8f63013";
    private static final Set<String> NAMES_OF_PORTAL = Set.of(PORTAL, ADMIN_PORTALS, AZURE_MANAGEMENT);
    private static final Set<String> PERHAPS_WITH_GRAPH = Set.of(GRAPH, "Office365", ADMIN_PORTALS);
    private static final Set<String> APPLICATION_CONDITIONS =
            Set.of("includeApplications", "excludeApplications", "applicationFilter");
    private static final Set<String> PHONES = Set.of("iOS", "android", "windowsPhone");
    private static final Set<String> COMPUTERS = Set.of("windows", "macOS", "linux");
    private static final int MOST_TO_LEAVE_OUT = 16;
    private static final int MOST_PLACES = 2_000;

    private final Facts facts;
    private final List<ConditionalAccessPolicy> policies;
    private final Map<String, NamedLocation> locations;
    private final SignInSpace space;
    private final Audience audience;
    private final boolean securityDefaults;
    /** Whether Microsoft demands MFA at its portals: of tenants of its public cloud. */
    private final Match mandatory;

    private final Map<String, AuthenticationStrength> known;
    /** What the policies ask for, each once. */
    private final List<AuthenticationStrength> strengths = new ArrayList<>();

    private final Map<AuthenticationStrength, Integer> places = new HashMap<>();
    private final List<Match> atPortals = new ArrayList<>();
    private final BitSet ofRegistering = new BitSet();
    private final BitSet modelled = new BitSet();
    private final List<List<Escape>> certainEscapes = new ArrayList<>();
    private final List<List<Escape>> possibleEscapes = new ArrayList<>();
    private final Map<WaysOf, List<List<Way>>> waysOf = new HashMap<>();
    private final Map<Asked, Outcome> decided = new HashMap<>();

    /** How far the filters for devices are relied upon. */
    private enum Filters {
        ALL,
        OF_REGISTERED_DEVICES,
        NONE
    }

    /** The ways past all policies, for somebody who can do this. */
    private record WaysOf(Ability ability, boolean certain, Filters filters) {}

    /**
     * What of a question makes a difference.
     *
     * @param after what the account could do after registering a method, if anything more
     * @param defaults whether security defaults demand MFA
     */
    private record Asked(
            Audience.Reach reach,
            boolean external,
            Set<Means> gone,
            Ability now,
            Optional<Ability> after,
            Match defaults) {}

    /**
     * An answer before it is worded for an account.
     *
     * @param signIn its classes, if it is about one
     * @param registering whether a method is registered on the way
     */
    private record Outcome(
            Match reachable, Optional<int[]> signIn, boolean registering, List<Integer> by, List<Integer> also) {}

    Reach(
            Facts facts,
            List<ConditionalAccessPolicy> policies,
            Map<String, NamedLocation> locations,
            Map<String, AuthenticationStrength> strengths,
            SignInSpace space,
            Audience audience,
            boolean securityDefaults) {
        this.facts = facts;
        this.policies = policies;
        this.locations = locations;
        this.known = Map.copyOf(strengths);
        this.space = space;
        this.audience = audience;
        this.securityDefaults = securityDefaults;
        this.mandatory = facts.<Domain>list(FactKind.DOMAINS).stream()
                        .anyMatch(
                                domain -> domain.name().toLowerCase(Locale.ROOT).endsWith(".onmicrosoft.com"))
                ? Match.YES
                : Match.MAYBE;
        for (int place = 0; place < policies.size(); place++) {
            ConditionalAccessPolicy policy = policies.get(place);
            atPortals.add(atPortals(policy));
            ofRegistering.set(place, policy.applications().userActions().contains(REGISTERING));
            modelled.set(place, policy.notModelled().isEmpty());
            certainEscapes.add(escapes(policy, true));
            possibleEscapes.add(escapes(policy, false));
            policy.grant()
                    .flatMap(Grant::strength)
                    .map(it -> whole(it, strengths))
                    .ifPresent(strength -> this.places.computeIfAbsent(strength, key -> {
                        this.strengths.add(key);
                        return this.strengths.size() - 1;
                    }));
        }
    }

    /** A policy carries its strength with it; what it does not carry the list of strengths tells. */
    private static AuthenticationStrength whole(
            AuthenticationStrength strength, Map<String, AuthenticationStrength> known) {
        AuthenticationStrength listed = known.get(strength.id());
        if (listed == null) {
            return strength;
        }
        return new AuthenticationStrength(
                strength.id(),
                strength.displayName(),
                strength.allowedCombinations().isEmpty()
                        ? listed.allowedCombinations()
                        : strength.allowedCombinations(),
                strength.limits().isPresent() ? strength.limits() : listed.limits());
    }

    private List<Escape> escapes(ConditionalAccessPolicy policy, boolean certain) {
        return space.past(policy, Requirement.MFA, certain).escapes().stream()
                .filter(escape -> escape.gap() != Gap.APPLICATION)
                .toList();
    }

    /** Whether the policy is for the admin portals or for Microsoft Graph; the latter stands for others too. */
    private static Match atPortals(ConditionalAccessPolicy policy) {
        Applications applications = policy.applications();
        Set<String> include = applications.include();
        Set<String> exclude = applications.exclude();
        if (!Collections.disjoint(policy.notModelled(), APPLICATION_CONDITIONS)) {
            return Match.MAYBE;
        }
        if (exclude.contains("All")) {
            return Match.NO;
        }
        boolean all = include.contains("All");
        Match portal = Match.of((all || !Collections.disjoint(include, NAMES_OF_PORTAL))
                && Collections.disjoint(exclude, NAMES_OF_PORTAL));
        Match graph = all
                ? exclude.contains(GRAPH) ? Match.MAYBE : Match.YES
                : Collections.disjoint(include, PERHAPS_WITH_GRAPH) ? Match.NO : Match.MAYBE;
        return portal.or(graph);
    }

    /**
     * Whether the account gets in while these means are missing; a method that it could register while signing in counts. For
     * each role that it would have to activate, with that role too: the worst answer counts, for who cannot use a role is
     * locked out of it.
     */
    public ReachDecision decide(Account account, Set<Means> gone) {
        return worst(account, gone, true);
    }

    /** The same with nothing but what is registered for it already. */
    public ReachDecision decideAsRegistered(Account account, Set<Means> gone) {
        return worst(account, gone, false);
    }

    private ReachDecision worst(Account account, Set<Means> gone, boolean registering) {
        Credentials credentials = new Credentials(facts, account, gone);
        Optional<ReachDecision> worst = Optional.empty();
        for (State state : states(account)) {
            Outcome outcome = outcome(state, credentials, gone, registering);
            if (outcome.reachable() != Match.YES || worst.isEmpty()) {
                ReachDecision decision = inWords(outcome, state, credentials, gone, registering);
                if (outcome.reachable() == Match.NO) {
                    return decision;
                }
                if (worst.isEmpty() || worst.get() instanceof ReachDecision.Reachable) {
                    worst = Optional.of(decision);
                }
            }
        }
        return worst.orElseThrow();
    }

    /**
     * What stands in the way of the account somewhere, or at some risk that others see in the sign-in: from every place that is
     * no network of the tenant, at every level of every risk, with nothing but what is registered for it.
     *
     * @param means what is missing
     */
    public List<Obstacle> obstacles(Account account, Set<Means> means) {
        Set<Means> gone = new HashSet<>(means);
        gone.add(Means.TRUSTED_NETWORK);
        Credentials credentials = new Credentials(facts, account, gone);
        List<Obstacle> obstacles = new ArrayList<>();
        for (State state : states(account)) {
            obstacles.addAll(new Question(asked(state, credentials, gone, false)).obstacles());
        }
        return obstacles.stream().distinct().toList();
    }

    /**
     * Something that keeps an account out under some circumstances that it does not choose.
     *
     * @param where the circumstances, for a person to read
     * @param by the names of policies that together block it there, or may
     * @param certain whether it is kept out; else it may be
     */
    public record Obstacle(String where, List<String> by, boolean certain) {
        public Obstacle {
            by = List.copyOf(by);
        }
    }

    /** An account with the roles that it has active, or with one more that it could activate. */
    private record State(PolicySubject subject, Optional<String> activated) {}

    private List<State> states(Account account) {
        Administrators administrators = facts.administrators();
        Set<State> states = new LinkedHashSet<>();
        states.add(state(administrators, account, Set.of(), Set.of(), Optional.empty()));
        for (Holding holding : administrators.holdings(account.id())) {
            if (holding.kind() == AssignmentKind.ELIGIBLE && !holding.onlyAWayIn()) {
                states.add(state(
                        administrators,
                        account,
                        administrators.forPolicies(holding)
                                ? Set.of(administrators.templateId(holding.roleId()))
                                : Set.of(),
                        holding.path().stream()
                                .map(hop -> hop.groupId().toLowerCase(Locale.ROOT))
                                .collect(Collectors.toSet()),
                        Optional.of(holding.roleId())));
            }
        }
        return List.copyOf(states);
    }

    /** The account as it is now, once it has activated a role and joined the groups on the way to it. */
    private State state(
            Administrators administrators,
            Account account,
            Set<String> role,
            Set<String> joined,
            Optional<String> activated) {
        Set<String> roles = new HashSet<>(administrators.activeTemplateIds(account.id()));
        roles.addAll(role);
        Optional<GroupMembership> membership = facts.groupMembership(account);
        Optional<Set<String>> read = membership.map(GroupMembership::groupIds);
        Set<String> groups = new HashSet<>(read.orElse(Set.of()));
        EnclosingGroups enclosing = new EnclosingGroups(facts, administrators);
        groups.addAll(joined);
        groups.addAll(enclosing.around(joined));
        Set<String> doubtful = new HashSet<>(administrators.doubtfulTemplateIds(account.id()));
        doubtful.removeAll(roles);
        Set<String> toJoin = new HashSet<>(administrators.groupsToJoin(account.id()));
        membership.map(GroupMembership::joinable).ifPresent(toJoin::addAll);
        boolean allRead = read.isPresent() && enclosing.read(joined) && enclosing.read(toJoin);
        toJoin.addAll(enclosing.around(toJoin));
        toJoin.removeAll(groups);
        return new State(
                PolicySubject.of(
                        administrators,
                        account,
                        new PolicySubject.Belonging(roles, Set.of(), groups, allRead, toJoin),
                        new PolicySubject.Belonging(roles, doubtful, groups, allRead, toJoin)),
                activated);
    }

    private Asked asked(State state, Credentials credentials, Set<Means> gone, boolean registering) {
        return new Asked(
                audience.of(state.subject()),
                state.subject().account().external(),
                Set.copyOf(gone),
                credentials.ability(strengths),
                registering ? credentials.afterRegistering(strengths) : Optional.empty(),
                defaultsDemandMfa(state.subject()));
    }

    private Outcome outcome(State state, Credentials credentials, Set<Means> gone, boolean registering) {
        Asked asked = asked(state, credentials, gone, registering);
        Outcome outcome = decided.get(asked);
        if (outcome == null) {
            outcome = new Question(asked).answer();
            decided.put(asked, outcome);
        }
        return outcome;
    }

    /** Sixteen roles need MFA at every sign-in, everybody else when Microsoft thinks fit. */
    private Match defaultsDemandMfa(PolicySubject subject) {
        if (!securityDefaults) {
            return Match.NO;
        }
        Set<String> roles = subject.now().roles();
        boolean synchronises = !Collections.disjoint(roles, PrivilegedRoles.SYNCHRONISATION)
                || !Collections.disjoint(subject.now().doubtfulRoles(), PrivilegedRoles.SYNCHRONISATION);
        return !synchronises && !Collections.disjoint(roles, SecurityDefaults.ROLES_WITH_MFA) ? Match.YES : Match.MAYBE;
    }

    private ReachDecision inWords(
            Outcome outcome, State state, Credentials credentials, Set<Means> gone, boolean registering) {
        String active = state.activated()
                .map(role -> "while " + facts.administrators().roleName(role) + " is active, ")
                .orElse("");
        return switch (outcome.reachable()) {
            case YES ->
                new ReachDecision.Reachable("%s%s, with %s"
                        .formatted(
                                active,
                                words(outcome.signIn().orElseThrow()),
                                outcome.registering()
                                        ? credentials.means() + ", registering " + credentials.registrable()
                                        : credentials.means()));
            case NO ->
                new ReachDecision.LockedOut(
                        names(outcome.by()), names(outcome.also()), active + lack(outcome.by(), credentials, gone));
            case MAYBE -> new ReachDecision.Undecided(active + doubt(outcome, state, credentials, gone, registering));
        };
    }

    private String words(int[] signIn) {
        return new SignInWords(space, locations, ApplicationNames.of(facts), Requirement.MFA, signIn).signIn();
    }

    private int defaultsPlace() {
        return policies.size();
    }

    private int mandatoryPlace() {
        return policies.size() + 1;
    }

    private int beginPlace() {
        return policies.size() + 2;
    }

    private List<String> names(List<Integer> by) {
        return by.stream()
                .filter(place -> place != beginPlace())
                .map(place -> place < policies.size()
                        ? policies.get(place).displayName()
                        : place == defaultsPlace() ? SECURITY_DEFAULTS : MANDATORY_MFA)
                .distinct()
                .toList();
    }

    private String lack(List<Integer> by, Credentials credentials, Set<Means> gone) {
        List<String> told = new ArrayList<>();
        for (int place : by) {
            if (place == beginPlace()) {
                told.add("it " + credentials.cannotBegin());
            } else if (place >= policies.size()) {
                told.add(names(List.of(place)).get(0) + " asks for MFA" + nothingRegistered(gone));
            } else {
                told.add("'%s' %s".formatted(policies.get(place).displayName(), demand(place, gone)));
            }
        }
        return String.join("; ", told);
    }

    /** Of the means that are missing only those are told that a method may need. */
    private static String nothingRegistered(Set<Means> gone) {
        Set<Means> told = new TreeSet<>(gone);
        told.remove(Means.TRUSTED_NETWORK);
        return ", and it has registered nothing for that"
                + (told.isEmpty() ? " that may be used" : " that works without " + Means.titles(told));
    }

    private String demand(int place, Set<Means> gone) {
        Grant grant = policies.get(place).grant().orElseThrow();
        if (grant.controls().contains("block")) {
            return "blocks it";
        }
        Set<String> asked = new TreeSet<>();
        grant.controls()
                .forEach(control -> asked.add(
                        switch (control) {
                            case "mfa" -> "MFA";
                            case "compliantDevice" -> "a compliant device";
                            case "domainJoinedDevice" -> "a hybrid joined device";
                            case "approvedApplication" -> "an approved application";
                            case "compliantApplication" -> "a protected application";
                            case "passwordChange" -> "a new password";
                            case "riskRemediation" -> "risk remediation";
                            default -> control;
                        }));
        grant.strength().ifPresent(strength -> asked.add("the strength '" + strength.displayName() + "'"));
        boolean ofMethods = grant.controls().contains("mfa") || grant.strength().isPresent();
        return (ofRegistering.get(place) ? "asks whoever registers a method for " : "asks for ")
                + String.join(grant.all() ? " and " : " or ", asked)
                + (ofMethods && (asked.size() == 1 || !grant.all()) ? nothingRegistered(gone) : "");
    }

    private String doubt(Outcome outcome, State state, Credentials credentials, Set<Means> gone, boolean registering) {
        Asked asked = asked(state, credentials, gone, registering);
        Set<String> doubts = new LinkedHashSet<>();
        if (Credentials.doubtful(asked.now())) {
            doubts.addAll(credentials.doubts());
        }
        if (outcome.registering()) {
            doubts.add("whether it can register " + credentials.registrable() + " while it signs in is not certain");
        }
        if (mandatory == Match.MAYBE) {
            doubts.add("whether Microsoft demands MFA at its portals in this cloud is not known");
        }
        BitSet falling = asked.reach().falling();
        falling.stream().filter(place -> matters(place, asked)).forEach(place -> {
            ConditionalAccessPolicy policy = policies.get(place);
            String name = "'" + policy.displayName() + "'";
            if (!policy.notModelled().isEmpty()) {
                doubts.add(
                        "%s sets %s, which is not modelled".formatted(name, String.join(", ", policy.notModelled())));
            }
            if (asked.reach().doubtful().get(place)) {
                doubts.add("whether " + name + " is for the account is not known");
            }
            if (atPortals.get(place) == Match.MAYBE && !ofRegistering.get(place)) {
                doubts.add("whether " + name + " is for Microsoft Graph is not known");
            }
        });
        return doubts.isEmpty()
                ? "it depends on locations that are not told by addresses, device filters, or controls that are not"
                        + " modelled"
                : String.join("; ", doubts);
    }

    private boolean matters(int place, Asked asked) {
        return atPortals.get(place) != Match.NO
                || (ofRegistering.get(place) && asked.after().isPresent());
    }

    /** The ways past every policy, the demands that are none of the tenant's policies last. */
    private List<List<Way>> ways(Ability ability, Ability before, boolean certain, Filters filters, Match defaults) {
        List<List<Way>> all = new ArrayList<>(waysOf(new WaysOf(ability, certain, filters)));
        if (!before.equals(ability)) {
            List<List<Way>> first = waysOf(new WaysOf(before, certain, filters));
            ofRegistering.stream().forEach(place -> all.set(place, first.get(place)));
        }
        all.add(unless(defaults, ability.mfa(), certain));
        all.add(unless(mandatory, ability.mfa(), certain));
        all.add(unless(Match.YES, before.begin(), certain));
        return all;
    }

    /** Open if nothing is demanded, or if it can be met. */
    private static List<Way> unless(Match demanded, Match met, boolean certain) {
        Match passed = demanded.not().or(met);
        return passed == Match.YES || (passed == Match.MAYBE && !certain) ? List.of(Way.OPEN) : List.of();
    }

    private List<List<Way>> waysOf(WaysOf wanted) {
        return waysOf.computeIfAbsent(
                wanted,
                key -> IntStream.range(0, policies.size())
                        .mapToObj(place -> Stream.concat(
                                        satisfied(policies.get(place), key.ability(), key.certain()).stream(),
                                        (key.certain() ? certainEscapes : possibleEscapes)
                                                .get(place).stream()
                                                        .filter(escape -> escape.gap() != Gap.DEVICE
                                                                || relied(policies.get(place), key.filters()))
                                                        .map(Escape::way))
                                .toList())
                        .toList());
    }

    private static boolean relied(ConditionalAccessPolicy policy, Filters filters) {
        return filters == Filters.ALL
                || (filters == Filters.OF_REGISTERED_DEVICES
                        && policy.deviceFilter()
                                .map(DeviceFilter::known)
                                .filter(DeviceRule::missesUnregisteredDevices)
                                .isPresent());
    }

    private List<Way> satisfied(ConditionalAccessPolicy policy, Ability ability, boolean certain) {
        Grant grant = policy.grant().orElseThrow();
        if (certain && policy.notModelled().contains("grantControls")) {
            return List.of();
        }
        List<List<Way>> single = new ArrayList<>();
        grant.controls().stream().sorted().forEach(control -> single.add(control(control, ability, certain)));
        grant.strength()
                .map(strength -> whole(strength, known))
                .map(strength -> ability.strengths().get(places.getOrDefault(strength, 0)))
                .ifPresent(met -> single.add(unless(Match.YES, met, certain)));
        grant.termsOfUse().forEach(terms -> single.add(List.of(Way.OPEN)));
        grant.customControls().forEach(custom -> single.add(certain ? List.of() : List.of(Way.OPEN)));
        if (single.isEmpty()) {
            return List.of(Way.OPEN);
        }
        boolean atOnce = grant.all() || (certain && policy.notModelled().contains("operator"));
        if (!atOnce) {
            return single.stream().flatMap(List::stream).toList();
        }
        return Way.oneOfEach(single);
    }

    private List<Way> control(String control, Ability ability, boolean certain) {
        return switch (control) {
            case "block" -> List.of();
            case "mfa" -> unless(Match.YES, ability.mfa(), certain);
            case "compliantDevice" -> List.of(Way.of(space.compliant, "yes"::equals));
            // only Windows can be joined to both directories
            case "domainJoinedDevice" ->
                Way.all(List.of(Way.of(space.joined, "yes"::equals), Way.of(space.platform, "windows"::equals)))
                        .stream()
                        .toList();
            // in browsers one of them at most, and not everywhere
            case "approvedApplication", "compliantApplication" ->
                certain ? List.of() : List.of(Way.of(space.platform, Set.of("iOS", "android", "windows")::contains));
            default -> certain ? List.of() : List.of(Way.OPEN);
        };
    }

    /** One question of all accounts that are alike. */
    private final class Question {

        private final Asked asked;
        private final int[] relevant;
        private final int[] firm;

        Question(Asked asked) {
            this.asked = asked;
            BitSet falling = asked.reach().falling();
            this.relevant = places(falling.stream().filter(place -> matters(place, asked)));
            this.firm = places(falling.stream()
                    .filter(place ->
                            modelled.get(place) && !asked.reach().doubtful().get(place))
                    .filter(place -> atPortals.get(place) == Match.YES
                            || (ofRegistering.get(place) && asked.after().isPresent())));
        }

        private int[] places(IntStream ofPolicies) {
            return IntStream.concat(ofPolicies, IntStream.of(defaultsPlace(), mandatoryPlace(), beginPlace()))
                    .toArray();
        }

        /** The policies on registering are passed only by whoever registers. */
        private int[] of(int[] all, boolean registering) {
            return registering
                    ? all
                    : IntStream.of(all)
                            .filter(place -> place >= policies.size() || !ofRegistering.get(place))
                            .toArray();
        }

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
                    open, ways(ability(registering), asked.now(), false, Filters.ALL, asked.defaults()), among);
        }

        /** A set of policies that block it, and then what blocks it without that set, until nothing does. */
        private void block(boolean registering, BitSet needed, Set<Integer> by, Set<Integer> also) {
            int[] left = of(firm, registering);
            BitSet proof = new BitSet();
            if (ability(registering).begin() == Match.NO) {
                proof.set(beginPlace()); // who cannot begin to sign in meets no policy
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
                    .filter(place -> place < policies.size())
                    .mapToObj(place -> policies.get(place).deviceFilter())
                    .flatMap(Optional::stream)
                    .map(DeviceFilter::known)
                    .distinct()
                    .toList();
            Optional<int[]> found = search(registering, unregistered(open), Filters.OF_REGISTERED_DEVICES);
            if (found.isPresent() || asked.external() || asked.gone().contains(Means.MANAGED_DEVICE)) {
                return found;
            }
            if (rules.size() == 1
                    && !rules.get(0).aboutPlatform()
                    && !rules.get(0).aboutCompliance()) {
                found = search(registering, open, Filters.ALL);
            }
            return found.isPresent() ? found : search(registering, open, Filters.NONE);
        }

        private Optional<int[]> search(boolean registering, BitSet[] open, Filters filters) {
            return new SignInSearch(
                            open,
                            ways(ability(registering), asked.now(), true, filters, asked.defaults()),
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
            boolean phone = !asked.gone().contains(Means.PHONE);
            open[space.platform.index()] = space.platform.of(name -> certain
                    ? COMPUTERS.contains(name) || (phone && PHONES.contains(name) && !name.equals("windowsPhone"))
                    : phone || !PHONES.contains(name));
            boolean away = asked.gone().contains(Means.TRUSTED_NETWORK);
            if (away) {
                open[space.location.index()] = outsideNetworks();
            }
            space.doubtfulLocations.forEach((id, doubtful) -> {
                if (certain || (away && isNetwork(id))) {
                    open[doubtful.index()] = doubtful.of("elsewhere"::equals);
                }
            });
            return asked.gone().contains(Means.MANAGED_DEVICE) ? unregistered(open) : open;
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
        List<Obstacle> obstacles() {
            List<Dimension> unchosen =
                    new ArrayList<>(List.of(space.location, space.signInRisk, space.userRisk, space.insiderRisk));
            unchosen.addAll(space.doubtfulLocations.values());
            List<BitSet[]> circumstances = new ArrayList<>();
            circumstances.add(open(false));
            for (Dimension dimension : unchosen) {
                BitSet from = isRisk(dimension) ? dimension.of(any -> true) : open(false)[dimension.index()];
                List<BitSet> classes = toldApart(dimension, from);
                if ((long) circumstances.size() * classes.size() > MOST_PLACES) {
                    return List.of(new Obstacle("some circumstances", List.of(), false));
                }
                circumstances = circumstances.stream()
                        .flatMap(open -> classes.stream().map(one -> {
                            BitSet[] narrowed = open.clone();
                            narrowed[dimension.index()] = one;
                            return narrowed;
                        }))
                        .toList();
            }
            Map<List<String>, Obstacle> found = new LinkedHashMap<>();
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
                        .filter(place -> place < policies.size())
                        .boxed()
                        .flatMap(place ->
                                Stream.concat(certainEscapes.get(place).stream(), possibleEscapes.get(place).stream()))
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
                    ways(asked.now(), asked.now(), true, Filters.OF_REGISTERED_DEVICES, asked.defaults()),
                    of(relevant, false));
            return search.find().isPresent() ? new BitSet() : search.needed();
        }

        private Optional<Obstacle> obstacle(BitSet[] circumstances) {
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
                List<Integer> by = (found.isEmpty()
                                ? smallest(false, circumstances, search.needed())
                                : inTheWay(narrowed))
                        .stream().boxed().toList();
                return Optional.of(new Obstacle(words(signIn), names(by), found.isEmpty()));
            } catch (SignInSearch.TooManySteps e) {
                return Optional.of(new Obstacle("some circumstances", List.of(), false));
            }
        }
    }
}
