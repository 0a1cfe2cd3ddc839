package dev.parc.desk;

import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.app.DeskHost;
import dev.parc.app.Past;
import dev.parc.app.Stores;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.FindingKeys;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.check.Stage;
import dev.parc.collect.http.HttpsStub;
import dev.parc.store.table.WatchedTables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process that is killed in the middle of a run, at one write to the tables after the other, and one that goes on after
 * it: what is there in the end is what a run leaves that nobody disturbed.
 */
class KilledRunTest {

    private static final String ORDER = "{\"stages\":[\"S1\"],\"checks\":[\"S3-19\"]}";

    @TempDir
    Path data;

    private static final String CONNECTION = WatchedTables.azurite();
    private static @Nullable Left undisturbed;

    /** What a run leaves, without what is of its time and its own name. */
    private record Left(
            List<String> answers,
            List<String> history,
            List<String> findings,
            List<String> changes,
            List<String> points,
            int lists) {}

    @ParameterizedTest
    @CsvSource({
        // the results are written, not yet the history
        "$batch, 4, 1",
        // half of the history is written, and the run is not DONE
        "ParcHistory, 4, 1",
        // the run is DONE, and nothing of what follows is done
        "$batch, 6, 1",
        // the changes are kept, and half of the findings
        "$batch, 8, 1",
        // the findings are kept, and no point of a series
        "(PartitionKey='TENANT%7CS1', 1, 1",
        // the receiver has its delivery, which is not noted: it gets it again under the same id
        "delivered, 1, 2",
    })
    void aRunThatIsKilledAnywhereEndsOnceWithNothingTwiceAndNothingLost(String write, int number, int deliveries)
            throws Exception {
        try (HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.json(202, ""))) {
            String tenant = tenantWithAPast();
            String runId = killed(data, tenant, receiver, write.replace("TENANT", tenant), number);

            goOn(tenant, runId, receiver);

            assertThat(left(tenant, runId)).isEqualTo(undisturbed());
            assertThat(receiver.received())
                    .hasSize(deliveries)
                    .extracting(request -> request.headers().get("webhook-id"))
                    .containsOnly(runId + "." + hookId(tenant));
        }
    }

    /** What a run leaves that nobody disturbed. */
    private static synchronized Left undisturbed() throws Exception {
        if (undisturbed == null) {
            Path folder = Files.createTempDirectory("undisturbed");
            try (HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.json(202, ""))) {
                String tenant = tenantWithAPast();
                String runId;
                try (DeskHost.Serving serving =
                        DoomedServe.serve(folder, CONNECTION, tenant, port(receiver), request -> {})) {
                    runId = subscribedAndStarted(new Client(serving.address()));
                    finished(serving, runId);
                    Client.awaitTrue(() -> stores(tenant).trends().isDelivered(runId, hookId(tenant)));
                }
                undisturbed = left(tenant, runId);
            }
            assertThat(undisturbed.changes()).contains("REGRESSED S1-03").hasSizeGreaterThan(5);
            assertThat(undisturbed.findings()).hasSizeGreaterThan(5);
            assertThat(undisturbed.points()).hasSize(1);
            assertThat(undisturbed.lists()).isEqualTo(1);
        }
        return undisturbed;
    }

    private void goOn(String tenant, String runId, HttpsStub receiver) throws Exception {
        try (DeskHost.Serving serving = DoomedServe.serve(data, CONNECTION, tenant, port(receiver), request -> {})) {
            finished(serving, runId);
            Client.awaitTrue(() -> stores(tenant).trends().isDelivered(runId, hookId(tenant))
                    && messages(data).isEmpty());
        }
    }

    /** Starts a process, lets it run into its fatal write, and kills it. */
    private static String killed(Path folder, String tenant, HttpsStub receiver, String write, int number)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedServe.class.getName(),
                        folder.toString(),
                        CONNECTION,
                        tenant,
                        Integer.toString(port(receiver)),
                        write,
                        Integer.toString(number))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String runId = subscribedAndStarted(new Client(output.readLine()));
            assertThat(output.readLine()).startsWith("standing still");
            return runId;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String subscribedAndStarted(Client client) throws IOException, InterruptedException {
        assertThat(client.post(
                                "/api/hooks",
                                "{\"callbackUrl\":\"https://prod-01.westeurope.logic.azure.com/x?sig=secret\"}")
                        .statusCode())
                .isEqualTo(201);
        return json(client.post("/api/runs", ORDER)).get("runId").asText();
    }

    private static String finished(DeskHost.Serving serving, String runId) throws IOException, InterruptedException {
        JsonNode run = json(new Client(serving.address()).follow(serving.address() + "/api/runs/" + runId));
        assertThat(run.get("state").asText()).isEqualTo("DONE");
        return runId;
    }

    /** A tenant in which an earlier run found everything in order. */
    private static String tenantWithAPast() {
        String tenant = UUID.randomUUID().toString();
        Past.allInOrder(stores(tenant).runs(), tenant);
        return tenant;
    }

    private static Stores stores(String tenant) {
        return WatchedTables.stores(CONNECTION, tenant, request -> {});
    }

    private static String hookId(String tenant) {
        return stores(tenant).ledger().newest(Ledger.Book.HOOKS).get(0).key();
    }

    private static Left left(String tenant, String runId) {
        Stores stores = stores(tenant);
        Assessment run = stores.runs().results(runId).orElseThrow();
        assertThat(stores.runs().newest(10))
                .extracting(record -> record.request().runId())
                .containsExactly(runId, Past.RUN);
        List<String> history = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (CheckResult result : run.results()) {
            stores.runs()
                    .history(result.checkId(), 10)
                    .forEach(entry -> history.add(
                            result.checkId() + (entry.runId().equals(runId) ? " now " : " before ") + entry.outcome()));
            stores.trends()
                    .findings(result.checkId())
                    .forEach(record -> findings.add(result.checkId() + " " + FindingKeys.of(record.finding())
                            + record.firstSeen().equals(run.startedAt())
                            + record.resolvedAt().isPresent()));
        }
        List<Change> changes = stores.trends().changes(RunRange.newest(1000));
        assertThat(changes).extracting(Change::runId).containsOnly(runId);
        return new Left(
                run.results().stream()
                        .map(result -> result.checkId() + result.outcome() + result.findings())
                        .toList(),
                history,
                findings,
                changes.stream()
                        .map(change -> change.kind() + " " + change.checkId()
                                + change.finding()
                                        .map(finding -> " " + FindingKeys.of(finding))
                                        .orElse(""))
                        .sorted()
                        .toList(),
                Stream.of(Stage.values())
                        .flatMap(stage -> stores.trends().series(stage, RunRange.newest(10)).stream())
                        .map(point -> point.stage() + " " + point.score() + point.outcomes() + point.opened() + " "
                                + point.runId().equals(runId))
                        .toList(),
                (int) stores.ledger().history(Ledger.Book.ADMINISTRATORS, "list", 10).stream()
                        .filter(entry -> entry.document().contains(runId))
                        .limit(1)
                        .count());
    }

    private static int port(HttpsStub receiver) {
        return receiver.uri().getPort();
    }

    private static List<Path> messages(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".msg")).toList();
        }
    }
}
