package dev.parc.store;

import static dev.parc.assessment.Assessments.HOSTILE;
import static dev.parc.assessment.Assessments.TENANT;
import static dev.parc.assessment.Assessments.assessment;
import static dev.parc.assessment.Assessments.findings;
import static dev.parc.assessment.Assessments.queued;
import static dev.parc.assessment.Assessments.request;
import static dev.parc.assessment.Assessments.result;
import static dev.parc.store.RunsToKeep.LATER;
import static dev.parc.store.RunsToKeep.ONE;
import static dev.parc.store.RunsToKeep.TWO;
import static dev.parc.store.RunsToKeep.inventory;
import static dev.parc.store.RunsToKeep.keep;
import static dev.parc.store.RunsToKeep.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.publishing.Tombstone;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of runs does with runs that are published and deleted. */
public abstract class PublicationContract {

    /** The store of a tenant, opened anew over what this test has kept so far. */
    protected abstract RunStore open(String tenantId);

    private RunStore open() {
        return open(TENANT);
    }

    @Test
    void oldRunsAreDeletedWithResultsAndHistory() {
        RunStore store = open();
        keep(store, ONE, request(ONE, Stage.S1), result("S1-01", Outcome.FAIL, findings(3_000)));
        store.begin(queued(request(TWO, Stage.S1)));
        keep(store, LATER, request(LATER, Stage.S2), result("S1-01", Outcome.PASS));

        assertThat(store.deleteBefore(Instant.parse("2026-01-31T08:00:00.999Z"), Set.of()))
                .isZero();
        assertThat(store.deleteBefore(Instant.parse("2026-01-31T08:00:01Z"), Set.of()))
                .isEqualTo(2);

        assertThat(store.newest(10)).extracting(run -> run.request().runId()).containsExactly(LATER);
        assertThat(store.find(ONE)).isEmpty();
        assertThat(store.results(ONE)).isEmpty();
        assertThat(store.latest(Stage.S1)).isEmpty();
        assertThat(store.history("S1-01", 10)).extracting(HistoryEntry::runId).containsExactly(LATER);
        assertThat(store.results(LATER)).isPresent();
        assertThat(store.deleteBefore(Instant.parse("2026-01-31T08:00:01Z"), Set.of()))
                .isZero();
    }

    @Test
    void theNewestOfAStageStaysWhereItIsKept() {
        RunStore store = open();
        keep(store, ONE, request(ONE, Stage.S1), result("S1-01", Outcome.FAIL));
        keep(store, TWO, request(TWO, Stage.S1), result("S1-01", Outcome.PASS));
        store.begin(queued(request(LATER, Stage.S1)));
        String newest = store.latestId(Stage.S1).orElseThrow();

        assertThat(store.latest(Stage.S1)).map(Assessment::runId).contains(newest);
        assertThat(store.latestId(Stage.S2)).isEmpty();
        assertThat(store.deleteBefore(Instant.parse("2030-01-01T00:00:00Z"), Set.of(newest)))
                .isEqualTo(2);

        assertThat(store.newest(10)).extracting(run -> run.request().runId()).containsExactly(newest);
        assertThat(store.results(newest)).isPresent();
        assertThat(store.history("S1-01", 10)).extracting(HistoryEntry::runId).containsExactly(newest);
    }

    @Test
    void oneDeletionIsBoundedAndTakesTheOldest() {
        RunStore store = open();
        List<String> runs = IntStream.range(0, RunStore.MOST_DELETED + 3)
                .mapToObj(number -> "20260131T08%02d%02dZ-00000001".formatted(number / 60, number % 60))
                .toList();
        runs.forEach(run -> store.begin(queued(request(run, Stage.S1))));
        Instant later = Instant.parse("2030-01-01T00:00:00Z");

        assertThat(store.deleteBefore(later, Set.of())).isEqualTo(RunStore.MOST_DELETED);

        assertThat(store.newest(99))
                .extracting(run -> run.request().runId())
                .containsExactlyInAnyOrderElementsOf(runs.subList(RunStore.MOST_DELETED, runs.size()));
        assertThat(store.deleteBefore(later, Set.of())).isEqualTo(3);
        assertThat(store.newest(99)).isEmpty();
    }

