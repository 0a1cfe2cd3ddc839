package dev.parc.facts;

import dev.parc.facts.AuthenticationStrengths.Level;
import dev.parc.facts.ConditionalAccessPolicy.Applications;
import dev.parc.facts.ConditionalAccessPolicy.DeviceFilter;
import dev.parc.facts.ConditionalAccessPolicy.Grant;
import dev.parc.facts.ConditionalAccessPolicy.Scope;
import dev.parc.facts.SignInSearch.Demand;
import dev.parc.facts.SignInSearch.Dimension;
import dev.parc.facts.SignInSearch.Way;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All sign-ins there can be, as classes that the policies of a tenant tell apart, and each policy as the ways past it.
 *
 * <p>Everything is answered twice. {@code certain} counts what is doubtful for the policies, so that what still passes
 * them certainly does; otherwise it counts against them, so that what does not pass them certainly does not.
 */
final class SignInSpace {

    /** The class of an application that no policy names. */
    static final String OTHER = "any other";

    static final String MFA_TRUSTED_ADDRESSES = "00000000-0000-0000-0000-000000000000";

    private static final Set<String> APPLICATION_GROUPS = Set.of("Office365", "MicrosoftAdminPortals");
    private static final Set<String> INTERACTIVE = Set.of("browser", "mobileAppsAndDesktopClients");

    /** By which condition a sign-in is outside a policy. */
    enum Gap {
        APPLICATION,
        CLIENT,
        PLATFORM,
        LOCATION,
        RISK,
        FLOW,
        DEVICE
    }

    /** A way to be outside a policy. */
    record Escape(Gap gap, Way way) {}

    /** The ways past a policy: those that meet its demands without what is required, and those outside it. */
    static final class Passage {

        private final List<Escape> escapes;
        private final List<Way> ways;
        private final List<Way> waysWithoutFilter;

        Passage(List<Way> satisfied, List<Escape> escapes) {
            this.escapes = List.copyOf(escapes);
            this.ways = ways(satisfied, escapes.stream());
            this.waysWithoutFilter = ways(satisfied, escapes.stream().filter(escape -> escape.gap() != Gap.DEVICE));
        }

        private static List<Way> ways(List<Way> satisfied, Stream<Escape> escapes) {
            return Stream.concat(satisfied.stream(), escapes.map(Escape::way)).toList();
        }

        List<Escape> escapes() {
            return escapes;
        }

        List<Way> ways(boolean byFilter) {
            return byFilter ? ways : waysWithoutFilter;
        }
    }

    private final List<Dimension> dimensions = new ArrayList<>();
    final Dimension application;
    final Dimension client =
            dimension("client", List.of("browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other"));
    final Dimension platform =
            dimension("platform", List.of("windows", "macOS", "linux", "iOS", "android", "windowsPhone", "unknown"));
    final Dimension signInRisk = dimension("sign-in risk", List.of("none", "low", "medium", "high"));
    final Dimension userRisk = dimension("user risk", List.of("none", "low", "medium", "high"));
    final Dimension insiderRisk = dimension("insider risk", List.of("none", "minor", "moderate", "elevated"));
    final Dimension flow = dimension("flow", List.of("none", "deviceCodeFlow", "authenticationTransfer"));
    final Dimension compliant = dimension("compliant device", List.of("no", "yes"));
    final Dimension joined = dimension("hybrid joined device", List.of("no", "yes"));
    final Dimension location;
    /** Locations of which it cannot be told how they lie to the others, by id. */
    final Map<String, Dimension> doubtfulLocations = new LinkedHashMap<>();
    /** Whether the device matches the rule. */
    final Map<DeviceRule, Dimension> deviceFilters = new LinkedHashMap<>();

    /** The rule by which a privileged access workstation is known. */
    final Optional<DeviceRule> workstation;

    private final LocationClasses locationClasses;
    private final Map<String, NamedLocation> locations;
    private final Map<String, AuthenticationStrength> strengths;

