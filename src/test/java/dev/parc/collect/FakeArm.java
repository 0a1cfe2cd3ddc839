package dev.parc.collect;

import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.FakeTenant.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.wire.JsonBody;
import dev.parc.collect.wire.RequestTarget;
import dev.parc.collect.wire.Wire;
import dev.parc.collect.wire.WireRequest;
import dev.parc.collect.wire.WireResponse;
import dev.parc.facts.AzureRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Azure in memory that answers as Azure Resource Manager and Resource Graph do: pages, {@code atScope()}, refusals.
 * Resource Graph knows what is assigned in subscriptions, and nothing above them. It throws on a request that it does
 * not know.
 */
public final class FakeArm implements Wire {

    public static final String ROOT_GROUP = "/providers/Microsoft.Management/managementGroups/" + FakeTenant.TENANT_ID;
    public static final String RESOURCE_GRAPH = "/providers/Microsoft.ResourceGraph/resources";

    private static final String MANAGEMENT_GROUPS = "/providers/Microsoft.Management/managementGroups";
    private static final String ASSIGNMENTS = "/providers/Microsoft.Authorization/roleAssignments";
    private static final String TERMS = "/providers/Microsoft.Authorization/roleAssignmentScheduleInstances";
    private static final String ELIGIBILITIES = "/providers/Microsoft.Authorization/roleEligibilityScheduleInstances";

    private final List<ObjectNode> managementGroups = new ArrayList<>();
    private final List<ObjectNode> subscriptions = new ArrayList<>();
    private final List<ObjectNode> assignments = new ArrayList<>();
    private final List<ObjectNode> eligibilities = new ArrayList<>();
    private final List<ObjectNode> terms = new ArrayList<>();
    private final Map<String, WireResponse> refusals = new ConcurrentHashMap<>();
    private final Map<String, WireResponse> refusedOnce = new ConcurrentHashMap<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private int pageSize = 1_000;

    /** Azure with its root management group, and nothing else. */
    public FakeArm() {
        managementGroup(FakeTenant.TENANT_ID, "Tenant Root Group");
    }

    // --- filling it -------------------------------------------------------------------------------------------------

    /** Adds a management group below the root, and gives its scope. */
    public String managementGroup(String name, String displayName) {
        ObjectNode group = JsonBody.object(Map.of("id", MANAGEMENT_GROUPS + "/" + name, "name", name));
        group.putObject("properties").put("tenantId", FakeTenant.TENANT_ID).put("displayName", displayName);
        managementGroups.add(group);
        return MANAGEMENT_GROUPS + "/" + name;
    }

    /** Takes every management group away, as from an identity that has no role on one. */
    public void withoutManagementGroups() {
        managementGroups.clear();
    }

    /** Adds a subscription of the tenant, and gives its scope. */
    public String subscription(String name) {
        return subscription(name, FakeTenant.TENANT_ID);
    }

    /** Adds a subscription of a tenant, and gives its scope. */
    public String subscription(String name, String tenantId) {
        String id = id("subscription " + name);
        subscriptions.add(JsonBody.object(
                Map.of("id", "/subscriptions/" + id, "subscriptionId", id, "displayName", name, "tenantId", tenantId)));
        return "/subscriptions/" + id;
    }

    /** Assigns a role at a scope; the principal's type as Azure writes it. */
    public void assign(String principalId, String type, AzureRole role, String scope) {
        assign(principalId, type, role.id(), scope);
    }

    public void assign(String principalId, String type, String roleId, String scope) {
        assign(principalId, type, roleId, scope, "Assigned", "");
    }

    /** Assigns a role at a scope as PIM has it: {@code Assigned} or {@code Activated}, until then or for good. */
    public void assign(
            String principalId, String type, AzureRole role, String scope, String assignmentType, String until) {
        assign(principalId, type, role.id(), scope, assignmentType, until);
    }

    private void assign(
            String principalId, String type, String roleId, String scope, String assignmentType, String until) {
        assignments.add(row(assignments.size(), ASSIGNMENTS, principalId, type, roleId, scope));
        ObjectNode row = row(terms.size(), TERMS, principalId, type, roleId, scope);
        row.withObject("/properties")
                .put("memberType", "Direct")
                .put("assignmentType", assignmentType)
                .put("endDateTime", until.isEmpty() ? null : until);
        terms.add(row);
    }

    /** Lets PIM forget what is assigned up to now. */
    public void withoutTerms() {
        terms.clear();
    }

    /** Makes a user eligible for a role at a scope until then. */
    public void eligible(String userId, String name, AzureRole role, String scope, String until) {
        ObjectNode row = row(eligibilities.size(), ELIGIBILITIES, userId, "User", role.id(), scope);
        ObjectNode properties = row.withObject("/properties").put("memberType", "Direct");
        properties.put("endDateTime", until);
        ObjectNode expanded = properties.putObject("expandedProperties");
        expanded.putObject("principal").put("displayName", name).put("email", name);
        expanded.putObject("roleDefinition").put("displayName", role.title());
        eligibilities.add(row);
    }

