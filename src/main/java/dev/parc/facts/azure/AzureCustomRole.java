package dev.parc.facts.azure;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A role in Azure that the tenant made itself.
 *
 * @param id the GUID of its definition, lower case
 * @param permissions what one of them permits the others do not take away
 */
public record AzureCustomRole(String id, String name, List<Permission> permissions) {

    /** With any of these somebody can give roles: by an assignment, by PIM, or by rewriting the role that one holds. */
    private static final List<String> GIVE_ROLES = List.of(
            "Microsoft.Authorization/roleAssignments/write",
            "Microsoft.Authorization/roleDefinitions/write",
            "Microsoft.Authorization/roleAssignmentScheduleRequests/write",
            "Microsoft.Authorization/roleEligibilityScheduleRequests/write");

    /** An operation of a service that does not exist: only a role for everything permits it. */
    private static final String ANYTHING = "Parc.Anything/things/write";

    /**
     * What is permitted, and what of that is not.
     *
     * @param actions operations, with {@code *} for any part of one
     */
    public record Permission(List<String> actions, List<String> notActions) {
        public Permission {
            actions = List.copyOf(actions);
            notActions = List.copyOf(notActions);
        }

        boolean permits(String action) {
            return actions.stream().anyMatch(pattern -> matches(pattern, action))
                    && notActions.stream().noneMatch(pattern -> matches(pattern, action));
        }
    }

    public AzureCustomRole {
        permissions = List.copyOf(permissions);
    }

    /** What it makes of whoever holds it. */
    public AzurePower power() {
        if (GIVE_ROLES.stream().anyMatch(this::permits)) {
            return AzurePower.GIVES_ROLES;
        }
        return changesEverything() ? AzurePower.CHANGES_EVERYTHING : AzurePower.OTHER;
    }

    /** Whether it is a role for everything, whatever it says of giving roles. */
    boolean changesEverything() {
        return permits(ANYTHING);
    }

    private boolean permits(String action) {
        return permissions.stream().anyMatch(permission -> permission.permits(action));
    }

    /** Whether an operation is meant by a pattern of Azure, in which {@code *} stands for anything. */
    static boolean matches(String pattern, String action) {
        String expression = Stream.of(pattern.toLowerCase(Locale.ROOT).split("\\*+", -1))
                .map(Pattern::quote)
                .reduce((one, other) -> one + ".*" + other)
                .orElse("");
        return Pattern.matches(expression, action.toLowerCase(Locale.ROOT));
    }
}
