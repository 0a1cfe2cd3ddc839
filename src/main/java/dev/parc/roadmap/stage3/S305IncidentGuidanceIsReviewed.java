package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.LOW;

import dev.parc.check.Check;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.facts.Facts;
import java.util.List;

/** The source names Revision 2, which Revision 3 superseded in April 2025. */
@RoadmapItem(
        id = "S3-05",
        title = "NIST SP 800-61 on handling incidents is reviewed",
        severity = LOW,
        effort = DAYS,
        remedy = "Read NIST SP 800-61 Revision 3, decide what to follow, and attest it",
        needs = {},
        attests = {
            "We have reviewed NIST SP 800-61 Revision 3 and decided which of its recommendations to follow"
                    + " when we analyse and respond to incidents."
        })
public final class S305IncidentGuidanceIsReviewed implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        return Verdict.attest("no interface tells what somebody has read", List.of());
    }
}
