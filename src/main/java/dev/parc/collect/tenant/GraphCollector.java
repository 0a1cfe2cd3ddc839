package dev.parc.collect.tenant;

import static dev.parc.facts.FactKind.ACCESS_REVIEWS;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.APPLICATION_OWNERS;
import static dev.parc.facts.FactKind.AUTHENTICATION_METHODS_POLICY;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.AZURE_ALERT_RULES;
import static dev.parc.facts.FactKind.AZURE_ANCESTORS;
import static dev.parc.facts.FactKind.AZURE_CUSTOM_ROLES;
import static dev.parc.facts.FactKind.AZURE_DEFENDER_PLANS;
import static dev.parc.facts.FactKind.AZURE_DELEGATIONS;
import static dev.parc.facts.FactKind.AZURE_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.AZURE_ELIGIBILITIES;
import static dev.parc.facts.FactKind.AZURE_FURTHER_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_GUEST_CONFIGURATIONS;
import static dev.parc.facts.FactKind.AZURE_HOSTED;
import static dev.parc.facts.FactKind.AZURE_LOG_STORAGE;
import static dev.parc.facts.FactKind.AZURE_LOG_TABLES;
import static dev.parc.facts.FactKind.AZURE_MACHINES;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_SECURITY_CONTACTS;
import static dev.parc.facts.FactKind.AZURE_SENTINEL;
import static dev.parc.facts.FactKind.AZURE_SENTINEL_RULES;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTION_POLICY;
import static dev.parc.facts.FactKind.AZURE_WORKSPACES;
import static dev.parc.facts.FactKind.CLOUD_APP_ALERTS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.DEFENDER_HEALTH_ISSUES;
import static dev.parc.facts.FactKind.DEFENDER_ROLES;
import static dev.parc.facts.FactKind.DEFENDER_SENSORS;
import static dev.parc.facts.FactKind.DEFENDER_SENSOR_CANDIDATES;
import static dev.parc.facts.FactKind.DEVICE_REGISTRATION;
import static dev.parc.facts.FactKind.DOMAINS;
import static dev.parc.facts.FactKind.EMERGENCY_SIGN_INS;
import static dev.parc.facts.FactKind.ENTERPRISE_APPLICATIONS;
import static dev.parc.facts.FactKind.ENTITLEMENT_ROLES;
import static dev.parc.facts.FactKind.ENTRA_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.EXCHANGE_ROLES;
import static dev.parc.facts.FactKind.EXCLUDED_ELIGIBILITIES;
import static dev.parc.facts.FactKind.EXCLUDED_GROUPS;
import static dev.parc.facts.FactKind.EXCLUDED_MEMBERS;
import static dev.parc.facts.FactKind.EXPOSED_GROUP;
import static dev.parc.facts.FactKind.FEDERATIONS;
import static dev.parc.facts.FactKind.GRAPH_APP_ROLES;
import static dev.parc.facts.FactKind.GROUP_MEMBERS;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.GROUP_OWNERS;
import static dev.parc.facts.FactKind.GROUP_WRITERS;
import static dev.parc.facts.FactKind.INBOUND_TRUST;
import static dev.parc.facts.FactKind.INTUNE_ROLES;
import static dev.parc.facts.FactKind.LAPS_BACKUPS;
import static dev.parc.facts.FactKind.LATER_ASSIGNMENTS;
import static dev.parc.facts.FactKind.LEGACY_SIGN_INS;
import static dev.parc.facts.FactKind.MAILBOX_PURPOSES;
import static dev.parc.facts.FactKind.METHOD_GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.MICROSOFT_365_ACTIVITY;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.PASSWORD_HASH_SYNC;
import static dev.parc.facts.FactKind.PIM_ACTIVATIONS;
import static dev.parc.facts.FactKind.PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_ELIGIBILITIES;
import static dev.parc.facts.FactKind.PIM_GROUP_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_GROUP_ELIGIBILITIES;
import static dev.parc.facts.FactKind.PIM_GROUP_POLICIES;
import static dev.parc.facts.FactKind.PIM_POLICIES;
import static dev.parc.facts.FactKind.POLICY_OBJECTS;
import static dev.parc.facts.FactKind.PROVISIONING_JOBS;
import static dev.parc.facts.FactKind.PUBLISHED_APPLICATIONS;
import static dev.parc.facts.FactKind.REGISTRATIONS;
import static dev.parc.facts.FactKind.RISKY_USERS;
import static dev.parc.facts.FactKind.ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.ROLE_CHANGES;
import static dev.parc.facts.FactKind.ROLE_DEFINITIONS;
import static dev.parc.facts.FactKind.SECURE_SCORES;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;
import static dev.parc.facts.FactKind.SENSITIVITY_LABELS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;
import static dev.parc.facts.FactKind.SIGN_INS;

