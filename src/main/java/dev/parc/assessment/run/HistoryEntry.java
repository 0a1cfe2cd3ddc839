package dev.parc.assessment.run;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.check.Outcome;
import java.time.Instant;

/**
 * One point in the series of a check.
 *
 * @param at when the run finished
 * @param findings how many there were
 */
public record HistoryEntry(
        String runId, Instant at, Outcome outcome, int findings, String summary, CheckResult.Basis basis) {

    /** The point that one result of a run adds to its check's series. */
    public static HistoryEntry of(Assessment assessment, CheckResult result) {
        return new HistoryEntry(
                assessment.runId(),
                assessment.finishedAt(),
                result.outcome(),
                result.findings().size(),
                result.summary(),
                result.basis());
    }
}
