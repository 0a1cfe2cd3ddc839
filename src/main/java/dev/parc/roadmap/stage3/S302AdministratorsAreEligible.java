package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.LATER_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_ELIGIBILITIES;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.analysis.pim.JustInTime;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.facts.Facts;
import dev.parc.facts.roles.AssignmentKind;
import java.util.ArrayList;
import java.util.List;

/** A role that is only eligible cannot be used by whoever steals the session of its holder. */
@RoadmapItem(
        id = "S3-02",
        title = "Administrators are eligible for their roles instead of permanently assigned",
        severity = HIGH,
        effort = DAYS,
        remedy = "Turn the listed permanent assignments into eligible ones",
        needs = {PIM_ASSIGNMENTS, PIM_ELIGIBILITIES},
        completedBy = {ACCOUNTS, SERVICE_PRINCIPALS, CONDITIONAL_ACCESS_POLICIES, GROUP_MEMBERSHIPS},
        signals = LATER_ASSIGNMENTS,
        administrators = true)
public final class S302AdministratorsAreEligible implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        JustInTime roles = JustInTime.of(facts);
        int asked = roles.asked().size();
        List<Finding> doubts = findings(facts, roles.doubts());
        if (!roles.permanent().isEmpty()) {
            List<Finding> permanent = findings(facts, roles.permanent());
            int count = permanent.size();
            permanent.addAll(doubts);
            return Verdict.fail(
                    Counted.say(
                            "%d of %d [administrator|administrators] permanently [1:holds|hold] a privileged role",
                            count, asked),
                    permanent);
        }
        if (!doubts.isEmpty()) {
            return Verdict.review(
                    Counted.say("no permanent assignment confirmed; %d [needs|need] review", doubts.size()), doubts);
        }
        return asked == 0
                ? Verdict.notApplicable("nobody besides emergency accounts and applications holds a role")
                : Verdict.pass(Counted.say(
                        "of %d [administrator|administrators] none permanently holds a role: %d [is|are] eligible, %d [holds|hold] one until a set date",
                        asked,
                        roles.count(AssignmentKind.ELIGIBLE, AssignmentKind.ACTIVATED),
                        roles.count(AssignmentKind.TIME_BOUND)));
    }

    private static List<Finding> findings(Facts facts, List<JustInTime.Holder> holders) {
        List<Finding> findings = new ArrayList<>();
        holders.forEach(holder -> findings.add(Finding.of(facts, holder)));
        return findings;
    }
}
