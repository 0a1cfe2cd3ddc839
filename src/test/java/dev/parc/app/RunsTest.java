package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.Assessor;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.json.EventJson;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.Verdict;
import dev.parc.collect.TenantException;
import dev.parc.facts.Designations;
import dev.parc.facts.Facts;
import dev.parc.roadmap.Roadmap;
import dev.parc.store.file.FileLedger;
import dev.parc.store.file.FileRunStore;
import dev.parc.store.file.FileTrendStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {

    private static final Logger LOG = Logger.getLogger(RunsTest.class.getName());

    @TempDir
    Path data;

    private Instant now = Instant.parse("2026-01-31T08:00:00Z");
    private final List<RunRecord> updates = new ArrayList<>();
    private boolean storeIsDown;
    private final List<Check> checks = new ArrayList<>(Roadmap.checks());

    @Test
    void anEmptyRequestIsForAllStages() {
        RunRequest request = runs(new FakeTenant()).request(List.of(), List.of(), Trigger.HTTP);

        assertThat(request.stages()).containsExactly(Stage.values());
        assertThat(request.checks()).isEmpty();
    }

    @Test
    void stagesAndChecksAreTakenAsAPersonWritesThemAndOnlyOnce() {
        RunRequest request =
                runs(new FakeTenant()).request(List.of("1", "s1"), List.of("s1-04", "S1-04"), Trigger.HTTP);

        assertThat(request.stages()).containsExactly(Stage.S1);
        assertThat(request.checks()).containsExactly("S1-04");
    }

    @Test
    void whatDoesNotExistIsRefusedWithWhatDoes() {
        Runs runs = runs(new FakeTenant());

        assertThatThrownBy(() -> runs.request(List.of("S7"), List.of(), Trigger.HTTP))
                .isInstanceOf(UnknownItemException.class)
                .hasMessage("Unknown stage; the stages are S1, S2, S3, S4, BG");
        assertThatThrownBy(() -> runs.request(List.of(), List.of("S1-99"), Trigger.HTTP))
                .isInstanceOf(UnknownItemException.class)
                .hasMessageStartingWith("Unknown item; the items are S1-01, ");
    }

    @Test
    void theSameMessageTwiceGivesOneRun() {
        FakeTenant tenant = new FakeTenant();
        Runs runs = runs(tenant);
        RunRequest request = stage1(runs);

        runs.work(RunMessage.of(request), 1, LOG);
        runs.work(RunMessage.of(request), 2, LOG);

        assertThat(tenant.readings()).isEqualTo(1);
        assertThat(runs.newest(10)).singleElement().extracting(RunRecord::state).isEqualTo(State.DONE);
    }

    @Test
    void progressIsWrittenAtMostOnceASecond() {
        Runs runs = runs(new FakeTenant(progress -> {
            progress.accept("too early");
            later(Duration.ofSeconds(1));
            progress.accept("reading roles");
            later(Duration.ofMillis(999));
            progress.accept("too soon after");
        }));

        runs.work(RunMessage.of(stage1(runs)), 1, LOG);

        assertThat(updates).extracting(RunRecord::progress).containsExactly("started", "reading roles");
    }

    @Test
    void aRunThatIsDoneIsTheOnlyOneThatIsLoggedAsFinished() {
        List<String> lines = new ArrayList<>();
        Logger log = Logger.getAnonymousLogger();
        log.setUseParentHandlers(false);
        log.setFilter(line -> lines.add(line.getMessage()));
        RunRequest failing = stage1(runs(failing(new TenantException("no network"))));
        assertThatThrownBy(
                        () -> runs(failing(new TenantException("no network"))).work(RunMessage.of(failing), 1, log))
                .isInstanceOf(TenantException.class);
        assertThat(lines).noneMatch(line -> line.startsWith(EventJson.MARK));

        Runs runs = runs(new FakeTenant());
        runs.work(RunMessage.of(stage1(runs)), 1, log);

        assertThat(lines).anyMatch(line -> line.startsWith(EventJson.MARK + "{\"event\":\"run-finished\""));
    }

    @Test
    void aCheckThatFailsCostsItsOwnItemAloneAndIsLoggedAsAFaultOfParc() {
        List<LogRecord> lines = new ArrayList<>();
        Logger log = Logger.getAnonymousLogger();
        log.setUseParentHandlers(false);
        log.setFilter(lines::add);
        checks.set(6, new Faulty());
        Runs runs = runs(new FakeTenant());
        RunRequest request = runs.request(List.of(), List.of(), Trigger.TIMER);

        runs.work(RunMessage.of(request), 1, log);

        List<CheckResult> results = parc(new FakeTenant())
                .store()
                .results(request.runId())
                .orElseThrow()
                .results();
        assertThat(results).hasSize(59);
        assertThat(results)
                .filteredOn(result -> result.checkId().equals("S1-07"))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.outcome()).isEqualTo(Outcome.NOT_ASSESSED);
                    assertThat(result.reasons())
                            .containsExactly("a fault of PARC: answering it ended on IllegalStateException; the log"
                                    + " has where, please report it");
                });
        assertThat(results)
                .filteredOn(result -> !result.checkId().equals("S1-07"))
                .allSatisfy(result -> assertThat(result.reasons().toString()).doesNotContain("fault of PARC"));
        assertThat(lines)
                .filteredOn(line -> line.getLevel().equals(Level.SEVERE))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.getMessage())
                            .startsWith(
                                    EventJson.MARK + "{\"event\":\"parc-fault\",\"runId\":\"" + request.runId()
                                            + "\",\"what\":\"S1-07\",\"reason\":\"IllegalStateException at dev.parc.app.RunsTest")
                            .doesNotContain("what the tenant is called");
                    assertThat(line.getThrown()).hasMessage("what the tenant is called");
                });
    }

    /** Not every test goes by the engine: a check that fails still fails there. */
    @Test
    void aCheckThatFailsFailsLoudlyWhereItIsAskedAlone() {
        assertThatThrownBy(() -> Assessor.assess(new Faulty(), new Facts(now, Designations.NONE, Map.of())))
                .isInstanceOf(IllegalStateException.class);
    }

    @RoadmapItem(
            id = "S1-07",
            title = "Fails",
            severity = Severity.HIGH,
            needs = {})
    private static final class Faulty implements Check {
        @Override
        public Verdict evaluate(Facts facts) {
            throw new IllegalStateException("what the tenant is called");
        }
    }

    @Test
    void anAttemptThatFailsSaysWhyAndThatAnotherFollows() {
        Runs runs = runs(failing(new TenantException("no network")));
        RunRequest request = stage1(runs);

        assertThatThrownBy(() -> runs.work(RunMessage.of(request), 1, LOG)).isInstanceOf(TenantException.class);

        assertThat(runs.find(request.runId()).orElseThrow()).satisfies(run -> {
            assertThat(run.state()).isEqualTo(State.RUNNING);
            assertThat(run.progress()).isEqualTo("attempt 1 of 5 failed, another one follows: no network");
        });
    }

    @Test
    void theLastAttemptThatFailsFailsTheRunWithItsReasonWhichStays() {
        Runs runs = runs(failing(new TenantException("no network")));
        RunRequest request = stage1(runs);

        assertThatThrownBy(() -> runs.work(RunMessage.of(request), 5, LOG)).isInstanceOf(TenantException.class);
        runs.giveUp(RunMessage.of(request), "given up");

        assertThat(runs.find(request.runId()).orElseThrow()).satisfies(run -> {
            assertThat(run.state()).isEqualTo(State.FAILED);
            assertThat(run.progress()).isEqualTo("no network");
        });
    }

    @Test
    void aDefectIsNotShownToTheReader() {
        Runs runs = runs(failing(new IllegalStateException("secret internals")));
        RunRequest request = stage1(runs);

        assertThatThrownBy(() -> runs.work(RunMessage.of(request), 5, LOG)).isInstanceOf(IllegalStateException.class);

        assertThat(runs.find(request.runId()).orElseThrow().progress())
                .isEqualTo("an unexpected IllegalStateException; the log has its details");
    }

    @Test
    void aStoreThatIsDownWhileProgressIsToldDoesNotEndTheRun() {
        Runs runs = runs(new FakeTenant(progress -> {
            later(Duration.ofSeconds(2));
            storeIsDown = true;
            progress.accept("reading roles");
            storeIsDown = false;
        }));
        RunRequest request = stage1(runs);

        runs.work(RunMessage.of(request), 1, LOG);

        assertThat(runs.find(request.runId()).orElseThrow().state()).isEqualTo(State.DONE);
    }

    @Test
    void aStoreThatIsDownAtTheEndLeavesTheRunToAnotherAttempt() {
        Runs runs = runs(new FakeTenant(progress -> storeIsDown = updates.size() == 1));
        RunRequest request = stage1(runs);

        assertThatThrownBy(() -> runs.work(RunMessage.of(request), 1, LOG)).isInstanceOf(StoreException.class);
        storeIsDown = false;
        runs.work(RunMessage.of(request), 2, LOG);

        assertThat(runs.find(request.runId()).orElseThrow().state()).isEqualTo(State.DONE);
    }

    @Test
    void aRunThatWasGivenUpUnheardIsFailed() {
        Runs runs = runs(new FakeTenant());
        RunRequest request = stage1(runs);
        runs.begin(request);

        runs.giveUp(RunMessage.of(request), "given up");

        assertThat(runs.find(request.runId()).orElseThrow().state()).isEqualTo(State.FAILED);
    }

    @Test
    void aRunOfWhichNothingIsHeardForADayIsFailedToWhoWaitsForIt() {
        Runs runs = runs(new FakeTenant());
        RunRequest request = stage1(runs);
        runs.begin(request);

        later(Duration.ofHours(23));
        assertThat(runs.find(request.runId()).orElseThrow().state()).isEqualTo(State.QUEUED);
        later(Duration.ofHours(1));
        assertThat(runs.find(request.runId()).orElseThrow().state()).isEqualTo(State.FAILED);
    }

    @Test
    void runsOlderThanTheRetentionAreDeleted() {
        Runs runs = runs(new FakeTenant());
        RunRequest old = stage1(runs);
        runs.work(RunMessage.of(old), 1, LOG);
        later(Duration.ofDays(401));
        RunRequest recent = stage1(runs);

        runs.work(RunMessage.of(recent), 1, LOG);

        assertThat(runs.find(old.runId())).isEmpty();
        assertThat(runs.find(recent.runId())).isPresent();
    }

    @Test
    void theNewestRunOfAStageAndWhatPeopleDecidedOutliveTheRetention() {
        CompositionRoot parc = parc(new FakeTenant());
        parc.waivers()
                .waive("S2-01", Optional.empty(), "Bo", "why", "Ann", LocalDate.parse("2026-12-31"), Precondition.NONE);
        Runs runs = parc.runs();
        List<RunRequest> old = new ArrayList<>();
        for (int day = 0; day < 3; day++) {
            old.add(runs.request(List.of("S2"), List.of(), Trigger.TIMER));
            runs.work(RunMessage.of(old.get(day)), 1, LOG);
            later(Duration.ofDays(1));
        }
        later(Duration.ofDays(401));

        runs.work(RunMessage.of(stage1(runs)), 1, LOG);

        assertThat(runs.newest(9))
                .extracting(run -> run.request().runId())
                .hasSize(2)
                .contains(old.get(2).runId());
        assertThat(parc.store().latest(Stage.S2)).isPresent();
        assertThat(parc.store().history("S2-01", 9))
                .extracting(HistoryEntry::runId)
                .containsExactly(old.get(2).runId());
        assertThat(parc.trends().series(Stage.S2, RunRange.newest(9)))
                .extracting(StagePoint::runId)
                .containsExactly(old.get(2).runId());
        assertThat(parc.waivers().inForce()).hasSize(1);
    }

    @Test
    void anIdThatIsNoneNeverReachesTheStore() {
        storeIsDown = true;

        assertThat(runs(new FakeTenant()).find("../../etc/passwd")).isEmpty();
    }

    private void later(Duration duration) {
        now = now.plus(duration);
    }

    private static RunRequest stage1(Runs runs) {
        return runs.request(List.of("S1"), List.of(), Trigger.TIMER);
    }

    private static FakeTenant failing(RuntimeException failure) {
        Consumer<Consumer<String>> failing = progress -> {
            throw failure;
        };
        return new FakeTenant(failing);
    }

    private Runs runs(FakeTenant tenant) {
        return parc(tenant).runs();
    }

    private CompositionRoot parc(FakeTenant tenant) {
        InstantSource source = () -> now;
        Clock clock = source.withZone(ZoneOffset.UTC);
        return CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        () -> tenant,
                        opened -> {
                            RunStore runs = observed(new FileRunStore(data, opened.id()));
                            return new Stores(
                                    runs,
                                    new FileLedger(data, opened.id()),
                                    new FileTrendStore(data, opened.id(), runs));
                        },
                        checks,
                        clock)
                .root();
    }

    /** The store, which can be down, and whose updates are listed. */
    private RunStore observed(RunStore store) {
        return (RunStore) Proxy.newProxyInstance(
                RunStore.class.getClassLoader(), new Class<?>[] {RunStore.class}, (proxy, method, arguments) -> {
                    if (storeIsDown) {
                        throw new StoreException("the store is down");
                    }
                    if (method.getName().equals("update")) {
                        updates.add((RunRecord) arguments[0]);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
