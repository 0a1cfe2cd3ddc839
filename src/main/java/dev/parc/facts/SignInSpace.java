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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /**
     * The class of a sign-in that asks for baseline scopes only. Whether a policy for all applications that leaves some
     * out is for it is a setting of the tenant which no interface tells. Source: "Improved enforcement for All resources
     * policies with resource exclusions".
     */
    static final String BASELINE_SCOPES = "baseline scopes only";

    /** Windows Azure Active Directory, to which Microsoft counts the baseline scopes. */
    private static final String DIRECTORY = "00000002-0000-0000-c000-000000000000";

    /** Windows Azure Service Management API, which stands for these others too. */
    private static final String AZURE_MANAGEMENT = "797f4846-ba00-4fd7-ba43-dac1f8f63013";

    private static final Set<String> OF_AZURE_MANAGEMENT = Set.of(
            "c44b4083-3bb0-49c1-b47d-974e53cbdf3c", // Azure portal
            "e9f49c6b-5ce5-44c8-925d-015017e9f7ad", // Azure Data Lake
            "f5c26e74-f226-4ae8-85f0-b4af0080ac9e", // Application Insights API
            "ca7f3f0b-7d91-482c-8e09-c5d840d0eac5"); // Log Analytics API

    private static final Set<String> APPLICATION_GROUPS =
            Set.of("Office365", "MicrosoftAdminPortals", AZURE_MANAGEMENT);
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

    /** Classes of applications in more than one group, with the groups. */
    private final Map<String, Set<String>> inSeveral = new LinkedHashMap<>();

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
        groups(applications).forEach(groups -> inSeveral.put(String.join(" and ", groups), groups));
        boolean leftOut = policies.stream()
                .map(ConditionalAccessPolicy::applications)
                .anyMatch(policy -> !policy.exclude().isEmpty()
                        && (policy.include().contains("All") || policy.include().contains(DIRECTORY)));
        List<String> classes = new ArrayList<>(List.of(OTHER));
        classes.addAll(applications);
        classes.addAll(inSeveral.keySet());
        if (leftOut) {
            classes.add(BASELINE_SCOPES);
        }
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

    /** Two or more of the groups of applications that policies name: an application may be in all of these. */
    private static List<Set<String>> groups(Set<String> applications) {
        List<String> named =
                applications.stream().filter(APPLICATION_GROUPS::contains).toList();
        return IntStream.range(0, 1 << named.size())
                .filter(bits -> Integer.bitCount(bits) > 1)
                .<Set<String>>mapToObj(bits -> IntStream.range(0, named.size())
                        .filter(i -> (bits >> i & 1) == 1)
                        .mapToObj(named::get)
                        .collect(Collectors.toCollection(TreeSet::new)))
                .toList();
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
     * doubtful location, to an application in several groups, or outside a policy by what it asks for.
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
            open[application.index()] =
                    application.of(name -> !name.equals(BASELINE_SCOPES) && !inSeveral.containsKey(name));
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
    private Predicate<String> appliesTo(Applications applications, boolean certain) {
        boolean all = applications.include().contains("All");
        return name -> {
            if (name.equals(BASELINE_SCOPES)) {
                return (all || applications.include().contains(DIRECTORY))
                        && (certain || applications.exclude().isEmpty());
            }
            boolean included = all || names(applications.include(), name, certain);
            return included && !names(applications.exclude(), name, !certain);
        };
    }

    /** Whether the application is named, by id or with a group; {@code doubtful} counts groups that it may be in. */
    private boolean names(Set<String> named, String application, boolean doubtful) {
        if (named.contains(application)
                || inSeveral.getOrDefault(application, Set.of()).stream().anyMatch(named::contains)) {
            return true;
        }
        boolean id = !application.equals(OTHER)
                && !APPLICATION_GROUPS.contains(application)
                && !inSeveral.containsKey(application);
        return doubtful
                && id
                && named.stream()
                        .filter(APPLICATION_GROUPS::contains)
                        .anyMatch(
                                group -> !group.equals(AZURE_MANAGEMENT) || OF_AZURE_MANAGEMENT.contains(application));
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
        if (single.isEmpty()) {
            return List.of(Way.OPEN); // a policy with session controls alone may come with an empty list of demands
        }
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
            case "approvedApplication" ->
                Optional.of(certain ? protectedApplication(true) : Way.OPEN); // retired in 2026
            case "compliantApplication" -> Optional.of(protectedApplication(certain));
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
