package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.signin.AuthenticationStrengths;
import dev.parc.analysis.signin.Requirement;
import dev.parc.analysis.signin.SignInSpace;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.Guests;
import dev.parc.facts.policies.ConditionalAccessPolicy.Scope;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.roles.DirectoryRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One concrete sign-in, put to policies one by one as Microsoft documents them, and with no thought for speed. Knows
 * the tenant of {@link ConditionalAccessPropertiesTest} only.
 *
 * @param is each property with its value
 */
record NaiveSignIn(Map<String, String> is) {

    static final String X = "device.extensionattribute1 -eq 1";
    static final String Y = "device.y -eq 2";

    static final List<NamedLocation> LOCATIONS = List.of(
            new NamedLocation("hq", "HQ", NamedLocation.Kind.IP, true, List.of("198.51.100.0/24"), Set.of(), false),
            new NamedLocation(
                    "branch",
                    "Branch",
                    NamedLocation.Kind.IP,
                    false,
                    List.of("198.51.100.128/25", "2001:db8::/32"),
                    Set.of(),
                    false),
            new NamedLocation("nl", "NL", NamedLocation.Kind.COUNTRY, false, List.of(), Set.of("NL", "BE"), false),
            new NamedLocation("eu", "EU", NamedLocation.Kind.COUNTRY, false, List.of(), Set.of("BE", "DE"), true),
            new NamedLocation("gps", "GPS", NamedLocation.Kind.OTHER, false, List.of(), Set.of(), false));

    private static final List<String> NO = List.of("no");
    private static final List<String> BOTH = List.of("no", "yes");
    private static final Set<String> MODERN = Set.of("browser", "mobileAppsAndDesktopClients");
    private static final Set<Requirement> OF_DEVICE = Set.of(
            Requirement.COMPLIANT_DEVICE,
            Requirement.HYBRID_JOINED_DEVICE,
            Requirement.MANAGED_DEVICE,
            Requirement.PRIVILEGED_WORKSTATION);
    private static final Set<String> DEVICE = Set.of("compliant", "joined", "x", "y");

    /** What each combination of methods amounts to: 0 one factor, 1 MFA, 2 MFA that cannot be phished. */
    private static final Map<String, Integer> COMBINATIONS = Map.of(
            "password", 0,
            "qrCodePin", 0,
            "federatedSingleFactor", 0,
            "password,sms", 1,
            "password,microsoftAuthenticatorPush", 1,
            "federatedMultiFactor", 1,
            "deviceBasedPush", 1,
            "temporaryAccessPassOneTime", 1,
            "fido2", 2,
            "x509CertificateMultiFactor", 2);

    /**
     * What somebody belongs to, each as yes, no or maybe.
     *
     * @param kinds kinds of guests
     * @param role whether a policy includes by the role, and whether it excludes by it
     * @param in the same of the group "in"
     * @param out the same of the group "out"
     */
    record Subject(Set<String> kinds, boolean ours, List<String> role, List<String> in, List<String> out) {

        /** Whether the policy is for the subject; what is doubtful counts for it or against it. */
        boolean isFor(ConditionalAccessPolicy policy, boolean doubtIncludes) {
            ConditionalAccessPolicy.Users users = policy.users();
            boolean includes = among(
                    users.includeUsers(),
                    users.includeGroups().stream().map(group -> membership(group, 0)),
                    users.includeRoles(),
                    role.get(0),
                    users.includeGuests(),
                    doubtIncludes);
            return (includes || (doubtIncludes && policy.notModelled().contains("includeUsers")))
                    && !among(
                            users.excludeUsers(),
                            users.excludeGroups().stream().map(group -> membership(group, 1)),
                            users.excludeRoles(),
                            role.get(1),
                            users.excludeGuests(),
                            !doubtIncludes);
        }

        private String membership(String group, int side) {
            return (group.equals("in") ? in : out).get(side);
        }

