package dev.parc.facts.policies;

import java.util.Set;

/**
 * Microsoft's preset of identity protections; it excludes enabled Conditional Access policies. What it demands of whom:
 * every user must register for MFA, without a time of grace since July 2024; the roles below need MFA at every sign-in;
 * everybody else when Microsoft thinks fit, and for Azure Resource Manager always; legacy authentication is blocked for
 * everybody, device code flow for tenants made since July 2026. Accounts with a role of directory synchronisation are
 * left out of all of it. Only what holds at every sign-in proves anything. Source: <a
 * href="https://learn.microsoft.com/entra/fundamentals/security-defaults">Security defaults in Microsoft Entra ID</a>,
 * read in 2026.
 */
public record SecurityDefaults(boolean enabled) {

    /**
     * The roles, by template id, that need MFA at every sign-in; an administrator of any other role is no more protected
     * than everybody. Source: the same, "Require administrators to do multifactor authentication".
     */
    public static final Set<String> ROLES_WITH_MFA = Set.of(
            "62e90394-69f5-4237-9190-012177145e10", // Global Administrator
            "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", // Application Administrator
            "c4e39bd9-1100-46d3-8c65-fb160da0071f", // Authentication Administrator
            "0526716b-113d-4c15-b2c8-68e3c22b9f80", // Authentication Policy Administrator
            "b0f54661-2d74-4c50-afa3-1ec803f12efe", // Billing Administrator
            "158c047a-c907-4556-b7ef-446551a6b5f7", // Cloud Application Administrator
            "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", // Conditional Access Administrator
            "29232cdf-9323-42fd-ade2-1d097af3e4de", // Exchange Administrator
            "729827e3-9c14-49f7-bb1b-9608f156bbb8", // Helpdesk Administrator
            "45d8d3c5-c802-45c6-b32a-1d70b5e1e86e", // Identity Governance Administrator
            "966707d0-3269-4727-9be2-8c3a10f19b9d", // Password Administrator
            "7be44c8a-adaf-4e2a-84d6-ab2649e08a13", // Privileged Authentication Administrator
            "e8611ab8-c189-46e8-94e1-60213ab1f814", // Privileged Role Administrator
            "194ae4cb-b126-40b2-bd5b-6091b380977d", // Security Administrator
            "f28a1f50-f6e7-4571-818b-6a12f2af6b6c", // SharePoint Administrator
            "fe930be7-5e62-47db-91af-98c3a49a38b1"); // User Administrator
}
