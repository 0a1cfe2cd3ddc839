package dev.parc.facts;

import java.time.Instant;

/**
 * Somebody knows of a new administrator.
 *
 * @param principalId the object id of who holds the role
 * @param name its name at that time
 * @param roleId the role's template id, or the id of a custom role
 * @param scope where it is held, {@code /} for the whole directory
 * @param since the start that is acknowledged, as {@link Newcomer#since()} has it: who is given the role again opens anew
 * @param by who acknowledged it
 * @param reason why that is right
 */
public record Acknowledgement(
        String principalId,
        String name,
        String roleId,
        String scope,
        Instant since,
        String by,
        Instant at,
        String reason) {}
