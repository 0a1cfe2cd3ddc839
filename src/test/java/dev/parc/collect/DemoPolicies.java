package dev.parc.collect;

import static dev.parc.collect.DemoTenant.DOMAIN;
import static dev.parc.collect.FakeTenant.json;
import static dev.parc.facts.roles.DirectoryRole.EXCHANGE_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.facts.roles.DirectoryRole;
import java.util.List;
import java.util.stream.Stream;

/** What the tenant of the demo demands: Conditional Access, PIM, what applications and labels there are. */
final class DemoPolicies {

    private final FakeTenant tenant;

    DemoPolicies(FakeTenant tenant) {
        this.tenant = tenant;
    }

    void conditionalAccess(String breakGlass) {
        ObjectNode office = json("""
            {'@odata.type':'#microsoft.graph.ipNamedLocation', isTrusted:true, ipRanges:[
             {'@odata.type':'#microsoft.graph.iPv4CidrRange', cidrAddress:'203.0.113.0/24'}]}\
            """);
        String officeId = FakeTenant.id("Head office");
        tenant.add(
                "/identity/conditionalAccess/namedLocations",
                office.put("id", officeId).put("displayName", "Head office"));

        tenant.policy("CA001 Require MFA for all users", "All", breakGlass, "mfa")
                .withObject("/conditions")
                .set("locations", json("{includeLocations:['All'], excludeLocations:['AllTrusted']}"));

        tenant.policy("CA002 Block legacy authentication", "All", breakGlass, "block")
                .withObject("/conditions")
                .setAll(json("{clientAppTypes:['exchangeActiveSync','other']}"));

        ObjectNode resistant = tenant.policy("CA003 Phishing-resistant MFA for administrators", "None", breakGlass, "");
        resistant.put("state", "enabledForReportingButNotEnforced");
        resistant.withObject("/conditions/users").setAll(json("{includeUsers:[]}"));
        ArrayNode roles = resistant.withObject("/conditions/users").withArray("includeRoles");
        Stream.of(DirectoryRole.values()).map(DirectoryRole::templateId).forEach(roles::add);
        resistant.withObject("/grantControls").setAll(json("{builtInControls:[]}"));
        resistant
                .withObject("/grantControls")
                .set(
                        "authenticationStrength",
                        tenant.collection("/policies/authenticationStrengthPolicies")
                                .get(1));

        tenant.policy("CA004 Require MFA for risky sign-ins", "All", breakGlass, "mfa")
                .withObject("/conditions")
                .setAll(json("{signInRiskLevels:['medium','high']}"));

        tenant.policy("CA005 Block device code flow", "All", breakGlass, "block")
                .withObject("/conditions")
                .set("authenticationFlows", json("{transferMethods:'deviceCodeFlow'}"));

        ObjectNode guests = tenant.policy("CA006 Require MFA for guests", "None", "", "mfa");
        guests.withObject("/conditions/users").setAll(json("""
            {includeUsers:[], includeGuestsOrExternalUsers:{
              guestOrExternalUserTypes:'internalGuest,b2bCollaborationGuest,b2bCollaborationMember,otherExternalUser',
              externalTenants:{membershipKind:'all'}}}\
            """));
    }

