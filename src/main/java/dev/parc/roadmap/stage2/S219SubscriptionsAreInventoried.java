package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;

import dev.parc.analysis.azure.AzureEstate;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.SubjectType;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.azure.AzureSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** PARC lists the subscriptions; which of them host production only the operator can say. */
@RoadmapItem(
        id = "S2-19",
        title = "Azure subscriptions are inventoried and the production ones are known",
        severity = MEDIUM,
        effort = HOURS,
        remedy = "Grant PARC Reader on the root management group and name the production subscriptions in"
                + " PARC_PRODUCTION_SUBSCRIPTIONS",
        needs = {AZURE_MANAGEMENT_GROUPS, AZURE_SUBSCRIPTIONS})
public final class S219SubscriptionsAreInventoried implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        AzureEstate azure = AzureEstate.of(facts);
        List<AzureSubscription> all = azure.subscriptions();
        if (all.isEmpty()) {
            return Verdict.notApplicable("the tenant has no Azure subscription");
        }
        Set<String> designated = facts.designations().productionSubscriptions();
        String delegated = azure.delegated().isEmpty()
                ? ""
                : "; " + azure.delegated().size() + " of other tenants are not counted";
        if (designated.isEmpty()) {
            return Verdict.review(
                    count(all.size()) + ", and nobody said which host production: name them in"
                            + " PARC_PRODUCTION_SUBSCRIPTIONS" + delegated,
                    all.stream()
                            .map(subscription -> Finding.of(
                                    subscription, Details.of("S2-19.is").with("what", words(subscription))))
                            .toList());
        }
        Set<String> known = all.stream()
                .map(subscription -> subscription.id().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        List<Finding> wrong = new ArrayList<>();
        designated.stream()
                .filter(id -> !known.contains(id))
                .sorted()
                .forEach(id ->
                        wrong.add(new Finding(id, SubjectType.SUBSCRIPTION, id, Details.of("S2-19.no-subscription"))));
        all.stream()
                .filter(subscription -> azure.production(subscription) && !subscription.running())
                .forEach(subscription -> wrong.add(Finding.of(
                        subscription, Details.of("S2-19.not-production").with("what", words(subscription)))));
        return wrong.isEmpty()
                ? Verdict.pass(
                        count(all.size()) + " inventoried, " + designated.size() + " of them production" + delegated)
                : Verdict.review(
                        wrong.size() + " of " + designated.size()
                                + " designated production subscriptions can host none",
                        wrong);
    }

    private static String count(int subscriptions) {
        return subscriptions + (subscriptions == 1 ? " subscription" : " subscriptions");
    }

    private static String words(AzureSubscription subscription) {
        return subscription.directoryOnly()
                ? "there for the directory only"
                : subscription.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
