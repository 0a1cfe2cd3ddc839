package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.EARLIER_ADMINISTRATORS;
import static dev.parc.facts.FactKind.ROLE_CHANGES;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.SubjectType;
import dev.parc.check.Verdict;
import dev.parc.facts.Administrator;
import dev.parc.facts.Administrators;
import dev.parc.facts.Facts;
import dev.parc.facts.Newcomer;
import dev.parc.facts.RoleChange;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares who holds roles with PARC's own history, which shows whoever is new however it came about, and looks into the
 * audit log for those who came and went in between and for access to Azure that a Global Administrator took.
 */
@RoadmapItem(
        id = "S3-19",
        title = "Newly created administrators are noticed",
        severity = HIGH,
        effort = HOURS,
        remedy = "Ask who made each listed administrator and why, and revoke what nobody knows of",
        needs = EARLIER_ADMINISTRATORS,
        completedBy = {ROLE_CHANGES, ACCOUNTS, SERVICE_PRINCIPALS},
        administrators = true)
public final class S319NewAdministratorsAreNoticed implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        if (facts.earlierAdministrators().isEmpty()) {
            return Verdict.notAssessed(
                    List.of(EARLIER_ADMINISTRATORS.title() + ": the list is empty, and no tenant is without one"));
        }
        Administrators all = facts.administrators();
        List<Finding> findings = new ArrayList<>();
        Set<RoleChange> shown = new LinkedHashSet<>();
        for (Newcomer newcomer : facts.newcomers()) {
            List<RoleChange> how = facts.roleChanges().stream()
                    .filter(change -> explains(all, change, newcomer.roles()))
                    .toList();
            shown.addAll(how);
            findings.add(Finding.of(
                    facts,
                    newcomer.roles(),
                    "is new: " + all.inWords(newcomer.roles())
                            + how.stream()
                                    .map(change -> "; " + inWords(change))
                                    .distinct()
                                    .collect(Collectors.joining())));
        }
        int newcomers = findings.size();
        Set<String> holders =
                all.all().stream().map(one -> one.id().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        facts.roleChanges().stream()
                .filter(change -> !shown.contains(change))
                .filter(change -> change.kind() == RoleChange.Kind.ELEVATED
                        || !holders.contains(change.principalId().toLowerCase(Locale.ROOT)))
                .forEach(change -> findings.add(new Finding(
                        change.principalId(),
                        SubjectType.PRINCIPAL,
                        change.principalName(),
                        inWords(change)
                                + (change.kind() == RoleChange.Kind.ELEVATED ? "" : "; holds no role any more"))));
        return findings.isEmpty()
                ? Verdict.pass(
                        "nobody holds a role that it did not hold at the last run; %d entries of the audit log fit"
                                .formatted(facts.roleChanges().size()))
                : Verdict.review(
                        "%d hold a role that is new to them, and %d other changes stand in the log"
                                .formatted(newcomers, findings.size() - newcomers),
                        findings);
    }

    private static boolean explains(Administrators all, RoleChange change, Administrator newcomer) {
        return change.principalId().equalsIgnoreCase(newcomer.id())
                && newcomer.holdings().stream()
                        .map(holding -> all.templateId(holding.roleId()))
                        .anyMatch(role ->
                                change.roleId().filter(role::equalsIgnoreCase).isPresent());
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
