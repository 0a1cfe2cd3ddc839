package dev.parc.collect.graph;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.AUTHENTICATION_METHODS_POLICY;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.DEVICE_REGISTRATION;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;

import dev.parc.collect.exchange.Answer;
import dev.parc.facts.AuthenticationMethods;
import dev.parc.facts.AuthenticationStrength;
import dev.parc.facts.DeviceRegistration;
import dev.parc.facts.NamedLocation;
import dev.parc.facts.Reading;
import dev.parc.facts.SecurityDefaults;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what Conditional Access policies refer to, and security defaults, which stand in for them. */
final class PolicyReader {

    private final ReadingContext context;

    PolicyReader(ReadingContext context) {
        this.context = context;
    }

    Reading securityDefaults() {
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

    Reading authenticationMethods() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.policies().authenticationMethodsPolicy().toGetRequestInformation()));
        return ReadingBuilder.ofObject(
                AUTHENTICATION_METHODS_POLICY, answer, "authentication methods policies", PolicyReader::methods);
    }

    private static AuthenticationMethods methods(Item policy) {
        Set<String> enabled = new HashSet<>();
        Set<String> known = new HashSet<>();
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
        }
        return new AuthenticationMethods(enabled, known);
    }

    Reading authenticationStrengths() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(
                        V1.policies().authenticationStrengthPolicies().toGetRequestInformation()));
        return ReadingBuilder.ofCollection(
                AUTHENTICATION_STRENGTHS, answer, "authentication strengths", PolicyReader::strength);
    }

    Reading namedLocations() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(
                        V1.identity().conditionalAccess().namedLocations().toGetRequestInformation()));
        return ReadingBuilder.ofCollection(NAMED_LOCATIONS, answer, "named locations", PolicyReader::location);
    }

    Reading deviceRegistration() {
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
                id, item.firstText("displayName").orElse(id), Set.copyOf(item.texts("allowedCombinations")));
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
            default -> new NamedLocation(id, name, NamedLocation.Kind.OTHER, false, List.of(), Set.of(), false);
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
