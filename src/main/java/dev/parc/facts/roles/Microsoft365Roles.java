package dev.parc.facts.roles;

import java.util.Set;

/**
 * The built-in directory roles that administer Microsoft 365 and its services, by template id. Sources: <a
 * href="https://learn.microsoft.com/microsoft-365/admin/add-users/about-admin-roles">About admin roles in the Microsoft
 * 365 admin center</a>, <a
 * href="https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference">Microsoft Entra
 * built-in roles</a>.
 */
public final class Microsoft365Roles {

    private static final Set<String> IDS = Set.of(
            "62e90394-69f5-4237-9190-012177145e10", // Global Administrator
            "f2ef992c-3afb-46b9-b7cf-a126ee74c451", // Global Reader
            "d2562ede-74db-457e-a7b6-544e236ebb61", // AI Administrator
            "b0f54661-2d74-4c50-afa3-1ec803f12efe", // Billing Administrator
            "892c5842-a9a6-463a-8041-72aa08ca3cf6", // Cloud App Security Administrator
            "17315797-102d-40b4-93e0-432062caca18", // Compliance Administrator
            "e6d1a23a-da11-4be4-9570-befc86d067a7", // Compliance Data Administrator
            "5c4f9dcd-47dc-4cf7-8c9a-9e4207cbfc91", // Customer LockBox Access Approver
            "44367163-eba1-44c3-98af-f5787879f96a", // Dynamics 365 Administrator
            "963797fb-eb3b-4cde-8ce3-5878b3f32a3f", // Dynamics 365 Business Central Administrator
            "3f1acade-1e04-4fbc-9b69-f0302cd84aef", // Edge Administrator
            "29232cdf-9323-42fd-ade2-1d097af3e4de", // Exchange Administrator
            "49eb8f75-97e9-4e37-9b2b-6c3ebfcffa31", // Exchange Backup Administrator
            "31392ffb-586c-42d1-9346-e59415a2cc4e", // Exchange Recipient Administrator
            "a9ea8996-122f-4c74-9520-8edcd192826c", // Fabric Administrator
            "fdd7a751-b60b-444a-984c-02652fe8fa1c", // Groups Administrator
            "729827e3-9c14-49f7-bb1b-9608f156bbb8", // Helpdesk Administrator
            "eb1f4a8d-243a-41f0-9fbd-c7cdf6c5ef7c", // Insights Administrator
            "3a2c62db-5318-420d-8d74-23affee5d9d5", // Intune Administrator
            "b5a8dcf3-09d5-43a9-a639-8e29ef291470", // Knowledge Administrator
            "4d6ac14f-3453-41d0-bef9-a3e0c569773a", // License Administrator
            "ac16e43d-7b2d-40e0-ac05-243ff356ab5b", // Message Center Privacy Reader
            "790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b", // Message Center Reader
            "1707125e-0aa2-4d4d-8655-a7c786c76a25", // Microsoft 365 Backup Administrator
            "8c8b803f-96e1-4129-9349-20738d9f9652", // Microsoft 365 Migration Administrator
            "d37c8bed-0711-4417-ba38-b4abe66ce4c2", // Network Administrator
            "2b745bdf-0803-4d80-aa65-822c4493daac", // Office Apps Administrator
            "11648597-926c-4cf3-9c36-bcebb0ba8dcc", // Power Platform Administrator
            "966707d0-3269-4727-9be2-8c3a10f19b9d", // Password Administrator
            "4a5d8f65-41da-4de4-8968-e035b65339cf", // Reports Reader
            "0964bb5e-9bdb-4d7b-ac29-58e794862a40", // Search Administrator
            "8835291a-918c-4fd7-a9ce-faa49f0cf7d9", // Search Editor
            "194ae4cb-b126-40b2-bd5b-6091b380977d", // Security Administrator
            "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f", // Security Operator
            "5d6b6bb7-de71-4623-b4af-96380a352509", // Security Reader
            "f023fd81-a637-4b56-95fd-791ac0226033", // Service Support Administrator
            "f28a1f50-f6e7-4571-818b-6a12f2af6b6c", // SharePoint Administrator
            "99009c4a-3b3f-4957-82a9-9d35e12db77e", // SharePoint Advanced Management Administrator
            "9d3e04ba-3ee4-4d1b-a3a7-9aef423a09be", // SharePoint Backup Administrator
            "1a7d78b6-429f-476b-b8eb-35fb715fffd4", // SharePoint Embedded Administrator
            "75941009-915a-4869-abe7-691bff18279e", // Skype for Business Administrator
            "69091246-20e8-4a56-aa4d-066075b2a7a8", // Teams Administrator
            "baf37b3a-610e-45da-9e62-d9d1e5e8914b", // Teams Communications Administrator
            "f70938a0-fc10-4177-9e90-2178f8765737", // Teams Communications Support Engineer
            "fcf91098-03e3-41a9-b5ba-6f0ec8188a12", // Teams Communications Support Specialist
            "3d762c5a-1b6c-493f-843e-55a3b42923d4", // Teams Devices Administrator
            "1076ac91-f3d9-41a7-a339-dcdf5f480acc", // Teams Reader
            "aa38014f-0993-46e9-9b45-30501a20909d", // Teams Telephony Administrator
            "75934031-6c7e-415a-99d7-48dbd49e875e", // Usage Summary Reports Reader
            "fe930be7-5e62-47db-91af-98c3a49a38b1", // User Administrator
            "27460883-1df1-4691-b032-3b79643e5e63", // User Experience Success Manager
            "e300d9e7-4a2b-4295-9eff-f1c78b36cc98", // Virtual Visits Administrator
            "0ec3f692-38d6-4d14-9e69-0377ca7797ad", // Viva Glint Tenant Administrator
            "92b086b3-e367-4ef2-b869-1de128fb986e", // Viva Goals Administrator
            "87761b17-1ed2-4af3-9acd-92a150038160", // Viva Pulse Administrator
            "11451d60-acb2-45eb-a7d6-43d0f0125c13", // Windows 365 Administrator
            "810a2642-a034-447f-a5e8-41beaa378541"); // Yammer Administrator

    private Microsoft365Roles() {}

    /** Whether the role of this template id is one of them. */
    public static boolean contains(String templateId) {
        return IDS.contains(templateId);
    }
}
