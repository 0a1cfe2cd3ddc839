package dev.parc.collect.azure;

import static dev.parc.collect.FakeArm.RESOURCE_GRAPH;
import static dev.parc.collect.FakeArm.ROOT_GROUP;
import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.azure.AzureReading.ELIGIBILITIES;
import static dev.parc.collect.azure.AzureReading.azure;
import static dev.parc.facts.FactKind.AZURE_ANCESTORS;
import static dev.parc.facts.FactKind.AZURE_ELIGIBILITIES;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureAncestors;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.AzureSubscription;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which subscriptions and management groups there are, and what is missing where some are not seen. */
class AzureReaderScopesTest {

    private final AzureReading reading = new AzureReading();
    private final FakeTenant tenant = reading.tenant;
    private final FakeArm arm = reading.arm;
    private final String ann = reading.ann;

    @Test
    void withoutAnyRoleInAzureNothingIsTakenForEmpty() {
        arm.subscription("Production");
        arm.hideSubscriptions();
        arm.withoutManagementGroups();
        Readings readings = azure(tenant);
        assertThat(readings.unread(AZURE_SUBSCRIPTIONS))
                .isEqualTo("no subscription is visible: grant PARC's identity the role Reader on the tenant root"
                        + " management group");
        assertThat(readings.unread(AZURE_MANAGEMENT_GROUPS)).contains("is not visible: grant PARC's identity");
        assertThat(readings.unread(AZURE_ROLE_ASSIGNMENTS)).contains("no subscription is visible");
        assertThat(readings.unread(AZURE_ELIGIBILITIES)).contains("no subscription is visible");
    }

    @Test
    void aTenantWithoutSubscriptionsIsToldFromAMissingRoleByItsRootManagementGroup() {
        arm.managementGroup("mg-empty", "Empty");
        assertThat(azure(tenant).values(AZURE_SUBSCRIPTIONS, AzureSubscription.class))
                .isEmpty();
        assertThat(azure(tenant).gaps(AZURE_SUBSCRIPTIONS)).isEmpty();
        assertThat(azure(tenant).gaps(AZURE_ROLE_ASSIGNMENTS)).isEmpty();
        arm.subscription("Production");
        arm.hideSubscriptions();
        assertThat(azure(tenant).unread(AZURE_SUBSCRIPTIONS)).startsWith("no subscription is visible: grant");
    }

    @Test
    void aRootManagementGroupThatDoesNotTellWhatIsBelowItProvesNothing() {
        arm.refuse(ROOT_GROUP + "/descendants", 403, "AuthorizationFailed");
        assertThat(azure(tenant).unread(AZURE_SUBSCRIPTIONS)).startsWith("no subscription is visible: grant");
    }

    @ParameterizedTest
    @CsvSource({
        "Enabled, ENABLED, true",
        "Warned, WARNED, true",
        "PastDue, PAST_DUE, true",
        "Disabled, DISABLED, false",
        "Deleted, DELETED, false",
        "Parked, OTHER, true"
    })
    void theStateOfASubscriptionIsKept(String written, AzureSubscription.State state, boolean running) {
        arm.row(arm.subscription("Production")).put("state", written);
        AzureSubscription subscription = azure(tenant).only(AZURE_SUBSCRIPTIONS, AzureSubscription.class);
        assertThat(subscription.state()).isEqualTo(state);
        assertThat(subscription.running()).isEqualTo(running);
    }

    @Test
    void theManagementGroupsAboveASubscriptionAreRead() {
        String production = arm.subscription("Production");
        arm.below(production, arm.managementGroup("MG-Platform", "Platform"));
        assertThat(Readings.of(tenant, AZURE_ANCESTORS)
                        .only(AZURE_ANCESTORS, AzureAncestors.class)
                        .groups())
                .containsExactly("mg-platform", FakeTenant.TENANT_ID);
    }

    @ParameterizedTest
    @CsvSource({
        "MSDN_2014-09-01, VISUAL_STUDIO",
        "MSDNDevTest_2014-09-01, VISUAL_STUDIO",
        "FreeTrial_2014-09-01, TRIAL",
        "Sponsored_2016-01-01, SPONSORSHIP",
        "CSP_2015-05-01, PARTNER",
        "PayAsYouGo_2014-09-01, OTHER",
        "EnterpriseAgreement_2014-09-01, OTHER",
        "Something_2030-01-01, OTHER"
    })
    void theQuotaTellsWhatASubscriptionWasBoughtAs(String quotaId, AzureSubscription.Offer offer) {
        arm.row(arm.subscription("Production"))
                .putObject("subscriptionPolicies")
                .put("quotaId", quotaId);
        assertThat(azure(tenant)
                        .only(AZURE_SUBSCRIPTIONS, AzureSubscription.class)
                        .offer())
                .isEqualTo(offer);
    }

