package dev.parc.facts;

import dev.parc.analysis.administrators.EscalationPaths;
import dev.parc.analysis.conditionalaccess.SecondQuestions;
import dev.parc.facts.activity.ApplicationUse;
import dev.parc.facts.activity.CloudAppAlert;
import dev.parc.facts.activity.DefenderHealthIssue;
import dev.parc.facts.activity.DefenderSensor;
import dev.parc.facts.activity.EmergencySignIn;
import dev.parc.facts.activity.LegacySignIns;
import dev.parc.facts.activity.Microsoft365Activity;
import dev.parc.facts.activity.PerUserMfa;
import dev.parc.facts.activity.PimActivation;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.activity.RiskyUser;
import dev.parc.facts.activity.RoleChange;
import dev.parc.facts.activity.SecureScore;
import dev.parc.facts.activity.SensorCandidate;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.azure.AzureAlertRule;
import dev.parc.facts.azure.AzureAncestors;
import dev.parc.facts.azure.AzureCustomRole;
import dev.parc.facts.azure.AzureDelegation;
import dev.parc.facts.azure.AzureMachine;
import dev.parc.facts.azure.AzureManagementGroup;
import dev.parc.facts.azure.AzureRoleAssignment;
import dev.parc.facts.azure.AzureSecurityContacts;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.azure.AzureSubscriptionPolicy;
import dev.parc.facts.azure.AzureWorkloads;
import dev.parc.facts.azure.DefenderPlan;
import dev.parc.facts.azure.GuestConfiguration;
import dev.parc.facts.azure.LogExports;
import dev.parc.facts.azure.LogStorage;
import dev.parc.facts.azure.LogTable;
import dev.parc.facts.azure.LogWorkspace;
import dev.parc.facts.azure.SentinelOnboarding;
import dev.parc.facts.azure.Watchlist;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.ApplicationOwner;
import dev.parc.facts.directory.DeviceRegistration;
import dev.parc.facts.directory.Domain;
import dev.parc.facts.directory.EnterpriseApplication;
import dev.parc.facts.directory.Federation;
import dev.parc.facts.directory.GraphAppRole;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.directory.GroupOwner;
import dev.parc.facts.directory.GroupWriter;
import dev.parc.facts.directory.LapsBackups;
import dev.parc.facts.directory.MailboxPurpose;
import dev.parc.facts.directory.Organization;
import dev.parc.facts.directory.PasswordHashSync;
import dev.parc.facts.directory.ProvisioningJob;
import dev.parc.facts.directory.ProvisioningSupport;
import dev.parc.facts.directory.PublishedApplication;
import dev.parc.facts.directory.SensitivityLabel;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.policies.AuthenticationMethods;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ExcludedGroup;
import dev.parc.facts.policies.ExcludedMembers;
import dev.parc.facts.policies.ExposedGroup;
import dev.parc.facts.policies.InboundTrust;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.policies.PolicyObject;
import dev.parc.facts.policies.SecurityDefaults;
import dev.parc.facts.roles.AccessReview;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.GroupPimPolicy;
import dev.parc.facts.roles.PimPolicy;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import dev.parc.facts.roles.ServiceRole;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that is read from the tenant: what it is made of, the requests that read it (paths of Graph v1.0, or of Azure Resource Manager), the
 * application permissions and the licence that reading it takes. The catalogue, the permission page and the app-role
 * list are written from these.
 */