    SignInSpace(
            List<ConditionalAccessPolicy> policies,
            Map<String, NamedLocation> locations,
            Map<String, AuthenticationStrength> strengths,
            Optional<DeviceRule> workstation) {
        this.locations = locations;
        this.strengths = strengths;
        this.workstation = workstation;
        Set<String> applications = new TreeSet<>();
        Set<String> named = new TreeSet<>();
        Map<String, DeviceRule> rules = new TreeMap<>();
        workstation.ifPresent(rule -> rules.put(rule.text(), rule));
        for (ConditionalAccessPolicy policy : policies) {
            applications.addAll(policy.applications().include());
            applications.addAll(policy.applications().exclude());
            Stream.concat(policy.locations().include().stream(), policy.locations().exclude().stream())
                    .flatMap(this::locationIds)
                    .forEach(named::add);
            policy.deviceFilter().map(DeviceFilter::known).ifPresent(rule -> rules.put(rule.text(), rule));
        }
        applications.removeAll(Set.of("All", "None"));
        List<String> classes = new ArrayList<>(List.of(OTHER));
        classes.addAll(applications);
        this.application = dimension("application", classes);
        this.locationClasses = LocationClasses.of(named.stream()
                .flatMap(id -> Stream.ofNullable(locations.get(id)))
                .toList());
        this.location = dimension(
                "location",
                locationClasses.classes().stream()
                        .map(inside -> String.join(", ", inside))
                        .toList());
        named.stream()
                .filter(id -> !locationClasses.models(id))
                .forEach(id -> doubtfulLocations.put(id, dimension("location " + id, List.of("elsewhere", "inside"))));
        rules.forEach(
                (text, rule) -> deviceFilters.put(rule, dimension("device filter " + text, List.of("no", "yes"))));
    }

    private Dimension dimension(String name, List<String> classes) {
        Dimension dimension = new Dimension(name, dimensions.size(), classes);
        dimensions.add(dimension);
        return dimension;
    }

    List<Dimension> dimensions() {
        return List.copyOf(dimensions);
    }

    /** The named locations that the sign-in is inside, those that cannot be told exactly too. */
    List<String> locationsOf(int[] signIn) {
        return Stream.concat(
                        locationClasses.classes().get(signIn[location.index()]).stream(),
                        doubtfulLocations.entrySet().stream()
                                .filter(entry -> signIn[entry.getValue().index()] == 1)
                                .map(Map.Entry::getKey))
                .toList();
    }

    /** The class of a dimension that a sign-in has. */
    static String classOf(Dimension dimension, int[] signIn) {
        return dimension.classes().get(signIn[dimension.index()]);
    }

    /**
     * The classes of each dimension that a sign-in without what is required can be of. No sign-in is certainly inside a
     * doubtful location.
     */
    BitSet[] open(Requirement requirement, boolean certain) {
        BitSet[] open =
                dimensions.stream().map(dimension -> dimension.of(any -> true)).toArray(BitSet[]::new);
        switch (requirement) {
            case LEGACY_AUTHENTICATION_BLOCKED -> open[client.index()] = client.of(name -> !INTERACTIVE.contains(name));
            case COMPLIANT_DEVICE -> open[compliant.index()] = compliant.of("no"::equals);
            case HYBRID_JOINED_DEVICE -> open[joined.index()] = joined.of("no"::equals);
            case MANAGED_DEVICE -> {
                open[compliant.index()] = compliant.of("no"::equals);
                open[joined.index()] = joined.of("no"::equals);
            }
            case PRIVILEGED_WORKSTATION ->
                workstation
                        .flatMap(rule -> Optional.ofNullable(deviceFilters.get(rule)))
                        .ifPresent(matches -> open[matches.index()] = matches.of("no"::equals));
            case MFA_AT_SIGN_IN_RISK -> open[signInRisk.index()] = signInRisk.of(Set.of("medium", "high")::contains);
            case REMEDY_AT_USER_RISK -> open[userRisk.index()] = userRisk.of("high"::equals);
            case MFA, PHISHING_RESISTANT_MFA -> {
                // any sign-in
            }
        }
        if (certain) {
            doubtfulLocations.values().forEach(doubtful -> open[doubtful.index()] = doubtful.of("elsewhere"::equals));
        }
        return open;
    }

