package dev.parc.change.fix.policies;

import dev.parc.analysis.conditionalaccess.SynchronisationAccounts;
import dev.parc.analysis.emergency.EmergencyAccounts;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ExcludedGroup;
import dev.parc.facts.policies.ExcludedMembers;
import dev.parc.facts.roles.PrivilegedRoles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whom every policy has to leave out: the emergency accounts, by the group that policies leave out for them where there is one that
 * holds nobody else, else by their ids; and the roles of directory synchronisation, which does no MFA.
 *
 * @param emergency the emergency accounts
 * @param group that holds them and nobody else
 * @param designated whether the operator said which they are; else they are those that look like one
 * @param spared ids of accounts that what is new would lock out
 */
record RequiredExclusions(
        List<Account> emergency, Optional<String> group, Set<String> roles, boolean designated, Set<String> spared) {

    RequiredExclusions {
        emergency = List.copyOf(emergency);
        roles = Set.copyOf(roles);
        spared = Set.copyOf(spared);
    }

    static RequiredExclusions of(Facts facts, List<ConditionalAccessPolicy> policies, Set<String> spared) {
        EmergencyAccounts accounts = EmergencyAccounts.of(facts);
        List<Account> named = accounts.designated().stream()
                .filter(account -> account.state() != Account.State.DELETED)
                .toList();
        List<Account> emergency = named.isEmpty()
                ? facts.accounts().stream().filter(accounts::looksLikeOne).toList()
                : named;
        return new RequiredExclusions(
                emergency,
                group(facts, policies, emergency),
                SynchronisationAccounts.of(facts).enabled().isEmpty() ? Set.of() : PrivilegedRoles.SYNCHRONISATION,
                !named.isEmpty(),
                spared);
    }

    private static Optional<String> group(
            Facts facts, List<ConditionalAccessPolicy> policies, List<Account> emergency) {
        Set<String> ids = emergency.stream().map(RequiredExclusions::key).collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        return policies.stream()
                .flatMap(policy -> policy.users().excludeGroups().stream())
                .distinct()
                .sorted()
                .filter(group -> facts.excludedMembers(group)
                        .filter(ExcludedMembers::whole)
                        .filter(members -> members.principals().stream()
                                .map(ExcludedGroup.Principal::id)
                                .map(id -> id.toLowerCase(Locale.ROOT))
                                .collect(Collectors.toSet())
                                .equals(ids))
                        .isPresent())
                .findFirst();
    }

    private static String key(Account account) {
        return account.id().toLowerCase(Locale.ROOT);
    }

    /** The same, by their ids and by no group. */
    RequiredExclusions byIds() {
        return new RequiredExclusions(emergency, Optional.empty(), roles, designated, spared);
    }

    /** The draft of a policy that was not on, with whom it does not leave out yet. */
    PolicyDraft ofNew(PolicyDraft draft, Facts facts) {
        return of(draft, facts).leavingOut(spared, Set.of(), Set.of());
    }

    /** The draft, with whom it does not leave out yet. */
    PolicyDraft of(PolicyDraft draft, Facts facts) {
        ConditionalAccessPolicy policy = draft.policy();
        Set<String> missing = new TreeSet<>();
        emergency.stream()
                .filter(account -> !isLeftOut(policy, account, facts))
                .forEach(account -> missing.add(account.id()));
        boolean asGroup = group.isPresent() && !missing.isEmpty();
        boolean forAll = policy.forEverybody();
        return draft.leavingOut(
                asGroup ? Set.of() : missing, asGroup ? Set.of(group.get()) : Set.of(), forAll ? roles : Set.of());
    }

    private static boolean isLeftOut(ConditionalAccessPolicy policy, Account account, Facts facts) {
        return policy.users().excludeUsers().stream().anyMatch(account.id()::equalsIgnoreCase)
                || facts.groupMembership(account).map(GroupMembership::groupIds).orElse(Set.of()).stream()
                        .anyMatch(policy.users().excludeGroups()::contains);
    }

    /** Whether an exclusion is for whom every policy has to leave out. */
    boolean isOfUser(String id, Facts facts) {
        return emergency.stream().anyMatch(account -> account.id().equalsIgnoreCase(id))
                || facts.account(id)
                        .filter(SynchronisationAccounts.of(facts)::holds)
                        .isPresent();
    }
}
