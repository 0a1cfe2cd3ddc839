package dev.parc.facts.azure;

import dev.parc.facts.policies.Match;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What assignments of roles in Azure make of those who hold them, custom roles by their actions and conditions counted. */
public final class AzurePowers {

    private final Map<String, AzurePower> custom = new HashMap<>();
    private final Set<String> forEverything = new HashSet<>(Set.of(AzureRole.OWNER.id()));

    /** @param custom the roles that the tenant made itself, as far as they were read */
    public AzurePowers(List<AzureCustomRole> custom) {
        for (AzureCustomRole role : custom) {
            this.custom.put(role.id(), role.power());
            if (role.changesEverything()) {
                forEverything.add(role.id());
            }
        }
    }

    /** What the assignment makes of its holder. */
    public AzurePower of(AzureRoleAssignment assignment) {
        String roleId = assignment.roleId().toLowerCase(Locale.ROOT);
        AzurePower power = Optional.ofNullable(custom.get(roleId))
                .or(() -> AzureRole.of(roleId).map(AzureRole::power))
                .orElse(assignment.custom() ? AzurePower.MAY_GIVE_ROLES : AzurePower.OTHER);
        return power == AzurePower.GIVES_ROLES
                ? assignment
                        .condition()
                        .map(condition -> under(condition, forEverything.contains(roleId)))
                        .orElse(power)
                : power;
    }

    /** What a role that gives roles still makes of its holder under a condition. */
    private AzurePower under(String condition, boolean forEverything) {
        Match gives = any(condition, AzurePower.GIVES_ROLES);
        if (gives == Match.NO) {
            return !forEverything && any(condition, AzurePower.CHANGES_EVERYTHING) == Match.NO
                    ? AzurePower.OTHER
                    : AzurePower.CHANGES_EVERYTHING;
        }
        return gives == Match.YES ? AzurePower.GIVES_ROLES : AzurePower.MAY_GIVE_ROLES;
    }

    private Match any(String condition, AzurePower power) {
        return withPower(power).stream()
                .map(roleId -> AzureCondition.permits(condition, roleId))
                .reduce(Match.NO, Match::or);
    }

    /** The ids of the roles that make this of whoever holds them unconditionally, as far as PARC knows. */
    public Set<String> withPower(AzurePower wanted) {
        return Stream.concat(
                        Stream.of(AzureRole.values())
                                .filter(role -> role.power() == wanted)
                                .map(AzureRole::id),
                        custom.entrySet().stream()
                                .filter(role -> role.getValue() == wanted)
                                .map(Map.Entry::getKey))
                .collect(Collectors.toSet());
    }
}
