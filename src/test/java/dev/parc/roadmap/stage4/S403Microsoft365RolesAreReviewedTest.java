package dev.parc.roadmap.stage4;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.facts.FactKind;
import org.junit.jupiter.api.Test;

class S403Microsoft365RolesAreReviewedTest {

    private final CheckTester check = CheckTester.of(new S403Microsoft365RolesAreReviewed());

    @Test
    void everyRoleInUseIsShownWithItsReview() {
        check.given(GoodTenant.build().nothingAttested())
                .isReview("access reviews cover 2 of 2 Microsoft 365 admin roles in use; 1 statement to attest")
                .finds("Global Administrator", "is held by 3; was last reviewed on 2026-07-03")
                .finds("Exchange Administrator", "is held by 1; was last reviewed on 2026-07-03");
        check.given(GoodTenant.build())
                .isAttested("access reviews cover 2 of 2 Microsoft 365 admin roles in use; attested by Ann until"
                        + " 2027-09-01");
    }

    @Test
    void aReviewOnPaperCountsToo() {
        check.given(GoodTenant.build().unread(FactKind.ACCESS_REVIEWS, "permission X is missing"))
                .isAttested(
                        "2 Microsoft 365 admin roles are in use; access reviews were not read; attested by Ann until 2027-09-01")
                .finds("Global Administrator", "is held by 3");
    }

    @Test
    void anExpiredWordIsNoneAnyMore() {
        check.given(GoodTenant.build().nothingAttested().attested("S4-03", 1, -1))
                .isReview("access reviews cover 2 of 2 Microsoft 365 admin roles in use; 1 statement to attest");
    }

    @Test
    void withoutMicrosoft365ItDoesNotApply() {
        check.given(tenant().globalAdmin("a@contoso.com")).isNotApplicable("the tenant does not use Microsoft 365");
    }
}
