package dev.parc.collect;

import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.FakeTenant.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.facts.azure.AzureRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Azure in memory that answers as Azure Resource Manager and Resource Graph do: pages, {@code atScope()}, refusals.
 * Resource Graph knows what is assigned in subscriptions, and nothing above them. It throws on a request that it does
 * not know.
 */
public final class FakeArm implements Wire, FakeLogs {

    public static final String ROOT_GROUP = "/providers/Microsoft.Management/managementGroups/" + FakeTenant.TENANT_ID;

    public static final String RESOURCE_GRAPH = "/providers/Microsoft.ResourceGraph/resources";

    public static final String CUSTOM_ROLES = "/providers/Microsoft.Authorization/roleDefinitions";

    private static final String MANAGEMENT_GROUPS = "/providers/Microsoft.Management/managementGroups";

    private static final String ASSIGNMENTS = "/providers/Microsoft.Authorization/roleAssignments";

    private static final String TERMS = "/providers/Microsoft.Authorization/roleAssignmentScheduleInstances";

    private static final String CONTACTS = "/providers/Microsoft.Security/securityContacts";

    private static final String DIAGNOSTICS = "/providers/Microsoft.Insights/diagnosticSettings";

    private static final String DIRECTORY_DIAGNOSTICS = "/providers/Microsoft.aadiam/diagnosticSettings";

    private static final String ELIGIBILITIES = "/providers/Microsoft.Authorization/roleEligibilityScheduleInstances";

    static final String ONBOARDING = "/providers/Microsoft.SecurityInsights/onboardingStates/default";

    static final String SENTINEL_RULES = "/providers/Microsoft.SecurityInsights/alertRules";

    static final String LIFECYCLE = "/managementPolicies/default";

    static final String WATCHLISTS = "/providers/Microsoft.SecurityInsights/watchlists/";

    private final Map<String, List<String>> above = new HashMap<>();

    private final FakeAzureObjects objects = new FakeAzureObjects();

    private final List<ObjectNode> delegations = new ArrayList<>();

    private final List<ObjectNode> customRoles = new ArrayList<>();

    private final List<ObjectNode> hosted = new ArrayList<>();

    private final List<ObjectNode> managementGroups = new ArrayList<>();

    private final List<ObjectNode> subscriptions = new ArrayList<>();

    private final List<ObjectNode> assignments = new ArrayList<>();

    private final List<ObjectNode> eligibilities = new ArrayList<>();

    private final List<ObjectNode> terms = new ArrayList<>();

    private final Map<String, List<ObjectNode>> settings = new HashMap<>();

    private final List<ObjectNode> plans = new ArrayList<>();

    private final List<ObjectNode> guestConfigurations = new ArrayList<>();

    private final ObjectNode subscriptionPolicy = json("{name:'default', properties:{}}");

    private final Map<String, WireResponse> refusals = new ConcurrentHashMap<>();

    private final Map<String, WireResponse> refusedOnce = new ConcurrentHashMap<>();

    private final Queue<String> log = new ConcurrentLinkedQueue<>();

    private int pageSize = 1_000;

    private boolean hidden;

    /** Azure with its root management group, and nothing else. */
    public FakeArm() {
        managementGroup(FakeTenant.TENANT_ID, "Tenant Root Group");
    }

    @Override
    public FakeAzureObjects objects() {
        return objects;
    }

    // --- filling it -------------------------------------------------------------------------------------------------

