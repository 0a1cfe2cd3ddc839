package dev.parc.analysis.pim;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.Holding;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.roles.PimPolicy;
import dev.parc.facts.roles.PimSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A role, or a group that leads to one, that somebody can activate.
 *
 * @param id the role's template id, the id of a custom role, or the group's
 * @param group whether it is a group
 * @param privileged whether Microsoft labels the role privileged, or one that the group leads to
 * @param settings what PIM demands; empty if that was not told
 */
public record ActivatableRole(
        String id, String name, boolean group, boolean privileged, Optional<PimSettings> settings) {

    /** The roles, and the groups that lead to one, that somebody can activate, with their PIM settings. */
    public static List<ActivatableRole> of(Facts facts) {
        Administrators all = Administrators.of(facts);
        TreeSet<String> roles = all.all().stream()
                .flatMap(one -> one.holdings().stream())
                .filter(Holding::activatedByRole)
                .map(holding -> all.templateId(holding.roleId()))
                .collect(Collectors.toCollection(TreeSet::new));
        List<ActivatableRole> activated = new ArrayList<>();
        roles.forEach(role -> activated.add(new ActivatableRole(
                role,
                all.roleName(role),
                false,
                all.isPrivileged(role),
                facts.pimPolicies().stream()
                        .filter(policy -> all.templateId(policy.roleId()).equals(role))
                        .findFirst()
                        .map(PimPolicy::settings))));
        ActivatableGroup.of(facts)
                .forEach(group -> activated.add(new ActivatableRole(
                        group.id(),
                        group.name(),
                        true,
                        group.roleIds().stream().anyMatch(all::isPrivileged),
                        group.settings())));
        return activated;
    }

    /** What is missing where the settings were not told, a sentence. */
    public String untold() {
        FactKind kind = group ? FactKind.PIM_GROUP_POLICIES : FactKind.PIM_POLICIES;
        return kind.title() + ": Graph gave none for " + name;
    }
}