        private boolean among(
                Set<String> users,
                Stream<String> memberships,
                Set<String> roles,
                String byRole,
                Optional<Guests> guests,
                boolean doubt) {
            return users.contains("All")
                    || users.stream().anyMatch(user -> user.startsWith("id of ann"))
                    || (users.contains("GuestsOrExternalUsers") && !ours)
                    || memberships.anyMatch(membership -> holds(membership, doubt))
                    || (holds(byRole, doubt) && roles.contains(DirectoryRole.GLOBAL_ADMINISTRATOR.templateId()))
                    || guests.filter(wanted -> isOneOf(wanted, doubt)).isPresent();
        }

        private static boolean holds(String answer, boolean doubt) {
            return answer.equals("yes") || (answer.equals("maybe") && doubt);
        }

        /**
         * Nobody can see from which tenant somebody was invited, nor which guests are "other external users" or could use
         * direct connect.
         */
        private boolean isOneOf(Guests wanted, boolean doubt) {
            boolean guest = kinds.contains("b2bCollaborationGuest") || kinds.contains("internalGuest");
            boolean kind = wanted.types().stream().anyMatch(kinds::contains)
                    || (doubt && guest && wanted.types().contains("otherExternalUser"))
                    || (doubt && !ours && wanted.types().contains("b2bDirectConnectUser"));
            return kind && (wanted.tenants().isEmpty() || doubt);
        }
    }

    private static final List<String> ALWAYS = List.of("yes", "yes");
    private static final List<String> NEVER = List.of("no", "no");
    private static final List<String> MAYBE = List.of("maybe", "maybe");
    private static final List<String> MAY_EXCLUDE = List.of("no", "maybe");

    /** Who signs in. Everybody is in group "in"; some are so for a while only, or could join group "out". */
    enum Person {
        ADMINISTRATOR(ALWAYS, ALWAYS, NEVER),
        JOINED_GROUP_FOR_NOW(ALWAYS, List.of("maybe", "yes"), NEVER),
        IN_GROUP_UNTIL_A_SET_DATE(ALWAYS, List.of("maybe", "yes"), NEVER),
        COULD_JOIN_GROUP(ALWAYS, ALWAYS, MAY_EXCLUDE),
        ELIGIBLE_ONLY(MAY_EXCLUDE, ALWAYS, NEVER),
        ACTIVATED_ONLY(List.of("no", "yes"), ALWAYS, NEVER),
        OF_A_UNIT_ONLY(MAY_EXCLUDE, ALWAYS, NEVER),
        GROUPS_UNREAD(ALWAYS, MAYBE, MAYBE),
        UNTIL_A_SET_DATE_BESIDE_A_STANDING_ROLE(List.of("no", "yes"), ALWAYS, NEVER),
        INVITED_GUEST(Set.of("b2bCollaborationGuest")),
        INTERNAL_GUEST(Set.of("internalGuest")),
        INVITED_MEMBER(Set.of("b2bCollaborationMember"));

        private final Subject subject;

        Person(List<String> role, List<String> in, List<String> out) {
            this.subject = new Subject(Set.of(), true, role, in, out);
        }

        Person(Set<String> kinds) {
            this.subject = new Subject(kinds, false, ALWAYS, ALWAYS, NEVER);
        }

        Subject subject() {
            return subject;
        }
    }

    /** What PIM asks for at an activation. */
    enum Rule {
        NOTHING,
        PIM_MFA,
        CONTEXT,
        UNREAD
    }

    /** Who has to activate the role, and how. */
    enum Activator {
        DIRECTLY(NEVER, NEVER, ALWAYS, NEVER, 1),
        ACTIVATED_ALREADY(NEVER, NEVER, ALWAYS, NEVER, 1),
        BY_JOINING_GROUP_OUT(NEVER, NEVER, ALWAYS, ALWAYS, 1),
        BY_JOINING_GROUP_OUT_AND_THEN_THE_ROLE(NEVER, NEVER, ALWAYS, ALWAYS, 2),
        DIRECTLY_AND_COULD_JOIN_GROUP_OUT(NEVER, MAY_EXCLUDE, ALWAYS, MAY_EXCLUDE, 1),
        OF_A_UNIT(MAY_EXCLUDE, NEVER, MAY_EXCLUDE, NEVER, 1);

