package dev.parc.app;

import dev.parc.assessment.change.Change;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.run.RunStore;
import dev.parc.assessment.webhook.WebhookFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was published, in order, for those who come back for more: each says up to which position it was told, and gets what comes
 * after it. When a run was asked for, and how long others take, does not matter.
 */
public final class ChangeFeed {

    /** How many changes one answer tells, about: the last run that it begins is told whole. */
    private static final int MOST_CHANGES = 1000;

    /** How many publications one answer looks at. */
    private static final int MOST_PUBLICATIONS = 1000;

    private static final int PAGE = 50;

    private final Supplier<RunStore> runs;
    private final RunFollowUp followUp;

    ChangeFeed(Supplier<RunStore> runs, RunFollowUp followUp) {
        this.runs = runs;
        this.followUp = followUp;
    }

    /**
     * What is told.
     *
     * @param changes in the order in which they were published
     * @param position up to which everything is told by this
     * @param gap how many runs and deletions are missing from it, because they are not kept any longer
     */
    public record Told(List<Change> changes, long position, long gap) {

        public Told {
            changes = List.copyOf(changes);
        }
    }

    /** The position of who has been told everything. */
    public long last() {
        adopt();
        return runs.get().lastPublished();
    }

    /** What was published after a position and passes a filter; some of it, if there is much. */
    public Told after(long position, WebhookFilter filter) {
        adopt();
        long last = runs.get().lastPublished();
        // whoever was told more than there is was told of another store
        long at = position > last ? 0 : position;
        long gap = position > last ? position - last : 0;
        List<Change> changes = new ArrayList<>();
        int looked = 0;
        while (changes.size() < MOST_CHANGES && looked < MOST_PUBLICATIONS && at < last) {
            List<Publication> some = runs.get().published(at, PAGE);
            for (Publication publication : some) {
                if (changes.size() < MOST_CHANGES) {
                    gap += publication.position() - at - 1;
                    at = publication.position();
                    followUp.changes(publication).stream().filter(filter::takes).forEach(changes::add);
                }
            }
            if (some.isEmpty()) {
                gap += last - at;
                at = last;
            }
            looked += PAGE;
        }
        return new Told(changes, at, gap);
    }

    /**
     * What was published after what somebody was told by a release that counted in runs, up to the newest one: it goes on at the
     * first run that is newer.
     */
    public Told afterRun(String runId, WebhookFilter filter) {
        adopt();
        long at = runs.get().lastPublished();
        boolean isKnown =
                runs.get().find(runId).isPresent() || RunIds.time(runId).equals(Instant.EPOCH);
        long from = 0;
        boolean found = false;
        Optional<String> oldest = Optional.empty();
        while (!found && from < at) {
            List<Publication> some = runs.get().published(from, MOST_PUBLICATIONS);
            for (Publication publication : some) {
                oldest = oldest.or(() -> Optional.of(publication.runId()));
                if (!found && RunIds.NEWEST_FIRST.compare(publication.runId(), runId) < 0) {
                    at = publication.position() - 1;
                    found = true;
                }
            }
            from = some.isEmpty() ? at : some.get(some.size() - 1).position();
        }
        Told told = after(at, filter);
        boolean isOlderThanAll = !isKnown
                && oldest.filter(id -> RunIds.NEWEST_FIRST.compare(id, runId) < 0)
                        .isPresent();
        return isOlderThanAll ? new Told(told.changes(), told.position(), Math.max(1, told.gap())) : told;
    }

    /** Gives the runs of an earlier release their places, before anybody counts in places. */
    private void adopt() {
        if (runs.get().lastPublished() == 0) {
            List<String> old = runs.get().unpublished(Integer.MAX_VALUE);
            if (!old.isEmpty()) {
                followUp.catchUp(old.get(old.size() - 1));
            }
        }
    }
}
