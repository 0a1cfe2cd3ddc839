package dev.parc.analysis.azure;

import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzureAlertRule;
import dev.parc.facts.azure.AzureAncestors;
import dev.parc.facts.azure.AzureDelegation;
import dev.parc.facts.azure.AzureMachine;
import dev.parc.facts.azure.AzureManagementGroup;
import dev.parc.facts.azure.AzureRoleAssignment;
import dev.parc.facts.azure.AzureScope;
import dev.parc.facts.azure.AzureSecurityContacts;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.azure.AzureSubscriptionPolicy;
import dev.parc.facts.azure.AzureWorkloads;
import dev.parc.facts.azure.DefenderPlan;
import dev.parc.facts.azure.GuestConfiguration;
import dev.parc.facts.azure.LogDestination;
import dev.parc.facts.azure.LogExports;
import dev.parc.facts.azure.LogStorage;
import dev.parc.facts.azure.LogTable;
import dev.parc.facts.azure.LogWorkspace;
import dev.parc.facts.azure.SentinelOnboarding;
import dev.parc.facts.azure.Watchlist;
import dev.parc.query.AlertQuery;
import dev.parc.query.LoggedEvent;
import dev.parc.query.Yield;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the tenant has in Azure and how it is watched. Subscriptions of other tenants, delegated to this one by Azure
 * Lighthouse, are not the tenant's.
 */
public final class AzureEstate {

    private final Facts facts;

    private AzureEstate(Facts facts) {
        this.facts = facts;
    }

    /** What the tenant has in Azure and how it is watched; each question asks for the kinds it is about. */
    public static AzureEstate of(Facts facts) {
        return new AzureEstate(facts);
    }

    /** The tenant's own subscriptions, whatever their state. */
    public List<AzureSubscription> subscriptions() {
        return list(true);
    }

    /** Those of other tenants. */
    public List<AzureSubscription> delegated() {
        return list(false);
    }

    /** The tenant's own in which something can run. */
    public List<AzureSubscription> running() {
        return subscriptions().stream().filter(AzureSubscription::running).toList();
    }

    /** Why nothing of the tenant can run in Azure; empty if something can. */
    public Optional<String> nothingRuns() {
        if (!running().isEmpty()) {
            return Optional.empty();
        }
        int all = subscriptions().size();
        return Optional.of(
                all == 0
                        ? "the tenant has no Azure subscription"
                        : "nothing runs in the tenant's " + all + " Azure subscriptions: they are disabled");
    }

    /** How many subscriptions run, to stand in a summary, and how many are left out. */
    public String runningInWords() {
        int running = running().size();
        int left = subscriptions().size() - running;
        return running
                + (running == 1 ? " subscription" : " subscriptions")
                + (left == 0 ? "" : " (" + left + " disabled left out)");
    }

    /** Whether the subscription hosts production; each does where nobody designated any. */
    public boolean production(AzureSubscription subscription) {
        return facts.designations().productionSubscriptions().isEmpty()
                || facts.designations().productionSubscriptions().contains(key(subscription.id()));
    }

    /** Who may carry subscriptions over the tenant's border; empty if that was not read. */
    public Optional<AzureSubscriptionPolicy> policy() {
        return facts.<AzureSubscriptionPolicy>list(FactKind.AZURE_SUBSCRIPTION_POLICY).stream()
                .findFirst();
    }

    /** Whom Defender for Cloud tells; empty if that was not read. */
    public Optional<AzureSecurityContacts> contacts(AzureSubscription subscription) {
        return facts.<AzureSecurityContacts>list(FactKind.AZURE_SECURITY_CONTACTS).stream()
                .filter(contacts -> contacts.subscriptionId().equals(subscription.id()))
                .findFirst();
    }

    /** Where the subscription's Activity Log is sent; empty if that was not read. */
    public Optional<LogExports> exports(AzureSubscription subscription) {
        return facts.<LogExports>list(FactKind.AZURE_DIAGNOSTIC_SETTINGS).stream()
                .filter(exports -> exports.source().equals(subscription.id()))
                .findFirst();
    }

    /** Where the directory's logs are sent; empty if that was not read. */
    public Optional<LogExports> directoryExports() {
        return facts.<LogExports>list(FactKind.ENTRA_DIAGNOSTIC_SETTINGS).stream()
                .findFirst();
    }

    /** The workspace that logs are sent to; empty if PARC does not see it. */
    public Optional<LogWorkspace> workspace(LogDestination destination) {
        return facts.<LogWorkspace>list(FactKind.AZURE_WORKSPACES).stream()
                .filter(workspace -> workspace.id().equals(destination.id()))
                .findFirst();
    }

