package dev.parc.assessment;

import dev.parc.check.Stage;
import java.time.Instant;
import java.util.List;

/**
 * Keeps how the answers of one tenant change: its findings over time, the changes that each run found, and a point for each
 * run in the series of a stage. Every write may be repeated with the same effect. What cannot be read or written throws
 * {@link StoreException} with a sentence for the operator.
 */
public interface TrendStore {

    /** The records of a check's findings, in no order; none for what is no id of an item. */
    List<FindingRecord> findings(String checkId);

    /** Adds records, each in the place of the one that is kept of the same subject. */
    void putFindings(String checkId, List<FindingRecord> records);

    /** Adds changes of one run; one that is kept already stays. */
    void putChanges(String runId, List<Change> changes);

    /** The changes that a run found, in the order of their items. */
    List<Change> changes(String runId);

    /**
     * The changes of the runs that were asked for in this time, newest run first.
     *
     * @param from the first second
     * @param to the first second that is too late
     */
    List<Change> changes(Instant from, Instant to, int limit);

    /** Adds a point to the series of its stage, in the place of the one of the same run. */
    void putPoint(StagePoint point);

    /**
     * The points of the runs of a stage that were asked for in this time, newest first.
     *
     * @param from the first second
     * @param to the first second that is too late
     */
    List<StagePoint> series(Stage stage, Instant from, Instant to, int limit);

    /** Deletes points and changes of runs that were asked for before this time, and findings that were resolved before. */
    void deleteBefore(Instant time);
}
