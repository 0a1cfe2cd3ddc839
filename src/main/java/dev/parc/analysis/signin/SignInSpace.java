package dev.parc.analysis.signin;

import dev.parc.analysis.signin.AuthenticationStrengths.Level;
import dev.parc.analysis.signin.SignInSearch.Demand;
import dev.parc.analysis.signin.SignInSearch.Dimension;
import dev.parc.analysis.signin.SignInSearch.Way;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.Applications;
import dev.parc.facts.policies.ConditionalAccessPolicy.DeviceFilter;
import dev.parc.facts.policies.ConditionalAccessPolicy.Grant;
import dev.parc.facts.policies.ConditionalAccessPolicy.Scope;
import dev.parc.facts.policies.DeviceRule;
import dev.parc.facts.policies.Match;
import dev.parc.facts.policies.NamedLocation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
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
public final class SignInSpace {

    /** The class of an application that no policy names. */
    public static final String OTHER = "any other";

    public static final String MFA_TRUSTED_ADDRESSES = "00000000-0000-0000-0000-000000000000";

    /**
     * The class of a sign-in that asks for baseline scopes only. Whether a policy for all applications that leaves some
     * out is for it is a setting of the tenant which no interface tells: not yet, as directory access, or as access to
     * another application that the tenant chose, which is a class of its own already. Source: "Improved enforcement for
     * All resources policies with resource exclusions", 2026.
     */
    public static final String BASELINE_SCOPES = "baseline scopes only";

    /** Windows Azure Active Directory, to which Microsoft counts the baseline scopes. */
    private static final String DIRECTORY = "00000002-0000-0000-c000-000000000000";

    /** Microsoft Graph, an umbrella over other resources, which a policy cannot be for by itself. Source: the same. */
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    /** Office 365 Exchange Online, the only application that speaks Exchange ActiveSync. */
    private static final String EXCHANGE = "00000002-0000-0ff1-ce00-000000000000";

    /** How a proof names what Microsoft demands itself. */
    public static final String MANDATORY_MFA = "Microsoft's mandatory MFA for admin portals";

    private static final String OFFICE = "Office365";
    private static final String ADMIN_PORTALS = "MicrosoftAdminPortals";
    /** The resources of agents. */
    private static final String AGENTS = "AllAgentIdResources";

    /** Windows Azure Service Management API, which stands for others too. */
    private static final String AZURE_MANAGEMENT = "797f4846-ba00-4fd7-ba43-dac1f8f63013";

    /** What a policy can name instead of applications one by one. */
    private static final Set<String> APPLICATION_GROUPS = Set.of(OFFICE, ADMIN_PORTALS, AGENTS, AZURE_MANAGEMENT);

    private static final String AZURE_PORTAL = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c";

    /**
     * The portal of Microsoft 365: the admin center, where Microsoft demands MFA since February 2025, and what every user has,
     * where it does not.
     */
    private static final String MICROSOFT_365_PORTAL = "00000006-0000-0ff1-ce00-000000000000";

    /**
     * Applications of which Microsoft says to which groups they belong. Sources: "Conditional Access: Target resources",
     * the groupings of Windows Azure Service Management API and Microsoft Admin Portals; "Apps included in Conditional
     * Access Office 365 app suite"; the ids from "Verify first-party Microsoft applications in sign-in reports". Microsoft
     * adds to the groups, so that any other application may be in any of them.
     */
    private static final Map<String, Set<String>> MEMBERS = Map.of(
            AZURE_PORTAL,
            Set.of(AZURE_MANAGEMENT, ADMIN_PORTALS),
            "e9f49c6b-5ce5-44c8-925d-015017e9f7ad", // Azure Data Lake
            Set.of(AZURE_MANAGEMENT),
            "f5c26e74-f226-4ae8-85f0-b4af0080ac9e", // Application Insights API
            Set.of(AZURE_MANAGEMENT),
            "ca7f3f0b-7d91-482c-8e09-c5d840d0eac5", // Log Analytics API
            Set.of(AZURE_MANAGEMENT),
            EXCHANGE,
            Set.of(OFFICE),
            "00000003-0000-0ff1-ce00-000000000000", // Office 365 SharePoint Online
            Set.of(OFFICE),
            "cc15fd57-2c6c-4117-a88c-83b1d56b4bbe", // Microsoft Teams Services
            Set.of(OFFICE));

