package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.WEEKS;
import static dev.parc.check.Severity.LOW;
import static dev.parc.facts.FactKind.SENSITIVITY_LABELS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.SensitivityLabel;
import java.util.List;

/** Labels can be counted; to whom they are published, and whether anybody uses them, no interface tells an application. */
@RoadmapItem(
        id = "S3-16",
        title = "Information protection is integrated",
        severity = LOW,
        effort = WEEKS,
        remedy = "Create and publish sensitivity labels, scan files in cloud applications for them, " + "and attest it",
        needs = {SERVICE_PLANS, SENSITIVITY_LABELS},
        attests = {
            "Sensitivity labels are published to the people who need them and are in use.",
            "Files in cloud applications are scanned for labels, and policies act on the results."
        })
public final class S316InformationIsLabelled implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        List<String> plansUntold = facts.gapsOf(SERVICE_PLANS).toList();
        if (!plansUntold.isEmpty() && !facts.licensed(Licence.INFORMATION_PROTECTION)) {
            return Verdict.notAssessed(plansUntold);
        }
        List<SensitivityLabel> defined = facts.sensitivityLabels();
        if (defined.isEmpty()) {
            return Verdict.fail(
                    "information protection is licensed and no sensitivity label is defined",
                    List.of(Finding.ofTenant(Details.of("S3-16.no-label"))));
        }
        List<SensitivityLabel> labels =
                defined.stream().filter(SensitivityLabel::enabled).toList();
        if (labels.isEmpty()) {
            return Verdict.fail(
                    "information protection is licensed and no sensitivity label is on",
                    List.of(Finding.ofTenant(Details.of("S3-16.labels-off")
                            .with(
                                    "labels",
                                    defined.stream().map(SensitivityLabel::name).toList()))));
        }
        long protecting = labels.stream().filter(SensitivityLabel::protects).count();
        return Verdict.attest(
                labels.size() == 1
                        ? "1 sensitivity label is in force, which %s what it is put on"
                                .formatted(protecting == 1 ? "protects" : "does not protect")
                        : "%d sensitivity labels are in force, %d of which %s what they are put on"
                                .formatted(labels.size(), protecting, protecting == 1 ? "protects" : "protect"),
                List.of());
    }
}
