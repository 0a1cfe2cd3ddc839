package dev.parc.facts;

/**
 * A management group that PARC's identity sees.
 *
 * @param name the last part of its id
 */
public record AzureManagementGroup(String name, String displayName, String tenantId) {

    /** Whether it is the one above all others, whose name is the tenant's id. */
    public boolean root() {
        return name.equalsIgnoreCase(tenantId);
    }

    /** Its scope, as Azure Resource Manager writes it. */
    public String scope() {
        return "/providers/Microsoft.Management/managementGroups/" + name;
    }
}
