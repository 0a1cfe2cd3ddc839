package dev.parc.facts;

/**
 * Somebody who held a role when PARC last looked: its own history.
 *
 * @param principalId the object id of who held it
 * @param name the name at that time
 * @param roleId the role's template id, or the id of a custom role
 * @param scope where it was held, {@code /} for the whole directory
 */
public record EarlierAdministrator(String principalId, String name, String roleId, String scope) {}