public enum FactKind {
    ORGANIZATION("the organisation", Organization.class, List.of("Organization.Read.All"), "/organization"),
    SERVICE_PLANS("licences", ServicePlan.class, List.of("Organization.Read.All"), "/subscribedSkus"),
    DOMAINS("domains", Domain.class, List.of("Domain.Read.All"), "/domains"),
    FEDERATIONS(
            "federation settings",
            Federation.class,
            List.of("Domain-InternalFederation.Read.All"),
            "/domains/{id}/federationConfiguration"),
    /** As beta shows them where it answers, which alone tells the ones that are labelled privileged. */
    ROLE_DEFINITIONS(
            "role definitions",
            RoleDefinition.class,
            List.of("RoleManagement.Read.Directory"),
            "/beta/roleManagement/directory/roleDefinitions",
            "/roleManagement/directory/roleDefinitions"),
    ROLE_ASSIGNMENTS(
            "role assignments",
            RoleAssignment.class,
            List.of("RoleManagement.Read.Directory"),
            "/roleManagement/directory/roleAssignments"),
    PIM_ASSIGNMENTS(
            "active role assignments with their terms",
            RoleAssignment.class,
            List.of("RoleManagement.Read.Directory"),
            Licence.ENTRA_ID_P2_OR_GOVERNANCE,
            "/roleManagement/directory/roleAssignmentScheduleInstances"),
    PIM_ELIGIBILITIES(
            "eligible role assignments",
            RoleAssignment.class,
            List.of("RoleManagement.Read.Directory"),
            Licence.ENTRA_ID_P2_OR_GOVERNANCE,
            "/roleManagement/directory/roleEligibilityScheduleInstances"),
    /** The lists of what is in force do not have them. */
    LATER_ASSIGNMENTS(
            "role assignments that begin later",
            RoleAssignment.Later.class,
            List.of("RoleManagement.Read.Directory"),
            Licence.ENTRA_ID_P2_OR_GOVERNANCE,
            "/roleManagement/directory/roleAssignmentSchedules",
            "/roleManagement/directory/roleEligibilitySchedules"),
    GROUP_MEMBERS(
            "members of groups that lead to a role",
            GroupMember.class,
            List.of("GroupMember.Read.All"),
            "/groups/{id}/members"),
    PIM_GROUP_ASSIGNMENTS(
            "active PIM for Groups assignments",
            GroupGrant.class,
            List.of("PrivilegedAssignmentSchedule.Read.AzureADGroup"),
            Licence.ENTRA_ID_P2_OR_GOVERNANCE,
            "/identityGovernance/privilegedAccess/group/assignmentScheduleInstances"),
    PIM_GROUP_ELIGIBILITIES(
            "eligible PIM for Groups assignments",
            GroupGrant.class,
            List.of("PrivilegedEligibilitySchedule.Read.AzureADGroup"),
            Licence.ENTRA_ID_P2_OR_GOVERNANCE,
            "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances"),
    /** What is nowhere in the directory is looked for once among what was deleted from it. */
    ACCOUNTS(
            "administrators' accounts",
            Account.class,
            List.of("User.Read.All"),
            "/users/{id}",
            "/directory/deletedItems/{id}"),
    SIGN_INS(
            "administrators' last sign-ins",
            SignIn.class,
            List.of("AuditLog.Read.All", "User.Read.All"),
            Licence.ENTRA_ID_P1,
            "/users/{id}"),
    SERVICE_PRINCIPALS(
            "service principals that hold a role",
            ServicePrincipal.class,
            List.of("Application.Read.All"),
            "/servicePrincipals/{id}"),
    REGISTRATIONS(
            "administrators' MFA registrations",
            Registration.class,
            List.of("AuditLog.Read.All"),
            Licence.ENTRA_ID_P1,
            "/reports/authenticationMethods/userRegistrationDetails",
            "/reports/authenticationMethods/userRegistrationDetails/{id}",
            "/users/{id}/authentication/methods"),
    PIM_POLICIES(
            "PIM role settings",
            PimPolicy.class,
            List.of("RoleManagement.Read.Directory"),
            Licence.ENTRA_ID_P2_OR_GOVERNANCE,
            "/policies/roleManagementPolicyAssignments"),
    PIM_GROUP_POLICIES(
            "PIM settings of groups that lead to a role",
            GroupPimPolicy.class,
            List.of("RoleManagementPolicy.Read.AzureADGroup"),
            Licence.ENTRA_ID_P2_OR_GOVERNANCE,
            "/policies/roleManagementPolicyAssignments"),
    ACCESS_REVIEWS(
            "access reviews",
            AccessReview.class,
            List.of("AccessReview.Read.All"),
            Licence.ENTRA_ID_P2_OR_GOVERNANCE,
            "/identityGovernance/accessReviews/definitions",
            "/identityGovernance/accessReviews/definitions/{id}/instances",
            "/identityGovernance/accessReviews/definitions/{id}/instances/{id}/decisions"),
    /** The newest entries only: the log grows with the work that administrators do. */
    ROLE_CHANGES(
            "role changes in the audit log",
            RoleChange.class,
            List.of("AuditLog.Read.All"),
            "/auditLogs/directoryAudits"),
    /** The newest entries only. */
    PIM_ACTIVATIONS(
            "PIM activations in the audit log",
            PimActivation.class,
            List.of("AuditLog.Read.All"),
            Licence.ENTRA_ID_P2_OR_GOVERNANCE,
            "/auditLogs/directoryAudits"),
    EXCHANGE_ROLES(
            "roles in Exchange Online",
            ServiceRole.class,
            List.of("RoleManagement.Read.Exchange"),
            Licence.EXCHANGE_ONLINE,
            "/beta/roleManagement/exchange/roleAssignments"),
    INTUNE_ROLES(
            "roles in Intune",
            ServiceRole.class,
            List.of("DeviceManagementRBAC.Read.All"),
            Licence.INTUNE,
            "/deviceManagement/roleAssignments"),
    DEFENDER_ROLES(
            "roles in Defender XDR",
            ServiceRole.class,
            List.of("RoleManagement.Read.Defender"),
            Licence.DEFENDER_XDR,
            "/beta/roleManagement/defender/roleAssignments"),
    ENTITLEMENT_ROLES(
            "roles in Entitlement Management",
            ServiceRole.class,
            List.of("EntitlementManagement.Read.All"),
            Licence.ENTRA_ID_P2_OR_GOVERNANCE,
            "/roleManagement/entitlementManagement/roleAssignments"),
    /** As beta shows them where it answers: v1.0 leaves out policies with settings in preview, or those settings. */
    CONDITIONAL_ACCESS_POLICIES(
            "Conditional Access policies",
            ConditionalAccessPolicy.class,
            List.of("Policy.Read.All"),
            "/identity/conditionalAccess/policies",
            "/beta/identity/conditionalAccess/policies"),
    NAMED_LOCATIONS(
            "named locations",
            NamedLocation.class,
            List.of("Policy.Read.All"),
            "/identity/conditionalAccess/namedLocations"),
    AUTHENTICATION_STRENGTHS(
            "authentication strengths",
            AuthenticationStrength.class,
            List.of("Policy.Read.All"),
            "/policies/authenticationStrengthPolicies"),
    /** Asked only where an external account holds a role. */
    INBOUND_TRUST(
            "what is accepted from other tenants",
            InboundTrust.class,
            List.of("Policy.Read.All"),
            "/policies/crossTenantAccessPolicy/default",
            "/policies/crossTenantAccessPolicy/partners"),
    SECURITY_DEFAULTS(
            "security defaults",
            SecurityDefaults.class,
            List.of("Policy.Read.All"),
            "/policies/identitySecurityDefaultsEnforcementPolicy"),
    GROUP_MEMBERSHIPS(
            "administrators' membership of groups that Conditional Access names",
            GroupMembership.class,
            List.of("User.Read.All", "GroupMember.Read.All"),
            "/users/{id}/checkMemberGroups",
            "/groups/{id}/checkMemberGroups",
            "/groups/{id}"),
    EXCLUDED_GROUPS(
            "groups that enabled Conditional Access policies exclude",
            ExcludedGroup.class,
            List.of("GroupMember.Read.All"),
            "/groups/{id}",
            "/groups/{id}/owners"),
    /** How many there are, and the first hundred of each group: it does not grow with users. */
    EXCLUDED_MEMBERS(
            "members of groups that enabled Conditional Access policies exclude",
            ExcludedMembers.class,
            List.of("GroupMember.Read.All"),
            "/groups/{id}/transitiveMembers"),
    EXCLUDED_ELIGIBILITIES(
            "PIM for Groups eligibilities of groups that enabled Conditional Access policies exclude",
            GroupGrant.class,
            List.of("PrivilegedEligibilitySchedule.Read.AzureADGroup"),
            Licence.ENTRA_ID_P2_OR_GOVERNANCE,
            "/groups/{id}/transitiveMembers/graph.group",
            "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances"),
    /** One question for all of them, and one for each that is not there. */
    POLICY_OBJECTS(
            "users, groups and applications that enabled Conditional Access policies name",
            PolicyObject.class,
            List.of("User.Read.All", "GroupMember.Read.All", "Application.Read.All"),
            "/directoryObjects/getByIds",
            "/servicePrincipals",
            "/directory/deletedItems/{id}"),
    /** Asked only where one is designated. */
    EXPOSED_GROUP(
            "the group of highly exposed users", ExposedGroup.class, List.of("GroupMember.Read.All"), "/groups/{id}"),
    GROUP_OWNERS(
            "owners of groups that lead to a role",
            GroupOwner.class,
            List.of("GroupMember.Read.All"),
            "/groups/{id}/owners"),
    /** One list for the whole tenant; it grows with the applications that use Microsoft Graph, not with users. */
    GRAPH_APP_ROLES(
            "applications with a permission that leads to Global Administrator",
            GraphAppRole.class,
            List.of("Application.Read.All"),
            "/servicePrincipals",
            "/servicePrincipals/{id}/appRoleAssignedTo"),
    /** Told by the same list, which is read once for both. */
    GROUP_WRITERS(
            "applications that can change the members of groups",
            GroupWriter.class,
            List.of("Application.Read.All"),
            "/servicePrincipals",
            "/servicePrincipals/{id}/appRoleAssignedTo"),
    APPLICATION_OWNERS(
            "owners of applications that lead to a role",
            ApplicationOwner.class,
            List.of("Application.Read.All"),
            "/servicePrincipals/{id}",
            "/servicePrincipals/{id}/owners",
            "/applications",
            "/applications/{id}/owners"),
    AZURE_MANAGEMENT_GROUPS(
            "Azure management groups",
            AzureManagementGroup.class,
            List.of(),
            "/providers/Microsoft.Management/managementGroups"),
    AZURE_SUBSCRIPTIONS(
            "Azure subscriptions",
            AzureSubscription.class,
            List.of(),
            "/subscriptions",
            "/providers/Microsoft.Management/managementGroups/{id}/descendants"),
    AZURE_ROLE_ASSIGNMENTS(
            "Azure role assignments",
            AzureRoleAssignment.class,
            List.of(),
            "/providers/Microsoft.ResourceGraph/resources",
            "/providers/Microsoft.Management/managementGroups/{id}/providers/Microsoft.Authorization/roleAssignments"),
    AZURE_ANCESTORS(
            "management groups above Azure subscriptions",
            AzureAncestors.class,
            List.of(),
            "/providers/Microsoft.ResourceGraph/resources"),
    AZURE_DELEGATIONS(
            "delegations by Azure Lighthouse",
            AzureDelegation.class,
            List.of(),
            "/providers/Microsoft.ResourceGraph/resources"),
    /** One list for the whole tenant. */
    AZURE_CUSTOM_ROLES(
            "custom roles in Azure",
            AzureCustomRole.class,
            List.of(),
            "/providers/Microsoft.Authorization/roleDefinitions"),
    /**
     * What {@link #AZURE_ROLE_ASSIGNMENTS} leave out: groups and applications with a custom role or Contributor, and
     * conditions. Joined with them where a check asks for it too.
     */
    AZURE_FURTHER_ASSIGNMENTS(
            "Azure role assignments with conditions and of groups with custom roles",
            AzureRoleAssignment.class,
            List.of(),
            "/providers/Microsoft.ResourceGraph/resources"),
    AZURE_ELIGIBILITIES(
            "eligible Azure role assignments",
            AzureRoleAssignment.class,
            List.of(),
            Licence.ENTRA_ID_P2_OR_GOVERNANCE,
            "/providers/Microsoft.Management/managementGroups/{id}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances",
            "/subscriptions/{id}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances"),
    ENTERPRISE_APPLICATIONS(
            "enterprise applications",
            EnterpriseApplication.class,
            List.of("Application.Read.All"),
            "/servicePrincipals"),
    PUBLISHED_APPLICATIONS(
            "applications that Application Proxy publishes",
            PublishedApplication.class,
            List.of("Application.Read.All"),
            "/beta/applications"),
    /** One request an application: it grows with applications, not with users. */
    PROVISIONING_JOBS(
            "provisioning jobs",
            ProvisioningJob.class,
            List.of("Synchronization.Read.All"),
            "/servicePrincipals/{id}/synchronization/jobs"),
    /** The latest only: the log grows with users. */
    LEGACY_SIGN_INS(
            "sign-ins by legacy authentication",
            LegacySignIns.class,
            List.of("AuditLog.Read.All"),
            Licence.ENTRA_ID_P1,
            "/auditLogs/signIns",
            "/beta/auditLogs/signIns"),
    /** The first page only: the list grows with users. */
    RISKY_USERS(
            "users at risk",
            RiskyUser.class,
            List.of("IdentityRiskyUser.Read.All"),
            Licence.ENTRA_ID_P2,
            "/identityProtection/riskyUsers"),
    AUTHENTICATION_METHODS_POLICY(
            "the authentication methods policy",
            AuthenticationMethods.class,
            List.of("Policy.Read.All"),
            "/policies/authenticationMethodsPolicy"),
    /** Apart from those that Conditional Access names, so that no one of the two is lost with the other. */
    METHOD_GROUP_MEMBERSHIPS(
            "administrators' membership of groups that the authentication methods policy names",
            GroupMembership.class,
            List.of("User.Read.All", "GroupMember.Read.All"),
            "/users/{id}/checkMemberGroups",
            "/groups/{id}"),
    SENSITIVITY_LABELS(
            "sensitivity labels",
            SensitivityLabel.class,
            List.of("SensitivityLabel.Read"),
            Licence.INFORMATION_PROTECTION,
            "/security/dataSecurityAndGovernance/sensitivityLabels"),
    CLOUD_APP_ALERTS(
            "alerts of Defender for Cloud Apps",
            CloudAppAlert.class,
            List.of("SecurityAlert.Read.All"),
            Licence.DEFENDER_FOR_CLOUD_APPS,
            "/security/alerts_v2"),
    /** Joined with {@link #AZURE_ROLE_ASSIGNMENTS}, which do not tell for how long, where a check asks for it too. */
    AZURE_PIM_ASSIGNMENTS(
            "active Azure role assignments with their terms",
            AzureRoleAssignment.class,
            List.of(),
            Licence.ENTRA_ID_P2_OR_GOVERNANCE,
            "/providers/Microsoft.Management/managementGroups/{id}/providers/Microsoft.Authorization/roleAssignmentScheduleInstances",
            "/subscriptions/{id}/providers/Microsoft.Authorization/roleAssignmentScheduleInstances"),
    AZURE_SUBSCRIPTION_POLICY(
            "the policy on subscriptions that leave the tenant",
            AzureSubscriptionPolicy.class,
            List.of(),
            "/providers/Microsoft.Subscription/policies/default"),
    AZURE_SECURITY_CONTACTS(
            "Defender for Cloud contacts",
            AzureSecurityContacts.class,
            List.of(),
            "/subscriptions/{id}/providers/Microsoft.Security/securityContacts"),
    AZURE_DIAGNOSTIC_SETTINGS(
            "diagnostic settings of Azure subscriptions",
            LogExports.class,
            List.of(),
            "/subscriptions/{id}/providers/Microsoft.Insights/diagnosticSettings"),
    ENTRA_DIAGNOSTIC_SETTINGS(
            "diagnostic settings of Microsoft Entra ID",
            LogExports.class,
            List.of(),
            "/providers/Microsoft.aadiam/diagnosticSettings"),
    /** Read with one question for all of them, like the two after it. */
    AZURE_ALERT_RULES(
            "Azure alert rules", AzureAlertRule.class, List.of(), "/providers/Microsoft.ResourceGraph/resources"),
    AZURE_WORKSPACES(
            "Log Analytics workspaces", LogWorkspace.class, List.of(), "/providers/Microsoft.ResourceGraph/resources"),
    /** Of workspaces that receive logs, like the two after it; one call each, the tables one for each that is written to. */
    AZURE_SENTINEL(
            "workspaces onboarded to Microsoft Sentinel",
            SentinelOnboarding.class,
            List.of(),
            "/subscriptions/{id}/resourceGroups/{id}/providers/microsoft.operationalinsights/workspaces/{id}/providers/Microsoft.SecurityInsights/onboardingStates/default"),
    /** Of workspaces that receive logs and on which Sentinel works; one call each. */
    AZURE_SENTINEL_RULES(
            "analytics rules of Microsoft Sentinel",
            AzureAlertRule.class,
            List.of(),
            "/subscriptions/{id}/resourceGroups/{id}/providers/microsoft.operationalinsights/workspaces/{id}/providers/Microsoft.SecurityInsights/alertRules"),
    AZURE_LOG_TABLES(
            "retention of tables in Log Analytics workspaces",
            LogTable.class,
            List.of(),
            "/subscriptions/{id}/resourceGroups/{id}/providers/microsoft.operationalinsights/workspaces/{id}/tables/AuditLogs",
            "/subscriptions/{id}/resourceGroups/{id}/providers/microsoft.operationalinsights/workspaces/{id}/tables/SigninLogs",
            "/subscriptions/{id}/resourceGroups/{id}/providers/microsoft.operationalinsights/workspaces/{id}/tables/AzureActivity"),
    AZURE_LOG_STORAGE(
            "lifecycle rules of storage accounts that receive logs",
            LogStorage.class,
            List.of(),
            "/subscriptions/{id}/resourceGroups/{id}/providers/Microsoft.Storage/storageAccounts/{id}/managementPolicies/default"),
    AZURE_MACHINES(
            "Azure virtual machines", AzureMachine.class, List.of(), "/providers/Microsoft.ResourceGraph/resources"),
    AZURE_GUEST_CONFIGURATIONS(
            "what Azure Policy found inside virtual machines",
            GuestConfiguration.class,
            List.of(),
            "/providers/Microsoft.ResourceGraph/resources"),
    AZURE_DEFENDER_PLANS(
            "Defender for Cloud plans", DefenderPlan.class, List.of(), "/providers/Microsoft.ResourceGraph/resources"),
    /** One row a subscription. */
    AZURE_HOSTED(
            "what Azure subscriptions host",
            AzureWorkloads.class,
            List.of(),
            "/providers/Microsoft.ResourceGraph/resources"),
    EMERGENCY_SIGN_INS(
            "sign-ins of designated emergency accounts",
            EmergencySignIn.class,
            List.of("AuditLog.Read.All"),
            Licence.ENTRA_ID_P1,
            "/auditLogs/signIns"),
    PASSWORD_HASH_SYNC(
            "password hash synchronisation",
            PasswordHashSync.class,
            List.of("Organization.Read.All"),
            "/beta/organization",
            "/directory/onPremisesSynchronization"),
    DEVICE_REGISTRATION(
            "the device registration policy",
            DeviceRegistration.class,
            List.of("Policy.Read.DeviceConfiguration"),
            "/policies/deviceRegistrationPolicy"),
    /** One page of a list that grows with devices. */
    LAPS_BACKUPS(
            "backups of local administrator passwords",
            LapsBackups.class,
            List.of("DeviceLocalCredential.ReadBasic.All"),
            "/directory/deviceLocalCredentials"),
    DEFENDER_SENSORS(
            "Defender for Identity sensors",
            DefenderSensor.class,
            List.of("SecurityIdentitiesSensors.Read.All"),
            "/security/identities/sensors"),
    DEFENDER_SENSOR_CANDIDATES(
            "servers without a Defender for Identity sensor",
            SensorCandidate.class,
            List.of("SecurityIdentitiesSensors.Read.All"),
            "/security/identities/sensorCandidates"),
    DEFENDER_HEALTH_ISSUES(
            "Defender for Identity health issues",
            DefenderHealthIssue.class,
            List.of("SecurityIdentitiesHealth.Read.All"),
            "/security/identities/healthIssues"),
    /** The last 31 days, one score a day. */
    SECURE_SCORES("Secure Score", SecureScore.class, List.of("SecurityEvents.Read.All"), "/security/secureScores"),
    MICROSOFT_365_ACTIVITY(
            "administrators' activity in Microsoft 365",
            Microsoft365Activity.class,
            List.of("Reports.Read.All"),
            Licence.MICROSOFT_365,
            "/admin/reportSettings",
            "/reports/getOffice365ActiveUserDetail(period='D90')"),
    MAILBOX_PURPOSES(
            "purposes of administrators' mailboxes",
            MailboxPurpose.class,
            List.of("MailboxSettings.Read"),
            "/users/{id}/mailboxSettings"),
    /** Read second, of those accounts only: {@link #SECOND}. Asks for what S1-06 names. */
    PER_USER_MFA(
            "per-user MFA of administrators whom policies let in without MFA",
            PerUserMfa.class,
            List.of("Policy.Read.All"),
            "/beta/users/{id}/authentication/requirements"),
    /** Read second, of enabled service principals that hold a role in the directory, {@link SecondQuestions#MOST_APPLICATIONS} at most. */
    APPLICATION_USE(
            "use of service principals that hold a role",
            ApplicationUse.class,
            List.of("AuditLog.Read.All", "Application.Read.All"),
            "/servicePrincipals/{id}",
            "/beta/reports/servicePrincipalSignInActivities"),
    /** Read second, of connected applications without a running job of which it is known that it goes to them. */
    PROVISIONING_SUPPORT(
            "whether users can be provisioned to applications",
            ProvisioningSupport.class,
            List.of("Synchronization.Read.All", "Application.Read.All"),
            "/servicePrincipals/{id}/synchronization/templates",
            "/servicePrincipals/{id}/synchronization/jobs/{id}/schema",
            "/servicePrincipals/{id}/appRoleAssignedTo"),
    /** Read second, of watchlists that a query of an alert rule names, {@link SecondQuestions#MOST_WATCHLISTS} at most. */
    AZURE_WATCHLISTS(
            "watchlists that alert rules name",
            Watchlist.class,
            List.of(),
            "/subscriptions/{id}/resourceGroups/{id}/providers/microsoft.operationalinsights/workspaces/{id}/providers/Microsoft.SecurityInsights/watchlists/{id}/watchlistItems"),
    /** Kept by PARC itself, like everything in {@link #OWN}. */
    ATTESTATIONS("attestations", Attestation.class, List.of()),
    EARLIER_ADMINISTRATORS("administrators at the last run", EarlierAdministrator.class, List.of()),
    ACKNOWLEDGEMENTS("acknowledgements of new administrators", Acknowledgement.class, List.of());

