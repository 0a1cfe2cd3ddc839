package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.ACCESS_REVIEWS;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.roles.DirectoryRole.HIGHLY_PRIVILEGED;

import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.analysis.pim.ReviewState;
import dev.parc.analysis.pim.RoleHolders;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.SubjectType;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.RelevantRoles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A review counts if it comes back by itself, asks about everybody, and somebody answered the last time. */
@RoadmapItem(
        id = "S3-01",
        title = "Access reviews of the highly privileged roles are set up and completed",
        severity = MEDIUM,
        effort = DAYS,
        remedy = "Set up recurring access reviews of the highly privileged roles and make sure that the"
                + " reviewers decide",
        needs = ACCESS_REVIEWS,
        completedBy = ACCOUNTS,
        administrators = true,
        roles = RelevantRoles.HIGHLY_PRIVILEGED)
public final class S301AccessReviewsAreCompleted implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        List<RoleHolders> roles = RoleHolders.of(facts).stream()
                .filter(role -> HIGHLY_PRIVILEGED.stream()
                        .map(DirectoryRole::templateId)
                        .anyMatch(role.roleId()::equals))
                .toList();
        List<Finding> missing = new ArrayList<>();
        List<Finding> doubts = new ArrayList<>();
        Map<String, String> groups = new LinkedHashMap<>();
        int all = 0;
        for (RoleHolders role : roles) {
            groups.putAll(role.groups());
            Optional<ReviewState> asked = role.reviewState(facts);
            if (asked.isPresent()) {
                all++;
                ReviewState state = asked.get();
                Finding finding = Finding.of(role, Details.of("S3-01.review").with("state", state.words()));
                if (state instanceof ReviewState.Missing) {
                    missing.add(finding);
                } else if (state instanceof ReviewState.Doubtful) {
                    doubts.add(finding);
                }
            }
        }
        groups.forEach((id, name) -> {
            ReviewState state = ReviewState.ofGroup(facts, id);
            if (!(state instanceof ReviewState.Done)) {
                doubts.add(new Finding(
                        id, SubjectType.GROUP, name, Details.of("S3-01.group").with("state", state.words())));
            }
        });
        if (!missing.isEmpty()) {
            int count = missing.size();
            missing.addAll(doubts);
            return Verdict.fail(
                    Counted.say(
                            "%d of %d highly privileged [role|roles] in use [1:is|are] not reviewed regularly",
                            count, all),
                    missing);
        }
        if (all == 0 && groups.isEmpty() && UnseenHolders.gaps(facts).isEmpty()) {
            return Verdict.notApplicable(
                    "no highly privileged role is held by anybody but applications and designated emergency accounts");
        }
        return doubts.isEmpty()
                ? Verdict.pass(Counted.say(
                        "all %d highly privileged [role|roles] in use, and %d [group|groups] that hold one, were reviewed within their period",
                        all, groups.size()))
                : Verdict.review(Counted.say("%d [review|reviews] [needs|need] a closer look", doubts.size()), doubts);
    }
}
