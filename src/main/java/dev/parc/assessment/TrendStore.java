package dev.parc.assessment;

import dev.parc.check.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps how the answers of one tenant change: its findings over time, the changes that each run found, and a point for each
 * run in the series of a stage. Every write may be repeated with the same effect. What cannot be read or written throws
 * {@link StoreException} with a sentence for the operator.
 */
public interface TrendStore {

    /**
     * Does the work while none is done for another run of the tenant, in this process or another: what a run changes rests
     * on what the one before it changed. A run that was cut off in its turn may come again at once; whoever it keeps
     * waiting goes on after some minutes.
     *
     * @throws StoreException if another run's turn does not end
     */
    <T> T alone(String runId, Supplier<T> work);

    /** The records of a check's findings, in no order; none for what is no id of an item. */
    List<FindingRecord> findings(String checkId);

    /** Adds records, each in the place of the one that is kept of the same subject. */
    void putFindings(String checkId, List<FindingRecord> records);

    /** Adds changes of one run; one that is kept already stays. */
    void putChanges(String runId, List<Change> changes);

    /** The changes that a run found, in the order of their items. */
    List<Change> changes(String runId);

    /** The changes of a span, newest run first; of the last run all, even if these are more than the limit. */
    List<Change> changes(Span span);

    /** Keeps that a subscriber has the changes of a run. */
    void putDelivered(String runId, String hookId);

    /** Whether a subscriber has the changes of a run. */
    boolean isDelivered(String runId, String hookId);

    /** Adds a point to the series of its stage, in the place of the one of the same run. */
    void putPoint(StagePoint point);

    /** The points of a stage in a span, newest first. */
    List<StagePoint> series(Stage stage, Span span);

    /**
     * Deletes what is left of runs that were asked for before this time: points, changes and who has them, and findings that
     * were resolved before. What one call does is bounded; the rest is for the next.
     *
     * @param kept runs of which everything stays
     */
    void deleteBefore(Instant time, Set<String> kept);
}
