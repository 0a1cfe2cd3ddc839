package dev.parc.collect;

import static dev.parc.collect.FakeTenant.json;
import static dev.parc.facts.roles.DirectoryRole.EXCHANGE_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.SHAREPOINT_ADMINISTRATOR;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.conditionalaccess.SecondQuestions;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.http.ExplicitNulls;
import dev.parc.collect.recording.RecordingWire;
import dev.parc.collect.recording.SnapshotHeading;
import dev.parc.collect.tenant.FactsReading;
import dev.parc.facts.AppRole;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.directory.GraphPermission;
import dev.parc.facts.roles.DirectoryRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Contoso Pharma, the tenant of {@code parc demo}: about sixty users, administrators of every kind, and the mistakes
 * that tenants make. It has one planted hole: MFA for all users leaves out trusted locations.
 */
public final class DemoTenant {

    public static final Instant TAKEN_AT = Instant.parse("2026-09-01T08:00:00Z");

    private static final String NAME = "Contoso Pharma";
    private static final String INITIAL_DOMAIN = "contosopharma.onmicrosoft.com";
    private static final String DOMAIN = "contosopharma.com";
    private static final String USER_ADMINISTRATOR = "fe930be7-5e62-47db-91af-98c3a49a38b1";
    private static final String SECURITY_ADMINISTRATOR = "194ae4cb-b126-40b2-bd5b-6091b380977d";
    private static final String HELPDESK_ADMINISTRATOR = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
    /** All that PARC uses but two, which the tenant refuses. */
    private static final Set<String> PERMITTED = Stream.of(AppRole.values())
            .filter(role -> role != AppRole.USER_AUTHENTICATION_METHOD_READ_ALL
                    && role != AppRole.ON_PREM_DIRECTORY_SYNCHRONIZATION_READ_ALL)
            .map(AppRole::value)
            .collect(Collectors.toSet());

    private static final Pattern DATE =
            Pattern.compile("(?<!api-version=)(?<=%20|[^0-9])20\\d\\d-[01]\\d-[0-3]\\d(?=[T\"'Z ,;)]|$)");
    private static final int EMPLOYEES = 48;

    private final FakeTenant tenant = FakeTenant.named(NAME, INITIAL_DOMAIN);

    private DemoTenant() {
        organisation();
        String breakGlass = breakGlass();
        administrators();
        waysIn();
        governance();
        azure();
        onPremises();
        secureScore();
        conditionalAccess(breakGlass);
        applications(breakGlass);
        protection();
        Stream.of(DirectoryRole.values()).forEach(role -> pimPolicy(role.templateId()));
        Stream.of(USER_ADMINISTRATOR, SECURITY_ADMINISTRATOR, HELPDESK_ADMINISTRATOR)
                .forEach(this::pimPolicy);
        Stream.of("sg-role-privileged-role-administrators", "sg-role-sharepoint-administrators")
                .forEach(this::pimGroupPolicies);
        mailAndUse();
        Stream.of("adm.vance", "adm.costa", "adm.weber")
                .map(FakeTenant::id)
                .forEach(tenant::unreported); // the report marks active administrators only
        tenant.refuse("/users/{id}/authentication/methods", 403, "Authorization_RequestDenied");
    }

    public static FakeTenant tenant() {
        return new DemoTenant().tenant;
    }

    /** The break-glass pair and the subscription for production, as an operator would designate them. */
    public static Designations designations() {
        return new Designations(Set.of("bg-one@" + INITIAL_DOMAIN, "bg-two@" + INITIAL_DOMAIN), Map.of())
                .withProductionSubscriptions(Set.of(FakeTenant.id("subscription Production")));
    }

    /** Writes the tenant as a snapshot, the way a live one is recorded. */
    static void write(Path folder) {
        write(folder, TAKEN_AT, planted -> {});
    }

    /**
     * Writes another state of the tenant as a snapshot.
     *
     * @param planted what is different
     */
    public static void write(Path folder, Instant takenAt, Consumer<FakeTenant> planted) {
        write(folder, takenAt, planted, designations());
    }

    private static void write(Path folder, Instant takenAt, Consumer<FakeTenant> planted, Designations designations) {
        FakeTenant tenant = tenant();
        planted.accept(tenant);
        RecordingWire recording = new RecordingWire(new ExplicitNulls(tenant));
        try (BatchingGraph graph = BatchingGraph.replaying(recording);
                Arm arm = Arm.replaying(recording)) {
            Set<FactKind> kinds = EnumSet.allOf(FactKind.class);
            new FactsReading(graph, arm, takenAt, NAME)
                    .collect(
                            kinds,
                            designations,
                            phrase -> {},
                            new Estate.Whole(),
                            first -> SecondQuestions.of(first, kinds));
        }
        recording.write(
                folder,
                new SnapshotHeading(FakeTenant.TENANT_ID, NAME, "demo", takenAt, designations, Optional.of(PERMITTED)));
    }