    /** What PARC keeps itself and no request to the tenant reads. */
    public static final Set<FactKind> OWN =
            Set.copyOf(EnumSet.of(ATTESTATIONS, EARLIER_ADMINISTRATORS, ACKNOWLEDGEMENTS));

    /**
     * What is read when everything else has been, of ids that follow from it: {@link SecondQuestions} tells these, and
     * nothing is read of anything else.
     */
    public static final Set<FactKind> SECOND =
            Set.copyOf(EnumSet.of(PER_USER_MFA, APPLICATION_USE, PROVISIONING_SUPPORT, AZURE_WATCHLISTS));

    /** What the first reading brings from the tenant: everything but {@link #OWN} and {@link #SECOND}. */
    public static final Set<FactKind> OF_TENANT = Stream.of(values())
            .filter(kind -> !OWN.contains(kind) && !SECOND.contains(kind))
            .collect(Collectors.toUnmodifiableSet());

    /** What it takes to know who the administrators are. */
    public static final Set<FactKind> ADMINISTRATORS = Set.copyOf(EnumSet.of(
            ROLE_DEFINITIONS,
            ROLE_ASSIGNMENTS,
            PIM_ASSIGNMENTS,
            PIM_ELIGIBILITIES,
            GROUP_MEMBERS,
            PIM_GROUP_ASSIGNMENTS,
            PIM_GROUP_ELIGIBILITIES));

