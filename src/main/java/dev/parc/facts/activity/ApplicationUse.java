package dev.parc.facts.activity;

import dev.parc.facts.directory.PrincipalFact;
import java.time.Instant;
import java.util.Optional;

/**
 * When a service principal was last used to get a token, for itself or for somebody who is signed in. That others get tokens
 * for it is no use of what it holds.
 *
 * @param servicePrincipalId its object id
 * @param lastUse empty where the report has no use of it; managed identities and new applications may be missing there
 */
public record ApplicationUse(String servicePrincipalId, Optional<Instant> lastUse) implements PrincipalFact {

    @Override
    public String principalId() {
        return servicePrincipalId;
    }
}
