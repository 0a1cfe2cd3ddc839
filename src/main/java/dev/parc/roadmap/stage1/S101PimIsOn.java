package dev.parc.roadmap.stage1;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.GROUP_OWNERS;
import static dev.parc.facts.FactKind.PIM_ELIGIBILITIES;
import static dev.parc.facts.FactKind.PIM_GROUP_POLICIES;
import static dev.parc.facts.FactKind.PIM_POLICIES;
import static dev.parc.facts.FactKind.SERVICE_PLANS;
import static dev.parc.facts.Licence.ENTRA_ID_P2_OR_GOVERNANCE;
import static dev.parc.facts.roles.DirectoryRole.HIGHLY_PRIVILEGED;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.analysis.pim.ActivatableGroup;
import dev.parc.analysis.pim.PimNotices;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.roles.RelevantRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** PIM is on when somebody is eligible and somebody hears of role changes; a licence alone changes nothing. */
@RoadmapItem(
        id = "S1-01",
        title = "Privileged Identity Management is on and role changes are notified",
        severity = HIGH,
        effort = HOURS,
        remedy = "Make administrators eligible in Privileged Identity Management and turn on notifications for"
                + " the highly privileged roles",
        needs = {SERVICE_PLANS, PIM_ELIGIBILITIES, PIM_POLICIES},
        completedBy = {PIM_GROUP_POLICIES, ACCOUNTS, GROUP_OWNERS},
        administrators = true,
        passStands = true,
        roles = RelevantRoles.HIGHLY_PRIVILEGED)
public final class S101PimIsOn implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        if (!facts.licensed(ENTRA_ID_P2_OR_GOVERNANCE)) {
            return Verdict.notApplicable("the tenant has no " + ENTRA_ID_P2_OR_GOVERNANCE.title() + " licence");
        }
        List<Administrator> administrators = Administrators.of(facts).in(HIGHLY_PRIVILEGED);
        long justInTime = administrators.stream()
                .filter(administrator -> administrator.holdings().stream().anyMatch(holding -> switch (holding.kind()) {
                    case ELIGIBLE, ACTIVATED -> true;
                    default -> false;
                }))
                .count();
        PimNotices notices = PimNotices.of(facts);
        List<Finding> silent = new ArrayList<>();
        List<Finding> doubts = new ArrayList<>();
        List<String> untold = new ArrayList<>();
        HIGHLY_PRIVILEGED.stream()
                .sorted()
                .forEach(role -> facts.pimPolicy(role)
                        .ifPresentOrElse(
                                policy -> add(
                                        notices.ofRole(policy.settings()),
                                        what -> Finding.of(role, what),
                                        silent,
                                        doubts),
                                () -> untold.add("PIM role settings: Graph gave none for " + role.title())));
        List<ActivatableGroup> groups = ActivatableGroup.of(facts).stream()
                .filter(group -> group.leadsTo(HIGHLY_PRIVILEGED))
                .toList();
        for (ActivatableGroup group : groups) {
            add(notices.ofGroup(group), what -> Finding.of(group, what), silent, doubts);
            group.untold().ifPresent(untold::add);
        }
        List<String> unseen = UnseenHolders.gaps(facts, RelevantRoles.HIGHLY_PRIVILEGED);
        if (justInTime == 0 && unseen.isEmpty()) {
            List<Finding> findings = new ArrayList<>(silent);
            findings.add(0, Finding.ofTenant(Details.of("S1-01.nobody-eligible")));
            return Verdict.fail(
                    "PIM is licensed and not used: nobody is eligible for a highly privileged role", findings);
        }
        if (!silent.isEmpty()) {
            int count = silent.size();
            silent.addAll(doubts);
            return Verdict.fail(
                    "PIM notifies nobody of some changes to %d of %d highly privileged roles and groups that lead to one"
                            .formatted(count, HIGHLY_PRIVILEGED.size() + groups.size()),
                    silent);
        }
        if (untold.isEmpty() && !doubts.isEmpty()) {
            return Verdict.review(
                    "it is not certain that PIM's mail about %d of %d highly privileged roles and groups reaches anybody"
                            .formatted(doubts.size(), HIGHLY_PRIVILEGED.size() + groups.size()),
                    doubts);
        }
        if (justInTime == 0) {
            untold.addAll(unseen);
        }
        return untold.isEmpty()
                ? Verdict.pass(Counted.say(
                                "PIM is on: %d of %d [administrator|administrators] in the highly privileged roles [1:is|are] eligible, and role",
                                justInTime, administrators.size())
                        + " changes are notified")
                : Verdict.notAssessed(untold).withFindings(doubts);
    }

    private static void add(
            PimNotices.Silence silence,
            Function<Details, Finding> finding,
            List<Finding> silent,
            List<Finding> doubts) {
        if (!silence.certain().isEmpty()) {
            silent.add(finding.apply(Details.of("S1-01.silent").with("what", String.join("; ", silence.certain()))));
        }
        if (!silence.doubtful().isEmpty()) {
            doubts.add(finding.apply(Details.of("S1-01.doubtful").with("what", String.join("; ", silence.doubtful()))));
        }
    }
}