    /** What tells who is in a group that leads to a role. */
    public static final Set<FactKind> MEMBERS =
            Set.copyOf(EnumSet.of(GROUP_MEMBERS, PIM_GROUP_ASSIGNMENTS, PIM_GROUP_ELIGIBILITIES));

    /** What {@link EscalationPaths#of} takes beyond {@link #ADMINISTRATORS}; no verdict on holders needs it. */
    public static final Set<FactKind> WAYS_IN =
            Set.copyOf(EnumSet.of(GROUP_OWNERS, GRAPH_APP_ROLES, APPLICATION_OWNERS));

    /**
     * What it takes, beside {@link #ADMINISTRATORS}, to know who holds roles in Azure; for how long, {@link
     * #AZURE_PIM_ASSIGNMENTS} tell.
     */
    public static final Set<FactKind> AZURE_ADMINISTRATORS = Set.copyOf(
            EnumSet.of(AZURE_MANAGEMENT_GROUPS, AZURE_SUBSCRIPTIONS, AZURE_ROLE_ASSIGNMENTS, AZURE_ELIGIBILITIES));

    /**
     * What it takes, beside {@link #AZURE_ADMINISTRATORS}, to know who can give roles in Azure: custom roles by their
     * actions, conditions, and groups.
     */
    public static final Set<FactKind> AZURE_POWERS =
            Set.copyOf(EnumSet.of(AZURE_CUSTOM_ROLES, AZURE_FURTHER_ASSIGNMENTS));

