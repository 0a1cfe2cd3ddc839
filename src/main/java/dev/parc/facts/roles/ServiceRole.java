package dev.parc.facts.roles;

/**
 * Somebody holds a role of a service that keeps its own roles.
 *
 * @param principalId the object id, or what the service names it by
 * @param principalName its name, or the same again
 */
public record ServiceRole(String principalId, String principalName, String roleName) {}
