package dev.parc.roadmap;

import static dev.parc.collect.FakeTenant.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.roles.DirectoryRole;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tenants put together from what people report in public: how they set up emergency access, and where the tools that they ran
 * over it were wrong.
 */
public final class ReportedTenants {

    private static final String GLOBAL = DirectoryRole.GLOBAL_ADMINISTRATOR.templateId();
    private static final String EXCHANGE = DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId();
    private static final String PRIVILEGED_ROLES = DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR.templateId();

    private ReportedTenants() {}

    /** A tenant with the accounts that its operator designates. */
    public record Reported(FakeTenant tenant, Designations designations) {}

    /**
     * A small company on Business Premium: emergency accounts excluded one by one and by themselves held to a passkey, service
     * accounts in a group without MFA, device code flow blocked, a managed service provider by its group.
     */
    public static Reported smallCompany() {
        FakeTenant tenant = FakeTenant.named("Fjord Bakery", "fjordbakery.onmicrosoft.com");
        tenant.subscription("SPB", FakeTenant.LABELS_PLAN);
        tenant.plan("SPB", "EXCHANGE_S_STANDARD");
        tenant.domain("fjordbakery.no", false, false);
        String one = emergency(tenant, "redningskrans", "redningskrans@fjordbakery.onmicrosoft.com");
        String two = emergency(tenant, "livbaat", "livbaat@fjordbakery.onmicrosoft.com");
        String kari = tenant.user("kari.admin", "kari.admin@fjordbakery.no");
        tenant.permanent(kari, GLOBAL);
        String provider = FakeTenant.id("Foreign principal of the provider");
        tenant.permanent(provider, EXCHANGE);
        String service = tenant.group("ServiceaccountsNoMFA", tenant.user("scanner"), tenant.user("backup job"));
        tenant.object(service).put("isAssignableToRole", false);
        ObjectNode mfa = tenant.policy("CA01 MFA for all", "All", service, "mfa");
        without(mfa, one, two);
        ObjectNode flow = tenant.policy("CA02 Block device code flow", "All", "", "block");
        flow.withObject("/conditions").set("authenticationFlows", json("{transferMethods:'deviceCodeFlow'}"));
        without(flow, one, two);
        ObjectNode legacy = tenant.policy("CA03 Block legacy", "All", "", "block");
        legacy.withObject("/conditions").setAll(json("{clientAppTypes:['exchangeActiveSync','other']}"));
        without(legacy, one, two);
        ObjectNode passkey = tenant.policy("CA09 Passkey for emergency accounts", one, "", "");
        passkey.withObject("/conditions/users").withArray("includeUsers").add(two);
        strong(tenant, passkey);
        String keys = tenant.group("Passkey users", one, two);
        ArrayNode methods = tenant.authenticationMethodsPolicy().withArray("authenticationMethodConfigurations");
        methods.forEach(method -> {
            if (method.path("id").asText().equals("Fido2")) {
                ((ObjectNode) method.path("includeTargets").get(0)).put("id", keys);
            }
        });
        return new Reported(tenant, new Designations(Set.of(one, two), Map.of()));
    }