    @Test
    void theOldSubscriptionForTheDirectoryHoldsNothing() {
        arm.row(arm.subscription("Access to Azure Active Directory"))
                .putObject("subscriptionPolicies")
                .put("quotaId", "AAD_2015-09-01");
        assertThat(azure(tenant)
                        .only(AZURE_SUBSCRIPTIONS, AzureSubscription.class)
                        .running())
                .isFalse();
    }

    @Test
    void withoutTheRootManagementGroupEveryListHasAGap() {
        String production = arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.OWNER, production);
        arm.eligible(ann, "ann", AzureRole.OWNER, production, "2027-01-31T00:00:00Z");
        arm.withoutManagementGroups();
        Readings readings = azure(tenant);
        for (FactKind kind : List.of(AZURE_ROLE_ASSIGNMENTS, AZURE_ELIGIBILITIES)) {
            assertThat(readings.gaps(kind))
                    .containsExactly(
                            "not every management group could be read, so role assignments there or at the root scope may"
                                    + " be missing");
        }
    }

    @Test
    void aRefusalNamesTheRoleToGrant() {
        arm.refuse("/subscriptions", 403, "AuthorizationFailed");
        assertThat(azure(tenant).unread(AZURE_SUBSCRIPTIONS))
                .isEqualTo("the role Reader on the tenant root management group is missing (Azure Resource Manager"
                        + " answered 403 AuthorizationFailed): grant it to PARC's identity");
    }

    @Test
    void aRefusedResourceGraphLeavesAGap() {
        arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.OWNER, ROOT_GROUP);
        arm.refuse(RESOURCE_GRAPH, 403, "AuthorizationFailed");
        assertThat(azure(tenant).gaps(AZURE_ROLE_ASSIGNMENTS))
                .singleElement()
                .asString()
                .startsWith("Azure Resource Graph: the role Reader");
    }

    @Test
    void oneSubscriptionThatIsRefusedLeavesAGap() {
        String production = arm.subscription("Production");
        arm.eligible(ann, "ann", AzureRole.OWNER, production, "2027-01-31T00:00:00Z");
        arm.refuse(arm.subscription("Laboratory") + ELIGIBILITIES, 403, "AuthorizationFailed");
        assertThat(azure(tenant).gaps(AZURE_ELIGIBILITIES))
                .singleElement()
                .asString()
                .startsWith("a subscription: the role Reader");
    }

    @Test
    void nobodyAtAllIsNotBelieved() {
        arm.subscription("Production");
        assertThat(azure(tenant).unread(AZURE_ROLE_ASSIGNMENTS))
                .isEqualTo("no role assignment was found, but every subscription has an owner");
    }

    @Test
    void aMissingLicenceThatTheServicePlansShowIsNotBelieved() {
        arm.subscription("Production");
        arm.refuse(ROOT_GROUP + ELIGIBILITIES, 400, "AadPremiumLicenseRequired");
        assertThat(azure(tenant).unread(AZURE_ELIGIBILITIES))
                .startsWith("Azure Resource Manager answered that the tenant has no Microsoft Entra ID P2");
    }

    @Test
    void aSubscriptionOfAnotherTenantIsLeftToThatTenant() {
        arm.assign(ann, "User", AzureRole.OWNER, arm.subscription("Production"));
        String customer = arm.subscription("Customer", id("other tenant"));
        arm.assign(id("stranger"), "User", AzureRole.OWNER, customer);
        assertThat(reading.held()).containsOnlyKeys(ann);
        assertThat(arm.requests()).noneMatch(request -> request.contains(customer));
    }

    @Test
    void whatIsAssignedWhereTheListHasNoSubscriptionIsAGap() {
        arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.OWNER, "/subscriptions/" + id("unlisted"));
        assertThat(azure(tenant).gaps(AZURE_ROLE_ASSIGNMENTS))
                .containsExactly("a role is assigned in a subscription that is not in the list of subscriptions");
    }
}
