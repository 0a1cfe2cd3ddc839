package dev.parc.facts.roles;

import java.util.Optional;
import java.util.Set;

/**
 * A directory role, built-in or custom; a built-in one has the same template id in every tenant.
 *
 * @param actions what it allows, as Graph names it, lower case
 * @param labelled whether Microsoft labels it privileged, a custom one by what it allows; empty if that was not told
 */
public record RoleDefinition(
        String id,
        String templateId,
        String displayName,
        boolean builtIn,
        Set<String> actions,
        Optional<Boolean> labelled) {

    public RoleDefinition {
        actions = Set.copyOf(actions);
    }

    /** A role of which it was not told whether it is labelled privileged. */
    public RoleDefinition(String id, String templateId, String displayName, boolean builtIn, Set<String> actions) {
        this(id, templateId, displayName, builtIn, actions, Optional.empty());
    }

    /** A role of whose actions nothing is known. */
    public RoleDefinition(String id, String templateId, String displayName, boolean builtIn) {
        this(id, templateId, displayName, builtIn, Set.of());
    }

    /**
     * Whether it is privileged: as Microsoft labels it, or by the list of built-in roles where that was not told. The four that
     * the roadmap calls highly privileged are, although Microsoft does not label all of them.
     */
    public boolean privileged() {
        return (builtIn && PrivilegedRoles.ofRoadmap(templateId))
                || labelled.orElseGet(() -> builtIn && PrivilegedRoles.contains(templateId));
    }
}