    /** Whether Microsoft Sentinel works on the workspace; empty if that was not read. */
    public Optional<Boolean> sentinelOn(LogWorkspace workspace) {
        return facts.<SentinelOnboarding>list(FactKind.AZURE_SENTINEL).stream()
                .filter(state -> state.workspaceId().equals(workspace.id()))
                .map(SentinelOnboarding::onboarded)
                .findFirst();
    }

    /**
     * What becomes of logs that are sent away: the best of the places they go to.
     *
     * @param sentinel whether one of them is a workspace with Microsoft Sentinel
     * @param handedOn whether one of them hands them on to something that Azure does not tell
     * @param stored whether one of them is a storage account, from which anything may collect them
     * @param unseen whether one of them is a workspace that PARC does not see, or of which it does not know whether
     *     Microsoft Sentinel is on it
     */
    public record Custody(boolean exported, boolean sentinel, boolean handedOn, boolean stored, boolean unseen) {}

    /** What becomes of the logs of a category. */
    public Custody custody(LogExports exports, String category) {
        List<LogDestination> destinations = exports.destinationsOf(category);
        List<Optional<Boolean>> onboarded = destinations.stream()
                .filter(destination -> destination.kind() == LogDestination.Kind.WORKSPACE)
                .map(destination -> workspace(destination).flatMap(this::sentinelOn))
                .toList();
        return new Custody(
                !destinations.isEmpty(),
                onboarded.stream()
                        .anyMatch(it -> it.filter(Boolean::booleanValue).isPresent()),
                destinations.stream().anyMatch(LogDestination::handsOn),
                destinations.stream()
                        .anyMatch(destination -> destination.kind() == LogDestination.Kind.STORAGE_ACCOUNT),
                onboarded.stream().anyMatch(Optional::isEmpty));
    }

    /**
     * How long a place keeps logs.
     *
     * @param seen whether PARC sees the place
     * @param least for how many days it keeps all of them; {@link #FOR_GOOD} without an end
     * @param most for how many days it may keep some of them
     */
    public record Keeping(LogDestination place, boolean seen, int least, int most) {

        /** Nothing deletes them. */
        public static final int FOR_GOOD = Integer.MAX_VALUE;
    }

    /** How long the places that the logs of a category go to keep them; what hands them on is none of these. */
    public List<Keeping> keeping(LogExports exports, String category) {
        return exports.destinationsOf(category).stream()
                .filter(destination -> !destination.handsOn())
                .map(destination -> destination.kind() == LogDestination.Kind.WORKSPACE
                        ? keptInWorkspace(destination, category)
                        : keptInStorage(destination, category))
                .toList();
    }

    private Keeping keptInWorkspace(LogDestination place, String category) {
        Optional<LogTable> table = LogTable.of(category)
                .flatMap(name -> facts.<LogTable>list(FactKind.AZURE_LOG_TABLES).stream()
                        .filter(it ->
                                it.workspaceId().equals(place.id()) && it.name().equals(name))
                        .findFirst());
        return table.map(it -> new Keeping(place, true, it.days(), it.days()))
                .orElseGet(() -> new Keeping(place, workspace(place).isPresent(), 0, Keeping.FOR_GOOD));
    }

    private Keeping keptInStorage(LogDestination place, String category) {
        return facts.<LogStorage>list(FactKind.AZURE_LOG_STORAGE).stream()
                .filter(account -> account.accountId().equals(place.id()))
                .map(account -> new Keeping(
                        place,
                        true,
                        account.shortest(category).orElse(Keeping.FOR_GOOD),
                        account.longest(category).orElse(Keeping.FOR_GOOD)))
                .findFirst()
                .orElseGet(() -> new Keeping(place, false, 0, Keeping.FOR_GOOD));
    }

    /** What other tenants may do in the tenant's own subscriptions, by Azure Lighthouse. */
    public List<AzureDelegation> delegations() {
        Set<String> own = subscriptions().stream().map(AzureSubscription::id).collect(Collectors.toSet());
        return facts.<AzureDelegation>list(FactKind.AZURE_DELEGATIONS).stream()
                .filter(delegation -> own.contains(delegation.subscriptionId()))
                .toList();
    }

    /** Where a scope is, for a person to read, with the names of subscriptions. */
    public String scopeInWords(String scope) {
        Map<String, String> names = new HashMap<>();
        subscriptions().forEach(subscription -> names.put(key(subscription.id()), subscription.displayName()));
        return AzureScope.inWords(scope, names);
    }

