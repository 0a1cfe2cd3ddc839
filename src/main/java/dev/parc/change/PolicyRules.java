package dev.parc.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.change.Shape.Anything;
import dev.parc.change.Shape.Flag;
import dev.parc.change.Shape.Many;
import dev.parc.change.Shape.Members;
import dev.parc.change.Shape.OneOf;
import dev.parc.change.Shape.OrNull;
import dev.parc.change.Shape.ReadOnly;
import dev.parc.change.Shape.SomeOf;
import dev.parc.change.Shape.Text;
import dev.parc.change.Shape.That;
import dev.parc.change.Shape.Whole;
import dev.parc.facts.policies.PolicyValues;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Microsoft Graph takes as a Conditional Access policy, and what it writes where nothing is said. Source: resource type
 * conditionalAccessPolicy of v1.0 and beta.
 */
public final class PolicyRules {

    private static final Shape FLAG = new Flag();
    private static final Shape MAYBE_TEXT = new OrNull(new Text(10_000));

    private static Shape ids(String... words) {
        Set<String> literals = Set.of(words);
        String or = Stream.of(words).sorted().reduce("", (one, other) -> one + ", " + other);
        return new OrNull(new Many(
                new That("an object id" + or, text -> Shape.GUID.matcher(text).matches() || literals.contains(text))));
    }

    private static Shape some(Set<String> values) {
        return new OrNull(new Many(new OneOf(values)));
    }

    private static Set<String> and(Set<String> values, String another) {
        return Stream.concat(values.stream(), Stream.of(another)).collect(Collectors.toUnmodifiableSet());
    }

    private static final Shape GUESTS = new OrNull(Shape.object()
            .with("guestOrExternalUserTypes", new SomeOf(and(PolicyValues.GUEST_TYPES, "none")))
            .with(
                    "externalTenants",
                    new OrNull(Shape.object()
                            .with("membershipKind", new OneOf(Set.of("all", "enumerated")))
                            .with("members", ids()))));

    private static final Members USERS = Shape.object()
            .with("includeUsers", ids("All", "None", "GuestsOrExternalUsers"))
            .with("excludeUsers", ids("GuestsOrExternalUsers"))
            .with("includeGroups", ids())
            .with("excludeGroups", ids())
            .with("includeRoles", ids())
            .with("excludeRoles", ids())
            .with("includeGuestsOrExternalUsers", GUESTS)
            .with("excludeGuestsOrExternalUsers", GUESTS);

    private static final Members APPLICATIONS = Shape.object()
            .with("includeApplications", ids("All", "None", "Office365", "MicrosoftAdminPortals"))
            .with("excludeApplications", ids("Office365", "MicrosoftAdminPortals"))
            .with("includeUserActions", some(Set.of("urn:user:registersecurityinfo", "urn:user:registerdevice")))
            .with(
                    "includeAuthenticationContextClassReferences",
                    new OrNull(new Many(new That("like c1 to c99", text -> text.matches("c[1-9]\\d?")))))
            .with(
                    "applicationFilter",
                    new OrNull(Shape.object()
                            .with("mode", new OneOf(Set.of("include", "exclude")))
                            .with("rule", new Text(10_000))));

    private static final Shape RISKS = some(PolicyValues.RISKS);
    private static final Shape PLATFORMS = some(PolicyValues.PLATFORMS);

    private static final Members CONDITIONS = Shape.object()
            .with("users", USERS)
            .with("applications", APPLICATIONS)
            .with(
                    "clientApplications",
                    new OrNull(Shape.object()
                            .with("includeServicePrincipals", ids("ServicePrincipalsInMyTenant"))
                            .with("excludeServicePrincipals", ids())
                            .with("servicePrincipalFilter", new OrNull(new Anything()))))
            .with("clientAppTypes", new Many(new OneOf(and(PolicyValues.CLIENT_APP_TYPES, "easSupported"))))
            .with(
                    "platforms",
                    new OrNull(
                            Shape.object().with("includePlatforms", PLATFORMS).with("excludePlatforms", PLATFORMS)))
            .with(
                    "locations",
                    new OrNull(Shape.object()
                            .with("includeLocations", ids("All", "AllTrusted"))
                            .with("excludeLocations", ids("AllTrusted"))))
            .with(
                    "devices",
                    new OrNull(Shape.object()
                            .with(
                                    "deviceFilter",
                                    new OrNull(Shape.object()
                                            .with("mode", new OneOf(Set.of("include", "exclude")))
                                            .with("rule", new Text(10_000))))))
            .with("signInRiskLevels", RISKS)
            .with("userRiskLevels", RISKS)
            .with("servicePrincipalRiskLevels", RISKS)
            .with("insiderRiskLevels", new OrNull(new SomeOf(PolicyValues.INSIDER_RISKS)))
            .with(
                    "authenticationFlows",
                    new OrNull(Shape.object()
                            .with("transferMethods", new OrNull(new SomeOf(and(PolicyValues.FLOWS, "none"))))))
            .with("times", new OrNull(new Anything()))
            .with("deviceStates", new OrNull(new Anything()));