    private static ObjectNode row(
            int number, String path, String principalId, String type, String roleId, String scope) {
        String prefix = scope.equals("/") ? "" : scope;
        ObjectNode row = json("{}").put("id", prefix + path + "/" + id(path + number));
        row.putObject("properties")
                .put("principalId", principalId)
                .put("principalType", type)
                .put("roleDefinitionId", "/providers/Microsoft.Authorization/roleDefinitions/" + roleId)
                .put("scope", scope);
        return row;
    }

    /** Answers a path with an error from now on. */
    public FakeArm refuse(String path, int status, String code) {
        refusals.put(path, refusal(status, code, Map.of()));
        return this;
    }

    /** Answers the next request to a path with an error and these headers. */
    public FakeArm refuseOnce(String path, int status, String code, Map<String, String> headers) {
        refusedOnce.put(path, refusal(status, code, headers));
        return this;
    }

    private static WireResponse refusal(int status, String code, Map<String, String> headers) {
        return new WireResponse(
                status,
                headers,
                JsonBody.object(Map.of("error", Map.of("code", code, "message", "refused on demand")))
                        .toString());
    }

    /** The most items that a page holds. */
    public FakeArm pageSize(int items) {
        pageSize = items;
        return this;
    }

    // --- what it was asked ------------------------------------------------------------------------------------------

    /** Methods and paths, pages and retries too. */
    public List<String> requests() {
        return List.copyOf(log);
    }

    // --- answering --------------------------------------------------------------------------------------------------

    @Override
    public WireResponse send(WireRequest request) {
        RequestTarget target = RequestTarget.of(request.uri());
        String path = target.path();
        log.add(request.method() + " " + path);
        if (!target.query().containsKey("api-version")) {
            throw new IllegalStateException("no api-version: " + request.uri());
        }
        Optional<WireResponse> refusal =
                Optional.ofNullable(refusedOnce.remove(path)).or(() -> Optional.ofNullable(refusals.get(path)));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (path.equals(RESOURCE_GRAPH)) {
            return rows(request);
        }
        if (!request.method().equals("GET")) {
            throw new IllegalStateException(request.method() + " " + path);
        }
        if (path.equals("/subscriptions")) {
            return page(request, subscriptions);
        }
        if (path.equals(MANAGEMENT_GROUPS)) {
            return page(request, managementGroups);
        }
        if (path.endsWith(ASSIGNMENTS) && "atScope()".equals(target.query().get("$filter"))) {
            return page(request, atScope(assignments, path.substring(0, path.length() - ASSIGNMENTS.length())));
        }
        if (path.endsWith(ELIGIBILITIES)) {
            return page(request, atScope(eligibilities, path.substring(0, path.length() - ELIGIBILITIES.length())));
        }
        if (path.endsWith(TERMS)) {
            return page(request, atScope(terms, path.substring(0, path.length() - TERMS.length())));
        }
        throw new IllegalStateException("nothing should ask " + request.uri());
    }

    /** What is held at a scope, at the root management group and at the root scope. */
    private static List<ObjectNode> atScope(List<ObjectNode> rows, String asked) {
        return rows.stream()
                .filter(row -> Stream.of("/", ROOT_GROUP, asked)
                        .anyMatch(row.path("properties").path("scope").asText()::equals))
                .toList();
    }

    private WireResponse rows(WireRequest request) {
        JsonNode body = JsonBody.parse(request.body()).orElseThrow();
        String query = body.path("query").asText();
        if (!request.method().equals("POST")
                || !query.startsWith("authorizationresources")
                || !body.path("options").path("resultFormat").asText().equals("objectArray")) {
            throw new IllegalStateException("no question for Resource Graph: " + request.body());
        }
        List<JsonNode> all = assignments.stream()
                .map(row -> row.path("properties"))
                .filter(row -> row.path("scope").asText().startsWith("/subscriptions/"))
                .filter(row -> row.path("principalType").asText().equals("User")
                        || query.contains(row.path("roleDefinitionId").asText().replaceAll(".*/", "")))
                .toList();
        int from = body.path("options").path("$skipToken").asInt();
        int to = Math.min(
                all.size(),
                from + Math.min(pageSize, body.path("options").path("$top").asInt()));
        ObjectNode answer = json("{resultTruncated:'false'}")
                .put("totalRecords", all.size())
                .put("count", to - from);
        ArrayNode data = answer.putArray("data");
        all.subList(from, to).forEach(data::add);
        if (to < all.size()) {
            answer.put("$skipToken", String.valueOf(to));
        }
        return new WireResponse(
                200,
                Map.of("x-ms-user-quota-remaining", "14", "x-ms-user-quota-resets-after", "00:00:05"),
                answer.toString());
    }

    private WireResponse page(WireRequest request, List<ObjectNode> items) {
        RequestTarget target = RequestTarget.of(request.uri());
        int from = Integer.parseInt(target.query().getOrDefault("$skiptoken", "0"));
        int to = Math.min(items.size(), from + pageSize);
        ObjectNode answer = json("{}");
        ArrayNode value = answer.putArray("value");
        items.subList(from, to).forEach(value::add);
        if (to < items.size()) {
            String first = request.uri().toString().replaceAll("&\\$skiptoken=.*", "");
            answer.put("nextLink", first + "&$skiptoken=" + to);
        }
        return new WireResponse(200, Map.of("content-type", "application/json"), answer.toString());
    }
}
