package dev.parc.assessment.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunIdsTest {

    private static final Instant TIME = Instant.parse("2026-01-31T08:00:59.999Z");

    @Test
    void anIdCarriesItsSecond() {
        assertThat(RunIds.at(TIME))
                .startsWith("20260131T080059Z-")
                .satisfies(id -> assertThat(RunIds.isOne(id)).isTrue());
    }

    @Test
    void turnedRoundTheNewestComesFirst() {
        String early = RunIds.newestFirst("20260131T080059Z-00000000");
        String late = RunIds.newestFirst("20260131T080100Z-00000000");

        assertThat(late).isLessThan(early).hasSameSizeAs(early);
        assertThat(RunIds.newestFirst(TIME)).isEqualTo(early);
    }
}
