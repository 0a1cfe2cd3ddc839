package dev.parc.facts.azure;

import java.util.Optional;
import java.util.stream.Stream;

/** Built-in roles of Azure, known by the ids that they have in every tenant. */
public enum AzureRole {
    OWNER("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner", AzurePower.GIVES_ROLES),
    USER_ACCESS_ADMINISTRATOR(
            "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator", AzurePower.GIVES_ROLES),
    RBAC_ADMINISTRATOR(
            "f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator", AzurePower.GIVES_ROLES),
    VIRTUAL_MACHINE_ADMINISTRATOR_LOGIN(
            "1c0163c0-47e6-4577-8991-ea5c82e286e4", "Virtual Machine Administrator Login", AzurePower.OTHER),
    CONTRIBUTOR("b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor", AzurePower.CHANGES_EVERYTHING),
    READER("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", AzurePower.READS),
    MONITORING_READER("43d0d8ad-25c7-4714-9337-8ba259a9fe05", "Monitoring Reader", AzurePower.READS),
    LOG_ANALYTICS_READER("73c42c96-874c-492b-b04d-ab87d138a893", "Log Analytics Reader", AzurePower.READS),
    SECURITY_READER("39bc4728-0917-49c7-9d2c-d95423bc2eb4", "Security Reader", AzurePower.READS),
    COST_MANAGEMENT_READER("72fafb9e-0641-4937-9268-a91bfd8191a3", "Cost Management Reader", AzurePower.READS),
    BILLING_READER("fa23ad8b-c56e-40d8-ac0c-ce449e1d2c64", "Billing Reader", AzurePower.READS),
    STORAGE_BLOB_DATA_READER("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "Storage Blob Data Reader", AzurePower.READS);

    private final String id;
    private final String title;
    private final AzurePower power;

    AzureRole(String id, String title, AzurePower power) {
        this.id = id;
        this.title = title;
        this.power = power;
    }

    /** The role with this id; empty for a custom role and for one that PARC does not name. */
    public static Optional<AzureRole> of(String id) {
        return Stream.of(values()).filter(role -> role.id.equalsIgnoreCase(id)).findFirst();
    }

    /** The id of its role definition. */
    public String id() {
        return id;
    }

    /** The role's name in English. */
    public String title() {
        return title;
    }

    /** What it makes of whoever holds it without a condition. */
    public AzurePower power() {
        return power;
    }
}
