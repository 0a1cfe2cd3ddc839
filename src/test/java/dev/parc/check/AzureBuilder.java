package dev.parc.check;

import static dev.parc.check.TenantBuilder.id;

import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureAlertRule;
import dev.parc.facts.azure.AzureAncestors;
import dev.parc.facts.azure.AzureCustomRole;
import dev.parc.facts.azure.AzureDelegation;
import dev.parc.facts.azure.AzureDelegation.Activation;
import dev.parc.facts.azure.AzureMachine;
import dev.parc.facts.azure.AzureManagementGroup;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.AzureRoleAssignment;
import dev.parc.facts.azure.AzureSecurityContacts;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.azure.AzureSubscriptionPolicy;
import dev.parc.facts.azure.AzureWorkloads;
import dev.parc.facts.azure.DefenderPlan;
import dev.parc.facts.azure.DiagnosticSetting;
import dev.parc.facts.azure.GuestConfiguration;
import dev.parc.facts.azure.LogDestination;
import dev.parc.facts.azure.LogExports;
import dev.parc.facts.azure.LogStorage;
import dev.parc.facts.azure.LogTable;
import dev.parc.facts.azure.LogWorkspace;
import dev.parc.facts.azure.SentinelOnboarding;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives a tenant for tests something in Azure. */
public final class AzureBuilder {

    /** Operations of which somebody should be told. */
    public static final List<String> OPERATIONS = List.of(
            "Microsoft.Authorization/roleAssignments/write",
            "Microsoft.Authorization/policyAssignments/write",
            "Microsoft.Authorization/policyAssignments/delete");

    private static final String TENANT = "tenant";

    private final TenantBuilder tenant;
    private final Map<String, List<DiagnosticSetting>> exports = new LinkedHashMap<>();
    private final Map<String, LogTable> tables = new LinkedHashMap<>();

    private AzureBuilder(TenantBuilder tenant) {
        this.tenant = tenant;
        tenant.add(FactKind.AZURE_MANAGEMENT_GROUPS, new AzureManagementGroup(TENANT, "Tenant Root Group", TENANT));
    }

    /** Azure of a tenant, with its root management group and nothing else. */
    public static AzureBuilder in(TenantBuilder tenant) {
        return new AzureBuilder(tenant);
    }

    /** The tenant with two subscriptions that are as they should be, one of them for production. */
    public static TenantBuilder good(TenantBuilder tenant, Account owner, Account... emergencyAccounts) {
        AzureBuilder azure =
                in(tenant).policy(true).workspace("soc", 365, true).exportDirectory("soc", "AuditLogs", "SignInLogs");
        for (String name : List.of("Production", "Laboratory")) {
            azure.subscription(name)
                    .contacts(name, "soc@contoso.com")
                    .export(name, "soc", "Administrative", "Security")
                    .alerts(name, OPERATIONS)
                    .plans(name, "Arm", "VirtualMachines", "KeyVaults")
                    .holder(owner, AzureRole.OWNER, "/subscriptions/" + id(name), AssignmentKind.ELIGIBLE);
        }
        azure.machine("Production", "vm-1").guestConfiguration("Production", "vm-1", true);
        azure.hosts("Production", "microsoft.compute/virtualmachines", "microsoft.keyvault/vaults");
        Stream.of(emergencyAccounts)
                .forEach(account -> azure.watched("soc", "SigninLogs | where UserId == '" + account.id() + "'"));
        return azure.build().designated(it -> it.withProductionSubscriptions(Set.of(id("Production"))));
    }

    public static AzureSubscription named(String name) {
        return new AzureSubscription(id(name), name, TENANT);
    }

    public AzureBuilder subscription(String name) {
        return subscription(named(name));
    }

    public AzureBuilder subscription(String name, AzureSubscription.State state) {
        return subscription(new AzureSubscription(id(name), name, TENANT, state, false));
    }

    /** A subscription with no setting that sends its log away, until {@link #export} adds one. */
    public AzureBuilder subscription(AzureSubscription subscription) {
        if (subscription.tenantId().equals(TENANT) && subscription.running()) {
            exports.computeIfAbsent(subscription.id(), none -> new ArrayList<>());
        }
        return add(FactKind.AZURE_SUBSCRIPTIONS, subscription);
    }

