package dev.parc.collect.azure;

import static dev.parc.facts.FactKind.AZURE_ALERT_RULES;
import static dev.parc.facts.FactKind.AZURE_DEFENDER_PLANS;
import static dev.parc.facts.FactKind.AZURE_GUEST_CONFIGURATIONS;
import static dev.parc.facts.FactKind.AZURE_HOSTED;
import static dev.parc.facts.FactKind.AZURE_MACHINES;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.AZURE_WORKSPACES;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.arm.ArmRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzureAlertRule;
import dev.parc.facts.azure.AzureMachine;
import dev.parc.facts.azure.AzureWorkloads;
import dev.parc.facts.azure.DefenderPlan;
import dev.parc.facts.azure.GuestConfiguration;
import dev.parc.facts.azure.LogWorkspace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads from Resource Graph what it knows of all subscriptions at once: machines, alert rules, workspaces, plans. */
public final class AzureResourceReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(
                    List.of(AZURE_ALERT_RULES, AZURE_WORKSPACES, AZURE_MACHINES),
                    context -> new AzureResourceReader(context).resources(),
                    AZURE_SUBSCRIPTIONS),
            ReadingTask.of(
                    AZURE_GUEST_CONFIGURATIONS,
                    context -> new AzureResourceReader(context).guestConfigurations(),
                    AZURE_MACHINES,
                    AZURE_SUBSCRIPTIONS),
            ReadingTask.of(AZURE_HOSTED, context -> new AzureResourceReader(context).hosted(), AZURE_SUBSCRIPTIONS),
            ReadingTask.of(
                    AZURE_DEFENDER_PLANS, context -> new AzureResourceReader(context).plans(), AZURE_SUBSCRIPTIONS));

    private static final String MACHINE = "microsoft.compute/virtualmachines";
    private static final String SCALE_SET = "microsoft.compute/virtualmachinescalesets";
    private static final String EXTENSION = "microsoft.compute/virtualmachines/extensions";
    private static final String ACTIVITY_RULE = "microsoft.insights/activitylogalerts";
    private static final String QUERY_RULE = "microsoft.insights/scheduledqueryrules";
    private static final String WORKSPACE = "microsoft.operationalinsights/workspaces";
    private static final String SOLUTION = "microsoft.operationsmanagement/solutions";

    /** The extensions that let people of the directory sign in to Windows and to Linux, and the solution of Sentinel; snapshots keep answers under these words. */
    private static final String RESOURCES_QUERY = "resources"
            + " | where type in~ ('" + String.join("', '", MACHINE, SCALE_SET, ACTIVITY_RULE, QUERY_RULE, WORKSPACE)
            + "')"
            + " or (type =~ '" + EXTENSION + "' and tostring(properties.type) in~"
            + " ('AADLoginForWindows', 'AADSSHLoginForLinux'))"
            + " or (type =~ '" + SOLUTION + "' and name startswith 'SecurityInsights(') | project id, name, type,"
            + " subscriptionId,"
            + " osType=strcat(tostring(properties.storageProfile.osDisk.osType),"
            + " tostring(properties.virtualMachineProfile.storageProfile.osDisk.osType)),"
            + " adminUsername=strcat(tostring(properties.osProfile.adminUsername),"
            + " tostring(properties.virtualMachineProfile.osProfile.adminUsername)),"
            + " enabled=tostring(properties.enabled), scopes=properties.scopes,"
            + " condition=properties.condition, criteria=properties.criteria,"
            + " evaluationFrequency=tostring(properties.evaluationFrequency),"
            + " windowSize=tostring(properties.windowSize), actions=properties.actions,"
            + " retentionInDays=tostring(properties.retentionInDays),"
            + " workspaceResourceId=tostring(properties.workspaceResourceId)";

    private static final String PLANS_QUERY = "securityresources"
            + " | where type =~ 'microsoft.security/pricings'"
            + " | where tostring(properties.deprecated) !~ 'true'"
            + " | project id, subscriptionId, name, tier=tostring(properties.pricingTier)";

    private static final String GUEST_QUERY = "guestconfigurationresources"
            + " | where type =~ 'microsoft.guestconfiguration/guestconfigurationassignments'"
            + " | where name contains 'Administrators'"
            + " | project id, name, machine=tostring(properties.targetResourceId),"
            + " status=tostring(properties.complianceStatus)";

    private static final String HOSTED_QUERY = "resources | where type in~ ('"
            + String.join("', '", DefenderPlan.protectedTypes()) + "')"
            + " | extend nodes=tolower(tostring(properties.nodeResourceGroup))"
            + " | summarize types=make_set(type), clusterGroups=make_set(nodes) by subscriptionId"
            + " | project id=subscriptionId, subscriptionId, types, clusterGroups";

    private final ReadingContext context;

    public AzureResourceReader(ReadingContext context) {
        this.context = context;
    }

    /** Machines, alert rules and workspaces, which one question answers. */
    public Map<FactKind, Reading> resources() {
        List<FactKind> kinds = List.of(AZURE_ALERT_RULES, AZURE_WORKSPACES, AZURE_MACHINES);
        Optional<Reading> unread = unread();
        if (unread.isPresent()) {
            return kinds.stream().collect(Collectors.toMap(Function.identity(), kind -> unread.get()));
        }
        Answer answer = context.arm().ask(ArmRequest.ofResourceGraph(RESOURCES_QUERY));
        Set<String> withLogin = idsOf(answer, EXTENSION, "id").stream()
                .map(id -> id.replaceAll("/extensions/[^/]*$", ""))
                .collect(Collectors.toSet());
        Set<String> withSolution = idsOf(answer, SOLUTION, "workspaceResourceId");
        return Map.of(
                AZURE_ALERT_RULES,
                rows(AZURE_ALERT_RULES, answer, Set.of(ACTIVITY_RULE, QUERY_RULE), AzureResourceReader::alertRule),
                AZURE_WORKSPACES,
                rows(AZURE_WORKSPACES, answer, Set.of(WORKSPACE), item -> workspace(item, withSolution)),
                AZURE_MACHINES,
                rows(AZURE_MACHINES, answer, Set.of(MACHINE, SCALE_SET), item -> machine(item, withLogin)));
    }

    public Reading plans() {
        return unread().orElseGet(() -> ReadingBuilder.ofCollection(
                AZURE_DEFENDER_PLANS,
                context.arm().ask(ArmRequest.ofResourceGraph(PLANS_QUERY)),
                "plans",
                item -> new DefenderPlan(
                        item.id("subscriptionId"),
                        item.requiredText("name"),
                        item.requiredText("tier").equalsIgnoreCase("Standard"))));
    }

    /** What each subscription hosts; the resource groups of an AKS cluster's nodes are known to the cluster alone. */
    public Reading hosted() {
        return unread().orElseGet(() -> ReadingBuilder.ofCollection(
                AZURE_HOSTED,
                context.arm().ask(ArmRequest.ofResourceGraph(HOSTED_QUERY)),
                "subscriptions",
                item -> new AzureWorkloads(
                        item.id("subscriptionId"), lowers(item, "types"), lowers(item, "clusterGroups"))));
    }

    private static Set<String> lowers(Item item, String name) {
        return item.texts(name).stream()
                .filter(text -> !text.isBlank())
                .map(text -> text.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** Asked only where there may be a machine: no other resource has a guest configuration that says something here. */
    public Reading guestConfigurations() {
        boolean noMachine = context.reading(AZURE_MACHINES) instanceof Reading.Read read
                && read.gaps().isEmpty()
                && read.values().isEmpty();
        if (noMachine) {
            return new Reading.Read(List.of(), List.of());
        }
        return unread().orElseGet(() -> ReadingBuilder.ofCollection(
                AZURE_GUEST_CONFIGURATIONS,
                context.arm().ask(ArmRequest.ofResourceGraph(GUEST_QUERY)),
                "guest configurations",
                item -> new GuestConfiguration(
                        lower(item, "machine"),
                        item.requiredText("name"),
                        switch (item.requiredText("status").toLowerCase(Locale.ROOT)) {
                            case "compliant" -> Optional.of(true);
                            case "noncompliant" -> Optional.of(false);
                            default -> Optional.empty();
                        })));
    }

    /** Resource Graph answers an identity without any role with an empty list, so what it sees is settled first. */
    private Optional<Reading> unread() {
        return context.unreadFor(AZURE_SUBSCRIPTIONS, AZURE_MANAGEMENT_GROUPS);
    }

    private static Reading rows(FactKind kind, Answer answer, Set<String> types, Function<Item, Object> value) {
        List<Object> values = new ArrayList<>();
        Reading reading = ReadingBuilder.ofCollection(kind, answer, "resources", item -> {
            if (types.contains(lower(item, "type"))) {
                values.add(value.apply(item));
            }
            return item;
        });
        return reading instanceof Reading.Read read ? new Reading.Read(values, read.gaps()) : reading;
    }

    private static Set<String> idsOf(Answer answer, String type, String property) {
        Set<String> ids = new HashSet<>();
        if (answer instanceof Answer.Value value) {
            for (JsonNode row : value.body().path("value")) {
                if (row.path("type").asText().equalsIgnoreCase(type)) {
                    ids.add(row.path(property).asText().toLowerCase(Locale.ROOT));
                }
            }
        }
        return ids;
    }

    private static AzureMachine machine(Item item, Set<String> withLogin) {
        return new AzureMachine(
                item.requiredText("id"),
                item.requiredText("name"),
                item.id("subscriptionId"),
                item.firstText("osType").orElse("unknown"),
                item.text("adminUsername").filter(name -> !name.isBlank()),
                withLogin.contains(lower(item, "id")));
    }

    private static LogWorkspace workspace(Item item, Set<String> withSolution) {
        String id = lower(item, "id");
        try {
            return new LogWorkspace(
                    id,
                    item.requiredText("name"),
                    Integer.parseInt(item.requiredText("retentionInDays")),
                    withSolution.contains(id),
                    item.requiredText("id"));
        } catch (NumberFormatException e) {
            throw item.malformed("retentionInDays");
        }
    }

    private static AzureAlertRule alertRule(Item item) {
        boolean onActivity = lower(item, "type").equals(ACTIVITY_RULE);
        return new AzureAlertRule(
                item.requiredText("id"),
                item.requiredText("name"),
                item.requiredText("enabled").equalsIgnoreCase("true"),
                item.item("actions").filter(AzureResourceReader::notifies).isPresent(),
                item.texts("scopes").stream()
                        .map(scope -> scope.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                onActivity
                        ? all(item.requiredItem("condition")).stream()
                                .map(AzureResourceReader::condition)
                                .toList()
                        : List.of(),
                onActivity
                        ? List.of()
                        : item.item("criteria").stream()
                                .flatMap(criteria -> all(criteria).stream())
                                .flatMap(criterion -> criterion.firstText("query").stream()
                                        .map(text -> AzureAlertRule.Query.asked(
                                                text,
                                                item.requiredText("evaluationFrequency"),
                                                item.requiredText("windowSize"),
                                                isForAnyRow(criterion))))
                                .toList());
    }

    /** Whether one row raises the alert: more than none, or at least one, at the first time of asking. */
    private static boolean isForAnyRow(Item criterion) {
        boolean rows = !criterion.has("metricMeasureColumn")
                || criterion.text("metricMeasureColumn").isEmpty();
        double threshold = criterion.has("threshold") ? criterion.requiredNumber("threshold") : Double.MAX_VALUE;
        boolean enough = switch (criterion.firstText("operator").orElse("").toLowerCase(Locale.ROOT)) {
            case "greaterthan" -> threshold <= 0;
            case "greaterthanorequal" -> threshold <= 1;
            default -> false;
        };
        boolean first = criterion
                .optional("failingPeriods")
                .filter(periods -> periods.has("minFailingPeriodsToAlert")
                        && periods.requiredNumber("minFailingPeriodsToAlert") > 1)
                .isEmpty();
        return rows && enough && first && isForEveryValue(criterion);
    }

    /** Whether the rule is split by values and takes each of them, if it is split at all. */
    private static boolean isForEveryValue(Item criterion) {
        return criterion
                .optionalItems("dimensions")
                .allMatch(dimension -> dimension
                                .firstText("operator")
                                .filter("Include"::equalsIgnoreCase)
                                .isPresent()
                        && dimension.has("values")
                        && dimension.texts("values").contains("*"));
    }

    private static boolean notifies(Item actions) {
        return actions.set().contains("actionGroups");
    }

    private static List<Item> all(Item conditions) {
        return conditions.has("allOf") ? conditions.items("allOf") : List.of();
    }

    private static AzureAlertRule.Condition condition(Item item) {
        List<Item> alternatives = item.has("anyOf") ? item.items("anyOf") : List.of();
        return new AzureAlertRule.Condition(
                alternatives.isEmpty()
                        ? List.of(alternative(item))
                        : alternatives.stream()
                                .map(AzureResourceReader::alternative)
                                .toList());
    }

    private static AzureAlertRule.Alternative alternative(Item item) {
        Optional<String> whole = item.firstText("equals");
        List<String> parts = item.has("containsAny") ? item.texts("containsAny") : List.of();
        return new AzureAlertRule.Alternative(
                lower(item, "field"),
                whole.map(List::of).orElse(parts).stream()
                        .map(value -> value.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                whole.isEmpty());
    }

    private static String lower(Item item, String name) {
        return item.requiredText(name).toLowerCase(Locale.ROOT);
    }
}