    private static final Members GRANT = Shape.object()
            .with("operator", new OrNull(new OneOf(Set.of("AND", "OR"))))
            .with("builtInControls", some(PolicyValues.CONTROLS))
            .with("customAuthenticationFactors", new OrNull(new Many(new Text(1_000))))
            .with("termsOfUse", ids())
            .with(
                    "authenticationStrength",
                    new OrNull(new Members(
                            Map.of(
                                    "id",
                                    new That(
                                            "an object id",
                                            text -> Shape.GUID.matcher(text).matches())),
                            true)));

    private static final Members SESSION = Shape.object()
            .with("applicationEnforcedRestrictions", new OrNull(Shape.object().with("isEnabled", FLAG)))
            .with(
                    "cloudAppSecurity",
                    new OrNull(Shape.object().with("isEnabled", FLAG).with("cloudAppSecurityType", MAYBE_TEXT)))
            .with(
                    "persistentBrowser",
                    new OrNull(Shape.object()
                            .with("isEnabled", FLAG)
                            .with("mode", new OrNull(new OneOf(Set.of("always", "never"))))))
            .with(
                    "signInFrequency",
                    new OrNull(Shape.object()
                            .with("isEnabled", FLAG)
                            .with("type", new OrNull(new OneOf(Set.of("days", "hours"))))
                            .with("value", new OrNull(new Whole()))
                            .with(
                                    "authenticationType",
                                    new OrNull(new OneOf(
                                            Set.of("primaryAndSecondaryAuthentication", "secondaryAuthentication"))))
                            .with("frequencyInterval", new OrNull(new OneOf(Set.of("timeBased", "everyTime"))))))
            .with("secureSignInSession", new OrNull(Shape.object().with("isEnabled", FLAG)))
            .with("disableResilienceDefaults", new OrNull(FLAG));

    private static final Members POLICY = Shape.object()
            .with("displayName", new Text(256))
            .with("description", new OrNull(new Text(1_024)))
            .with("state", new OneOf(Set.of("enabled", "disabled", "enabledForReportingButNotEnforced")))
            .with("conditions", CONDITIONS)
            .with("grantControls", new OrNull(GRANT))
            .with("sessionControls", new OrNull(SESSION))
            .with("id", new ReadOnly())
            .with("createdDateTime", new ReadOnly())
            .with("modifiedDateTime", new ReadOnly())
            .with("deletedDateTime", new ReadOnly())
            .with("templateId", new ReadOnly());

    private PolicyRules() {}

    /**
     * Why Graph would refuse to create or to change a policy with this body; empty if it would not.
     *
     * @param beta whether it goes to the beta version, which may know properties that PARC does not
     */
    public static Optional<String> refuses(JsonNode body, boolean beta) {
        return (beta ? open(POLICY) : POLICY).refuses("", body);
    }

    private static Shape open(Shape shape) {
        if (shape instanceof OrNull maybe) {
            return new OrNull(open(maybe.shape()));
        }
        if (shape instanceof Many many && !(many.of() instanceof Members)) {
            return new Many(new Text(1_000)); // words that are new
        }
        if (shape instanceof Members members) {
            Members opened = new Members(Map.of(), true);
            for (Map.Entry<String, Shape> member : members.members().entrySet()) {
                opened = opened.with(member.getKey(), open(member.getValue()));
            }
            return opened;
        }
        return shape;
    }

