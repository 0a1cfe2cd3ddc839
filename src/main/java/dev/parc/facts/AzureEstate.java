package dev.parc.facts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the tenant has in Azure and how it is watched. Subscriptions of other tenants, delegated to this one by Azure
 * Lighthouse, are not the tenant's.
 */
public final class AzureEstate {

    private final Facts facts;

    AzureEstate(Facts facts) {
        this.facts = facts;
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

    /** Every rule of Azure Monitor that raises alerts on the Activity Log or on what a query finds. */
    public List<AzureAlertRule> alertRules() {
        return facts.list(FactKind.AZURE_ALERT_RULES);
    }

    /** Every plan of Defender for Cloud that Azure told for the subscription, on or off. */
    public List<DefenderPlan> plans(AzureSubscription subscription) {
        return facts.<DefenderPlan>list(FactKind.AZURE_DEFENDER_PLANS).stream()
                .filter(plan -> plan.subscriptionId().equals(subscription.id()))
                .toList();
    }

    /** The machines in the tenant's own subscriptions. */
    public List<AzureMachine> machines() {
        Set<String> own = subscriptions().stream().map(AzureSubscription::id).collect(Collectors.toSet());
        return facts.<AzureMachine>list(FactKind.AZURE_MACHINES).stream()
                .filter(machine -> own.contains(machine.subscriptionId()))
                .toList();
    }

    /** What Azure Policy found about the administrators inside a machine. */
    public List<GuestConfiguration> guestConfigurations(AzureMachine machine) {
        return facts.<GuestConfiguration>list(FactKind.AZURE_GUEST_CONFIGURATIONS).stream()
                .filter(found -> found.machineId().equals(key(machine.id())))
                .toList();
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
}
