package dev.parc.change.fix.roles;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Holding;
import dev.parc.analysis.pim.JustInTime;
import dev.parc.change.ChangeRequest;
import dev.parc.change.fix.Fix;
import dev.parc.change.fix.OpenItem;
import dev.parc.change.fix.Proposal;
import dev.parc.check.Finding;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes those who hold a role for good eligible for it. A role that is held through a group is changed at the group, which spares
 * nobody in it; so not where an emergency account is one of them.
 */
public final class EligibleFix implements Fix {

    private static final String NOTE =
            "Whoever becomes eligible has to activate the role in PIM before using it: tell them, and see what activation takes"
                    + " (S3-06).";

    @Override
    public Proposal propose(OpenItem item) {
        Assignments assignments = new Assignments(item);
        if (!assignments.pim()) {
            return new Proposal(List.of(), List.of());
        }
        Map<Finding, Administrator> permanent = new LinkedHashMap<>();
        JustInTime.of(item.facts()).permanent().forEach(holder -> {
            Finding finding = Finding.of(item.facts(), holder);
            if (item.findings().contains(finding)
                    && !item.spared().contains(holder.roles().id().toLowerCase(Locale.ROOT))) {
                permanent.put(finding, holder.roles());
            }
        });
        Set<String> left = new HashSet<>(assignments.globalAdministrators());
        permanent.values().stream()
                .filter(one -> one.holdings().stream().anyMatch(assignments::isGlobalAdministrator))
                .forEach(one -> left.remove(one.id().toLowerCase(Locale.ROOT)));
        Steps steps = new Steps();
        permanent.forEach((finding, holder) -> {
            boolean global = holder.holdings().stream().anyMatch(assignments::isGlobalAdministrator);
            if (global && left.isEmpty()) {
                steps.leave(
                        finding,
                        "holds Global Administrator, and nobody would be left who holds it without activating it: designate"
                                + " two emergency accounts first (PARC_EMERGENCY_ACCOUNTS)");
                return;
            }
            Optional<String> emergency = emergencyInGroup(assignments, holder);
            if (emergency.isPresent()) {
                steps.leave(
                        finding,
                        "holds a role through group '%s', which an emergency account is in too: give the emergency account its role directly first"
                                .formatted(emergency.get()));
                return;
            }
            Map<String, List<ChangeRequest>> needed = needed(assignments, holder, finding);
            if (needed.values().stream().anyMatch(List::isEmpty)) {
                steps.leave(finding, "holds a role in a catalog of access packages, which PIM does not know");
                return;
            }
            steps.close(finding, needed, global);
        });
        return steps.proposal(List.of(NOTE));
    }

    /** The group through which the holder has a role and an emergency account too. */
    private static Optional<String> emergencyInGroup(Assignments assignments, Administrator holder) {
        List<Administrator> emergency = assignments.administrators().all().stream()
                .filter(one -> assignments.isEmergency(one.id()))
                .toList();
        return holder.holdings().stream()
                .filter(holding -> !holding.path().isEmpty())
                .map(holding -> holding.path().get(0))
                .filter(hop -> emergency.stream()
                        .flatMap(one -> one.holdings().stream())
                        .anyMatch(holding -> !holding.path().isEmpty()
                                && holding.path().get(0).groupId().equalsIgnoreCase(hop.groupId())))
                .map(Holding.Hop::groupName)
                .findFirst();
    }

    private static Map<String, List<ChangeRequest>> needed(
            Assignments assignments, Administrator holder, Finding finding) {
        Map<String, List<ChangeRequest>> needed = new LinkedHashMap<>();
        for (Holding holding : holder.holdings()) {
            boolean direct = holding.path().isEmpty();
            String id = direct ? holder.id() : holding.path().get(0).groupId();
            String name = direct
                    ? finding.subjectName()
                    : "group '" + holding.path().get(0).groupName() + "'";
            needed.computeIfAbsent(
                    id.toLowerCase(Locale.ROOT) + "|" + holding.roleId() + "|" + holding.scope(),
                    key -> assignments.eligibleInstead(id, name, holding));
        }
        return needed;
    }
}
