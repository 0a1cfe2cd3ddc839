package dev.parc.facts.directory;

/**
 * One owner of an application, who can give it a credential and act as it; of its service principal or of its
 * registration, which makes no difference to that.
 *
 * @param applicationId the object id of the application's service principal
 */
public record ApplicationOwner(
        String applicationId,
        String applicationName,
        String principalId,
        PrincipalType principalType,
        String principalName) {}
