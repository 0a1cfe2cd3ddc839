package dev.parc.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.http.Download;
import dev.parc.collect.http.UsageReports;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.directory.GraphPermission;
import dev.parc.facts.roles.DirectoryRole;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tenant in memory that answers as Microsoft Graph does: batches, pages, filters, expansions, refusals. It throws on a
 * request that it does not know, and on one that leaves out a {@code $select} which the endpoint takes, and remembers it
 * in {@link #complaints}. Fill it on one thread; then ask it from any number.
 */
public final class FakeTenant implements Wire, FakePeople, FakeApplications, FakeRoles, FakePolicies, FakeActivity {

    public static final String TENANT_ID = "5f1c3f6a-0d6f-4f6e-9a55-3d1b7a3f0001";
    public static final String P2_PLAN = "eec0eb4f-6444-4f95-aba0-50c24d67f998";
    public static final String P1_PLAN = "41781fb2-bc02-4b7c-bd55-b576c07bb09d";
    public static final String LABELS_PLAN = "5136a095-5cf0-4aff-bec3-e84448b38ea5";
    public static final String CLOUD_APPS_PLAN = "2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2";

    /** Of Microsoft Graph, by name; ids that no public page tells are made up. */
    private static final Map<String, String> PERMISSIONS = Stream.concat(
                    Stream.of(GraphPermission.values())
                            .map(it -> Map.entry(it.value(), it.appRoleId().orElseGet(() -> id(it.value())))),
                    Stream.of(
                            Map.entry("Directory.ReadWrite.All", "19dbc75e-c2e2-444c-a770-ec69d8559fc7"),
                            Map.entry("User.Read.All", "df021288-bdef-4463-88db-98f22de89214"),
                            Map.entry(
                                    "UserAuthMethod-WindowsHello.ReadWrite.All",
                                    id("UserAuthMethod-WindowsHello.ReadWrite.All"))))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private final FakeArm arm = new FakeArm();
    private final FakeDirectory directory;
    private final FakeGraph graph;

    private FakeTenant(String name, String initialDomain) {
        directory = new FakeDirectory(initialDomain);
        graph = new FakeGraph(directory, arm);
        ObjectNode organization = json("{id:'" + TENANT_ID + "', onPremisesSyncEnabled:null,"
                + " technicalNotificationMails:[], securityComplianceNotificationMails:[]}");
        add("/organization", organization.put("displayName", name));
        domain(initialDomain, true, false);
        Stream.of(DirectoryRole.values()).forEach(role -> role(role.templateId(), role.title()));
        directory.store("/admin/reportSettings", json("{displayConcealedNames:false}"));
        directory.store(
                "/policies/identitySecurityDefaultsEnforcementPolicy",
                json("{id:'00000000-0000-0000-0000-000000000005', isEnabled:false}"));
        add("/policies/authenticationStrengthPolicies", strength(2, "Multifactor authentication"));
        add("/policies/authenticationStrengthPolicies", strength(4, "Phishing-resistant MFA"));
        directory.collections.put("/identity/conditionalAccess/policies", new ArrayList<>());
        directory.collections.put("/identity/conditionalAccess/namedLocations", new ArrayList<>());
        directory.collections.put("/subscribedSkus", new ArrayList<>());
        List.of(
                        "roleAssignments",
                        "roleAssignmentScheduleInstances",
                        "roleEligibilityScheduleInstances",
                        "roleAssignmentSchedules",
                        "roleEligibilitySchedules")
                .forEach(list -> directory.collections.put("/roleManagement/directory/" + list, new ArrayList<>()));
        List.of("assignment", "eligibility")
                .forEach(list -> directory.collections.put(
                        "/identityGovernance/privilegedAccess/group/" + list + "ScheduleInstances", new ArrayList<>()));
        directory.collections.put("/policies/roleManagementPolicyAssignments", new ArrayList<>());
        directory.collections.put("/servicePrincipals", new ArrayList<>());
        directory.collections.put("/applications", new ArrayList<>());
        authenticationMethods("Fido2", "MicrosoftAuthenticator", "Sms");
        Stream.of(
                        "/beta/applications",
                        "/auditLogs/signIns",
                        "/identityProtection/riskyUsers",
                        "/security/dataSecurityAndGovernance/sensitivityLabels",
                        "/security/alerts_v2")
                .forEach(list -> directory.collections.put(list, new ArrayList<>()));
        ObjectNode principal = json("{appId:'" + MICROSOFT_GRAPH + "', displayName:'Microsoft Graph', appRoles:[]}");
        PERMISSIONS.forEach((permission, appRole) -> principal
                .withArray("appRoles")
                .addObject()
                .put("id", appRole)
                .put("value", permission)
                .put("displayName", "Use " + permission));
        add("/servicePrincipals", principal.put("id", id("Microsoft Graph")));
        directory.collections.put(
                "/servicePrincipals/" + id("Microsoft Graph") + "/appRoleAssignedTo", new ArrayList<>());
        add("/beta/organization", json("{id:'" + TENANT_ID + "', onPremisesSyncEnabled:null}"))
                .putNull("onPremisesLastPasswordSyncDateTime");
        add("/directory/onPremisesSynchronization", json("{id:'" + TENANT_ID + "', configuration:{}}"))
                .putObject("features")
                .put("passwordSyncEnabled", false);
        directory.store("/policies/crossTenantAccessPolicy/default", json("""
            {isServiceDefault:true, inboundTrust:{isMfaAccepted:false, isCompliantDeviceAccepted:false,
               isHybridAzureADJoinedDeviceAccepted:false}}\
            """));
        directory.collections.put("/policies/crossTenantAccessPolicy/partners", new ArrayList<>());
        directory.store("/policies/deviceRegistrationPolicy", json("""
            {id:'deviceRegistrationPolicy', displayName:'Device Registration Policy', userDeviceQuota:50,
             multiFactorAuthConfiguration:'notRequired', localAdminPassword:{isEnabled:false},
             azureADRegistration:{isAdminConfigurable:false,
               allowedToRegister:{'@odata.type':'#microsoft.graph.allDeviceRegistrationMembership'}},
             azureADJoin:{isAdminConfigurable:true,
               allowedToJoin:{'@odata.type':'#microsoft.graph.allDeviceRegistrationMembership'},
               localAdmins:{enableGlobalAdmins:true,
                 registeringUsers:{'@odata.type':'#microsoft.graph.allDeviceRegistrationMembership'}}}}\
            """));
        List.of(
                        "/directory/deviceLocalCredentials",
                        "/security/identities/sensors",
                        "/security/identities/sensorCandidates",
                        "/security/identities/healthIssues",
                        "/security/secureScores")
                .forEach(list -> directory.collections.put(list, new ArrayList<>()));
    }

    /** A tenant with a name, its initial domain, an Entra ID P2 subscription and nobody in it. */
    public static FakeTenant named(String name, String initialDomain) {
        FakeTenant tenant = new FakeTenant(name, initialDomain);
        tenant.subscription("AAD_PREMIUM_P2", P1_PLAN, P2_PLAN);
        return tenant;
    }

    /** A tenant that nobody needs to know by name. */
    public static FakeTenant licensed() {
        return named("Contoso", "contoso.onmicrosoft.com");
    }

    /** A tenant without any subscription, which refuses what takes one. */
    public static FakeTenant unlicensed() {
        FakeTenant tenant = new FakeTenant("Contoso", "contoso.onmicrosoft.com");
        Stream.of(
                        "/roleManagement/directory/roleAssignmentScheduleInstances",
                        "/roleManagement/directory/roleEligibilityScheduleInstances",
                        "/roleManagement/directory/roleAssignmentSchedules",
                        "/roleManagement/directory/roleEligibilitySchedules",
                        "/policies/roleManagementPolicyAssignments",
                        "/identityGovernance/privilegedAccess/group/assignmentScheduleInstances",
                        "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances")
                .forEach(path -> tenant.refuse(path, 400, "AadPremiumLicenseRequired"));
        tenant.refuse("/identityGovernance/accessReviews/definitions", 403, "AccessDenied");
        Stream.of(
                        "/reports/authenticationMethods/userRegistrationDetails",
                        "/users/{id}?$select=id,signInActivity",
                        "/auditLogs/signIns",
                        "/beta/auditLogs/signIns")
                .forEach(path -> tenant.refuse(path, 403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant"));
        tenant.graph.refusals.put(
                "/identityProtection/riskyUsers",
                new FakePages.Refusal(403, "Forbidden", "Your tenant is not licensed for this feature."));
        return tenant;
    }

    /**
     * A tenant of any size: of every twenty administrators about half are eligible, some come by group, some are
     * applications; one owns a subscription and one may contribute to it; ten Conditional Access policies name ten groups, the first of which holds all ordinary users.
     */
    public static FakeTenant ofSize(int administrators, int ordinaryUsers) {
        FakeTenant tenant = licensed();
        tenant.directory.ordinaryUsers = ordinaryUsers;
        List<String> roleGroups = IntStream.range(0, 1 + administrators / 20)
                .mapToObj(i -> tenant.group("sg-role-" + i))
                .toList();
        roleGroups.forEach(group -> tenant.permanent(group, DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId()));
        DirectoryRole[] roles = DirectoryRole.values();
        for (int i = 0; i < administrators; i++) {
            String role = roles[i % roles.length].templateId();
            if (i % 20 == 19) {
                tenant.permanent(tenant.servicePrincipal("app-" + i), role);
                continue;
            }
            String user = tenant.user("adm" + i);
            switch (i % 5) {
                case 0 -> tenant.permanent(user, role);
                case 1, 2 -> tenant.eligible(user, role);
                case 3 -> tenant.member(roleGroups.get(i % roleGroups.size()), user);
                default -> tenant.groupEligible(roleGroups.get(i % roleGroups.size()), user);
            }
        }
        for (int i = 0; i < 10; i++) {
            String group = tenant.group("sg-ca-" + i);
            tenant.ordinaryMembers(group, i == 0 ? ordinaryUsers : 0);
            tenant.policy("policy " + i, "All", group, "mfa");
        }
        ObjectNode review = tenant.review("quarterly", DirectoryRole.GLOBAL_ADMINISTRATOR.templateId(), 3);
        String instance = tenant.reviewed(review, "Applied", "2026-07-01T00:00:00Z", "2026-07-15T00:00:00Z");
        IntStream.range(0, administrators / 4).forEach(i -> tenant.decision(review, instance, "Approve", id("adm0")));
        tenant.subscription("SPE_E5", LABELS_PLAN, CLOUD_APPS_PLAN);
        tenant.provisioning(tenant.enterpriseApplication("Salesforce"), "Active");
        tenant.enterpriseApplication("Travel");
        tenant.published("Intranet", "aadPreAuthentication");
        tenant.label("Confidential");
        tenant.risky(id("adm0"), "medium", "atRisk");
        tenant.legacySignIn(id("adm0"), "IMAP4", "interactiveUser", "2026-08-30T09:00:00Z", 0);
        tenant.cloudAppAlert("impossible travel", "2026-08-20T10:00:00Z");
        String production = tenant.arm.subscription("production");
        tenant.arm.assign(id("adm0"), "User", AzureRole.OWNER, production);
        tenant.arm.eligible(id("adm1"), "adm1", AzureRole.CONTRIBUTOR, production, "2027-01-31T00:00:00Z");
        return tenant;
    }

    /** The same id for the same name, in every tenant and run. */
    public static String id(String name) {
        return UUID.nameUUIDFromBytes(("parc:" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** JSON with single quotes and bare names, for short tests. */
    public static ObjectNode json(String lenient) {
        try {
            return (ObjectNode) JSON.readTree(lenient);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(lenient, e);
        }
    }

    /** The id by which policies name the application whose service principal has this name. */
    public static String appId(String name) {
        return id("app of " + name);
    }

    /** The id of the registration of the application whose service principal has this name. */
    public static String registration(String name) {
        return id("registration of " + name);
    }

    /** The id of the app role by which Microsoft Graph has this permission. */
    public static String appRoleId(String permission) {
        return Optional.ofNullable(PERMISSIONS.get(permission)).orElseThrow();
    }

    @Override
    public FakeDirectory directory() {
        return directory;
    }

    /** When the user last used a service of Microsoft 365, by the column of the usage report: Exchange, Teams ... */
    public FakeTenant used(String userId, String service, String day) {
        directory.activities.computeIfAbsent(userId, id -> new HashMap<>()).put(service, day);
        return this;
    }

    /** Whether MFA of other tenants counts, if nothing is set for them. */
    public FakeTenant mfaOfOthersAccepted(boolean accepted) {
        directory
                .stored("/policies/crossTenantAccessPolicy/default")
                .orElseThrow()
                .withObject("/inboundTrust")
                .put("isMfaAccepted", accepted);
        return this;
    }

    /** Settings for one other tenant: whether its MFA counts; null to leave that to the default. */
    public FakeTenant partner(String tenantId, @Nullable Boolean mfaAccepted) {
        ObjectNode partner = add(
                "/policies/crossTenantAccessPolicy/partners",
                json("{inboundTrust:null}").put("tenantId", tenantId));
        if (mfaAccepted != null) {
            partner.putObject("inboundTrust").put("isMfaAccepted", mfaAccepted);
        }
        return this;
    }

    /** Answers a path with an error from now on: as it is, with {@code {id}} for ids, or so and with its {@code $select}. */
    public FakeTenant refuse(String path, int status, String code) {
        graph.refusals.put(path, new FakePages.Refusal(status, code, "refused on demand"));
        return this;
    }

    /** As {@link #refuse}, but only the first request that fits. */
    public FakeTenant refuseOnce(String path, int status, String code) {
        graph.once.add(path);
        return refuse(path, status, code);
    }

    /** The most items that a page holds. */
    public FakeTenant pageSize(int items) {
        graph.pages.pageSize = items;
        return this;
    }

    /** The tenant's Azure, to fill it; it answers what is not for Graph. */
    public FakeArm arm() {
        return arm;
    }

    /** How many HTTP calls came, a batch counted once. */
    public int calls() {
        return graph.calls.get();
    }

    /** Requests by method and path with {@code {id}}, those in a batch counted singly, pages too. */
    public Map<String, Long> requests() {
        return graph.log.stream()
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    /** What was wrong with requests; a server around this tenant can hide the failure itself from the test. */
    public List<String> complaints() {
        return graph.complaints.all();
    }

    /** Answers as Graph does behind {@link UsageReports}. */
    @Override
    public WireResponse send(WireRequest request) {
        try {
            return new UsageReports(this::answer, reports()).send(request);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the usage report is that {@link #answer} redirects to. */
    public Download reports() {
        return (link, body) -> body.read(new ByteArrayInputStream(
                new FakeUsageReport(directory, graph.complaints).at(link).getBytes(StandardCharsets.UTF_8)));
    }

    /** Answers as Graph does over the wire: a usage report is a redirect. */
    public WireResponse answer(WireRequest request) {
        return graph.answer(request);
    }

    private static ObjectNode strength(int number, String name) {
        ObjectNode strength = json("{policyType:'builtIn', combinationConfigurations:[],"
                + " allowedCombinations:['windowsHelloForBusiness','fido2']}");
        if (number == 2) {
            strength.withArray("allowedCombinations")
                    .add("password,microsoftAuthenticatorPush")
                    .add("password,sms");
        }
        return strength.put("id", "00000000-0000-0000-0000-00000000000" + number)
                .put("displayName", name);
    }
}