import dev.parc.collect.Block;
import dev.parc.collect.Estate;
import dev.parc.collect.LargeEstateException;
import dev.parc.collect.TenantException;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.azure.AzureReader;
import dev.parc.collect.azure.AzureResourceReader;
import dev.parc.collect.azure.AzureSettingsReader;
import dev.parc.collect.azure.LogPlaceReader;
import dev.parc.collect.graph.Graph;
import dev.parc.collect.graph.reader.AccessReviewReader;
import dev.parc.collect.graph.reader.AccountReader;
import dev.parc.collect.graph.reader.AppRoleReader;
import dev.parc.collect.graph.reader.ApplicationReader;
import dev.parc.collect.graph.reader.ApplicationUseReader;
import dev.parc.collect.graph.reader.AuditReader;
import dev.parc.collect.graph.reader.ConditionalAccessReader;
import dev.parc.collect.graph.reader.ExcludedGroupReader;
import dev.parc.collect.graph.reader.GroupReader;
import dev.parc.collect.graph.reader.HybridReader;
import dev.parc.collect.graph.reader.LegacySignInReader;
import dev.parc.collect.graph.reader.Microsoft365Reader;
import dev.parc.collect.graph.reader.OwnerReader;
import dev.parc.collect.graph.reader.PerUserMfaReader;
import dev.parc.collect.graph.reader.PolicyObjectReader;
import dev.parc.collect.graph.reader.PolicyReader;
import dev.parc.collect.graph.reader.PrincipalReader;
import dev.parc.collect.graph.reader.ProtectionReader;
import dev.parc.collect.graph.reader.ProvisioningSupportReader;
import dev.parc.collect.graph.reader.RegistrationReader;
import dev.parc.collect.graph.reader.RiskReader;
import dev.parc.collect.graph.reader.RoleReader;
import dev.parc.collect.graph.reader.SecureScoreReader;
import dev.parc.collect.graph.reader.ServiceRoleReader;
import dev.parc.collect.graph.reader.TenantReader;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.ServicePlan;
import dev.parc.facts.azure.AzureSubscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads fact kinds from Graph and Azure Resource Manager, and what they build on, each once, side by side. */
public final class GraphCollector {

    /** As many as can have something to ask at the same moment. */
    private static final int THREADS = 64;

