package dev.parc.facts.roles;

import java.util.Map;

/** The PIM settings for members, or for owners, of one group: their rules by their well-known ids. */
public record GroupPimPolicy(String groupId, GroupGrant.Access access, Map<String, PimRule> rules) {

    public GroupPimPolicy {
        rules = Map.copyOf(rules);
    }

    /** What the rules say. */
    public PimSettings settings() {
        return new PimSettings(rules);
    }
}
