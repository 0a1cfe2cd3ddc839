package dev.parc.collect;

import static dev.parc.collect.DemoTenant.DOMAIN;
import static dev.parc.collect.DemoTenant.INITIAL_DOMAIN;
import static dev.parc.collect.DemoTenant.TAKEN_AT;
import static dev.parc.collect.FakeTenant.json;

import dev.parc.facts.azure.AzureRole;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the tenant of the demo has beside the directory: Azure, its own Active Directory, Secure Score. */
final class DemoEstate {

    private final FakeTenant tenant;

    DemoEstate(FakeTenant tenant) {
        this.tenant = tenant;
    }

    /** Two subscriptions below a management group, with an owner by group and access that somebody elevated and left. */
    void azure() {
        FakeArm arm = tenant.arm();
        String platform = arm.managementGroup("mg-platform", "Platform");
        String production = arm.subscription("Production");
        String laboratory = arm.subscription("Laboratory");
        arm.below(production, platform);
        arm.customRole("Landing zone owner", "*", "-Microsoft.Authorization/*/Delete");
        FakeArm.authorizeEligible(
                arm.delegate(
                        production + "/resourceGroups/rg-web", FakeTenant.id("Fabrikam"), "Fabrikam Services", true),
                "Fabrikam operators",
                AzureRole.CONTRIBUTOR,
                "Azure",
                "Fabrikam duty manager");
        arm.assign(FakeTenant.id("adm.keller"), "User", AzureRole.USER_ACCESS_ADMINISTRATOR, "/");
        arm.assign(FakeTenant.id("adm.costa"), "User", AzureRole.OWNER, platform, "Activated", "2026-09-01T16:00:00Z");
        arm.assign(FakeTenant.id("sg-role-sharepoint-administrators"), "Group", AzureRole.OWNER, laboratory);
        arm.assign(FakeTenant.id("func-joiner-leaver"), "ServicePrincipal", AzureRole.RBAC_ADMINISTRATOR, production);
        arm.assign(FakeTenant.id("Priya Nair"), "User", AzureRole.CONTRIBUTOR, production + "/resourceGroups/rg-web");
        arm.eligible(
                FakeTenant.id("adm.vance"),
                "adm.vance@" + INITIAL_DOMAIN,
                AzureRole.OWNER,
                production,
                "2027-06-30T00:00:00Z");
        arm.assign(FakeTenant.id("Hana Sato"), "User", AzureRole.CONTRIBUTOR, laboratory);
        watchedAzure(arm, production, laboratory);
    }

    /** Production is watched by a team with Sentinel; the laboratory was forgotten, and so was the second emergency account. */
    void watchedAzure(FakeArm arm, String production, String laboratory) {
        arm.row(arm.subscription("Old ERP")).put("state", "Disabled");
        tenant.collection("/organization")
                .get(0)
                .withArray("technicalNotificationMails")
                .add("it-operations@" + DOMAIN);
        arm.contact(production, "soc@" + DOMAIN + ";it-operations@" + DOMAIN, "Owner");
        arm.contact(laboratory, "", "Owner");
        String workspace = arm.workspace(production, "log-soc", 180, true);
        arm.table(workspace, "AuditLogs", 730);
        arm.table(workspace, "SigninLogs", 730);
        arm.table(workspace, "AzureActivity", 400);
        arm.export(production, "to-soc", "workspaceId", workspace, "Administrative", "Security", "Alert", "Policy");
        arm.exportDirectory(
                "to-soc", "workspaceId", workspace, "AuditLogs", "SignInLogs", "ServicePrincipalSignInLogs");
        arm.activityRule(production, "role assigned", "Microsoft.Authorization/roleAssignments/write");
        arm.activityRule(production, "policy assigned", "Microsoft.Authorization/policyAssignments/write");
        arm.queryRule(
                production,
                "break glass used",
                workspace,
                "SigninLogs | where UserId == '" + FakeTenant.id("bg-one") + "'");
        arm.sentinelRule(
                workspace,
                "Scheduled",
                "Sign-in from an unusual country",
                "SigninLogs | where Location !in ('DE', 'CH') | summarize count() by UserPrincipalName, Location");
        tenant.signIn(FakeTenant.id("bg-two"), "2026-08-19T02:14:55Z", 50126);
        arm.plan(production, "Arm", "Standard");
        arm.plan(production, "VirtualMachines", "Standard");
        arm.plan(production, "KeyVaults", "Standard");
        arm.plan(production, "StorageAccounts", "Free");
        arm.plan(production, "Containers", "Free");
        arm.hosts(
                production,
                List.of(
                        "microsoft.compute/virtualmachines",
                        "microsoft.keyvault/vaults",
                        "microsoft.storage/storageaccounts",
                        "microsoft.containerregistry/registries"));
        arm.hosts(laboratory, List.of("microsoft.compute/virtualmachines"));
        arm.plan(laboratory, "Arm", "Free");
        arm.plan(laboratory, "VirtualMachines", "Free");
        String lims = arm.machine(production, "vm-lims-01", "Windows", "pharmaadmin");
        arm.entraLogin(lims);
        arm.assign(FakeTenant.id("adm.berg"), "User", AzureRole.VIRTUAL_MACHINE_ADMINISTRATOR_LOGIN, lims);
        arm.guestConfiguration(lims, "AdministratorsGroupMembers", "Compliant");
        arm.machine(laboratory, "vm-build-02", "Linux", "azureuser");
    }

