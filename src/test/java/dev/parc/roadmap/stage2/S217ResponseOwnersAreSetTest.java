package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.AzureBuilder;
import dev.parc.check.CheckTester;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureSubscription;
import java.util.List;
import org.junit.jupiter.api.Test;

class S217ResponseOwnersAreSetTest {

    private static final String FAIL = "Microsoft does not know whom to tell of an incident";

    private final CheckTester check = CheckTester.of(new S217ResponseOwnersAreSet());
    private final TenantBuilder tenant = tenant().contacts(List.of("it@contoso.com"), List.of("soc@contoso.com"));
    private final AzureBuilder azure = AzureBuilder.in(tenant);

    private TenantBuilder attested() {
        return azure.build().attested("S2-17", 1).attested("S2-17", 2);
    }

    @Test
    void contactsEverywhereAreEnoughOnceAPersonAttestsTheRest() {
        azure.subscription("Production").contacts("Production", "soc@contoso.com");
        check.given(attested())
                .isAttested(
                        "the tenant has a technical and a security contact, and Defender for Cloud tells somebody in"
                                + " 1 subscription; attested by Ann until 2027-09-01");
    }

    @Test
    void unattestedItIsForAPerson() {
        check.given(azure.build().attested("S2-17", 2))
                .isReview("the tenant has a technical and a security contact; 1 of 2 statements to attest")
                .findsNothing();
    }

    @Test
    void noTechnicalContactFails() {
        check.given(attested().contacts(List.of(), List.of("soc@contoso.com")))
                .isFail(FAIL)
                .findsOnly("the tenant", "has no technical contact to whom Microsoft could write");
    }

    @Test
    void noSecurityContactFails() {
        check.given(attested().contacts(List.of("it@contoso.com"), List.of()))
                .isFail(FAIL)
                .findsOnly("the tenant", "has no security and compliance contact to whom Microsoft could write");
    }

    @Test
    void aSubscriptionWhoseAlertsNobodyGetsFails() {
        azure.subscription("Production").contacts("Production");
        azure.subscription("Laboratory").contactsByRole("Laboratory", "Owner", "Contributor");
        check.given(attested())
                .isFail(FAIL)
                .finds("Production", "Defender for Cloud tells nobody of its alerts")
                .finds(
                        "Laboratory",
                        "Defender for Cloud tells only whoever holds Contributor, Owner; no address is set");
    }

    @Test
    void toldByRoleOnlyIsForAPersonEvenAttested() {
        azure.subscription("Production").contactsByRole("Production", "Owner");
        check.given(attested())
                .isReview("the tenant has a technical and a security contact, and Defender for Cloud tells somebody in"
                        + " 1 subscription, but by no address in 1 of them")
                .findsOnly("Production", "Defender for Cloud tells only whoever holds Owner; no address is set");
    }

    @Test
    void aDisabledSubscriptionNeedsNoContact() {
        azure.subscription("Old", AzureSubscription.State.DISABLED);
        check.given(attested())
                .isAttested("the tenant has a technical and a security contact; attested by Ann until 2027-09-01");
    }

    @Test
    void aMissingContactIsCertainWithoutAzure() {
        check.given(attested()
                        .contacts(List.of(), List.of())
                        .unread(FactKind.AZURE_SUBSCRIPTIONS, "no subscription is visible"))
                .isFail(FAIL);
    }

    @Test
    void withoutAzureTheTenantsContactsAreNotEnough() {
        check.given(azure.build().unread(FactKind.AZURE_SUBSCRIPTIONS, "no subscription is visible"))
                .isNotAssessed("Azure subscriptions: no subscription is visible");
    }

    @Test
    void aTenantOfWhichNothingWasReadIsNotAssessed() {
        check.given(tenant().unread(FactKind.ORGANIZATION, "permission Organization.Read.All is missing"))
                .isNotAssessed("the organisation: permission Organization.Read.All is missing");
    }
}
