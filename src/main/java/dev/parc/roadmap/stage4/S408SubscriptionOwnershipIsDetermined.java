package dev.parc.roadmap.stage4;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AZURE_ANCESTORS;
import static dev.parc.facts.FactKind.AZURE_DELEGATIONS;
import static dev.parc.facts.FactKind.AZURE_ELIGIBILITIES;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTION_POLICY;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.analysis.azure.AzureEstate;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.check.phrase.Details;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.azure.AzureDelegation;
import dev.parc.facts.azure.AzurePower;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.AzureScope;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.RelevantRoles;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody who still works here owns each subscription, nobody stands above all of them, and none can be carried off. */
@RoadmapItem(
        id = "S4-08",
        title = "Azure subscriptions have known owners, and none can leave the tenant unnoticed",
        severity = HIGH,
        effort = DAYS,
        remedy = "End elevated access, block transfers of subscriptions out of the tenant, and determine who"
                + " owns each one",
        needs = {AZURE_MANAGEMENT_GROUPS, AZURE_SUBSCRIPTIONS, AZURE_SUBSCRIPTION_POLICY, ACCOUNTS},
        completedBy = {AZURE_ROLE_ASSIGNMENTS, AZURE_ELIGIBILITIES},
        signals = {AZURE_ANCESTORS, AZURE_DELEGATIONS},
        attests = {
            "We know the owner of the billing account behind each subscription, and it is still the right one.",
            "We have decided for each subscription whether it must be transferred to another account."
        },
        administrators = true,
        roles = RelevantRoles.AZURE)
public final class S408SubscriptionOwnershipIsDetermined implements Check {

    /** With a gap in one of these an owner may be there who was not read. */
    private static final List<FactKind> DECIDING = Stream.of(
                    FactKind.ADMINISTRATORS, FactKind.AZURE_ADMINISTRATORS, Set.of(ACCOUNTS))
            .flatMap(Set::stream)
            .toList();

    private static final Set<AzureRole> OWNER = Set.of(AzureRole.OWNER);

    @Override
    public Verdict evaluate(Facts facts) {
        AzureEstate azure = AzureEstate.of(facts);
        Administrators all = Administrators.of(facts);
        Weighing weighing = new Weighing();
        Set<String> unread = UnseenHolders.of(facts, RelevantRoles.AZURE).stream()
                .filter(opaque -> !opaque.unresolved())
                .map(opaque -> opaque.holder().id())
                .collect(Collectors.toSet());
        boolean held = false;
        for (Administrator one : all.inAzure(AzurePower.GIVES_ROLES)) {
            boolean atRoot =
                    one.holdings().stream().anyMatch(holding -> AzureScope.of(holding.scope()) == AzureScope.ROOT);
            if (atRoot && facts.isGone(one.id())) {
                weighing.doubtful(
                        Finding.of(facts, one, Details.of("S4-08.gone").with("roles", all.inWords(one))));
            } else if (atRoot && unread.contains(one.id())) {
                held = true;
                weighing.doubtful(
                        Finding.of(facts, one, Details.of("S4-08.unread").with("roles", all.inWords(one))));
            } else if (atRoot && !facts.isUnresolved(one.id())) {
                held = true;
                boolean application = one.type() == PrincipalType.SERVICE_PRINCIPAL;
                weighing.certain(Finding.of(
                        facts,
                        one,
                        Details.of(application ? "S4-08.application-at-root" : "S4-08.elevated")
                                .with("roles", all.inWords(one))));
            }
        }
        Optional<String> nothing = azure.nothingRuns();
        if (!held && nothing.isPresent()) {
            return Verdict.notApplicable(nothing.get());
        }
        if (nothing.isEmpty()
                && azure.policy().filter(policy -> !policy.leavingBlocked()).isPresent()) {
            weighing.certain(Finding.ofTenant(Details.of("S4-08.may-leave")));
        }
        List<Administrator> owners = all.inAzure(OWNER);
        for (AzureSubscription subscription : azure.running()) {
            judge(facts, subscription, owners, weighing);
        }
        return weighing.verdict(
                        failing -> "subscriptions are without an owner who can act, or open to somebody else",
                        doubtful ->
                                "the ownership of %d of %s needs review".formatted(doubtful, azure.runningInWords()))
                .orElseGet(() -> Verdict.attest(
                        azure.runningInWords() + ", each with an owner who can act, and none can leave the tenant",
                        azure.running().stream()
                                .flatMap(subscription -> toKnow(azure, subscription))
                                .toList()));
    }

    /** What raises the question of who owns a subscription, without answering it. */
    private static Stream<Finding> toKnow(AzureEstate azure, AzureSubscription subscription) {
        return Stream.concat(
                subscription.offer().words().stream()
                        .map(words -> Finding.of(
                                subscription, Details.of("S4-08.offer").with("offer", words))),
                azure.delegations().stream()
                        .filter(delegation -> delegation.subscriptionId().equals(subscription.id()))
                        .map(AzureDelegation::managingTenantName)
                        .distinct()
                        .sorted()
                        .map(tenant -> Finding.of(
                                subscription,
                                Details.of("S4-08.managed-by-tenant").with("tenant", tenant))));
    }

    private static void judge(
            Facts facts, AzureSubscription subscription, List<Administrator> owners, Weighing weighing) {
        List<Administrator> people = owners.stream()
                .filter(owner -> owner.type() != PrincipalType.SERVICE_PRINCIPAL && canAct(facts, owner))
                .toList();
        if (people.stream().anyMatch(owner -> owns(facts, owner, subscription, true))) {
            return;
        }
        if (people.stream().anyMatch(owner -> owns(facts, owner, subscription, false))) {
            weighing.doubtful(Finding.of(subscription, Details.of("S4-08.owner-perhaps-above")));
        } else if (owners.stream()
                .anyMatch(owner ->
                        owner.type() == PrincipalType.SERVICE_PRINCIPAL && owns(facts, owner, subscription, true))) {
            weighing.doubtful(Finding.of(subscription, Details.of("S4-08.applications-only")));
        } else if (DECIDING.stream().flatMap(facts::gapsOf).findAny().isEmpty()
                && UnseenHolders.of(facts, RelevantRoles.AZURE).isEmpty()) {
            weighing.certain(Finding.of(subscription, Details.of("S4-08.no-owner")));
        }
    }

    private static boolean canAct(Facts facts, Administrator owner) {
        return facts.account(owner.id())
                .map(account -> account.state() == Account.State.ENABLED)
                .orElse(owner.type() == PrincipalType.GROUP);
    }

    /** Whether one of its holdings is at or above the subscription; with a management group in doubt counted out or in. */
    private static boolean owns(Facts facts, Administrator owner, AzureSubscription subscription, boolean surely) {
        return owner.holdings().stream()
                .anyMatch(holding -> AzureEstate.of(facts)
                        .covers(holding.scope(), subscription)
                        .orElse(!surely));
    }
}
