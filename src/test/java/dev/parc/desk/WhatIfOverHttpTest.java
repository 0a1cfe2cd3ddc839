package dev.parc.desk;

import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.app.CompositionRoot;
import dev.parc.app.Runs;
import dev.parc.app.Settings;
import dev.parc.app.Stores;
import dev.parc.app.WhatIfs;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.change.ChangeJson;
import dev.parc.change.proof.ProofJson;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.Tenant;
import dev.parc.collect.TenantException;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.roadmap.Roadmap;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code /api/whatif}: a change is proved by a host, whichever it is, and kept for a day. */
class WhatIfOverHttpTest {

    static final String CA001 = FakeTenant.id("policy CA001 Require MFA for all users");

    private static final Logger LOG = Logger.getLogger(WhatIfOverHttpTest.class.getName());
    private static final String URL = "/identity/conditionalAccess/policies/" + CA001;
    private static final String OFF = request("off", URL, "");
    private static final String LOCKOUT = "{\"id\":\"devices\",\"method\":\"POST\","
            + "\"url\":\"/identity/conditionalAccess/policies\",\"body\":{\"displayName\":\"Devices\",\"state\":\"enabled\","
            + "\"conditions\":{\"users\":{\"includeUsers\":[\"All\"]},\"applications\":{\"includeApplications\":[\"All\"]},"
            + "\"clientAppTypes\":[\"all\"]},\"grantControls\":{\"operator\":\"OR\",\"builtInControls\":[\"compliantDevice\"]}}}";

    /** A change that locks out emergency accounts. */
    static final String BAD = "{\"requests\":[" + LOCKOUT + "]}";

    private static final Instant NOW = Instant.parse("2026-02-01T08:00:00Z");

    private static DemoServing demo;

    @TempDir
    Path data;

    private final Map<String, String> put = new HashMap<>();

    @BeforeAll
    static void serve() throws Exception {
        demo = new DemoServing();
    }

    @AfterAll
    static void stop() throws Exception {
        demo.close();
    }

    private static String request(String id, String url, String more) {
        return "{\"id\":\"%s\",\"method\":\"PATCH\",\"url\":\"%s\",\"body\":{\"state\":\"disabled\"}%s}"
                .formatted(id, url, more);
    }

    private static String change(String... requests) {
        return "{\"requests\":[" + String.join(",", requests) + "]}";
    }

    private static HttpResponse<String> post(String body) throws Exception {
        return demo.client().post("/api/whatif", body);
    }

