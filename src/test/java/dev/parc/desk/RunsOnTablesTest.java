package dev.parc.desk;

import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.app.CompositionRoot;
import dev.parc.app.DeskHost;
import dev.parc.app.FakeTenant;
import dev.parc.app.RenamedTenant;
import dev.parc.app.Runs;
import dev.parc.app.Settings;
import dev.parc.app.Stores;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.json.RunJson;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.assessment.run.RunRequest;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import dev.parc.collect.Tenant;
import dev.parc.collect.TenantException;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.roadmap.Roadmap;
import dev.parc.store.table.WatchedTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose results are kept in the tables of Azurite. */
class RunsOnTablesTest {

    private static final Logger LOG = Logger.getLogger(RunsOnTablesTest.class.getName());
    private static final String CONNECTION = WatchedTables.azurite();

    @TempDir
    Path data;

    private final String tenant = UUID.randomUUID().toString();

    private Stores stores(Consumer<HttpRequest> watcher) {
        return WatchedTables.stores(CONNECTION, tenant, watcher);
    }

    private CompositionRoot parc(Tenant read, Consumer<HttpRequest> watcher) {
        return CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        () -> new RenamedTenant(read, tenant),
                        opened -> stores(watcher),
                        Roadmap.checks(),
                        Clock.systemUTC())
                .root();
    }

    private CompositionRoot demo(Consumer<HttpRequest> watcher) {
        return parc(SnapshotTenant.demo(), watcher);
    }

    private static RunRequest stage1(CompositionRoot parc) {
        return parc.runs().request(List.of("S1"), List.of(), Trigger.HTTP);
    }

    /** An earlier run in which everything that the demo tenant is asked was in order. */
    private void everythingWasInOrder() {
        CompositionRoot parc = demo(request -> {});
        RunRequest request = stage1(parc);
        parc.runs().begin(request);
        Assessment now = parc.engine().answer(request, progress -> {}).assessment();
        Instant then = now.startedAt().minusSeconds(3600);
        parc.store()
                .finish(new Assessment(
                        now.runId(),
                        now.tenantId(),
                        now.tenantName(),
                        now.source(),
                        then,
                        then,
                        then,
                        now.stages(),
                        now.trigger(),
                        now.requests(),
                        now.results().stream().map(RunsOnTablesTest::passed).toList()));
    }

    private static CheckResult passed(CheckResult result) {
        return new CheckResult(
                result.checkId(),
                result.version(),
                result.stage(),
                result.title(),
                result.severity(),
                Outcome.PASS,
                CheckResult.Basis.AUTOMATED,
                "all is well",
                List.of(),
                List.of());
    }

    private static String matter(Change change) {
        return change.kind() + " " + change.checkId() + " "
                + change.finding().map(finding -> finding.subjectId()).orElse("");
    }

    /**
     * One run stands still at a write while the other one of the same tenant goes from its beginning to its end, or as far
     * as it comes.
     */
    @ParameterizedTest
    @ValueSource(strings = {"$batch", "ParcHistory", "ParcRuns", "ParcSeries"})
    void twoRunsOfATenantAtOnceDoNotMix(String write) throws Exception {
        everythingWasInOrder();
        CountDownLatch standing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompositionRoot one = demo(request -> {
            boolean here = request.getHttpMethod() != HttpMethod.GET
                    && request.getUrl().toString().contains(write);
            if (here && standing.getCount() > 0) {
                standing.countDown();
                await(goOn);
            }
        });
        CompositionRoot other = demo(request -> {});
        RunRequest first = stage1(one);
        RunRequest second = stage1(other);

        CompletableFuture<List<Change>> slow = CompletableFuture.supplyAsync(
                () -> one.runs().work(RunMessage.of(first), 1, LOG).changes());
        await(standing);
        CompletableFuture<List<Change>> quick = CompletableFuture.supplyAsync(
                () -> other.runs().work(RunMessage.of(second), 1, LOG).changes());
        if (write.equals("ParcSeries")) {
            // the first has its turn: the second ends after it
            Client.awaitTrue(() -> stores(request -> {}).runs().find(second.runId()).stream()
                    .anyMatch(run -> run.state() == State.DONE));
        } else {
            quick.get(60, TimeUnit.SECONDS);
        }
        goOn.countDown();
        List<Change> changes = Stream.of(slow.get(60, TimeUnit.SECONDS), quick.get(60, TimeUnit.SECONDS))
                .flatMap(List::stream)
                .toList();

        Stores kept = stores(request -> {});
        for (RunRequest run : List.of(first, second)) {
            Assessment results = kept.runs().results(run.runId()).orElseThrow();
            assertThat(results.results()).hasSize(7);
            assertThat(kept.trends().series(Stage.S1, RunRange.newest(9)))
                    .filteredOn(point -> point.runId().equals(run.runId()))
                    .singleElement()
                    .extracting(StagePoint::outcomes)
                    .isEqualTo(StagePoint.of(results, Stage.S1, 0, List.of()).outcomes());
            for (CheckResult result : results.results()) {
                assertThat(kept.runs().history(result.checkId(), 9))
                        .filteredOn(entry -> entry.runId().equals(run.runId()))
                        .containsExactly(HistoryEntry.of(results, result));
            }
        }
        assertThat(changes)
                .as("what is different is told by one of them")
                .extracting(RunsOnTablesTest::matter)
                .doesNotHaveDuplicates()
                .contains("REGRESSED S1-03 ");
        assertThat(kept.trends().changes(RunRange.newest(1000)))
                .containsExactlyInAnyOrderElementsOf(changes)
                .hasSameSizeAs(undisturbed());
    }

    /** What one run of a tenant with the same past changes. */
    private static List<Change> undisturbed() {
        RunsOnTablesTest alone = new RunsOnTablesTest();
        alone.everythingWasInOrder();
        CompositionRoot parc = alone.demo(request -> {});
        return parc.runs().work(RunMessage.of(stage1(parc)), 1, LOG).changes();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it never came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRunThatFailsFiveTimesIsFailedWithItsReason() throws Exception {
        FakeTenant unreachable = new FakeTenant(progress -> {
            progress.accept("reading");
            throw new TenantException("Graph cannot be reached: check the network");
        });
        try (DeskHost.Serving serving = serve(unreachable)) {
            JsonNode failed = new Client(serving.address()).run("{}");

            assertThat(failed.get("state").asText()).isEqualTo("FAILED");
            assertThat(failed.get("reason").asText()).isEqualTo("Graph cannot be reached: check the network");
            assertThat(unreachable.readings()).isEqualTo(Runs.ATTEMPTS);
            assertThat(stores(request -> {}).runs().newest(9))
                    .singleElement()
                    .satisfies(run -> assertThat(run.state()).isEqualTo(State.FAILED));
        }
    }

    @Test
    void aRunThatEndsItsProcessFiveTimesIsFailedWithWhatWasLastHeardOfIt() throws Exception {
        FakeTenant never = new FakeTenant();
        CompositionRoot parc = parc(never, request -> {});
        RunRequest run = stage1(parc);
        parc.runs().begin(run);
        parc.store().update(new RunRecord(run, State.RUNNING, "reading Conditional Access policies", Instant.now()));
        Path queue = Files.createDirectories(data.resolve("demo/queue/parc-runs"));
        Files.writeString(queue.resolve("0-killer.5.msg"), RunJson.write(run));

        try (DeskHost.Serving serving = serve(never)) {
            JsonNode ended = json(new Client(serving.address()).follow(serving.address() + "/api/runs/" + run.runId()));

            assertThat(ended.get("state").asText()).isEqualTo("FAILED");
            assertThat(ended.get("reason").asText())
                    .isEqualTo("given up after 5 attempts; last heard of it: reading Conditional Access policies");
        }
        assertThat(never.readings()).isZero();
        assertThat(queue).isEmptyDirectory();
    }

    private DeskHost.Serving serve(Tenant read) {
        return new ServeHost(Duration.ZERO, Duration.ofSeconds(1)).start(parc(read, request -> {}), 0, data);
    }
}
