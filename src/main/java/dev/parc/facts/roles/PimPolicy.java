package dev.parc.facts.roles;

import java.util.Map;

/** The PIM settings of one directory role: its rules by their well-known ids. */
public record PimPolicy(String roleId, Map<String, PimRule> rules) {

    public PimPolicy {
        rules = Map.copyOf(rules);
    }

    /** What the rules say. */
    public PimSettings settings() {
        return new PimSettings(rules);
    }
}
