package dev.parc.assessment.run;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.check.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run is asked to do; it is what the queue message carries.
 *
 * @param runId from {@link RunIds#at}: sortable by time and never used twice
 * @param stages the stages to answer, each once; empty with {@code checks} also empty means all
 * @param checks single items, answered besides the stages, each once
 * @param requestedBy the caller, where somebody asked for it over HTTP
 */
public record RunRequest(
        String runId,
        Instant requestedAt,
        List<Stage> stages,
        List<String> checks,
        Assessment.Trigger trigger,
        Optional<String> requestedBy) {

    /** One that nobody in particular asked for. */
    public RunRequest(
            String runId, Instant requestedAt, List<Stage> stages, List<String> checks, Assessment.Trigger trigger) {
        this(runId, requestedAt, stages, checks, trigger, Optional.empty());
    }

    public RunRequest {
        stages = stages.stream().distinct().toList();
        checks = checks.stream().distinct().toList();
    }

    /** The same, asked for by this caller. */
    public RunRequest by(String caller) {
        return new RunRequest(runId, requestedAt, stages, checks, trigger, Optional.of(caller));
    }

    /** Whether the run answers every item of this stage. */
    public boolean covers(Stage stage) {
        return stages.contains(stage) || (stages.isEmpty() && checks.isEmpty());
    }
}
