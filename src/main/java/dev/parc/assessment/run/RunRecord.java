package dev.parc.assessment.run;

import java.time.Instant;

/**
 * Where a run stands.
 *
 * @param progress what is being done now, or why it failed
 */
public record RunRecord(RunRequest request, State state, String progress, Instant updatedAt) {

    /** A run is QUEUED, then RUNNING, then DONE or FAILED. */
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED
    }
}