    @Test
    void aDeletedRunLeavesNothingThatANewOneCouldShow() {
        RunStore store = open();
        keep(store, ONE, request(ONE, Stage.S1), result("S1-01", Outcome.PASS));
        store.deleteBefore(Instant.parse("2027-01-01T00:00:00Z"), Set.of());

        store.begin(queued(request(ONE, Stage.S1)));

        assertThat(store.results(ONE)).isEmpty();
        assertThat(store.history("S1-01", 10)).isEmpty();
    }

    private static Assessment finishedAt(String runId, Instant end, CheckResult... results) {
        Assessment run = assessment(runId, results);
        return new Assessment(
                run.runId(),
                run.tenantId(),
                run.tenantName(),
                run.source(),
                run.takenAt(),
                run.startedAt(),
                end,
                run.stages(),
                run.trigger(),
                run.requests(),
                run.results());
    }

    @Test
    void runsArePublishedInTheOrderInWhichTheyAreFinished() {
        RunStore store = open();
        List.of(ONE, TWO, LATER).forEach(id -> store.begin(queued(request(id, Stage.S1))));
        assertThat(store.lastPublished()).isZero();
        assertThat(store.published(0, 9)).isEmpty();

        Publication later = store.finish(assessment(LATER), Optional.empty(), head -> "a" + head);
        Publication one = open().finish(assessment(ONE), Optional.empty(), head -> "b" + head);

        assertThat(later.position()).isEqualTo(1);
        assertThat(later.tag()).isEqualTo("a0");
        assertThat(one.position()).isEqualTo(2);
        assertThat(one.tag()).isEqualTo("b1");
        assertThat(store.finish(assessment(ONE), Optional.empty(), head -> "again"))
                .isEqualTo(one);
        assertThat(open().published(0, 9)).containsExactly(later, one);
        assertThat(open().published(1, 9)).containsExactly(one);
        assertThat(open().published(0, 1)).containsExactly(later);
        assertThat(open().lastPublished()).isEqualTo(2);
        assertThat(open().publication(ONE)).contains(one);
        assertThat(open().publication(TWO)).isEmpty();
        assertThat(open().of(List.of(ONE, TWO, LATER, "no id"))).containsOnlyKeys(ONE, LATER);
    }

    @Test
    void aRunThatBreaksOffWhileItIsFinishedTakesNoPosition() {
        RunStore store = open();
        List.of(ONE, TWO).forEach(id -> store.begin(queued(request(id, Stage.S1))));

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        store.finish(assessment(ONE, result("S1-01", Outcome.FAIL)), Optional.empty(), head -> {
                            throw new IllegalStateException("it went wrong");
                        }));