    private final String title;
    private final Class<?> element;
    private final List<String> permissions;
    private final Optional<Licence> licence;
    private final List<String> requests;

    FactKind(String title, Class<?> element, List<String> permissions, String... requests) {
        this(title, element, permissions, Optional.empty(), requests);
    }

    FactKind(String title, Class<?> element, List<String> permissions, Licence licence, String... requests) {
        this(title, element, permissions, Optional.of(licence), requests);
    }

    FactKind(String title, Class<?> element, List<String> permissions, Optional<Licence> licence, String... requests) {
        this.title = title;
        this.element = element;
        this.permissions = permissions;
        this.licence = licence;
        this.requests = List.of(requests);
    }

    /** What it is, to stand after "could not read". */
    public String title() {
        return title;
    }

    /** The application permissions of Microsoft Graph that reading it takes, all of them. */
    public List<String> permissions() {
        return permissions;
    }

    /** The kinds that tell what there is to ask for this one: where one of them is unread, so is this. */
    public Set<FactKind> restsOn() {
        return switch (this) {
            case FEDERATIONS -> Set.of(DOMAINS);
            case ACCOUNTS, SERVICE_PRINCIPALS, GROUP_OWNERS -> Set.of(ROLE_ASSIGNMENTS);
            case APPLICATION_OWNERS -> Set.of(ROLE_ASSIGNMENTS, GRAPH_APP_ROLES);
            case PIM_GROUP_POLICIES -> Set.of(PIM_GROUP_ELIGIBILITIES);
            case SIGN_INS, EMERGENCY_SIGN_INS, REGISTRATIONS, MICROSOFT_365_ACTIVITY, MAILBOX_PURPOSES, INBOUND_TRUST ->
                Set.of(ACCOUNTS);
            case GROUP_MEMBERSHIPS -> Set.of(ACCOUNTS, CONDITIONAL_ACCESS_POLICIES, EXCLUDED_ELIGIBILITIES);
            case METHOD_GROUP_MEMBERSHIPS -> Set.of(ACCOUNTS, AUTHENTICATION_METHODS_POLICY);
            case EXCLUDED_GROUPS, EXCLUDED_MEMBERS, EXCLUDED_ELIGIBILITIES, POLICY_OBJECTS ->
                Set.of(CONDITIONAL_ACCESS_POLICIES);
            case PROVISIONING_JOBS -> Set.of(ENTERPRISE_APPLICATIONS);
            case APPLICATION_USE -> Set.of(SERVICE_PRINCIPALS);
            case PROVISIONING_SUPPORT -> Set.of(ENTERPRISE_APPLICATIONS, PROVISIONING_JOBS);
            default -> Set.of();
        };
    }

