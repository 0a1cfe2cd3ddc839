package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_METHODS_POLICY;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.DEVICE_REGISTRATION;
import static dev.parc.facts.FactKind.INBOUND_TRUST;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;

import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.DeviceRegistration;
import dev.parc.facts.policies.AuthenticationMethods;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.InboundTrust;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.policies.SecurityDefaults;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what Conditional Access policies refer to, and security defaults, which stand in for them. */
public final class PolicyReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(AUTHENTICATION_STRENGTHS, context -> new PolicyReader(context).authenticationStrengths()),
            ReadingTask.of(NAMED_LOCATIONS, context -> new PolicyReader(context).namedLocations()),
            ReadingTask.of(INBOUND_TRUST, context -> new PolicyReader(context).inboundTrust(), ACCOUNTS),
            ReadingTask.of(SECURITY_DEFAULTS, context -> new PolicyReader(context).securityDefaults()),
            ReadingTask.of(DEVICE_REGISTRATION, context -> new PolicyReader(context).deviceRegistration()),
            ReadingTask.of(
                    AUTHENTICATION_METHODS_POLICY, context -> new PolicyReader(context).authenticationMethods()));

    private final ReadingContext context;

    public PolicyReader(ReadingContext context) {
        this.context = context;
    }

    public Reading securityDefaults() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.policies()
                        .identitySecurityDefaultsEnforcementPolicy()
                        .toGetRequestInformation(it -> it.queryParameters.select = new String[] {"id", "isEnabled"})));
        return ReadingBuilder.ofObject(
                SECURITY_DEFAULTS,
                answer,
                "security defaults",
                item -> new SecurityDefaults(item.requiredFlag("isEnabled")));
    }

    /** Nothing is asked where no external account holds a role. */
    public Reading inboundTrust() {
        Optional<Reading> unread = context.unreadFor(ACCOUNTS);
        if (unread.isPresent()) {
            return unread.get();
        }
        ReadingBuilder trusts = new ReadingBuilder(INBOUND_TRUST);
        if (context.values(ACCOUNTS, Account.class).stream().noneMatch(Account::external)) {
            return trusts.build();
        }
        String settings = "cross-tenant access settings";
        GraphRequest byDefault = GraphRequest.of(
                V1.policies().crossTenantAccessPolicy().defaultEscaped().toGetRequestInformation());
        GraphRequest partners = GraphRequest.of(
                V1.policies().crossTenantAccessPolicy().partners().toGetRequestInformation());
        context.graph().ask(Map.of(true, byDefault, false, partners)).forEach((standard, answer) -> {
            if (standard) {
                trusts.object(
                        answer,
                        settings,
                        item -> new InboundTrust(Optional.empty(), mfaAccepted(item)),
                        INBOUND_TRUST.permissions());
            } else {
                trusts.collection(
                        answer,
                        settings,
                        item -> new InboundTrust(Optional.of(item.id("tenantId")), mfaAccepted(item)),
                        INBOUND_TRUST.permissions());
            }
        });
        return trusts.build();
    }

    private static Optional<Boolean> mfaAccepted(Item settings) {
        return settings.item("inboundTrust").flatMap(trust -> trust.flag("isMfaAccepted"));
    }

    public Reading authenticationMethods() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.policies().authenticationMethodsPolicy().toGetRequestInformation()));
        return ReadingBuilder.ofObject(
                AUTHENTICATION_METHODS_POLICY, answer, "authentication methods policies", PolicyReader::methods);
    }

    private static AuthenticationMethods methods(Item policy) {
        Set<String> enabled = new HashSet<>();
        Set<String> known = new HashSet<>();
        Map<String, AuthenticationMethods.Targets> targets = new HashMap<>();
        for (Item method : policy.items("authenticationMethodConfigurations")) {
            String id = method.requiredText("id");
            known.add(id);
            switch (method.requiredText("state")) {
                case "enabled" -> enabled.add(id);
                case "disabled" -> {
                    // known, and that is all
                }
                default -> throw method.malformed("state");
            }
            if (method.has("includeTargets")) {
                targets.put(
                        id,
                        new AuthenticationMethods.Targets(
                                targets(method, "includeTargets"), targets(method, "excludeTargets")));
            }
        }
        return new AuthenticationMethods(
                enabled,
                known,
                targets,
                policy.has("policyMigrationState")
                        && policy.firstText("policyMigrationState")
                                .filter("migrationComplete"::equals)
                                .isPresent());
    }

    /** The ids of groups; what is neither a group nor everybody is kept as it is, and nobody is in it. */
    private static Set<String> targets(Item method, String name) {
        return !method.has(name)
                ? Set.of()
                : method.items(name).stream()
                        .map(target -> target.requiredText("id"))
                        .map(id -> Item.guid(id).orElse(id))
                        .collect(Collectors.toUnmodifiableSet());
    }

    public Reading authenticationStrengths() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(
                        V1.policies().authenticationStrengthPolicies().toGetRequestInformation()));
        return ReadingBuilder.ofCollection(
                AUTHENTICATION_STRENGTHS, answer, "authentication strengths", PolicyReader::strength);
    }

    public Reading namedLocations() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(
                        V1.identity().conditionalAccess().namedLocations().toGetRequestInformation()));
        return ReadingBuilder.ofCollection(NAMED_LOCATIONS, answer, "named locations", PolicyReader::location);
    }

    public Reading deviceRegistration() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.policies().deviceRegistrationPolicy().toGetRequestInformation()));
        return ReadingBuilder.ofObject(DEVICE_REGISTRATION, answer, "device registration policies", item -> {
            Item join = item.requiredItem("azureADJoin");
            Item administrators = join.requiredItem("localAdmins");
            return new DeviceRegistration(
                    scope(join, "allowedToJoin"),
                    scope(administrators, "registeringUsers"),
                    administrators.requiredFlag("enableGlobalAdmins"),
                    item.requiredItem("localAdminPassword").requiredFlag("isEnabled"));
        });
    }

    private static DeviceRegistration.Scope scope(Item parent, String name) {
        return switch (parent.requiredItem(name).requiredText("@odata.type")) {
            case "#microsoft.graph.allDeviceRegistrationMembership" -> DeviceRegistration.Scope.EVERYBODY;
            case "#microsoft.graph.enumeratedDeviceRegistrationMembership" -> DeviceRegistration.Scope.SELECTED;
            case "#microsoft.graph.noDeviceRegistrationMembership" -> DeviceRegistration.Scope.NOBODY;
            default -> throw parent.malformed(name);
        };
    }

    static AuthenticationStrength strength(Item item) {
        String id = item.id("id");
        return new AuthenticationStrength(
                id,
                item.firstText("displayName").orElse(id),
                Set.copyOf(item.texts("allowedCombinations")),
                item.has("combinationConfigurations")
                        ? Optional.of(limits(item.items("combinationConfigurations")))
                        : Optional.empty());
    }

    /** By combination the models of keys that are allowed; none for what is restricted by something else. */
    private static Map<String, AuthenticationStrength.Limit> limits(List<Item> configurations) {
        Map<String, AuthenticationStrength.Limit> limits = new HashMap<>();
        for (Item configuration : configurations) {
            Set<String> keys = configuration.has("allowedAAGUIDs")
                    ? configuration.texts("allowedAAGUIDs").stream()
                            .map(key -> key.toLowerCase(Locale.ROOT))
                            .collect(Collectors.toUnmodifiableSet())
                    : Set.of();
            configuration
                    .texts("appliesToCombinations")
                    .forEach(combination -> limits.merge(
                            combination,
                            new AuthenticationStrength.Limit(keys),
                            (one, other) -> new AuthenticationStrength.Limit(Set.of())));
        }
        return limits;
    }

    private static NamedLocation location(Item item) {
        String id = item.id("id");
        String name = item.firstText("displayName").orElse(id);
        return switch (item.requiredText("@odata.type")) {
            case "#microsoft.graph.ipNamedLocation" ->
                new NamedLocation(
                        id,
                        name,
                        NamedLocation.Kind.IP,
                        item.requiredFlag("isTrusted"),
                        item.items("ipRanges").stream()
                                .map(range -> range.requiredText("cidrAddress"))
                                .toList(),
                        Set.of(),
                        false);
            case "#microsoft.graph.countryNamedLocation" -> country(item, id, name);
            default ->
                new NamedLocation(
                        id,
                        name,
                        NamedLocation.Kind.OTHER,
                        // a compliant network, and whatever may come, may be trusted and then is in AllTrusted
                        !item.set().contains("isTrusted") || item.requiredFlag("isTrusted"),
                        List.of(),
                        Set.of(),
                        false);
        };
    }

    private static NamedLocation country(Item item, String id, String name) {
        boolean byAddress = item.firstText("countryLookupMethod")
                .map("clientIpAddress"::equals)
                .orElse(!item.has("countryLookupMethod"));
        return new NamedLocation(
                id,
                name,
                byAddress ? NamedLocation.Kind.COUNTRY : NamedLocation.Kind.OTHER,
                false,
                List.of(),
                Set.copyOf(item.texts("countriesAndRegions")),
                item.requiredFlag("includeUnknownCountriesAndRegions"));
    }
}
