package dev.parc.change.fix.policies;

import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.Scope;
import dev.parc.facts.policies.ExcludedGroup;
import dev.parc.facts.policies.PolicyObject;
import dev.parc.facts.roles.PrivilegedRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Something that keeps a policy from sign-ins, and the policy without it.
 *
 * @param policyId whose it is
 * @param words what the policy would be for besides, to stand after "apply": "from every location"
 */
record Widening(String policyId, String words, Edit edit) {

    /** What is put otherwise. */
    @FunctionalInterface
    interface Edit {
        PolicyDraft of(PolicyDraft draft);
    }

    /** What keeps a policy from sign-ins, the least of it first: conditions, then applications, then people. */
    static List<Widening> of(
            ConditionalAccessPolicy policy,
            PolicyGoal aim,
            Audience audience,
            RequiredExclusions leftOut,
            Facts facts) {
        List<Widening> all = new ArrayList<>();
        PolicyDraft draft = new PolicyDraft(policy);
        if (!policy.locations().equals(Scope.ANY)) {
            add(all, policy, "from every location", PolicyDraft::fromEveryPlace);
        }
        if (!policy.platforms().equals(Scope.ANY)) {
            add(all, policy, "on every platform", PolicyDraft::onEveryPlatform);
        }
        if (policy.deviceFilter().isPresent()) {
            add(all, policy, "on every device", PolicyDraft::onEveryDevice);
        }
        if (aim != PolicyGoal.LEGACY_AUTHENTICATION_BLOCKED
                && !policy.clientAppTypes().contains("all")) {
            add(all, policy, "by every client", one -> one.forClients(Set.of("all")));
        } else if (!aim.shaped(draft).equals(draft)) {
            add(all, policy, aim.reach(), aim::shaped);
        }
        policy.applications().exclude().stream()
                .sorted()
                .forEach(id ->
                        add(all, policy, "to application " + name(id, facts), one -> one.forExcludedApplication(id)));
        people(all, policy, leftOut, facts);
        Set<String> roles = audience.roles();
        if (!policy.forEverybody() && !audience.users().isEmpty()) {
            add(
                    all,
                    policy,
                    "for " + DisplayNames.ofAccounts(audience.users(), facts),
                    one -> one.forUsersToo(audience.users()));
        }
        if (!policy.forEverybody() && !policy.users().includeRoles().containsAll(roles)) {
            add(
                    all,
                    policy,
                    "for " + DisplayNames.ofRoles(roles, facts),
                    one -> leftOut.of(one.forRolesToo(roles), facts));
        }
        return all;
    }

    private static void people(
            List<Widening> all, ConditionalAccessPolicy policy, RequiredExclusions leftOut, Facts facts) {
        policy.users().excludeUsers().stream()
                .sorted()
                .filter(id -> !leftOut.isOfUser(id, facts))
                .forEach(id -> add(
                        all,
                        policy,
                        "for " + facts.account(id).map(Account::signInName).orElse(name(id, facts)),
                        one -> one.forExcludedUser(id)));
        policy.users().excludeGroups().stream()
                .sorted()
                .filter(id -> leftOut.group().filter(id::equalsIgnoreCase).isEmpty())
                .forEach(id -> add(
                        all,
                        policy,
                        "for group '"
                                + facts.excludedGroup(id)
                                        .map(ExcludedGroup::displayName)
                                        .orElse(name(id, facts)) + "'",
                        one -> leftOut.of(one.forExcludedGroup(id), facts)));
        policy.users().excludeRoles().stream()
                .sorted()
                .filter(id -> !PrivilegedRoles.SYNCHRONISATION.contains(id.toLowerCase(Locale.ROOT)))
                .forEach(id -> add(
                        all, policy, "for " + DisplayNames.ofRoles(Set.of(id), facts), one -> one.forExcludedRole(id)));
        if (policy.users().excludeGuests().isPresent()) {
            add(all, policy, "for guests and external users", PolicyDraft::forExcludedGuests);
        }
    }

    private static void add(List<Widening> all, ConditionalAccessPolicy policy, String words, Edit edit) {
        all.add(new Widening(policy.id(), words, edit));
    }

    private static String name(String id, Facts facts) {
        return facts.policyObject(id).map(PolicyObject::name).orElse(id);
    }
}