    /**
     * Every rule that raises alerts on the Activity Log or on what a query finds: those of Azure Monitor, and of Microsoft
     * Sentinel those that were read.
     */
    public List<AzureAlertRule> alertRules() {
        return Stream.of(FactKind.AZURE_ALERT_RULES, FactKind.AZURE_SENTINEL_RULES)
                .flatMap(kind -> facts.<AzureAlertRule>list(kind).stream())
                .toList();
    }

    /** Whether a rule on what a query finds tells somebody each time that something is logged, by one of these events. */
    public Yield answer(AzureAlertRule rule, List<LoggedEvent> events) {
        return answer(rule, events, alias -> watchlist(rule, alias));
    }

    /** The items of a watchlist that the rule asks; empty if they were not read. */
    private Optional<List<Map<String, String>>> watchlist(AzureAlertRule rule, String alias) {
        return rule.scopes().size() == 1 && facts.asksFor(FactKind.AZURE_WATCHLISTS)
                ? facts.<Watchlist>list(FactKind.AZURE_WATCHLISTS).stream()
                        .filter(one ->
                                one.alias().equals(alias) && rule.scopes().contains(one.workspaceId()))
                        .map(Watchlist::items)
                        .findFirst()
                : Optional.empty();
    }

    /**
     * Whether somebody is told whenever this operation is done in the subscription, by an alert on its Activity Log or on a
     * workspace that it is sent to.
     *
     * @param operation for example {@code Microsoft.Authorization/roleAssignments/write}
     */
    public Yield toldOf(String operation, AzureSubscription subscription) {
        if (alertRules().stream().anyMatch(rule -> rule.tellsOf(operation, subscription))) {
            return Yield.EVERY;
        }
        Set<String> workspaces = exports(subscription).stream()
                .flatMap(exports -> exports.destinationsOf("Administrative").stream())
                .filter(destination -> destination.kind() == LogDestination.Kind.WORKSPACE)
                .map(LogDestination::id)
                .collect(Collectors.toSet());
        List<LoggedEvent> events = LoggedEvent.azureOperation(operation, subscription.id());
        List<Yield> answers = alertRules().stream()
                .filter(rule -> rule.scopes().stream().anyMatch(workspaces::contains))
                .map(rule -> answer(rule, events))
                .toList();
        boolean together = answers.stream().filter(Yield.SOME::equals).count() > 1;
        Yield best = answers.stream().max(Comparator.naturalOrder()).orElse(Yield.NONE);
        return best == Yield.SOME && together ? Yield.UNKNOWN : best;
    }

    /** Every plan of Defender for Cloud that Azure told for the subscription, on or off. */
    public List<DefenderPlan> plans(AzureSubscription subscription) {
        return facts.<DefenderPlan>list(FactKind.AZURE_DEFENDER_PLANS).stream()
                .filter(plan -> plan.subscriptionId().equals(subscription.id()))
                .toList();
    }

    /**
     * The machines in the tenant's own subscriptions, nodes of AKS clusters aside, which nobody signs in to and which the
     * cluster makes and takes away. Nodes are among them where {@link FactKind#AZURE_HOSTED} could not be read.
     */
    public List<AzureMachine> machines() {
        Set<String> nodeGroups = facts.<AzureWorkloads>list(FactKind.AZURE_HOSTED).stream()
                .flatMap(hosted -> hosted.clusterGroups().stream()
                        .map(group ->
                                key("/subscriptions/" + hosted.subscriptionId() + "/resourcegroups/" + group + "/")))
                .collect(Collectors.toSet());
        return allMachines().stream()
                .filter(machine -> nodeGroups.stream().noneMatch(key(machine.id())::startsWith))
                .toList();
    }

    /** How many of the machines are nodes of AKS clusters: scale sets count once. */
    public int clusterNodes() {
        return allMachines().size() - machines().size();
    }

    private List<AzureMachine> allMachines() {
        Set<String> own = subscriptions().stream().map(AzureSubscription::id).collect(Collectors.toSet());
        return facts.<AzureMachine>list(FactKind.AZURE_MACHINES).stream()
                .filter(machine -> own.contains(machine.subscriptionId()))
                .toList();
    }

