package dev.parc.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.app.Schedule;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeskTimersTest {

    private Instant now = Instant.parse("2026-01-31T04:59:59Z");
    private final List<Instant> fired = new ArrayList<>();

    @Test
    void aTimerFiresWhenItsTimeHasComeAndNotAgain() {
        DeskTimers timers = daily();

        timers.tick();
        assertThat(fired).isEmpty();
        now = Instant.parse("2026-01-31T05:00:00Z");
        timers.tick();
        timers.tick();
        assertThat(fired).containsExactly(now);
    }

    @Test
    void aTimerThatSleptThroughSeveralTimesFiresOnce() {
        DeskTimers timers = daily();

        now = Instant.parse("2026-02-03T12:00:00Z");
        timers.tick();
        timers.tick();

        assertThat(fired).containsExactly(now);
    }

    private DeskTimers daily() {
        InstantSource source = () -> now;
        DeskTimers timers = new DeskTimers(source.withZone(ZoneOffset.UTC));
        timers.add(Schedule.of("0 0 5 * * *"), () -> fired.add(now));
        return timers;
    }
}
