package dev.parc.desk;

import dev.parc.app.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Fires timers when their time has come; times that pass while nothing is served are not made up for. */
final class DeskTimers {

    private final Clock clock;
    private final List<Timer> timers = new ArrayList<>();

    DeskTimers(Clock clock) {
        this.clock = clock;
    }

    private static final class Timer {

        private final Schedule schedule;
        private final Runnable action;
        private Instant next;

        Timer(Schedule schedule, Runnable action, Instant next) {
            this.schedule = schedule;
            this.action = action;
            this.next = next;
        }
    }

    void add(Schedule schedule, Runnable action) {
        timers.add(new Timer(schedule, action, next(schedule)));
    }

    /** Fires what is due, once however late it is. To be called every second. */
    void tick() {
        Instant now = clock.instant();
        for (Timer timer : timers) {
            if (!timer.next.isAfter(now)) {
                timer.next = next(timer.schedule);
                timer.action.run();
            }
        }
    }

    private Instant next(Schedule schedule) {
        return schedule.next(clock.instant()).orElse(Instant.MAX);
    }
}
