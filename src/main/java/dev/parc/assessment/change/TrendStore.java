package dev.parc.assessment.change;

import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.publishing.Publication;
import dev.parc.check.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    /** Whether a run has the turn still, because whoever did it in {@link #alone} broke off and the turn outlived them. */
    default boolean hasTurn(String runId) {
        return false;
    }

    /**
     * What follows from a run.
     *
     * @param tag the name of this attempt at keeping it, letters and digits; empty for a run that an earlier release finished
     * @param points one for each stage that the run answered as a whole
     * @param findings by item: the records that are not as they were
     */
    record Following(
            String runId,
            String tag,
            List<Change> changes,
            List<StagePoint> points,
            Map<String, List<FindingRecord>> findings) {

        public Following {
            changes = List.copyOf(changes);
            points = List.copyOf(points);
            findings = Map.copyOf(findings);
        }
    }

    /** Keeps what follows from a run. Nobody sees it before the run is published with this tag. */
    void put(Following following);

    /**
     * Carries over to the records what published runs found, in the order of their positions, and deletes what other attempts at
     * these runs have left. {@link #put} for another run rests on it, so it goes before.
     */
    void settle();

    /** Deletes what is kept of a run under any other tag, and its points. */
    void forget(String runId, String tag);

    /** The records of a check's findings, in no order; none for what is no id of an item. */
    List<FindingRecord> findings(String checkId);

    /** The same, as they were settled last. */
    List<FindingRecord> settled(String checkId);

    /** Adds records, each in the place of the one that is kept of the same subject. */
    void putFindings(String checkId, List<FindingRecord> records);

    /** The changes that a run told when it was published, or that tell of its deletion, in the order of their items. */
    List<Change> changes(String runId);

    /** The changes that are kept under the tag of a publication, whether it still counts or not. */
    List<Change> changes(Publication publication);

    /** The changes of a span, newest run first; of the last run all, even if these are more than the limit. */
    List<Change> changes(RunRange span);

    /** Keeps that a subscriber has the changes of a run. */
    void putDelivered(String runId, String hookId);

    /** Whether a subscriber has the changes of a run. */
    boolean isDelivered(String runId, String hookId);

    /** Keeps up to which position subscribers were told of what is published; it never goes back. */
    void putTold(long position);

    /** Up to which position subscribers were told; 0 if they never were. */
    long told();

    /** The points of a stage in a span, newest first. */
    List<StagePoint> series(Stage stage, RunRange span);

    /**
     * Deletes what is left of runs that were asked for before this time: points, changes and who has them, and findings that
     * were resolved before. What one call does is bounded; the rest is for the next.
     *
     * @param kept runs of which everything stays
     */
    void deleteBefore(Instant time, Set<String> kept);
}