    /** The id of a storage account, which nothing lists. */
    public static String account(String scope, String name) {
        return scope + "/resourceGroups/rg-logs/providers/Microsoft.Storage/storageAccounts/" + name;
    }

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
        ObjectNode subscription = JsonBody.object(
                Map.of("id", "/subscriptions/" + id, "subscriptionId", id, "displayName", name, "tenantId", tenantId));
        subscription.put("state", "Enabled").putObject("subscriptionPolicies").put("quotaId", "PayAsYouGo_2014-09-01");
        subscriptions.add(subscription);
        return "/subscriptions/" + id;
    }

    /**
     * Delegates a scope to another tenant by Azure Lighthouse, and gives the properties of the definition.
     *
     * @param embedded whether the assignment has its definition with it; else it stands in a row of its own
     */
    public ObjectNode delegate(String scope, String tenantId, String tenantName, boolean embedded) {
        String path = "/providers/Microsoft.ManagedServices/";
        String definitionId = scope + path + "registrationDefinitions/" + id("definition " + delegations.size());
        ObjectNode assignment = json("{}")
                .put("id", scope + path + "registrationAssignments/" + id("delegation " + delegations.size()))
                .put("type", "microsoft.managedservices/registrationassignments");
        ObjectNode properties = assignment.putObject("properties");
        properties.put("registrationDefinitionId", definitionId).put("provisioningState", "Succeeded");
        delegations.add(assignment);
        ObjectNode definition;
        if (embedded) {
            definition = properties.putObject("registrationDefinition").putObject("properties");
        } else {
            ObjectNode row = json("{}")
                    .put("id", definitionId.toLowerCase(Locale.ROOT))
                    .put("type", "microsoft.managedservices/registrationdefinitions");
            definition = row.putObject("properties");
            delegations.add(row);
        }
        definition.put("managedByTenantId", tenantId).put("managedByTenantName", tenantName);
        definition.putArray("authorizations");
        definition.putArray("eligibleAuthorizations");
        return definition;
    }

    /** Adds a role for good to a definition. */
    public static void authorize(ObjectNode definition, String principal, AzureRole role) {
        definition
                .withArray("authorizations")
                .addObject()
                .put("principalId", id(principal))
                .put("principalIdDisplayName", principal)
                .put("roleDefinitionId", role.id());
    }

    /** Adds an eligible role to a definition. */
    public static void authorizeEligible(
            ObjectNode definition, String principal, AzureRole role, String mfa, String... approvers) {
        ObjectNode row = definition
                .withArray("eligibleAuthorizations")
                .addObject()
                .put("principalId", id(principal))
                .put("principalIdDisplayName", principal)
                .put("roleDefinitionId", role.id());
        ObjectNode policy = row.putObject("justInTimeAccessPolicy").put("multiFactorAuthProvider", mfa);
        ArrayNode agree = policy.putArray("managedByTenantApprovers");
        Stream.of(approvers).forEach(approver -> agree.addObject().put("principalId", id(approver)));
    }

    /** Puts a subscription below management groups, the nearest first; else it is below the root only. */
    public void below(String scope, String... managementGroups) {
        above.put(
                scope,
                Stream.of(managementGroups)
                        .map(group -> group.replaceAll(".*/", ""))
                        .toList());
    }

    private List<ObjectNode> ancestors() {
        return subscriptions.stream()
                .map(subscription -> {
                    String scope = subscription.path("id").asText();
                    ObjectNode row = json("{}").put("id", scope).put("subscriptionId", scope.split("/", -1)[2]);
                    ArrayNode chain = row.putArray("ancestors");
                    Stream.concat(above.getOrDefault(scope, List.of()).stream(), Stream.of(FakeTenant.TENANT_ID))
                            .forEach(group ->
                                    chain.addObject().put("name", group).put("displayName", group));
                    return row;
                })
                .toList();
    }

    /** The row of a subscription in the list of them, to change it. */
    public ObjectNode row(String scope) {
        return subscriptions.stream()
                .filter(row -> row.path("id").asText().equals(scope))
                .findFirst()
                .orElseThrow();
    }

    /** Lists no subscription from now on, as for an identity that has a role on management groups only. */
    public void hideSubscriptions() {
        hidden = true;
    }

    /** Whether subscriptions may leave the tenant and come into it. */
    public void subscriptionPolicy(boolean leavingBlocked, boolean enteringBlocked) {
        subscriptionPolicy
                .withObject("/properties")
                .put("blockSubscriptionsLeavingTenant", leavingBlocked)
                .put("blockSubscriptionsIntoTenant", enteringBlocked);
    }

    /** Adds a contact for Defender for Cloud, and gives its properties. */
    public ObjectNode contact(String scope, String emails, String... roles) {
        ObjectNode contact = setting(scope + CONTACTS, "default");
        contact.put("emails", emails).put("isEnabled", true);
        ArrayNode told = contact.putObject("notificationsByRole")
                .put("state", roles.length == 0 ? "Off" : "On")
                .putArray("roles");
        Stream.of(roles).forEach(told::add);
        return contact;
    }

    /** Sends logs of a subscription somewhere, and gives the setting's properties; the kind as the property of it is called. */
    public ObjectNode export(String scope, String name, String kind, String destination, String... categories) {
        return logs(setting(scope + DIAGNOSTICS, name), kind, destination, categories);
    }

    /** Sends logs of the directory somewhere, and gives the setting's properties. */
    public ObjectNode exportDirectory(String name, String kind, String destination, String... categories) {
        return logs(setting(DIRECTORY_DIAGNOSTICS, name), kind, destination, categories);
    }

    private static ObjectNode logs(ObjectNode setting, String kind, String destination, String... categories) {
        setting.put(kind, destination);
        ArrayNode logs = setting.putArray("logs");
        Stream.of(categories)
                .forEach(category -> logs.addObject().put("category", category).put("enabled", true));
        return setting;
    }

    private ObjectNode setting(String path, String name) {
        ObjectNode setting = json("{}").put("id", path + "/" + name).put("name", name);
        settings.computeIfAbsent(path, none -> new ArrayList<>()).add(setting);
        return setting.putObject("properties");
    }

    /** Adds a virtual machine, and gives its id. */
    public String machine(String scope, String name, String operatingSystem, String administrator) {
        ObjectNode row = objects.resource(scope, "Microsoft.Compute/virtualMachines", name);
        row.put("osType", operatingSystem).put("adminUsername", administrator);
        return row.path("id").asText();
    }

    /** Lets people of the directory sign in to a machine. */
    public void entraLogin(String machine) {
        objects.resources.add(FakeAzureObjects.columns(
                machine + "/extensions/AADLoginForWindows", "microsoft.compute/virtualmachines/extensions"));
    }

    /** Sets a plan of Defender for Cloud: Standard or Free. */
    public void plan(String scope, String name, String tier) {
        ObjectNode row = json("{}").put("id", scope + "/providers/Microsoft.Security/pricings/" + name);
        plans.add(row.put("subscriptionId", scope.split("/", -1)[2])
                .put("name", name)
                .put("tier", tier));
    }

    /** Tells what kinds of things a subscription hosts, and the resource groups that hold nodes of clusters. */
    public void hosts(String scope, List<String> types, String... clusterGroups) {
        ObjectNode row = json("{}").put("subscriptionId", scope.split("/", -1)[2]);
        row.put("id", row.path("subscriptionId").asText());
        ArrayNode kinds = row.putArray("types");
        types.forEach(kinds::add);
        ArrayNode groups = row.putArray("clusterGroups").add("");
        Stream.of(clusterGroups).forEach(groups::add);
        hosted.add(row);
    }

    /** What a policy found about the administrators of a machine: Compliant, NonCompliant or Pending. */
    public void guestConfiguration(String machine, String name, String status) {
        guestConfigurations.add(json("{}")
                .put("id", machine + "/providers/Microsoft.GuestConfiguration/guestConfigurationAssignments/" + name)
                .put("name", name)
                .put("machine", machine)
                .put("status", status));
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

    /** What is assigned, and its terms in PIM, to change them. */
    public List<List<ObjectNode>> assigned() {
        return List.of(assignments, terms);
    }

    /** What a list of settings answers, by its path, to change it. */
    public List<ObjectNode> settings(String path) {
        return settings.computeIfAbsent(path, it -> new ArrayList<>());
    }

    /** Makes a custom role that permits these operations, {@code -} before one taking it away, and gives its id. */
    public String customRole(String name, String... actions) {
        String id = id("role " + name);
        ObjectNode role = json("{}").put("id", CUSTOM_ROLES + "/" + id).put("name", id);
        ObjectNode permission = role.putObject("properties")
                .put("roleName", name)
                .put("type", "CustomRole")
                .putArray("permissions")
                .addObject();
        ArrayNode permitted = permission.putArray("actions");
        ArrayNode taken = permission.putArray("notActions");
        Stream.of(actions)
                .forEach(action -> (action.startsWith("-") ? taken : permitted).add(action.replaceFirst("^-", "")));
        customRoles.add(role);
        return id;
    }

    /** Puts a condition on what was assigned last. */
    public void under(String condition) {
        for (List<ObjectNode> rows : List.of(assignments, terms)) {
            rows.get(rows.size() - 1).withObject("/properties").put("condition", condition);
        }
    }

    /** Lets PIM forget what is assigned up to now. */
    public void withoutTerms() {
        terms.clear();
    }

    /** Makes a user eligible for a role at a scope until then. */
    public ObjectNode eligible(String userId, String name, AzureRole role, String scope, String until) {
        ObjectNode row = row(eligibilities.size(), ELIGIBILITIES, userId, "User", role.id(), scope);
        ObjectNode properties = row.withObject("/properties").put("memberType", "Direct");
        properties.put("endDateTime", until);
        ObjectNode expanded = properties.putObject("expandedProperties");
        expanded.putObject("principal").put("displayName", name).put("email", name);
        expanded.putObject("roleDefinition").put("displayName", role.title());
        eligibilities.add(row);
        return properties;
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
            return page(request, hidden ? List.of() : subscriptions);
        }
        if (path.equals(ROOT_GROUP + "/descendants")) {
            return page(
                    request,
                    Stream.concat(managementGroups.stream().skip(1), subscriptions.stream())
                            .toList());
        }
        if (path.equals("/providers/Microsoft.Subscription/policies/default")) {
            return new WireResponse(200, Map.of(), subscriptionPolicy.toString());
        }
        if (path.endsWith(CONTACTS) || path.endsWith(DIAGNOSTICS) || path.equals(DIRECTORY_DIAGNOSTICS)) {
            return page(request, settings.getOrDefault(path, List.of()));
        }
        if (path.endsWith(SENTINEL_RULES)) {
            return page(request, objects.sentinelRules.getOrDefault(path.toLowerCase(Locale.ROOT), List.of()));
        }
        if (path.endsWith("/watchlistItems")) {
            List<ObjectNode> items = objects.watchlists.get(path.toLowerCase(Locale.ROOT));
            return items == null ? refusal(404, "NotFound", Map.of()) : page(request, items);
        }
        if (path.endsWith(ONBOARDING) || path.endsWith(LIFECYCLE) || path.contains("/tables/")) {
            return Optional.ofNullable(objects.logPlaces.get(path.toLowerCase(Locale.ROOT)))
                    .map(body -> new WireResponse(200, Map.of(), body.toString()))
                    .orElseGet(() -> refusal(
                            404, path.endsWith(LIFECYCLE) ? "ManagementPolicyNotFound" : "ResourceNotFound", Map.of()));
        }
        if (path.equals(CUSTOM_ROLES)
                && "type eq 'CustomRole'".equals(target.query().get("$filter"))) {
            return page(request, customRoles);
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
        Set<String> scopes = new HashSet<>(List.of("/", ROOT_GROUP, asked));
        return rows.stream()
                .filter(row ->
                        scopes.contains(row.path("properties").path("scope").asText()))
                .toList();
    }

    private WireResponse rows(WireRequest request) {
        JsonNode body = JsonBody.parse(request.body()).orElseThrow();
        String query = body.path("query").asText();
        if (!request.method().equals("POST")
                || !body.path("options").path("resultFormat").asText().equals("objectArray")) {
            throw new IllegalStateException("no question for Resource Graph: " + request.body());
        }
        List<? extends JsonNode> all = switch (query.substring(0, query.indexOf(' '))) {
            case "authorizationresources" -> query.contains("roledefinitions") ? customRoles : assigned(query);
            case "resources" -> query.contains("nodeResourceGroup") ? hosted : objects.resources;
            case "resourcecontainers" -> ancestors();
            case "managedservicesresources" -> delegations;
            case "securityresources" -> plans;
            case "guestconfigurationresources" -> guestConfigurations;
            default -> throw new IllegalStateException("no table of Resource Graph: " + query);
        };
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

    /** As the two questions ask: conditions are told by the one for further assignments only. */
    private List<JsonNode> assigned(String query) {
        boolean further = query.contains("condition");
        return assignments.stream()
                .map(row -> row.path("properties")
                        .<ObjectNode>deepCopy()
                        .put("id", row.path("id").asText()))
                .filter(row -> row.path("scope").asText().startsWith("/subscriptions/"))
                .filter(row -> {
                    boolean user = row.path("principalType").asText().equals("User");
                    boolean named =
                            query.contains(row.path("roleDefinitionId").asText().replaceAll(".*/", ""));
                    return further ? named && (!user || row.has("condition")) : named || user;
                })
                .map(row -> further ? row : row.without("condition"))
                .map(JsonNode.class::cast)
                .toList();
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