    /** Every way past the policy. */
    Passage past(ConditionalAccessPolicy policy, Requirement requirement, boolean certain) {
        List<Escape> escapes = new ArrayList<>();
        escape(escapes, Gap.APPLICATION, application, appliesTo(policy.applications(), certain));
        escape(escapes, Gap.CLIENT, client, either(policy.clientAppTypes(), "all"));
        escape(escapes, Gap.RISK, signInRisk, either(policy.signInRisks(), ""));
        escape(escapes, Gap.RISK, userRisk, either(policy.userRisks(), ""));
        escape(escapes, Gap.RISK, insiderRisk, either(policy.insiderRisks(), ""));
        escape(escapes, Gap.FLOW, flow, either(policy.authenticationFlows(), ""));
        escape(escapes, Gap.PLATFORM, platform, in(policy.platforms()));
        outside(policy.locations()).forEach(way -> escapes.add(new Escape(Gap.LOCATION, way)));
        policy.deviceFilter()
                .ifPresent(filter -> Optional.ofNullable(deviceFilters.get(filter.known()))
                        .ifPresent(matches ->
                                escape(escapes, Gap.DEVICE, matches, (filter.include() ? "yes" : "no")::equals)));
        return new Passage(
                policy.grant()
                        .map(grant -> satisfied(grant, requirement, certain))
                        .orElse(List.of(Way.OPEN)),
                List.copyOf(escapes));
    }

    private static void escape(List<Escape> escapes, Gap gap, Dimension dimension, Predicate<String> applies) {
        BitSet outside = dimension.of(applies.negate());
        if (!outside.isEmpty()) {
            escapes.add(new Escape(gap, new Way(List.of(new Demand(dimension.index(), outside)))));
        }
    }

    private static Predicate<String> either(Set<String> named, String all) {
        return name -> named.isEmpty() || named.contains(all) || named.contains(name);
    }

    private static Predicate<String> in(Scope platforms) {
        return either(platforms.include(), "all")
                .and(name -> !platforms.exclude().contains(name)
                        && !platforms.exclude().contains("all"));
    }

    /** An application named by id may or may not belong to a group of applications such as Office 365. */
    private static Predicate<String> appliesTo(Applications applications, boolean certain) {
        boolean groupIn = applications.include().stream().anyMatch(APPLICATION_GROUPS::contains);
        boolean groupOut = applications.exclude().stream().anyMatch(APPLICATION_GROUPS::contains);
        return name -> {
            boolean id = !name.equals(OTHER) && !APPLICATION_GROUPS.contains(name);
            boolean included = applications.include().contains("All")
                    || applications.include().contains(name)
                    || (certain && id && groupIn);
            boolean excluded = applications.exclude().contains(name) || (!certain && id && groupOut);
            return included && !excluded;
        };
    }

    /** Named locations that an entry of a policy stands for. */
    private Stream<String> locationIds(String entry) {
        if (entry.equals("All")) {
            return Stream.empty();
        }
        return entry.equals("AllTrusted")
                ? Stream.concat(
                        locations.values().stream()
                                .filter(NamedLocation::trusted)
                                .map(NamedLocation::id),
                        Stream.of(MFA_TRUSTED_ADDRESSES))
                : Stream.of(entry);
    }

    private List<Way> outside(Scope scope) {
        List<Way> ways = new ArrayList<>();
        if (!scope.include().isEmpty() && !scope.include().contains("All")) {
            Set<String> included = new TreeSet<>();
            scope.include().stream().flatMap(this::locationIds).forEach(included::add);
            List<Way> outside = new ArrayList<>();
            outside.add(inside(included, false));
            included.stream()
                    .flatMap(id -> Stream.ofNullable(doubtfulLocations.get(id)))
                    .forEach(doubtful -> outside.add(Way.of(doubtful, "elsewhere"::equals)));
            Way.all(outside).ifPresent(ways::add);
        }
        if (scope.exclude().contains("All")) {
            ways.add(Way.OPEN);
        }
        Set<String> excluded = new TreeSet<>();
        scope.exclude().stream().flatMap(this::locationIds).forEach(excluded::add);
        Way inside = inside(excluded, true);
        if (inside.demands().stream().noneMatch(demand -> demand.classes().isEmpty())) {
            ways.add(inside);
        }
        excluded.stream()
                .flatMap(id -> Stream.ofNullable(doubtfulLocations.get(id)))
                .forEach(doubtful -> ways.add(Way.of(doubtful, "inside"::equals)));
        return ways;
    }