    /** A management group below the root, and the scope it has. */
    public AzureBuilder managementGroup(String name) {
        return add(FactKind.AZURE_MANAGEMENT_GROUPS, new AzureManagementGroup(name, name, TENANT));
    }

    /** Which management groups are above a subscription, the nearest first; the root is the last of itself. */
    public AzureBuilder below(String subscription, String... managementGroups) {
        return add(
                FactKind.AZURE_ANCESTORS,
                new AzureAncestors(
                        id(subscription),
                        Stream.concat(Stream.of(managementGroups), Stream.of(TENANT))
                                .toList()));
    }

    public AzureBuilder policy(boolean leavingBlocked) {
        return add(FactKind.AZURE_SUBSCRIPTION_POLICY, new AzureSubscriptionPolicy(leavingBlocked, false));
    }

    public AzureBuilder contacts(String subscription, String... emails) {
        return add(
                FactKind.AZURE_SECURITY_CONTACTS,
                new AzureSecurityContacts(id(subscription), List.of(emails), Set.of()));
    }

    public AzureBuilder contactsByRole(String subscription, String... roles) {
        return add(
                FactKind.AZURE_SECURITY_CONTACTS,
                new AzureSecurityContacts(id(subscription), List.of(), Set.of(roles)));
    }

    public AzureBuilder workspace(String name, int retentionDays, boolean sentinel) {
        return workspace(name, retentionDays, sentinel, sentinel);
    }

    /**
     * A workspace whose tables keep what it keeps.
     *
     * @param solution whether the solution of Microsoft Sentinel is on it
     * @param onboarded whether Microsoft Sentinel works on it
     */
    public AzureBuilder workspace(String name, int retentionDays, boolean solution, boolean onboarded) {
        LogTable.categories()
                .forEach(category -> table(name, LogTable.of(category).orElseThrow(), retentionDays));
        return unreadWorkspace(name, retentionDays, solution)
                .add(FactKind.AZURE_SENTINEL, new SentinelOnboarding(id(name), onboarded));
    }

    /** A workspace of which only Resource Graph told. */
    public AzureBuilder unreadWorkspace(String name, int retentionDays, boolean solution) {
        return add(
                FactKind.AZURE_WORKSPACES,
                new LogWorkspace(id(name), name, retentionDays, solution, "/subscriptions/s/" + name));
    }

    /** How long a table keeps what is written to it; the last word on a table counts. */
    public AzureBuilder table(String workspace, String table, int days) {
        tables.put(workspace + table, new LogTable(id(workspace), table, days));
        return this;
    }

    /** The storage account that {@link #export} and {@link #exportDirectory} send to, with rules that delete. */
    public AzureBuilder account(LogStorage.Rule... rules) {
        return add(FactKind.AZURE_LOG_STORAGE, new LogStorage(id("elsewhere"), List.of(rules)));
    }

    /** Sends logs of a subscription to a workspace. */
    public AzureBuilder export(String subscription, String workspace, String... categories) {
        return export(id(subscription), to(LogDestination.Kind.WORKSPACE, workspace), categories);
    }

    public AzureBuilder export(String subscription, LogDestination.Kind kind, String... categories) {
        return export(id(subscription), to(kind, "elsewhere"), categories);
    }

    public AzureBuilder exportDirectory(String workspace, String... categories) {
        return export(LogExports.ENTRA_ID, to(LogDestination.Kind.WORKSPACE, workspace), categories);
    }

    public AzureBuilder exportDirectory(LogDestination.Kind kind, String... categories) {
        return export(LogExports.ENTRA_ID, to(kind, "elsewhere"), categories);
    }

    /** The directory's settings were read and there are none. */
    public AzureBuilder directoryWithoutExport() {
        exports.computeIfAbsent(LogExports.ENTRA_ID, none -> new ArrayList<>());
        return this;
    }

    private static LogDestination to(LogDestination.Kind kind, String name) {
        return new LogDestination(kind, id(name));
    }