    /**
     * Whether the subscription hosts something that the plan protects; a machine that is a node of a cluster is the
     * matter of the plan for containers. True where what it hosts was not read.
     */
    public boolean hasUseFor(DefenderPlan plan, AzureSubscription subscription) {
        if (!(facts.reading(FactKind.AZURE_HOSTED) instanceof Reading.Read read)
                || !read.gaps().isEmpty()) {
            return true;
        }
        Set<String> types = facts.<AzureWorkloads>list(FactKind.AZURE_HOSTED).stream()
                .filter(hosted -> hosted.subscriptionId().equals(subscription.id()))
                .flatMap(hosted -> hosted.types().stream())
                .collect(Collectors.toCollection(HashSet::new));
        if (machines().stream().noneMatch(machine -> machine.subscriptionId().equals(subscription.id()))) {
            types.removeAll(AzureMachine.TYPES);
        }
        return plan.protectsSome(types);
    }

    /** What Azure Policy found about the administrators inside a machine. */
    public List<GuestConfiguration> guestConfigurations(AzureMachine machine) {
        return facts.<GuestConfiguration>list(FactKind.AZURE_GUEST_CONFIGURATIONS).stream()
                .filter(found -> found.machineId().equals(key(machine.id())))
                .toList();
    }

    /** Owners whom Azure made of classic administrators when it retired these, under the tenant's own scopes. */
    public List<AzureRoleAssignment> convertedClassicAdministrators() {
        return facts.<AzureRoleAssignment>list(FactKind.AZURE_ROLE_ASSIGNMENTS).stream()
                .filter(AzureRoleAssignment::convertedClassicAdministrator)
                .toList();
    }

    /**
     * Whether a role at the scope holds in the whole subscription; empty if that depends on where the subscription is and
     * {@link FactKind#AZURE_ANCESTORS} do not tell.
     */
    public Optional<Boolean> covers(String scope, AzureSubscription subscription) {
        return switch (AzureScope.of(scope)) {
            case ROOT -> Optional.of(true);
            case SUBSCRIPTION -> Optional.of(AzureScope.container(scope).equals(key(subscription.id())));
            case MANAGEMENT_GROUP ->
                AzureScope.container(scope).equals(key(subscription.tenantId()))
                        ? Optional.of(true)
                        : isBelow(subscription, AzureScope.container(scope));
            case RESOURCE_GROUP, RESOURCE -> Optional.of(false);
        };
    }

    /** A chain that does not reach the root was not told whole, and proves nothing. */
    private Optional<Boolean> isBelow(AzureSubscription subscription, String managementGroup) {
        return facts.<AzureAncestors>list(FactKind.AZURE_ANCESTORS).stream()
                .filter(ancestors -> ancestors.subscriptionId().equals(subscription.id())
                        && ancestors.groups().contains(key(subscription.tenantId())))
                .map(ancestors -> ancestors.groups().contains(managementGroup))
                .findFirst();
    }

    /** Whether a role at the scope holds on the machine, or would if that is below a management group. */
    public boolean mayCover(String scope, AzureMachine machine) {
        return switch (AzureScope.of(scope)) {
            case ROOT -> true;
            case MANAGEMENT_GROUP ->
                subscriptions().stream()
                        .filter(subscription -> subscription.id().equals(machine.subscriptionId()))
                        .flatMap(subscription -> covers(scope, subscription).stream())
                        .findFirst()
                        .orElse(true);
            default -> (key(machine.id()) + "/").startsWith(key(scope) + "/");
        };
    }

    private List<AzureSubscription> list(boolean own) {
        Optional<String> home = AzureManagementGroup.tenantOf(facts.list(FactKind.AZURE_MANAGEMENT_GROUPS));
        return facts.<AzureSubscription>list(FactKind.AZURE_SUBSCRIPTIONS).stream()
                .filter(subscription -> own
                        == home.map(subscription.tenantId()::equalsIgnoreCase).orElse(true))
                .toList();
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    /**
     * Whether what it asks of the workspaces tells somebody each time that something is logged there.
     *
     * @param rule as it was read
     * @param events what is logged of it, of which one row is enough
     * @param watchlists as {@link AlertQuery#answer} takes them
     */
    private static Yield answer(
            AzureAlertRule rule,
            List<LoggedEvent> events,
            Function<String, Optional<List<Map<String, String>>>> watchlists) {
        if (!rule.works() || rule.queries().isEmpty()) {
            return Yield.NONE;
        }
        if (rule.queries().size() > 1) {
            return Yield.UNKNOWN; // all of them at once
        }
        AzureAlertRule.Query query = rule.queries().get(0);
        AlertQuery text = AlertQuery.of(query.text());
        Yield best = events.stream()
                .map(event -> text.answer(event, query.every(), watchlists))
                .max(Comparator.naturalOrder())
                .orElse(Yield.UNKNOWN);
        return best == Yield.EVERY && !query.anyRow() ? Yield.UNKNOWN : best;
    }
}
