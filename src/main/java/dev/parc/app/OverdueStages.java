package dev.parc.app;

import dev.parc.assessment.json.EventJson;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.check.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stages whose newest finished run, whoever asked for it, is older than their schedule allows. A log query cannot tell: it looks
 * back two days at most, and some stages are run weekly.
 */
final class OverdueStages {

    /** More than a week of daily runs, and some that people ask for. */
    static final int RUNS_LOOKED_AT = 200;

    private OverdueStages() {}

    /**
     * A line for the log for each such stage. A stage that was never run counts from the oldest run that is known: before it there
     * was no PARC that could have run it.
     *
     * @param newest the newest runs first, at most {@link #RUNS_LOOKED_AT}
     */
    static List<String> events(Map<Stage, Schedule> schedules, List<RunRecord> newest, Instant now) {
        List<String> events = new ArrayList<>();
        if (newest.isEmpty()) {
            return events;
        }
        Instant first = asked(newest.get(newest.size() - 1), now);
        schedules.forEach((stage, schedule) -> {
            Optional<Instant> last = newest.stream()
                    .filter(run -> run.state() == State.DONE && run.request().covers(stage))
                    .map(run -> asked(run, now))
                    .max(Instant::compareTo);
            Instant since = last.orElse(first);
            schedule.missed(since, now).ifPresent(due -> events.add(EventJson.overdue(stage, since, due)));
        });
        return events;
    }

    /** When a run was asked for; one that says to be of a time that has not come yet was asked for before it ended. */
    static Instant asked(RunRecord run, Instant now) {
        Instant asked = run.request().requestedAt();
        return asked.isAfter(now) ? run.updatedAt() : asked;
    }
}
