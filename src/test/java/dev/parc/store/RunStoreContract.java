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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.RequestCount;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of runs does. */
public abstract class RunStoreContract {

    /** The store of a tenant, opened anew over what this test has kept so far. */
    protected abstract RunStore open(String tenantId);

    private RunStore open() {
        return open(TENANT);
    }

    @Test
    void aRunIsBegunOnce() {
        RunStore store = open();
        RunRecord first = queued(request(ONE, Stage.S1));

        assertThat(store.begin(first)).isEqualTo(first);
        assertThat(store.begin(running(request(ONE, Stage.S2), "again"))).isEqualTo(first);
        assertThat(store.find(ONE)).contains(first);
        assertThat(store.newest(10)).containsExactly(first);
    }

    @Test
    void anUpdateReplacesTheRecord() {
        RunStore store = open();
        RunRequest request = request(ONE, Stage.S1);
        store.begin(queued(request));

        store.update(running(request, "reading domains"));
        store.update(running(request, "reading roles"));

        assertThat(store.find(ONE)).contains(running(request, "reading roles"));
    }

    @Test
    void anUpdateOfAnUnknownRunAddsIt() {
        RunRecord failed = new RunRecord(
                request(ONE, Stage.S1), RunRecord.State.FAILED, "the message came five times", Instant.EPOCH);

        open().update(failed);

        assertThat(open().find(ONE)).contains(failed);
    }

    @Test
    void aFinishedRunNeverGoesBack() {
        RunStore store = open();
        RunRequest request = request(ONE, Stage.S1);
        keep(store, ONE, request, result("S1-01", Outcome.PASS));
        RunRecord done = store.find(ONE).orElseThrow();

        store.update(running(request, "once more"));
        store.update(new RunRecord(request, RunRecord.State.FAILED, "too late", Instant.EPOCH));

        assertThat(done.state()).isEqualTo(RunRecord.State.DONE);
        assertThat(store.find(ONE)).contains(done);
        assertThat(store.begin(queued(request))).isEqualTo(done);
        assertThat(store.results(ONE)).isPresent();
    }

    @Test
    void onlyFinishingMakesARunDone() {
        RunStore store = open();
        RunRecord done = new RunRecord(request(ONE, Stage.S1), RunRecord.State.DONE, "", Instant.EPOCH);

        assertThatIllegalArgumentException().isThrownBy(() -> store.begin(done));
        assertThatIllegalArgumentException().isThrownBy(() -> store.update(done));
        assertThat(store.find(ONE)).isEmpty();
    }

    @Test
    void updatesAtTheSameTimeLoseToTheFinish() {
        RunStore store = open();
        RunRequest request = request(ONE, Stage.S1);
        store.begin(queued(request));
        Assessment assessment = assessment(ONE, result("S1-01", Outcome.FAIL));

        List<CompletableFuture<Void>> work = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            RunRecord progress = running(request, "step " + number);
            work.add(CompletableFuture.runAsync(() -> open().update(progress)));
        }
        work.add(CompletableFuture.runAsync(() -> open().finish(assessment)));
        work.forEach(CompletableFuture::join);

