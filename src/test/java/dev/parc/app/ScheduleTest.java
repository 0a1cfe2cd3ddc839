package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 5 * * *|2026-01-31T05:00:00Z|2026-02-01T05:00:00Z",
                "0 */15 * * * *|2026-01-31T05:01:00Z|2026-01-31T05:15:00Z",
                "*/10 * * * * *|2026-01-31T05:01:01Z|2026-01-31T05:01:10Z",
                "0 30 5 * * 1|2026-01-31T05:00:00Z|2026-02-02T05:30:00Z",
                "0 30 5 * * 0|2026-01-31T05:00:00Z|2026-02-01T05:30:00Z",
                "0 30 5 * * Mon-Fri|2026-01-31T05:00:00Z|2026-02-02T05:30:00Z",
                "0 0 0 13 * 5|2026-01-31T05:00:00Z|2026-02-13T00:00:00Z",
                "0 0 0 13 * 5|2026-03-14T05:00:00Z|2026-11-13T00:00:00Z",
                "0 0 0 1 Jan,Jul *|2026-01-31T05:00:00Z|2026-07-01T00:00:00Z",
                "0 0 0 29 2 *|2026-01-31T05:00:00Z|2028-02-29T00:00:00Z",
            })
    void itFiresAtTheFirstTimeThatEveryFieldAllows(String expression, Instant after, Instant expected) {
        assertThat(Schedule.of(expression).next(after)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 5 * * *",
                "0 0 0 5 * * *",
                "05:00:00",
                "@daily",
                "61 0 5 * * *",
                "0 0 24 * * *",
                "a b c d e f",
                "0 0 0 31 2 *"
            })
    void whatIsNoScheduleIsRefused(String expression) {
        assertThatIllegalArgumentException().isThrownBy(() -> Schedule.of(expression));
    }
}