    /** Whether reading it takes the permission, be it only to know what there is to ask. */
    public boolean takes(String permission) {
        return permissions.contains(permission) || restsOn().stream().anyMatch(kind -> kind.takes(permission));
    }

    /** The role in Azure that reading it takes, and where; empty for what Microsoft Graph tells. */
    public Optional<String> azureRole() {
        if (this == ENTRA_DIAGNOSTIC_SETTINGS) {
            return Optional.of("Reader at /providers/Microsoft.aadiam");
        }
        return name().startsWith("AZURE_")
                ? Optional.of("Reader on the tenant root management group")
                : Optional.empty();
    }

    /** A further permission that makes reading it possible, or surer, where the first one falls short. */
    public Optional<String> optionalPermission() {
        return switch (this) {
            case REGISTRATIONS -> Optional.of("UserAuthenticationMethod.Read.All");
            case PASSWORD_HASH_SYNC -> Optional.of("OnPremDirectorySynchronization.Read.All");
            case MICROSOFT_365_ACTIVITY -> Optional.of("ReportSettings.Read.All");
            default -> Optional.empty();
        };
    }

    /** The licence without which Graph has nothing to tell. */
    public Optional<Licence> licence() {
        return licence;
    }

    /**
     * The paths that are asked, with {@code {id}} where one request an object is made; one of Graph's beta version
     * begins with {@code /beta}.
     */
    public List<String> requests() {
        return requests;
    }

    /** The type of its values. */
    Class<?> element() {
        return element;
    }
}
