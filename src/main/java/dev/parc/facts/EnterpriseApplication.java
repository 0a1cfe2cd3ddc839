package dev.parc.facts;

/**
 * An application that users of the tenant can sign in to, as its service principal tells.
 *
 * @param id the object id of the service principal
 * @param appId the id by which Conditional Access names it
 * @param enabled whether anybody can sign in to it at all
 * @param ofMicrosoft whether Microsoft owns it
 */
public record EnterpriseApplication(String id, String appId, String displayName, boolean enabled, boolean ofMicrosoft) {

    /** Whether it connects the tenant to somebody else's or its own software, and can be used. */
    public boolean connected() {
        return enabled && !ofMicrosoft;
    }
}
