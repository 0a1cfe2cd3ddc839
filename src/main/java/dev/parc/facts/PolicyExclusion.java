package dev.parc.facts;

import static java.util.stream.Collectors.joining;

import dev.parc.facts.ConditionalAccessPolicy.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Somebody whom enabled policies leave out on purpose.
 *
 * @param id the object id of a user or group, the template id of a role, or the kinds of guests
 * @param policies the names of the policies that do
 * @param known the accounts of administrators and the emergency accounts that it is or holds; others were not read
 */
public record PolicyExclusion(Kind kind, String id, List<String> policies, List<Account> known) {

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

    /** Whom the enabled policies of these names leave out, but for single users that are designated emergency accounts. */
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
        policies.forEach((named, names) ->
                exclusions.add(new PolicyExclusion(named.kind(), named.id(), names, known(facts, named))));
        exclusions.removeIf(exclusion -> exclusion.kind() == Kind.USER
                && !exclusion.known().isEmpty()
                && exclusion.known().stream().allMatch(facts.designations()::isEmergency));
        return exclusions;
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
        String by = "is left out of "
                + policies.stream().map(name -> "'" + name + "'").collect(joining(", "));
        return kind == Kind.GROUP && !known.isEmpty()
                ? by + "; of the accounts that were read it holds "
                        + known.stream().map(Account::signInName).sorted().collect(joining(", "))
                : by;
    }
}