    @Test
    void theProofIsTheDocumentOfTheCommandAndNoRun() throws Exception {
        JsonNode runs = json(demo.client().get("/api/runs"));
        JsonNode changes = json(demo.client().get("/api/changes?triggerState=0"));
        JsonNode trends = json(demo.client().get("/api/trends"));

        HttpResponse<String> asked = post(BAD);

        assertThat(asked.statusCode()).isEqualTo(202);
        assertThat(asked.headers().firstValue("Retry-After")).hasValue("5");
        String location = asked.headers().firstValue("Location").orElseThrow();
        assertThat(location)
                .isEqualTo(demo.address() + "/api/whatif/"
                        + json(asked).path("whatIfId").asText());
        JsonNode answer = json(demo.client().follow(location));
        assertThat(answer.path("state").asText()).isEqualTo("DONE");
        assertThat(answer.path("requestedBy").asText()).isEqualTo("this machine");
        var proved = CompositionRoot.demo(data).changes().prove(ChangeJson.read(BAD), progress -> {});
        assertThat(answer.path("proof"))
                .isEqualTo(new ObjectMapper().readTree(ProofJson.write(proved.proof(), proved.changedSince())));
        assertThat(answer.at("/proof/objections")).isNotEmpty();
        assertThat(answer.path("progress").asText())
                .isEqualTo(
                        "proved on the tenant of " + answer.at("/proof/takenAt").asText());
        assertThat(json(demo.client().get("/api/runs"))).isEqualTo(runs);
        assertThat(json(demo.client().get("/api/changes?triggerState=0"))).isEqualTo(changes);
        assertThat(json(demo.client().get("/api/trends"))).isEqualTo(trends);
        String id = json(asked).path("whatIfId").asText();
        assertThat(demo.client().get("/api/runs/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void whoWaitsGetsItInOneAnswer() throws Exception {
        HttpResponse<String> answer = demo.client().send("POST", "/api/whatif", change(OFF), "Prefer", "wait=60");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait=60");
        assertThat(json(answer).path("state").asText()).isEqualTo("DONE");
    }

    @Test
    void aRequestThatTheServiceWouldRefuseEndsItWithTheReason() throws Exception {
        String unknown = request("gone", URL.replace(CA001, "00000000-0000-0000-0000-000000000001"), "");

        JsonNode answer = json(demo.client()
                .send("POST", "/api/whatif", change(OFF.replace("off", "a"), unknown), "Prefer", "wait=60"));

        assertThat(answer.path("state").asText()).isEqualTo("FAILED");
        assertThat(answer.path("reason").asText()).contains("gone").doesNotContain("\n");
        assertThat(answer.has("proof")).isFalse();
    }

    static Stream<Arguments> hostile() {
        String many = IntStream.range(0, 10_000)
                .mapToObj(place -> "{\"id\":\"r" + place + "\",\"method\":\"DELETE\",\"url\":\"/x\"}")
                .collect(Collectors.joining(","));
        String name = "<script>\\u0007\\u202e\\n";
        return Stream.of(
                Arguments.of(change(request("r", "/me/sendMail", "")), 400, "r"),
                Arguments.of(change(request("r", "https://evil.example/v1.0/groups", "")), 400, "r"),
                Arguments.of(change(request("r", URL.replace(CA001, "1"), "")), 400, "r"),
                Arguments.of(change(request("r", URL + "/../../x", "")), 400, "r"),
                Arguments.of("{\"requests\":[" + many + "]}", 400, "10,000"),
                Arguments.of(change(OFF, OFF), 400, "off"),
                Arguments.of(
                        change(
                                request("a", URL, ",\"dependsOn\":[\"b\"]"),
                                request("b", URL, ",\"dependsOn\":[\"a\"]")),
                        400,
                        "a"),
                Arguments.of(change(request(name, URL, "")), 400, "number 1"),
                Arguments.of(change(OFF.replace("\"PATCH\"", "\"" + name + "\"")), 400, "off"),
                Arguments.of("{\"schema\":\"parc-change/9\",\"requests\":[" + OFF + "]}", 400, "parc-change/1"),
                Arguments.of("", 400, "JSON"),
                Arguments.of("[".repeat(100_000), 400, "JSON"),
                Arguments.of(change(OFF) + " ".repeat(512 * 1024), 413, "512 KiB"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aChangeThatIsNoneIsOneProblem(String body, int status, String named) throws Exception {
        HttpResponse<String> answer = demo.client().sendAs("POST", "/api/whatif", "application/json", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).contains("application/problem+json");
        assertThat(json(answer).path("type").asText())
                .isEqualTo("urn:parc:problem:" + (status == 413 ? "too-large" : "invalid-request"));
        assertThat(json(answer).path("detail").asText()).contains(named).matches("[\\x20-\\x7e\\u2026]{1,400}");
    }

    @Test
    void aChangeMustBeJson() throws Exception {
        assertThat(demo.client()
                        .sendAs("POST", "/api/whatif", "text/plain", change(OFF))
                        .statusCode())
                .isEqualTo(415);
    }

    private CompositionRoot host(Supplier<Tenant> tenant, Instant now) {
        return CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        tenant,
                        opened -> Stores.files(data, "tenant"),
                        Roadmap.checks(),
                        Clock.fixed(now, ZoneOffset.UTC))
                .root();
    }

    private static @Nullable Object call(
            CompositionRoot parc, String function, String message, long attempt, Map<String, String> put) {
        return ServeHost.functions(() -> parc).stream()
                .filter(one -> one.name().equals(function))
                .findFirst()
                .orElseThrow()
                .call(message, Map.of("DequeueCount", attempt), put::put);
    }

    @Test
    void anotherHostProvesItAndAThirdFindsItForADay() {
        String id = host(SnapshotTenant::demo, NOW).whatIfs().begin(ChangeJson.read(change(OFF)), "Zoë");
        assertThat(host(SnapshotTenant::demo, NOW)
                        .whatIfs()
                        .find(id)
                        .orElseThrow()
                        .state())
                .isEqualTo(State.QUEUED);

        call(host(SnapshotTenant::demo, NOW), "DoRun", WhatIfs.message(id), 1, put);
        call(host(SnapshotTenant::demo, NOW), "DoRun", WhatIfs.message(id), 2, put);

        Instant later = NOW.plus(WhatIfs.KEPT);
        CompositionRoot third = host(SnapshotTenant::demo, later.minusSeconds(1));
        third.whatIfs().deleteOld();
        assertThat(third.whatIfs().find(id).orElseThrow()).satisfies(it -> {
            assertThat(it.state()).isEqualTo(State.DONE);
            assertThat(it.requestedBy()).isEqualTo("Zoë");
            assertThat(it.proof().orElseThrow()).contains("parc-proof/1");
        });
        CompositionRoot after = host(SnapshotTenant::demo, later);
        assertThat(after.whatIfs().find(id)).isEmpty();
        assertThat(after.store().parts(id)).isNotEmpty();
        after.whatIfs().deleteOld();
        assertThat(after.store().parts(id)).isEmpty();
        after.whatIfs().work(id, 1, LOG);
        assertThat(after.store().parts(id)).isEmpty();
        assertThat(after.store().runs(RunRange.newest(10))).isEmpty();
        assertThat(after.store().lastPublished()).isZero();
        assertThat(put).isEmpty();
    }

    @Test
    void aTenantThatCannotBeReachedIsTriedAgainAndThenGivenUp() {
        CompositionRoot parc = host(dev.parc.app.FakeTenant::new, NOW);
        String id = parc.whatIfs().begin(ChangeJson.read(change(OFF)), "Ann");

        for (int attempt = 1; attempt <= Runs.ATTEMPTS; attempt++) {
            int taken = attempt;
            assertThat(parc.whatIfs().find(id).orElseThrow().state())
                    .isEqualTo(attempt == 1 ? State.QUEUED : State.RUNNING);
            assertThatThrownBy(() -> call(parc, "DoRun", WhatIfs.message(id), taken, put))
                    .isInstanceOf(TenantException.class);
        }

        assertThat(parc.whatIfs().find(id).orElseThrow().state()).isEqualTo(State.FAILED);
        call(parc, "GiveUpRun", WhatIfs.message(id), 1, put);
        assertThat(parc.whatIfs().find(id).orElseThrow().progress()).contains("cannot be proved on this tenant");
    }

    @Test
    void aPoisonMessageEndsItAndOneOfNothingIsNothing() {
        CompositionRoot parc = host(SnapshotTenant::demo, NOW);
        String id = parc.whatIfs().begin(ChangeJson.read(change(OFF)), "Ann");

        call(parc, "GiveUpRun", WhatIfs.message(id), 1, put);
        call(parc, "GiveUpRun", WhatIfs.message("20260131T080000Z-00000001"), 1, put);
        call(parc, "DoRun", WhatIfs.message("20260131T080000Z-00000001"), 1, put);
        call(parc, "DoRun", WhatIfs.message(id), 1, put);

        assertThat(parc.whatIfs().find(id).orElseThrow()).satisfies(it -> {
            assertThat(it.state()).isEqualTo(State.FAILED);
            assertThat(it.progress()).isEqualTo("given up after " + Runs.ATTEMPTS + " attempts");
        });
        assertThat(parc.store().parts("20260131T080000Z-00000001")).isEmpty();
        assertThat(put).isEmpty();
        assertThat(Duration.between(NOW, parc.whatIfs().find(id).orElseThrow().expiresAt()))
                .isEqualTo(Duration.ofDays(1));
    }
}
