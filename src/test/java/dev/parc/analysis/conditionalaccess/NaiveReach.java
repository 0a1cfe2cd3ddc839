package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.signin.SignInMeans;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Tries every concrete sign-in by which somebody could get in, with no thought for speed and nothing of {@link Reach}. Everything is
 * asked twice: {@code sure} takes every doubt for a no, otherwise it is taken for a yes. Knows the tenant of {@link
 * ReachPropertiesTest} only.
 */
final class NaiveReach {

    /**
     * Name in the report | configuration | needs | may need | combinations | second factor | allowed by legacy policies too | can be
     * registered on the way. P phone, D device, F federation, A approver; a question mark for what is not certain.
     */
    private static final List<String[]> TABLE = Stream.of(
                    "microsoftAuthenticatorPush|MicrosoftAuthenticator|P|||microsoftAuthenticatorPush|legacy|yes",
                    "microsoftAuthenticatorPasswordless|MicrosoftAuthenticator|P||deviceBasedPush|||",
                    "passKeyDeviceBoundAuthenticator|Fido2|P||fido2|||",
                    "fido2SecurityKey|Fido2|||fido2|||?",
                    "passKeyDeviceBoundWindowsHello|Fido2||D|fido2|||",
                    "passKeySynced|Fido2||P|fido2|||",
                    "windowsHelloForBusiness||D||windowsHelloForBusiness|||",
                    "certificate|X509Certificate||D|?x509CertificateMultiFactor|||",
                    "mobilePhone|Sms|P|||sms|legacy|yes",
                    "mobilePhone|Voice|P|||voice|legacy|yes",
                    "softwareOneTimePasscode|SoftwareOath||P||softwareOath|legacy|yes",
                    "hardwareOneTimePasscode|HardwareOath||||hardwareOath|legacy|",
                    "temporaryAccessPass|TemporaryAccessPass|A||?temporaryAccessPassMultiUse|||",
                    "externalAuthMethod|||PF||external||")
            .map(row -> row.split("\\|", -1))
            .toList();

    /** Nobody can be said to be certainly in such a place. */
    static final Set<String> DOUBTFUL = Set.of("inside by GPS", "trusted by the MFA service");

    static final List<String> NAMES = Stream.concat(TABLE.stream().map(row -> row[0]), Stream.of("email", "telepathy"))
            .distinct()
            .toList();

    /**
     * Somebody and the tenant's settings about him.
     *
     * @param methods what he has registered by the report; empty if it was not read
     * @param enabled the configurations of the methods policy that are enabled for everybody; empty if it was not read
     * @param behavior who does MFA for his federated domain; empty if it is not federated
     */
    record Person(
            boolean external,
            Optional<String> behavior,
            Optional<Set<String>> methods,
            boolean capable,
            Optional<Set<String>> enabled,
            boolean migrated,
            Set<SignInMeans> gone) {}

    private final Person person;
    private final List<ConditionalAccessPolicy> policies;

    NaiveReach(Person person, List<ConditionalAccessPolicy> policies) {
        this.person = person;
        this.policies = policies.stream()
                .filter(policy ->
                        policy.state() == State.ENABLED && policy.grant().isPresent())
                .toList();
    }

    private boolean gone(String letters) {
        return letters.chars().anyMatch(letter -> switch (letter) {
            case 'P' -> person.gone().contains(SignInMeans.PHONE);
            case 'D' -> person.gone().contains(SignInMeans.MANAGED_DEVICE);
            case 'F' -> person.gone().contains(SignInMeans.FEDERATION);
            default -> person.gone().contains(SignInMeans.APPROVER);
        });
    }

    private boolean at(String[] row, boolean sure) {
        return !gone(row[2]) && !(sure && gone(row[3]));
    }

    private boolean has(String[] row, boolean sure) {
        if (person.methods().isEmpty()) {
            return !sure;
        }
        return person.methods().get().contains(row[0]) || (!sure && row[0].equals("certificate"));
    }

    private boolean policyAllows(String[] row, boolean sure) {
        if (row[1].isEmpty()) {
            return true;
        }
        if (person.enabled().isEmpty()) {
            return !sure;
        }
        return person.enabled().get().contains(row[1]) || (!sure && row[6].equals("legacy") && !person.migrated());
    }