    private static final List<Task> TASKS = List.of(
            Task.of(ORGANIZATION, context -> new TenantReader(context).organization()),
            Task.of(SERVICE_PLANS, context -> new TenantReader(context).servicePlans()),
            Task.of(DOMAINS, context -> new TenantReader(context).domains()),
            Task.of(FEDERATIONS, context -> new TenantReader(context).federations(), DOMAINS),
            Task.of(ROLE_DEFINITIONS, context -> new RoleReader(context).definitions()),
            Task.of(ROLE_ASSIGNMENTS, context -> new RoleReader(context).assignments()),
            Task.of(EXPOSED_GROUP, context -> new AccountReader(context).exposedGroup()),
            new Task(
                    List.of(PIM_ASSIGNMENTS, PIM_ELIGIBILITIES, LATER_ASSIGNMENTS),
                    List.of(),
                    context -> new RoleReader(context).pim()),
            Task.of(PIM_POLICIES, context -> new RoleReader(context).pimPolicies()),
            Task.of(AZURE_MANAGEMENT_GROUPS, context -> new AzureReader(context).managementGroups()),
            Task.of(AZURE_SUBSCRIPTIONS, context -> new AzureReader(context).subscriptions(), AZURE_MANAGEMENT_GROUPS),
            Task.of(AZURE_SUBSCRIPTION_POLICY, context -> new AzureSettingsReader(context).subscriptionPolicy()),
            Task.of(
                    AZURE_SECURITY_CONTACTS,
                    context -> new AzureSettingsReader(context).securityContacts(),
                    AZURE_SUBSCRIPTIONS),
            Task.of(
                    AZURE_DIAGNOSTIC_SETTINGS,
                    context -> new AzureSettingsReader(context).diagnosticSettings(),
                    AZURE_SUBSCRIPTIONS),
            Task.of(
                    ENTRA_DIAGNOSTIC_SETTINGS,
                    context -> new AzureSettingsReader(context).directoryDiagnosticSettings()),
            new Task(
                    List.of(AZURE_ALERT_RULES, AZURE_WORKSPACES, AZURE_MACHINES),
                    List.of(AZURE_SUBSCRIPTIONS),
                    context -> new AzureResourceReader(context).resources()),
            Task.of(AZURE_SENTINEL, context -> new LogPlaceReader(context).onboarding(), AZURE_WORKSPACES),
            Task.of(
                    AZURE_SENTINEL_RULES,
                    context -> new LogPlaceReader(context).rules(),
                    AZURE_SENTINEL,
                    AZURE_WORKSPACES),
            Task.of(AZURE_LOG_TABLES, context -> new LogPlaceReader(context).tables(), AZURE_WORKSPACES),
            Task.of(AZURE_LOG_STORAGE, context -> new LogPlaceReader(context).storage(), AZURE_SUBSCRIPTIONS),
            Task.of(
                    AZURE_GUEST_CONFIGURATIONS,
                    context -> new AzureResourceReader(context).guestConfigurations(),
                    AZURE_MACHINES,
                    AZURE_SUBSCRIPTIONS),
            Task.of(AZURE_HOSTED, context -> new AzureResourceReader(context).hosted(), AZURE_SUBSCRIPTIONS),
            Task.of(AZURE_DEFENDER_PLANS, context -> new AzureResourceReader(context).plans(), AZURE_SUBSCRIPTIONS),
            Task.of(
                    AZURE_DELEGATIONS,
                    context -> new AzureReader(context).delegations(),
                    AZURE_SUBSCRIPTIONS,
                    AZURE_MANAGEMENT_GROUPS),
            Task.of(AZURE_ANCESTORS, context -> new AzureReader(context).ancestors(), AZURE_SUBSCRIPTIONS),
            Task.of(AZURE_CUSTOM_ROLES, context -> new AzureReader(context).customRoles(), AZURE_SUBSCRIPTIONS),
            Task.of(
                    AZURE_FURTHER_ASSIGNMENTS,
                    context -> new AzureReader(context).furtherAssignments(),
                    AZURE_CUSTOM_ROLES,
                    AZURE_SUBSCRIPTIONS,
                    AZURE_MANAGEMENT_GROUPS),
            Task.of(
                    AZURE_PIM_ASSIGNMENTS,
                    context -> new AzureReader(context).pimAssignments(),
                    AZURE_SUBSCRIPTIONS,
                    AZURE_MANAGEMENT_GROUPS),
            Task.of(
                    AZURE_ROLE_ASSIGNMENTS,
                    context -> new AzureReader(context).roleAssignments(),
                    AZURE_SUBSCRIPTIONS,
                    AZURE_MANAGEMENT_GROUPS),
            Task.of(
                    AZURE_ELIGIBILITIES,
                    context -> new AzureReader(context).eligibilities(),
                    AZURE_SUBSCRIPTIONS,
                    AZURE_MANAGEMENT_GROUPS),
            new Task(
                    List.of(GROUP_MEMBERS, PIM_GROUP_ASSIGNMENTS, PIM_GROUP_ELIGIBILITIES),
                    List.of(ROLE_ASSIGNMENTS, PIM_ASSIGNMENTS, PIM_ELIGIBILITIES),
                    context -> new GroupReader(context).read()),
            Task.of(PIM_GROUP_POLICIES, context -> new RoleReader(context).groupPimPolicies(), PIM_GROUP_ELIGIBILITIES),
            Task.of(
                    ACCESS_REVIEWS,
                    context -> new AccessReviewReader(context).read(),
                    PIM_GROUP_ELIGIBILITIES,
                    SERVICE_PLANS),
            Task.of(ROLE_CHANGES, context -> new AuditReader(context).roleChanges()),
            Task.of(PIM_ACTIVATIONS, context -> new AuditReader(context).activations(), SERVICE_PLANS),
            Task.of(EXCHANGE_ROLES, context -> new ServiceRoleReader(context).exchange(), SERVICE_PLANS),
            Task.of(INTUNE_ROLES, context -> new ServiceRoleReader(context).intune(), SERVICE_PLANS),
            Task.of(DEFENDER_ROLES, context -> new ServiceRoleReader(context).defender(), SERVICE_PLANS),
            Task.of(
                    ENTITLEMENT_ROLES,
                    context -> new ServiceRoleReader(context).entitlementManagement(),
                    SERVICE_PLANS),
            new Task(
                    List.of(ACCOUNTS, SERVICE_PRINCIPALS),
                    List.of(GROUP_MEMBERS, DOMAINS),
                    context -> new PrincipalReader(context).read()),
            Task.of(
                    EMERGENCY_SIGN_INS,
                    context -> new AccountReader(context).emergencySignIns(),
                    ACCOUNTS,
                    SERVICE_PLANS),
            Task.of(SIGN_INS, context -> new AccountReader(context).signIns(), ACCOUNTS, SERVICE_PLANS),
            Task.of(AUTHENTICATION_STRENGTHS, context -> new PolicyReader(context).authenticationStrengths()),
            Task.of(REGISTRATIONS, context -> new RegistrationReader(context).read(), ACCOUNTS),
            Task.of(
                    MICROSOFT_365_ACTIVITY,
                    context -> new Microsoft365Reader(context).activity(),
                    ACCOUNTS,
                    SERVICE_PLANS),
            Task.of(MAILBOX_PURPOSES, context -> new Microsoft365Reader(context).mailboxes(), ACCOUNTS),
            Task.of(CONDITIONAL_ACCESS_POLICIES, context -> new ConditionalAccessReader(context).policies()),
            Task.of(NAMED_LOCATIONS, context -> new PolicyReader(context).namedLocations()),
            Task.of(INBOUND_TRUST, context -> new PolicyReader(context).inboundTrust(), ACCOUNTS),
            Task.of(SECURITY_DEFAULTS, context -> new PolicyReader(context).securityDefaults()),
            Task.of(
                    EXCLUDED_MEMBERS,
                    context -> new ExcludedGroupReader(context).members(),
                    CONDITIONAL_ACCESS_POLICIES),
            Task.of(
                    EXCLUDED_ELIGIBILITIES,
                    context -> new ExcludedGroupReader(context).eligibilities(),
                    CONDITIONAL_ACCESS_POLICIES,
                    EXCLUDED_MEMBERS,
                    SERVICE_PLANS),
            Task.of(
                    GROUP_MEMBERSHIPS,
                    context -> new AccountReader(context).groupMemberships(),
                    ACCOUNTS,
                    CONDITIONAL_ACCESS_POLICIES,
                    EXCLUDED_ELIGIBILITIES,
                    PIM_GROUP_ASSIGNMENTS,
                    PIM_GROUP_ELIGIBILITIES),
            Task.of(POLICY_OBJECTS, context -> new PolicyObjectReader(context).read(), CONDITIONAL_ACCESS_POLICIES),
            Task.of(EXCLUDED_GROUPS, context -> new ExcludedGroupReader(context).groups(), CONDITIONAL_ACCESS_POLICIES),
            Task.of(PASSWORD_HASH_SYNC, context -> new HybridReader(context).passwordHashSync()),
            Task.of(DEVICE_REGISTRATION, context -> new PolicyReader(context).deviceRegistration()),
            Task.of(LAPS_BACKUPS, context -> new HybridReader(context).lapsBackups()),
            Task.of(DEFENDER_SENSORS, context -> new HybridReader(context).sensors()),
            Task.of(DEFENDER_SENSOR_CANDIDATES, context -> new HybridReader(context).sensorCandidates()),
            Task.of(DEFENDER_HEALTH_ISSUES, context -> new HybridReader(context).healthIssues()),
            Task.of(SECURE_SCORES, context -> new SecureScoreReader(context).read()),
            Task.of(GROUP_OWNERS, context -> new OwnerReader(context).ofGroups(), GROUP_MEMBERS),
            new Task(List.of(GRAPH_APP_ROLES, GROUP_WRITERS), List.of(), context -> new AppRoleReader(context).read()),
            Task.of(
                    APPLICATION_OWNERS,
                    context -> new OwnerReader(context).ofApplications(),
                    GROUP_OWNERS,
                    GRAPH_APP_ROLES),
            Task.of(ENTERPRISE_APPLICATIONS, context -> new ApplicationReader(context).enterpriseApplications()),
            Task.of(PUBLISHED_APPLICATIONS, context -> new ApplicationReader(context).publishedApplications()),
            Task.of(
                    PROVISIONING_JOBS,
                    context -> new ApplicationReader(context).provisioningJobs(),
                    ENTERPRISE_APPLICATIONS),
            Task.of(LEGACY_SIGN_INS, context -> new LegacySignInReader(context).read(), SERVICE_PLANS),
            Task.of(RISKY_USERS, context -> new RiskReader(context).read(), SERVICE_PLANS),
            Task.of(AUTHENTICATION_METHODS_POLICY, context -> new PolicyReader(context).authenticationMethods()),
            Task.of(
                    METHOD_GROUP_MEMBERSHIPS,
                    context -> new AccountReader(context).methodGroupMemberships(),
                    ACCOUNTS,
                    AUTHENTICATION_METHODS_POLICY),
            Task.of(SENSITIVITY_LABELS, context -> new ProtectionReader(context).sensitivityLabels(), SERVICE_PLANS),
            Task.of(CLOUD_APP_ALERTS, context -> new ProtectionReader(context).cloudAppAlerts(), SERVICE_PLANS));

