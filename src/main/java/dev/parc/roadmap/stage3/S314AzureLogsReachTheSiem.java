package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.AZURE_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_SENTINEL;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.AZURE_WORKSPACES;
import static dev.parc.facts.FactKind.ENTRA_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.analysis.azure.AzureEstate;
import dev.parc.analysis.azure.AzureEstate.Custody;
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
import dev.parc.facts.azure.LogWorkspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Microsoft Sentinel is seen; another SIEM is behind an event hub or a partner's service, or collects from storage, where
 * Azure does not look.
 */
@RoadmapItem(
        id = "S3-14",
        title = "Azure logs reach the SIEM",
        severity = HIGH,
        effort = DAYS,
        remedy = "Send the sign-in, audit and activity logs to the SIEM's workspace",
        needs = {
            SERVICE_PLANS,
            ENTRA_DIAGNOSTIC_SETTINGS,
            AZURE_MANAGEMENT_GROUPS,
            AZURE_SUBSCRIPTIONS,
            AZURE_DIAGNOSTIC_SETTINGS,
            AZURE_WORKSPACES
        },
        completedBy = AZURE_SENTINEL,
        attests = {
            "Logs that are sent to an event hub or to a partner service, if any, arrive in the SIEM.",
            "The resource logs that matter in each subscription, and the alerts of Defender for Cloud,"
                    + " reach the SIEM.",
            "The SIEM collects the logs that are sent only to storage, if any."
        })
public final class S314AzureLogsReachTheSiem implements Check {

    /** The places of the statements. */
    private static final int HANDED_ON = 1;

    private static final int RESOURCE_LOGS = 2;
    private static final int STORED = 3;

    private static final List<String> OF_SUBSCRIPTIONS = List.of("Administrative", "Security");

    /** Sign-ins without a person; most of what is done with a stolen token is among them. */
    private static final List<String> FURTHER =
            List.of("NonInteractiveUserSignInLogs", "ServicePrincipalSignInLogs", "ManagedIdentitySignInLogs");

    @Override
    public Verdict evaluate(Facts facts) {
        AzureEstate azure = AzureEstate.of(facts);
        boolean premium = facts.licensed(Licence.ENTRA_ID_P1);
        List<String> ofDirectory = premium ? List.of("AuditLogs", "SignInLogs") : List.of("AuditLogs");
        Weighing weighing = new Weighing();
        if (azure.directoryExports().isEmpty()) {
            weighing.unknown(ENTRA_DIAGNOSTIC_SETTINGS.title() + ": nothing was read of them");
        }
        SortedSet<Integer> statements = new TreeSet<>(Set.of(RESOURCE_LOGS));
        List<Finding> seen = new ArrayList<>();
        azure.directoryExports().ifPresent(exports -> {
            judge(facts, exports, ofDirectory, Finding::ofTenant, weighing, statements);
            List<String> further = FURTHER.stream()
                    .filter(category -> !mayReach(azure.custody(exports, category)))
                    .toList();
            if (premium && !further.isEmpty()) {
                seen.add(Finding.ofTenant(Details.of("S3-14.kept-from-siem").with("logs", further)));
            }
        });
        for (AzureSubscription subscription : azure.running()) {
            azure.exports(subscription)
                    .ifPresent(exports -> judge(
                            facts,
                            exports,
                            OF_SUBSCRIPTIONS,
                            details -> Finding.of(subscription, details),
                            weighing,
                            statements));
        }
        String summary = "audit%s logs of the directory and the Activity Log of %s go to a SIEM or to what feeds one"
                .formatted(premium ? " and sign-in" : "", azure.runningInWords());
        return weighing.verdict(
                        failing -> "not all logs of the directory and the subscriptions reach a SIEM",
                        doubtful -> "logs go to workspaces that PARC does not see, so whether a SIEM has them is open")
                .orElseGet(() -> Verdict.attest(summary, seen, statements));
    }

    private static void judge(
            Facts facts,
            LogExports exports,
            List<String> categories,
            Function<Details, Finding> finding,
            Weighing weighing,
            Set<Integer> statements) {
        boolean workspacesKnown = facts.gapsOf(AZURE_WORKSPACES).findAny().isEmpty();
        List<String> lost = new ArrayList<>();
        List<String> unseen = new ArrayList<>();
        for (String category : categories) {
            Custody custody = AzureEstate.of(facts).custody(exports, category);
            if (custody.sentinel()) {
                continue;
            }
            if (custody.handedOn()) {
                statements.add(HANDED_ON);
            } else if (custody.stored()) {
                statements.add(STORED);
            } else {
                (custody.unseen() || !workspacesKnown ? unseen : lost).add(category);
            }
        }
        if (!lost.isEmpty()) {
            weighing.certain(finding.apply(Details.of("S3-14.no-siem")
                    .with("logs", lost)
                    .with("workspaces", notOnboarded(AzureEstate.of(facts), exports.destinationsOfAny(lost)))));
        }
        if (!unseen.isEmpty()) {
            weighing.doubtful(finding.apply(Details.of("S3-14.unseen-workspace").with("logs", unseen)));
        }
    }

    /** Where somebody may have thought that Sentinel is on: the solution is there, and since July 2024 that is not enough. */
    private static List<String> notOnboarded(AzureEstate azure, Stream<LogDestination> destinations) {
        return destinations
                .flatMap(destination -> azure.workspace(destination).stream())
                .filter(LogWorkspace::sentinelSolution)
                .map(LogWorkspace::name)
                .sorted()
                .toList();
    }

    private static boolean mayReach(Custody custody) {
        return custody.sentinel() || custody.handedOn() || custody.stored();
    }
}
