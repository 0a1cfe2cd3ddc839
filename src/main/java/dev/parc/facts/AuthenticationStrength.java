package dev.parc.facts;

import java.util.Set;

/**
 * An authentication strength.
 *
 * @param allowedCombinations each a comma-separated set of methods, as Graph spells them
 */
public record AuthenticationStrength(String id, String displayName, Set<String> allowedCombinations) {

    public AuthenticationStrength {
        allowedCombinations = Set.copyOf(allowedCombinations);
    }
}