    /** From inside one of these locations at least, or from outside them all. */
    private Way inside(Set<String> ids, boolean wanted) {
        BitSet classes = new BitSet();
        for (int i = 0; i < locationClasses.classes().size(); i++) {
            classes.set(i, wanted == locationClasses.classes().get(i).stream().anyMatch(ids::contains));
        }
        return new Way(List.of(new Demand(location.index(), classes)));
    }

    /** The ways to meet the demands without what is required; none if it is required or the sign-in is blocked. */
    private List<Way> satisfied(Grant grant, Requirement requirement, boolean certain) {
        List<Optional<Way>> single = new ArrayList<>();
        grant.controls().stream().sorted().forEach(control -> single.add(control(control, requirement, certain)));
        grant.strength().ifPresent(strength -> single.add(strength(strength, requirement, certain)));
        grant.termsOfUse().forEach(terms -> single.add(Optional.of(interactive(certain))));
        grant.customControls().forEach(custom -> single.add(certain ? Optional.empty() : Optional.of(Way.OPEN)));
        if (!grant.all()) {
            return single.stream().flatMap(Optional::stream).toList();
        }
        return single.stream().allMatch(Optional::isPresent)
                ? Way.all(single.stream().flatMap(Optional::stream).toList()).stream()
                        .toList()
                : List.of();
    }

    private Optional<Way> control(String control, Requirement requirement, boolean certain) {
        return switch (control) {
            case "block" -> Optional.empty();
            case "mfa" ->
                requirement.brings() == Level.SINGLE_FACTOR ? Optional.empty() : Optional.of(interactive(certain));
            case "compliantDevice" -> Way.all(List.of(Way.of(compliant, "yes"::equals), interactive(certain)));
            case "domainJoinedDevice" -> Way.all(List.of(Way.of(joined, "yes"::equals), interactive(certain)));
            case "approvedApplication", "compliantApplication" -> Optional.of(protectedApplication(certain));
            case "passwordChange", "riskRemediation" ->
                certain || requirement == Requirement.REMEDY_AT_USER_RISK ? Optional.empty() : Optional.of(Way.OPEN);
            // unknown controls may demand anything
            default -> certain ? Optional.empty() : Optional.of(Way.OPEN);
        };
    }

    /** Legacy clients cannot answer a demand; whether one of them can answer this one is not relied upon. */
    private Way interactive(boolean certain) {
        return certain ? Way.of(client, INTERACTIVE::contains) : Way.OPEN;
    }

    /** Phones have approved and protected applications; browsers and Windows have them in part. */
    private Way protectedApplication(boolean certain) {
        return certain
                ? new Way(List.of(
                        new Demand(client.index(), client.of("mobileAppsAndDesktopClients"::equals)),
                        new Demand(platform.index(), platform.of(Set.of("iOS", "android")::contains))))
                : new Way(List.of(
                        new Demand(client.index(), client.of(name -> !name.equals("other"))),
                        new Demand(platform.index(), platform.of(Set.of("iOS", "android", "windows")::contains))));
    }

    private Optional<Way> strength(AuthenticationStrength strength, Requirement requirement, boolean certain) {
        Set<String> combinations = strength.allowedCombinations().isEmpty()
                ? Optional.ofNullable(strengths.get(strength.id()))
                        .map(AuthenticationStrength::allowedCombinations)
                        .orElse(Set.of())
                : strength.allowedCombinations();
        Level level = AuthenticationStrengths.level(combinations);
        boolean met = level == Level.UNKNOWN ? !certain : level.compareTo(requirement.brings()) <= 0;
        return met ? Optional.of(interactive(certain)) : Optional.empty();
    }
}