    /**
     * The applications by which something is activated in PIM: PIM itself, Microsoft Graph and the Azure portal, which the
     * Entra and Intune admin centres are too.
     */
    public static final Set<String> ACTIVATION = Set.of("01fc33a7-78ba-4d2f-a4b7-768e336e890e", GRAPH, AZURE_PORTAL);

    private static final Set<String> INTERACTIVE = Set.of("browser", "mobileAppsAndDesktopClients");

    /**
     * A class of applications.
     *
     * @param names the ids and groups by which policies name it
     * @param certain whether there certainly is one
     */
    private record Target(Set<String> names, boolean certain) {}

    /** By which condition a sign-in is outside a policy. */
    public enum Gap {
        APPLICATION,
        CLIENT,
        PLATFORM,
        LOCATION,
        RISK,
        FLOW,
        DEVICE
    }

    /** A way to be outside a policy. */
    public record Escape(Gap gap, Way way) {}

    /**
     * The ways past a policy: those that meet its demands without what is required, and those outside it.
     *
     * @param ways all of them
     * @param waysWithoutFilter those that do not rely on its device filter
     */
    public record Passage(List<Escape> escapes, List<Way> ways, List<Way> waysWithoutFilter) {

        static Passage of(List<Way> satisfied, List<Escape> escapes) {
            return new Passage(
                    escapes,
                    ways(satisfied, escapes.stream()),
                    ways(satisfied, escapes.stream().filter(escape -> escape.gap() != Gap.DEVICE)));
        }

        private static List<Way> ways(List<Way> satisfied, Stream<Escape> escapes) {
            return Stream.concat(satisfied.stream(), escapes.map(Escape::way)).toList();
        }
    }

    /** The ways past each of some policies, by the policy's place. */
    public record Passages(List<Passage> all, List<List<Way>> ways, List<List<Way>> waysWithoutFilter) {

        public static Passages of(List<Passage> all) {
            return new Passages(
                    all,
                    all.stream().map(Passage::ways).toList(),
                    all.stream().map(Passage::waysWithoutFilter).toList());
        }
    }

    private final List<Dimension> dimensions = new ArrayList<>();
    private final Map<Requirement, BitSet[]> certainlyOpen = new EnumMap<>(Requirement.class);
    private final Map<Requirement, BitSet[]> possiblyOpen = new EnumMap<>(Requirement.class);
    public final Dimension application;
    public final Dimension client =
            dimension("client", List.of("browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other"));
    public final Dimension platform =
            dimension("platform", List.of("windows", "macOS", "linux", "iOS", "android", "windowsPhone", "unknown"));
    public final Dimension signInRisk = dimension("sign-in risk", List.of("none", "low", "medium", "high"));
    public final Dimension userRisk = dimension("user risk", List.of("none", "low", "medium", "high"));
    public final Dimension insiderRisk = dimension("insider risk", List.of("none", "minor", "moderate", "elevated"));
    public final Dimension flow = dimension("flow", List.of("none", "deviceCodeFlow", "authenticationTransfer"));
    public final Dimension compliant = dimension("compliant device", List.of("no", "yes"));
    public final Dimension joined = dimension("hybrid joined device", List.of("no", "yes"));
    public final Dimension location;
    /** Locations of which it cannot be told how they lie to the others, by id. */
    public final Map<String, Dimension> doubtfulLocations = new LinkedHashMap<>();
    /** Whether the device matches the rule. */
    public final Map<DeviceRule, Dimension> deviceFilters = new LinkedHashMap<>();

    /** The rule by which a privileged access workstation is known. */
    public final Optional<DeviceRule> workstation;

    /** The classes of applications. */
    private final Map<String, Target> targets = new LinkedHashMap<>();

