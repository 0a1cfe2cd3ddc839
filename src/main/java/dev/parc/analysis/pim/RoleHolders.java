package dev.parc.analysis.pim;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.emergency.EmergencyAccounts;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.Microsoft365Roles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One directory role with everybody who holds it.
 *
 * @param roleId the template id, or the id of a custom role
 * @param holders each with its holdings of this role only
 */
public record RoleHolders(String roleId, String roleName, List<Administrator> holders) {

    public RoleHolders {
        holders = List.copyOf(holders);
    }

    /**
     * How access reviews of the role stand, for the people who hold it directly; empty where nobody does. A review of people
     * does not ask about applications, nor need it ask about emergency accounts, which hold their role for good. Asks for
     * accounts.
     */
    public Optional<ReviewState> reviewState(Facts facts) {
        EmergencyAccounts emergency = EmergencyAccounts.of(facts);
        List<Administrator> people = holders.stream()
                .filter(holder -> holder.type() != PrincipalType.SERVICE_PRINCIPAL)
                .filter(holder -> !emergency.isDesignated(holder.id()))
                .toList();
        List<Administrator> active =
                people.stream().filter(holder -> holds(holder, false)).toList();
        boolean eligible = people.stream().anyMatch(holder -> holds(holder, true));
        if (active.isEmpty() && !eligible) {
            return Optional.empty();
        }
        ReviewState state = ReviewState.ofRole(facts, roleId, !active.isEmpty(), eligible);
        if (!(state instanceof ReviewState.Missing missing)
                || active.isEmpty()
                || emergency.mostAmong(active) < active.size()) {
            return Optional.of(state);
        }
        boolean without = eligible && ReviewState.ofRole(facts, roleId, false, true) instanceof ReviewState.Missing;
        return Optional.of(
                without
                        ? state
                        : new ReviewState.Doubtful(missing.why() + ", which only accounts have that may be emergency"
                                + " accounts: name these in PARC_EMERGENCY_ACCOUNTS"));
    }

    private static boolean holds(Administrator holder, boolean eligible) {
        return holder.holdings().stream()
                .anyMatch(holding -> holding.path().isEmpty() && holding.activatedByRole() == eligible);
    }

    /** The groups that hold the role, by their ids, with their names. */
    public Map<String, String> groups() {
        Map<String, String> groups = new LinkedHashMap<>();
        holders.stream()
                .flatMap(holder -> holder.holdings().stream())
                .filter(holding -> !holding.path().isEmpty())
                .map(holding -> holding.path().get(0))
                .forEach(hop -> groups.put(hop.groupId(), hop.groupName()));
        return groups;
    }

    /** Whether it is a built-in role that administers Microsoft 365 or one of its services. */
    public boolean ofMicrosoft365() {
        return Microsoft365Roles.contains(roleId);
    }

    /** Every directory role that somebody holds, with its holders. */
    public static List<RoleHolders> of(Facts facts) {
        Administrators all = Administrators.of(facts);
        return of(all, all.all());
    }

    /** Every role that one of these holds, in the order in which they are met. */
    static List<RoleHolders> of(Administrators all, List<Administrator> administrators) {
        Map<String, List<Administrator>> byRole = new LinkedHashMap<>();
        for (Administrator administrator : administrators) {
            administrator.holdings().stream()
                    .map(holding -> all.templateId(holding.roleId()))
                    .distinct()
                    .forEach(role -> administrator
                            .holding(holding -> all.templateId(holding.roleId()).equals(role))
                            .ifPresent(held -> byRole.computeIfAbsent(role, it -> new ArrayList<>())
                                    .add(held)));
        }
        List<RoleHolders> roles = new ArrayList<>();
        byRole.forEach((role, holders) -> roles.add(new RoleHolders(role, all.roleName(role), holders)));
        return roles;
    }
}
