package dev.parc.roadmap.stage4;

import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_ELIGIBILITIES;
import static dev.parc.facts.FactKind.PIM_GROUP_POLICIES;
import static dev.parc.facts.FactKind.PIM_POLICIES;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.SubjectType;
import dev.parc.check.Verdict;
import dev.parc.facts.ActivatedGroup;
import dev.parc.facts.Administrator;
import dev.parc.facts.Administrators;
import dev.parc.facts.AssignmentKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Holding;
import dev.parc.facts.JustInTime;
import dev.parc.facts.PimPolicy;
import dev.parc.facts.PimSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Just in time means two things: nobody has a role before it is needed, and nobody keeps it longer than a working day. */
@RoadmapItem(
        id = "S4-06",
        title = "Privileged access is granted only when needed and removed afterwards",
        severity = HIGH,
        needs = {PIM_ASSIGNMENTS, PIM_ELIGIBILITIES, PIM_POLICIES},
        completedBy = {PIM_GROUP_POLICIES, ACCOUNTS, SERVICE_PRINCIPALS, CONDITIONAL_ACCESS_POLICIES, GROUP_MEMBERSHIPS
        },
        administrators = true)
public final class S406AccessIsGrantedWhenNeeded implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        JustInTime roles = facts.justInTime();
        List<Finding> findings = new ArrayList<>();
        List<Finding> doubts = new ArrayList<>();
        List<String> untold = new ArrayList<>();
        roles.standing().forEach(holder -> findings.add(Finding.of(facts, holder.roles(), holder.words())));
        roles.doubts().forEach(holder -> doubts.add(Finding.of(facts, holder.roles(), holder.words())));
        int activated = addLongActivations(facts, findings, untold);
        if (!findings.isEmpty()) {
            int found = findings.size();
            findings.addAll(doubts);
            return Verdict.fail(
                    "%d administrators hold a privileged role for good, %d roles or groups stay active for longer than a working day"
                            .formatted(
                                    roles.standing().size(),
                                    found - roles.standing().size()),
                    findings);
        }
        if (!untold.isEmpty()) {
            return Verdict.notAssessed(untold).withFindings(doubts);
        }
        long eligible = roles.count(AssignmentKind.ELIGIBLE, AssignmentKind.ACTIVATED);
        if (eligible == 0) {
            doubts.add(Finding.ofTenant("has nobody who activates a role when it is needed"));
        }
        return doubts.isEmpty()
                ? Verdict.pass(
                        "%d of %d administrators activate their roles, %d hold one until a set date; activations of all %d roles and groups end within %d hours"
                                .formatted(
                                        eligible,
                                        roles.asked().size(),
                                        roles.count(AssignmentKind.TIME_BOUND),
                                        activated,
                                        PimSettings.WORKING_DAY.toHours()))
                : Verdict.review("at %d assignments a person must look".formatted(doubts.size()), doubts);
    }

    /** Looks at every role and group that somebody can activate; gives their number. */
    private static int addLongActivations(Facts facts, List<Finding> findings, List<String> untold) {
        Administrators all = facts.administrators();
        Set<String> activated = all.all().stream()
                .map(Administrator::holdings)
                .flatMap(List::stream)
                .filter(Holding::activatedByRole)
                .map(holding -> all.templateId(holding.roleId()))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String role : activated) {
            Optional<PimPolicy> policy = facts.pimPolicies().stream()
                    .filter(it -> all.templateId(it.roleId()).equals(role))
                    .findFirst();
            if (policy.isEmpty()) {
                untold.add(PIM_POLICIES.title() + ": Graph gave none for " + all.roleName(role));
            } else {
                policy.get()
                        .settings()
                        .lastsTooLong()
                        .ifPresent(how -> findings.add(new Finding(role, SubjectType.ROLE, all.roleName(role), how)));
            }
        }
        List<ActivatedGroup> groups = facts.activatedGroups();
        for (ActivatedGroup group : groups) {
            if (group.settings().isEmpty()) {
                untold.add(PIM_GROUP_POLICIES.title() + ": Graph gave none of " + group.name());
            } else {
                group.settings()
                        .get()
                        .lastsTooLong()
                        .ifPresent(how -> findings.add(new Finding(group.id(), SubjectType.GROUP, group.name(), how)));
            }
        }
        return activated.size() + groups.size();
    }
}
