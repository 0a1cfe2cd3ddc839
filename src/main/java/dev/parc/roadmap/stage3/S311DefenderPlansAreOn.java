package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.AZURE_DEFENDER_PLANS;
import static dev.parc.facts.FactKind.AZURE_HOSTED;
import static dev.parc.facts.FactKind.AZURE_MACHINES;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;

import dev.parc.analysis.azure.AzureEstate;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.check.phrase.Details;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.azure.AzureMachine;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.azure.DefenderPlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A plan that is off detects nothing. Which plans a subscription needs depends on what it hosts. */
@RoadmapItem(
        id = "S3-11",
        title = "Defender for Cloud watches every subscription",
        severity = HIGH,
        effort = DAYS,
        remedy = "Turn on the Defender for Cloud plans of the listed subscriptions",
        needs = {AZURE_MANAGEMENT_GROUPS, AZURE_SUBSCRIPTIONS, AZURE_DEFENDER_PLANS, AZURE_MACHINES},
        signals = AZURE_HOSTED)
public final class S311DefenderPlansAreOn implements Check {

    /** Watches what administrators do through Azure Resource Manager. */
    private static final String RESOURCE_MANAGER = "Arm";

    private static final String MACHINES = "VirtualMachines";

    /** With a gap in one of these nothing is certain: what was not read looks like what is off. */
    private static final List<FactKind> NEEDED =
            List.of(AZURE_MANAGEMENT_GROUPS, AZURE_SUBSCRIPTIONS, AZURE_DEFENDER_PLANS, AZURE_MACHINES);

    /** Free parts of Defender for Cloud that Azure lists among the plans; neither detects a threat. */
    private static final Set<String> NO_PLANS = Set.of("FoundationalCspm", "Discovery");

    @Override
    public Verdict evaluate(Facts facts) {
        AzureEstate azure = AzureEstate.of(facts);
        Optional<String> nothing = azure.nothingRuns();
        if (nothing.isPresent()) {
            return Verdict.notApplicable(nothing.get());
        }
        Set<String> withMachines =
                azure.machines().stream().map(AzureMachine::subscriptionId).collect(Collectors.toSet());
        Weighing weighing = new Weighing();
        for (AzureSubscription subscription : azure.running()) {
            List<DefenderPlan> plans = azure.plans(subscription).stream()
                    .filter(plan -> !NO_PLANS.contains(plan.name()))
                    .toList();
            List<String> on = plans.stream()
                    .filter(DefenderPlan::on)
                    .map(DefenderPlan::name)
                    .toList();
            List<String> off = plans.stream()
                    .filter(plan -> !plan.on() && azure.hasUseFor(plan, subscription))
                    .map(DefenderPlan::name)
                    .sorted()
                    .toList();
            if (on.isEmpty()) {
                weighing.certain(Finding.of(subscription, Details.of("S3-11.no-plan")));
            } else if (!on.contains(RESOURCE_MANAGER)) {
                weighing.certain(Finding.of(subscription, Details.of("S3-11.resource-manager-off")));
            } else if (!on.contains(MACHINES) && withMachines.contains(subscription.id())) {
                weighing.certain(Finding.of(subscription, Details.of("S3-11.servers-off")));
            } else if (!off.isEmpty() && azure.production(subscription)) {
                weighing.doubtful(
                        Finding.of(subscription, Details.of("S3-11.plans-off").with("plans", off)));
            }
        }
        Verdict verdict = weighing.verdict(
                        failing ->
                                "Defender for Cloud does not watch %d of %s".formatted(failing, azure.runningInWords()),
                        doubtful -> "Defender for Cloud watches %s; %d that host production have further plans off"
                                .formatted(azure.runningInWords(), doubtful))
                .orElseGet(() -> Verdict.pass("Defender for Cloud watches " + azure.runningInWords()));
        List<String> gaps = NEEDED.stream().flatMap(facts::gapsOf).toList();
        return gaps.isEmpty() ? verdict : Verdict.notAssessed(gaps).withFindings(verdict.findings());
    }
}
