package dev.parc.assessment;

import dev.parc.check.Outcome;
import java.time.Instant;

/** One point in the series of a check. */
public record HistoryEntry(String runId, Instant at, Outcome outcome, int findings, String summary) {}