    private boolean mayUse(String[] row, boolean sure) {
        if (person.methods().isEmpty() || row[0].equals("certificate") || row[1].isEmpty()) {
            return policyAllows(row, sure);
        }
        if (!person.capable()) {
            return !sure && policyAllows(row, true);
        }
        Set<String> mfa = new TreeSet<>(person.methods().get());
        mfa.retainAll(TABLE.stream().map(each -> each[0]).toList());
        boolean settled = mfa.size() == 1 && !person.methods().get().contains("mobilePhone");
        boolean open = policyAllows(row, false) && !policyAllows(row, true);
        return policyAllows(row, sure) || (open && settled);
    }

    private boolean usable(String[] row, boolean sure, boolean registering) {
        boolean now = has(row, sure) && mayUse(row, sure) && at(row, sure) && !(sure && person.external());
        if (now || !registering) {
            return now;
        }
        boolean registrable = row[7].equals("yes") || (row[7].equals("?") && !sure);
        return registrable && at(row, sure) && policyAllows(row, sure) && maySetUp(sure);
    }

    /** Whoever has a method for MFA must use it to set up another one; whoever has none needs the password. */
    private boolean maySetUp(boolean sure) {
        boolean unknown = person.methods().isEmpty() || person.methods().get().contains("telepathy");
        boolean some = person.methods().isPresent()
                && TABLE.stream().anyMatch(row -> person.methods().get().contains(row[0]));
        boolean byMethod = (some && !unknown) || (!sure && unknown);
        boolean byPassword = (!some && !unknown) || (!sure && unknown);
        return (byMethod && mfa(sure, false)) || (byPassword && (password(sure) || identityProvider(sure)));
    }

    private boolean password(boolean sure) {
        return person.external() ? !sure : person.behavior().isEmpty();
    }

    private boolean identityProvider(boolean sure) {
        if (person.external()) {
            return !sure;
        }
        return person.behavior().isPresent() && !gone("F");
    }

    private boolean secondFactorHere(boolean sure) {
        return switch (person.behavior().orElse("")) {
            case "enforceMfaByFederatedIdp" -> false;
            case "rejectMfaByFederatedIdp", "acceptIfMfaDoneByFederatedIdp" -> true;
            default -> !sure;
        };
    }

    private boolean mfaElsewhere(boolean sure) {
        return !sure && identityProvider(false) && !person.behavior().orElse("").equals("rejectMfaByFederatedIdp");
    }

    private boolean anything(boolean sure) {
        return !sure
                && (person.external()
                        || person.methods()
                                .filter(it -> it.contains("telepathy"))
                                .isPresent());
    }

    private boolean mfa(boolean sure, boolean registering) {
        boolean first = password(sure) || (identityProvider(sure) && secondFactorHere(sure));
        return mfaElsewhere(sure)
                || anything(sure)
                || TABLE.stream()
                        .filter(row -> usable(row, sure, registering))
                        .anyMatch(row -> row[5].isEmpty() ? alone(row, sure) : first);
    }

    private static boolean alone(String[] row, boolean sure) {
        return !row[4].isEmpty() && !(sure && row[4].startsWith("?"));
    }

    private boolean begins(boolean sure) {
        return password(sure)
                || identityProvider(sure)
                || anything(sure)
                || TABLE.stream()
                        .filter(row -> row[5].isEmpty())
                        .anyMatch(row -> usable(row, sure, false) && alone(row, sure));
    }

    private boolean strong(Set<String> combinations, boolean sure, boolean registering) {
        return anything(sure)
                || combinations.stream()
                        .anyMatch(combination -> Arrays.stream(combination.split(",", -1))
                                .allMatch(factor -> factor(factor, combination, sure, registering)));
    }

    private boolean factor(String factor, String combination, boolean sure, boolean registering) {
        return switch (factor) {
            case "password" -> password(sure);
            case "federatedSingleFactor" ->
                identityProvider(sure) && (combination.equals(factor) || secondFactorHere(sure));
            case "federatedMultiFactor" -> mfaElsewhere(sure);
            case "somethingNew" -> !sure;
            default ->
                TABLE.stream()
                        .filter(row ->
                                row[5].equals(factor) || row[4].replace("?", "").equals(factor))
                        .anyMatch(row -> usable(row, sure, registering) && (!row[5].isEmpty() || alone(row, sure)));
        };
    }

    /** What somebody is in: a role active or not, a group that policies name, which may be unread. */
    record Roles(Set<String> roles, Set<String> doubtfulRoles, Optional<Set<String>> groups) {

