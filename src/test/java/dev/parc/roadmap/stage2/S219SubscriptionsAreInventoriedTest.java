package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.AzureBuilder;
import dev.parc.check.CheckTester;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureSubscription;
import java.util.Set;
import org.junit.jupiter.api.Test;

class S219SubscriptionsAreInventoriedTest {

    private final CheckTester check = CheckTester.of(new S219SubscriptionsAreInventoried());
    private final AzureBuilder azure = AzureBuilder.in(tenant());

    private TenantBuilder production(String... names) {
        Set<String> ids =
                java.util.stream.Stream.of(names).map(TenantBuilder::id).collect(java.util.stream.Collectors.toSet());
        return azure.build().designated(it -> it.withProductionSubscriptions(ids));
    }

    @Test
    void everySubscriptionIsListedAndProductionIsMarked() {
        azure.subscription("Production").subscription("Laboratory");
        check.given(production("Production")).isPass("2 subscriptions inventoried, 1 of them production");
    }

    @Test
    void withoutADesignationTheListIsForAPerson() {
        azure.subscription("Production").subscription("Old", AzureSubscription.State.PAST_DUE);
        check.given(azure.build())
                .isReview("2 subscriptions, and nobody said which host production: name them in"
                        + " PARC_PRODUCTION_SUBSCRIPTIONS")
                .finds("Production", "is enabled")
                .finds("Old", "is past due");
    }

    @Test
    void aDesignatedSubscriptionThatIsNotThereIsFound() {
        azure.subscription("Production");
        check.given(production("Production", "Gone"))
                .isReview("1 of 2 designated production subscriptions can host none")
                .findsOnly(id("Gone"), "was designated as production and is no subscription of the tenant");
    }

    @Test
    void aDesignatedSubscriptionThatIsDisabledIsFound() {
        azure.subscription("Production").subscription("Old", AzureSubscription.State.DISABLED);
        check.given(production("Production", "Old"))
                .isReview("1 of 2 designated production subscriptions can host none")
                .findsOnly("Old", "was designated as production and is disabled");
    }

    @Test
    void theOldSubscriptionForTheDirectoryHostsNothing() {
        azure.subscription(
                new AzureSubscription(id("Access"), "Access", "tenant", AzureSubscription.State.ENABLED, true));
        check.given(production("Access"))
                .isReview("1 of 1 designated production subscriptions can host none")
                .findsOnly("Access", "was designated as production and is there for the directory only");
    }

    @Test
    void aDelegatedSubscriptionIsNotTheTenants() {
        azure.subscription("Production").subscription(new AzureSubscription(id("Customer"), "Customer", "another"));
        check.given(production("Production"))
                .isPass("1 subscription inventoried, 1 of them production; 1 of other tenants are not counted");
        check.given(production("Production", "Customer"))
                .isReview("1 of 2 designated production subscriptions can host none");
    }

    @Test
    void aTenantWithoutSubscriptionsHasNothingToList() {
        check.given(azure.build()).isNotApplicable("the tenant has no Azure subscription");
    }

    @Test
    void withoutARoleInAzureNothingIsTakenForEmpty() {
        check.given(azure.build().unread(FactKind.AZURE_SUBSCRIPTIONS, "no subscription is visible: grant Reader"))
                .isNotAssessed("Azure subscriptions: no subscription is visible: grant Reader");
    }
}