        private final Subject without;
        private final Subject with;
        private final int steps;

        Activator(List<String> roleBefore, List<String> outBefore, List<String> role, List<String> out, int steps) {
            this.without = new Subject(Set.of(), true, roleBefore, ALWAYS, outBefore);
            this.with = new Subject(Set.of(), true, role, ALWAYS, out);
            this.steps = steps;
        }

        /** How many of the rules count. */
        int steps() {
            return steps;
        }

        /** The kind of the answer, by the documented table. */
        Class<?> decide(List<ConditionalAccessPolicy> policies, Requirement requirement, List<Rule> rules) {
            Class<?> before = answer(without, policies, requirement, universe(policies));
            Class<?> active = answer(with, policies, requirement, universe(policies));
            if (active != MfaDecision.Covered.class || before == MfaDecision.Covered.class) {
                return active;
            }
            return rules.subList(0, steps).stream().anyMatch(rule -> covers(rule, policies, requirement))
                    ? MfaDecision.Covered.class
                    : MfaDecision.Undecided.class;
        }

        private boolean covers(Rule rule, List<ConditionalAccessPolicy> policies, Requirement requirement) {
            boolean named = policies.stream()
                    .anyMatch(policy ->
                            policy.applications().authenticationContexts().contains("c1"));
            if (rule == Rule.CONTEXT && named) {
                List<ConditionalAccessPolicy> asked = policies.stream()
                        .map(policy ->
                                policy.applications().authenticationContexts().contains("c1")
                                        ? policy.forEveryApplication()
                                        : policy)
                        .toList();
                Map<String, List<String>> universe = universe(asked);
                universe.put("application", ACTIVATION);
                return answer(without, asked, requirement, universe) == MfaDecision.Covered.class;
            }
            return (rule == Rule.PIM_MFA || rule == Rule.CONTEXT) && requirement == Requirement.MFA;
        }

        private static Class<?> answer(
                Subject subject,
                List<ConditionalAccessPolicy> policies,
                Requirement requirement,
                Map<String, List<String>> universe) {
            if (all(universe).anyMatch(getsIn(subject, policies, requirement, true))) {
                return MfaDecision.Uncovered.class;
            }
            return all(universe).anyMatch(getsIn(subject, policies, requirement, false))
                    ? MfaDecision.Undecided.class
                    : MfaDecision.Covered.class;
        }
    }

    /** PIM, Graph and the portal, which is one of the admin portals; in what else they are nobody knows. */
    private static final List<String> ACTIVATION = List.of(
            "pim",
            "pim, if it is in Office365",
            "pim, if it is in MicrosoftAdminPortals",
            "pim, if it is in MicrosoftAdminPortals and Office365",
            "graph",
            "graph, if it is in Office365",
            "graph, if it is in MicrosoftAdminPortals",
            "graph, if it is in MicrosoftAdminPortals and Office365",
            "portal",
            "portal, if it is in Office365");

    private String the(String property) {
        return is.getOrDefault(property, "no");
    }

    private boolean yes(String property) {
        return the(property).equals("yes");
    }

    /** Every sign-in that these policies can tell apart. */
    static Stream<NaiveSignIn> all(List<ConditionalAccessPolicy> policies) {
        return all(universe(policies));
    }

    private static Stream<NaiveSignIn> all(Map<String, List<String>> universe) {
        int size = universe.values().stream().mapToInt(List::size).reduce(1, Math::multiplyExact);
        return IntStream.range(0, size).mapToObj(number -> {
            Map<String, String> is = new HashMap<>();
            int rest = number;
            for (Map.Entry<String, List<String>> property : universe.entrySet()) {
                List<String> values = property.getValue();
                is.put(property.getKey(), values.get(rest % values.size()));
                rest /= values.size();
            }
            return new NaiveSignIn(is);
        });
    }

