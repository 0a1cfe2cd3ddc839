package dev.parc.assessment;

import dev.parc.check.Stage;
import java.time.Instant;
import java.util.List;

/**
 * What a run is asked to do; it is what the queue message carries.
 *
 * @param runId from {@link RunIds#at}: sortable by time and never used twice
 * @param stages the stages to answer; empty with {@code checks} also empty means all
 * @param checks single items, answered besides the stages
 */
public record RunRequest(
        String runId, Instant requestedAt, List<Stage> stages, List<String> checks, Assessment.Trigger trigger) {

    public RunRequest {
        stages = List.copyOf(stages);
        checks = List.copyOf(checks);
    }

    /** Whether the run answers every item of this stage. */
    public boolean covers(Stage stage) {
        return stages.contains(stage) || (stages.isEmpty() && checks.isEmpty());
    }
}
