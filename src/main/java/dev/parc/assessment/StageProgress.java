package dev.parc.assessment;

import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Where one stage of a run stands.
 *
 * @param deadline the day by which it is due; empty without a start of the roadmap
 * @param days until the deadline, or since it where the stage is late; 0 without one
 * @param score with its coverage
 * @param open items that are FAIL or REVIEW, or could not be assessed
 * @param notApplicable items that ask nothing of this tenant
 * @param waived items that people decided to live with for a time
 */
public record StageProgress(
        Stage stage,
        State state,
        Optional<LocalDate> deadline,
        long days,
        Score score,
        int open,
        int notApplicable,
        int waived) {

    /** How a stage stands against its deadline. */
    public enum State {
        /** Every item of it is met, does not apply or is waived, and at least one is met. */
        DONE,
        /** It is open, and the deadline has not passed. */
        ON_TIME,
        /** It is open, and the deadline has passed. */
        LATE,
        /** It is open, and nobody said when the roadmap began. */
        NO_START,
        /** Nothing of it is open, and the run did not ask for all of it. */
        PARTIAL
    }

    /**
     * The progress of a stage.
     *
     * @param asOf the day to count from
     */
    static StageProgress of(Assessment run, Stage stage, LocalDate asOf) {
        Assessment part = run.only(stage);
        List<CheckResult> counting =
                part.results().stream().filter(result -> !result.isWaived()).toList();
        int met = (int) counting.stream()
                .filter(result -> result.outcome() == Outcome.PASS)
                .count();
        int notApplicable = (int) counting.stream()
                .filter(result -> result.outcome() == Outcome.NOT_APPLICABLE)
                .count();
        int open = counting.size() - met - notApplicable;
        Optional<LocalDate> deadline = run.roadmapStart().map(stage::due);
        boolean late = deadline.filter(asOf::isAfter).isPresent();
        State state;
        if (open == 0 && !run.stages().contains(stage)) {
            state = State.PARTIAL;
        } else if (open == 0 && met > 0) {
            state = State.DONE;
        } else if (deadline.isEmpty()) {
            state = State.NO_START;
        } else {
            state = late ? State.LATE : State.ON_TIME;
        }
        long days = deadline.map(day -> Math.abs(ChronoUnit.DAYS.between(asOf, day)))
                .orElse(0L);
        return new StageProgress(stage, state, deadline, days, part.score(), open, notApplicable, part.waived());
    }

    /** The progress in a few words, like "12 days late: was due on 2026-08-03". */
    public String inWords() {
        return switch (state) {
            case DONE -> stage == Stage.S4 ? "done; keep it that way" : "done";
            case PARTIAL -> "nothing open; this run did not assess the whole stage";
            case NO_START -> "no deadline, because PARC_ROADMAP_START is not set";
            case ON_TIME ->
                "on time: due on " + deadline.orElseThrow() + ", " + (days == 0 ? "today" : "in " + counted())
                        + beyond();
            case LATE -> counted() + " late: was due on " + deadline.orElseThrow() + beyond();
        };
    }

    private String counted() {
        return days == 1 ? "1 day" : "%,d days".formatted(days);
    }

    /** The last stage has a beginning and no end: "six months and beyond". */
    private String beyond() {
        return stage == Stage.S4 ? ", and ongoing from then on" : "";
    }
}
