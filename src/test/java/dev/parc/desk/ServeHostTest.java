package dev.parc.desk;

import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.app.CompositionRoot;
import dev.parc.app.DeskHost;
import dev.parc.app.FakeTenant;
import dev.parc.app.Settings;
import dev.parc.app.SettingsException;
import dev.parc.app.Stores;
import dev.parc.collect.TenantException;
import dev.parc.roadmap.Roadmap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions over HTTP, as a client sees them. */
class ServeHostTest {

    @TempDir
    Path data;

    private final FakeTenant tenant = new FakeTenant();
    private DeskHost.Serving serving;
    private Client client;

    @BeforeEach
    void start() {
        restart(tenant);
    }

    @AfterEach
    void stop() {
        serving.close();
    }

    static DeskHost.Serving serve(FakeTenant tenant, Path data) {
        CompositionRoot parc = CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_ROADMAP_START", "2026-01-31")),
                        () -> tenant,
                        opened -> Stores.files(data, opened.id()),
                        Roadmap.checks(),
                        Clock.systemUTC())
                .root();
        return new ServeHost(Duration.ZERO, Duration.ofSeconds(1)).start(parc, 0, data);
    }

    private void restart(FakeTenant read) {
        serving = serve(read, data);
        client = new Client(serving.address());
    }

    @Test
    void aRunIsAcceptedFollowedAndRead() throws Exception {
        HttpResponse<String> accepted = client.post("/api/runs", "{\"stages\":[\"1\"]}");

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Retry-After")).hasValue("5");
        String location = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(location)
                .startsWith(serving.address() + "/api/runs/")
                .endsWith(json(accepted).get("runId").asText());

        HttpResponse<String> done = client.follow(location);
        assertThat(done.statusCode()).isEqualTo(200);
        JsonNode result = json(done);
        assertThat(result.get("schema").asText()).isEqualTo("parc-run/1");
        assertThat(result.get("state").asText()).isEqualTo("DONE");
        assertThat(result.get("trigger").asText()).isEqualTo("http");
        assertThat(result.get("results"))
                .hasSize(7)
                .allSatisfy(answer -> assertThat(answer.get("outcome").asText()).isEqualTo("NOT_ASSESSED"));
    }

    @Test
    void aRunIsReadAgainAfterARestart() throws Exception {
        JsonNode before = client.run("{\"stages\":[\"S1\"]}");
        String path = "/api/runs/" + before.get("runId").asText();
        serving.close();

        restart(new FakeTenant());

        assertThat(json(client.get(path))).isEqualTo(before);
        assertThat(json(client.get("/api/runs")).get("runs"))
                .singleElement()
                .satisfies(run -> assertThat(run.get("state").asText()).isEqualTo("DONE"));
        assertThat(json(client.get("/api/stages/S1")).get("run").get("results")).hasSize(7);
        assertThat(json(client.get("/api/checks/S1-04/history")).get("history"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.get("runId")).isEqualTo(before.get("runId")));
    }

    @Test
    void aStageThatWasNeverAnsweredHasNoRun() throws Exception {
        JsonNode stage = json(client.get("/api/stages/1"));

        assertThat(stage.get("run").isNull()).isTrue();
        assertThat(stage.get("deadline").asText()).isEqualTo("2026-02-02");
        assertThat(json(client.get("/api/stages")).get("stages")).hasSize(5);
    }

    @Test
    void aCheckShowsItsCardAndPage() throws Exception {
        JsonNode check = json(client.get("/api/checks/s1-04"));

        assertThat(check.get("checkId").asText()).isEqualTo("S1-04");
        assertThat(check.get("page").asText()).startsWith("# S1-04");
        assertThat(json(client.get("/api/checks")).get("checks")).hasSameSizeAs(Roadmap.checks());
    }

    @Test
    void healthSaysNoMoreThanThatItIsUp() throws Exception {
        assertThat(client.get("/api/health").body())
                .isEqualTo("{\"status\":\"up\",\"items\":" + Roadmap.checks().size() + "}");
    }

    @Test
    void aTenantThatCannotBeReachedFailsTheRunWithItsReason() throws Exception {
        serving.close();
        FakeTenant unreachable = new FakeTenant(progress -> {
            throw new TenantException("Graph cannot be reached: check the network");
        });
        restart(unreachable);

        JsonNode failed = client.run("{}");

        assertThat(failed.get("state").asText()).isEqualTo("FAILED");
        assertThat(failed.get("reason").asText()).isEqualTo("Graph cannot be reached: check the network");
        assertThat(unreachable.readings()).isEqualTo(5);
    }

    @Test
    void aKilledProcessLeavesItsRunToTheNextOneWhichDoesItOnce() throws Exception {
        serving.close();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StuckServe.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String runId;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            Client doomed = new Client(output.readLine());
            runId = json(doomed.post("/api/runs", "{}")).get("runId").asText();
            assertThat(output.readLine()).isEqualTo("reading");
        } finally {
            process.destroyForcibly().waitFor();
        }

        restart(tenant);

        HttpResponse<String> done = client.follow(serving.address() + "/api/runs/" + runId);
        assertThat(json(done).get("state").asText()).isEqualTo("DONE");
        assertThat(json(client.get("/api/runs")).get("runs")).hasSize(1);
        assertThat(json(client.get("/api/checks/S1-01/history")).get("history")).hasSize(1);
        serving.close();
        assertThat(messages("parc-runs")).isEmpty();
    }

    @Test
    void aCorruptMessageIsKeptAndTheOthersGoOn() throws Exception {
        Path queue = data.resolve("demo/queue/parc-runs");
        Files.writeString(queue.resolve("0-corrupt.0.msg"), "{\"runId\":\"../../etc\"");

        assertThat(client.run("{}").get("state").asText()).isEqualTo("DONE");

        Client.awaitTrue(() -> messages("parc-runs-unreadable").size() == 1);
        assertThat(messages("parc-runs-unreadable")).containsExactly("{\"runId\":\"../../etc\"");
        // a message is deleted after its run is done
        Client.awaitTrue(() -> messages("parc-runs").isEmpty());
    }

    @Test
    void whatIsNoRunIsKeptAsItCameAndARunOfATimeThatHasNotComeIsRefused() throws Exception {
        Path queue = data.resolve("demo/queue/parc-runs");
        String ahead = "{\"schema\":\"parc-run-request/1\",\"runId\":\"99990101T000000Z-00000001\","
                + "\"requestedAt\":\"2026-01-01T00:00:00Z\",\"stages\":[\"S1\"],\"checks\":[],\"trigger\":\"http\"}";
        List<String> sent = List.of("[1]", "[\"[1]\"]", " [{}]", "\"x\"", ahead);
        for (int number = 0; number < sent.size(); number++) {
            Files.writeString(queue.resolve(number + "-odd.0.msg"), sent.get(number));
        }

        Client.awaitTrue(() -> messages("parc-runs-unreadable").size() == sent.size());

        assertThat(messages("parc-runs-unreadable")).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(json(client.get("/api/runs")).get("runs")).isEmpty();
    }

    private List<String> messages(String queue) throws IOException {
        Path folder = data.resolve("demo/queue").resolve(queue);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> messages =
                    files.filter(file -> file.toString().endsWith(".msg")).toList();
            List<String> texts = new ArrayList<>();
            for (Path message : messages) {
                texts.add(Files.readString(message));
            }
            return texts;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/runs/20260131T080000Z-00000000, 404, unknown-run",
        "/api/runs/..%2F..%2Fetc, 404, unknown-run",
        "/api/stages/S9, 404, unknown-stage",
        "/api/checks/S1-99, 404, unknown-check",
        "/api/checks/S1-99/history, 404, unknown-check",
        "/api/runs?limit=0, 400, invalid-request",
        "/api/runs?limit=%3Cscript%3E, 400, invalid-request",
        "/api/nothing, 404, unknown-route",
        "/, 404, unknown-route",
    })
    void whatIsNotThereIsAProblem(String path, int status, String type) throws Exception {
        String answer =
                client.raw("GET " + path + " HTTP/1.1\r\nHost: " + authority() + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer)
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"type\":\"urn:parc:problem:" + type + "\"");
        assertThat(answer).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} {}",
                "null",
                "{\"stages\":\"S1\"}",
                "{\"stages\":[1]}",
                "{\"stages\":[\"\"]}",
                "{\"stage\":[\"S1\"]}",
                "{\"stages\":[],\"stages\":[]}",
                "{\"checks\":{\"a\":\"S1-01\"}}"
            })
    void aBodyThatIsNoOrderIsRefused(String body) throws Exception {
        HttpResponse<String> refused = client.post("/api/runs", body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(refused).get("type").asText()).isEqualTo("urn:parc:problem:invalid-request");
        assertThat(messages("parc-runs")).isEmpty();
    }

    @Test
    void anUnknownStageOrCheckInTheBodyIsRefusedWithThoseThereAre() throws Exception {
        JsonNode stage = json(client.post("/api/runs", "{\"stages\":[\"S9\"]}"));
        JsonNode check = json(client.post("/api/runs", "{\"checks\":[\"S1-99\"]}"));

        assertThat(stage.get("status").asInt()).isEqualTo(400);
        assertThat(stage.get("type").asText()).isEqualTo("urn:parc:problem:unknown-stage");
        assertThat(stage.get("detail").asText()).contains("S1, S2, S3, S4, BG");
        assertThat(check.get("type").asText()).isEqualTo("urn:parc:problem:unknown-check");
        assertThat(check.get("detail").asText()).contains("S1-01, S1-02");
        assertThat(json(client.get("/api/runs")).get("runs")).isEmpty();
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        assertThat(client.post("/api/runs", "{\"stages\":[\"" + "x".repeat(64 * 1024) + "\"]}")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aBodyThatABrowserMaySendUnaskedIsRefused() throws Exception {
        assertThat(client.sendAs("POST", "/api/runs", "text/plain", "{}").statusCode())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"DELETE|/api/runs|GET, POST", "POST|/api/health|GET", "OPTIONS|/api/runs|GET, POST"})
    void anotherMethodIsRefusedWithThoseThatAreAllowed(String method, String path, String allowed) throws Exception {
        HttpResponse<String> refused = client.sendAs(method, path, "application/json", "{}");

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).hasValue(allowed);
        assertThat(refused.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: evil.example:PORT",
                "Host: 127.0.0.1.evil.example:PORT",
                "Host: 127.0.0.1:1",
                "Host: 127.0.0.1:PORT\r\nHost: evil.example"
            })
    void aRequestForAnotherHostIsRefused(String header) throws Exception {
        String port = ":" + URI.create(serving.address()).getPort();

        String answer = client.raw(
                "GET /api/health HTTP/1.1\r\n" + header.replace(":PORT", port) + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 421 ").contains("urn:parc:problem:unknown-host");
    }

    @Test
    void aPortInUseIsToldInOneLine() {
        int port = URI.create(serving.address()).getPort();
        CompositionRoot other = CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        FakeTenant::new,
                        opened -> Stores.files(data.resolve("other"), opened.id()),
                        List.of(),
                        Clock.systemUTC())
                .root();

        assertThatThrownBy(() -> new ServeHost().start(other, port, data.resolve("other")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("port " + port + " is in use; stop what uses it or choose another one with --port");
    }

    @Test
    void aDataFolderInUseIsToldInOneLine() {
        assertThatThrownBy(() -> serve(new FakeTenant(), data))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("is in use by another parc serve");
    }

    private String authority() {
        return URI.create(serving.address()).getAuthority();
    }
}