    private static final System.Logger LOG = System.getLogger(GraphCollector.class.getName());

    /**
     * What is read after others where these are read at all: what they name is followed like any holder of a role, and
     * custom roles tell of whom assignments are kept.
     */
    private static final Map<FactKind, List<FactKind>> AFTER_IF_READ = Map.of(
            GROUP_MEMBERS,
            List.of(AZURE_ROLE_ASSIGNMENTS, AZURE_FURTHER_ASSIGNMENTS, AZURE_PIM_ASSIGNMENTS, AZURE_ELIGIBILITIES),
            REGISTRATIONS,
            List.of(AUTHENTICATION_STRENGTHS),
            AZURE_ROLE_ASSIGNMENTS,
            List.of(AZURE_CUSTOM_ROLES, AZURE_PIM_ASSIGNMENTS),
            AZURE_PIM_ASSIGNMENTS,
            List.of(AZURE_CUSTOM_ROLES),
            AZURE_ELIGIBILITIES,
            List.of(AZURE_CUSTOM_ROLES),
            AZURE_SENTINEL,
            List.of(ENTRA_DIAGNOSTIC_SETTINGS, AZURE_DIAGNOSTIC_SETTINGS),
            AZURE_SENTINEL_RULES,
            List.of(ENTRA_DIAGNOSTIC_SETTINGS, AZURE_DIAGNOSTIC_SETTINGS),
            AZURE_LOG_TABLES,
            List.of(ENTRA_DIAGNOSTIC_SETTINGS, AZURE_DIAGNOSTIC_SETTINGS),
            AZURE_LOG_STORAGE,
            List.of(ENTRA_DIAGNOSTIC_SETTINGS, AZURE_DIAGNOSTIC_SETTINGS));

