package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.AZURE_ALERT_RULES;
import static dev.parc.facts.FactKind.AZURE_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_SENTINEL;
import static dev.parc.facts.FactKind.AZURE_SENTINEL_RULES;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.AZURE_WATCHLISTS;
import static dev.parc.facts.FactKind.AZURE_WORKSPACES;

import dev.parc.analysis.azure.AzureEstate;
import dev.parc.analysis.azure.AzureEstate.Custody;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.azure.LogExports;
import dev.parc.query.Yield;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is done in a subscription is kept, and somebody is told when rights or policies change. */
@RoadmapItem(
        id = "S2-21",
        title = "The Azure Activity Log is monitored",
        severity = HIGH,
        effort = DAYS,
        remedy = "Export the Activity Log of each listed subscription and alert on role and policy changes",
        needs = {
            AZURE_MANAGEMENT_GROUPS,
            AZURE_SUBSCRIPTIONS,
            AZURE_DIAGNOSTIC_SETTINGS,
            AZURE_ALERT_RULES,
            AZURE_WORKSPACES
        },
        completedBy = AZURE_SENTINEL,
        signals = {AZURE_SENTINEL_RULES, AZURE_WATCHLISTS})
public final class S221AzureActivityIsMonitored implements Check {

    private static final List<String> CATEGORIES = List.of("Administrative", "Security");

    /** Operations of which somebody must be told, and how to speak of them. */
    private static final Map<String, String> OPERATIONS = operations();

    private static Map<String, String> operations() {
        Map<String, String> operations = new LinkedHashMap<>();
        operations.put("Microsoft.Authorization/roleAssignments/write", "roles are assigned");
        operations.put("Microsoft.Authorization/policyAssignments/write", "policies are assigned");
        operations.put("Microsoft.Authorization/policyAssignments/delete", "policy assignments are deleted");
        return operations;
    }

    @Override
    public Verdict evaluate(Facts facts) {
        AzureEstate azure = AzureEstate.of(facts);
        Optional<String> nothing = azure.nothingRuns();
        if (nothing.isPresent()) {
            return Verdict.notApplicable(nothing.get());
        }
        Weighing weighing = new Weighing();
        for (AzureSubscription subscription : azure.running()) {
            azure.exports(subscription).ifPresent(exports -> judge(facts, subscription, exports, weighing));
        }
        return weighing.verdict(
                        failing -> "the Activity Log of %d of %s is not monitored"
                                .formatted(failing, azure.runningInWords()),
                        doubtful -> "whether somebody is told of changes to roles and policies in %d of %s depends on"
                                        .formatted(doubtful, azure.runningInWords())
                                + " what receives the Activity Log")
                .orElseGet(() -> Verdict.pass("the Activity Log of " + azure.runningInWords()
                        + " is kept, and somebody is told when roles or policies change"));
    }

    private static void judge(Facts facts, AzureSubscription subscription, LogExports exports, Weighing weighing) {
        AzureEstate azure = AzureEstate.of(facts);
        List<String> missing = exports.missing(CATEGORIES);
        Map<Yield, List<String>> told = OPERATIONS.keySet().stream()
                .collect(Collectors.groupingBy(
                        operation -> azure.toldOf(operation, subscription),
                        () -> new EnumMap<>(Yield.class),
                        Collectors.mapping(OPERATIONS::get, Collectors.toList())));
        List<String> open = told.getOrDefault(Yield.UNKNOWN, List.of());
        List<String> untold = OPERATIONS.entrySet().stream()
                .map(Map.Entry::getValue)
                .filter(words -> told.getOrDefault(Yield.NONE, List.of()).contains(words)
                        || told.getOrDefault(Yield.SOME, List.of()).contains(words))
                .toList();

        if (!missing.isEmpty()) {
            weighing.certain(Finding.of(
                    subscription,
                    Details.of("S2-21.unkept")
                            .with("logs", String.join(" and ", missing))
                            .with("untold", untold)));
        } else if (!untold.isEmpty() && alertsMayBeElsewhere(azure, exports)) {
            weighing.doubtful(
                    Finding.of(subscription, Details.of("S2-21.perhaps-silent").with("untold", untold)));
        } else if (!untold.isEmpty() && whole(facts)) {
            weighing.certain(Finding.of(subscription, Details.of("S2-21.silent").with("untold", untold)));
        } else if (untold.isEmpty() && !open.isEmpty()) {
            weighing.doubtful(
                    Finding.of(subscription, Details.of("S2-21.unclear").with("operations", open)));
        }
    }

    /** Whether a rule that was not found is not there. */
    private static boolean whole(Facts facts) {
        return Stream.of(AZURE_ALERT_RULES, AZURE_WORKSPACES)
                .flatMap(facts::gapsOf)
                .findAny()
                .isEmpty();
    }

    /** Whether the log goes where rules of another kind may watch it. */
    private static boolean alertsMayBeElsewhere(AzureEstate azure, LogExports exports) {
        Custody custody = azure.custody(exports, CATEGORIES.get(0));
        return custody.sentinel() || custody.handedOn() || custody.unseen();
    }
}
