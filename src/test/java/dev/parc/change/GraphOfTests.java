package dev.parc.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeTenant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes changes in a {@link FakeTenant} as Microsoft Graph would, by rules of its own: what the overlay answers is compared with
 * what the tenant answers afterwards. It shares nothing with the overlay but the ids of what is new.
 */
public final class GraphOfTests {

    private static final String POLICIES = "/identity/conditionalAccess/policies";
    private static final String LOCATIONS = "/identity/conditionalAccess/namedLocations";
    private static final String STRENGTHS = "/policies/authenticationStrengthPolicies";

    private final FakeTenant tenant;
    private final Map<String, String> created = new HashMap<>();

    private GraphOfTests(FakeTenant tenant) {
        this.tenant = tenant;
    }

    /** Makes every change, in order. */
    public static void apply(FakeTenant tenant, Change change) {
        GraphOfTests graph = new GraphOfTests(tenant);
        change.requests().forEach(graph::apply);
    }

    private void apply(ChangeRequest given) {
        String path = named(given.url().path());
        ObjectNode body =
                FakeTenant.json(given.body().map(it -> named(it.toString())).orElse("{}"));
        String last = path.substring(path.lastIndexOf('/') + 1);
        switch (given.method() + " " + path.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{id}")) {
            case "POST " + POLICIES -> {
                ObjectNode policy = tenant.policy(body.path("displayName").asText(), "x", "", "x");
                tenant.collection(POLICIES).remove(policy);
                ObjectNode users = (ObjectNode) policy.path("conditions").path("users");
                users.putArray("includeUsers");
                ((ObjectNode) policy.path("conditions").path("applications")).putArray("includeApplications");
                ObjectNode none = policy.putNull("grantControls");
                change(none, body);
                strength(policy);
                tenant.add(POLICIES, policy.put("id", is(given)));
            }
            case "PATCH " + POLICIES + "/{id}" -> {
                ObjectNode policy = one(POLICIES, last);
                change(policy, body);
                strength(policy);
            }
            case "DELETE " + POLICIES + "/{id}" -> tenant.collection(POLICIES).remove(one(POLICIES, last));
            case "POST " + LOCATIONS -> {
                if (!body.has("isTrusted") && body.has("ipRanges")) {
                    body.put("isTrusted", false);
                }
                if (!body.has("includeUnknownCountriesAndRegions") && body.has("countriesAndRegions")) {
                    body.put("includeUnknownCountriesAndRegions", false);
                }
                tenant.add(LOCATIONS, body.put("id", is(given)));
            }
            case "PATCH " + LOCATIONS + "/{id}" -> change(one(LOCATIONS, last), body);
            case "DELETE " + LOCATIONS + "/{id}" -> tenant.collection(LOCATIONS).remove(one(LOCATIONS, last));
            case "PATCH /policies/identitySecurityDefaultsEnforcementPolicy" ->
                tenant.securityDefaults().set("isEnabled", body.get("isEnabled"));
            default -> throw new IllegalArgumentException("no test makes " + given.inWords());
        }
    }

    /** The text with the ids of what was created. */
    private String named(String text) {
        String named = text;
        for (Map.Entry<String, String> one : created.entrySet()) {
            named = named.replace("${" + one.getKey() + ".id}", one.getValue());
        }
        return named;
    }

    private String is(ChangeRequest request) {
        String id = References.standIn(request);
        created.put(request.id(), id);
        return id;
    }

    private ObjectNode one(String list, String id) {
        return tenant.collection(list).stream()
                .filter(object -> object.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** A policy is told with its whole strength. */
    private void strength(ObjectNode policy) {
        if (policy.path("grantControls") instanceof ObjectNode grant) {
            for (String list : List.of("builtInControls", "customAuthenticationFactors", "termsOfUse")) {
                if (!grant.has(list)) {
                    grant.putArray(list);
                }
            }
            if (grant.path("authenticationStrength").has("id")) {
                grant.set(
                        "authenticationStrength",
                        one(
                                STRENGTHS,
                                grant.path("authenticationStrength").path("id").asText()));
            } else {
                grant.putNull("authenticationStrength");
            }
        }
    }

    /** What is said replaces what was; inside of an object what is not said stays. */
    private static void change(ObjectNode object, ObjectNode body) {
        for (Map.Entry<String, JsonNode> said : body.properties()) {
            JsonNode was = object.get(said.getKey());
            if (said.getValue().isObject() && was != null && was.isObject()) {
                change((ObjectNode) was, (ObjectNode) said.getValue());
            } else {
                object.set(said.getKey(), said.getValue());
            }
        }
    }
}
