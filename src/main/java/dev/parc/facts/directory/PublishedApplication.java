package dev.parc.facts.directory;

/**
 * An application on-premises that Application Proxy publishes.
 *
 * @param id the object id of its registration
 * @param appId the id by which Conditional Access names it
 * @param preAuthenticated whether Microsoft Entra ID signs users in before they reach it; without that no policy applies
 */
public record PublishedApplication(String id, String appId, String displayName, boolean preAuthenticated) {}