    /** Why Graph would refuse the policy as a whole, created or changed; empty if it would not. */
    public static Optional<String> refusesWhole(JsonNode policy) {
        if (policy.path("displayName").asText().isBlank()) {
            return Optional.of("\"displayName\" is missing");
        }
        if (!policy.path("state").isTextual()) {
            return Optional.of("\"state\" is missing");
        }
        JsonNode conditions = policy.path("conditions");
        JsonNode applications = conditions.path("applications");
        if (Stream.of("includeApplications", "includeUserActions", "includeAuthenticationContextClassReferences")
                        .allMatch(name -> applications.path(name).isEmpty())
                && !applications.path("applicationFilter").isObject()) {
            return Optional.of("\"conditions.applications\" includes nothing");
        }
        JsonNode users = conditions.path("users");
        if (Stream.of("includeUsers", "includeGroups", "includeRoles")
                        .allMatch(name -> users.path(name).isEmpty())
                && !users.path("includeGuestsOrExternalUsers").isObject()
                && conditions
                        .path("clientApplications")
                        .path("includeServicePrincipals")
                        .isEmpty()
                && !conditions
                        .path("clientApplications")
                        .path("servicePrincipalFilter")
                        .isObject()) {
            return Optional.of("\"conditions.users\" includes nobody");
        }
        JsonNode grant = policy.path("grantControls");
        boolean session = Stream.of(policy.path("sessionControls"))
                .flatMap(controls -> controls.properties().stream())
                .anyMatch(control ->
                        control.getValue().isObject() || control.getValue().asBoolean());
        int demands = grant.path("builtInControls").size()
                + grant.path("customAuthenticationFactors").size()
                + grant.path("termsOfUse").size()
                + (grant.path("authenticationStrength").isObject() ? 1 : 0);
        if (demands == 0 && !session) {
            return Optional.of("\"grantControls\" and \"sessionControls\" both ask for nothing");
        }
        if (demands > 0 && !grant.path("operator").isTextual()) {
            return Optional.of("\"grantControls.operator\" is missing");
        }
        for (JsonNode control : grant.path("builtInControls")) {
            if (control.asText().equals("block") && demands > 1) {
                return Optional.of("\"grantControls.builtInControls\" has block beside another control");
            }
            if (control.asText().equals("mfa")
                    && grant.path("authenticationStrength").isObject()) {
                return Optional.of("\"grantControls.builtInControls\" has mfa beside an authentication strength");
            }
        }
        return Optional.empty();
    }

    /** A new policy as Graph tells it: what is said, and every property of which nothing is said. */
    public static ObjectNode created(ObjectNode body) {
        ObjectNode policy = defaults();
        Merge.into(policy, body);
        return policy;
    }

    private static ObjectNode defaults() {
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        policy.putNull("templateId").putNull("description");
        ObjectNode conditions = policy.putObject("conditions");
        conditions.putArray("userRiskLevels");
        conditions.putArray("signInRiskLevels");
        conditions.putArray("servicePrincipalRiskLevels");
        conditions.putArray("clientAppTypes").add("all");
        for (String name : new String[] {
            "platforms",
            "locations",
            "times",
            "deviceStates",
            "devices",
            "clientApplications",
            "insiderRiskLevels",
            "authenticationFlows"
        }) {
            conditions.putNull(name);
        }
        ObjectNode users = conditions.putObject("users");
        for (String name : new String[] {
            "includeUsers", "excludeUsers", "includeGroups", "excludeGroups", "includeRoles", "excludeRoles"
        }) {
            users.putArray(name);
        }
        users.putNull("includeGuestsOrExternalUsers").putNull("excludeGuestsOrExternalUsers");
        ObjectNode applications = conditions.putObject("applications");
        for (String name : new String[] {
            "includeApplications",
            "excludeApplications",
            "includeUserActions",
            "includeAuthenticationContextClassReferences"
        }) {
            applications.putArray(name);
        }
        applications.putNull("applicationFilter");
        policy.putNull("grantControls").putNull("sessionControls");
        return policy;
    }

    /** The policy with what Graph writes of controls of which only some is said. */
    public static void complete(ObjectNode policy) {
        if (policy.get("grantControls") instanceof ObjectNode grant) {
            for (String name : new String[] {"builtInControls", "customAuthenticationFactors", "termsOfUse"}) {
                if (!grant.path(name).isArray()) {
                    grant.putArray(name);
                }
            }
            if (!grant.has("operator")) {
                grant.putNull("operator");
            }
            if (!grant.has("authenticationStrength")) {
                grant.putNull("authenticationStrength");
            }
        }
        if (policy.path("conditions").path("locations") instanceof ObjectNode locations) {
            lists(locations, "includeLocations", "excludeLocations");
        }
        if (policy.path("conditions").path("platforms") instanceof ObjectNode platforms) {
            lists(platforms, "includePlatforms", "excludePlatforms");
        }
    }

    private static void lists(ObjectNode object, String... names) {
        for (String name : names) {
            if (!object.path(name).isArray()) {
                object.putArray(name);
            }
        }
    }
}