    /** Writes the tenant as it was so many weeks before, all of its dates included. */
    public static void writeEarlier(Path folder, int weeks) throws IOException {
        Set<String> emergency = designations().emergencyAccounts();
        Designations designations = designations();
        if (weeks > 3) {
            designations = new Designations(Set.of("bg-one@" + INITIAL_DOMAIN), Map.of());
        } else if (weeks > 2) {
            designations = new Designations(emergency, Map.of());
        }
        write(folder, TAKEN_AT, tenant -> earlier(tenant, weeks), designations);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, earlier(Files.readString(file), weeks));
            }
        }
    }

    /** The text with every date so many weeks earlier; versions of interfaces are no dates. */
    private static String earlier(String text, int weeks) {
        return DATE.matcher(text)
                .replaceAll(found ->
                        LocalDate.parse(found.group()).minusWeeks(weeks).toString());
    }

    /** Takes back what was put right, and what went wrong, in the last weeks. */
    private static void earlier(FakeTenant tenant, int weeks) {
        String priya = FakeTenant.id("Priya Nair");
        unassign(tenant, priya);
        tenant.permanent(FakeTenant.id("employee-12"), GLOBAL_ADMINISTRATOR.templateId());
        tenant.collection("/auditLogs/directoryAudits")
                .removeIf(entry -> entry.toString().contains("outside of PIM")
                        || entry.toString().contains("has elevated"));
        if (weeks > 1) {
            List<ObjectNode> scores = tenant.collection("/security/secureScores");
            ObjectNode first = scores.get(scores.size() - 1);
            scores.forEach(score -> {
                score.put("maxScore", first.path("maxScore").asDouble());
                score.put("currentScore", first.path("currentScore").asDouble());
                score.set("controlScores", first.path("controlScores"));
            });
        }
        if (weeks > 2) {
            policy(tenant, "CA001").put("state", "enabledForReportingButNotEnforced");
        }
        if (weeks > 3) {
            unassign(tenant, FakeTenant.id("bg-two"));
            policy(tenant, "CA002").put("state", "disabled");
        }
        if (weeks > 4) {
            policy(tenant, "CA007").put("state", "disabled");
            Stream.of("employee-05", "employee-09")
                    .forEach(name -> tenant.permanent(FakeTenant.id(name), GLOBAL_ADMINISTRATOR.templateId()));
        }
        if (weeks > 5) {
            tenant.collection("/policies/roleManagementPolicyAssignments")
                    .forEach(policy -> policy.path("policy").path("rules").forEach(rule -> {
                        if (rule.path("id").asText().startsWith("Notification_")) {
                            ((ObjectNode) rule).put("isDefaultRecipientsEnabled", false);
                        }
                    }));
        }
    }

    private static void unassign(FakeTenant tenant, String principalId) {
        Stream.of("roleAssignments", "roleAssignmentScheduleInstances")
                .forEach(list -> tenant.collection("/roleManagement/directory/" + list)
                        .removeIf(row -> row.path("principalId").asText().equals(principalId)));
    }

    private static ObjectNode policy(FakeTenant tenant, String number) {
        return tenant.collection("/identity/conditionalAccess/policies").stream()
                .filter(policy -> policy.path("displayName").asText().startsWith(number))
                .findFirst()
                .orElseThrow();
    }

    private void organisation() {
        tenant.plan("EXCHANGEENTERPRISE", "EXCHANGE_S_ENTERPRISE");
        tenant.domain(DOMAIN, false, false);
        tenant.role(USER_ADMINISTRATOR, "User Administrator");
        tenant.role(SECURITY_ADMINISTRATOR, "Security Administrator");
        tenant.role(HELPDESK_ADMINISTRATOR, "Helpdesk Administrator");
        IntStream.rangeClosed(1, EMPLOYEES)
                .mapToObj("employee-%02d"::formatted)
                .forEach(name -> tenant.user(name, name + "@" + DOMAIN));
    }

    /** The emergency accounts, and the group that keeps them out of Conditional Access. */
    private String breakGlass() {
        String one = administrator("bg-one", "Break Glass One", "2026-06-15T09:00:00Z");
        String two = administrator("bg-two", "Break Glass Two", "2026-06-15T09:20:00Z");
        tenant.registration(one, true, "fido2SecurityKey");
        tenant.registration(two, true, "fido2SecurityKey");
        tenant.permanent(one, GLOBAL_ADMINISTRATOR.templateId());
        tenant.permanent(two, GLOBAL_ADMINISTRATOR.templateId());
        return tenant.group("sg-break-glass", one, two);
    }

    private void administrators() {
        String adele = administrator("adm.vance", "Adele Vance (admin)", "2026-08-31T06:12:09Z");
        tenant.eligible(adele, GLOBAL_ADMINISTRATOR.templateId());

        String marco = administrator("adm.keller", "Marco Keller (admin)", "2026-09-01T07:02:51Z");
        tenant.activated(marco, GLOBAL_ADMINISTRATOR.templateId(), "2026-09-01T15:02:44Z");
        tenant.permanent(marco, SECURITY_ADMINISTRATOR);

        String priya = tenant.user("Priya Nair", "priya.nair@" + DOMAIN);
        tenant.object(priya).put("onPremisesSyncEnabled", true).put("mail", "priya.nair@" + DOMAIN);
        tenant.object(priya).withArray("assignedPlans").add(json("{service:'exchange', capabilityStatus:'Enabled'}"));
        tenant.permanent(priya, EXCHANGE_ADMINISTRATOR.templateId());

        String sam = administrator("adm.okoro", "Sam Okoro (admin)", "2026-08-30T10:00:00Z");
        tenant.object(sam).putNull("signInActivity");
        tenant.timeBound(sam, EXCHANGE_ADMINISTRATOR.templateId(), "2026-12-31T23:00:00Z");

        String lena = administrator("adm.fischer", "Lena Fischer (admin)", "2026-01-09T16:41:00Z");
        tenant.object(lena).put("accountEnabled", false);
        tenant.permanent(lena, SHAREPOINT_ADMINISTRATOR.templateId());

        administratorsByGroup();
        outsiders();
        applications();
    }

    /** Addresses of all but one, one who reads mail with the account that administers, and what employees did. */
    private void mailAndUse() {
        Map.of(
                        "adm.vance",
                        "adele.vance",
                        "adm.okoro",
                        "sam.okoro",
                        "adm.berg",
                        "tomas.berg",
                        "adm.costa",
                        "ines.costa")
                .forEach((account, owner) -> tenant.object(FakeTenant.id(account))
                        .withArray("otherMails")
                        .add(owner + "@" + DOMAIN));
        String marco = FakeTenant.id("adm.keller");
        tenant.object(marco).put("mail", "adm.keller@" + DOMAIN);
        tenant.object(marco).withArray("assignedPlans").add(json("{service:'exchange', capabilityStatus:'Enabled'}"));
        tenant.object(marco).put("lastPasswordChangeDateTime", "2026-01-19T08:05:00Z");
        tenant.mailbox(marco, "user");
        tenant.used(marco, "Exchange", "2026-08-29");
        tenant.used(marco, "Teams", "2026-08-28");
        String priya = FakeTenant.id("Priya Nair");
        tenant.mailbox(priya, "user");
        tenant.used(priya, "Exchange", "2026-08-30");
        tenant.used(priya, "OneDrive", "2026-08-27");
        String ines = FakeTenant.id("adm.costa");
        tenant.used(ines, "SharePoint", "2026-08-26");
        IntStream.rangeClosed(1, EMPLOYEES)
                .forEach(number -> tenant.used(
                        FakeTenant.id("employee-%02d".formatted(number)),
                        "Teams",
                        "2026-08-%02d".formatted(1 + number % 30)));
    }

    /** By a group, by a group that may join a group, and by PIM for Groups. */
    private void administratorsByGroup() {
        String tomas = administrator("adm.berg", "Tomas Berg (admin)", "2026-08-27T13:30:00Z");
        String ines = administrator("adm.costa", "Ines Costa (admin)", "2026-08-20T08:15:00Z");
        String jonas = administrator("adm.weber", "Jonas Weber (admin)", "2026-08-29T11:45:30Z");
        String roleAdministrators = tenant.group("sg-role-privileged-role-administrators");
        tenant.groupAssigned(roleAdministrators, tomas);
        tenant.permanent(roleAdministrators, PRIVILEGED_ROLE_ADMINISTRATOR.templateId());
        String identityTeam = tenant.group("sg-identity-team", ines);
        tenant.groupEligible(roleAdministrators, identityTeam);
        tenant.permanent(ines, HELPDESK_ADMINISTRATOR);
        String sharePointAdministrators = tenant.group("sg-role-sharepoint-administrators");
        tenant.groupEligible(sharePointAdministrators, jonas);
        tenant.permanent(sharePointAdministrators, SHAREPOINT_ADMINISTRATOR.templateId());
    }

    private void outsiders() {
        String dana = guest("Dana Reyes (Fabrikam)", "dana.reyes_fabrikam.com", "ExternalAzureAD");
        tenant.timeBound(dana, EXCHANGE_ADMINISTRATOR.templateId(), "2026-10-31T17:00:00Z");

        String hana = guest("Hana Sato", "hana.sato_outlook.com", "MicrosoftAccount");
        signedIn(hana, "2026-02-11T19:05:12Z");
        tenant.eligible(hana, SHAREPOINT_ADMINISTRATOR.templateId());
        tenant.assignedFrom(
                hana, SHAREPOINT_ADMINISTRATOR.templateId(), "2026-10-05T06:00:00Z", "2026-10-16T16:00:00Z");
    }

    private void applications() {
        String archive = tenant.servicePrincipal("Contoso Mail Archive");
        tenant.permanent(archive, EXCHANGE_ADMINISTRATOR.templateId());
        tenant.lastUsed(archive, "2026-08-31T02:00:00Z");
        String identity = tenant.servicePrincipal("func-joiner-leaver");
        tenant.object(identity).put("servicePrincipalType", "ManagedIdentity");
        tenant.permanent(identity, USER_ADMINISTRATOR);
    }

    /** Two employees who hold no role and are one step away from one. */
    private void waysIn() {
        tenant.owner(FakeTenant.id("sg-role-sharepoint-administrators"), FakeTenant.id("employee-07"));
        String onboarding = tenant.servicePrincipal("Contoso Onboarding Portal");
        tenant.graphAppRole(onboarding, FakeTenant.appRoleId(GraphPermission.APP_ROLE_ASSIGNMENTS.value()));
        tenant.owner(FakeTenant.registration("Contoso Onboarding Portal"), FakeTenant.id("employee-21"));
    }

    /** Two subscriptions below a management group, with an owner by group and access that somebody elevated and left. */
    private void azure() {
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
    private void watchedAzure(FakeArm arm, String production, String laboratory) {
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
    private void onPremises() {
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

    private void sensor(String name, String health, String deployment) {
        tenant.add(
                "/security/identities/sensors",
                json("{sensorType:'domainControllerIntegrated', domainName:'corp.contosopharma.com'}")
                        .put("id", FakeTenant.id("sensor " + name))
                        .put("displayName", name)
                        .put("healthStatus", health)
                        .put("deploymentStatus", deployment));
    }

    /** Secure Score of 35 days. Since 20 August somebody has left trusted locations out of MFA; in between Microsoft added a control. */
    private void secureScore() {
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

    private void conditionalAccess(String breakGlass) {
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
    private void governance() {
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
    private void pimGroupPolicies(String group) {
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
    private void applications(String breakGlass) {
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
    private void protection() {
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
    private void pimPolicy(String roleId) {
        ObjectNode policy = json("{scopeId:'/', scopeType:'DirectoryRole'}");
        policy.put("id", "DirectoryRole_" + FakeTenant.TENANT_ID + "_" + roleId).put("roleDefinitionId", roleId);
        rules(
                policy.putObject("policy")
                        .put("id", "DirectoryRole_" + FakeTenant.id("policy of " + roleId))
                        .putArray("rules"),
                roleId.equals(GLOBAL_ADMINISTRATOR.templateId()));
        tenant.add("/policies/roleManagementPolicyAssignments", policy);
    }

    private static void rules(ArrayNode rules, boolean approval) {
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

    private static ObjectNode rule(ArrayNode rules, String id, String type) {
        return rules.addObject()
                .put("@odata.type", "#microsoft.graph.unifiedRoleManagementPolicy" + type + "Rule")
                .put("id", id);
    }

    /** A cloud-only account for administration, which last signed in then. */
    private String administrator(String name, String displayName, String signedInAt) {
        String id = tenant.user(name);
        tenant.object(id).put("displayName", displayName);
        signedIn(id, signedInAt);
        return id;
    }

    private String guest(String displayName, String name, String issuer) {
        String id = tenant.user(displayName, name + "#EXT#@" + INITIAL_DOMAIN);
        tenant.object(id)
                .put("userType", "Guest")
                .put("externalUserState", "Accepted")
                .put("mail", name.replace('_', '@'))
                .putArray("identities")
                .add(json("{signInType:'federated', issuerAssignedId:null}").put("issuer", issuer));
        return id;
    }

    private void signedIn(String id, String at) {
        tenant.object(id)
                .putObject("signInActivity")
                .put("lastSignInDateTime", at)
                .put("lastSuccessfulSignInDateTime", at);
    }
}