    /**
     * A company whose people sign in by an identity provider of another vendor that does MFA, with a directory on-premises;
     * administrators have accounts in the cloud, risk and countries are answered by blocks, and the emergency accounts are in a
     * group under restricted management that every policy excludes.
     */
    public static Reported federatedCompany() {
        FakeTenant tenant = FakeTenant.named("Northwind Rail", "northwindrail.onmicrosoft.com");
        tenant.subscription("SPE_E5", FakeTenant.LABELS_PLAN, FakeTenant.CLOUD_APPS_PLAN);
        tenant.plan("SPE_E5", "EXCHANGE_S_ENTERPRISE");
        tenant.domain("northwindrail.com", false, true);
        tenant.collection("/domains/northwindrail.com/federationConfiguration")
                .get(0)
                .put("displayName", "Okta")
                .put("federatedIdpMfaBehavior", "acceptIfMfaDoneByFederatedIdp");
        tenant.synchronised(true, "2026-08-31T22:00:00Z");
        String one = emergency(tenant, "bob", "bob@northwindrail.onmicrosoft.com");
        String two = emergency(tenant, "ida", "ida@northwindrail.onmicrosoft.com");
        String glass = tenant.group("CA-BreakGlassAccounts", one, two);
        tenant.object(glass).put("isAssignableToRole", false).put("isManagementRestricted", true);
        String sync = tenant.user(
                "On-Premises Directory Synchronization Service Account",
                "Sync_AADC01_1a2b3c@northwindrail.onmicrosoft.com");
        tenant.role("d29b2b05-8046-44ba-8758-1e26182fcf32", "Directory Synchronization Accounts");
        tenant.permanent(sync, "d29b2b05-8046-44ba-8758-1e26182fcf32");
        tenant.object(sync).remove("signInActivity");
        tenant.object(sync).putNull("signInActivity");
        tenant.registration(sync, false);
        for (String name : List.of("adm.lund", "adm.berg", "adm.dahl")) {
            String id = tenant.user(name, name + "@northwindrail.onmicrosoft.com");
            tenant.eligible(id, GLOBAL);
            tenant.registration(id, true, "passKeyDeviceBound", "microsoftAuthenticatorPush");
        }
        String federated = tenant.user("olsen", "olsen@northwindrail.com");
        tenant.object(federated).put("onPremisesSyncEnabled", true);
        tenant.eligible(federated, EXCHANGE);
        tenant.registration(federated, false);
        ObjectNode countries = json("""
            {'@odata.type':'#microsoft.graph.countryNamedLocation', countriesAndRegions:['NO','SE'],
             includeUnknownCountriesAndRegions:false, countryLookupMethod:'clientIpAddress'}\
            """);
        String allowed = FakeTenant.id("Allowed countries");
        tenant.add(
                "/identity/conditionalAccess/namedLocations",
                countries.put("id", allowed).put("displayName", "Allowed countries"));
        ObjectNode geography = tenant.policy("Block other countries", "All", glass, "block");
        geography
                .withObject("/conditions")
                .putObject("locations")
                .putArray("includeLocations")
                .add("All");
        geography
                .withObject("/conditions/locations")
                .putArray("excludeLocations")
                .add(allowed);
        ObjectNode mfa = tenant.policy("MFA for all", "All", glass, "mfa");
        without(mfa, sync);
        ObjectNode risk = tenant.policy("Block high user risk", "All", glass, "block");
        risk.withObject("/conditions").putArray("userRiskLevels").add("high");
        ObjectNode signIn = tenant.policy("MFA at sign-in risk", "All", glass, "mfa");
        signIn.withObject("/conditions")
                .putArray("signInRiskLevels")
                .add("medium")
                .add("high");
        signIn.putObject("sessionControls")
                .putObject("signInFrequency")
                .setAll(json(
                        "{isEnabled:true, frequencyInterval:'everyTime', authenticationType:'primaryAndSecondaryAuthentication',"
                                + " type:null, value:null}"));
        ObjectNode admins = tenant.policy("Passkeys for administrators", "None", glass, "");
        admins.withObject("/conditions/users").setAll(json("{includeUsers:[]}"));
        Stream.of(DirectoryRole.values())
                .map(DirectoryRole::templateId)
                .forEach(admins.withObject("/conditions/users").withArray("includeRoles")::add);
        strong(tenant, admins);
        ObjectNode legacy = tenant.policy("Block legacy", "All", glass, "block");
        legacy.withObject("/conditions").setAll(json("{clientAppTypes:['exchangeActiveSync','other']}"));
        return new Reported(tenant, new Designations(Set.of(one, two), Map.of()));
    }

