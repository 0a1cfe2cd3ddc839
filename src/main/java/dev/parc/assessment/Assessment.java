package dev.parc.assessment;

import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One finished run: schema {@code parc-run/1}.
 *
 * @param source {@code live}, {@code demo} or {@code snapshot}: demo data is never shown without saying so
 * @param takenAt when the facts were read; with a snapshot, long before the run
 * @param roadmapStart the day on which the roadmap began, as it was set when the run was made
 */
public record Assessment(
        String runId,
        String tenantId,
        String tenantName,
        String source,
        Instant takenAt,
        Instant startedAt,
        Instant finishedAt,
        List<Stage> stages,
        Trigger trigger,
        RequestCount requests,
        List<CheckResult> results,
        Optional<LocalDate> roadmapStart) {

    /** What started the run. */
    public enum Trigger {
        TIMER,
        HTTP,
        CLI;

        /** Its name in documents. */
        public String written() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Assessment {
        stages = List.copyOf(stages);
        results = List.copyOf(results);
    }

    /** A run without a start of the roadmap. */
    public Assessment(
            String runId,
            String tenantId,
            String tenantName,
            String source,
            Instant takenAt,
            Instant startedAt,
            Instant finishedAt,
            List<Stage> stages,
            Trigger trigger,
            RequestCount requests,
            List<CheckResult> results) {
        this(
                runId,
                tenantId,
                tenantName,
                source,
                takenAt,
                startedAt,
                finishedAt,
                stages,
                trigger,
                requests,
                results,
                Optional.empty());
    }

    /** The same run with other results, finished then. */
    public Assessment with(List<CheckResult> others, Instant finished) {
        return new Assessment(
                runId,
                tenantId,
                tenantName,
                source,
                takenAt,
                startedAt,
                finished,
                stages,
                trigger,
                requests,
                others,
                roadmapStart);
    }

    /** How many results have each outcome, all five of them named; those that are waived count apart. */
    public Map<Outcome, Integer> counts() {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        List.of(Outcome.values()).forEach(outcome -> counts.put(outcome, 0));
        results.stream()
                .filter(result -> !result.isWaived())
                .forEach(result -> counts.merge(result.outcome(), 1, Integer::sum));
        return counts;
    }

    /** How many results are waived as a whole. */
    public int waived() {
        return (int) results.stream().filter(CheckResult::isWaived).count();
    }

    /** The score over all results. */
    public Score score() {
        return Score.of(results);
    }

    /** The score over the results of one stage. */
    public Score score(Stage stage) {
        return only(stage).score();
    }

    /** What a reader must know before taking the scores for good news, a sentence each. */
    public List<String> notes() {
        return status().stages().stream()
                .filter(progress -> progress.score().isThin())
                .map(progress ->
                        progress.stage().title() + ": " + progress.score().inWords())
                .toList();
    }

    /** Where the organisation stands on the roadmap. */
    public RoadmapStatus status() {
        return RoadmapStatus.of(this);
    }

    /** The same run with the results of one stage alone. */
    public Assessment only(Stage stage) {
        return new Assessment(
                runId,
                tenantId,
                tenantName,
                source,
                takenAt,
                startedAt,
                finishedAt,
                stages.contains(stage) ? List.of(stage) : List.of(),
                trigger,
                requests,
                results.stream().filter(result -> result.stage() == stage).toList(),
                roadmapStart);
    }
}
