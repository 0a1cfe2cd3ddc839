package dev.parc.desk;

import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.app.CompositionRoot;
import dev.parc.app.DeskHost;
import dev.parc.app.Past;
import dev.parc.app.Settings;
import dev.parc.app.Stores;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRequest;
import dev.parc.collect.http.HttpsStub;
import dev.parc.collect.http.HttpsStub.Reply;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.roadmap.Roadmap;
import dev.parc.webhook.Receivers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the engine of Logic Apps does with PARC: the asynchronous pattern of the HTTP action, the webhook trigger, the polling
 * trigger. Receivers listen on real TLS; whatever a test does, no secret comes into the log.
 */
class LogicAppsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "sig=s3cr3t-of-the-callback";
    private static final String CALLBACK =
            "https://prod-01.westeurope.logic.azure.com/workflows/1/triggers/parc/paths/invoke?" + SECRET;

    @TempDir
    Path data;

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final List<String> secrets = new CopyOnWriteArrayList<>(List.of(SECRET));
    private final AtomicInteger answers = new AtomicInteger();
    private Function<Integer, Reply> receiving = number -> Reply.json(202, "");
    private HttpsStub receiver;
    private DeskHost.Serving serving;
    private Client client;

    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getLevel() + " " + line.getMessage() + " " + line.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void start() throws IOException {
        Logger.getLogger("").addHandler(listener);
        receiver = new HttpsStub(request -> receiving.apply(answers.incrementAndGet()));
        SnapshotTenant tenant = SnapshotTenant.demo();
        Past.allInOrder(Stores.files(data, tenant.id()).runs(), tenant.id());
        CompositionRoot parc = CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        () -> tenant,
                        opened -> Stores.files(data, opened.id()),
                        Roadmap.checks(),
                        Clock.systemUTC())
                .delivering(Receivers.at(receiver.uri().getPort()))
                .root();
        serving = new ServeHost(Duration.ZERO, Duration.ofSeconds(1)).start(parc, 0, data);
        client = new Client(serving.address());
    }

    @AfterEach
    void stopAndLookForSecrets() throws IOException {
        serving.close();
        receiver.close();
        Logger.getLogger("").removeHandler(listener);
        assertThat(logged).isNotEmpty().noneMatch(line -> secrets.stream().anyMatch(line::contains));
    }

    private JsonNode subscribed(String callback, String filter) throws Exception {
        HttpResponse<String> answer = client.post("/api/hooks", "{\"callbackUrl\":\"" + callback + "\"" + filter + "}");
        assertThat(answer.statusCode()).isEqualTo(201);
        URI location = URI.create(answer.headers().firstValue("Location").orElseThrow());
        assertThat(location).hasScheme("http");
        assertThat(answer.body()).doesNotContain(SECRET);
        secrets.add(json(answer).get("signingKey").asText());
        assertThat(client.get("/api/hooks").body()).doesNotContain(secrets);
        return json(answer);
    }

    private String run() throws Exception {
        return client.run("{\"stages\":[\"S1\"]}").get("runId").asText();
    }

    private void awaitLine(String... parts) throws Exception {
        Client.awaitTrue(() -> logged.stream().anyMatch(line -> Stream.of(parts).allMatch(line::contains)));
    }

    private void awaitNoMessage() throws Exception {
        Client.awaitTrue(() -> {
            try (Stream<Path> files = Files.walk(data.resolve("demo/queue"))) {
                return files.noneMatch(file -> file.toString().endsWith(".msg"));
            }
        });
    }

    @Test
    void anHttpActionFollowsTheAsynchronousPatternByItself() throws Exception {
        HttpResponse<String> answer = client.post("/api/runs", "{\"stages\":[\"S1\"]}");
        assertThat(answer.statusCode()).isEqualTo(202);
        int polls = 0;
        // the engine asks the Location of the last answer again after Retry-After seconds, until the answer is another
        // one
        while (answer.statusCode() == 202) {
            URI location = URI.create(answer.headers().firstValue("Location").orElseThrow());
            assertThat(location)
                    .hasScheme("http")
                    .hasPath("/api/runs/" + json(answer).get("runId").asText());
            assertThat(answer.headers().firstValue("Retry-After").map(Integer::valueOf))
                    .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, 60));
            assertThat(json(answer).get("state").asText()).isIn("QUEUED", "RUNNING");
            Thread.sleep(20);
            answer = client.get(location.getPath());
            assertThat(polls++).isLessThan(3000);
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("schema").asText()).isEqualTo("parc-run/1");
        assertThat(json(answer).get("state").asText()).isEqualTo("DONE");
    }

    @Test
    void aWebhookTriggerSubscribesIsToldAndUnsubscribes() throws Exception {
        JsonNode hook = subscribed(CALLBACK, ",\"stages\":[\"S1\"],\"kinds\":[\"REGRESSED\",\"LOST_MFA\"]");
        JsonNode other = subscribed(CALLBACK, ",\"kinds\":[\"NEW_ADMINISTRATOR\"]");
        JsonNode severe = subscribed(CALLBACK, ",\"severities\":[\"CRITICAL\"],\"kinds\":[\"REGRESSED\"]");
        assertThat(subscribed(CALLBACK, ",\"stages\":[\"S2\"]")).isNotNull();

        String runId = run();
        Client.awaitTrue(() -> receiver.received().size() == 2);
        awaitNoMessage();

        assertThat(receiver.received())
                .extracting(request -> request.headers().get("webhook-id"))
                .containsExactlyInAnyOrder(runId + "." + id(hook), runId + "." + id(severe))
                .doesNotContain(runId + "." + id(other));
        HttpsStub.Request delivery = delivery(runId, hook);
        assertThat(delivery.method()).isEqualTo("POST");
        assertThat(delivery.target()).endsWith("?" + SECRET);
        assertThat(delivery.headers().get("content-type")).startsWith("application/json");
        assertThat(delivery.headers().get("webhook-signature"))
                .isEqualTo(signature(hook.get("signingKey").asText(), delivery));
        JsonNode event = JSON.readTree(delivery.body());
        assertThat(event.get("schema").asText()).isEqualTo("parc-change-event/1");
        assertThat(event.get("runId").asText()).isEqualTo(runId);
        assertThat(event.get("more").asInt()).isZero();
        assertThat(event.get("changes"))
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.get("kind").asText()).isIn("REGRESSED", "LOST_MFA"))
                .anySatisfy(change -> assertThat(change.get("checkId").asText()).isEqualTo("S1-03"));
        assertThat(JSON.readTree(delivery(runId, severe).body()).get("changes"))
                .isNotEmpty()
                .allSatisfy(
                        change -> assertThat(change.get("severity").asText()).isEqualTo("CRITICAL"));
    }

    private HttpsStub.Request delivery(String runId, JsonNode hook) {
        return receiver.received().stream()
                .filter(request ->
                        (runId + "." + id(hook)).equals(request.headers().get("webhook-id")))
                .findFirst()
                .orElseThrow();
    }

    private static String id(JsonNode hook) {
        return hook.get("id").asText();
    }

    private static String signature(String key, HttpsStub.Request delivery) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
        String signed = delivery.headers().get("webhook-id") + "."
                + delivery.headers().get("webhook-timestamp") + "." + delivery.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theTriggerIsOffOnceTheReturnedLocationIsDeleted() throws Exception {
        HttpResponse<String> answer = client.post("/api/hooks", "{\"callbackUrl\":\"" + CALLBACK + "\"}");
        String location = URI.create(answer.headers().firstValue("Location").orElseThrow())
                .getPath();

        assertThat(client.send("DELETE", location, "").statusCode()).isEqualTo(204);
        assertThat(client.send("DELETE", location, "").statusCode()).isEqualTo(204);
        run();
        awaitNoMessage();

        assertThat(json(client.get("/api/hooks")).get("hooks")).isEmpty();
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void anHttpWebhookTriggerUnsubscribesWithItsCallbackAlone() throws Exception {
        JsonNode mine = subscribed(CALLBACK, "");
        JsonNode again = subscribed(CALLBACK, ",\"stages\":[\"S2\"]");
        JsonNode other = subscribed(CALLBACK + "2", "");
        assertThat(id(mine)).isNotEqualTo(id(again));

        HttpResponse<String> answer = client.send("DELETE", "/api/hooks", "{\"callbackUrl\":\"" + CALLBACK + "\"}");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(json(client.get("/api/hooks")).get("hooks"))
                .singleElement()
                .satisfies(hook -> assertThat(id(hook)).isEqualTo(id(other)));
        assertThat(client.send("DELETE", "/api/hooks", "{\"callbackUrl\":\"" + CALLBACK + "\"}")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void aReceiverThatIsTooSlowGetsItAgainUnderTheSameId() throws Exception {
        receiving = number -> socket -> {
            if (number == 1) {
                sleep(Receivers.PATIENCE.plusSeconds(1));
            }
            Reply.json(202, "").write(socket);
        };
        JsonNode hook = subscribed(CALLBACK, "");

        String runId = run();
        awaitLine("INFO the changes of run " + runId + " are delivered by hook " + id(hook));
        awaitNoMessage();

        assertThat(receiver.received())
                .hasSize(2)
                .extracting(request -> request.headers().get("webhook-id"))
                .containsOnly(runId + "." + id(hook));
    }

    @Test
    void aReceiverThatFailsIsTriedAgainThenGivenUpAndTold() throws Exception {
        receiving = number -> Reply.json(500, "<html>", "Retry-After: 0");
        JsonNode hook = subscribed(CALLBACK, ",\"kinds\":[\"REGRESSED\"]");

        String runId = run();
        awaitLine("SEVERE given up: what hook " + id(hook) + " was due of run " + runId, "GET /api/changes");
        awaitNoMessage();

        assertThat(receiver.received())
                .as("three times at each of five attempts")
                .hasSize(15)
                .extracting(request -> request.headers().get("webhook-id"))
                .containsOnly(runId + "." + id(hook));
        assertThat(logged).anyMatch(line -> line.contains("did not take its delivery: it answered 500"));
        assertThat(json(client.get("/api/changes?kinds=REGRESSED")).get("changes"))
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.get("runId").asText()).isEqualTo(runId));
    }

    @Test
    void aReceiverThatComesBackGetsItOnce() throws Exception {
        receiving = number -> number <= 4 ? Reply.json(500, "", "Retry-After: 0") : Reply.json(200, "");
        JsonNode hook = subscribed(CALLBACK, "");

        String runId = run();
        awaitLine("are delivered by hook " + id(hook));
        awaitNoMessage();

        assertThat(receiver.received()).hasSize(5);
        assertThat(logged).noneMatch(line -> line.contains("given up"));
        assertThat(runId).isNotEmpty();
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        receiving = number ->
                Reply.json(302, "", "Location: https://prod-02.westeurope.logic.azure.com/elsewhere?" + SECRET);
        JsonNode hook = subscribed(CALLBACK, "");

        run();
        awaitLine("SEVERE hook " + id(hook), "gets nothing", "redirects are not followed");
        awaitNoMessage();

        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void aNameThatLeadsInsideIsNotConnectedTo() throws Exception {
        JsonNode hook = subscribed("https://inside-01.westeurope.logic.azure.com/x?" + SECRET, "");

        run();
        awaitLine("SEVERE hook " + id(hook), "leads to a private address");
        awaitNoMessage();

        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void aReceiverThatIsGoneForGoodIsUnsubscribed() throws Exception {
        receiving = number -> Reply.json(410, "");
        JsonNode hook = subscribed(CALLBACK, "");

        run();
        awaitLine("WARNING hook " + id(hook), "is removed");
        awaitNoMessage();

        assertThat(json(client.get("/api/hooks")).get("hooks")).isEmpty();
    }

    @Test
    void aPollingTriggerFiresOnceForEachChange() throws Exception {
        HttpResponse<String> first = client.get("/api/changes?triggerState=&kinds=REGRESSED");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.headers().firstValue("Retry-After")).isPresent();

        String runId = run();
        awaitNoMessage();
        HttpResponse<String> second = polled(first);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(json(second).get("changes"))
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.get("runId").asText()).isEqualTo(runId));
        HttpResponse<String> third = polled(second);
        assertThat(third.statusCode()).isEqualTo(202);
        assertThat(polled(third).statusCode()).isEqualTo(202);
    }

    @Test
    void aRunThatIsStillWorkedOnHoldsNoPollingTriggerAndIsToldWhenItIsDone() throws Exception {
        Stores stores = Stores.files(data, SnapshotTenant.demo().id());
        HttpResponse<String> before = client.get("/api/changes?triggerState=&kinds=REGRESSED");
        // a run that was asked for, and one that was asked for later and ends first
        CompositionRoot slow = CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        SnapshotTenant::demo,
                        tenant -> stores,
                        Roadmap.checks(),
                        Clock.systemUTC())
                .root();
        RunRequest waiting = slow.runs().request(List.of("S1"), List.of(), Trigger.HTTP);
        slow.runs().begin(waiting);
        Thread.sleep(1100);
        assertThat(run()).isNotEqualTo(waiting.runId());

        HttpResponse<String> during = polled(before);
        assertThat(during.statusCode()).isEqualTo(200);
        assertThat(polled(during).statusCode()).isEqualTo(202);
        slow.runs().work(RunMessage.of(waiting), 1, Logger.getLogger("slow"));
        assertThat(slow.store().publication(waiting.runId()).orElseThrow().position())
                .isEqualTo(slow.store().lastPublished());

        HttpResponse<String> after = polled(during);
        // what it saw was told by the one that ended first
        assertThat(after.statusCode()).isEqualTo(202);
        assertThat(after.headers().firstValue("Location"))
                .hasValueSatisfying(next -> assertThat(next).contains("triggerState=3"));
    }

    private HttpResponse<String> polled(HttpResponse<String> last) throws Exception {
        URI next = URI.create(last.headers().firstValue("Location").orElseThrow());
        assertThat(next).hasScheme("http");
        return client.get(next.getPath() + "?" + next.getQuery());
    }

    private static void sleep(Duration time) throws IOException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
