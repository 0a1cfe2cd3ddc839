package dev.parc.assessment;

import dev.parc.check.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the runs of one tenant and their answers. Every write may be repeated with the same effect. What cannot be
 * read or written throws {@link StoreException} with a sentence for the operator.
 */
public interface RunStore {

    /** Adds the run if its id is new; does nothing if it is known. Returns the record that is kept now. */
    RunRecord begin(RunRecord run);

    /** Replaces the record of a run; a DONE run never goes back. */
    void update(RunRecord run);

    /** The record of a run; empty if the id is not known. */
    Optional<RunRecord> find(String runId);

    /** The runs of a span, newest first. */
    List<RunRecord> runs(Span span);

    /** The newest runs first, at most {@code limit}. */
    default List<RunRecord> newest(int limit) {
        return runs(Span.newest(limit));
    }

    /**
     * Keeps the results, the administrators if the run lists them, the history of every check, and marks the run DONE, in
     * this order.
     */
    void finish(Assessment assessment, Optional<Roster> roster);

    /** Finishes a run that does not list the administrators. */
    default void finish(Assessment assessment) {
        finish(assessment, Optional.empty());
    }

    /** The results of a finished run, every finding included; empty if it is not finished or not known. */
    Optional<Assessment> results(String runId);

    /** The administrators of a finished run; empty if it is not finished or not known, or does not list them. */
    Optional<Roster> roster(String runId);

    /** The administrators of the newest finished run that lists them. */
    Optional<Roster> latestRoster();

    /** The newest finished run that answered the whole stage. */
    Optional<Assessment> latest(Stage stage);

    /** The answers of one check over time, newest first. */
    List<HistoryEntry> history(String checkId, Span span);

    /** The newest answers of one check, at most {@code limit}. */
    default List<HistoryEntry> history(String checkId, int limit) {
        return history(checkId, Span.newest(limit));
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

    /** The id of the newest finished run that answered the whole stage. */
    Optional<String> latestId(Stage stage);
}
