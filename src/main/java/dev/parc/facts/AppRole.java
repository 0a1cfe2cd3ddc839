package dev.parc.facts;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The application permissions of Microsoft Graph that PARC can use; every one of them only reads. Names and ids are those
 * of the <a href="https://learn.microsoft.com/graph/permissions-reference">permissions reference</a>.
 */
public enum AppRole {
    ROLE_MANAGEMENT_READ_DIRECTORY("RoleManagement.Read.Directory", "483bed4a-2ad3-4361-a73b-c83ccdbdc53c", Tier.CORE),
    USER_READ_ALL("User.Read.All", "df021288-bdef-4463-88db-98f22de89214", Tier.CORE),
    GROUP_MEMBER_READ_ALL("GroupMember.Read.All", "98830695-27a2-44f7-8c18-0c3ebc9698f6", Tier.CORE),
    APPLICATION_READ_ALL("Application.Read.All", "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30", Tier.CORE),
    POLICY_READ_ALL("Policy.Read.All", "246dd0d5-5bd0-4def-940b-0421030a5b68", Tier.CORE),
    AUDIT_LOG_READ_ALL("AuditLog.Read.All", "b0afded3-3588-46d8-8b3d-9842eff778da", Tier.CORE),
    ORGANIZATION_READ_ALL("Organization.Read.All", "498476ce-e0fe-48b0-b801-37ba7e2685c6", Tier.CORE),
    DOMAIN_READ_ALL("Domain.Read.All", "dbb9058a-0e50-45d7-ae91-66909b5d4664", Tier.CORE),
    PRIVILEGED_ELIGIBILITY_SCHEDULE_READ_AZURE_AD_GROUP(
            "PrivilegedEligibilitySchedule.Read.AzureADGroup",
            "edb419d6-7edc-42a3-9345-509bfdf5d87c",
            Tier.RECOMMENDED),
    PRIVILEGED_ASSIGNMENT_SCHEDULE_READ_AZURE_AD_GROUP(
            "PrivilegedAssignmentSchedule.Read.AzureADGroup", "cd4161cb-f098-48f8-a884-1eda9a42434c", Tier.RECOMMENDED),
    ROLE_MANAGEMENT_POLICY_READ_AZURE_AD_GROUP(
            "RoleManagementPolicy.Read.AzureADGroup", "69e67828-780e-47fd-b28c-7b27d14864e6", Tier.RECOMMENDED),
    ACCESS_REVIEW_READ_ALL("AccessReview.Read.All", "d07a8cc0-3d51-4b77-b3b0-32704d1f69fa", Tier.RECOMMENDED),
    IDENTITY_RISKY_USER_READ_ALL(
            "IdentityRiskyUser.Read.All", "dc5007c0-2d7d-4c42-879c-2dab87571379", Tier.RECOMMENDED),
    SECURITY_EVENTS_READ_ALL("SecurityEvents.Read.All", "bf394140-e372-4bf9-a898-299cfc7564e5", Tier.RECOMMENDED),
    POLICY_READ_DEVICE_CONFIGURATION(
            "Policy.Read.DeviceConfiguration", "bdba4817-6ba1-4a7c-8a01-be9bc7c242dd", Tier.RECOMMENDED),
    REPORTS_READ_ALL("Reports.Read.All", "230c1aed-a721-4c5d-9cb4-a90514e508ef", Tier.RECOMMENDED),
    REPORT_SETTINGS_READ_ALL("ReportSettings.Read.All", "ee353f83-55ef-4b78-82da-555bfa2b4b95", Tier.RECOMMENDED),
    DOMAIN_INTERNAL_FEDERATION_READ_ALL(
            "Domain-InternalFederation.Read.All", "c0e5a7b0-e8b7-40a7-b8e0-8249e6ea81d5", Tier.RECOMMENDED),
    USER_AUTHENTICATION_METHOD_READ_ALL(
            "UserAuthenticationMethod.Read.All", "38d9df27-64da-44fd-b7c5-a6fbac20248f", Tier.OPTIONAL),
    ON_PREM_DIRECTORY_SYNCHRONIZATION_READ_ALL(
            "OnPremDirectorySynchronization.Read.All", "bb70e231-92dc-4729-aff5-697b3f04be95", Tier.OPTIONAL),
    DEVICE_MANAGEMENT_RBAC_READ_ALL(
            "DeviceManagementRBAC.Read.All", "58ca0d9a-1575-47e1-a3cb-007ef2e4583b", Tier.OPTIONAL),
    ROLE_MANAGEMENT_READ_EXCHANGE(
            "RoleManagement.Read.Exchange", "c769435f-f061-4d0b-8ff1-3d39870e5f85", Tier.OPTIONAL),
    ROLE_MANAGEMENT_READ_DEFENDER(
            "RoleManagement.Read.Defender", "4d6e30d1-e64e-4ae7-bf9d-c706cc928cef", Tier.OPTIONAL),
    ENTITLEMENT_MANAGEMENT_READ_ALL(
            "EntitlementManagement.Read.All", "c74fd47d-ed3c-45c3-9a9e-b8676de685d2", Tier.OPTIONAL),
    SECURITY_IDENTITIES_SENSORS_READ_ALL(
            "SecurityIdentitiesSensors.Read.All", "5f0ffea2-f474-4cf2-9834-61cda2bcea5c", Tier.OPTIONAL),
    SECURITY_IDENTITIES_HEALTH_READ_ALL(
            "SecurityIdentitiesHealth.Read.All", "f8dcd971-5d83-4e1e-aa95-ef44611ad351", Tier.OPTIONAL),
    DEVICE_LOCAL_CREDENTIAL_READ_BASIC_ALL(
            "DeviceLocalCredential.ReadBasic.All", "db51be59-e728-414b-b800-e0f010df1a79", Tier.OPTIONAL),
    SYNCHRONIZATION_READ_ALL("Synchronization.Read.All", "5ba43d2f-fa88-4db2-bd1c-a67c5f0fb1ce", Tier.OPTIONAL),
    SENSITIVITY_LABEL_READ("SensitivityLabel.Read", "3b8e7aad-f6e3-4299-83f8-6fc6a5777f0b", Tier.OPTIONAL),
    SECURITY_ALERT_READ_ALL("SecurityAlert.Read.All", "472e4a4d-bb4a-4026-98d1-0b0d74cb74a5", Tier.OPTIONAL),
    MAILBOX_SETTINGS_READ("MailboxSettings.Read", "40f97065-369a-49f4-947c-6a255697ae91", Tier.OPTIONAL);

    /** How much is lost without it. */
    public enum Tier {
        /** Most items need it. */
        CORE,
        /** An item or two need it. */
        RECOMMENDED,
        /** It sharpens an answer, or is needed by few tenants; grant it on purpose. */
        OPTIONAL
    }

    private final String value;
    private final String id;
    private final Tier tier;

    AppRole(String value, String id, Tier tier) {
        this.value = value;
        this.id = id;
        this.tier = tier;
    }

    /** The permission of this name; empty for one that PARC does not use. */
    public static Optional<AppRole> of(String value) {
        return Stream.of(values()).filter(role -> role.value.equals(value)).findFirst();
    }

    /** The name by which it is granted. */
    public String value() {
        return value;
    }

    /** The id of the app role on the Microsoft Graph service principal, the same in every tenant. */
    public String id() {
        return id;
    }

    public Tier tier() {
        return tier;
    }
}
