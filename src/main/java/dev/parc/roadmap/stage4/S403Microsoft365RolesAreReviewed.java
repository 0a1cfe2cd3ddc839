package dev.parc.roadmap.stage4;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.LOW;
import static dev.parc.facts.FactKind.ACCESS_REVIEWS;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.analysis.pim.ReviewState;
import dev.parc.analysis.pim.RoleHolders;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows, role by role, how many are in it and when an access review last ended; a review may also be held without one. */
@RoadmapItem(
        id = "S4-03",
        title = "The members of the built-in Microsoft 365 admin roles are reviewed",
        severity = LOW,
        effort = DAYS,
        remedy =
                "Review the members of each Microsoft 365 role, remove those who no longer need it, and attest" + " it",
        needs = SERVICE_PLANS,
        signals = {ACCESS_REVIEWS, ACCOUNTS},
        administrators = true,
        attests = "We have reviewed the members of every Microsoft 365 admin role in use and removed those who no"
                + " longer need it.")
public final class S403Microsoft365RolesAreReviewed implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        if (!facts.usesMicrosoft365()) {
            return Verdict.notApplicable("the tenant does not use Microsoft 365");
        }
        boolean told = facts.reading(ACCESS_REVIEWS) instanceof Reading.Read;
        List<Finding> findings = new ArrayList<>();
        int reviewed = 0;
        for (RoleHolders role : RoleHolders.of(facts)) {
            if (role.ofMicrosoft365()) {
                Optional<ReviewState> state = role.reviewState(facts);
                reviewed +=
                        told && state.filter(ReviewState.Done.class::isInstance).isPresent() ? 1 : 0;
                findings.add(Finding.of(
                        role,
                        Details.of(told && state.isEmpty() ? "S4-03.nobody-reviewed" : "S4-03.held")
                                .with("holders", role.holders().size())
                                .with(
                                        "review",
                                        told ? state.map(ReviewState::words).orElse("") : "")));
            }
        }
        return Verdict.attest(
                told
                        ? Counted.say(
                                "access reviews cover %d of %d Microsoft 365 admin [role|roles] in use",
                                reviewed, findings.size())
                        : Counted.say(
                                "%d Microsoft 365 admin [role|roles] [is|are] in use; access reviews were not read",
                                findings.size()),
                findings);
    }
}