        assertThat(store.find(ONE).map(RunRecord::state)).contains(RunRecord.State.DONE);
        assertThat(store.results(ONE)).contains(assessment);
    }

    @Test
    void twoThatFinishARunAtTheSameTimeAgreeOnOneAnswer() {
        RunStore store = open();
        store.begin(queued(request(ONE, Stage.S1)));
        List<Assessment> attempts = IntStream.range(0, 4)
                .mapToObj(number -> assessment(
                        ONE, result("S1-01", Outcome.FAIL, findings(10 + number)), result("S1-02", Outcome.PASS)))
                .toList();

        attempts.stream()
                .map(attempt -> CompletableFuture.runAsync(() -> open().finish(attempt)))
                .toList()
                .forEach(CompletableFuture::join);

        Assessment kept = store.results(ONE).orElseThrow();
        assertThat(attempts).contains(kept);
        assertThat(store.history("S1-01", 10))
                .containsExactly(HistoryEntry.of(kept, kept.results().get(0)));
    }

    @Test
    void theAdministratorsOfARunComeBackWhole() {
        RunStore store = open();
        store.begin(queued(request(ONE, Stage.S1)));
        AdministratorInventory inventory = inventory(ONE, 1_000);

        store.finish(assessment(ONE, result("S1-01", Outcome.PASS)), Optional.of(inventory));

        assertThat(open().inventory(ONE).orElseThrow().equals(inventory)).isTrue();
        assertThat(open().latestInventory().orElseThrow().equals(inventory)).isTrue();
        assertThat(open().results(ONE)).contains(assessment(ONE, result("S1-01", Outcome.PASS)));
    }

    @Test
    void theLatestAdministratorsAreThoseOfTheNewestRunThatListsThem() {
        RunStore store = open();
        store.begin(queued(request(ONE, Stage.S1)));
        store.finish(assessment(ONE), Optional.of(inventory(ONE, 0)));
        keep(store, LATER, request(LATER, Stage.S1), result("S1-01", Outcome.PASS));

        assertThat(store.inventory(ONE)).contains(inventory(ONE, 0));
        assertThat(store.inventory(LATER)).isEmpty();
        assertThat(store.latestInventory()).contains(inventory(ONE, 0));
    }

    @Test
    void administratorsOfAnUnfinishedOrDeletedRunAreNotFound() {
        RunStore store = open();
        store.begin(queued(request(ONE, Stage.S1)));

        assertThat(store.inventory(ONE)).isEmpty();
        assertThat(store.inventory("../" + ONE)).isEmpty();
        assertThat(store.latestInventory()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.finish(assessment(ONE), Optional.of(inventory(TWO, 1))));

        store.finish(assessment(ONE), Optional.of(inventory(ONE, 2)));
        store.deleteBefore(Instant.parse("2027-01-01T00:00:00Z"), Set.of());
        store.begin(queued(request(ONE, Stage.S1)));
        store.finish(assessment(ONE));

        assertThat(store.inventory(ONE)).isEmpty();
        assertThat(store.latestInventory()).isEmpty();
    }

    @Test
    void twoThatListTheAdministratorsAtTheSameTimeAgreeOnOneList() {
        RunStore store = open();
        store.begin(queued(request(ONE, Stage.S1)));
        List<AdministratorInventory> attempts =
                IntStream.range(0, 4).mapToObj(number -> inventory(ONE, number)).toList();

        attempts.stream()
                .map(attempt -> CompletableFuture.runAsync(() ->
                        open().finish(assessment(ONE, result("S1-01", Outcome.PASS)), Optional.of(attempt))))
                .toList()
                .forEach(CompletableFuture::join);

        assertThat(attempts).contains(store.inventory(ONE).orElseThrow());
    }

    @Test
    void whatIsNotKnownIsNotFound() {
        RunStore store = open();

        assertThat(store.find(ONE)).isEmpty();
        assertThat(store.results(ONE)).isEmpty();
        assertThat(store.latest(Stage.S1)).isEmpty();
        assertThat(store.history("S1-01", 10)).isEmpty();
        assertThat(store.newest(10)).isEmpty();
        assertThat(store.deleteBefore(Instant.parse("2030-01-01T00:00:00Z"), Set.of()))
                .isZero();
    }

    @Test
    void idsThatAreNoneAreNotFound() {
        RunStore store = open();

        for (String id : List.of("", "..", "../../etc/passwd", "a' or PartitionKey ne '", HOSTILE)) {
            assertThat(store.find(id)).isEmpty();
            assertThat(store.results(id)).isEmpty();
            assertThat(store.history(id, 10)).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> store.begin(queued(request(id))));
            assertThatIllegalArgumentException().isThrownBy(() -> store.update(queued(request(id))));
            assertThatIllegalArgumentException().isThrownBy(() -> store.finish(assessment(id)));
            assertThatIllegalArgumentException().isThrownBy(() -> open(id));
        }
    }

    @Test
    void theNewestRunsComeFirstUpToTheLimit() {
        RunStore store = open();
        Instant start = Instant.parse("2025-12-31T23:00:00Z");
        List<RunRecord> runs = new ArrayList<>(IntStream.range(0, 150)
                .mapToObj(minute -> start.plus(Duration.ofMinutes(minute)))
                .map(time -> queued(
                        request(time.toString().replaceAll("[-:]", "") + "-" + String.format("%08x", time.hashCode()))))
                .toList());
        Collections.shuffle(runs, new java.util.Random(1));
        runs.forEach(store::begin);
        List<String> newestFirst = runs.stream()
                .map(run -> run.request().runId())
                .sorted(Collections.reverseOrder())
                .toList();

        assertThat(store.newest(1000)).extracting(run -> run.request().runId()).containsExactlyElementsOf(newestFirst);
        assertThat(store.newest(7))
                .extracting(run -> run.request().runId())
                .containsExactlyElementsOf(newestFirst.subList(0, 7));
        assertThat(store.newest(0)).isEmpty();
    }

    @Test
    void aRunIsFinishedOnce() {
        RunStore store = open();
        Assessment first = assessment(ONE, result("S1-01", Outcome.FAIL), result("S1-02", Outcome.NOT_ASSESSED));
        store.begin(queued(request(ONE, Stage.S1)));

        store.finish(first);
        store.finish(first);
        store.finish(assessment(ONE, result("S1-01", Outcome.PASS)));

        assertThat(store.results(ONE)).contains(first);
        assertThat(store.history("S1-01", 10))
                .containsExactly(HistoryEntry.of(first, first.results().get(0)));
        assertThat(store.find(ONE))
                .contains(new RunRecord(request(ONE, Stage.S1), RunRecord.State.DONE, "done", first.finishedAt()));
    }

    @Test
    void aRunThatWasNeverBegunCannotBeFinished() {
        assertThatIllegalStateException()
                .isThrownBy(() -> open().finish(assessment(ONE)))
                .withMessageContaining(ONE);
    }

    @Test
    void aRunThatIsNotFinishedHasNoResults() {
        RunStore store = open();
        store.begin(queued(request(ONE, Stage.S1)));

        assertThat(store.results(ONE)).isEmpty();
        assertThat(store.latest(Stage.S1)).isEmpty();
    }

    @Test
    void aRunWithoutAnyResultIsFinishedAllTheSame() {
        RunStore store = open();

        keep(store, ONE, request(ONE, Stage.S1));

        assertThat(store.results(ONE)).contains(assessment(ONE));
    }

    @Test
    void tenThousandFindingsOfOneCheckComeBackWhole() {
        RunStore store = open();
        Assessment assessment = assessment(
                ONE,
                result("S1-02", Outcome.REVIEW),
                result("S1-01", Outcome.FAIL, findings(10_000)),
                result("BG-01", Outcome.PASS));
        store.begin(queued(request(ONE, Stage.S1)));

        store.finish(assessment);

        assertThat(open().results(ONE).orElseThrow().equals(assessment)).isTrue();
        assertThat(store.history("S1-01", 1)).extracting(HistoryEntry::findings).containsExactly(10_000);
    }

    @Test
    void everyTextComesBackAsItWas() {
        RunStore store = open();
        RunRequest request =
                new RunRequest(ONE, Instant.MAX, List.of(Stage.BG), List.of("S1-04"), Assessment.Trigger.TIMER);
        RunRecord run = new RunRecord(request, RunRecord.State.RUNNING, HOSTILE, Instant.EPOCH);
        Assessment assessment = new Assessment(
                ONE,
                TENANT,
                HOSTILE,
                HOSTILE,
                Instant.EPOCH,
                Instant.MIN,
                Instant.MAX,
                List.of(),
                Assessment.Trigger.CLI,
                new RequestCount(Integer.MAX_VALUE, 0, 0, Map.of(HOSTILE.replace("\ud83d lone \ude80", ""), 1, "", 2)),
                List.of(new CheckResult(
                        "S1-04",
                        7,
                        Stage.S1,
                        HOSTILE,
                        Severity.LOW,
                        Outcome.REVIEW,
                        CheckResult.Basis.WAIVED,
                        HOSTILE.repeat(500),
                        List.of(HOSTILE, ""),
                        List.of(new Finding(HOSTILE, SubjectType.TENANT, "漢".repeat(500_000), HOSTILE)))));

        store.begin(run);
        assertThat(open().find(ONE)).contains(run);
        store.finish(assessment);

        assertThat(open().results(ONE).orElseThrow().equals(assessment)).isTrue();
        assertThat(open().history("S1-04", 1))
                .containsExactly(
                        HistoryEntry.of(assessment, assessment.results().get(0)));
    }

    @Test
    void historyIsNewestFirstUpToTheLimit() {
        RunStore store = open();
        for (String id : List.of(TWO, LATER, ONE)) {
            keep(store, id, request(id, Stage.S1), result("S1-01", Outcome.PASS), result("S1-02", Outcome.FAIL));
        }

        assertThat(store.history("S1-01", 10)).extracting(HistoryEntry::runId).containsExactly(LATER, ONE, TWO);
        assertThat(store.history("S1-01", 1)).extracting(HistoryEntry::runId).containsExactly(LATER);
        assertThat(store.history("S1-02", 2))
                .extracting(HistoryEntry::outcome)
                .containsExactly(Outcome.FAIL, Outcome.FAIL);
        assertThat(store.history("S1-01", 0)).isEmpty();
    }

    @Test
    void theLatestOfAStageIsTheNewestFinishedRunThatAnsweredAllOfIt() {
        RunStore store = open();
        keep(store, ONE, request(ONE, Stage.S1, Stage.S2), result("S1-01", Outcome.PASS));
        RunRequest single = new RunRequest(LATER, Instant.EPOCH, List.of(), List.of("S1-01"), Assessment.Trigger.CLI);
        keep(store, LATER, single, result("S1-01", Outcome.FAIL));
        store.begin(queued(request("20260202T000000Z-00000004", Stage.S1)));

        assertThat(store.latest(Stage.S1)).map(Assessment::runId).contains(ONE);
        assertThat(store.latest(Stage.S2)).map(Assessment::runId).contains(ONE);
        assertThat(store.latest(Stage.S3)).isEmpty();

        String all = "20260203T000000Z-00000005";
        keep(store, all, request(all), result("S1-01", Outcome.PASS));
        assertThat(Stage.values())
                .allSatisfy(stage ->
                        assertThat(store.latest(stage)).map(Assessment::runId).contains(all));
    }

    @Test
    void thePartsOfARunAreKeptUntilTheyAreDeleted() {
        RunStore store = open();
        String large = "QUJD".repeat(500_000);
        store.addPart(ONE, "plan", "first");
        store.addPart(ONE, "plan", "second");
        store.addPart(ONE, "block-0000", large);
        store.addPart(TWO, "block-0000", "another run's");

        assertThat(open().part(ONE, "plan")).contains("first");
        assertThat(open().part(ONE, "block-0000")).contains(large);
        assertThat(open().part(ONE, "block-000")).isEmpty();
        assertThat(open().parts(ONE)).containsExactlyInAnyOrder("plan", "block-0000");
        store.deletePart(ONE, "plan");
        store.deletePart(ONE, "plan");
        assertThat(open().part(ONE, "plan")).isEmpty();
        assertThat(open().part(ONE, "block-0000")).contains(large);
        assertThat(open().parts(TWO)).containsExactly("block-0000");
        store.deleteParts(ONE);
        store.deleteParts(ONE);

        assertThat(open().parts(ONE)).isEmpty();
        assertThat(open().part(ONE, "plan")).isEmpty();
        assertThat(open().parts(TWO)).containsExactly("block-0000");
        assertThatIllegalArgumentException().isThrownBy(() -> store.addPart(ONE, "../plan", "x"));
    }

    @Test
    void partsAreNoResultsAndGoWithTheirRun() {
        RunStore store = open();
        store.begin(queued(request(ONE, Stage.S1)));
        store.addPart(ONE, "plan", "text");
        assertThat(store.results(ONE)).isEmpty();
        keep(store, ONE, request(ONE, Stage.S1), result("S1-01", Outcome.PASS));
        assertThat(store.results(ONE).orElseThrow().results()).hasSize(1);

        store.deleteBefore(Instant.parse("2027-01-01T00:00:00Z"), Set.of());

        assertThat(store.parts(ONE)).isEmpty();
        assertThat(store.newest(9)).isEmpty();
    }

    @Test
    void tenantsDoNotSeeEachOther() {
        RunStore ours = open();
        RunStore theirs = open("contoso.example");
        keep(ours, ONE, request(ONE, Stage.S1), result("S1-01", Outcome.PASS));

        assertThat(theirs.find(ONE)).isEmpty();
        assertThat(theirs.results(ONE)).isEmpty();
        assertThat(theirs.newest(10)).isEmpty();
        assertThat(theirs.latest(Stage.S1)).isEmpty();
        assertThat(theirs.history("S1-01", 10)).isEmpty();
        assertThat(theirs.deleteBefore(Instant.parse("2030-01-01T00:00:00Z"), Set.of()))
                .isZero();
        theirs.begin(queued(request(ONE, Stage.S1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> theirs.finish(assessment(ONE, result("S1-01", Outcome.PASS))));
        assertThat(ours.results(ONE)).isPresent();
    }

    @Test
    void aStoreOpenedAgainHasEverything() {
        Assessment assessment = assessment(ONE, result("S1-01", Outcome.FAIL, findings(2)));
        RunStore before = open();
        before.begin(queued(request(ONE, Stage.S1)));
        before.finish(assessment);

        RunStore after = open(TENANT.toUpperCase(java.util.Locale.ROOT));

        assertThat(after.results(ONE)).contains(assessment);
        assertThat(after.latest(Stage.S1)).contains(assessment);
        assertThat(after.newest(10)).isEqualTo(before.newest(10)).hasSize(1);
        assertThat(after.history("S1-01", 10))
                .isEqualTo(before.history("S1-01", 10))
                .hasSize(1);
    }

    @Test
    void resultsThatShareAnIdAreRefused() {
        RunStore store = open();
        store.begin(queued(request(ONE, Stage.S1)));

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        store.finish(assessment(ONE, result("S1-01", Outcome.FAIL), result("S1-01", Outcome.PASS))));
        assertThat(store.results(ONE)).isEmpty();
    }
}