    /** One review that was answered in part, one that nobody answers; activations, and one that went around PIM. */
    void governance() {
        String marco = FakeTenant.id("adm.keller");
        ObjectNode global = tenant.review("Global Administrators, quarterly", GLOBAL_ADMINISTRATOR.templateId(), 3);
        String spring = tenant.reviewed(global, "Applied", "2026-07-01T00:00:00Z", "2026-07-15T00:00:00Z");
        tenant.decision(global, spring, "Approve", marco);
        tenant.decision(global, spring, "Approve", marco);
        tenant.decision(global, spring, "NotReviewed", "");
        ObjectNode exchange = tenant.review("Exchange, quarterly", EXCHANGE_ADMINISTRATOR.templateId(), 3);
        tenant.decision(
                exchange,
                tenant.reviewed(exchange, "Completed", "2026-06-20T00:00:00Z", "2026-07-04T00:00:00Z"),
                "NotReviewed",
                "");
        String activation = "Add member to role completed (PIM activation)";
        String role = GLOBAL_ADMINISTRATOR.templateId();
        tenant.pimAudit(activation, "2026-09-01T07:02:44Z", marco, marco, role, "CHG-2291 new domain");
        tenant.pimAudit(activation, "2026-08-19T13:40:10Z", marco, marco, role, "CHG-2240 consent for HR");
        tenant.pimAudit(
                "Add member to role outside of PIM (permanent)",
                "2026-08-28T09:12:00Z",
                marco,
                FakeTenant.id("Priya Nair"),
                EXCHANGE_ADMINISTRATOR.templateId(),
                "");
        tenant.directoryAudit(
                        "User has elevated their access to User Access Administrator for their Azure Resources",
                        "2026-08-27T16:05:31Z",
                        marco,
                        marco,
                        role)
                .putArray("targetResources");
        tenant.add(
                "/beta/roleManagement/exchange/roleAssignments",
                json("{principalId:'/RoleGroups/Help Desk', roleDefinition:{displayName:'Reset Password'}}"));
        tenant.add(
                "/roleManagement/entitlementManagement/roleAssignments",
                json("{roleDefinition:{displayName:'Catalog owner'}}").put("principalId", FakeTenant.id("adm.costa")));
    }

    /** As PIM sets them up, but for who hears of changes: nobody has looked at what activation takes. */
    void pimGroupPolicies(String group) {
        for (String access : List.of("member", "owner")) {
            ObjectNode policy = json("{scopeType:'Group'}").put("scopeId", FakeTenant.id(group));
            policy.put("id", "Group_" + FakeTenant.id(group) + "_" + FakeTenant.id(group + access) + "_" + access);
            policy.put("roleDefinitionId", access);
            ArrayNode rules = policy.putObject("policy")
                    .put("id", "Group_" + FakeTenant.id(group) + "_" + FakeTenant.id(group + access))
                    .putArray("rules");
            rules(rules, false);
            rules.forEach(rule -> {
                if (rule.path("id").asText().equals("Enablement_EndUser_Assignment")) {
                    ((ObjectNode) rule).putArray("enabledRules").add("Justification");
                } else if (rule.path("id").asText().startsWith("Notification_Admin_")) {
                    ((ObjectNode) rule).putArray("notificationRecipients").add("soc@" + DOMAIN);
                }
            });
            tenant.add("/policies/roleManagementPolicyAssignments", policy);
        }
    }

    /**
     * Applications that people sign in to: one is provisioned, one was until its credential expired, one never was; one was
     * left out of the policies for a migration, and one on-premises is published without anybody asking who comes.
     */
    void applications(String breakGlass) {
        String salesforce = tenant.enterpriseApplication("Salesforce");
        tenant.provisioning(salesforce, "Active");
        tenant.provisioning(tenant.enterpriseApplication("ServiceNow"), "Quarantine");
        tenant.provisionable(tenant.enterpriseApplication("Contoso Lab Notebook"), "customappsso");
        tenant.object(tenant.enterpriseApplication("Graph Explorer"))
                .put("appOwnerOrganizationId", "72f988bf-86f1-41af-91ab-2d7cd011db47");
        tenant.published("Batch Records", "aadPreAuthentication");
        tenant.published("Plant Timesheet", "passthru");
        ObjectNode records = tenant.policy("CA007 Batch records from the plant only", "None", breakGlass, "block");
        records.withObject("/conditions/users").setAll(json("{includeUsers:[]}"));
        records.withObject("/conditions/users").withArray("includeGroups").add(tenant.group("sg-plant-operators"));
        records.withObject("/conditions/applications")
                .putArray("includeApplications")
                .add(FakeTenant.appId("Batch Records"));
        ObjectNode locations = records.withObject("/conditions").putObject("locations");
        locations.putArray("includeLocations").add("All");
        locations.putArray("excludeLocations").add(FakeTenant.id("Head office"));
        tenant.collection("/identity/conditionalAccess/policies")
                .get(0)
                .withObject("/conditions/applications")
                .withArray("excludeApplications")
                .add(FakeTenant.appId("Contoso Lab Notebook"));
    }

