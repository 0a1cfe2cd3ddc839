package dev.parc.facts;

import dev.parc.facts.ConditionalAccessPolicy.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One concrete sign-in, put to policies one by one as Microsoft documents them, and with no thought for speed. Knows
 * the tenant of {@link ConditionalAccessPropertiesTest} only.
 */
record NaiveSignIn(
        String application,
        String client,
        String platform,
        String address,
        String country,
        boolean gps,
        boolean mfaTrusted,
        String risk,
        boolean compliant,
        boolean joined,
        boolean matches) {

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

    private static final List<String> ADDRESSES =
            List.of("192.0.2.1", "198.51.100.127", "198.51.100.128", "2001:db8::1");
    private static final List<String> COUNTRIES = List.of("US", "NL", "BE", "DE", "unknown");
    private static final Set<String> MODERN = Set.of("browser", "mobileAppsAndDesktopClients");

    /** Every sign-in that these policies can tell apart. */
    static List<NaiveSignIn> all(List<ConditionalAccessPolicy> policies) {
        boolean located =
                policies.stream().anyMatch(policy -> !policy.locations().equals(Scope.ANY));
        String places = policies.stream()
                .map(ConditionalAccessPolicy::locations)
                .toList()
                .toString();
        String controls =
                policies.stream().map(ConditionalAccessPolicy::grant).toList().toString();
        boolean risky =
                policies.stream().anyMatch(policy -> !policy.signInRisks().isEmpty());
        boolean filtered = true;
        List<Boolean> onlyNo = List.of(false);
        List<Boolean> both = List.of(false, true);
        // an application that no policy names is in the group or not, and "some other" and "Office365" are these two
        boolean named = policies.stream()
                .filter(policy -> policy.state() == ConditionalAccessPolicy.State.ENABLED
                        && policy.grant().isPresent())
                .anyMatch(policy -> policy.applications().toString().contains("app1"));
        List<String> applications =
                named ? List.of("some other", "Office365", "app1") : List.of("some other", "Office365");
        List<NaiveSignIn> all = new ArrayList<>();
        for (String application : applications) {
            for (String client : List.of("browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other")) {
                for (String platform : List.of("windows", "macOS", "iOS", "android")) {
                    for (String address : located ? ADDRESSES : ADDRESSES.subList(0, 1)) {
                        for (String country : located ? COUNTRIES : COUNTRIES.subList(0, 1)) {
                            for (boolean gps : places.contains("gps") ? both : onlyNo) {
                                for (boolean mfaTrusted : places.contains("AllTrusted") ? both : onlyNo) {
                                    for (String risk : risky ? List.of("none", "medium", "high") : List.of("medium")) {
                                        for (boolean compliant : controls.contains("compliantDevice") ? both : onlyNo) {
                                            for (boolean joined :
                                                    controls.contains("domainJoinedDevice") ? both : onlyNo) {
                                                for (boolean matches : filtered ? both : onlyNo) {
                                                    all.add(new NaiveSignIn(
                                                            application,
                                                            client,
                                                            platform,
                                                            address,
                                                            country,
                                                            gps,
                                                            mfaTrusted,
                                                            risk,
                                                            compliant,
                                                            joined,
                                                            matches));
                                                }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return all;
    }

    /** The sign-ins that the engine's classes stand for. */
    static List<NaiveSignIn> of(Map<String, String> classes, List<ConditionalAccessPolicy> policies) {
        Set<String> named = new TreeSet<>();
        policies.forEach(
                policy -> Stream.concat(policy.locations().include().stream(), policy.locations().exclude().stream())
                        .forEach(id -> named.add(id.equals("AllTrusted") ? "hq" : id)));
        return all(policies).stream()
                .filter(signIn -> signIn.application()
                        .equals(classes.getOrDefault("application", "").replace("any other", "some other")))
                .filter(signIn -> signIn.client().equals(classes.get("client")))
                .filter(signIn -> signIn.platform().equals(classes.get("platform")))
                .filter(signIn -> policies.stream()
                                .allMatch(policy -> policy.signInRisks().isEmpty())
                        || signIn.risk().equals(classes.get("sign-in risk")))
                .filter(signIn -> signIn.compliant() == "yes".equals(classes.get("compliant device")))
                .filter(signIn -> signIn.joined() == "yes".equals(classes.get("hybrid joined device")))
                .filter(signIn -> signIn.matches() == "yes".equals(classes.get("device filter device.x -eq 1")))
                .filter(signIn -> signIn.gps() == "inside".equals(classes.get("location gps")))
                .filter(signIn -> signIn.mfaTrusted()
                        == "inside".equals(classes.get("location " + SignInSpace.MFA_TRUSTED_ADDRESSES)))
                .filter(signIn -> {
                    Set<String> inside = new TreeSet<>(signIn.byAddressAndCountry());
                    inside.retainAll(named);
                    return String.join(", ", inside).equals(classes.get("location"));
                })
                .toList();
    }

    boolean asks(Requirement requirement) {
        return switch (requirement) {
            case MFA, PHISHING_RESISTANT_MFA, REMEDY_AT_USER_RISK -> true;
            case LEGACY_AUTHENTICATION_BLOCKED -> !MODERN.contains(client);
            case COMPLIANT_DEVICE -> !compliant;
            case HYBRID_JOINED_DEVICE -> !joined;
            case MANAGED_DEVICE -> !compliant && !joined;
            case PRIVILEGED_WORKSTATION -> !matches;
            case MFA_AT_SIGN_IN_RISK -> !risk.equals("none");
        };
    }

    /** Whether it gets in without what is required: certainly, or only if every doubt goes against the policies. */
    boolean getsIn(List<ConditionalAccessPolicy> policies, Requirement requirement, boolean certain) {
        return asks(requirement)
                && !(certain && (gps || mfaTrusted))
                && policies.stream().allMatch(policy -> passes(policy, requirement, certain));
    }

    private boolean passes(ConditionalAccessPolicy policy, Requirement requirement, boolean certain) {
        if (policy.state() != ConditionalAccessPolicy.State.ENABLED
                || policy.grant().isEmpty()
                || !isFor(policy)) {
            return true;
        }
        if (!policy.notModelled().isEmpty() && !certain) {
            return true;
        }
        return !applies(policy, certain) || satisfies(policy, requirement, certain);
    }

    private static boolean isFor(ConditionalAccessPolicy policy) {
        ConditionalAccessPolicy.Users users = policy.users();
        boolean included = users.includeUsers().contains("All")
                || users.includeGroups().contains("in")
                || users.includeRoles().contains(DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
        return included && !users.excludeGroups().contains("in");
    }

    private boolean applies(ConditionalAccessPolicy policy, boolean certain) {
        Set<String> applications = policy.applications().include();
        Set<String> but = policy.applications().exclude();
        boolean maybeOffice = application.equals("app1");
        boolean forApplication = applications.contains("All")
                || applications.contains(application)
                || (certain && maybeOffice && applications.contains("Office365"));
        boolean notForApplication = but.contains(application) || (!certain && maybeOffice && but.contains("Office365"));
        boolean forClient = policy.clientAppTypes().contains("all")
                || policy.clientAppTypes().contains(client);
        Scope platforms = policy.platforms();
        boolean forPlatform = platforms.include().isEmpty()
                || ((platforms.include().contains("all") || platforms.include().contains(platform))
                        && !platforms.exclude().contains(platform));
        boolean forLocation = policy.locations().include().isEmpty()
                || (inside(policy.locations().include())
                        && !inside(policy.locations().exclude()));
        boolean forRisk = policy.signInRisks().isEmpty() || policy.signInRisks().contains(risk);
        boolean forDevice =
                policy.deviceFilter().map(filter -> filter.include() == matches).orElse(true);
        return forApplication && !notForApplication && forClient && forPlatform && forLocation && forRisk && forDevice;
    }

    private boolean inside(Set<String> entries) {
        return entries.contains("All")
                || entries.stream().anyMatch(byAddressAndCountry()::contains)
                || (entries.contains("gps") && gps)
                || (entries.contains("AllTrusted")
                        && (mfaTrusted || byAddressAndCountry().contains("hq")));
    }

    private Set<String> byAddressAndCountry() {
        Set<String> inside = new TreeSet<>();
        if (address.startsWith("198.51.100.")) {
            inside.add("hq");
        }
        if (address.equals("198.51.100.128") || address.startsWith("2001:db8:")) {
            inside.add("branch");
        }
        if (Set.of("NL", "BE").contains(country)) {
            inside.add("nl");
        }
        if (Set.of("BE", "DE", "unknown").contains(country)) {
            inside.add("eu");
        }
        return inside;
    }

    private boolean satisfies(ConditionalAccessPolicy policy, Requirement requirement, boolean certain) {
        ConditionalAccessPolicy.Grant grant = policy.grant().orElseThrow();
        boolean answers = MODERN.contains(client) || !certain;
        boolean doesMfa = Set.of(
                        Requirement.PHISHING_RESISTANT_MFA,
                        Requirement.COMPLIANT_DEVICE,
                        Requirement.HYBRID_JOINED_DEVICE,
                        Requirement.MANAGED_DEVICE,
                        Requirement.PRIVILEGED_WORKSTATION,
                        Requirement.REMEDY_AT_USER_RISK)
                .contains(requirement);
        boolean doesStrong = doesMfa && requirement != Requirement.PHISHING_RESISTANT_MFA;
        List<Boolean> met = new ArrayList<>();
        for (String control : grant.controls()) {
            met.add(
                    switch (control) {
                        case "mfa" -> doesMfa && answers;
                        case "compliantDevice" -> compliant && answers;
                        case "domainJoinedDevice" -> joined && answers;
                        case "approvedApplication" ->
                            certain
                                    ? client.equals("mobileAppsAndDesktopClients")
                                            && Set.of("iOS", "android").contains(platform)
                                    : !client.equals("other") && !platform.equals("macOS");
                        default -> false;
                    });
        }
        grant.strength().ifPresent(strength -> {
            Set<String> combinations = strength.allowedCombinations();
            if (combinations.contains("password")) {
                met.add(answers);
            } else if (combinations.contains("somethingNew")) {
                met.add(!certain);
            } else if (combinations.equals(Set.of("fido2"))) {
                met.add(doesStrong && answers);
            } else {
                met.add(doesMfa && answers);
            }
        });
        grant.termsOfUse().forEach(terms -> met.add(answers));
        grant.customControls().forEach(custom -> met.add(!certain));
        return grant.all() ? !met.contains(false) : met.contains(true);
    }
}
