package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.GROUP_MEMBERS;

import dev.parc.collect.azure.AzureReader;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.facts.azure.AzurePower;
import dev.parc.facts.azure.AzurePowers;
import dev.parc.facts.azure.AzureRoleAssignment;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.roles.RoleAssignment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The accounts of which an item asks more than who they are: whoever holds a directory role, or can give roles in Azure, by
 * whatever path, and designated emergency accounts. Whoever does one job in Azure has no sign-in, registration or membership
 * read.
 */
final class JudgedAccounts {

    private final ReadingContext context;
    private final Set<String> ids = new HashSet<>();

    JudgedAccounts(ReadingContext context) {
        this.context = context;
        Map<String, Set<String>> inside = new HashMap<>();
        context.values(GROUP_MEMBERS, GroupMember.class)
                .forEach(member -> inside.computeIfAbsent(key(member.groupId()), none -> new TreeSet<>())
                        .add(key(member.principalId())));
        PrincipalReader.groupGrants(context)
                .forEach(grant -> inside.computeIfAbsent(key(grant.groupId()), none -> new TreeSet<>())
                        .add(key(grant.principalId())));
        Deque<String> open = new ArrayDeque<>();
        PrincipalReader.roleHolders(context).stream()
                .map(RoleAssignment::principalId)
                .forEach(open::add);
        AzurePowers powers = AzureReader.powers(context);
        AzureReader.holders(context).stream()
                .filter(row -> powers.of(row).compareTo(AzurePower.MAY_GIVE_ROLES) <= 0)
                .map(AzureRoleAssignment::principalId)
                .forEach(open::add);
        while (!open.isEmpty()) {
            String id = key(open.remove());
            if (ids.add(id)) {
                open.addAll(inside.getOrDefault(id, Set.of()));
            }
        }
    }

    /** Those of these accounts that are judged. */
    List<Account> of(List<Account> accounts) {
        return accounts.stream()
                .filter(account -> ids.contains(key(account.id()))
                        || context.designations().isEmergency(account))
                .toList();
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
