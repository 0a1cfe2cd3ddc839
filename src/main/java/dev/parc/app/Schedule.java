package dev.parc.app;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** When a timer fires: an NCRONTAB expression of six fields (second minute hour day month weekday), in UTC. */
public final class Schedule {

    private static final CronDefinition NCRONTAB = CronDefinitionBuilder.defineCron()
            .withSeconds()
            .and()
            .withMinutes()
            .and()
            .withHours()
            .and()
            .withDayOfMonth()
            .and()
            .withMonth()
            .and()
            .withDayOfWeek()
            .withValidRange(0, 7)
            .withMondayDoWValue(1)
            .withIntMapping(7, 0)
            .and()
            .matchDayOfWeekAndDayOfMonth()
            .instance();

    private static final Duration PATIENCE = Duration.ofHours(12);

    private final Cron cron;

    private Schedule(Cron cron) {
        this.cron = cron;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it is not one, saying what is wrong with it
     */
    public static Schedule of(String expression) {
        int fields = expression.strip().split("\\s+").length;
        if (fields != 6) {
            throw new IllegalArgumentException("it has " + fields + " fields and not six");
        }
        Schedule schedule = new Schedule(new CronParser(NCRONTAB).parse(expression));
        if (schedule.next(Instant.EPOCH).isEmpty()) {
            throw new IllegalArgumentException("it never fires");
        }
        return schedule;
    }

    /** The first time after this one at which it fires; empty if it never does again. */
    public Optional<Instant> next(Instant after) {
        return ExecutionTime.forCron(cron)
                .nextExecution(ZonedDateTime.ofInstant(after, ZoneOffset.UTC))
                .map(ZonedDateTime::toInstant);
    }

    /**
     * The time at which it should have led to a run and did not; empty if there is none.
     *
     * @param last when the newest run was asked for
     * @param now half a day after the time a run is missed, not before
     */
    Optional<Instant> missed(Instant last, Instant now) {
        return next(last).filter(due -> due.plus(PATIENCE).isBefore(now));
    }

    @Override
    public String toString() {
        return cron.asString();
    }
}
