package dev.parc.facts.policies;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An authentication strength.
 *
 * @param allowedCombinations each a comma-separated set of methods, as Graph spells them
 * @param limits by combination what restricts it further; empty if that was not read
 */
public record AuthenticationStrength(
        String id, String displayName, Set<String> allowedCombinations, Optional<Map<String, Limit>> limits) {

    /**
     * What restricts a combination: the models of passkeys (FIDO2) that count, or something that this record has no place
     * for, as issuers of certificates.
     *
     * @param keys the AAGUIDs that are allowed, lower case; empty if it is something else
     */
    public record Limit(Set<String> keys) {
        public Limit {
            keys = Set.copyOf(keys);
        }
    }

    public AuthenticationStrength {
        allowedCombinations = Set.copyOf(allowedCombinations);
        limits = limits.map(Map::copyOf);
    }

    /** A strength that restricts no combination further. */
    public AuthenticationStrength(String id, String displayName, Set<String> allowedCombinations) {
        this(id, displayName, allowedCombinations, Optional.of(Map.of()));
    }
}
