package dev.parc.facts;

/** A directory role, built-in or custom; a built-in one has the same template id in every tenant. */
public record RoleDefinition(String id, String templateId, String displayName, boolean builtIn) {}
