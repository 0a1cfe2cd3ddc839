package dev.parc.collect;

import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.FakeTenant.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Fills a made-up Azure with what keeps logs and watches them. */
public interface FakeLogs {

    /** What it fills. */
    FakeAzureObjects objects();

    /** Adds a workspace, and gives its id. */
    default String workspace(String scope, String name, int retentionDays, boolean sentinel) {
        ObjectNode row = objects().resource(scope, "microsoft.operationalinsights/workspaces", name);
        row.put("retentionInDays", String.valueOf(retentionDays));
        String id = row.path("id").asText();
        if (sentinel) {
            sentinelSolution(scope, id);
            onboard(id);
        }
        return id;
    }

    /** Puts the solution of Microsoft Sentinel on a workspace, which alone onboards nothing. */
    default void sentinelSolution(String scope, String workspace) {
        objects()
                .resource(
                        scope,
                        "Microsoft.OperationsManagement/solutions",
                        "SecurityInsights(" + workspace.replaceAll(".*/", "") + ")")
                .put("workspaceResourceId", workspace);
    }

    /** Onboards a workspace to Microsoft Sentinel. */
    default void onboard(String workspace) {
        String path = workspace + FakeArm.ONBOARDING;
        objects()
                .logPlaces
                .put(path.toLowerCase(Locale.ROOT), json("{name:'default'}").put("id", path));
    }

    /** Adds a rule of Microsoft Sentinel that asks every five minutes, and gives its properties. */
    default ObjectNode sentinelRule(String workspace, String kind, String name, String query) {
        String path = workspace + FakeArm.SENTINEL_RULES;
        ObjectNode rule = json("{}")
                .put("id", path + "/" + id(name))
                .put("name", id(name))
                .put("kind", kind);
        objects()
                .sentinelRules
                .computeIfAbsent(path.toLowerCase(Locale.ROOT), none -> new ArrayList<>())
                .add(rule);
        ObjectNode properties =
                rule.putObject("properties").put("displayName", name).put("enabled", true);
        properties.put("query", query).put("suppressionEnabled", false);
        properties.put("queryFrequency", "PT5M").put("queryPeriod", "PT15M");
        properties.put("triggerOperator", "GreaterThan").put("triggerThreshold", 0);
        properties.putObject("incidentConfiguration").put("createIncident", true);
        return properties;
    }

    /** Puts an item into a watchlist of the workspace, and gives its columns. */
    default ObjectNode watchlistItem(String workspace, String alias, String column, String text) {
        ObjectNode item = json("{}").put("name", id(alias + text));
        ObjectNode columns = item.putObject("properties")
                .put("watchlistItemType", "watchlist-item")
                .put("isDeleted", false)
                .putObject("itemsKeyValue")
                .put(column, text);
        objects()
                .watchlists
                .computeIfAbsent(
                        (workspace + FakeArm.WATCHLISTS + alias + "/watchlistItems").toLowerCase(Locale.ROOT),
                        none -> new ArrayList<>())
                .add(item);
        return columns;
    }

    /** The items of a watchlist, to change them. */
    default List<ObjectNode> watchlistItems(String workspace, String alias) {
        return Optional.ofNullable(objects()
                        .watchlists
                        .get((workspace + FakeArm.WATCHLISTS + alias + "/watchlistItems").toLowerCase(Locale.ROOT)))
                .orElseThrow();
    }

    /** Sets how long a table of a workspace keeps its rows, and gives the table's properties. */
    default ObjectNode table(String workspace, String name, int totalRetentionDays) {
        ObjectNode table = json("{}").put("name", name);
        objects().logPlaces.put((workspace + "/tables/" + name).toLowerCase(Locale.ROOT), table);
        return table.putObject("properties").put("totalRetentionInDays", totalRetentionDays);
    }

    /** Changes every lifecycle rule of an account. */
    default void everyLifecycleRule(String account, Consumer<ObjectNode> change) {
        Optional.ofNullable(objects().logPlaces.get((account + FakeArm.LIFECYCLE).toLowerCase(Locale.ROOT))).stream()
                .flatMap(policy -> policy.at("/properties/policy/rules").valueStream())
                .forEach(rule -> change.accept((ObjectNode) rule));
    }

    /** Adds a lifecycle rule that deletes append blobs so many days after they were changed, and gives its definition. */
    default ObjectNode lifecycle(String account, int days, String... prefixes) {
        ObjectNode policy = objects()
                .logPlaces
                .computeIfAbsent(
                        (account + FakeArm.LIFECYCLE).toLowerCase(Locale.ROOT),
                        none -> json("{name:'DefaultManagementPolicy', properties:{policy:{rules:[]}}}"));
        ObjectNode definition = ((ArrayNode) policy.at("/properties/policy/rules"))
                .addObject()
                .put("name", "rule")
                .put("type", "Lifecycle")
                .put("enabled", true)
                .putObject("definition");
        definition
                .putObject("actions")
                .putObject("baseBlob")
                .putObject("delete")
                .put("daysAfterModificationGreaterThan", days);
        ObjectNode filters = definition.putObject("filters");
        filters.putArray("blobTypes").add("blockBlob").add("appendBlob");
        if (prefixes.length > 0) {
            ArrayNode match = filters.putArray("prefixMatch");
            Stream.of(prefixes).forEach(match::add);
        }
        return definition;
    }

    /** Adds a rule on operations in a subscription, which tells an action group, and gives its row. */
    default ObjectNode activityRule(String scope, String name, String operation) {
        ObjectNode row = objects().resource(scope, "microsoft.insights/activitylogalerts", name);
        row.put("enabled", "true").putArray("scopes").add(scope);
        ArrayNode all = row.putObject("condition").putArray("allOf");
        all.add(json("{field:'category', equals:'Administrative'}"));
        all.add(json("{field:'operationName'}").put("equals", operation));
        row.putObject("actions")
                .putArray("actionGroups")
                .addObject()
                .put("actionGroupId", scope + "/resourceGroups/rg-watch/providers/microsoft.insights/actionGroups/soc");
        return row;
    }

    /** Adds a rule on what a query finds in a workspace, which tells an action group, and gives its row. */
    default ObjectNode queryRule(String scope, String name, String workspace, String query) {
        ObjectNode row = objects().resource(scope, "microsoft.insights/scheduledqueryrules", name);
        row.put("enabled", "true").putArray("scopes").add(workspace);
        row.put("evaluationFrequency", "PT5M").put("windowSize", "PT5M");
        row.putObject("criteria")
                .putArray("allOf")
                .addObject()
                .put("query", query)
                .put("operator", "GreaterThan")
                .put("threshold", 0);
        row.putObject("actions")
                .putArray("actionGroups")
                .add(scope + "/resourceGroups/rg-watch/providers/microsoft.insights/actionGroups/soc");
        return row;
    }
}