    /** What only each subscription itself can tell: a call for each of them. */
    private static final Set<FactKind> EACH_SUBSCRIPTION =
            Set.of(AZURE_SECURITY_CONTACTS, AZURE_DIAGNOSTIC_SETTINGS, AZURE_ELIGIBILITIES, AZURE_PIM_ASSIGNMENTS);

    private final Graph graph;
    private final Arm arm;
    private final Instant takenAt;

    /**
     * Kinds that are read together, and what must be read before.
     *
     * @param after one kind of each task that this one builds on
     */
    private record Task(
            List<FactKind> kinds, List<FactKind> after, Function<ReadingContext, Map<FactKind, Reading>> read) {

        static Task of(FactKind kind, Function<ReadingContext, Reading> read, FactKind... after) {
            return new Task(List.of(kind), List.of(after), context -> Map.of(kind, read.apply(context)));
        }

        boolean asksEachSubscription() {
            return kinds.stream().anyMatch(EACH_SUBSCRIPTION::contains);
        }

        static Task reading(FactKind kind) {
            return TASKS.stream()
                    .filter(task -> task.kinds().contains(kind))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("nothing reads " + kind));
        }
    }

    /** @param takenAt when the reading begins, or the snapshot was taken */
    public GraphCollector(Graph graph, Arm arm, Instant takenAt) {
        this.graph = graph;
        this.arm = arm;
        this.takenAt = takenAt;
    }

    /**
     * What became of each wanted kind, and of every kind that had to be read for one.
     *
     * @throws TenantException if nothing at all can be read
     */
    public Map<FactKind, Reading> collect(Set<FactKind> wanted, Designations designations, Consumer<String> progress) {
        return collect(wanted, designations, progress, new Estate.Whole());
    }

    /**
     * The same, of an estate as it is to be read.
     *
     * @throws TenantException if nothing at all can be read
     * @throws LargeEstateException if there are more subscriptions than few
     */
    Map<FactKind, Reading> collect(
            Set<FactKind> wanted, Designations designations, Consumer<String> progress, Estate estate) {
        Map<FactKind, Reading> read = new ConcurrentHashMap<>();
        ReadingContext context = new ReadingContext(graph, arm, takenAt, designations, read);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Map<FactKind, CompletableFuture<Void>> started = new EnumMap<>(FactKind.class);
            Set<Task> tasks = closure(wanted);
            Set<Task> first = estate instanceof Estate.Few && tasks.stream().anyMatch(Task::asksEachSubscription)
                    ? closure(Set.of(AZURE_SUBSCRIPTIONS))
                    : Set.of();
            CompletableFuture<Void> few = CompletableFuture.allOf(TASKS.stream()
                            .filter(first::contains)
                            .map(task -> start(task, context, started, Optional.empty(), progress, threads))
                            .toArray(CompletableFuture<?>[]::new))
                    .thenRun(() -> requireFew(context, estate));
            List<CompletableFuture<Void>> all = TASKS.stream()
                    .filter(tasks::contains)
                    .filter(task -> !first.contains(task))
                    .map(task -> start(task, context, started, Optional.of(few), progress, threads))
                    .toList();
            CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).get();
            return reconciled(read);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TenantException("reading the tenant was interrupted; start the run again", e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * What became of those wanted kinds that are read second, of these ids.
     *
     * @param ids by kind; a kind that has none here is not read
     * @param first what became of all others
     * @throws TenantException if nothing can be read any more
     */
    public Map<FactKind, Reading> collectSecond(
            Set<FactKind> wanted,
            Map<FactKind, Set<String>> ids,
            Designations designations,
            Map<FactKind, Reading> first,
            Consumer<String> progress) {
        ReadingContext context = new ReadingContext(graph, arm, takenAt, designations, new ConcurrentHashMap<>(first));
        Map<FactKind, Reading> second = new EnumMap<>(FactKind.class);
        ids.forEach((kind, of) -> {
            if (wanted.contains(kind)) {
                Task task = Task.of(kind, it -> second(it, kind, of));
                run(task, context, of.isEmpty() ? phrase -> {} : progress);
                second.put(kind, context.reading(kind));
            }
        });
        return second;
    }

    private static Reading second(ReadingContext context, FactKind kind, Set<String> ids) {
        return switch (kind) {
            case PER_USER_MFA -> new PerUserMfaReader(context).read(ids);
            case APPLICATION_USE -> new ApplicationUseReader(context).read(ids);
            case AZURE_WATCHLISTS -> new LogPlaceReader(context).watchlists(ids);
            case PROVISIONING_SUPPORT -> new ProvisioningSupportReader(context).read(ids);
            default -> throw new IllegalStateException(kind + " is read first");
        };
    }

    private static void requireFew(ReadingContext context, Estate estate) {
        if (!(estate instanceof Estate.Few few) || !context.read().containsKey(AZURE_SUBSCRIPTIONS)) {
            return;
        }
        List<AzureSubscription> own = context.values(AZURE_SUBSCRIPTIONS, AzureSubscription.class).stream()
                .filter(subscription -> AzureReader.isOwn(context, subscription))
                .toList();
        if (own.size() > few.most()) {
            List<Block> blocks = new ArrayList<>();
            for (int from = 0; from < own.size(); from += few.block()) {
                Map<Boolean, List<String>> ids = own.subList(from, Math.min(own.size(), from + few.block())).stream()
                        .collect(Collectors.partitioningBy(
                                AzureSubscription::running,
                                Collectors.mapping(AzureSubscription::id, Collectors.toList())));
                blocks.add(new Block(ids.getOrDefault(true, List.of()), ids.getOrDefault(false, List.of())));
            }
            throw new LargeEstateException(blocks);
        }
    }

    /**
     * Asks the subscriptions of a block for what only they can tell, as far as these kinds ask for it; the answers are for
     * whoever listens on the wire.
     */
    void readBlock(Set<FactKind> wanted, Block block, Consumer<String> progress) {
        List<AzureSubscription> subscriptions = Stream.concat(
                        block.running().stream().map(id -> subscription(id, AzureSubscription.State.ENABLED)),
                        block.idle().stream().map(id -> subscription(id, AzureSubscription.State.DISABLED)))
                .toList();
        Map<FactKind, Reading> read = new ConcurrentHashMap<>(Map.of(
                AZURE_MANAGEMENT_GROUPS, new Reading.Read(List.of(), List.of()),
                AZURE_SUBSCRIPTIONS, new Reading.Read(subscriptions, List.of())));
        ReadingContext context = new ReadingContext(graph, arm, takenAt, Designations.NONE, read);
        closure(wanted).stream().filter(Task::asksEachSubscription).forEach(task -> run(task, context, progress));
    }

    private static AzureSubscription subscription(String id, AzureSubscription.State state) {
        return new AzureSubscription(id, id, "", state, false);
    }

    /**
     * The kinds that are read for the wanted ones, themselves included: those they build on, those that are read in one
     * go with them, and the service plans where a licence decides what an answer means.
     */
    static Set<FactKind> kindsFor(Set<FactKind> wanted) {
        return closure(wanted).stream()
                .flatMap(task -> task.kinds().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FactKind.class)));
    }

    private static Set<Task> closure(Set<FactKind> wanted) {
        Set<Task> tasks = new LinkedHashSet<>();
        wanted.stream()
                .filter(kind -> !FactKind.OWN.contains(kind) && !FactKind.SECOND.contains(kind))
                .forEach(kind -> add(kind, tasks));
        return tasks;
    }

    private static void add(FactKind kind, Set<Task> tasks) {
        Task task = Task.reading(kind);
        if (tasks.add(task)) {
            task.after().forEach(before -> add(before, tasks));
            if (task.kinds().stream().anyMatch(it -> it.licence().isPresent())) {
                add(SERVICE_PLANS, tasks);
            }
        }
    }

    /** Starts a task as soon as those it builds on are done. */
    private static CompletableFuture<Void> start(
            Task task,
            ReadingContext context,
            Map<FactKind, CompletableFuture<Void>> started,
            Optional<CompletableFuture<Void>> condition,
            Consumer<String> progress,
            ExecutorService threads) {
        CompletableFuture<?>[] before = Stream.concat(
                        condition.stream(),
                        Stream.concat(
                                        task.after().stream(),
                                        AFTER_IF_READ.getOrDefault(task.kinds().get(0), List.of()).stream()
                                                .filter(started::containsKey))
                                .map(started::get))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> done =
                CompletableFuture.allOf(before).thenRunAsync(() -> run(task, context, progress), threads);
        task.kinds().forEach(kind -> started.put(kind, done));
        return done;
    }

    private static void run(Task task, ReadingContext context, Consumer<String> progress) {
        progress.accept("reading " + task.kinds().get(0).title());
        try {
            context.read().putAll(task.read().apply(context));
        } catch (TenantException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "reading " + task.kinds() + " broke off", e);
            Reading unread = new Reading.Unread("reading it broke off on "
                    + e.getClass().getSimpleName() + ": " + ReadingBuilder.oneLine(String.valueOf(e.getMessage()))
                    + "; please report this as a bug of PARC");
            task.kinds().forEach(kind -> context.read().put(kind, unread));
        }
    }

    /** An answer that the licence is missing is not believed where the service plans show it. */
    private static Map<FactKind, Reading> reconciled(Map<FactKind, Reading> read) {
        List<ServicePlan> plans = read.get(SERVICE_PLANS) instanceof Reading.Read it
                ? it.values().stream().map(ServicePlan.class::cast).toList()
                : List.of();
        Map<FactKind, Reading> reconciled = new EnumMap<>(FactKind.class);
        read.forEach((kind, reading) -> reconciled.put(
                kind,
                reading instanceof Reading.Unlicensed unlicensed
                                && unlicensed.licence().isIn(plans)
                        ? new Reading.Unread(contradiction(kind, unlicensed.licence()))
                        : reading));
        return reconciled;
    }

    private static String contradiction(FactKind kind, Licence licence) {
        return ReadingBuilder.service(kind) + " answered that the tenant has no " + licence.title()
                + " licence, but its service plans show one: wait until it is provisioned everywhere, then run again";
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }
}
