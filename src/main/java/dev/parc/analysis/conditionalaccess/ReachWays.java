package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.conditionalaccess.Credentials.Ability;
import dev.parc.analysis.signin.Requirement;
import dev.parc.analysis.signin.SignInSearch.Way;
import dev.parc.analysis.signin.SignInSpace;
import dev.parc.analysis.signin.SignInSpace.Escape;
import dev.parc.analysis.signin.SignInSpace.Gap;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.Applications;
import dev.parc.facts.policies.ConditionalAccessPolicy.DeviceFilter;
import dev.parc.facts.policies.ConditionalAccessPolicy.Grant;
import dev.parc.facts.policies.DeviceRule;
import dev.parc.facts.policies.Match;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ways past each policy for somebody who can do something, of which {@link Reach} looks for those that go together. Beside the
 * policies, by their places, stand three demands that are nobody's policy: security defaults, Microsoft's own, and that a
 * sign-in must begin.
 */
final class ReachWays {

    private static final String REGISTERING = "urn:user:registersecurityinfo";
    private static final String PORTAL = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c";
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    private static final String ADMIN_PORTALS = "MicrosoftAdminPortals";
    private static final String AZURE_MANAGEMENT = "797f4846-ba00-4fd7-ba43-dac1f8f63013";
    private static final Set<String> NAMES_OF_PORTAL = Set.of(PORTAL, ADMIN_PORTALS, AZURE_MANAGEMENT);
    private static final Set<String> PERHAPS_WITH_GRAPH = Set.of(GRAPH, "Office365", ADMIN_PORTALS);
    private static final Set<String> APPLICATION_CONDITIONS =
            Set.of("includeApplications", "excludeApplications", "applicationFilter");

    final List<ConditionalAccessPolicy> policies;
    final SignInSpace space;
    /** Whether Microsoft demands MFA at its portals: of tenants of its public cloud. */
    final Match mandatory;
    /** What the policies ask for, each once. */
    final List<AuthenticationStrength> strengths = new ArrayList<>();
    /** Whether each policy is for the admin portals or for Microsoft Graph. */
    final List<Match> atPortals = new ArrayList<>();
    /** Places of the policies for whoever registers a method, and of those that are understood whole. */
    final BitSet ofRegistering = new BitSet();

    final BitSet modelled = new BitSet();
    final List<List<Escape>> certainEscapes = new ArrayList<>();
    final List<List<Escape>> possibleEscapes = new ArrayList<>();

    private final Map<String, AuthenticationStrength> known;
    private final Map<AuthenticationStrength, Integer> places = new HashMap<>();
    private final Map<WaysOf, List<List<Way>>> waysOf = new HashMap<>();

    /** How far the filters for devices are relied upon. */
    enum Filters {
        ALL,
        OF_REGISTERED_DEVICES,
        NONE
    }

    /** The ways past all policies, for somebody who can do this. */
    private record WaysOf(Ability ability, boolean certain, Filters filters) {}

    ReachWays(
            List<ConditionalAccessPolicy> policies,
            Map<String, AuthenticationStrength> strengths,
            SignInSpace space,
            Match mandatory) {
        this.policies = policies;
        this.known = Map.copyOf(strengths);
        this.space = space;
        this.mandatory = mandatory;
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

    int defaultsPlace() {
        return policies.size();
    }

    int mandatoryPlace() {
        return policies.size() + 1;
    }

    int beginPlace() {
        return policies.size() + 2;
    }

    /** Whether the policy makes a difference to these questions. */
    boolean matters(int place, boolean registering) {
        return atPortals.get(place) != Match.NO || (ofRegistering.get(place) && registering);
    }

    /** The ways past every policy, the demands that are none of the tenant's policies last. */
    List<List<Way>> ways(Ability ability, Ability before, boolean certain, Filters filters, Match defaults) {
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
}
