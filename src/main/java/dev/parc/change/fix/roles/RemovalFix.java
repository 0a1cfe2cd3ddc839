package dev.parc.change.fix.roles;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.Holding;
import dev.parc.change.ChangeRequest;
import dev.parc.change.fix.Fix;
import dev.parc.change.fix.OpenItem;
import dev.parc.change.fix.Proposal;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.DirectoryRole;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Takes roles from those who should not hold them: of assignments and eligibility by PIM or by id, of memberships at the group. */
public final class RemovalFix implements Fix {

    private final Function<Administrators, List<Administrator>> holders;
    private final BiPredicate<Facts, Finding> wanted;
    private final List<String> notes;

    private RemovalFix(
            Function<Administrators, List<Administrator>> holders,
            BiPredicate<Facts, Finding> wanted,
            List<String> notes) {
        this.holders = holders;
        this.wanted = wanted;
        this.notes = List.copyOf(notes);
    }

    /** The highly privileged roles of accounts that need none. */
    public static Fix unneededHighlyPrivileged() {
        return new RemovalFix(all -> all.in(DirectoryRole.HIGHLY_PRIVILEGED), (facts, finding) -> true, List.of());
    }

    /** Every directory role of accounts that need none. */
    public static Fix unneeded() {
        return new RemovalFix(Administrators::everywhere, (facts, finding) -> true, List.of());
    }

    /** The directory roles of personal Microsoft accounts. */
    public static Fix microsoftAccounts() {
        return new RemovalFix(
                Administrators::all,
                (facts, finding) -> facts.account(finding.subjectId())
                        .filter(Account::microsoftAccount)
                        .isPresent(),
                List.of("Give each role to a work account of the same person first, where it is still needed."));
    }

    @Override
    public Proposal propose(OpenItem item) {
        Assignments assignments = new Assignments(item);
        if (item.result().outcome() != Outcome.FAIL || assignments.pimUnread()) {
            return new Proposal(List.of(), List.of());
        }
        Steps steps = new Steps();
        Map<String, Administrator> byId = byId(holders.apply(assignments.administrators()));
        Map<String, Administrator> inDirectory =
                byId(assignments.administrators().all());
        Set<String> left = new HashSet<>(assignments.globalAdministrators());
        for (Finding finding : item.findings()) {
            String id = finding.subjectId().toLowerCase(Locale.ROOT);
            Optional<Administrator> holder = Optional.ofNullable(byId.get(id));
            if (holder.isEmpty()
                    || !wanted.test(item.facts(), finding)
                    || item.spared().contains(id)) {
                continue;
            }
            if (assignments.isEmergency(id)) {
                steps.leave(
                        finding,
                        "is an emergency account, or looks like one: put it in order or name another one before its roles"
                                + " are taken");
                continue;
            }
            List<Holding> known = Optional.ofNullable(inDirectory.get(id))
                    .map(Administrator::holdings)
                    .orElse(List.of());
            if (!known.containsAll(holder.get().holdings())) {
                steps.leave(finding, "holds a role in Azure: remove it there, with those in the directory");
                continue;
            }
            boolean global = holder.get().holdings().stream().anyMatch(assignments::isGlobalAdministrator);
            if (global && left.contains(id) && left.size() == 1) {
                steps.leave(
                        finding,
                        "is the last Global Administrator that holds the role without activating it: give it to another"
                                + " account first");
                continue;
            }
            Optional<Map<String, List<ChangeRequest>>> needed = needed(assignments, holder.get(), finding);
            if (needed.isEmpty()) {
                steps.leave(
                        finding,
                        "holds a role in a way that PARC cannot take back by a request (activated now, eligible though it is"
                                + " deleted, or by a group in a group or PIM for Groups): remove it in PIM");
                continue;
            }
            if (global) {
                left.remove(id);
            }
            steps.close(finding, needed.get(), global);
        }
        return steps.proposal(notes);
    }

    private static Map<String, Administrator> byId(List<Administrator> administrators) {
        Map<String, Administrator> byId = new LinkedHashMap<>();
        administrators.forEach(one -> byId.put(one.id().toLowerCase(Locale.ROOT), one));
        return byId;
    }

    private static Optional<Map<String, List<ChangeRequest>>> needed(
            Assignments assignments, Administrator holder, Finding finding) {
        Map<String, List<ChangeRequest>> needed = new LinkedHashMap<>();
        for (Holding holding : holder.holdings()) {
            String key = holder.id()
                    + (holding.path().isEmpty()
                            ? "|" + holding.roleId() + "|" + holding.scope() + "|" + holding.kind()
                            : "|" + holding.path().get(0).groupId());
            if (needed.containsKey(key)) {
                continue;
            }
            Optional<ChangeRequest> request = assignments.removal(
                    holder,
                    holding,
                    "Take %s from %s"
                            .formatted(assignments.administrators().roleName(holding.roleId()), finding.subjectName()));
            if (request.isEmpty()) {
                return Optional.empty();
            }
            needed.put(key, List.of(request.get()));
        }
        return Optional.of(needed);
    }
}
