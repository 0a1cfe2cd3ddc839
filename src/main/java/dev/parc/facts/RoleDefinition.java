package dev.parc.facts;

import java.util.Set;

/**
 * A directory role, built-in or custom; a built-in one has the same template id in every tenant.
 *
 * @param actions what it allows, as Graph names it, lower case
 */
public record RoleDefinition(String id, String templateId, String displayName, boolean builtIn, Set<String> actions) {

    public RoleDefinition {
        actions = Set.copyOf(actions);
    }

    /** A role of whose actions nothing is known. */
    public RoleDefinition(String id, String templateId, String displayName, boolean builtIn) {
        this(id, templateId, displayName, builtIn, Set.of());
    }
}