    /** Labels, an alert, and a scanner that still sends mail with a password. */
    void protection() {
        tenant.subscription("SPE_E5", FakeTenant.LABELS_PLAN, FakeTenant.CLOUD_APPS_PLAN);
        Stream.of("Public", "Internal").forEach(name -> tenant.label(name).put("hasProtection", false));
        Stream.of("Confidential", "Batch data").forEach(tenant::label);
        tenant.authenticationMethods("Fido2", "MicrosoftAuthenticator", "Sms", "TemporaryAccessPass");
        tenant.risky(FakeTenant.id("adm.berg"), "medium", "atRisk");
        tenant.risky(FakeTenant.id("employee-33"), "low", "atRisk");
        tenant.risky(FakeTenant.id("employee-02"), "none", "remediated");
        tenant.cloudAppAlert("Mass download by a single user", "2026-08-19T14:22:10Z");
        String scanner = tenant.user("svc-scanner", "svc-scanner@" + DOMAIN);
        tenant.legacySignIn(scanner, "Authenticated SMTP", "nonInteractiveUser", "2026-08-31T05:00:12Z", 0);
        tenant.legacySignIn(scanner, "Authenticated SMTP", "nonInteractiveUser", "2026-08-30T05:00:09Z", 0);
        tenant.legacySignIn(FakeTenant.id("employee-11"), "IMAP4", "interactiveUser", "2026-08-24T21:40:02Z", 53003);
    }

    /** The rules that PIM gives every role, as an administrator leaves them who has set activation to eight hours. */
    void pimPolicy(String roleId) {
        ObjectNode policy = json("{scopeId:'/', scopeType:'DirectoryRole'}");
        policy.put("id", "DirectoryRole_" + FakeTenant.TENANT_ID + "_" + roleId).put("roleDefinitionId", roleId);
        rules(
                policy.putObject("policy")
                        .put("id", "DirectoryRole_" + FakeTenant.id("policy of " + roleId))
                        .putArray("rules"),
                roleId.equals(GLOBAL_ADMINISTRATOR.templateId()));
        tenant.add("/policies/roleManagementPolicyAssignments", policy);
    }

    static void rules(ArrayNode rules, boolean approval) {
        for (String target : List.of("Admin_Eligibility", "Admin_Assignment", "EndUser_Assignment")) {
            boolean activation = target.startsWith("EndUser");
            rule(rules, "Expiration_" + target, "Expiration")
                    .put("isExpirationRequired", activation)
                    .put("maximumDuration", activation ? "PT8H" : "P365D");
            ArrayNode enabled =
                    rule(rules, "Enablement_" + target, "Enablement").putArray("enabledRules");
            if (activation) {
                enabled.add("Justification").add("MultiFactorAuthentication");
            }
            for (String recipient : List.of("Admin", "Requestor", "Approver")) {
                rule(rules, "Notification_" + recipient + "_" + target, "Notification")
                        .put("notificationType", "Email")
                        .put("notificationLevel", "All")
                        .put("recipientType", recipient)
                        .put("isDefaultRecipientsEnabled", true)
                        .putArray("notificationRecipients");
            }
        }
        rule(rules, "Approval_EndUser_Assignment", "Approval")
                .putObject("setting")
                .put("isApprovalRequired", approval);
        rule(rules, "AuthenticationContext_EndUser_Assignment", "AuthenticationContext")
                .put("isEnabled", false)
                .putNull("claimValue");
    }

    static ObjectNode rule(ArrayNode rules, String id, String type) {
        return rules.addObject()
                .put("@odata.type", "#microsoft.graph.unifiedRoleManagementPolicy" + type + "Rule")
                .put("id", id);
    }
}
