package dev.parc.analysis.pim;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.GroupPimPolicy;
import dev.parc.facts.roles.PimSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A group that leads to directory roles and that somebody activates membership, or ownership, of: its PIM settings then
 * stand where those of the role do not.
 *
 * @param roleIds the template ids of the roles that it leads to
 * @param eligible the ids of those who can activate it
 * @param settings what PIM demands; empty if that was not told
 */
public record ActivatableGroup(
        String id,
        String name,
        GroupGrant.Access access,
        Set<String> roleIds,
        Set<String> eligible,
        Optional<PimSettings> settings) {

    public ActivatableGroup {
        roleIds = Set.copyOf(roleIds);
        eligible = Set.copyOf(eligible);
    }

    /** Whether it leads to one of the roles. */
    public boolean leadsTo(Set<DirectoryRole> roles) {
        return roles.stream().anyMatch(role -> roleIds.contains(role.templateId()));
    }

    /** Whom its settings are for, to stand before what they say. */
    public String of() {
        return access == GroupGrant.Access.OWNER ? "for its owners" : "for its members";
    }

    /** What is missing where the settings were not told, a sentence. */
    public Optional<String> untold() {
        return settings.isPresent()
                ? Optional.empty()
                : Optional.of(
                        "%s: Graph gave none of %s %s".formatted(FactKind.PIM_GROUP_POLICIES.title(), name, of()));
    }

    private record Key(String groupId, GroupGrant.Access access) {}

    /** The groups that lead to directory roles and that somebody can activate, with their PIM settings. */
    public static List<ActivatableGroup> of(Facts facts) {
        Map<Key, Set<String>> eligible = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (GroupGrant grant : facts.<GroupGrant>list(FactKind.PIM_GROUP_ELIGIBILITIES)) {
            Key key = new Key(grant.groupId().toLowerCase(Locale.ROOT), grant.access());
            eligible.computeIfAbsent(key, it -> new LinkedHashSet<>()).add(grant.principalId());
            names.putIfAbsent(key.groupId(), grant.groupName());
        }
        Map<Key, PimSettings> settings = new LinkedHashMap<>();
        facts.<GroupPimPolicy>list(FactKind.PIM_GROUP_POLICIES)
                .forEach(policy -> settings.put(
                        new Key(policy.groupId().toLowerCase(Locale.ROOT), policy.access()), policy.settings()));
        List<ActivatableGroup> groups = new ArrayList<>();
        eligible.forEach((key, people) -> {
            Set<String> roles = rolesBehind(Administrators.of(facts), key.groupId());
            if (!roles.isEmpty()) {
                groups.add(new ActivatableGroup(
                        key.groupId(),
                        names.getOrDefault(key.groupId(), key.groupId()),
                        key.access(),
                        roles,
                        people,
                        Optional.ofNullable(settings.get(key))));
            }
        });
        return groups;
    }

    private static Set<String> rolesBehind(Administrators administrators, String groupId) {
        Set<String> roles = new TreeSet<>();
        administrators.includingWaysIn().stream()
                .flatMap(one -> one.holdings().stream())
                .filter(holding ->
                        holding.path().stream().anyMatch(hop -> hop.groupId().equalsIgnoreCase(groupId)))
                .forEach(holding -> roles.add(administrators.templateId(holding.roleId())));
        return roles;
    }
}
