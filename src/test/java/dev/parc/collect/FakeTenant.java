package dev.parc.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.http.Download;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.UsageReports;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.directory.GraphPermission;
import dev.parc.facts.roles.DirectoryRole;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tenant in memory that answers as Microsoft Graph does: batches, pages, filters, expansions, refusals. It throws on a
 * request that it does not know, and on one that leaves out a {@code $select} which the endpoint takes, and remembers it
 * in {@link #complaints}. Fill it on one thread; then ask it from any number.
 */
public final class FakeTenant implements Wire {

    public static final String TENANT_ID = "5f1c3f6a-0d6f-4f6e-9a55-3d1b7a3f0001";
    public static final String P2_PLAN = "eec0eb4f-6444-4f95-aba0-50c24d67f998";
    public static final String P1_PLAN = "41781fb2-bc02-4b7c-bd55-b576c07bb09d";
    public static final String LABELS_PLAN = "5136a095-5cf0-4aff-bec3-e84448b38ea5";
    public static final String CLOUD_APPS_PLAN = "2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2";

    private static final String PRINCIPAL = "principal($select=id,displayName,userPrincipalName)";
    private static final String POLICIES = "/identity/conditionalAccess/policies";
    private static final String MICROSOFT_GRAPH = "00000003-0000-0000-c000-000000000000";

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

    private static final Set<String> LABELLED_NOT = Set.of(
            DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId(), DirectoryRole.SHAREPOINT_ADMINISTRATOR.templateId());

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern APP_FILTER = Pattern.compile("appId eq '([^']+)'");
    private static final Pattern APPS_FILTER = Pattern.compile("appId in \\(([^)]+)\\)");
    private static final int MOST_ALTERNATIVES = 15;
    private static final Pattern GROUP_FILTER = Pattern.compile("groupId eq '([^']+)'");
    private static final Pattern PIM_SCOPE_FILTER = Pattern.compile(
            "scopeId eq '(/(?=' and scopeType eq 'DirectoryRole')|[^'/]+(?=' and scopeType eq 'Group'))' and scopeType"
                    + " eq '\\w+'");
    private static final Pattern SIGN_IN_FILTER =
            Pattern.compile("userId eq '([^']+)' and createdDateTime ge ([0-9TZ:.-]+)");
    private static final String REPORT_LINK = "https://reportsncu.office.com/data/v1.0/download?token=signed";
    private static final List<String> REPORTED =
            List.of("Exchange", "OneDrive", "SharePoint", "Skype For Business", "Yammer", "Teams");
    private static final Pattern AUDIT_SINCE = Pattern.compile("activityDateTime ge ([0-9TZ:.-]+) and ");
    private static final Pattern AUDIT_ACTIVITY = Pattern.compile("activityDisplayName eq '([^']+)'");
    private static final int MOST_IN_BATCH = 20;
    private static final int MOST_GROUPS_CHECKED = 20;
    private static final int LARGEST_PAGE = 999;
    private static final int LARGEST_PAGE_OF_LOG = 1000;
    private static final String ENTERPRISE_TAG = "WindowsAzureActiveDirectoryIntegratedApp";
    private static final Pattern LOG_SINCE = Pattern.compile("createdDateTime ge (\\S+)");
    private static final Pattern LOG_CLIENT = Pattern.compile("clientAppUsed eq '([^']+)'");
    private static final Pattern LOG_EVENT = Pattern.compile("signInEventTypes/any\\(t: t eq '([^']+)'\\)");

    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
    private final Map<String, List<String>> members = new HashMap<>();
    private final Map<String, List<String>> owners = new HashMap<>();
    private final Map<String, Integer> ordinaryMembers = new HashMap<>();
    private final Map<String, List<ObjectNode>> collections = new HashMap<>();
    private final Map<String, ObjectNode> registrations = new LinkedHashMap<>();
    private final Map<String, ArrayNode> methods = new HashMap<>();
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private final Set<String> once = ConcurrentHashMap.newKeySet();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<String> notAdministrators = new HashSet<>();
    private boolean withoutBlocks;
    private final FakeArm arm = new FakeArm();
    private final String initialDomain;
    private final Map<String, Map<String, String>> activities = new LinkedHashMap<>();
    private final Map<String, String> mailboxes = new HashMap<>();
    private final Map<String, String> perUserMfa = new HashMap<>();
    private int ordinaryUsers;
    private String refreshed = "2026-08-30";
    private int pageSize = 100;

    private record Refusal(int status, String code, String message) {}

    /** One request, by itself or in a batch. */
    private record Ask(
            String method, String path, String template, Map<String, String> query, JsonNode body, boolean eventual) {}

    private FakeTenant(String name, String initialDomain) {
        this.initialDomain = initialDomain;
        ObjectNode organization = json("{id:'" + TENANT_ID + "', onPremisesSyncEnabled:null,"
                + " technicalNotificationMails:[], securityComplianceNotificationMails:[]}");
        add("/organization", organization.put("displayName", name));
        domain(initialDomain, true, false);
        Stream.of(DirectoryRole.values()).forEach(role -> role(role.templateId(), role.title()));
        store("/admin/reportSettings", json("{displayConcealedNames:false}"));
        store(
                "/policies/identitySecurityDefaultsEnforcementPolicy",
                json("{id:'00000000-0000-0000-0000-000000000005', isEnabled:false}"));
        add("/policies/authenticationStrengthPolicies", strength(2, "Multifactor authentication"));
        add("/policies/authenticationStrengthPolicies", strength(4, "Phishing-resistant MFA"));
        collections.put("/identity/conditionalAccess/policies", new ArrayList<>());
        collections.put("/identity/conditionalAccess/namedLocations", new ArrayList<>());
        collections.put("/subscribedSkus", new ArrayList<>());
        List.of(
                        "roleAssignments",
                        "roleAssignmentScheduleInstances",
                        "roleEligibilityScheduleInstances",
                        "roleAssignmentSchedules",
                        "roleEligibilitySchedules")
                .forEach(list -> collections.put("/roleManagement/directory/" + list, new ArrayList<>()));
        List.of("assignment", "eligibility")
                .forEach(list -> collections.put(
                        "/identityGovernance/privilegedAccess/group/" + list + "ScheduleInstances", new ArrayList<>()));
        collections.put("/policies/roleManagementPolicyAssignments", new ArrayList<>());
        collections.put("/servicePrincipals", new ArrayList<>());
        collections.put("/applications", new ArrayList<>());
        authenticationMethods("Fido2", "MicrosoftAuthenticator", "Sms");
        Stream.of(
                        "/beta/applications",
                        "/auditLogs/signIns",
                        "/identityProtection/riskyUsers",
                        "/security/dataSecurityAndGovernance/sensitivityLabels",
                        "/security/alerts_v2")
                .forEach(list -> collections.put(list, new ArrayList<>()));
        ObjectNode graph = json("{appId:'" + MICROSOFT_GRAPH + "', displayName:'Microsoft Graph', appRoles:[]}");
        PERMISSIONS.forEach((permission, appRole) -> graph.withArray("appRoles")
                .addObject()
                .put("id", appRole)
                .put("value", permission)
                .put("displayName", "Use " + permission));
        add("/servicePrincipals", graph.put("id", id("Microsoft Graph")));
        collections.put("/servicePrincipals/" + id("Microsoft Graph") + "/appRoleAssignedTo", new ArrayList<>());
        add("/beta/organization", json("{id:'" + TENANT_ID + "', onPremisesSyncEnabled:null}"))
                .putNull("onPremisesLastPasswordSyncDateTime");
        add("/directory/onPremisesSynchronization", json("{id:'" + TENANT_ID + "', configuration:{}}"))
                .putObject("features")
                .put("passwordSyncEnabled", false);
        store("/policies/crossTenantAccessPolicy/default", json("""
            {isServiceDefault:true, inboundTrust:{isMfaAccepted:false, isCompliantDeviceAccepted:false,
               isHybridAzureADJoinedDeviceAccepted:false}}\
            """));
        collections.put("/policies/crossTenantAccessPolicy/partners", new ArrayList<>());
        store("/policies/deviceRegistrationPolicy", json("""
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
                .forEach(list -> collections.put(list, new ArrayList<>()));
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
        tenant.refusals.put(
                "/identityProtection/riskyUsers",
                new Refusal(403, "Forbidden", "Your tenant is not licensed for this feature."));
        return tenant;
    }

    /**
     * A tenant of any size: of every twenty administrators about half are eligible, some come by group, some are
     * applications; one owns a subscription and one may contribute to it; ten Conditional Access policies name ten groups, the first of which holds all ordinary users.
     */
    public static FakeTenant ofSize(int administrators, int ordinaryUsers) {
        FakeTenant tenant = licensed();
        tenant.ordinaryUsers = ordinaryUsers;
        List<String> roleGroups = IntStream.range(0, 1 + administrators / 20)
                .mapToObj(i -> tenant.group("sg-role-" + i))
                .toList();
        roleGroups.forEach(group -> tenant.standing(group, DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId()));
        DirectoryRole[] roles = DirectoryRole.values();
        for (int i = 0; i < administrators; i++) {
            String role = roles[i % roles.length].templateId();
            if (i % 20 == 19) {
                tenant.standing(tenant.servicePrincipal("app-" + i), role);
                continue;
            }
            String user = tenant.user("adm" + i);
            switch (i % 5) {
                case 0 -> tenant.standing(user, role);
                case 1, 2 -> tenant.eligible(user, role);
                case 3 -> tenant.member(roleGroups.get(i % roleGroups.size()), user);
                default -> tenant.groupEligible(roleGroups.get(i % roleGroups.size()), user);
            }
        }
        for (int i = 0; i < 10; i++) {
            String group = tenant.group("sg-ca-" + i);
            tenant.ordinaryMembers.put(group, i == 0 ? ordinaryUsers : 0);
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

    // --- filling it -------------------------------------------------------------------------------------------------

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

    /** Adds an enabled cloud user that is registered for MFA and signed in lately, and gives its id. */
    public String user(String name) {
        return user(name, name + "@" + initialDomain);
    }

    /** Adds an enabled cloud user that is registered for MFA and signed in lately, and gives its id. */
    public String user(String name, String signInName) {
        String id = id(name);
        ObjectNode user = json("""
            {accountEnabled:true, userType:'Member', externalUserState:null, mail:null, otherMails:[],
             identities:[], onPremisesSyncEnabled:null, assignedPlans:[],
             createdDateTime:'2024-03-04T09:12:44Z', lastPasswordChangeDateTime:'2026-07-02T06:30:00Z',
             signInActivity:{lastSignInDateTime:'2026-08-28T07:44:10Z',
                             lastSuccessfulSignInDateTime:'2026-08-28T07:44:10Z'}}\
            """);
        user.put("@odata.type", "#microsoft.graph.user").put("id", id);
        user.put("userPrincipalName", signInName).put("displayName", name);
        user.withArray("identities")
                .addObject()
                .put("signInType", "userPrincipalName")
                .put("issuer", initialDomain)
                .put("issuerAssignedId", signInName);
        store("/users/" + id, user);
        store("/users/" + signInName, user);
        registration(id, true, "microsoftAuthenticatorPush");
        methods.put(id, (ArrayNode) json("{a:[{'@odata.type':'#microsoft.graph.passwordAuthenticationMethod'},"
                        + "{'@odata.type':'#microsoft.graph.microsoftAuthenticatorAuthenticationMethod'}]}")
                .get("a"));
        return id;
    }

    /** Adds an enabled application of the tenant, and gives the id of its service principal. */
    public String servicePrincipal(String name) {
        String id = id(name);
        ObjectNode application = json("{servicePrincipalType:'Application', accountEnabled:true}");
        application.put("@odata.type", "#microsoft.graph.servicePrincipal").put("id", id);
        application.put("appId", id("app of " + name)).put("displayName", name);
        application.put("appOwnerOrganizationId", TENANT_ID);
        store("/servicePrincipals/" + id, application);
        add("/servicePrincipals", application);
        ObjectNode registration = json("{'@odata.type':'#microsoft.graph.application'}");
        registration.put("id", id("registration of " + name)).put("appId", id("app of " + name));
        add("/applications", registration);
        return id;
    }

    /** Adds an enabled application that users sign in to, and gives the id of its service principal. */
    public String enterpriseApplication(String name) {
        String id = servicePrincipal(name);
        object(id).putArray("tags").add(ENTERPRISE_TAG);
        return id;
    }

    /** The id by which policies name the application whose service principal has this name. */
    public static String appId(String name) {
        return id("app of " + name);
    }

    /** Publishes an application on-premises, and gives its id. */
    public String published(String name, String authentication) {
        ObjectNode application = json("{'@odata.type':'#microsoft.graph.application'}");
        application
                .put("id", id("registration of " + name))
                .put("appId", appId(name))
                .put("displayName", name);
        application
                .putObject("onPremisesPublishing")
                .put("isOnPremPublishingEnabled", true)
                .put("externalAuthenticationType", authentication)
                .put("internalUrl", "https://" + name.toLowerCase(Locale.ROOT).replace(' ', '-') + ".corp.test/")
                .put("externalUrl", "https://" + name.toLowerCase(Locale.ROOT).replace(' ', '-') + ".msappproxy.test/");
        add("/beta/applications", application);
        ObjectNode principal = json("{servicePrincipalType:'Application', accountEnabled:true}");
        principal.put("@odata.type", "#microsoft.graph.servicePrincipal").put("id", id("principal of " + name));
        principal.put("appId", appId(name)).put("displayName", name);
        principal.put("appOwnerOrganizationId", TENANT_ID);
        store("/servicePrincipals/" + id("principal of " + name), principal);
        add("/servicePrincipals", principal);
        return application.path("id").asText();
    }

    /** Gives the application a provisioning job that stands like this. */
    public ObjectNode provisioning(String servicePrincipalId, String code) {
        ObjectNode job = json("{templateId:'scim', schedule:{state:'Active', interval:'PT40M'}}");
        job.put("id", "scim." + TENANT_ID.replace("-", "") + "." + id("job of " + servicePrincipalId));
        job.putObject("status").put("code", code);
        return add("/servicePrincipals/" + servicePrincipalId + "/synchronization/jobs", job);
    }

    /** Holds the user to be at risk. */
    public ObjectNode risky(String userId, String level, String state) {
        ObjectNode row = json("{isDeleted:false, riskDetail:'none', riskLastUpdatedDateTime:'2026-08-29T06:00:00Z'}");
        row.put("id", userId).put("riskLevel", level).put("riskState", state);
        row.set("userPrincipalName", object(userId).get("userPrincipalName"));
        return add("/identityProtection/riskyUsers", row);
    }

    /** Enables these authentication methods, and no others. */
    public void authenticationMethods(String... enabled) {
        ObjectNode policy = json("{id:'authenticationMethodsPolicy', policyMigrationState:'migrationComplete'}");
        Stream.of("Fido2", "MicrosoftAuthenticator", "Sms", "TemporaryAccessPass", "X509Certificate", "Voice")
                .forEach(method -> policy.withArray("authenticationMethodConfigurations")
                        .add(json("{excludeTargets:[], includeTargets:[{targetType:'group', id:'all_users',"
                                        + " isRegistrationRequired:false}]}")
                                .put("id", method)
                                .put("state", List.of(enabled).contains(method) ? "enabled" : "disabled")));
        store("/policies/authenticationMethodsPolicy", policy);
    }

    /** The policy that {@link #authenticationMethods} made. */
    public ObjectNode authenticationMethodsPolicy() {
        return stored("/policies/authenticationMethodsPolicy").orElseThrow();
    }

    public ObjectNode label(String name) {
        ObjectNode label = json("{description:'', priority:1, hasProtection:true}");
        return add(
                "/security/dataSecurityAndGovernance/sensitivityLabels",
                label.put("id", id("label " + name)).put("name", name).put("displayName", name));
    }

    public ObjectNode cloudAppAlert(String title, String at) {
        ObjectNode alert = json("{serviceSource:'microsoftDefenderForCloudApps', status:'new', evidence:["
                + "{'@odata.type':'#microsoft.graph.security.ipEvidence', ipAddress:'203.0.113.99'}]}");
        return add(
                "/security/alerts_v2",
                alert.put("id", "ma" + id(title)).put("title", title).put("createdDateTime", at));
    }

    /** A row of the sign-in log, which keeps 30 days. */
    public ObjectNode legacySignIn(String userId, String client, String event, String at, int errorCode) {
        ObjectNode row = json("{appDisplayName:'Office 365 Exchange Online', ipAddress:'203.0.113.99',"
                + "location:{city:'Basel', geoCoordinates:{latitude:47.55, longitude:7.58}}}");
        row.put("id", id(userId + client + at)).put("userId", userId).put("clientAppUsed", client);
        row.set("userPrincipalName", object(userId).get("userPrincipalName"));
        row.put("createdDateTime", at).putObject("status").put("errorCode", errorCode);
        row.putArray("signInEventTypes").add(event);
        return add("/auditLogs/signIns", row);
    }

    /** The id of the registration of the application whose service principal has this name. */
    public static String registration(String name) {
        return id("registration of " + name);
    }

    /** Makes the principal an owner of a group, a service principal or a registration. */
    public void owner(String ownedId, String ownerId) {
        owners.computeIfAbsent(ownedId, id -> new ArrayList<>()).add(ownerId);
    }

    /** The id of the app role by which Microsoft Graph has this permission. */
    public static String appRoleId(String permission) {
        return Optional.ofNullable(PERMISSIONS.get(permission)).orElseThrow();
    }

    /** The tenant's own service principal of Microsoft Graph. */
    public ObjectNode microsoftGraph() {
        return collection("/servicePrincipals").stream()
                .filter(one -> one.path("appId").asText().equals(MICROSOFT_GRAPH))
                .findFirst()
                .orElseThrow();
    }

    /** Grants the application permission of Microsoft Graph with this app role id. */
    public ObjectNode graphAppRole(String servicePrincipalId, String appRoleId) {
        ObjectNode grant = json("{principalType:'ServicePrincipal', resourceDisplayName:'Microsoft Graph'}");
        grant.put("id", id(servicePrincipalId + appRoleId)).put("principalId", servicePrincipalId);
        grant.set("principalDisplayName", object(servicePrincipalId).get("displayName"));
        grant.put("appRoleId", appRoleId);
        return add("/servicePrincipals/" + id("Microsoft Graph") + "/appRoleAssignedTo", grant);
    }

    /** Adds a group with these members, and gives its id. */
    public String group(String name, String... memberIds) {
        String id = id(name);
        groupOfId(id, name);
        members.put(id, new ArrayList<>(List.of(memberIds)));
        return id;
    }

    /** Adds an empty group with this id. */
    public ObjectNode groupOfId(String id, String name) {
        ObjectNode group = json("{'@odata.type':'#microsoft.graph.group', isAssignableToRole:true,"
                + " isManagementRestricted:false, membershipRule:null, onPremisesSyncEnabled:null}");
        store("/groups/" + id, group.put("id", id).put("displayName", name));
        members.put(id, new ArrayList<>());
        return group;
    }

    public void member(String groupId, String memberId) {
        members.computeIfAbsent(groupId, id -> new ArrayList<>()).add(memberId);
    }

    /** Puts so many users of no name into the group. */
    public void ordinaryMembers(String groupId, int count) {
        ordinaryMembers.put(groupId, count);
    }

    /** Takes a member out of the group, as far as it is one directly. */
    public boolean leave(String groupId, String memberId) {
        return members.getOrDefault(groupId, new ArrayList<>()).remove(memberId);
    }

    /** Takes an owner from what it owns. */
    public boolean disown(String ownedId, String ownerId) {
        return owners.getOrDefault(ownedId, new ArrayList<>()).remove(ownerId);
    }

    /** Takes it out of every group, and from everything that it owns. */
    public void leaveAll(String id) {
        members.values().forEach(list -> list.remove(id));
        owners.values().forEach(list -> list.remove(id));
    }

    /** The object itself, to change it. */
    public ObjectNode object(String id) {
        return anything(id).orElseThrow();
    }

    /** Takes the object out of the directory; what points to it stays. */
    /** Deletes something, which Entra ID keeps for 30 days. */
    public void delete(String id) {
        objects.values().stream()
                .filter(node -> node.path("id").asText().equals(id))
                .findFirst()
                .ifPresent(node -> store("/directory/deletedItems/" + id, node));
        objects.entrySet()
                .removeIf(one -> one.getValue().path("id").asText().equals(id)
                        && !one.getKey().startsWith("/directory/deleteditems/"));
    }

    /** A built-in role, which beta shows as privileged unless it is for Exchange or SharePoint. */
    public ObjectNode role(String templateId, String title) {
        ObjectNode role = json("{isBuiltIn:true}").put("isPrivileged", !LABELLED_NOT.contains(templateId));
        role.put("id", templateId).put("templateId", templateId).put("displayName", title);
        return add("/roleManagement/directory/roleDefinitions", role);
    }

    public ObjectNode standing(String principalId, String roleId) {
        add("/roleManagement/directory/roleAssignments", assignment(principalId, roleId));
        return instance(principalId, roleId, "Assigned", null);
    }

    public ObjectNode timeBound(String principalId, String roleId, String end) {
        add("/roleManagement/directory/roleAssignments", assignment(principalId, roleId));
        return instance(principalId, roleId, "Assigned", end);
    }

    /** Eligible, and activated until the end. */
    public ObjectNode activated(String principalId, String roleId, String end) {
        eligible(principalId, roleId);
        add("/roleManagement/directory/roleAssignments", assignment(principalId, roleId));
        return instance(principalId, roleId, "Activated", end);
    }

    public ObjectNode eligible(String principalId, String roleId) {
        ObjectNode row = assignment(principalId, roleId);
        row.put("memberType", "Direct")
                .put("startDateTime", "2026-01-12T10:00:00Z")
                .putNull("endDateTime");
        return add("/roleManagement/directory/roleEligibilityScheduleInstances", row);
    }

    /** A schedule by which the role is assigned from some time on, and until an end if there is one. */
    public ObjectNode assignedFrom(String principalId, String roleId, String begin, @Nullable String end) {
        ObjectNode row = schedule(principalId, roleId, begin, end).put("assignmentType", "Assigned");
        return add("/roleManagement/directory/roleAssignmentSchedules", row);
    }

    /** A schedule by which somebody is eligible for the role from some time on, and until an end if there is one. */
    public ObjectNode eligibleFrom(String principalId, String roleId, String begin, @Nullable String end) {
        return add("/roleManagement/directory/roleEligibilitySchedules", schedule(principalId, roleId, begin, end));
    }

    private static ObjectNode schedule(String principalId, String roleId, String begin, @Nullable String end) {
        ObjectNode row =
                assignment(principalId, roleId).put("memberType", "Direct").put("status", "Provisioned");
        ObjectNode info =
                row.putObject("scheduleInfo").put("startDateTime", begin).putNull("recurrence");
        info.putObject("expiration")
                .put("type", end == null ? "noExpiration" : "afterDateTime")
                .put("endDateTime", end)
                .putNull("duration");
        return row;
    }

    /** Eligible for membership of the group. */
    public ObjectNode groupEligible(String groupId, String principalId) {
        ObjectNode row = grant(groupId, principalId).putNull("endDateTime");
        return add("/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances", row);
    }

    /** Assigned membership of the group, which makes it an active member. */
    public ObjectNode groupAssigned(String groupId, String principalId) {
        member(groupId, principalId);
        ObjectNode row = grant(groupId, principalId)
                .put("assignmentType", "assigned")
                .put("endDateTime", "9999-12-31T23:59:59Z");
        return add("/identityGovernance/privilegedAccess/group/assignmentScheduleInstances", row);
    }

    /** An access review of all users in a role, every so many months, by a reviewer; gives the definition. */
    public ObjectNode review(String name, String roleId, int months) {
        ObjectNode review = json("""
            {status:'InProgress', reviewers:[{query:'/users/owner', queryType:'MicrosoftGraph'}], stageSettings:[],
             scope:{'@odata.type':'#microsoft.graph.principalResourceMembershipsScope',
               principalScopes:[{'@odata.type':'#microsoft.graph.accessReviewQueryScope', query:'/users'},
                 {'@odata.type':'#microsoft.graph.accessReviewQueryScope', query:'/groups'}],
               resourceScopes:[{'@odata.type':'#microsoft.graph.accessReviewQueryScope'}]},
             settings:{autoApplyDecisionsEnabled:true, instanceDurationInDays:14, recurrence:{
               pattern:{type:'absoluteMonthly'}, range:{type:'noEnd', startDate:'2026-01-01', endDate:null}}}}\
            """);
        review.put("id", id("review " + name)).put("displayName", name);
        review.withObject("/settings/recurrence/pattern").put("interval", months);
        ((ObjectNode) review.at("/scope/resourceScopes/0"))
                .put("query", "/roleManagement/directory/roleDefinitions/" + roleId);
        return add("/identityGovernance/accessReviews/definitions", review);
    }

    /** One time that a review ran; gives its id. */
    public String reviewed(ObjectNode review, String status, String from, String to) {
        String id = id(review.path("id").asText() + from);
        add(
                instances(review),
                json("{}")
                        .put("id", id)
                        .put("status", status)
                        .put("startDateTime", from)
                        .put("endDateTime", to));
        return id;
    }

    /** What was decided in an instance of a review, by somebody or, without an id, by nobody. */
    public ObjectNode decision(ObjectNode review, String instanceId, String decision, String reviewerId) {
        List<ObjectNode> all = collections.computeIfAbsent(
                instances(review) + "/" + instanceId + "/decisions", it -> new ArrayList<>());
        ObjectNode item = json("{justification:'still needed', applyResult:'New'}")
                .put("id", id(instanceId + all.size()))
                .put("decision", decision);
        item.putObject("reviewedBy")
                .put("id", reviewerId.isEmpty() ? "00000000-0000-0000-0000-000000000000" : reviewerId);
        all.add(item);
        return item;
    }

    private static String instances(ObjectNode review) {
        return "/identityGovernance/accessReviews/definitions/"
                + review.path("id").asText() + "/instances";
    }

    /** An entry of the audit log about a role, as PIM writes it. */
    public ObjectNode pimAudit(String activity, String at, String byId, String userId, String roleId, String reason) {
        ObjectNode entry = json("""
            {category:'RoleManagement', loggedByService:'PIM', result:'success', initiatedBy:{app:null, user:{}},
             targetResources:[{type:'Role', modifiedProperties:[]}, {type:'Request'}, {type:'User'}],
             additionalDetails:[{key:'TemplateId'}, {key:'ipaddr', value:'203.0.113.7'}]}\
            """);
        entry.put("id", "PIM_" + id(activity + at + userId)).put("activityDisplayName", activity);
        entry.put("activityDateTime", at).put("resultReason", reason);
        entry.withObject("/initiatedBy/user").put("id", byId).put("userPrincipalName", signInName(byId));
        ((ObjectNode) entry.at("/targetResources/0")).put("id", roleId).put("displayName", roleName(roleId));
        ((ObjectNode) entry.at("/targetResources/2")).put("id", userId).put("displayName", signInName(userId));
        ((ObjectNode) entry.at("/additionalDetails/0")).put("value", roleId);
        return add("/auditLogs/directoryAudits", entry);
    }

    /** An entry of the audit log about a role, as the directory writes it. */
    public ObjectNode directoryAudit(String activity, String at, String byId, String userId, String roleId) {
        ObjectNode entry = json("""
            {category:'RoleManagement', loggedByService:'Core Directory', result:'success', resultReason:'',
             initiatedBy:{app:null, user:{}}, additionalDetails:[],
             targetResources:[{type:'User', modifiedProperties:[
               {displayName:'Role.DisplayName', oldValue:null}, {displayName:'Role.TemplateId', oldValue:null}]}]}\
            """);
        entry.put("id", "Directory_" + id(activity + at + userId)).put("activityDisplayName", activity);
        entry.put("activityDateTime", at);
        entry.withObject("/initiatedBy/user").put("id", byId).put("userPrincipalName", signInName(byId));
        ((ObjectNode) entry.at("/targetResources/0")).put("id", userId).put("userPrincipalName", signInName(userId));
        ((ObjectNode) entry.at("/targetResources/0/modifiedProperties/0"))
                .put("newValue", '"' + roleName(roleId) + '"');
        ((ObjectNode) entry.at("/targetResources/0/modifiedProperties/1")).put("newValue", '"' + roleId + '"');
        return add("/auditLogs/directoryAudits", entry);
    }

    private String signInName(String userId) {
        return anything(userId)
                .map(user -> user.path("userPrincipalName")
                        .asText(user.path("displayName").asText()))
                .orElse(userId);
    }

    private String roleName(String roleId) {
        return collection("/roleManagement/directory/roleDefinitions").stream()
                .filter(role -> role.path("id").asText().equals(roleId))
                .map(role -> role.path("displayName").asText())
                .findFirst()
                .orElse(roleId);
    }

    public void domain(String name, boolean initial, boolean federated) {
        ObjectNode domain = json("{isVerified:true, isDefault:false}").put("id", name);
        domain.put("isInitial", initial).put("authenticationType", federated ? "Federated" : "Managed");
        add("/domains", domain);
        if (federated) {
            collections.put(
                    "/domains/" + name + "/federationConfiguration",
                    List.of(json("{displayName:'AD FS', federatedIdpMfaBehavior:'rejectMfaByFederatedIdp'}")));
        }
    }

    public ObjectNode subscription(String name, String... planIds) {
        ObjectNode sku = json("{capabilityStatus:'Enabled', servicePlans:[]}");
        sku.put("skuId", id("sku " + name)).put("skuPartNumber", name);
        for (String planId : planIds) {
            sku.withArray("servicePlans")
                    .addObject()
                    .put("servicePlanId", planId)
                    .put("servicePlanName", planId.equals(P2_PLAN) ? "AAD_PREMIUM_P2" : "AAD_PREMIUM")
                    .put("provisioningStatus", "Success")
                    .put("appliesTo", "User");
        }
        return add("/subscribedSkus", sku);
    }

    /** Adds a subscription with one plan of this name. */
    public void plan(String subscription, String planName) {
        ((ObjectNode) subscription(subscription, id("plan " + planName))
                        .withArray("servicePlans")
                        .get(0))
                .put("servicePlanName", planName);
    }

    public void registration(String userId, boolean capable, String... methodNames) {
        ObjectNode row = json("{isAdmin:true, methodsRegistered:[]}").put("id", userId);
        row.put("isMfaCapable", capable).put("isMfaRegistered", capable);
        Stream.of(methodNames).forEach(row.withArray("methodsRegistered")::add);
        registrations.put(userId, row);
    }

    /** To the registration report the account is no administrator: it has its row, and not among theirs. */
    public void notAdministrator(String userId) {
        notAdministrators.add(userId);
    }

    /** The registration report takes no filter on ids. */
    public void withoutBlocksOfRegistrations() {
        withoutBlocks = true;
    }

    /** The registration report has no row of the account. */
    public void unreported(String userId) {
        registrations.remove(userId);
    }

    /** The account's row of the registration report, to change it. */
    public ObjectNode reportRow(String userId) {
        return Optional.ofNullable(registrations.get(userId)).orElseThrow();
    }

    /** When the user last used a service of Microsoft 365, by the column of the usage report: Exchange, Teams ... */
    public FakeTenant used(String userId, String service, String day) {
        activities.computeIfAbsent(userId, id -> new HashMap<>()).put(service, day);
        return this;
    }

    /** The last day that the usage report covers. */
    public void refreshed(String day) {
        refreshed = day;
    }

    /** Puts the user into the usage report, though it used nothing. */
    public void usedNothing(String userId) {
        activities.computeIfAbsent(userId, id -> new HashMap<>());
    }

    /** The settings of usage reports, to change them. */
    public ObjectNode reportSettings() {
        return stored("/admin/reportSettings").orElseThrow();
    }

    /** Gives the user a mailbox for a purpose: user, shared ... */
    public void mailbox(String userId, String purpose) {
        mailboxes.put(userId, purpose);
    }

    /** Sets the account's per-user MFA: disabled, enabled or enforced. */
    public void perUserMfa(String userId, String state) {
        perUserMfa.put(userId, state);
    }

    /** The service principal was last used then as a client by itself, and as a resource later; null for never. */
    public void lastUsed(String servicePrincipalId, @Nullable String at) {
        ObjectNode row = json("{delegatedClientSignInActivity:null}");
        row.put("id", id("use of " + servicePrincipalId))
                .put("appId", object(servicePrincipalId).path("appId").asText());
        row.putObject("applicationAuthenticationClientSignInActivity")
                .put("lastSignInDateTime", at == null ? "0001-01-01T00:00:00Z" : at);
        row.putObject("applicationAuthenticationResourceSignInActivity")
                .put("lastSignInDateTime", "2026-08-31T00:00:00Z");
        add("/beta/reports/servicePrincipalSignInActivities", row);
    }

    /** The application has a template to make a provisioning job from. */
    public void provisionable(String servicePrincipalId, String template) {
        add(
                "/servicePrincipals/" + servicePrincipalId + "/synchronization/templates",
                json("{default:true}").put("id", template));
    }

    /** Where a provisioning job goes, by its schema. */
    public void direction(String servicePrincipalId, ObjectNode job, @Nullable String source, @Nullable String target) {
        ObjectNode schema = json("{version:'1'}");
        schema.putArray("synchronizationRules")
                .addObject()
                .put("sourceDirectoryName", source)
                .put("targetDirectoryName", target);
        store(
                "/servicePrincipals/" + servicePrincipalId + "/synchronization/jobs/"
                        + job.path("id").asText() + "/schema",
                schema);
    }

    /** Somebody is assigned to the application. */
    public void assigned(String servicePrincipalId, String principalId) {
        add(
                "/servicePrincipals/" + servicePrincipalId + "/appRoleAssignedTo",
                json("{principalType:'User'}").put("principalId", principalId));
    }

    public void methods(String userId, String... types) {
        ArrayNode all = JSON.createArrayNode();
        Stream.of(types)
                .forEach(type -> all.addObject()
                        .put("@odata.type", "#microsoft.graph." + type + "AuthenticationMethod")
                        .put("id", id(userId + type)));
        methods.put(userId, all);
    }

    /** The user has this passkey (FIDO2), and no other method. */
    public void passkey(String userId, String model) {
        ArrayNode all = JSON.createArrayNode();
        all.addObject()
                .put("@odata.type", "#microsoft.graph.fido2AuthenticationMethod")
                .put("id", id(userId + model))
                .put("aaGuid", model);
        methods.put(userId, all);
    }

    /** An enabled policy for all applications, every other condition unset; the group is excluded unless empty. */
    public ObjectNode policy(String name, String includeUsers, String excludeGroup, String control) {
        ObjectNode policy = json("""
            {state:'enabled', createdDateTime:'2025-05-05T05:05:05Z', modifiedDateTime:null, templateId:null,
             conditions:{clientAppTypes:['all'], platforms:null, locations:null, devices:null, times:null,
               deviceStates:null, clientApplications:null, signInRiskLevels:[], userRiskLevels:[],
               users:{includeUsers:[], excludeUsers:[], includeGroups:[], excludeGroups:[], includeRoles:[],
                 excludeRoles:[], includeGuestsOrExternalUsers:null, excludeGuestsOrExternalUsers:null},
               applications:{includeApplications:['All'], excludeApplications:[], includeUserActions:[],
                 includeAuthenticationContextClassReferences:[], applicationFilter:null}},
             grantControls:{operator:'OR', builtInControls:[], customAuthenticationFactors:[], termsOfUse:[],
               authenticationStrength:null},
             sessionControls:null}\
            """);
        policy.put("id", id("policy " + name)).put("displayName", name);
        policy.withObject("/conditions/users").withArray("includeUsers").add(includeUsers);
        if (!excludeGroup.isEmpty()) {
            policy.withObject("/conditions/users").withArray("excludeGroups").add(excludeGroup);
        }
        policy.withObject("/grantControls").withArray("builtInControls").add(control);
        return add(POLICIES, policy);
    }

    /** Version 1.0 of Graph leaves the policy out, and beta shows it. */
    public ObjectNode inPreview(ObjectNode policy) {
        collection(POLICIES).remove(policy);
        return add("/beta" + POLICIES, policy);
    }

    /** What only beta shows of the policy, a copy to change. */
    public ObjectNode asOfBeta(ObjectNode policy) {
        return add("/beta" + POLICIES, policy.deepCopy());
    }

    private List<ObjectNode> policiesOfBeta() {
        Map<String, ObjectNode> policies = new LinkedHashMap<>();
        collection(POLICIES).forEach(policy -> policies.put(policy.path("id").asText(), policy));
        collections
                .getOrDefault("/beta" + POLICIES, List.of())
                .forEach(policy -> policies.put(policy.path("id").asText(), policy));
        return List.copyOf(policies.values());
    }

    /** Adds a sign-in to the log, with an error code or 0. */
    public void signIn(String userId, String at, int errorCode) {
        ObjectNode signIn = json("{appDisplayName:'Azure Portal', isInteractive:true, ipAddress:'203.0.113.7',"
                + " location:{city:'Basel', state:'Basel-Stadt', countryOrRegion:'CH',"
                + " geoCoordinates:{latitude:47.56, longitude:7.59}}}");
        signIn.put("id", id("sign-in " + userId + at)).put("userId", userId).put("createdDateTime", at);
        signIn.put("userPrincipalName", object(userId).path("userPrincipalName").asText());
        signIn.putObject("status").put("errorCode", errorCode);
        add("/auditLogs/signIns", signIn);
    }

    /** Adds to a collection, by its path, and gives back what was added. */
    public ObjectNode add(String path, ObjectNode item) {
        collections.computeIfAbsent(path, it -> new ArrayList<>()).add(item);
        return item;
    }

    /** The items of a collection, to change them. */
    public List<ObjectNode> collection(String path) {
        return Optional.ofNullable(collections.get(path)).orElseThrow();
    }

    /** Makes the tenant one that is synchronised from an on-premises directory; hashes last came then, if ever. */
    public void synchronised(boolean hashesOn, @Nullable String hashesReceivedAt) {
        collection("/organization").get(0).put("onPremisesSyncEnabled", true);
        collection("/beta/organization")
                .get(0)
                .put("onPremisesSyncEnabled", true)
                .put("onPremisesLastPasswordSyncDateTime", hashesReceivedAt);
        collection("/directory/onPremisesSynchronization")
                .get(0)
                .withObject("/features")
                .put("passwordSyncEnabled", hashesOn);
    }

    /** Whether MFA of other tenants counts, if nothing is set for them. */
    public FakeTenant mfaOfOthersAccepted(boolean accepted) {
        stored("/policies/crossTenantAccessPolicy/default")
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

    /** The policy for joining devices, to change it. */
    public ObjectNode deviceRegistration() {
        return stored("/policies/deviceRegistrationPolicy").orElseThrow();
    }

    /** Adds the Secure Score of a day, with the points of each control; the newest comes first, so begin with the oldest. */
    public ObjectNode secureScore(String day, double max, Map<String, Double> controls) {
        ObjectNode score = json("{vendorInformation:{provider:'SecureScore', vendor:'Microsoft'}}");
        score.put("id", TENANT_ID + "_" + day)
                .put("azureTenantId", TENANT_ID)
                .put("createdDateTime", day + "T00:00:00Z");
        score.put("maxScore", max);
        double current = 0;
        ArrayNode list = score.putArray("controlScores");
        for (Map.Entry<String, Double> control : new TreeMap<>(controls).entrySet()) {
            current += control.getValue();
            list.addObject()
                    .put("controlCategory", "Identity")
                    .put("controlName", control.getKey())
                    .put("score", control.getValue());
        }
        collection("/security/secureScores").add(0, score.put("currentScore", current));
        return score;
    }

    public ObjectNode securityDefaults() {
        return stored("/policies/identitySecurityDefaultsEnforcementPolicy").orElseThrow();
    }

    /** Answers a path with an error from now on: as it is, with {@code {id}} for ids, or so and with its {@code $select}. */
    public FakeTenant refuse(String path, int status, String code) {
        refusals.put(path, new Refusal(status, code, "refused on demand"));
        return this;
    }

    /** As {@link #refuse}, but only the first request that fits. */
    public FakeTenant refuseOnce(String path, int status, String code) {
        once.add(path);
        return refuse(path, status, code);
    }

    /** The most items that a page holds. */
    public FakeTenant pageSize(int items) {
        pageSize = items;
        return this;
    }

    /** The tenant's Azure, to fill it; it answers what is not for Graph. */
    public FakeArm arm() {
        return arm;
    }

    // --- what it was asked ------------------------------------------------------------------------------------------

    /** How many HTTP calls came, a batch counted once. */
    public int calls() {
        return calls.get();
    }

    /** Requests by method and path with {@code {id}}, those in a batch counted singly, pages too. */
    public Map<String, Long> requests() {
        return log.stream().collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    /** What was wrong with requests; a server around this tenant can hide the failure itself from the test. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    // --- answering --------------------------------------------------------------------------------------------------

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
        return (link, body) -> body.read(new ByteArrayInputStream(report(link).getBytes(StandardCharsets.UTF_8)));
    }

    private String report(URI link) {
        require(REPORT_LINK.equals(link.toString()), "no such report: " + link);
        boolean concealed = reportSettings().path("displayConcealedNames").asBoolean();
        String services = String.join(" Last Activity Date,", REPORTED) + " Last Activity Date,";
        StringBuilder csv = new StringBuilder("\uFEFFReport Refresh Date,User Principal Name,Display Name,Is Deleted,");
        csv.append(services).append("Assigned Products,Report Period\r\n");
        activities.forEach((id, days) -> row(
                csv,
                object(id).path("userPrincipalName").asText(),
                concealed,
                REPORTED.stream().map(service -> days.getOrDefault(service, "")).collect(Collectors.joining(","))));
        for (int i = 0; i < ordinaryUsers; i++) {
            row(csv, "ordinary" + i + "@" + initialDomain, concealed, ",".repeat(REPORTED.size() - 1));
        }
        return csv.toString();
    }

    private void row(StringBuilder csv, String name, boolean concealed, String days) {
        csv.append(refreshed)
                .append(',')
                .append(concealed ? id(name).replace("-", "") : name)
                .append(",\"Somebody, \"\"else\"\"\",False,")
                .append(days)
                .append(",\"MICROSOFT 365 E5+TEAMS\",90\r\n");
    }

    /** Answers as Graph does over the wire: a usage report is a redirect. */
    public WireResponse answer(WireRequest request) {
        URI uri = request.uri();
        if (!RequestTarget.of(uri).isOfGraph()) {
            return arm.send(request);
        }
        calls.incrementAndGet();
        String version = uri.getPath().startsWith("/beta/") ? "/beta" : "/v1.0";
        String root = uri.getScheme() + "://" + uri.getRawAuthority() + version;
        require(uri.getPath().startsWith(version + "/"), "no such version: " + uri);
        if (uri.getPath().equals(version + "/$batch")) {
            require(request.method().equals("POST"), "a batch is posted");
            return response(200, batch(root, parse(request.body())));
        }
        String pathAndQuery = uri.toString().substring(root.length());
        boolean eventual = "eventual".equals(request.headers().get("consistencylevel"));
        ObjectNode answer = answer(root, request.method(), pathAndQuery, request.body(), eventual);
        return answer.get("status").intValue() == 302
                ? new WireResponse(302, Map.of("location", REPORT_LINK), "")
                : response(answer.get("status").intValue(), answer.get("body"));
    }

    private JsonNode batch(String root, JsonNode batch) {
        JsonNode requests = batch.path("requests");
        require(requests.size() >= 1 && requests.size() <= MOST_IN_BATCH, "a batch of " + requests.size());
        ObjectNode answers = JSON.createObjectNode();
        Set<String> ids = new HashSet<>();
        for (JsonNode request : requests) {
            String id = request.path("id").textValue();
            require(id != null && ids.add(id), "a batch with a missing or double id");
            String url = request.path("url").asText();
            require(!url.startsWith("/reports/get"), "a batch cannot redirect to a report");
            require(url.startsWith("/") && !url.startsWith("/beta/") && !url.startsWith("/v1.0/"), "batched " + url);
            boolean post = request.path("method").asText().equals("POST");
            require(
                    !post
                            || request.path("headers")
                                    .toString()
                                    .toLowerCase(Locale.ROOT)
                                    .contains("json"),
                    "a batched POST without a content type");
            String body = request.has("body") ? request.get("body").toString() : "";
            boolean eventual =
                    request.path("headers").toString().toLowerCase(Locale.ROOT).contains("eventual");
            ObjectNode answer = answer(root, request.path("method").asText(), url, body, eventual);
            answers.withArray("responses").insert(0, answer.put("id", id)); // in any order, as Graph does
        }
        return answers;
    }

    private ObjectNode answer(String root, String method, String pathAndQuery, String body, boolean eventual) {
        int mark = pathAndQuery.indexOf('?');
        String path = decode(mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark));
        Map<String, String> query = query(mark < 0 ? "" : pathAndQuery.substring(mark + 1));
        String version = root.endsWith("/beta") ? "/beta" : "";
        String template = version + template(path);
        log.add(method + " " + template);
        Optional<Refusal> refusal = Stream.of(
                        version + path,
                        template,
                        template + "?$select=" + query.getOrDefault("$select", ""),
                        template + "?$filter=" + query.getOrDefault("$filter", ""))
                .flatMap(this::refusal)
                .findFirst();
        if (refusal.isPresent()) {
            return error(refusal.get());
        }
        Ask ask = new Ask(method, path, template, query, body.isEmpty() ? JSON.missingNode() : parse(body), eventual);
        return switch (template) {
            case "/organization",
                    "/subscribedSkus",
                    "/roleManagement/directory/roleDefinitions",
                    "/directory/onPremisesSynchronization",
                    "/directory/deviceLocalCredentials" -> {
                require(
                        !ask.query().getOrDefault("$select", "").contains("isPrivileged"),
                        "only beta has isPrivileged");
                yield page(root, ask, select(ask, collection(path)));
            }
            case "/beta/roleManagement/directory/roleDefinitions" -> page(root, ask, select(ask, collection(path)));
            case "/beta/organization", "/beta/identity/conditionalAccess/policies" ->
                page(root, ask, select(ask, template.endsWith("/policies") ? policiesOfBeta() : collection(template)));
            case "/domains",
                    "/identity/conditionalAccess/policies",
                    "/identity/conditionalAccess/namedLocations",
                    "/policies/authenticationStrengthPolicies",
                    "/security/identities/sensorCandidates",
                    "/security/identities/sensors" -> page(root, get(ask), collection(path));
            case "/security/identities/healthIssues" -> page(root, get(ask), openHealthIssues(ask));
            case "/security/secureScores" -> page(root, get(ask), collection(path));
            case "/policies/crossTenantAccessPolicy/default" ->
                ok(stored(get(ask).path()).orElseThrow());
            case "/policies/crossTenantAccessPolicy/partners" -> page(root, get(ask), collection(path));
            case "/policies/deviceRegistrationPolicy" ->
                stored(path).map(FakeTenant::ok).orElseGet(() -> notFound(path));
            case "/domains/{id}/federationConfiguration" ->
                collections.containsKey(path) ? page(root, get(ask), collection(path)) : notFound(path);
            case "/roleManagement/directory/roleAssignments",
                    "/roleManagement/directory/roleAssignmentScheduleInstances",
                    "/roleManagement/directory/roleEligibilityScheduleInstances",
                    "/roleManagement/directory/roleAssignmentSchedules",
                    "/roleManagement/directory/roleEligibilitySchedules" ->
                page(root, get(ask), expand(ask, collection(path)));
            case "/identityGovernance/privilegedAccess/group/assignmentScheduleInstances",
                    "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances" ->
                page(root, get(ask), expand(ask, ofGroup(ask)));
            case "/policies/roleManagementPolicyAssignments" -> page(root, get(ask), pimPolicies(ask));
            case "/identityGovernance/accessReviews/definitions",
                    "/identityGovernance/accessReviews/definitions/{id}/instances",
                    "/identityGovernance/accessReviews/definitions/{id}/instances/{id}/decisions",
                    "/deviceManagement/roleAssignments" ->
                page(root, get(ask), collections.getOrDefault(path, List.of()));
            case "/beta/roleManagement/exchange/roleAssignments", "/beta/roleManagement/defender/roleAssignments" ->
                page(root, get(ask), collections.getOrDefault(template, List.of()));
            case "/roleManagement/entitlementManagement/roleAssignments" ->
                page(root, get(ask), collections.getOrDefault(path, List.of()));
            case "/auditLogs/directoryAudits" -> page(root, get(ask), audits(ask));
            case "/policies/identitySecurityDefaultsEnforcementPolicy",
                    "/users/{id}",
                    "/groups/{id}",
                    "/servicePrincipals/{id}",
                    "/directory/deletedItems/{id}" -> object(ask);
            case "/users" -> page(root, ask, select(ask, ofIds(ask)));
            case "/groups/{id}/members" -> groupMembers(root, ask);
            case "/groups/{id}/transitiveMembers", "/groups/{id}/transitiveMembers/graph.group" ->
                transitiveMembers(root, ask);
            case "/groups/{id}/owners", "/servicePrincipals/{id}/owners", "/applications/{id}/owners" ->
                ownersOf(root, ask);
            case "/servicePrincipals", "/applications" -> page(root, ask, select(ask, ofAppId(ask)));
            case "/directoryObjects/getByIds" -> byIds(ask);
            case "/identityProtection/riskyUsers" -> page(root, get(ask), atRisk(ask));
            case "/policies/authenticationMethodsPolicy" -> ok(stored(path).orElseThrow());
            case "/beta/applications" -> page(root, ask, select(ask, published(ask)));
            case "/servicePrincipals/{id}/synchronization/jobs" ->
                page(root, get(ask), collections.getOrDefault(path, List.of()));
            case "/servicePrincipals/{id}/synchronization/templates" ->
                page(root, get(ask), collections.getOrDefault(path, List.of()));
            case "/servicePrincipals/{id}/synchronization/jobs/{id}/schema" ->
                stored(path).map(FakeTenant::ok).orElseGet(() -> notFound(path));
            case "/beta/reports/servicePrincipalSignInActivities" -> page(root, get(ask), usesOf(ask));
            case "/beta/auditLogs/signIns" -> page(root, get(ask), signIns(ask, eventIn(ask)));
            case "/security/dataSecurityAndGovernance/sensitivityLabels" -> page(root, get(ask), collection(path));
            case "/security/alerts_v2" -> page(root, get(ask), alerts(ask));
            case "/servicePrincipals/{id}/appRoleAssignedTo" ->
                page(root, ask, select(ask, collections.getOrDefault(path, List.of())));
            case "/users/{id}/checkMemberGroups", "/groups/{id}/checkMemberGroups" -> checkMemberGroups(ask);
            case "/users/{id}/authentication/methods" -> authenticationMethods(get(ask));
            case "/beta/users/{id}/authentication/requirements" -> requirements(get(ask));
            case "/auditLogs/signIns" -> page(root, get(ask), signIns(ask));
            case "/admin/reportSettings" -> object(ask);
            case "/reports/getOffice365ActiveUserDetail(period='D90')" -> {
                get(ask);
                yield JSON.createObjectNode().put("status", 302);
            }
            case "/users/{id}/mailboxSettings" -> mailboxSettings(ask);
            case "/reports/authenticationMethods/userRegistrationDetails" -> report(root, get(ask));
            case "/reports/authenticationMethods/userRegistrationDetails/{id}" -> row(get(ask));
            default -> throw complain("nothing should ask " + method + " " + pathAndQuery);
        };
    }

    private List<ObjectNode> usesOf(Ask ask) {
        Matcher filter = APP_FILTER.matcher(ask.query().getOrDefault("$filter", ""));
        require(filter.matches(), "the use of every service principal is asked for");
        return collections.getOrDefault("/beta" + ask.path(), List.of()).stream()
                .filter(row -> row.path("appId").asText().equals(filter.group(1)))
                .toList();
    }

    private Stream<Refusal> refusal(String path) {
        return Stream.ofNullable(once.remove(path) ? refusals.remove(path) : refusals.get(path));
    }

    private ObjectNode object(Ask ask) {
        return stored(ask.path())
                .map(object -> ok(select(ask, List.of(object)).get(0)))
                .orElseGet(() -> notFound(ask.path()));
    }

    private ObjectNode groupMembers(String root, Ask ask) {
        String group = owner(ask);
        if (!exists("/groups/" + group)) {
            return notFound(ask.path());
        }
        Stream<ObjectNode> named =
                members.getOrDefault(group, List.of()).stream().map(this::objectOrShell);
        Stream<ObjectNode> ordinary =
                IntStream.range(0, ordinaryMembers.getOrDefault(group, 0)).mapToObj(this::ordinary);
        return page(root, ask, select(ask, Stream.concat(named, ordinary).toList()));
    }

    /** With a count only where eventual consistency is asked for, as Graph does it. */
    private ObjectNode transitiveMembers(String root, Ask ask) {
        String group = owner(ask);
        if (!exists("/groups/" + group)) {
            return notFound(ask.path());
        }
        require(
                "true".equals(ask.query().get("$count")) && ask.eventual(),
                "members are counted with ConsistencyLevel: eventual");
        Set<String> inside = new LinkedHashSet<>();
        collect(group, inside);
        List<ObjectNode> all = Stream.concat(
                        inside.stream().map(this::objectOrShell),
                        IntStream.range(0, ordinaryMembers.getOrDefault(group, 0))
                                .mapToObj(this::ordinary))
                .filter(one -> !ask.path().endsWith("/graph.group")
                        || one.path("@odata.type").asText().equals("#microsoft.graph.group"))
                .toList();
        ObjectNode answer = page(root, ask, select(ask, all));
        ((ObjectNode) answer.get("body")).put("@odata.count", all.size());
        return answer;
    }

    private void collect(String group, Set<String> inside) {
        for (String member : members.getOrDefault(group, List.of())) {
            if (inside.add(member)) {
                collect(member, inside);
            }
        }
    }

    private ObjectNode ordinary(int number) {
        return json("{'@odata.type':'#microsoft.graph.user'}")
                .put("id", id("ordinary " + number))
                .put("displayName", "ordinary " + number)
                .put("userPrincipalName", "ordinary" + number + "@" + initialDomain);
    }

    private ObjectNode ownersOf(String root, Ask ask) {
        String owned = owner(ask);
        boolean registered = collection("/applications").stream()
                .anyMatch(application -> application.path("id").asText().equals(owned));
        if (!registered && !exists("/groups/" + owned) && !exists("/servicePrincipals/" + owned)) {
            return notFound(ask.path());
        }
        return page(
                root,
                ask,
                select(
                        ask,
                        owners.getOrDefault(owned, List.of()).stream()
                                .map(this::objectOrShell)
                                .toList()));
    }

    private List<ObjectNode> published(Ask ask) {
        require(
                "onPremisesPublishing/isOnPremPublishingEnabled eq true"
                        .equals(ask.query().get("$filter")),
                "published applications are asked for alone");
        return collection("/beta/applications");
    }

    private List<ObjectNode> atRisk(Ask ask) {
        require(
                "riskState eq 'atRisk' or riskState eq 'confirmedCompromised'"
                        .equals(ask.query().get("$filter")),
                "users who are at risk no more are asked for too");
        return collection(ask.path()).stream()
                .filter(row -> Set.of("atRisk", "confirmedCompromised")
                        .contains(row.path("riskState").asText()))
                .toList();
    }

    private List<ObjectNode> alerts(Ask ask) {
        String filter = ask.query().getOrDefault("$filter", "");
        require(
                filter.startsWith("serviceSource eq 'microsoftDefenderForCloudApps' and createdDateTime ge "),
                "alerts are asked of one service and time");
        return since(filter, collection(ask.path()));
    }

    private String eventIn(Ask ask) {
        Matcher event = LOG_EVENT.matcher(ask.query().getOrDefault("$filter", ""));
        return event.find() ? event.group(1) : "interactiveUser";
    }

    /** The sign-in log by time, result, client and kind of event. */
    private List<ObjectNode> signIns(Ask ask, String event) {
        String filter = ask.query().getOrDefault("$filter", "");
        require(filter.contains("status/errorCode eq 0"), "failed sign-ins are asked for too");
        Set<String> clients =
                LOG_CLIENT.matcher(filter).results().map(it -> it.group(1)).collect(Collectors.toSet());
        return since(filter, collection("/auditLogs/signIns")).stream()
                .filter(row -> row.path("status").path("errorCode").asInt() == 0)
                .filter(row -> clients.contains(row.path("clientAppUsed").asText()))
                .filter(row -> row.path("signInEventTypes").path(0).asText().equals(event))
                .toList();
    }

    private List<ObjectNode> since(String filter, List<ObjectNode> rows) {
        Matcher since = LOG_SINCE.matcher(filter);
        require(since.find(), "a log is asked for without a time");
        return rows.stream()
                .filter(row -> row.path("createdDateTime").asText().compareTo(since.group(1)) >= 0)
                .toList();
    }

    private List<ObjectNode> ofAppId(Ask ask) {
        if (("tags/any(t:t eq '" + ENTERPRISE_TAG + "')").equals(ask.query().get("$filter"))) {
            return collection(ask.path()).stream()
                    .filter(row -> row.path("tags").toString().contains(ENTERPRISE_TAG))
                    .toList();
        }
        Matcher several = APPS_FILTER.matcher(ask.query().getOrDefault("$filter", ""));
        if (several.matches()) {
            List<String> ids = List.of(several.group(1).replace("'", "").split(","));
            require(ids.size() <= MOST_ALTERNATIVES, "a filter of " + ids.size());
            return collection(ask.path()).stream()
                    .filter(row -> ids.contains(row.path("appId").asText()))
                    .toList();
        }
        Matcher filter = APP_FILTER.matcher(ask.query().getOrDefault("$filter", ""));
        require(filter.matches(), "applications are asked for one by one");
        return collection(ask.path()).stream()
                .filter(row -> row.path("appId").asText().equals(filter.group(1)))
                .toList();
    }

    private ObjectNode byIds(Ask ask) {
        require(ask.method().equals("POST"), "getByIds is posted");
        require(ask.body().path("types").toString().equals("[\"user\",\"group\"]"), "users and groups are asked for");
        List<ObjectNode> there = new ArrayList<>();
        for (JsonNode id : ask.body().path("ids")) {
            Stream.of("/users/", "/groups/")
                    .flatMap(path -> stored(path + id.asText()).stream())
                    .forEach(there::add);
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.withArray("value").addAll(selected(ask, there));
        return ok(answer);
    }

    private ObjectNode checkMemberGroups(Ask ask) {
        require(ask.method().equals("POST"), "checkMemberGroups is posted");
        String user = owner(ask);
        JsonNode groups = ask.body().path("groupIds");
        require(groups.size() >= 1 && groups.size() <= MOST_GROUPS_CHECKED, "checks " + groups.size() + " groups");
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode holding = answer.withArray("value");
        if (!exists("/users/" + user) && !exists("/groups/" + user)) {
            return notFound(ask.path());
        }
        for (JsonNode group : groups) {
            if (!exists("/groups/" + group.asText())) {
                return notFound("/groups/" + group.asText());
            }
            if (holds(group.asText(), user, new HashSet<>())) {
                holding.add(group.asText());
            }
        }
        return ok(answer);
    }

    private boolean holds(String group, String user, Set<String> seen) {
        List<String> inside = members.getOrDefault(group, List.of());
        return seen.add(group)
                && (inside.contains(user)
                        || inside.stream().anyMatch(it -> members.containsKey(it) && holds(it, user, seen)));
    }

    private void store(String path, ObjectNode object) {
        objects.put(path.toLowerCase(Locale.ROOT), object);
    }

    private Optional<ObjectNode> stored(String path) {
        return Optional.ofNullable(objects.get(path.toLowerCase(Locale.ROOT)));
    }

    private boolean exists(String path) {
        return stored(path).isPresent();
    }

    /** The user, group or application of this id. */
    private Optional<ObjectNode> anything(String id) {
        return Stream.of("/users/", "/groups/", "/servicePrincipals/")
                .flatMap(kind -> stored(kind + id).stream())
                .findFirst();
    }

    private ObjectNode requirements(Ask ask) {
        String user = owner(ask);
        return exists("/users/" + user)
                ? ok(JSON.createObjectNode().put("perUserMfaState", perUserMfa.getOrDefault(user, "disabled")))
                : notFound(ask.path());
    }

    private ObjectNode mailboxSettings(Ask ask) {
        String purpose = mailboxes.get(owner(ask));
        return purpose == null
                ? error(new Refusal(404, "MailboxNotEnabledForRESTAPI", "the mailbox is inactive or on-premises"))
                : ok(select(ask, List.of(json("{}").put("userPurpose", purpose)))
                        .get(0));
    }

    private ObjectNode authenticationMethods(Ask ask) {
        ArrayNode all = methods.get(owner(ask));
        if (all == null) {
            return notFound(ask.path());
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.set("value", all);
        return ok(answer);
    }

    private ObjectNode report(String root, Ask ask) {
        String filter = ask.query().getOrDefault("$filter", "");
        boolean ids = filter.matches("id eq '[^']+'( or id eq '[^']+'){0,14}");
        require(ids || filter.equals("isAdmin eq true"), "the report of all users is asked for");
        if (ids && withoutBlocks) {
            return error(new Refusal(400, "BadRequest", "The filter is not supported."));
        }
        require(
                ask.query().keySet().stream().allMatch(Set.of("$filter", "$skiptoken")::contains),
                "the report takes no " + ask.query());
        return page(
                root,
                ask,
                registrations.entrySet().stream()
                        .filter(row -> ids
                                ? filter.contains("'" + row.getKey() + "'")
                                : !notAdministrators.contains(row.getKey()))
                        .map(Map.Entry::getValue)
                        .toList());
    }

    private ObjectNode row(Ask ask) {
        ObjectNode row = registrations.get(ask.path().substring(ask.path().lastIndexOf('/') + 1));
        return row == null ? notFound(ask.path()) : ok(row);
    }

    private List<ObjectNode> ofGroup(Ask ask) {
        Matcher filter = GROUP_FILTER.matcher(ask.query().getOrDefault("$filter", ""));
        require(filter.matches(), "PIM for Groups takes a filter on one group");
        return collection(ask.path()).stream()
                .filter(row -> row.path("groupId").asText().equals(filter.group(1)))
                .toList();
    }

    private List<ObjectNode> signIns(Ask ask) {
        Matcher filter = SIGN_IN_FILTER.matcher(ask.query().getOrDefault("$filter", ""));
        if (!filter.matches()) {
            return signIns(ask, "interactiveUser");
        }
        return collections.getOrDefault(ask.path(), List.of()).stream()
                .filter(row -> row.path("userId").asText().equals(filter.group(1))
                        && row.path("createdDateTime").asText().compareTo(filter.group(2)) >= 0)
                .toList();
    }

    private List<ObjectNode> audits(Ask ask) {
        String filter = ask.query().getOrDefault("$filter", "");
        Matcher since = AUDIT_SINCE.matcher(filter);
        require(since.lookingAt(), "the audit log takes a filter on a time");
        Set<String> activities = AUDIT_ACTIVITY
                .matcher(filter)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        require(!activities.isEmpty(), "the audit log of everything is asked for");
        return collections.getOrDefault(ask.path(), List.of()).stream()
                .filter(row -> row.path("activityDateTime").asText().compareTo(since.group(1)) >= 0
                        && activities.contains(row.path("activityDisplayName").asText()))
                .toList();
    }

    private List<ObjectNode> pimPolicies(Ask ask) {
        Matcher filter = PIM_SCOPE_FILTER.matcher(ask.query().getOrDefault("$filter", ""));
        require(filter.matches(), "PIM settings take a filter on scope and type");
        require("policy($expand=rules)".equals(ask.query().get("$expand")), "PIM settings without their rules");
        return collection(ask.path()).stream()
                .filter(row -> row.path("scopeId").asText("/").equals(filter.group(1)))
                .toList();
    }

    private List<ObjectNode> openHealthIssues(Ask ask) {
        require("status eq 'open'".equals(ask.query().get("$filter")), "health issues that are closed");
        return collection(ask.path()).stream()
                .filter(issue -> issue.path("status").asText().equals("open"))
                .toList();
    }

    private List<ObjectNode> expand(Ask ask, List<ObjectNode> rows) {
        String expand = ask.query().getOrDefault("$expand", "");
        require(expand.isEmpty() || expand.equals(PRINCIPAL), "expands " + expand);
        return expand.isEmpty()
                ? rows
                : rows.stream()
                        .map(row -> (ObjectNode) row.deepCopy().set("principal", expanded(row)))
                        .toList();
    }

    /** The names that are asked for, and the type, which comes unasked. */
    private JsonNode expanded(ObjectNode row) {
        return principal(row) instanceof ObjectNode principal
                ? principal.retain("id", "displayName", "userPrincipalName", "@odata.type")
                : JSON.nullNode();
    }

    private JsonNode principal(ObjectNode row) {
        String id = row.path("principalId").asText();
        return anything(id)
                .<JsonNode>map(node -> node.deepCopy().without("signInActivity"))
                .orElse(JSON.nullNode());
    }

    private ObjectNode objectOrShell(String id) {
        return anything(id)
                .orElseGet(
                        () -> json("{'@odata.type':'#microsoft.graph.device'}").put("id", id));
    }

    private List<ObjectNode> select(Ask ask, List<ObjectNode> items) {
        return selected(get(ask), items);
    }

    private List<ObjectNode> selected(Ask ask, List<ObjectNode> items) {
        String select = ask.query().getOrDefault("$select", "");
        require(!select.isEmpty(), "no $select on " + ask.path());
        Set<String> names = new LinkedHashSet<>(List.of(select.split(",", -1)));
        names.add("@odata.type");
        return items.stream().map(item -> item.deepCopy().retain(names)).toList();
    }

    /** Fifteen at most, as everywhere in Graph; who is not there is left out. */
    private List<ObjectNode> ofIds(Ask ask) {
        String filter = ask.query().getOrDefault("$filter", "");
        require(filter.matches("id in \\('[^']+'(,'[^']+'){0,14}\\)"), "users by " + filter);
        return Stream.of(filter.substring("id in (.".length(), filter.length() - 2)
                        .split("','", -1))
                .filter(id -> exists("/users/" + id))
                .map(this::object)
                .toList();
    }

    private ObjectNode page(String root, Ask ask, List<ObjectNode> items) {
        int top = Integer.parseInt(ask.query().getOrDefault("$top", String.valueOf(pageSize)));
        int largest = ask.path().startsWith("/auditLogs/") ? LARGEST_PAGE_OF_LOG : LARGEST_PAGE;
        require(top >= 1 && top <= largest, "a page of " + top);
        int from = Integer.parseInt(ask.query().getOrDefault("$skiptoken", "0"));
        int to = Math.min(items.size(), from + Math.min(top, pageSize));
        ObjectNode answer = JSON.createObjectNode();
        items.subList(from, to).forEach(answer.withArray("value")::add);
        if (to < items.size()) {
            Map<String, String> query = new LinkedHashMap<>(ask.query());
            query.put("$skiptoken", String.valueOf(to));
            answer.put(
                    "@odata.nextLink",
                    root
                            + ask.path()
                            + query.entrySet().stream()
                                    .map(it -> it.getKey() + "=" + encode(it.getValue()))
                                    .collect(Collectors.joining("&", "?", "")));
        }
        return ok(answer);
    }

    /** The key of the object that the path begins with. */
    private static String owner(Ask ask) {
        return ask.path().split("/", -1)[2];
    }

    private Ask get(Ask ask) {
        require(ask.method().equals("GET"), ask.method() + " on " + ask.path());
        return ask;
    }

    private static ObjectNode ok(ObjectNode body) {
        ObjectNode answer = JSON.createObjectNode().put("status", 200);
        answer.putObject("headers").put("Content-Type", "application/json");
        answer.set("body", body);
        return answer;
    }

    private static ObjectNode notFound(String path) {
        return error(new Refusal(404, "Request_ResourceNotFound", "Resource '" + path + "' does not exist"));
    }

    private static ObjectNode error(Refusal refusal) {
        ObjectNode answer = JSON.createObjectNode().put("status", refusal.status());
        answer.putObject("headers").put("Content-Type", "application/json");
        answer.putObject("body").putObject("error").put("code", refusal.code()).put("message", refusal.message());
        return answer;
    }

    private static WireResponse response(int status, JsonNode body) {
        return new WireResponse(status, Map.of("content-type", "application/json"), body.toString());
    }

    private void require(boolean holds, String complaint) {
        if (!holds) {
            throw complain(complaint);
        }
    }

    private IllegalStateException complain(String complaint) {
        complaints.add(complaint);
        return new IllegalStateException(complaint);
    }

    private static String template(String path) {
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean key = GUID.matcher(segments[i]).matches()
                    || segments[i - 1].equals("jobs")
                    || (i == 2
                            && Set.of("users", "groups", "servicePrincipals", "domains")
                                    .contains(segments[1]));
            segments[i] = key ? "{id}" : segments[i];
        }
        return String.join("/", segments);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        Stream.of(raw.split("&", -1)).filter(part -> !part.isEmpty()).forEach(part -> {
            int equals = part.indexOf('=');
            query.put(decode(part.substring(0, equals)), decode(part.substring(equals + 1)));
        });
        return query;
    }

    private static String decode(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return text.replace("%", "%25")
                .replace(" ", "%20")
                .replace("&", "%26")
                .replace("+", "%2B")
                .replace("#", "%23");
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a body that is no JSON", e);
        }
    }

    private static ObjectNode assignment(String principalId, String roleId) {
        return json("{directoryScopeId:'/', appScopeId:null}")
                .put("id", id(principalId + roleId))
                .put("principalId", principalId)
                .put("roleDefinitionId", roleId);
    }

    private ObjectNode instance(String principalId, String roleId, String type, @Nullable String end) {
        ObjectNode row =
                assignment(principalId, roleId).put("assignmentType", type).put("memberType", "Direct");
        row.put("startDateTime", "2026-01-12T10:00:00Z").put("endDateTime", end);
        return add("/roleManagement/directory/roleAssignmentScheduleInstances", row);
    }

    private static ObjectNode grant(String groupId, String principalId) {
        return json("{accessId:'member', memberType:'direct', startDateTime:'2026-01-12T10:00:00Z'}")
                .put("id", id(groupId + principalId))
                .put("groupId", groupId)
                .put("principalId", principalId);
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
