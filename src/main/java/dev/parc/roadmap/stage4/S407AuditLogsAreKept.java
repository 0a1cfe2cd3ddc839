package dev.parc.roadmap.stage4;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.AZURE_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.AZURE_WORKSPACES;
import static dev.parc.facts.FactKind.ENTRA_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.facts.AzureEstate;
import dev.parc.facts.AzureEstate.Custody;
import dev.parc.facts.AzureSubscription;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.LogExports;
import java.util.List;
import java.util.function.Function;

/** Entra ID forgets what administrators did after 30 days at most, Azure after 90. */
@RoadmapItem(
        id = "S4-07",
        title = "Audit logs of privileged accounts are kept for a year",
        severity = MEDIUM,
        effort = HOURS,
        remedy =
                "Keep the sign-in and audit logs for 365 days in a workspace or in storage that " + "cannot be changed",
        needs = {SERVICE_PLANS, ENTRA_DIAGNOSTIC_SETTINGS, AZURE_WORKSPACES},
        completedBy = {AZURE_MANAGEMENT_GROUPS, AZURE_SUBSCRIPTIONS, AZURE_DIAGNOSTIC_SETTINGS},
        attests = {
            "Nothing shortens that: no table of the workspaces and no lifecycle rule of the storage deletes these logs"
                    + " within a year, and administrators cannot delete them",
            "The audit log of Microsoft 365 keeps what administrators do for as long, if Microsoft 365 is used"
        })
public final class S407AuditLogsAreKept implements Check {

    private static final int DAYS = 365;
    private static final List<String> OF_SUBSCRIPTIONS = List.of("Administrative");

    @Override
    public Verdict evaluate(Facts facts) {
        AzureEstate azure = facts.azure();
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
                            facts, exports, OF_SUBSCRIPTIONS, message -> Finding.of(subscription, message), weighing));
        }
        String summary = azure.running().isEmpty()
                ? "the directory's audit logs are sent where they can be kept for a year"
                : "the directory's audit logs and the Activity Log of " + azure.runningInWords()
                        + " are sent where they can be kept for a year";
        return weighing.verdict(
                        failing -> "audit logs of privileged accounts are not all kept for " + DAYS + " days",
                        doubtful -> "logs go to workspaces that PARC does not see, so how long they are kept is open")
                .orElseGet(() -> Verdict.attest(summary, List.of()));
    }

    private static void judge(
            Facts facts,
            LogExports exports,
            List<String> categories,
            Function<String, Finding> finding,
            Weighing weighing) {
        boolean workspacesKnown = facts.gapsOf(AZURE_WORKSPACES).findAny().isEmpty();
        for (String category : categories) {
            Custody custody = facts.azure().custody(exports, category);
            boolean kept = custody.retentionDays() >= DAYS || custody.stored() || custody.handedOn();
            if (!custody.exported()) {
                weighing.certain(finding.apply("sends " + category + " nowhere, so they are gone after days or weeks"));
            } else if (!kept && (custody.unseen() || !workspacesKnown)) {
                weighing.doubtful(finding.apply("sends " + category + " to a workspace that PARC does not see"));
            } else if (!kept) {
                weighing.certain(
                        finding.apply("keeps %s for %d of %d days".formatted(category, custody.retentionDays(), DAYS)));
            }
        }
    }
}
