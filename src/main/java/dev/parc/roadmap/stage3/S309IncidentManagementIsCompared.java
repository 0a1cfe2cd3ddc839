package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.LOW;

import dev.parc.check.Check;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.facts.Facts;
import java.util.List;

/** A comparison on paper: who does what when an incident touches Microsoft's side and the customer's. */
@RoadmapItem(
        id = "S3-09",
        title = "Incident management is compared with Microsoft's",
        severity = LOW,
        effort = DAYS,
        remedy = "Compare your incident management with Microsoft's, decide what to change, and attest " + "it",
        needs = {},
        attests = {
            "We have reviewed how Microsoft manages security incidents in Microsoft 365 and compared it"
                    + " with how we do.",
            "We have decided what to change because of the comparison, and who does it."
        })
public final class S309IncidentManagementIsCompared implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        return Verdict.attest("no interface tells what was compared", List.of());
    }
}
