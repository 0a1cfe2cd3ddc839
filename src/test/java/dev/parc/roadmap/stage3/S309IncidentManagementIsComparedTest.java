package dev.parc.roadmap.stage3;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import org.junit.jupiter.api.Test;

class S309IncidentManagementIsComparedTest {

    private final CheckTester check = CheckTester.of(new S309IncidentManagementIsCompared());

    @Test
    void bothStatementsAreAPass() {
        check.given(tenant().attested("S3-09", 1).attested("S3-09", 2, 30))
                .isAttested("no interface tells what was compared; attested by Ann until 2026-10-01");
    }

    @Test
    void aComparisonWithoutADecisionIsAReview() {
        check.given(tenant().attested("S3-09", 1))
                .isReview("no interface tells what was compared; 1 of 2 statements to attest");
    }
}
