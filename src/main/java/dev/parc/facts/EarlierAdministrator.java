package dev.parc.facts;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who held a role when PARC last looked: its own history.
 *
 * @param principalId the object id of who held it
 * @param name the name at that time
 * @param roleId the role's template id, or the id of a custom role
 * @param scope where it was held, {@code /} for the whole directory
 * @param since when it got the role, where that was after PARC looked for the first time
 */
public record EarlierAdministrator(
        String principalId, String name, String roleId, String scope, Optional<Instant> since) {

    /** Somebody who held the role all the time. */
    public EarlierAdministrator(String principalId, String name, String roleId, String scope) {
        this(principalId, name, roleId, scope, Optional.empty());
    }

    /** The key by which a person acknowledges it; empty for who held the role all the time. */
    public Optional<String> key() {
        return since.map(start -> Acknowledgement.key(principalId, roleId, scope, start));
    }
}
