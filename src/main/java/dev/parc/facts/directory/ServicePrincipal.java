package dev.parc.facts.directory;

/**
 * An application's or managed identity's account in the directory.
 *
 * @param type servicePrincipalType: Application, ManagedIdentity, Legacy ...
 * @param deleted whether an assignment names it and the directory does not have it
 */
public record ServicePrincipal(
        String id, String displayName, String type, boolean enabled, boolean deleted, String ownerTenantId)
        implements PrincipalFact {

    /** A service principal that an assignment names and the directory does not have. */
    public static ServicePrincipal deleted(String id, String name) {
        return new ServicePrincipal(id, name, "", false, true, "");
    }

    @Override
    public String principalId() {
        return id;
    }
}
