package dev.parc.roadmap.stage4;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.LATER_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_ELIGIBILITIES;
import static dev.parc.facts.FactKind.PIM_GROUP_POLICIES;
import static dev.parc.facts.FactKind.PIM_POLICIES;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.analysis.pim.ActivatableRole;
import dev.parc.analysis.pim.JustInTime;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.PimSettings;
import java.util.ArrayList;
import java.util.List;

/** Just in time means two things: nobody has a role before it is needed, and nobody keeps it longer than a working day. */
@RoadmapItem(
        id = "S4-06",
        title = "Privileged access is granted only when needed and removed afterwards",
        severity = HIGH,
        effort = DAYS,
        remedy = "Make the listed administrators eligible and limit activations to 8 hours",
        needs = {PIM_ASSIGNMENTS, PIM_ELIGIBILITIES, PIM_POLICIES},
        completedBy = {PIM_GROUP_POLICIES, ACCOUNTS, SERVICE_PRINCIPALS, CONDITIONAL_ACCESS_POLICIES, GROUP_MEMBERSHIPS
        },
        signals = LATER_ASSIGNMENTS,
        administrators = true)
public final class S406AccessIsGrantedWhenNeeded implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        JustInTime roles = JustInTime.of(facts);
        List<Finding> findings = new ArrayList<>();
        List<Finding> doubts = new ArrayList<>();
        List<String> untold = new ArrayList<>();
        roles.permanent().forEach(holder -> findings.add(Finding.of(facts, holder)));
        roles.doubts().forEach(holder -> doubts.add(Finding.of(facts, holder)));
        List<ActivatableRole> activated = ActivatableRole.of(facts);
        for (ActivatableRole one : activated) {
            one.settings()
                    .ifPresentOrElse(
                            settings -> settings.lastsTooLong()
                                    .ifPresent(how -> (one.privileged() ? findings : doubts)
                                            .add(Finding.of(
                                                    one,
                                                    Details.of(
                                                                    one.privileged()
                                                                            ? "S4-06.active-too-long"
                                                                            : "S4-06.active-too-long-unprivileged")
                                                            .with("setting", how)))),
                            () -> untold.add(one.untold()));
        }
        if (!findings.isEmpty()) {
            int found = findings.size();
            findings.addAll(doubts);
            return Verdict.fail(
                    Counted.say(
                            "%d [administrator|administrators] [holds|hold] a privileged role permanently, %d roles or groups stay active for longer than a working day",
                            roles.permanent().size(), found - roles.permanent().size()),
                    findings);
        }
        if (!untold.isEmpty()) {
            return Verdict.notAssessed(untold).withFindings(doubts);
        }
        long eligible = roles.count(AssignmentKind.ELIGIBLE, AssignmentKind.ACTIVATED);
        if (eligible == 0) {
            doubts.add(Finding.ofTenant(Details.of("S4-06.nobody-activates")));
        }
        return doubts.isEmpty()
                ? Verdict.pass(
                        "%d of %d administrators activate their roles, %d hold one until a set date; activations of all %d roles and groups end within %d hours"
                                .formatted(
                                        eligible,
                                        roles.asked().size(),
                                        roles.count(AssignmentKind.TIME_BOUND),
                                        activated.size(),
                                        PimSettings.WORKING_DAY.toHours()))
                : Verdict.review("%d assignments, roles or groups need review".formatted(doubts.size()), doubts);
    }
}
