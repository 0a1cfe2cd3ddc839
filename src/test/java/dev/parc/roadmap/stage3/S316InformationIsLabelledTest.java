package dev.parc.roadmap.stage3;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import org.junit.jupiter.api.Test;

class S316InformationIsLabelledTest {

    private final CheckTester check = CheckTester.of(new S316InformationIsLabelled());

    @Test
    void labelsAndAWordForTheirUseAreEnough() {
        check.given(GoodTenant.build().label("Public", false))
                .isAttested(
                        "2 sensitivity labels are in force, 1 of which protects what they are put on; attested by Ann until 2027-09-01")
                .findsNothing();
    }

    @Test
    void labelsAloneAreForAPersonToAttest() {
        check.given(GoodTenant.build().nothingAttested())
                .isReview("1 sensitivity label is in force, which protects what it is put on; 1 statement to attest");
    }

    @Test
    void noLabelIsAFailWhateverAPersonSays() {
        check.given(tenant().attested("S3-16", 1).attested("S3-16", 2))
                .isFail("information protection is licensed and no sensitivity label is defined")
                .findsOnly("the tenant", "defines no sensitivity label");
    }

    /** Graph answers an empty list to a tenant without the plan too. */
    @Test
    void noLabelSaysNothingWhereThePlansWereNotRead() {
        check.given(tenant().unread(FactKind.SERVICE_PLANS, "404 from Graph"))
                .isNotAssessed("licences: 404 from Graph");
        check.given(tenant().gap(FactKind.SERVICE_PLANS, "one came without its plans"))
                .isNotAssessed("licences: one came without its plans");
    }

    @Test
    void labelsThatAreAllOffAreAFailWhateverAPersonSays() {
        check.given(tenant().labelOff("Old")
                        .labelOff("Older")
                        .attested("S3-16", 1)
                        .attested("S3-16", 2))
                .isFail("information protection is licensed and no sensitivity label is on")
                .findsOnly("the tenant", "has turned off every sensitivity label it defines: Old, Older");
    }

    @Test
    void aLabelThatIsOffIsNotCountedBesideOneThatIsOn() {
        check.given(GoodTenant.build().labelOff("Old"))
                .isAttested(
                        "1 sensitivity label is in force, which protects what it is put on; attested by Ann until 2027-09-01");
    }

    @Test
    void withoutTheLicenceItDoesNotApply() {
        check.given(GoodTenant.build().without(Licence.INFORMATION_PROTECTION))
                .isNotApplicable("the tenant has no Microsoft Purview Information Protection licence");
    }
}