    /**
     * A company in an Azure landing zone: management groups, a pipeline with Owner at the root, eligible administrators by group, a
     * policy for agents that only beta shows, a watchlist of emergency accounts in Microsoft Sentinel.
     */
    public static Reported landingZone() {
        FakeTenant tenant = FakeTenant.named("Litware", "litware.onmicrosoft.com");
        tenant.domain("litware.com", false, false);
        String one = emergency(tenant, "ea-one", "ea-one@litware.onmicrosoft.com");
        String two = emergency(tenant, "ea-two", "ea-two@litware.onmicrosoft.com");
        String glass = tenant.group("sg-emergency", one, two);
        String owners = tenant.group("sg-pim-global");
        tenant.permanent(owners, GLOBAL);
        for (String name : List.of("ops.ann", "ops.ben", "ops.cam")) {
            String id = tenant.user(name, name + "@litware.com");
            tenant.object(id).put("mail", name + "@litware.com");
            tenant.groupEligible(owners, id);
            tenant.registration(id, true, "passKeyDeviceBound");
        }
        String robot = tenant.servicePrincipal("sp-identity-automation");
        tenant.permanent(robot, PRIVILEGED_ROLES);
        tenant.lastUsed(robot, "2026-08-31T23:10:00Z");
        ObjectNode agents = tenant.policy("Block risky agents", "None", "", "block");
        agents.withObject("/conditions").put("agentIdRiskLevels", "high");
        agents.withObject("/conditions")
                .putObject("clientApplications")
                .putArray("includeAgentIdServicePrincipals")
                .add("All");
        tenant.inPreview(agents);
        tenant.policy("MFA for all", "All", glass, "mfa");
        FakeArm arm = tenant.arm();
        String platform = arm.managementGroup("mg-platform", "Platform");
        String zones = arm.managementGroup("mg-landingzones", "Landing zones");
        String management = arm.subscription("Management");
        String online = arm.subscription("Online");
        arm.below(management, platform);
        arm.below(online, zones);
        String pipeline = tenant.servicePrincipal("sp-alz-deploy");
        arm.assign(pipeline, "ServicePrincipal", AzureRole.OWNER, FakeArm.ROOT_GROUP, "Assigned", "");
        arm.assign(owners, "Group", AzureRole.OWNER, platform, "Assigned", "");
        String workspace = arm.workspace(management, "log-platform", 730, true);
        arm.exportDirectory(
                "to-log", "workspaceId", workspace, "AuditLogs", "SignInLogs", "NonInteractiveUserSignInLogs");
        arm.export(management, "to-log", "workspaceId", workspace, "Administrative", "Security");
        arm.export(online, "to-log", "workspaceId", workspace, "Administrative", "Security");
        arm.sentinelRule(
                workspace,
                "Scheduled",
                "Emergency account signed in",
                "let watched = (_GetWatchlist('EmergencyAccounts') | project SearchKey);\n"
                        + "SigninLogs | where UserPrincipalName in~ (watched)");
        arm.watchlistItem(workspace, "EmergencyAccounts", "SearchKey", "ea-one@litware.onmicrosoft.com");
        arm.watchlistItem(workspace, "EmergencyAccounts", "SearchKey", "ea-two@litware.onmicrosoft.com");
        return new Reported(
                tenant,
                new Designations(Set.of(one, two), Map.of())
                        .withProductionSubscriptions(Set.of(FakeTenant.id("subscription Online"))));
    }

    private static String emergency(FakeTenant tenant, String name, String signInName) {
        String id = tenant.user(name, signInName);
        tenant.permanent(id, GLOBAL);
        tenant.registration(id, true, "passKeyDeviceBound");
        tenant.passkey(id, "2fc0579f-8113-47ea-b116-bb5a8db9202a");
        return id;
    }

    private static void without(ObjectNode policy, String... users) {
        ArrayNode excluded = policy.withObject("/conditions/users").withArray("excludeUsers");
        Stream.of(users).forEach(excluded::add);
    }

    private static void strong(FakeTenant tenant, ObjectNode policy) {
        policy.withObject("/grantControls").setAll(json("{builtInControls:[]}"));
        policy.withObject("/grantControls")
                .set(
                        "authenticationStrength",
                        tenant.collection("/policies/authenticationStrengthPolicies")
                                .get(1));
    }
}