        boolean isMeant(ConditionalAccessPolicy policy, String id, boolean doubt) {
            ConditionalAccessPolicy.Users users = policy.users();
            boolean in = users.includeUsers().contains("All")
                    || users.includeUsers().contains(id)
                    || users.includeRoles().stream().anyMatch(roles::contains)
                    || users.includeGroups().stream()
                            .anyMatch(group ->
                                    groups.map(it -> it.contains(group)).orElse(doubt))
                    || (doubt && policy.notModelled().contains("includeUsers"));
            boolean out = users.excludeUsers().contains("All")
                    || users.excludeUsers().contains(id)
                    || users.excludeRoles().stream().anyMatch(roles::contains)
                    || (!doubt && users.excludeRoles().stream().anyMatch(doubtfulRoles::contains))
                    || users.excludeGroups().stream()
                            .anyMatch(group ->
                                    groups.map(it -> it.contains(group)).orElse(!doubt));
            return in && !out;
        }
    }

    /** Every circumstance that nobody chooses: address, country, and the like. */
    List<Map<String, String>> circumstances(boolean risks) {
        List<Map<String, String>> all = new ArrayList<>();
        List<String> levels = risks ? List.of("none", "low", "medium", "high") : List.of("none");
        List<String> insider = risks ? List.of("none", "minor", "moderate", "elevated") : List.of("none");
        for (String address : List.of("192.0.2.1", "198.51.100.1", "198.51.100.200", "2001:db8::1")) {
            for (String country : List.of("US", "NL", "BE", "DE", "unknown")) {
                for (String gps : List.of("outside", "inside by GPS")) {
                    for (String trusted : List.of("not", "trusted by the MFA service")) {
                        for (String risk : levels) {
                            for (String userRisk : levels) {
                                for (String insiderRisk : insider) {
                                    all.add(Map.of(
                                            "address",
                                            address,
                                            "country",
                                            country,
                                            "gps",
                                            gps,
                                            "trusted",
                                            trusted,
                                            "risk",
                                            risk,
                                            "userRisk",
                                            userRisk,
                                            "insiderRisk",
                                            insiderRisk));
                                }
                            }
                        }
                    }
                }
            }
        }
        boolean away = risks || person.gone().contains(SignInMeans.TRUSTED_NETWORK);
        all.removeIf(place ->
                away && (place.containsValue("trusted by the MFA service") || !place.containsValue("192.0.2.1")));
        return all;
    }

    /** What he chooses: platform and device. */
    record Choice(String platform, boolean compliant, boolean joined, boolean x, boolean y) {
        boolean registered() {
            return compliant || joined || x || y;
        }
    }

    /** Every choice that he has and that is certain. */
    List<Choice> choices() {
        return choices(true, !person.gone().contains(SignInMeans.PHONE));
    }