    private AzureBuilder export(String source, LogDestination destination, String... categories) {
        Set<String> lower = Stream.of(categories)
                .map(category -> category.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        exports.computeIfAbsent(source, none -> new ArrayList<>())
                .add(new DiagnosticSetting("setting", lower, Set.of(), List.of(destination)));
        return this;
    }

    /** A rule for each operation, which tells an action group. */
    public AzureBuilder alerts(String subscription, List<String> operations) {
        operations.forEach(operation -> alert(subscription, operation, true, true));
        return this;
    }

    public AzureBuilder alert(String subscription, String operation, boolean enabled, boolean notifies) {
        return add(
                FactKind.AZURE_ALERT_RULES,
                new AzureAlertRule(
                        id(subscription + operation),
                        operation,
                        enabled,
                        notifies,
                        Set.of("/subscriptions/" + id(subscription)),
                        List.of(new AzureAlertRule.Condition(List.of(new AzureAlertRule.Alternative(
                                "operationname", Set.of(operation.toLowerCase(Locale.ROOT)), false)))),
                        List.of()));
    }

    /** A rule on what a query finds in a workspace, which tells an action group. */
    public AzureBuilder watched(String workspace, String query) {
        return watched(workspace, query, true, true);
    }

    public AzureBuilder watched(String workspace, String query, boolean enabled, boolean notifies) {
        return watched(workspace, new AzureAlertRule.Query(query, true, Duration.ofMinutes(5)), enabled, notifies);
    }

    /** A rule of Microsoft Sentinel. */
    public AzureBuilder sentinelRule(String workspace, String query) {
        return rule(
                FactKind.AZURE_SENTINEL_RULES,
                workspace,
                new AzureAlertRule.Query(query, true, Duration.ofMinutes(5)),
                true,
                true);
    }

    public AzureBuilder watched(String workspace, AzureAlertRule.Query query, boolean enabled, boolean notifies) {
        return rule(FactKind.AZURE_ALERT_RULES, workspace, query, enabled, notifies);
    }

    private AzureBuilder rule(
            FactKind kind, String workspace, AzureAlertRule.Query query, boolean enabled, boolean notifies) {
        return add(
                kind,
                new AzureAlertRule(
                        id(query.text()),
                        "watch",
                        enabled,
                        notifies,
                        Set.of(id(workspace)),
                        List.of(),
                        List.of(query)));
    }

    /** Plans that are on. */
    public AzureBuilder plans(String subscription, String... names) {
        Stream.of(names).forEach(name -> plan(subscription, name, true));
        return this;
    }

    public AzureBuilder plan(String subscription, String name, boolean on) {
        return add(FactKind.AZURE_DEFENDER_PLANS, new DefenderPlan(id(subscription), name, on));
    }

    /** A Windows machine that was made with a local administrator. */
    public AzureBuilder machine(String subscription, String name) {
        return machine(subscription, name, Optional.of("localadmin"), false);
    }

    public AzureBuilder machine(
            String subscription, String name, Optional<String> localAdministrator, boolean entraLogin) {
        return add(
                FactKind.AZURE_MACHINES,
                new AzureMachine(
                        machineId(subscription, name),
                        name,
                        id(subscription),
                        "Windows",
                        localAdministrator,
                        entraLogin));
    }

    public AzureBuilder guestConfiguration(String subscription, String machine, boolean compliant) {
        return guestConfiguration(subscription, machine, "AdministratorsGroupMembers", compliant);
    }

    public AzureBuilder guestConfiguration(String subscription, String machine, String name, boolean compliant) {
        return add(
                FactKind.AZURE_GUEST_CONFIGURATIONS,
                new GuestConfiguration(machineId(subscription, machine), name, Optional.of(compliant)));
    }

    /** What a subscription hosts, by type. */
    public AzureBuilder hosts(String subscription, String... types) {
        return add(FactKind.AZURE_HOSTED, new AzureWorkloads(id(subscription), Set.of(types), Set.of()));
    }

    /** An AKS cluster whose nodes are in this resource group. */
    public AzureBuilder cluster(String subscription, String nodeGroup) {
        return add(
                FactKind.AZURE_HOSTED,
                new AzureWorkloads(
                        id(subscription), Set.of("microsoft.containerservice/managedclusters"), Set.of(nodeGroup)));
    }

    private static String machineId(String subscription, String name) {
        return "/subscriptions/" + id(subscription) + "/resourcegroups/rg/providers/microsoft.compute/virtualmachines/"
                + name;
    }

    public AzureBuilder holder(Account account, AzureRole role, String scope, AssignmentKind kind) {
        tenant.account(account);
        return holder(account.id(), PrincipalType.USER, account.signInName(), role, scope, kind);
    }

    public AzureBuilder holder(
            String id, PrincipalType type, String name, AzureRole role, String scope, AssignmentKind kind) {
        return assignment(
                new AzureRoleAssignment(id, type, name, role.id(), role.title(), scope, kind, Optional.empty(), false));
    }

    /** What PIM tells of an active assignment. */
    public AzureBuilder term(Account account, AzureRole role, String scope, AssignmentKind kind) {
        tenant.account(account);
        return term(account.id(), PrincipalType.USER, account.signInName(), role, scope, kind, null);
    }

    public AzureBuilder term(
            String id,
            PrincipalType type,
            String name,
            AzureRole role,
            String scope,
            AssignmentKind kind,
            @Nullable Instant end) {
        return add(
                FactKind.AZURE_PIM_ASSIGNMENTS,
                new AzureRoleAssignment(
                        id, type, name, role.id(), role.title(), scope, kind, Optional.ofNullable(end), false));
    }

    /** What a principal of another tenant may do in a subscription by Azure Lighthouse. */
    public AzureBuilder delegated(
            String subscription, String tenantName, String principal, AzureRole role, @Nullable Activation eligible) {
        return add(
                FactKind.AZURE_DELEGATIONS,
                new AzureDelegation(
                        "/subscriptions/" + id(subscription),
                        id(subscription),
                        id(tenantName),
                        tenantName,
                        List.of(new AzureDelegation.Authorization(
                                id(principal), principal, role.id(), Optional.ofNullable(eligible)))));
    }

    /** A custom role that permits these operations; its id is that of its name. */
    public AzureBuilder customRole(String name, String... actions) {
        return add(
                FactKind.AZURE_CUSTOM_ROLES,
                new AzureCustomRole(
                        id(name), name, List.of(new AzureCustomRole.Permission(List.of(actions), List.of()))));
    }

    /** What PIM tells of an active assignment of a custom role, whether or not that is in the list of these. */
    public AzureBuilder customTerm(Account account, String role, String scope, AssignmentKind kind) {
        tenant.account(account);
        return add(
                FactKind.AZURE_PIM_ASSIGNMENTS,
                new AzureRoleAssignment(
                        account.id(),
                        PrincipalType.USER,
                        account.signInName(),
                        id(role),
                        role,
                        scope,
                        kind,
                        Optional.empty(),
                        false,
                        true,
                        Optional.empty()));
    }

    /** What PIM tells of a permanent assignment with a condition. */
    public AzureBuilder termUnder(String condition, Account account, AzureRole role, String scope) {
        tenant.account(account);
        return add(
                FactKind.AZURE_PIM_ASSIGNMENTS,
                new AzureRoleAssignment(
                        account.id(),
                        PrincipalType.USER,
                        account.signInName(),
                        role.id(),
                        role.title(),
                        scope,
                        AssignmentKind.PERMANENT,
                        Optional.empty(),
                        false,
                        false,
                        Optional.of(condition)));
    }

    /** An owner whom Azure made of a classic administrator. */
    public AzureBuilder convertedOwner(Account account, String subscription) {
        tenant.account(account);
        return assignment(new AzureRoleAssignment(
                account.id(),
                PrincipalType.USER,
                account.signInName(),
                AzureRole.OWNER.id(),
                AzureRole.OWNER.title(),
                "/subscriptions/" + id(subscription),
                AssignmentKind.ACTIVE,
                Optional.empty(),
                true));
    }

    private AzureBuilder assignment(AzureRoleAssignment row) {
        return add(
                row.kind() == AssignmentKind.ELIGIBLE ? FactKind.AZURE_ELIGIBILITIES : FactKind.AZURE_ROLE_ASSIGNMENTS,
                row);
    }

    private AzureBuilder add(FactKind kind, Object value) {
        tenant.add(kind, value);
        return this;
    }

    /** The tenant; nothing is to be added to its Azure after this. */
    public TenantBuilder build() {
        tables.values().forEach(table -> tenant.add(FactKind.AZURE_LOG_TABLES, table));
        exports.forEach((source, settings) -> tenant.add(
                source.equals(LogExports.ENTRA_ID)
                        ? FactKind.ENTRA_DIAGNOSTIC_SETTINGS
                        : FactKind.AZURE_DIAGNOSTIC_SETTINGS,
                new LogExports(source, settings)));
        return tenant;
    }
}
