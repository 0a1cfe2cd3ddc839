package dev.parc.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.DemoTenant;
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
    private static final String ROLES = "/roleManagement/directory/";
    private static final String PIM = "/identityGovernance/privilegedAccess/group/";
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
            case "POST " + STRENGTHS -> {
                body.put("id", is(given)).put("policyType", "custom");
                body.putArray("combinationConfigurations");
                tenant.add(STRENGTHS, body);
            }
            case "PATCH " + STRENGTHS + "/{id}" -> strengthChanged(one(STRENGTHS, last), body);
            case "POST " + STRENGTHS + "/{id}/updateAllowedCombinations" ->
                strengthChanged(one(STRENGTHS, path.split("/", -1)[3]), body);
            case "DELETE " + STRENGTHS + "/{id}" -> tenant.collection(STRENGTHS).remove(one(STRENGTHS, last));
            case "PATCH /policies/authenticationMethodsPolicy" -> change(tenant.authenticationMethodsPolicy(), body);
            case "POST " + ROLES + "roleAssignments" -> {
                held(body, is(given), "roleAssignments");
                held(body, is(given), "roleAssignmentScheduleInstances")
                        .put("assignmentType", "Assigned")
                        .put("memberType", "Direct")
                        .putNull("endDateTime");
            }
            case "DELETE " + ROLES + "roleAssignments/{id}" -> released(one(ROLES + "roleAssignments", last));
            case "POST " + ROLES + "roleAssignmentScheduleRequests" -> {
                if (body.path("action").asText().equals("adminAssign")) {
                    held(body, is(given), "roleAssignments");
                    until(
                            held(body, is(given), "roleAssignmentScheduleInstances")
                                    .put("assignmentType", "Assigned")
                                    .put("memberType", "Direct"),
                            body);
                } else {
                    released(body);
                }
            }
            case "POST " + ROLES + "roleEligibilityScheduleRequests" -> {
                if (body.path("action").asText().equals("adminAssign")) {
                    ObjectNode row = held(body, is(given), "roleEligibilityScheduleInstances");
                    until(row, body);
                    row.put(
                            "startDateTime",
                            body.at("/scheduleInfo/startDateTime").asText(DemoTenant.TAKEN_AT.toString()));
                } else {
                    tenant.collection(ROLES + "roleEligibilityScheduleInstances")
                            .removeIf(row -> same(row, body));
                }
            }
            case "POST /groups" -> {
                tenant.groupOfId(is(given), body.path("displayName").asText())
                        .put(
                                "isAssignableToRole",
                                body.path("isAssignableToRole").asBoolean());
            }
            case "DELETE /groups/{id}", "DELETE /users/{id}" -> {
                tenant.delete(last);
                tenant.leaveAll(last);
                for (String list : List.of(
                        ROLES + "roleAssignments",
                        ROLES + "roleAssignmentScheduleInstances",
                        ROLES + "roleEligibilityScheduleInstances",
                        PIM + "assignmentScheduleInstances",
                        PIM + "eligibilityScheduleInstances")) {
                    tenant.collection(list)
                            .removeIf(row -> row.path("principalId").asText().equals(last)
                                    || row.path("groupId").asText().equals(last));
                }
            }
            case "POST /groups/{id}/members/$ref" -> tenant.member(path.split("/", -1)[2], referenced(body));
            case "POST /groups/{id}/owners/$ref" -> tenant.owner(path.split("/", -1)[2], referenced(body));
            case "DELETE /groups/{id}/members/{id}/$ref" -> {
                String[] parts = path.split("/", -1);
                tenant.leave(parts[2], parts[4]);
                tenant.collection(PIM + "assignmentScheduleInstances")
                        .removeIf(row -> row.path("groupId").asText().equals(parts[2])
                                && row.path("principalId").asText().equals(parts[4])
                                && row.path("assignmentType").asText().equals("assigned"));
            }
            case "DELETE /groups/{id}/owners/{id}/$ref" ->
                tenant.disown(path.split("/", -1)[2], path.split("/", -1)[4]);
            case "PATCH /users/{id}" -> change(tenant.object(last), body);
            default -> further(given, path, body, last);
        }
    }

    private void further(ChangeRequest given, String path, ObjectNode body, String last) {
        if (path.startsWith("/policies/authenticationMethodsPolicy/")) {
            tenant.authenticationMethodsPolicy()
                    .path("authenticationMethodConfigurations")
                    .forEach(method -> {
                        if (method.path("id").asText().equals(last)) {
                            change((ObjectNode) method, body);
                        }
                    });
        } else if (path.startsWith("/policies/roleManagementPolicies/")) {
            String policy = path.split("/", -1)[3];
            tenant.collection("/policies/roleManagementPolicyAssignments").stream()
                    .filter(row -> row.path("policy").path("id").asText().equals(policy))
                    .forEach(row -> row.path("policy").path("rules").forEach(rule -> {
                        if (rule.path("id").asText().equals(last)) {
                            change((ObjectNode) rule, body);
                        }
                    }));
        } else if (path.contains("/diagnosticSettings/")) {
            List<ObjectNode> settings = tenant.arm().settings(path.substring(0, path.lastIndexOf('/')));
            settings.removeIf(setting -> setting.path("name").asText().equals(last));
            if (!body.isEmpty()) {
                settings.add(body.put("name", last));
            }
        } else if (path.contains("/roleAssignments/")) {
            azureRole(path, body);
        } else {
            throw new IllegalArgumentException("no test makes " + given.inWords());
        }
    }

    /** In Azure what PIM tells has ids of its own, and the same principal, role and scope. */
    private void azureRole(String path, ObjectNode body) {
        List<ObjectNode> assignments = tenant.arm().assigned().get(0);
        List<ObjectNode> terms = tenant.arm().assigned().get(1);
        assignments.stream()
                .filter(row -> row.path("id").asText().equals(path))
                .toList()
                .forEach(row -> {
                    assignments.remove(row);
                    terms.removeIf(term -> List.of("principalId", "roleDefinitionId", "scope").stream()
                            .allMatch(name -> term.path("properties")
                                    .path(name)
                                    .equals(row.path("properties").path(name))));
                });
        if (!body.isEmpty()) {
            String scope = path.substring(0, path.indexOf("/providers/Microsoft.Authorization/"));
            ((ObjectNode) body.path("properties")).put("scope", scope.isEmpty() ? "/" : scope);
            assignments.add(body.deepCopy().put("id", path));
            ((ObjectNode) body.path("properties"))
                    .put("assignmentType", "Assigned")
                    .putNull("endDateTime");
            terms.add(body.put("id", path));
        }
    }

    private static String referenced(ObjectNode body) {
        return body.path("@odata.id").asText().replaceAll(".*/", "");
    }

    private ObjectNode held(ObjectNode body, String id, String list) {
        ObjectNode row = FakeTenant.json("{appScopeId:null}").put("id", id);
        for (String name : List.of("principalId", "roleDefinitionId", "directoryScopeId")) {
            row.set(name, body.get(name));
        }
        return tenant.add(ROLES + list, row);
    }

    private static void until(ObjectNode row, ObjectNode body) {
        row.set("endDateTime", body.path("scheduleInfo").path("expiration").path("endDateTime"));
        if (!row.path("endDateTime").isTextual()) {
            row.putNull("endDateTime");
        }
    }

    private void released(ObjectNode of) {
        ObjectNode copy = of.deepCopy();
        tenant.collection(ROLES + "roleAssignments").removeIf(row -> same(row, copy));
        tenant.collection(ROLES + "roleAssignmentScheduleInstances")
                .removeIf(row ->
                        same(row, copy) && row.path("assignmentType").asText().equals("Assigned"));
    }

    private static boolean same(ObjectNode row, ObjectNode other) {
        return List.of("principalId", "roleDefinitionId", "directoryScopeId").stream()
                .allMatch(name -> row.path(name).equals(other.path(name)));
    }

    private void strengthChanged(ObjectNode strength, ObjectNode body) {
        change(strength, body);
        tenant.collection(POLICIES).forEach(policy -> {
            if (policy.path("grantControls")
                    .path("authenticationStrength")
                    .path("id")
                    .equals(strength.path("id"))) {
                ((ObjectNode) policy.path("grantControls")).set("authenticationStrength", strength.deepCopy());
            }
        });
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
