package dev.parc.roadmap.stage4;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.AZURE_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.AZURE_LOG_STORAGE;
import static dev.parc.facts.FactKind.AZURE_LOG_TABLES;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.AZURE_WORKSPACES;
import static dev.parc.facts.FactKind.ENTRA_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.analysis.azure.AzureEstate;
import dev.parc.analysis.azure.AzureEstate.Keeping;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.azure.LogDestination;
import dev.parc.facts.azure.LogExports;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Entra ID forgets what administrators did after 30 days at most, Azure after 90. */
@RoadmapItem(
        id = "S4-07",
        title = "Audit logs of privileged accounts are kept for a year",
        severity = MEDIUM,
        effort = HOURS,
        remedy = "Keep the sign-in and audit logs for 365 days in a workspace or in immutable storage",
        needs = {SERVICE_PLANS, ENTRA_DIAGNOSTIC_SETTINGS, AZURE_WORKSPACES},
        completedBy = {
            AZURE_MANAGEMENT_GROUPS,
            AZURE_SUBSCRIPTIONS,
            AZURE_DIAGNOSTIC_SETTINGS,
            AZURE_LOG_TABLES,
            AZURE_LOG_STORAGE
        },
        attests = {
            "Nothing else shortens this: administrators cannot delete these logs within a year, and"
                    + " whatever reads them from an event hub keeps them as long.",
            "The audit log of Microsoft 365, if we use it, keeps the activities of administrators as long."
        })
public final class S407AuditLogsAreKept implements Check {

    private static final int DAYS = 365;
    private static final List<String> OF_SUBSCRIPTIONS = List.of("Administrative");

    @Override
    public Verdict evaluate(Facts facts) {
        AzureEstate azure = AzureEstate.of(facts);
        List<String> ofDirectory =
                facts.licensed(Licence.ENTRA_ID_P1) ? List.of("AuditLogs", "SignInLogs") : List.of("AuditLogs");
        Weighing weighing = new Weighing();
        if (azure.directoryExports().isEmpty()) {
            weighing.unknown(ENTRA_DIAGNOSTIC_SETTINGS.title() + ": nothing was read of them");
        }
        azure.directoryExports().ifPresent(exports -> judge(facts, exports, ofDirectory, Finding::ofTenant, weighing));
        for (AzureSubscription subscription : azure.running()) {
            azure.exports(subscription)
                    .ifPresent(exports -> judge(
                            facts, exports, OF_SUBSCRIPTIONS, details -> Finding.of(subscription, details), weighing));
        }
        String summary = azure.running().isEmpty()
                ? "the directory's audit logs are sent where they can be kept for a year"
                : "the directory's audit logs and the Activity Log of " + azure.runningInWords()
                        + " are sent where they can be kept for a year";
        return weighing.verdict(
                        failing -> "audit logs of privileged accounts are not all kept for " + DAYS + " days",
                        doubtful -> "logs go to places of which PARC does not see for how long they keep them")
                .orElseGet(() -> Verdict.attest(summary, List.of()));
    }

    private static void judge(
            Facts facts,
            LogExports exports,
            List<String> categories,
            Function<Details, Finding> finding,
            Weighing weighing) {
        boolean workspacesKnown = facts.gapsOf(AZURE_WORKSPACES).findAny().isEmpty();
        boolean keepingKnown = Stream.of(AZURE_LOG_TABLES, AZURE_LOG_STORAGE)
                .flatMap(facts::gapsOf)
                .findAny()
                .isEmpty();
        for (String category : categories) {
            List<LogDestination> places = exports.destinationsOf(category);
            List<Keeping> keeping = AzureEstate.of(facts).keeping(exports, category);
            int least = keeping.stream().mapToInt(Keeping::least).max().orElse(0);
            int most = keeping.stream().mapToInt(Keeping::most).max().orElse(0);
            if (places.isEmpty()) {
                weighing.certain(finding.apply(Details.of("S4-07.sent-nowhere").with("log", category)));
            } else if (least < DAYS && places.stream().noneMatch(LogDestination::handsOn)) {
                if (most < DAYS && workspacesKnown) {
                    weighing.certain(finding.apply(Details.of("S4-07.kept-too-short")
                            .with("log", category)
                            .with("days", most)
                            .with("asked", DAYS)));
                } else if (keepingKnown) { // else that is the reason why there is no answer
                    weighing.doubtful(finding.apply(open(category, keeping)));
                }
            }
        }
    }

    private static Details open(String category, List<Keeping> keeping) {
        return keeping.stream()
                .filter(place -> place.seen() && place.least() > 0 && place.most() >= DAYS)
                .map(place -> Details.of("S4-07.deleted-by-rule")
                        .with("place", place.place().name())
                        .with("log", category)
                        .with("days", place.least())
                        .with("asked", DAYS))
                .findFirst()
                .orElseGet(() -> Details.of("S4-07.unseen")
                        .with("log", category)
                        .with(
                                "places",
                                keeping.stream()
                                        .map(place -> place.place().name())
                                        .sorted()
                                        .toList()));
    }
}
