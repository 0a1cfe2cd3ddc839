package dev.parc.assessment.run;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.publishing.Publications;
import dev.parc.assessment.publishing.Tombstone;
import dev.parc.check.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Keeps the runs of one tenant and their answers, and the sequence in which they are published. Every write may be repeated with
 * the same effect. What is kept of a run that is not DONE is seen by nobody. What cannot be read or written throws
 * {@link StoreException} with a sentence for the operator.
 */
public interface RunStore extends Publications {

    /** Adds the run if its id is new; does nothing if it is known. Returns the record that is kept now. */
    RunRecord begin(RunRecord run);

    /** Replaces the record of a run; a DONE or deleted run never goes back. */
    void update(RunRecord run);

    /** The record of a run; empty if the id is not known. */
    Optional<RunRecord> find(String runId);

    /** The runs of a span, newest first. */
    List<RunRecord> runs(RunRange span);

    /** The newest runs first, at most {@code limit}. */
    default List<RunRecord> newest(int limit) {
        return runs(RunRange.newest(limit));
    }

    /** Keeps of a run what {@link #finish} would have to keep, so that others wait the less while it is finished. */
    default void prepare(Assessment assessment, Optional<AdministratorInventory> inventory) {}

    /**
     * Keeps the results, the administrators if the run lists them, and the history of every check, then has kept what follows
     * from them, and then publishes it all in one write: the run is DONE and has the next position in the sequence.
     *
     * @param following keeps what follows from the run beside everything that is published up to the position that it is given,
     *     and gives the tag under which it has kept it. It is called again where another run was published in the meantime.
     * @return how the run is published, by this call or by the one that came first
     * @throws IllegalStateException if the run was never begun
     */
    Publication finish(
            Assessment assessment, Optional<AdministratorInventory> inventory, LongFunction<String> following);

    /** Finishes a run that nothing follows from. */
    default void finish(Assessment assessment, Optional<AdministratorInventory> inventory) {
        finish(assessment, inventory, head -> "");
    }

    /** Finishes a run that does not list the administrators. */
    default void finish(Assessment assessment) {
        finish(assessment, Optional.empty());
    }

    /** The results of a finished run, every finding included; empty if it is not finished or not known. */
    Optional<Assessment> results(String runId);

    /** The administrators of a finished run; empty if it is not finished or not known, or does not list them. */
    Optional<AdministratorInventory> inventory(String runId);

    /** The administrators of the run that was finished last of those that list them. */
    Optional<AdministratorInventory> latestInventory();

    /** The finished run that answered the whole stage last, whenever it was asked for. */
    Optional<Assessment> latest(Stage stage);

    /** The answers of one check over time, newest first. */
    List<HistoryEntry> history(String checkId, RunRange span);

    /** The newest answers of one check, at most {@code limit}. */
    default List<HistoryEntry> history(String checkId, int limit) {
        return history(checkId, RunRange.newest(limit));
    }

    /**
     * Keeps a part of what a run is made of until it is answered; the first that is kept under a name stays.
     *
     * @param name letters, digits and hyphens
     * @param document ASCII without control characters
     * @throws IllegalArgumentException if it is too long to be kept
     */
    void addPart(String runId, String name, String document);

    /** A part of a run. */
    Optional<String> part(String runId, String name);

    /** The names of the parts of a run. */
    Set<String> parts(String runId);

    /** Deletes one part of a run, if it is there. */
    void deletePart(String runId, String name);

    /** Deletes all parts of a run. */
    void deleteParts(String runId);

    /** How many runs one deletion takes at most. */
    int MOST_DELETED = 50;

    /**
     * Deletes whole runs, with results and history, that were asked for before this second, the oldest first and at most
     * {@link #MOST_DELETED}; the rest is for the next call.
     *
     * @param kept runs that stay whatever their age
     * @return how many were deleted
     */
    int deleteBefore(Instant time, Set<String> kept);

    /** The id of the run that {@link #latest} gives. */
    Optional<String> latestId(Stage stage);

    /** How a run is published; empty if it is not finished or not known. */
    default Optional<Publication> publication(String runId) {
        return RunIds.isOne(runId) ? Optional.ofNullable(of(List.of(runId)).get(runId)) : Optional.empty();
    }

    /**
     * Whether what a run left elsewhere counts: not if it is known and not finished, or deleted. Of a run that is so old that it is
     * not kept any longer it counts.
     */
    default boolean counts(String runId) {
        return publication(runId)
                .map(Publication::isRun)
                .orElseGet(() -> find(runId).isEmpty());
    }

    /** The last position that was given; 0 if none was. */
    long lastPublished();

    /**
     * What is published after a position, in order. A position that is missing from it is one whose run is not kept any longer.
     *
     * @param limit at most so many
     */
    List<Publication> published(long after, int limit);

    /**
     * The finished runs among the newest ones that have no place in the sequence, because an earlier release finished them: the
     * oldest first.
     *
     * @param newest how many runs are looked at
     */
    List<String> unpublished(int newest);

    /** Gives these finished runs the next positions, in this order; those that have one keep it. */
    void adopt(List<String> runIds);

    /**
     * Deletes a run with everything that was kept of it, but for its record, which says so from then on, and the tombstone. The
     * deletion of a finished run has a position of its own.
     *
     * @param following as for {@link #finish}
     * @return how the deletion is published, by this call or by an earlier one; empty if the run was not finished, or is not known
     */
    Optional<Publication> delete(String runId, Tombstone tombstone, LongFunction<String> following);

    /** What stays of a run that was deleted. */
    Optional<Tombstone> tombstone(String runId);

    /** Forgets the positions of what was published before this time, but for the last one. */
    void forgetPublished(Instant time);
}