    /** Password hashes come in; the switch itself may not be read. One of two sensors is silent. */
    void onPremises() {
        tenant.synchronised(true, "2026-09-01T07:31:40Z");
        tenant.refuse("/directory/onPremisesSynchronization", 403, "Authorization_RequestDenied");
        tenant.deviceRegistration().withObject("/localAdminPassword").put("isEnabled", true);
        IntStream.rangeClosed(1, 60)
                .forEach(i -> tenant.add("/directory/deviceLocalCredentials", json("{}"))
                        .put("id", FakeTenant.id("laptop " + i))
                        .put("lastBackupDateTime", i <= 47 ? "2026-08-21T08:00:00Z" : "2026-03-02T08:00:00Z"));
        sensor("CP-DC01", "healthy", "upToDate");
        sensor("CP-DC02", "notHealthyMedium", "disconnected");
        tenant.add(
                "/security/identities/sensorCandidates",
                json("{computerDnsName:'CP-DC03.corp.contosopharma.com', domainName:'corp.contosopharma.com',"
                                + " senseClientVersion:'10.8760.26100.1742', lastSeenDateTime:'2026-08-31T21:14:05Z'}")
                        .put("id", FakeTenant.id("CP-DC03")));
        tenant.add(
                "/security/identities/healthIssues",
                json("{displayName:'Sensor stopped communicating', severity:'medium', status:'open'}")
                        .put("id", FakeTenant.id("health issue")));
    }

    void sensor(String name, String health, String deployment) {
        tenant.add(
                "/security/identities/sensors",
                json("{sensorType:'domainControllerIntegrated', domainName:'corp.contosopharma.com'}")
                        .put("id", FakeTenant.id("sensor " + name))
                        .put("displayName", name)
                        .put("healthStatus", health)
                        .put("deploymentStatus", deployment));
    }

    /** Secure Score of 35 days. Since 20 August somebody has left trusted locations out of MFA; in between Microsoft added a control. */
    void secureScore() {
        LocalDate last = LocalDate.ofInstant(TAKEN_AT, ZoneOffset.UTC);
        for (LocalDate day = last.minusDays(34); !day.isAfter(last); day = day.plusDays(1)) {
            boolean before = day.isBefore(LocalDate.parse("2026-08-20"));
            Map<String, Double> controls = new HashMap<>(Map.of(
                    "AdminMFAV2", before ? 10.0 : 4.5,
                    "MFARegistrationV2", before ? 8.1 : 7.9,
                    "BlockLegacyAuthentication", 8.0,
                    "PWAgePolicyNew", 8.0,
                    "OneAdmin", 1.0,
                    "IntegratedApps", 0.0,
                    "SelfServicePasswordReset", 1.0));
            if (!day.isBefore(LocalDate.parse("2026-08-10"))) {
                controls.put("SigninRiskPolicy", 7.0);
            }
            tenant.secureScore(day.toString(), controls.containsKey("SigninRiskPolicy") ? 61 : 54, controls);
        }
    }
}
