package dev.parc.change.fix.policies;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.Holding;
import dev.parc.analysis.conditionalaccess.AdministratorAccounts;
import dev.parc.facts.Facts;
import dev.parc.facts.roles.DirectoryRole;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whom a policy has to be for; for everybody if there are neither roles nor users.
 *
 * @param roles template ids of built-in roles
 * @param users ids of accounts that a policy for roles does not reach, such as of those who have to activate their role
 */
record Audience(Set<String> roles, Set<String> users) {

    /** Everybody. */
    static final Audience EVERYBODY = new Audience(Set.of(), Set.of());

    Audience {
        roles = Set.copyOf(roles);
        users = Set.copyOf(users);
    }

    /** The four highly privileged roles. */
    static Audience highlyPrivileged() {
        return new Audience(
                DirectoryRole.HIGHLY_PRIVILEGED.stream()
                        .map(DirectoryRole::templateId)
                        .collect(Collectors.toUnmodifiableSet()),
                Set.of());
    }

    /** Every built-in role that somebody holds, or can activate, with an account in use; for whom there is none, everybody. */
    static Audience administrators(Facts facts) {
        Administrators administrators = Administrators.of(facts);
        return new Audience(
                AdministratorAccounts.of(facts, administrators.all()).inUse(facts).stream()
                        .flatMap(one -> administrators.holdings(one.account().id()).stream())
                        .filter(administrators::forPolicies)
                        .map(Holding::roleId)
                        .filter(Predicate.not(administrators::isCustom))
                        .map(administrators::templateId)
                        .collect(Collectors.toUnmodifiableSet()),
                Set.of());
    }

    boolean everybody() {
        return roles.isEmpty() && users.isEmpty();
    }

    Audience with(Set<String> accounts) {
        return new Audience(roles, accounts);
    }

    /** To stand after "for". */
    String inWords(Facts facts) {
        if (everybody()) {
            return "everybody";
        }
        return Stream.of(
                        roles.isEmpty() ? "" : DisplayNames.ofRoles(roles, facts),
                        users.isEmpty() ? "" : DisplayNames.ofAccounts(users, facts))
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.joining(", and "));
    }
}
