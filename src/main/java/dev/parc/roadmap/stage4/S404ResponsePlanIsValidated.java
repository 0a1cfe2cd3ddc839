package dev.parc.roadmap.stage4;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.ORGANIZATION;

import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import java.util.List;

/** An incident response plan that nobody has tried is a guess; the three statements are the source's own. */
@RoadmapItem(
        id = "S4-04",
        title = "The incident response plan is validated regularly",
        severity = MEDIUM,
        effort = DAYS,
        remedy = "Exercise the incident response plan, improve and distribute it, and attest it",
        needs = {},
        signals = ORGANIZATION,
        attests = {
            "We have exercised the incident response plan and gone through the existing plan to see what"
                    + " was missed.",
            "We have revised practices, or defined new ones, because of what we learned from exercises and"
                    + " incidents.",
            "We have distributed the updated incident response plan and practices throughout the organisation."
        })
public final class S404ResponsePlanIsValidated implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        return Verdict.attest(
                "no interface tells whether the plan was exercised",
                facts.organization()
                        .filter(organization -> organization.securityMails().isEmpty())
                        .map(none -> List.of(Finding.ofTenant(Details.of("S4-04.no-security-contact"))))
                        .orElse(List.of()));
    }
}
