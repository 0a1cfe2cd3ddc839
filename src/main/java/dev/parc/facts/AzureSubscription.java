package dev.parc.facts;

/**
 * A subscription that PARC's identity sees.
 *
 * @param tenantId the tenant it belongs to; another one where it is delegated to this tenant
 */
public record AzureSubscription(String id, String displayName, String tenantId) {

    /** Its scope, as Azure Resource Manager writes it. */
    public String scope() {
        return "/subscriptions/" + id;
    }
}
