package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.assessment.run.RunRequest;
import dev.parc.check.Stage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OverdueStagesTest {

    /** Monday 05:30 and every day 05:00. */
    private static final Map<Stage, Schedule> SCHEDULES =
            Map.of(Stage.S2, Schedule.of("0 30 5 * * 1"), Stage.S1, Schedule.of("0 0 5 * * *"));

    private static final Instant NOW = Instant.parse("2026-02-05T05:00:00Z"); // a Thursday

    @Test
    void aWeeklyStageThatMissedItsDayIsTold() {
        assertThat(events(
                        run(State.DONE, "2026-02-04T05:00:00Z", Stage.S1),
                        run(State.DONE, "2026-01-26T05:30:00Z", Stage.S2)))
                .singleElement()
                .asString()
                .contains("\"stage-overdue\"", "\"S2\"", "2026-01-26T05:30:00Z", "2026-02-02T05:30:00Z");
    }

    @Test
    void aStageThatWasRunOnItsDayIsNot() {
        assertThat(events(
                        run(State.DONE, "2026-02-04T05:00:00Z", Stage.S1),
                        run(State.DONE, "2026-02-02T05:30:00Z", Stage.S2)))
                .isEmpty();
    }

    @Test
    void aRunThatFailedOrStillGoesDoesNotCount() {
        assertThat(events(
                        run(State.DONE, "2026-02-04T05:00:00Z", Stage.S1),
                        run(State.FAILED, "2026-02-02T05:30:00Z", Stage.S2),
                        run(State.RUNNING, "2026-02-03T05:30:00Z", Stage.S2),
                        run(State.DONE, "2026-01-26T05:30:00Z", Stage.S2)))
                .hasSize(1);
    }

    @Test
    void aRunOfEverythingThatSomebodyAskedForCounts() {
        assertThat(events(run(State.DONE, "2026-02-04T09:00:00Z", Stage.S1, Stage.S2)))
                .isEmpty();
    }

    /** Deployed on Tuesday: the first Monday is still to come. */
    @Test
    void onTheFirstDaysNothingIsOverdue() {
        assertThat(events(run(State.DONE, "2026-02-04T05:00:00Z", Stage.S1))).isEmpty();
        assertThat(events()).isEmpty();
    }

    /** The oldest run is from before the Monday, and the stage was never run. */
    @Test
    void aStageThatWasNeverRunIsOverdueOnceItsDayHasPassed() {
        assertThat(events(
                        run(State.DONE, "2026-02-04T05:00:00Z", Stage.S1),
                        run(State.DONE, "2026-02-01T05:00:00Z", Stage.S1)))
                .hasSize(1);
    }

    @Test
    void halfADayIsNotLate() {
        Instant soon = Instant.parse("2026-02-02T17:00:00Z");
        List<RunRecord> runs = List.of(
                run(State.DONE, "2026-02-02T05:00:00Z", Stage.S1), run(State.DONE, "2026-01-26T05:30:00Z", Stage.S2));

        assertThat(OverdueStages.events(SCHEDULES, runs, soon)).isEmpty();
        assertThat(OverdueStages.events(SCHEDULES, runs, soon.plusSeconds(3600)))
                .hasSize(1);
    }

    /** A message that an earlier release took: it is of when it ended, and hides nothing that is overdue since. */
    @Test
    void aRunOfATimeThatHasNotComeIsOfWhenItEnded() {
        RunRecord ahead = run(State.DONE, "9999-01-01T00:00:00Z", Stage.S2);
        RunRecord ended = new RunRecord(ahead.request(), State.DONE, "", Instant.parse("2026-01-27T05:30:00Z"));

        assertThat(events(run(State.DONE, "2026-02-04T05:00:00Z", Stage.S1), ended))
                .singleElement()
                .asString()
                .contains("2026-01-27T05:30:00Z");
    }

    private static List<String> events(RunRecord... runs) {
        return OverdueStages.events(
                SCHEDULES,
                Stream.of(runs)
                        .sorted(Comparator.comparing(
                                        (RunRecord run) -> run.request().requestedAt())
                                .reversed())
                        .toList(),
                NOW);
    }

    private static RunRecord run(State state, String time, Stage... stages) {
        Instant at = Instant.parse(time);
        return new RunRecord(
                new RunRequest(RunIds.at(at), at, List.of(stages), List.of(), Trigger.TIMER), state, "", at);
    }
}