        assertThat(open().publication(ONE)).isEmpty();
        assertThat(open().results(ONE)).isEmpty();
        assertThat(open().history("S1-01", 9)).isEmpty();
        assertThat(open().lastPublished()).isZero();
        assertThat(store.finish(assessment(TWO), Optional.empty(), head -> "").position())
                .isEqualTo(1);
    }

    @Test
    void newestIsWhatWasFinishedLast() {
        RunStore store = open();
        String ahead = "99990101T000000Z-00000009";
        Instant noon = Instant.parse("2026-02-02T12:00:00Z");
        List.of(ahead, ONE, LATER).forEach(id -> store.begin(queued(request(id, Stage.S1))));
        store.finish(finishedAt(ahead, noon.minusSeconds(60)), Optional.of(inventory(ahead, 1)));
        store.finish(finishedAt(LATER, noon.minusSeconds(30)), Optional.of(inventory(LATER, 1)));
        assertThat(open().latestId(Stage.S1)).contains(LATER);
        // it was asked for first, and waited
        store.finish(finishedAt(ONE, noon), Optional.of(inventory(ONE, 1)));

        assertThat(open().latestId(Stage.S1)).contains(ONE);
        assertThat(open().latestInventory()).map(AdministratorInventory::runId).contains(ONE);
    }

    @Test
    void aDeletedRunLeavesItsTombstoneAndTheOthersTheirPlaces() {
        RunStore store = open();
        keep(store, ONE, request(ONE, Stage.S1), result("S1-01", Outcome.FAIL, findings(3_000)));
        keep(store, TWO, request(TWO, Stage.S1), result("S1-01", Outcome.PASS));
        store.addPart(ONE, "plan", "text");
        Tombstone tombstone =
                new Tombstone("Ann " + HOSTILE, Instant.parse("2026-02-03T08:00:00Z"), HOSTILE, 1, 3_000, 7);

        Publication deletion = store.delete(ONE, tombstone, head -> "d" + head).orElseThrow();

        assertThat(deletion.position()).isEqualTo(3);
        assertThat(deletion.kind()).isEqualTo(Publication.Kind.DELETION);
        assertThat(deletion.tag()).isEqualTo("d2");
        assertThat(open().delete(ONE, tombstone, head -> "again")).contains(deletion);
        RunStore after = open();
        assertThat(after.tombstone(ONE)).contains(tombstone);
        assertThat(after.tombstone(TWO)).isEmpty();
        assertThat(after.publication(ONE)).contains(deletion);
        assertThat(after.published(0, 9)).extracting(Publication::position).containsExactly(1L, 2L, 3L);
        assertThat(after.find(ONE)).map(RunRecord::state).contains(RunRecord.State.FAILED);
        assertThat(after.find(ONE).orElseThrow().progress()).startsWith("deleted by Ann ");
        assertThat(after.results(ONE)).isEmpty();
        assertThat(after.parts(ONE)).isEmpty();
        assertThat(after.history("S1-01", 9)).extracting(HistoryEntry::runId).containsExactly(TWO);
        assertThat(after.latestId(Stage.S1)).contains(TWO);
        assertThat(after.counts(ONE)).isFalse();
        assertThat(after.counts(TWO)).isTrue();

        after.update(running(request(ONE, Stage.S1), "once more"));
        assertThat(after.begin(queued(request(ONE, Stage.S1))).state()).isEqualTo(RunRecord.State.FAILED);
        assertThat(after.finish(assessment(ONE), Optional.empty(), head -> "")).isEqualTo(deletion);
        assertThat(open().results(ONE)).isEmpty();
        open().deleteBefore(Instant.parse("2030-01-01T00:00:00Z"), Set.of());
        assertThat(open().newest(9)).extracting(run -> run.request().runId()).containsExactly(ONE);
        assertThat(open().tombstone(ONE)).contains(tombstone);
    }

    @Test
    void aRunThatWasNotFinishedIsDeletedWithoutAPlace() {
        RunStore store = open();
        store.begin(queued(request(ONE, Stage.S1)));
        Tombstone tombstone = new Tombstone("Ann", Instant.parse("2026-02-03T08:00:00Z"), "why", 0, 0, 0);

        assertThat(store.delete(ONE, tombstone, head -> "")).isEmpty();
        assertThat(store.delete(TWO, tombstone, head -> "")).isEmpty();

        assertThat(open().tombstone(ONE)).contains(tombstone);
        assertThat(open().tombstone(TWO)).isEmpty();
        assertThat(open().lastPublished()).isZero();
        assertThat(open().find(TWO)).isEmpty();
    }

    @Test
    void theLastPositionIsNeverForgotten() {
        RunStore store = open();
        keep(store, ONE, request(ONE, Stage.S1));
        keep(store, TWO, request(TWO, Stage.S1));
        Instant later = Instant.parse("2030-01-01T00:00:00Z");

        store.forgetPublished(Instant.EPOCH);
        assertThat(open().published(0, 9)).hasSize(2);
        store.forgetPublished(later);

        assertThat(open().published(0, 9)).extracting(Publication::runId).containsExactly(TWO);
        assertThat(open().lastPublished()).isEqualTo(2);
        keep(store, LATER, request(LATER, Stage.S1));
        assertThat(open().lastPublished()).isEqualTo(3);
        // a run that is gone is missing from what is published
        store.deleteBefore(later, Set.of(LATER));
        assertThat(open().published(0, 9)).extracting(Publication::runId).containsExactly(LATER);
        assertThat(open().counts(TWO)).as("it is too old to be known").isTrue();
    }
}
