package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.LOW;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.check.Check;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.facts.Facts;
import java.util.List;

/** Three guides that somebody has to read; what came of them is asked by the other items. */
@RoadmapItem(
        id = "S2-15",
        title = "The Microsoft 365 security and compliance guidance is reviewed",
        severity = LOW,
        effort = DAYS,
        remedy = "Read the three guides, write down what you adopt, and attest each statement",
        needs = SERVICE_PLANS,
        attests = {
            "We have reviewed Microsoft's plan for security and compliance in Microsoft 365 and decided"
                    + " what to configure.",
            "We have reviewed Microsoft's guidance on protecting access to data and services in Microsoft"
                    + " 365 and decided what to configure.",
            "We have reviewed Microsoft's guidance on monitoring security and compliance in Microsoft 365"
                    + " and decided who looks at which report."
        })
public final class S215GuidanceIsReviewed implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        return facts.usesMicrosoft365()
                ? Verdict.attest("no interface tells what somebody has read", List.of())
                : Verdict.notApplicable("the tenant has no Microsoft 365 plan");
    }
}