    private static Map<String, List<String>> universe(List<ConditionalAccessPolicy> policies) {
        String applications = told(policies.stream()
                .filter(policy -> policy.state() == ConditionalAccessPolicy.State.ENABLED
                        && policy.grant().isPresent())
                .map(ConditionalAccessPolicy::applications));
        String places = told(policies.stream().map(ConditionalAccessPolicy::locations));
        String demands = told(policies.stream().map(ConditionalAccessPolicy::grant));
        String platforms = told(policies.stream().map(ConditionalAccessPolicy::platforms));
        String filters = told(policies.stream().map(ConditionalAccessPolicy::deviceFilter));
        boolean located = !places.replace(Scope.ANY.toString(), "").matches("[\\[\\], ]*");
        List<String> to = new ArrayList<>(List.of("some other", "Office365", "MicrosoftAdminPortals"));
        if (applications.contains("MicrosoftAdminPortals") && applications.contains("Office365")) {
            to.add("MicrosoftAdminPortals and Office365");
        }
        if (applications.contains("app1")) {
            to.add("app1");
            List<String> groups = Stream.of("MicrosoftAdminPortals", "Office365")
                    .filter(applications::contains)
                    .toList();
            groups.forEach(group -> to.add("app1, if it is in " + group));
            if (groups.size() == 2) {
                to.add("app1, if it is in " + String.join(" and ", groups));
            }
        }
        to.add("baseline scopes only");
        Map<String, List<String>> universe = new LinkedHashMap<>();
        universe.put("application", to);
        universe.put("client", List.of("browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other"));
        universe.put(
                "platform",
                platforms.contains("windows") || platforms.contains("iOS") || demands.contains("Application")
                        ? List.of("windows", "macOS", "iOS", "unknown")
                        : List.of("windows"));
        universe.put(
                "address",
                located
                        ? List.of("192.0.2.1", "198.51.100.127", "198.51.100.128", "2001:db8::1")
                        : List.of("192.0.2.1"));
        universe.put("country", located ? List.of("US", "NL", "BE", "DE", "unknown") : List.of("US"));
        universe.put("gps", places.contains("gps") ? BOTH : NO);
        universe.put("MFA trusted", places.contains("AllTrusted") ? BOTH : NO);
        universe.put(
                "sign-in risk",
                policies.stream().allMatch(policy -> policy.signInRisks().isEmpty())
                        ? List.of("medium")
                        : List.of("none", "medium", "high"));
        universe.put(
                "user risk",
                policies.stream().allMatch(policy -> policy.userRisks().isEmpty())
                        ? List.of("high")
                        : List.of("none", "medium", "high"));
        universe.put(
                "insider risk",
                policies.stream().allMatch(policy -> policy.insiderRisks().isEmpty())
                        ? List.of("none")
                        : List.of("none", "minor", "elevated"));
        universe.put(
                "flow",
                policies.stream()
                                        .allMatch(policy ->
                                                policy.authenticationFlows().isEmpty())
                                && !demands.contains("Device")
                                && policies.stream()
                                        .allMatch(
                                                policy -> policy.deviceFilter().isEmpty())
                        ? List.of("none")
                        : told(policies.stream().map(ConditionalAccessPolicy::authenticationFlows))
                                        .contains("Flow")
                                ? List.of("none", "deviceCodeFlow", "authenticationTransfer")
                                : List.of("none", "deviceCodeFlow"));
        universe.put("compliant", demands.contains("compliantDevice") ? BOTH : NO);
        universe.put("joined", demands.contains("domainJoinedDevice") ? BOTH : NO);
        universe.put("x", BOTH);
        universe.put("y", filters.contains(Y) ? BOTH : NO);
        return universe;
    }

    private static String told(Stream<?> things) {
        return things.toList().toString();
    }

