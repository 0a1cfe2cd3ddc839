package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.ACKNOWLEDGEMENTS;
import static dev.parc.facts.FactKind.EARLIER_ADMINISTRATORS;
import static dev.parc.facts.FactKind.ROLE_CHANGES;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.NewAdministrator;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.NewFinding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.SubjectType;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.activity.RoleChange;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Compares who holds roles with PARC's own history, which shows whoever is new however it came about, until somebody
 * acknowledges it or it is gone, and looks into the
 * audit log for those who came and went in between and for access to Azure that a Global Administrator took.
 */
@RoadmapItem(
        id = "S3-19",
        title = "New administrators are noticed",
        severity = HIGH,
        effort = HOURS,
        remedy = "Find out who assigned each listed administrator and why; remove what nobody can explain, and"
                + " acknowledge the rest",
        newFinding = NewFinding.NEW_ADMINISTRATOR,
        needs = EARLIER_ADMINISTRATORS,
        completedBy = {ACKNOWLEDGEMENTS, ROLE_CHANGES, ACCOUNTS, SERVICE_PRINCIPALS},
        administrators = true)
public final class S319NewAdministratorsAreNoticed implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        if (facts.earlierAdministrators().isEmpty()) {
            return Verdict.notAssessed(
                    List.of(EARLIER_ADMINISTRATORS.title() + ": the list is empty, and no tenant is without one"));
        }
        Administrators all = Administrators.of(facts);
        List<Finding> findings = new ArrayList<>();
        for (NewAdministrator administrator : NewAdministrator.of(facts)) {
            findings.add(Finding.of(
                    facts,
                    administrator.roles(),
                    Details.of("S3-19.new")
                            .with("roles", all.inWords(administrator.roles()))
                            .with(
                                    "changes",
                                    facts.roleChanges().stream()
                                            .filter(change -> explains(all, change, administrator.roles()))
                                            .map(S319NewAdministratorsAreNoticed::inWords)
                                            .distinct()
                                            .collect(Collectors.joining("; ")))
                            .with("key", administrator.key())));
        }
        int newAdministrators = findings.size();
        facts.roleChanges().stream()
                .filter(change -> change.kind() == RoleChange.Kind.ELEVATED || !stillHeld(all, change))
                .forEach(change -> findings.add(new Finding(
                        change.principalId(),
                        SubjectType.PRINCIPAL,
                        change.principalName(),
                        Details.of(
                                        change.kind() == RoleChange.Kind.ELEVATED
                                                ? "S3-19.elevated"
                                                : "S3-19.no-longer-held")
                                .with("change", inWords(change)))));
        return findings.isEmpty()
                ? Verdict.pass(Counted.say(
                        "nobody holds a role that is new to them and not acknowledged; %d [entry|entries] of the audit log fit",
                        facts.roleChanges().size()))
                : Verdict.review(
                        Counted.say(
                                "%d [role|roles] [is|are] new to their holders and not acknowledged, and %d other [change|changes] stand in the log",
                                newAdministrators, findings.size() - newAdministrators),
                        findings);
    }

    /** Where the entry does not name the role, any that its principal holds. */
    private static boolean stillHeld(Administrators all, RoleChange change) {
        return all.all().stream()
                .filter(one -> one.id().equalsIgnoreCase(change.principalId()))
                .anyMatch(one -> change.roleId().isEmpty() || explains(all, change, one));
    }

    private static boolean explains(Administrators all, RoleChange change, Administrator administrator) {
        return change.principalId().equalsIgnoreCase(administrator.id())
                && administrator.holdings().stream()
                        .map(holding -> all.templateId(holding.roleId()))
                        .anyMatch(role -> change.roleId()
                                .map(all::templateId)
                                .filter(role::equalsIgnoreCase)
                                .isPresent());
    }

    private static String inWords(RoleChange change) {
        return "%s %s on %s by %s"
                .formatted(
                        change.kind().words(),
                        change.roleName(),
                        change.at().atOffset(ZoneOffset.UTC).toLocalDate(),
                        change.by());
    }
}
