package dev.parc.facts.azure;

import java.util.List;
import java.util.Optional;

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

    /** The tenant that the groups are of; empty if there are none. */
    public static Optional<String> tenantOf(List<AzureManagementGroup> groups) {
        return groups.stream().map(AzureManagementGroup::tenantId).findFirst();
    }

    /** Its scope, as Azure Resource Manager writes it. */
    public String scope() {
        return "/providers/Microsoft.Management/managementGroups/" + name;
    }
}