    private List<Choice> choices(boolean sure, boolean phone) {
        List<Choice> all = new ArrayList<>();
        List<String> platforms = new ArrayList<>(List.of("windows", "macOS", "linux"));
        if (phone) {
            platforms.addAll(List.of("iOS", "android"));
        }
        if (!sure) {
            platforms.add("unknown");
        }
        for (String platform : platforms) {
            for (int bits = 0; bits < 16; bits++) {
                all.add(new Choice(platform, (bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0, (bits & 8) > 0));
            }
        }
        all.removeIf(choice -> choice.registered() && person.gone().contains(SignInMeans.MANAGED_DEVICE));
        all.removeIf(choice -> choice.registered() && sure && person.external());
        return all;
    }

    /** Whether he gets in under these circumstances by some choice. */
    boolean getsIn(Roles holding, String id, Map<String, String> place, boolean sure, boolean registering) {
        return getsIn(holding, id, place, choices(sure, !person.gone().contains(SignInMeans.PHONE)), sure, registering);
    }

    /** Whether he gets in under these circumstances by one of these choices. */
    boolean getsIn(
            Roles holding,
            String id,
            Map<String, String> place,
            List<Choice> choices,
            boolean sure,
            boolean registering) {
        List<ConditionalAccessPolicy> relevant = policies.stream()
                .filter(policy -> holding.isMeant(policy, id, sure))
                .filter(policy -> sure || policy.notModelled().isEmpty())
                .filter(policy -> isFor(policy, sure, registering))
                .toList();
        Set<String> rules = new TreeSet<>();
        relevant.forEach(policy -> policy.deviceFilter().ifPresent(filter -> rules.add(filter.rule())));
        if (!begins(sure) || !mfa(sure, registering)) {
            return false; // Microsoft demands MFA at its portals of everybody
        }
        return choices.stream().anyMatch(choice -> {
            boolean filters = !sure || rules.size() <= 1 || !choice.registered();
            return relevant.stream()
                    .allMatch(policy -> !meets(policy, place, choice, sure, filters)
                            || satisfied(policy, choice, sure, registering));
        });
    }

    private static boolean isFor(ConditionalAccessPolicy policy, boolean sure, boolean registering) {
        ConditionalAccessPolicy.Applications to = policy.applications();
        if (to.userActions().contains("urn:user:registersecurityinfo")) {
            return registering;
        }
        if (policy.notModelled().contains("applicationFilter")) {
            return sure;
        }
        if (to.exclude().contains("All")) {
            return false;
        }
        boolean all = to.include().contains("All");
        boolean portal = (all || to.include().contains("MicrosoftAdminPortals"))
                && !to.exclude().contains("MicrosoftAdminPortals");
        boolean graphLeftOut = to.exclude().contains("00000003-0000-0000-c000-000000000000");
        boolean graph = all
                ? !graphLeftOut || sure
                : sure
                        && (to.include().contains("Office365")
                                || to.include().contains("MicrosoftAdminPortals")
                                || to.include().contains("00000003-0000-0000-c000-000000000000"));
        return portal || graph;
    }

    private static boolean meets(
            ConditionalAccessPolicy policy, Map<String, String> place, Choice choice, boolean sure, boolean filters) {
        boolean client = policy.clientAppTypes().contains("all")
                || policy.clientAppTypes().contains("browser")
                || (sure && policy.notModelled().contains("clientAppTypes"));
        boolean platform = policy.platforms().include().isEmpty()
                || ((policy.platforms().include().contains("all")
                                || policy.platforms().include().contains(choice.platform()))
                        && !policy.platforms().exclude().contains(choice.platform()));
        boolean location = policy.locations().include().isEmpty()
                || (inside(policy.locations().include(), place)
                        && !inside(policy.locations().exclude(), place));
        boolean device = policy.deviceFilter()
                .map(filter ->
                        !filters || filter.include() == (filter.rule().equals(NaiveSignIn.X) ? choice.x() : choice.y()))
                .orElse(true);
        return client
                && platform
                && location
                && device
                && (policy.signInRisks().isEmpty() || policy.signInRisks().contains(place.get("risk")))
                && (policy.userRisks().isEmpty() || policy.userRisks().contains(place.get("userRisk")))
                && (policy.insiderRisks().isEmpty() || policy.insiderRisks().contains(place.get("insiderRisk")))
                && policy.authenticationFlows().isEmpty();
    }

    static boolean inside(Set<String> entries, Map<String, String> place) {
        String address = String.valueOf(place.get("address"));
        String country = String.valueOf(place.get("country"));
        boolean hq = address.startsWith("198.51.100.");
        return entries.contains("All")
                || (entries.contains("hq") && hq)
                || (entries.contains("AllTrusted") && (hq || "trusted by the MFA service".equals(place.get("trusted"))))
                || (entries.contains("branch") && (address.equals("198.51.100.200") || address.startsWith("2001:db8")))
                || (entries.contains("nl") && Set.of("NL", "BE").contains(country))
                || (entries.contains("eu") && Set.of("BE", "DE", "unknown").contains(country))
                || (entries.contains("gps") && "inside by GPS".equals(place.get("gps")));
    }

    private boolean satisfied(ConditionalAccessPolicy policy, Choice choice, boolean sure, boolean registering) {
        ConditionalAccessPolicy.Grant grant = policy.grant().orElseThrow();
        if (sure && policy.notModelled().contains("grantControls")) {
            return false;
        }
        boolean done = registering && !policy.applications().userActions().contains("urn:user:registersecurityinfo");
        List<Boolean> met = new ArrayList<>();
        for (String control : grant.controls()) {
            met.add(
                    switch (control) {
                        case "block" -> false;
                        case "mfa" -> mfa(sure, done);
                        case "compliantDevice" -> choice.compliant();
                        case "domainJoinedDevice" ->
                            choice.joined() && choice.platform().equals("windows");
                        case "approvedApplication", "compliantApplication" ->
                            !sure && Set.of("windows", "iOS", "android").contains(choice.platform());
                        default -> !sure;
                    });
        }
        grant.strength().ifPresent(it -> met.add(strong(it.allowedCombinations(), sure, done)));
        grant.termsOfUse().forEach(terms -> met.add(true));
        grant.customControls().forEach(custom -> met.add(!sure));
        boolean all = grant.all() || (sure && policy.notModelled().contains("operator"));
        return met.isEmpty() || (all ? !met.contains(false) : met.contains(true));
    }
}
