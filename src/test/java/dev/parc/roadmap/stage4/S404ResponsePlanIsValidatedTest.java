package dev.parc.roadmap.stage4;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import java.util.List;
import org.junit.jupiter.api.Test;

class S404ResponsePlanIsValidatedTest {

    private final CheckTester check = CheckTester.of(new S404ResponsePlanIsValidated());

    @Test
    void threeStatementsAreAPass() {
        check.given(tenant().attested("S4-04", 1).attested("S4-04", 2).attested("S4-04", 3, 60))
                .isAttested("no interface tells whether the plan was exercised; attested by Ann until 2026-10-31");
    }

    @Test
    void aPlanThatWasNotDistributedIsAReview() {
        check.given(tenant().attested("S4-04", 1).attested("S4-04", 2))
                .isReview("no interface tells whether the plan was exercised; 1 of 3 statements to attest");
    }

    @Test
    void nothingSaidIsAReview() {
        check.given(tenant())
                .isReview("no interface tells whether the plan was exercised; 1 statement to attest")
                .findsOnly(
                        "the tenant",
                        "names nobody to whom Microsoft writes about security, so the plan would begin without its"
                                + " first message");
        check.given(tenant().contacts(List.of(), List.of("soc@contoso.com")))
                .isReview("no interface tells whether the plan was exercised; 1 statement to attest")
                .findsNothing();
    }
}
