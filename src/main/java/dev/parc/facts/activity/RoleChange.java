package dev.parc.facts.activity;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody got a directory role, became eligible for one, or took access to Azure: one entry of the audit log.
 *
 * @param principalId who got it
 * @param roleId the role's template id; empty where the entry does not tell, and for access to Azure
 * @param by who did it
 */
public record RoleChange(
        Instant at,
        Kind kind,
        String principalId,
        String principalName,
        Optional<String> roleId,
        String roleName,
        String by) {

    /** What happened. */
    public enum Kind {
        ASSIGNED("was assigned"),
        ASSIGNED_OUTSIDE_PIM("was assigned, outside PIM,"),
        MADE_ELIGIBLE("was made eligible for"),
        /** A Global Administrator made itself User Access Administrator of all of Azure. */
        ELEVATED("elevated its access to");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** In words, to stand before the role. */
        public String words() {
            return words;
        }
    }

    /** For how many days before the reading changes are read: the shortest time for which any tenant keeps the log. */
    public static final int DAYS = 7;
}
