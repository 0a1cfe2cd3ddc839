package dev.parc.roadmap.stage3;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S305IncidentGuidanceIsReviewedTest {

    private final CheckTester check = CheckTester.of(new S305IncidentGuidanceIsReviewed());

    @Test
    void itIsAReviewUntilSomebodyAttests() {
        check.given(tenant()).isReview("no interface tells what somebody has read; 1 statement to attest");
    }

    @ParameterizedTest
    @CsvSource({"0, 2026-09-01", "1, 2026-09-02", "365, 2027-09-01"})
    void itIsAPassToTheLastDayOfTheAttestation(int days, String until) {
        check.given(tenant().attested("S3-05", 1, days))
                .isAttested("no interface tells what somebody has read; attested by Ann until " + until);
    }

    @Test
    void itIsAReviewAgainTheDayAfter() {
        check.given(tenant().attested("S3-05", 1, -1))
                .isReview("no interface tells what somebody has read; 1 statement to attest");
    }

    @Test
    void aWordOnAnotherItemDoesNotCount() {
        check.given(tenant().attested("S3-09", 1))
                .isReview("no interface tells what somebody has read; 1 statement to attest");
    }
}