    /** The applications that sign-ins are to; empty for any. */
    private final Set<String> at;

    private final Match mandatoryMfa;

    private final LocationClasses locationClasses;
    private final Map<String, NamedLocation> locations;
    private final Map<String, AuthenticationStrength> strengths;

    public SignInSpace(
            List<ConditionalAccessPolicy> policies,
            Map<String, NamedLocation> locations,
            Map<String, AuthenticationStrength> strengths,
            Optional<DeviceRule> workstation,
            Set<String> at,
            Match mandatoryMfa) {
        this.at = at;
        this.mandatoryMfa = mandatoryMfa;
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
        applications.addAll(at);
        targets(applications);
        boolean leftOut = policies.stream()
                .map(ConditionalAccessPolicy::applications)
                .anyMatch(policy -> !policy.exclude().isEmpty()
                        && (policy.include().contains("All") || policy.include().contains(DIRECTORY)));
        List<String> classes = new ArrayList<>(targets.keySet());
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

    /**
     * Which groups an application is in nobody can see, unless Microsoft says so; but it is in the same ones for every
     * policy. So each one that a policy names by its id is several classes, as is each that none does.
     */
    private void targets(Set<String> named) {
        Set<String> groups =
                named.stream().filter(APPLICATION_GROUPS::contains).collect(Collectors.toCollection(TreeSet::new));
        List<Set<String>> combinations = combinations(List.copyOf(groups));
        targets.put(OTHER, new Target(Set.of(), true));
        for (String id : named) {
            if (groups.contains(id)) {
                targets.put(id, new Target(Set.of(id), true));
            } else {
                targets.put(id, new Target(with(id, known(id, groups)), !id.equals(GRAPH) || !at.isEmpty()));
            }
        }
        combinations.stream()
                .filter(several -> several.size() > 1)
                .forEach(several -> targets.put(String.join(" and ", several), new Target(several, false)));
        for (String id : named) {
            Set<String> known = known(id, groups);
            combinations.stream()
                    .filter(several -> !groups.contains(id))
                    .filter(several -> several.size() > known.size() && several.containsAll(known))
                    .forEach(several -> targets.put(
                            id + ", if it is in " + String.join(" and ", several),
                            new Target(with(id, several), false)));
        }
    }

    private static Set<String> known(String id, Set<String> groups) {
        return MEMBERS.getOrDefault(id, Set.of()).stream()
                .filter(groups::contains)
                .collect(Collectors.toSet());
    }

    private static Set<String> with(String id, Set<String> groups) {
        return Stream.concat(Stream.of(id), groups.stream()).collect(Collectors.toSet());
    }

    /** Every set of some of these groups, the empty one too. */
    private static List<Set<String>> combinations(List<String> groups) {
        return IntStream.range(0, 1 << groups.size())
                .<Set<String>>mapToObj(bits -> IntStream.range(0, groups.size())
                        .filter(i -> (bits >> i & 1) == 1)
                        .mapToObj(groups::get)
                        .collect(Collectors.toCollection(TreeSet::new)))
                .toList();
    }

    private Dimension dimension(String name, List<String> classes) {
        Dimension dimension = new Dimension(name, dimensions.size(), classes);
        dimensions.add(dimension);
        return dimension;
    }

    public List<Dimension> dimensions() {
        return List.copyOf(dimensions);
    }

    /** For each class of {@link #location} the ids of the locations that an address of it is inside. */
    public List<Set<String>> locationSets() {
        return locationClasses.classes();
    }

    /** The named locations that the sign-in is inside, those that cannot be told exactly too. */
    public List<String> locationsOf(int[] signIn) {
        return Stream.concat(
                        locationClasses.classes().get(signIn[location.index()]).stream(),
                        doubtfulLocations.entrySet().stream()
                                .filter(entry -> signIn[entry.getValue().index()] == 1)
                                .map(Map.Entry::getKey))
                .toList();
    }

    /** Whether it is not certain that there is such an application. */
    public boolean inDoubtfulGroups(int[] signIn) {
        return !toGraph(signIn)
                && Optional.ofNullable(targets.get(classOf(application, signIn)))
                        .filter(target -> !target.certain())
                        .isPresent();
    }

    /** Whether it is to Microsoft Graph itself. */
    public boolean toGraph(int[] signIn) {
        return classOf(application, signIn).equals(GRAPH);
    }

    /** Whether nothing of the application sets the sign-in apart from those that are asked about. */
    public boolean toAnyApplication(int[] signIn) {
        return at.isEmpty()
                ? classOf(application, signIn).equals(OTHER)
                : Optional.ofNullable(targets.get(classOf(application, signIn)))
                        .filter(Target::certain)
                        .isPresent();
    }

    /** The class of a dimension that a sign-in has. */
    public static String classOf(Dimension dimension, int[] signIn) {
        return dimension.classes().get(signIn[dimension.index()]);
    }

    /**
     * The classes of each dimension that a sign-in without what is required can be of. No sign-in is certainly inside a
     * doubtful location, to an application in several groups, or outside a policy by what it asks for.
     */
    public BitSet[] open(Requirement requirement, boolean certain) {
        return (certain ? certainlyOpen : possiblyOpen)
                .computeIfAbsent(requirement, wanted -> classesFor(wanted, certain))
                .clone();
    }

    private BitSet[] classesFor(Requirement requirement, boolean certain) {
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
        BitSet asked = application.of(name -> at.isEmpty()
                || Optional.ofNullable(targets.get(name))
                        .filter(target -> !Collections.disjoint(target.names(), at))
                        .isPresent());
        open[application.index()].and(asked);
        if (certain) {
            open[application.index()].and(application.of(name ->
                    Optional.ofNullable(targets.get(name)).map(Target::certain).orElse(false)));
            doubtfulLocations.values().forEach(doubtful -> open[doubtful.index()] = doubtful.of("elsewhere"::equals));
        }
        return open;
    }

    /**
     * What is a fact of every sign-in, each as the ways to be in keeping with it. Exchange ActiveSync reaches Exchange Online
     * only. A hybrid joined device runs Windows, although a client on it can pretend otherwise. Since 2025 nobody signs
     * in to the Azure portal, nor to the Entra and Intune admin centres behind the same id, without MFA, whatever the tenant's
     * own policies say. Sources: "Conditional Access: Conditions"; "Microsoft Entra hybrid joined devices"; "Planning for
     * mandatory multifactor authentication for Azure and admin portals".
     */
    public List<List<Way>> facts(Requirement requirement, boolean certain) {
        List<List<Way>> facts = new ArrayList<>();
        facts.add(List.of(
                Way.of(client, name -> !name.equals("exchangeActiveSync")),
                Way.of(application, certain ? mailClass()::equals : this::mayBeExchange)));
        facts.add(
                certain
                        ? List.of(Way.of(joined, "no"::equals), Way.of(platform, "windows"::equals))
                        : List.of(Way.OPEN));
        boolean demanded = mandatoryMfa == Match.YES || (certain && mandatoryMfa == Match.MAYBE);
        facts.add(
                demanded && requirement.brings() == Level.SINGLE_FACTOR
                        ? List.of(Way.of(
                                application,
                                name -> !named(name).contains(AZURE_PORTAL)
                                        && !(certain && named(name).contains(MICROSOFT_365_PORTAL))))
                        : List.of(Way.OPEN));
        return facts;
    }

    /** Whether it depends on what Microsoft demands itself, which could not be told. */
    public boolean mandatoryMfaIsOpen(Requirement requirement, int[] signIn) {
        return mandatoryMfa == Match.MAYBE
                && requirement.brings() == Level.SINGLE_FACTOR
                && named(classOf(application, signIn)).contains(AZURE_PORTAL);
    }

    /** Whether it depends on what Microsoft demands at an application that is not for administrators alone. */
    public boolean mandatoryMfaIsInPart(Requirement requirement, int[] signIn) {
        return mandatoryMfa != Match.NO
                && requirement.brings() == Level.SINGLE_FACTOR
                && named(classOf(application, signIn)).contains(MICROSOFT_365_PORTAL);
    }

    /** Whether this place in {@link #facts} is what Microsoft demands. */
    public boolean isMandatoryMfa(int place) {
        return place == 2;
    }

    /** What policies call the applications of the class by. */
    private Set<String> named(String name) {
        return Optional.ofNullable(targets.get(name)).map(Target::names).orElse(Set.of());
    }

    /** The class in which Exchange Online certainly is: by its id, else by its group, else where no policy names it. */
    private String mailClass() {
        return Stream.of(EXCHANGE, OFFICE)
                .filter(targets::containsKey)
                .findFirst()
                .orElse(OTHER);
    }

    /** Whether Exchange Online may be in the class. */
    private boolean mayBeExchange(String name) {
        if (!targets.containsKey(name)) {
            return false;
        }
        if (targets.containsKey(EXCHANGE)) {
            return named(name).contains(EXCHANGE);
        }
        boolean anyOther = APPLICATION_GROUPS.containsAll(named(name));
        return anyOther && named(name).contains(OFFICE) == targets.containsKey(OFFICE);
    }

    /**
     * Every way past the policy. Of a condition or control that is not modelled it is certain only that the policy does
     * not let through what it would stop if the condition were not there, or if the control could not be met.
     */
    public Passage past(ConditionalAccessPolicy policy, Requirement requirement, boolean certain) {
        List<Escape> escapes = new ArrayList<>();
        Predicate<String> relied =
                condition -> !certain || !policy.notModelled().contains(condition);
        if (Stream.of("includeApplications", "excludeApplications", "applicationFilter")
                .allMatch(relied)) {
            escape(escapes, Gap.APPLICATION, application, appliesTo(policy.applications(), certain));
        }
        if (relied.test("clientAppTypes")) {
            escape(escapes, Gap.CLIENT, client, either(policy.clientAppTypes(), "all"));
        }
        if (relied.test("signInRiskLevels")) {
            escape(escapes, Gap.RISK, signInRisk, either(policy.signInRisks(), ""));
        }
        if (relied.test("userRiskLevels")) {
            escape(escapes, Gap.RISK, userRisk, either(policy.userRisks(), ""));
        }
        if (relied.test("insiderRiskLevels")) {
            escape(escapes, Gap.RISK, insiderRisk, either(policy.insiderRisks(), ""));
        }
        if (relied.test("transferMethods")) {
            escape(escapes, Gap.FLOW, flow, either(policy.authenticationFlows(), ""));
        }
        if (relied.test("platforms")) {
            escape(escapes, Gap.PLATFORM, platform, in(policy.platforms()));
        }
        if (relied.test("locations")) {
            outside(policy.locations()).forEach(way -> escapes.add(new Escape(Gap.LOCATION, way)));
        }
        policy.deviceFilter().filter(filter -> relied.test("deviceFilter")).ifPresent(filter -> {
            Optional.ofNullable(deviceFilters.get(filter.known()))
                    .ifPresent(
                            matches -> escape(escapes, Gap.DEVICE, matches, (filter.include() ? "yes" : "no")::equals));
            if (!certain && requirement.ofDevice()) {
                escapes.add(new Escape(Gap.FLOW, byAnotherDevice()));
            }
        });
        return Passage.of(
                !relied.test("grantControls")
                        ? List.of()
                        : policy.grant()
                                .map(grant -> satisfied(grant, requirement, certain, !relied.test("operator")))
                                .orElse(List.of(Way.OPEN)),
                List.copyOf(escapes));
    }

    /**
     * By these flows one device signs in and another one gets in; its state is not asked, or not in every case. Sources:
     * "Conditional Access: Grant", require hybrid joined device; "Authentication transfer".
     */
    private Way byAnotherDevice() {
        return Way.of(flow, name -> !name.equals("none"));
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

    private Predicate<String> appliesTo(Applications applications, boolean certain) {
        boolean all = applications.include().contains("All");
        if (applications.exclude().contains("All")) {
            return name -> false;
        }
        return name -> {
            Target target = targets.get(name);
            if (target == null) { // baseline scopes
                return certain
                        ? all || applications.include().contains(DIRECTORY)
                        : all && applications.exclude().isEmpty();
            }
            boolean included = all
                    || (!Collections.disjoint(target.names(), applications.include())
                            && (certain || !target.names().contains(GRAPH)))
                    || (certain && mayBeAmong(target, applications.include()));
            return included && Collections.disjoint(target.names(), applications.exclude());
        };
    }

    /** Whether an application that a policy names by its id may be in one of these groups that have no fixed members. */
    private static boolean mayBeAmong(Target target, Set<String> named) {
        return (named.contains(OFFICE) || named.contains(ADMIN_PORTALS) || named.contains(AGENTS))
                && target.names().stream().anyMatch(name -> !APPLICATION_GROUPS.contains(name));
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
        ids.forEach(id -> classes.or(locationClasses.inside(id)));
        if (!wanted) {
            classes.flip(0, locationClasses.classes().size());
        }
        return new Way(List.of(new Demand(location.index(), classes)));
    }

    /**
     * The ways to meet the demands without what is required; none if it is required or the sign-in is blocked.
     *
     * @param atOnce whether all demands must be met whatever the policy's operator
     */
    private List<Way> satisfied(Grant grant, Requirement requirement, boolean certain, boolean atOnce) {
        List<List<Way>> single = new ArrayList<>();
        grant.controls().stream().sorted().forEach(control -> single.add(control(control, requirement, certain)));
        grant.strength().ifPresent(strength -> single.add(strength(strength, requirement, certain)));
        grant.termsOfUse().forEach(terms -> single.add(List.of(interactive(certain))));
        grant.customControls().forEach(custom -> single.add(certain ? List.of() : List.of(Way.OPEN)));
        if (single.isEmpty()) {
            return List.of(Way.OPEN); // a policy with session controls alone may come with an empty list of demands
        }
        if (!grant.all() && !atOnce) {
            return single.stream().flatMap(List::stream).toList();
        }
        return Way.oneOfEach(single);
    }

    private List<Way> control(String control, Requirement requirement, boolean certain) {
        return switch (control) {
            case "block" -> List.of();
            case "mfa" -> requirement.brings() == Level.SINGLE_FACTOR ? List.of() : List.of(interactive(certain));
            case "compliantDevice" -> onDevice(compliant, requirement, certain);
            case "domainJoinedDevice" -> onDevice(joined, requirement, certain);
            case "approvedApplication" -> List.of(certain ? protectedApplication(true) : Way.OPEN); // retired in 2026
            case "compliantApplication" -> List.of(protectedApplication(certain));
            case "passwordChange", "riskRemediation" ->
                certain || requirement == Requirement.REMEDY_AT_USER_RISK ? List.of() : List.of(Way.OPEN);
            // unknown controls may demand anything
            default -> certain ? List.of() : List.of(Way.OPEN);
        };
    }

    private List<Way> onDevice(Dimension state, Requirement requirement, boolean certain) {
        Way shown = Way.of(state, "yes"::equals);
        if (certain) {
            return Way.all(List.of(shown, interactive(true))).stream().toList();
        }
        return requirement.ofDevice() ? List.of(shown, byAnotherDevice()) : List.of(shown);
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

    private List<Way> strength(AuthenticationStrength strength, Requirement requirement, boolean certain) {
        Set<String> combinations = strength.allowedCombinations().isEmpty()
                ? Optional.ofNullable(strengths.get(strength.id()))
                        .map(AuthenticationStrength::allowedCombinations)
                        .orElse(Set.of())
                : strength.allowedCombinations();
        Level level = AuthenticationStrengths.level(combinations);
        boolean met = level == Level.UNKNOWN ? !certain : level.compareTo(requirement.brings()) <= 0;
        return met ? List.of(interactive(certain)) : List.of();
    }
}
