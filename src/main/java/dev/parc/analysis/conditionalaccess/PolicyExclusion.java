package dev.parc.analysis.conditionalaccess;

import static java.util.stream.Collectors.joining;

import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import dev.parc.facts.policies.ExcludedGroup;
import dev.parc.facts.policies.ExcludedMembers;
import dev.parc.facts.policies.PolicyObject;
import dev.parc.facts.roles.PrivilegedRoles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody whom enabled policies leave out on purpose.
 *
 * @param id the object id of a user or group, the template id of a role, or the kinds of guests
 * @param name the name of a user or group, the id where that was not read
 * @param policies the names of the policies that do
 * @param known the accounts of administrators and the emergency accounts that it is or holds
 * @param members who is in a group; empty for anything else, and where that was not read
 */
public record PolicyExclusion(
        Kind kind,
        String id,
        String name,
        List<String> policies,
        List<Account> known,
        Optional<ExcludedMembers> members) {

    /** What a policy can leave out. */
    public enum Kind {
        USER("user"),
        GROUP("group"),
        ROLE("role"),
        GUESTS("guests");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** In words. */
        public String title() {
            return title;
        }
    }

    private record Named(Kind kind, String id) {}

    public PolicyExclusion {
        policies = List.copyOf(policies);
        known = List.copyOf(known);
    }

    /**
     * Whom the enabled policies of these names leave out. Nobody need be told of single users that are designated
     * emergency accounts or accounts of directory synchronisation, of users and groups that are gone, of groups in which there is nobody else, and of the
     * roles of directory synchronisation. Whether the tenant is synchronised, {@link FactKind#ORGANIZATION} tells where it
     * is at hand; where it is not, nothing is left out for that.
     */
    static List<PolicyExclusion> of(Facts facts, Collection<String> policyNames) {
        Map<Named, List<String>> policies = new LinkedHashMap<>();
        facts.<ConditionalAccessPolicy>list(FactKind.CONDITIONAL_ACCESS_POLICIES).stream()
                .filter(policy -> policy.state() == State.ENABLED && policyNames.contains(policy.displayName()))
                .forEach(policy -> {
                    add(policies, Kind.USER, policy.users().excludeUsers(), policy);
                    add(policies, Kind.GROUP, policy.users().excludeGroups(), policy);
                    add(policies, Kind.ROLE, policy.users().excludeRoles(), policy);
                    policy.users()
                            .excludeGuests()
                            .ifPresent(guests -> add(
                                    policies,
                                    Kind.GUESTS,
                                    Set.of(guests.types().stream().sorted().collect(joining(", "))),
                                    policy));
                });
        List<PolicyExclusion> exclusions = new ArrayList<>();
        policies.forEach((named, names) -> exclusions.add(of(facts, named, names)));
        exclusions.removeIf(exclusion -> exclusion.expected(facts)
                || facts.policyObject(exclusion.id())
                        .filter(object -> object.state() == PolicyObject.State.GONE)
                        .isPresent());
        return exclusions;
    }

    private static PolicyExclusion of(Facts facts, Named named, List<String> policies) {
        List<Account> known = known(facts, named);
        boolean group = named.kind() == Kind.GROUP;
        Optional<String> name = group
                ? facts.excludedGroup(named.id()).map(ExcludedGroup::displayName)
                : known.stream().map(Account::signInName).findFirst();
        return new PolicyExclusion(
                named.kind(),
                named.id(),
                name.or(() -> facts.policyObject(named.id()).map(PolicyObject::name))
                        .orElse(named.id()),
                policies,
                known,
                group ? facts.excludedMembers(named.id()) : Optional.empty());
    }

    private boolean expected(Facts facts) {
        return switch (kind) {
            case USER ->
                !known.isEmpty()
                        && known.stream()
                                .allMatch(account ->
                                        facts.designations().isEmergency(account) || synchronises(facts, account.id()));
            case GROUP ->
                members.filter(ExcludedMembers::whole)
                        .filter(inside -> inside.read().stream().allMatch(member -> expected(member, facts)))
                        .isPresent();
            case ROLE ->
                PrivilegedRoles.SYNCHRONISATION.contains(id.toLowerCase(Locale.ROOT))
                        && facts.asksFor(FactKind.ORGANIZATION)
                        && facts.synchronised();
            case GUESTS -> false;
        };
    }

    /** A nested group is expected where its own members are, which are in the list too. */
    private static boolean expected(ExcludedGroup.Principal member, Facts facts) {
        return member.type() == PrincipalType.GROUP
                || (member.type() == PrincipalType.USER
                        && (facts.designations().isEmergency(member.id(), member.name())
                                || synchronises(facts, member.id())));
    }

    private static boolean synchronises(Facts facts, String accountId) {
        return facts.asksFor(FactKind.ORGANIZATION)
                && facts.account(accountId)
                        .filter(SynchronisationAccounts.of(facts)::holds)
                        .isPresent();
    }

    private static void add(
            Map<Named, List<String>> policies, Kind kind, Set<String> ids, ConditionalAccessPolicy policy) {
        ids.stream()
                .sorted()
                .forEach(id -> policies.computeIfAbsent(new Named(kind, id), key -> new ArrayList<>())
                        .add(policy.displayName()));
    }

    private static List<Account> known(Facts facts, Named named) {
        return facts.accounts().stream()
                .filter(account -> switch (named.kind()) {
                    case USER -> account.id().equalsIgnoreCase(named.id());
                    case GROUP ->
                        facts.groupMembership(account)
                                .filter(membership -> membership.groupIds().contains(named.id()))
                                .isPresent();
                    case ROLE, GUESTS -> false;
                })
                .toList();
    }

    /** In words, to stand after the name of what is left out. */
    public String inWords() {
        String by = "is excluded from "
                + policies.stream().map(one -> "'" + one + "'").collect(joining(", "));
        if (kind != Kind.GROUP) {
            return by;
        }
        return members.map(inside -> by + "; " + inWords(inside))
                .orElseGet(() -> known.isEmpty()
                        ? by
                        : by + "; of the accounts that were read it holds "
                                + known.stream()
                                        .map(Account::signInName)
                                        .sorted()
                                        .collect(joining(", ")));
    }

    private static String inWords(ExcludedMembers inside) {
        String names = inside.read().stream()
                .map(ExcludedGroup.Principal::name)
                .sorted()
                .collect(joining(", "));
        if (inside.whole()) {
            return inside.count() == 1
                    ? "its only member is " + names
                    : "its %d members are %s".formatted(inside.count(), names);
        }
        return names.isEmpty()
                ? "it has %d members".formatted(inside.count())
                : "it has %d members, among them %s".formatted(inside.count(), names);
    }

    /** Whether this other policy is for what is left out, by its own name. */
    boolean isNamedBy(ConditionalAccessPolicy other) {
        return switch (kind) {
            case USER -> other.users().includeUsers().contains(id);
            case GROUP -> other.users().includeGroups().contains(id);
            case ROLE -> other.users().includeRoles().contains(id);
            case GUESTS -> false;
        };
    }
}
