package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.facts.FactKind;
import org.junit.jupiter.api.Test;

class S215GuidanceIsReviewedTest {

    private final CheckTester check = CheckTester.of(new S215GuidanceIsReviewed());

    @Test
    void threeAttestedStatementsAreAPass() {
        check.given(GoodTenant.build())
                .isAttested("no interface tells what somebody has read; attested by Ann until 2027-09-01");
    }

    @Test
    void oneStatementLessIsAReview() {
        check.given(tenant().microsoft365().attested("S2-15", 1).attested("S2-15", 3))
                .isReview("no interface tells what somebody has read; 1 of 3 statements to attest");
    }

    @Test
    void aStatementWhoseTimeHasPassedIsAReview() {
        check.given(GoodTenant.build()
                        .nothingAttested()
                        .attested("S2-15", 1)
                        .attested("S2-15", 2)
                        .attested("S2-15", 3, -1))
                .isReview("no interface tells what somebody has read; 1 of 3 statements to attest");
    }

    @Test
    void withoutMicrosoft365ItDoesNotApply() {
        check.given(tenant()).isNotApplicable("the tenant has no Microsoft 365 plan");
    }

    @Test
    void withoutLicencesItIsNotAssessed() {
        check.given(tenant().unread(FactKind.SERVICE_PLANS, "permission X is missing"))
                .isNotAssessed("licences: permission X is missing");
    }
}
