package dev.parc.assessment.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A part of something that sorts by run, newest first.
 *
 * @param from runs asked for in this second or later
 * @param to runs asked for before this second
 * @param after runs that sort after the one with this id; from the beginning if empty
 * @param limit at most so many
 */
public record RunRange(Instant from, Instant to, Optional<String> after, int limit) {

    /** The last moment that a run's id can carry. */
    public static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    /** @throws IllegalArgumentException if {@code after} is no run id */
    public RunRange {
        if (after.isPresent() && !RunIds.isOne(after.get())) {
            throw new IllegalArgumentException("not the id of a run");
        }
        limit = Math.max(0, limit);
    }

    /** The newest. */
    public static RunRange newest(int limit) {
        return new RunRange(Instant.EPOCH, END, Optional.empty(), limit);
    }

    /** Whether a run with this id is in it, the limit apart. */
    public boolean holds(String runId) {
        return RunIds.isBetween(runId, from, to)
                && after.map(id -> RunIds.NEWEST_FIRST.compare(runId, id) > 0).orElse(true);
    }
}