    /** The sign-ins that the engine's classes stand for. */
    static List<NaiveSignIn> of(Map<String, String> classes, List<ConditionalAccessPolicy> policies) {
        Set<String> named = new TreeSet<>();
        policies.forEach(
                policy -> Stream.concat(policy.locations().include().stream(), policy.locations().exclude().stream())
                        .forEach(id -> named.add(id.equals("AllTrusted") ? "hq" : id)));
        Map<String, List<String>> universe = universe(policies);
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String property : List.of("client", "platform", "sign-in risk", "user risk", "insider risk", "flow")) {
            wanted.put(property, classes.getOrDefault(property, ""));
        }
        boolean mail = "exchangeActiveSync".equals(classes.get("client"));
        wanted.put(
                "application",
                classes.getOrDefault("application", "").replace("any other", mail ? "Office365" : "some other"));
        wanted.put("compliant", classes.getOrDefault("compliant device", "no"));
        wanted.put("joined", classes.getOrDefault("hybrid joined device", "no"));
        wanted.put("x", classes.getOrDefault("device filter " + X, "no"));
        wanted.put("y", classes.getOrDefault("device filter " + Y, "no"));
        wanted.put("gps", classes.getOrDefault("location gps", "no").replace("inside", "yes"));
        wanted.put(
                "MFA trusted",
                classes.getOrDefault("location " + SignInSpace.MFA_TRUSTED_ADDRESSES, "no")
                        .replace("inside", "yes"));
        wanted.replaceAll((property, value) -> value.equals("elsewhere") ? "no" : value);
        return all(policies)
                .filter(signIn -> wanted.entrySet().stream()
                        .allMatch(entry ->
                                universe.getOrDefault(entry.getKey(), NO).size() == 1
                                        || signIn.the(entry.getKey()).equals(entry.getValue())))
                .filter(signIn -> {
                    Set<String> inside = new TreeSet<>(signIn.byAddressAndCountry());
                    inside.retainAll(named);
                    return String.join(", ", inside).equals(classes.get("location"));
                })
                .toList();
    }

    boolean asks(Requirement requirement) {
        return switch (requirement) {
            case MFA, PHISHING_RESISTANT_MFA -> true;
            case LEGACY_AUTHENTICATION_BLOCKED -> !MODERN.contains(the("client"));
            case COMPLIANT_DEVICE -> !yes("compliant");
            case HYBRID_JOINED_DEVICE -> !yes("joined");
            case MANAGED_DEVICE -> !yes("compliant") && !yes("joined");
            case PRIVILEGED_WORKSTATION -> !yes("x");
            case MFA_AT_SIGN_IN_RISK -> !the("sign-in risk").equals("none");
            case REMEDY_AT_USER_RISK -> the("user risk").equals("high");
        };
    }

    /** Tells who gets in without what is required: certainly, or only if every doubt goes against the policies. */
    static Predicate<NaiveSignIn> getsIn(
            Subject person, List<ConditionalAccessPolicy> policies, Requirement requirement, boolean certain) {
        List<ConditionalAccessPolicy> relevant = policies.stream()
                .filter(policy -> policy.state() == ConditionalAccessPolicy.State.ENABLED)
                .filter(policy -> policy.grant().isPresent())
                .filter(policy -> person.isFor(policy, certain))
                .filter(policy -> certain || policy.notModelled().isEmpty())
                .toList();
        Set<String> rules = new TreeSet<>();
        relevant.forEach(policy -> policy.deviceFilter().ifPresent(filter -> rules.add(device(filter))));
        if (requirement == Requirement.PRIVILEGED_WORKSTATION) {
            rules.add("x");
        }
        boolean officeIsNamed = told(policies.stream()
                        .filter(policy -> policy.state() == ConditionalAccessPolicy.State.ENABLED
                                && policy.grant().isPresent())
                        .map(ConditionalAccessPolicy::applications))
                .contains("Office365");
        return signIn -> signIn.asks(requirement)
                && signIn.canBe(certain, officeIsNamed)
                && !(certain
                        && requirement.brings() == AuthenticationStrengths.Level.SINGLE_FACTOR
                        && signIn.toThePortal())
                && !(certain && signIn.isDoubtful())
                && !(certain && !person.ours && DEVICE.stream().anyMatch(signIn::yes))
                && relevant.stream()
                        .allMatch(policy ->
                                !signIn.applies(policy, requirement, certain, !certain || signIn.isToldBy(rules))
                                        || signIn.satisfies(policy, requirement, certain));
    }

    /** Exchange ActiveSync is for Exchange Online, which is in Office 365; hybrid joined devices run Windows, or pretend not to. */
    private boolean canBe(boolean certain, boolean officeIsNamed) {
        boolean mail = the("application").equals("Office365")
                || (!certain
                        && (the("application").equals("MicrosoftAdminPortals and Office365")
                                || (!officeIsNamed && the("application").equals("MicrosoftAdminPortals"))));
        return (mail || !the("client").equals("exchangeActiveSync"))
                && !(certain && yes("joined") && !the("platform").equals("windows"));
    }

    /** Whether Microsoft itself demands MFA there, in a cloud that is not known. */
    private boolean toThePortal() {
        return the("application").startsWith("portal");
    }

    private boolean isDoubtful() {
        return yes("gps")
                || yes("MFA trusted")
                || the("application").contains(" and ")
                || the("application").contains(", if it is in ")
                || the("application").startsWith("baseline");
    }

    /** One rule can be relied upon; several may contradict each other, unless the device is not registered at all. */
    private boolean isToldBy(Set<String> rules) {
        return rules.size() <= 1 || DEVICE.stream().noneMatch(this::yes);
    }

    private static String device(ConditionalAccessPolicy.DeviceFilter filter) {
        return filter.rule().toLowerCase(Locale.ROOT).startsWith("device.extensionattribute1") ? "x" : "y";
    }

    /** Whether a device that is asked about may not be asked for: device code and transfer let in another one. */
    private boolean lacksItsDevice(Requirement requirement, boolean certain) {
        return !certain && OF_DEVICE.contains(requirement) && !the("flow").equals("none");
    }

    private boolean applies(ConditionalAccessPolicy policy, Requirement requirement, boolean certain, boolean filters) {
        Scope platforms = policy.platforms();
        boolean forPlatform = platforms.include().isEmpty()
                || ((platforms.include().contains("all") || platforms.include().contains(the("platform")))
                        && !platforms.exclude().contains(the("platform")));
        boolean forLocation = policy.locations().include().isEmpty()
                || (inside(policy.locations().include())
                        && !inside(policy.locations().exclude()));
        boolean forDevice = policy.deviceFilter()
                .map(filter ->
                        (!filters || filter.include() == yes(device(filter))) && !lacksItsDevice(requirement, certain))
                .orElse(true);
        List<String> notModelled = certain ? policy.notModelled() : List.of();
        return (notModelled.contains("applicationFilter") || forApplication(policy.applications(), certain))
                && (notModelled.contains("clientAppTypes")
                        || policy.clientAppTypes().contains("all")
                        || policy.clientAppTypes().contains(the("client")))
                && forPlatform
                && forLocation
                && one(policy.signInRisks(), "sign-in risk")
                && one(policy.userRisks(), "user risk")
                && one(policy.insiderRisks(), "insider risk")
                && one(policy.authenticationFlows(), "flow")
                && forDevice;
    }

    private boolean one(Set<String> named, String property) {
        return named.isEmpty() || named.contains(the(property));
    }

    private boolean forApplication(ConditionalAccessPolicy.Applications applications, boolean certain) {
        if (the("application").startsWith("baseline")) {
            return applications.include().contains("All")
                    && (certain || applications.exclude().isEmpty());
        }
        boolean graph = the("application").startsWith("graph") && !certain;
        return (applications.include().contains("All") || (!graph && named(applications.include(), certain)))
                && !applications.exclude().contains("All")
                && !named(applications.exclude(), false);
    }

    /** Whether the list names the application; nobody can see which groups one is in that is known by its id. */
    private boolean named(Set<String> list, boolean doubt) {
        return Stream.of(the("application").split(" and |, if it is in ", -1)).anyMatch(list::contains)
                || (toThePortal() && list.contains("MicrosoftAdminPortals"))
                || (doubt
                        && Set.of("app1", "pim", "graph", "portal").contains(the("application"))
                        && (list.contains("Office365") || list.contains("MicrosoftAdminPortals")));
    }

    private boolean inside(Set<String> entries) {
        return entries.contains("All")
                || entries.stream().anyMatch(byAddressAndCountry()::contains)
                || (entries.contains("gps") && yes("gps"))
                || (entries.contains("AllTrusted")
                        && (yes("MFA trusted") || byAddressAndCountry().contains("hq")));
    }

    private Set<String> byAddressAndCountry() {
        Set<String> inside = new TreeSet<>();
        if (the("address").startsWith("198.51.100.")) {
            inside.add("hq");
        }
        if (the("address").equals("198.51.100.128") || the("address").startsWith("2001:db8:")) {
            inside.add("branch");
        }
        if (Set.of("NL", "BE").contains(the("country"))) {
            inside.add("nl");
        }
        if (Set.of("BE", "DE", "unknown").contains(the("country"))) {
            inside.add("eu");
        }
        return inside;
    }

    private boolean satisfies(ConditionalAccessPolicy policy, Requirement requirement, boolean certain) {
        ConditionalAccessPolicy.Grant grant = policy.grant().orElseThrow();
        if (certain && policy.notModelled().contains("grantControls")) {
            return false;
        }
        boolean answers = MODERN.contains(the("client")) || !certain;
        int brings = switch (requirement) {
            case MFA, LEGACY_AUTHENTICATION_BLOCKED, MFA_AT_SIGN_IN_RISK -> 0;
            case PHISHING_RESISTANT_MFA -> 1;
            default -> 2;
        };
        List<Boolean> met = new ArrayList<>();
        for (String control : grant.controls()) {
            met.add(
                    switch (control) {
                        case "mfa" -> brings >= 1 && answers;
                        case "compliantDevice" -> (yes("compliant") && answers) || lacksItsDevice(requirement, certain);
                        case "domainJoinedDevice" -> (yes("joined") && answers) || lacksItsDevice(requirement, certain);
                        case "approvedApplication" -> !certain || onAPhone();
                        case "compliantApplication" ->
                            certain
                                    ? onAPhone()
                                    : !the("client").equals("other")
                                            && Set.of("iOS", "windows").contains(the("platform"));
                        case "passwordChange" -> !certain && requirement != Requirement.REMEDY_AT_USER_RISK;
                        default -> false;
                    });
        }
        grant.strength()
                .ifPresent(strength -> met.add(strong(strength.allowedCombinations(), brings, certain) && answers));
        grant.termsOfUse().forEach(terms -> met.add(answers));
        grant.customControls().forEach(custom -> met.add(!certain));
        boolean all = grant.all() || (certain && policy.notModelled().contains("operator"));
        return met.isEmpty() || (all ? !met.contains(false) : met.contains(true));
    }

    private boolean onAPhone() {
        return the("client").equals("mobileAppsAndDesktopClients")
                && the("platform").equals("iOS");
    }

    private static boolean strong(Set<String> combinations, int brings, boolean certain) {
        boolean unknown = !COMBINATIONS.keySet().containsAll(combinations);
        int weakest = combinations.stream()
                .mapToInt(combination -> COMBINATIONS.getOrDefault(combination, 2))
                .min()
                .orElse(2);
        if (weakest == 0) {
            return true;
        }
        return unknown ? !certain : weakest <= brings;
    }

    @Override
    public String toString() {
        return is.toString();
    }
}
