package dev.parc.facts.activity;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody activated a role, or membership of a group: one entry of the audit log.
 *
 * @param roleId the role's template id; empty for a group
 * @param targetName the role or group
 * @param reason what the activation gave as its reason; empty text for none
 */
public record PimActivation(Instant at, String principalId, Optional<String> roleId, String targetName, String reason) {

    /** For how many days before the reading activations are read: the time for which a tenant with PIM keeps the log. */
    public static final int DAYS = 30;
}
