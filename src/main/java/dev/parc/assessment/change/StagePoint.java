package dev.parc.assessment.change;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Score;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One point in the series of a stage: a finished run that answered all of it.
 *
 * @param at when the run began
 * @param score of the stage, with its coverage
 * @param outcomes the answer of each item, by id
 * @param waived the items among these whose answer is waived, so that it stands and does not count
 * @param opened how many findings the run found that were not there before
 * @param resolved how many it found to be gone
 * @param secondsToRemediate how long the resolved ones had been open, added up, in seconds
 */
public record StagePoint(
        String runId,
        Stage stage,
        Instant at,
        Score score,
        SortedMap<String, Outcome> outcomes,
        SortedSet<String> waived,
        int opened,
        int resolved,
        long secondsToRemediate) {

    public StagePoint {
        outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
        waived = Collections.unmodifiableSortedSet(new TreeSet<>(waived));
    }

    /**
     * The point that a run adds to the series of a stage.
     *
     * @param resolved the records of findings that this run resolved
     */
    public static StagePoint of(Assessment run, Stage stage, int opened, List<FindingRecord> resolved) {
        SortedMap<String, Outcome> outcomes = new TreeMap<>();
        SortedSet<String> waived = new TreeSet<>();
        run.results().stream().filter(result -> result.stage() == stage).forEach(result -> {
            outcomes.put(result.checkId(), result.outcome());
            if (result.isWaived()) {
                waived.add(result.checkId());
            }
        });
        return new StagePoint(
                run.runId(),
                stage,
                run.startedAt(),
                run.score(stage),
                outcomes,
                waived,
                opened,
                resolved.size(),
                resolved.stream()
                        .flatMap(record -> record.timeToRemediate().stream())
                        .mapToLong(time -> Math.max(0, time.toSeconds()))
                        .sum());
    }

    /** How many items have each outcome, all five of them named. */
    public Map<Outcome, Integer> counts() {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        List.of(Outcome.values()).forEach(outcome -> counts.put(outcome, 0));
        outcomes.values().forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
        return counts;
    }
}
