package dev.parc.desk;

import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Series, findings and changes of the demo tenant's past, and subscriptions to them. */
class TrendsOverHttpTest {

    private static final String CALLBACK = "https://prod-1.westeurope.logic.azure.com/workflows/1?sig=secret-of-a-test";

    private static DemoServing demo;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        demo = new DemoServing();
        client = demo.client();
    }

    @AfterAll
    static void stop() throws Exception {
        demo.close();
    }

    private static JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = client.get("/api" + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    @Test
    void aSeriesIsTheSameInPagesAsInOne() throws Exception {
        JsonNode whole = get("/trends?stage=1").path("series").path(0);
        List<JsonNode> points = new ArrayList<>();
        JsonNode page = get("/trends?stage=S1&limit=2").path("series").path(0);
        while (true) {
            assertThat(page.path("points").size()).isLessThanOrEqualTo(2);
            points.addAll(list(page.path("points")));
            if (!page.has("continuation")) {
                break;
            }
            page = get("/trends?stage=S1&limit=2&continuation="
                            + page.path("continuation").asText())
                    .path("series")
                    .path(0);
        }

        assertThat(points).hasSizeGreaterThan(3).isEqualTo(list(whole.path("points")));
        assertThat(whole.has("continuation")).isFalse();
        assertThat(points).extracting(point -> point.path("at").asText()).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void aSeriesKeepsToItsTimes() throws Exception {
        List<JsonNode> all = list(get("/trends?stage=S1").at("/series/0/points"));
        String from = all.get(2).path("at").asText().substring(0, 10);
        String to = all.get(0).path("at").asText().substring(0, 10);

        List<JsonNode> some =
                list(get("/trends?stage=S1&from=" + from + "&to=" + to).at("/series/0/points"));

        assertThat(some)
                .isNotEmpty()
                .hasSizeLessThan(all.size())
                .allSatisfy(point -> assertThat(point.path("at").asText().substring(0, 10))
                        .isBetween(from, to)
                        .isNotEqualTo(to));
    }

    @Test
    void whatWasRemediedIsCountedOverThePointsShown() throws Exception {
        JsonNode series = get("/trends?stage=S1").path("series").path(0);
        int resolved = 0;
        for (JsonNode point : series.path("points")) {
            resolved += point.path("resolved").asInt();
        }

        assertThat(series.path("resolved").asInt()).isEqualTo(resolved).isPositive();
        assertThat(series.path("meanSecondsToRemediate").asLong()).isPositive();
        assertThat(get("/trends").path("series").findValuesAsText("stage")).contains("S1", "S2", "S3", "S4", "BG");
    }

    @Test
    void findingsAreSkippedAndLimitedTheOpenOnesFirst() throws Exception {
        JsonNode whole = get("/checks/s1-02/findings?limit=1000");
        List<JsonNode> all = list(whole.path("findings"));
        JsonNode page = get("/checks/S1-02/findings?limit=2&skip=1");

        assertThat(whole.path("total").asInt()).isEqualTo(all.size()).isGreaterThan(3);
        assertThat(whole.has("next")).isFalse();
        assertThat(list(page.path("findings"))).isEqualTo(all.subList(1, 3));
        assertThat(page.path("next").asInt()).isEqualTo(3);
        List<Boolean> resolved = all.stream().map(one -> one.has("resolvedAt")).toList();
        assertThat(resolved).isSorted();
        assertThat(list(get("/checks/S1-02/findings?skip=999999").path("findings")))
                .isEmpty();
    }

    @Test
    void changesAreFilteredBySeverityStageAndKind() throws Exception {
        List<JsonNode> all = list(get("/changes?limit=1000").path("changes"));
        assertThat(all).isNotEmpty();
        JsonNode one = all.get(0);

        List<JsonNode> some = list(get("/changes?limit=1000&kinds=%s&stages=%s&severities=%s"
                        .formatted(
                                one.path("kind").asText().toLowerCase(java.util.Locale.ROOT),
                                one.path("stage").asText(),
                                one.path("severity").asText()))
                .path("changes"));

        assertThat(some).contains(one).allSatisfy(change -> {
            assertThat(change.path("kind")).isEqualTo(one.path("kind"));
            assertThat(change.path("stage")).isEqualTo(one.path("stage"));
            assertThat(change.path("severity")).isEqualTo(one.path("severity"));
        });
        assertThat(some)
                .isEqualTo(all.stream()
                        .filter(change -> change.path("kind").equals(one.path("kind"))
                                && change.path("stage").equals(one.path("stage"))
                                && change.path("severity").equals(one.path("severity")))
                        .toList());
    }

    @Test
    void changesSinceAnEarlierRunAreThoseOfTheTwoAlone() throws Exception {
        List<String> runs = get("/runs?stage=S1&limit=200").path("runs").findValuesAsText("runId");
        String oldest = runs.get(runs.size() - 1);

        JsonNode between = get("/runs/" + runs.get(0) + "/changes?since=" + oldest);

        assertThat(between.path("since").asText()).isEqualTo(oldest);
        assertThat(get("/runs/" + oldest + "/changes?since=" + oldest).path("changes"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/trends?stage=S9, 404, unknown-stage",
        "/trends?limit=0, 400, invalid-request",
        "/trends?limit=1001, 400, invalid-request",
        "/trends?from=2026-02-30, 400, invalid-request",
        "/trends?from=2026-02-02&to=2026-02-02, 400, invalid-request",
        "/trends?continuation=x, 400, invalid-request",
        "/changes?kinds=GOOD, 400, invalid-request",
        "/changes?stages=S1;S2, 400, invalid-request",
        "/changes?severities=HIGH;, 400, invalid-request",
        "/changes?triggerState=x, 400, invalid-request",
        "/checks/S1-99/findings, 404, unknown-check",
        "/checks/S1-02/findings?skip=-1, 400, invalid-request",
        "/checks/S1-02/findings?limit=1001, 400, invalid-request",
        "/runs/x/changes, 404, unknown-run",
        "/runs/20200101T000000Z-00000000/changes, 404, unknown-run"
    })
    void whatCannotBeAskedIsAProblem(String path, int status, String type) throws Exception {
        HttpResponse<String> answer = client.get("/api" + path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("type").asText()).isEqualTo("urn:parc:problem:" + type);
    }

    @Test
    void aSubscriptionIsShownWithItsFilterAndWithoutItsSecrets() throws Exception {
        HttpResponse<String> made = client.post(
                "/api/hooks",
                "{\"callbackUrl\":\"" + CALLBACK + "\",\"stages\":[\"s1\"],\"kinds\":[\"LOST_MFA\",\"lost_mfa\"]}");

        assertThat(made.statusCode()).isEqualTo(201);
        String location = made.headers().firstValue("Location").orElseThrow();
        assertThat(location)
                .isEqualTo(
                        demo.address() + "/api/hooks/" + json(made).path("id").asText());
        assertThat(json(made).path("signingKey").asText()).isNotEmpty();
        HttpResponse<String> listed = client.get("/api/hooks");
        JsonNode hook = json(listed).path("hooks").path(0);
        assertThat(hook.path("filter").toString())
                .isEqualTo("{\"stages\":[\"S1\"],\"severities\":[],\"kinds\":[\"LOST_MFA\"]}");
        assertThat(hook.path("host").asText()).isEqualTo("prod-1.westeurope.logic.azure.com");
        assertThat(hook.path("createdBy").asText()).isEqualTo("this machine");
        assertThat(listed.body())
                .doesNotContain(
                        "secret-of-a-test",
                        "workflows",
                        json(made).path("signingKey").asText());

        String path = location.substring(demo.address().length());
        assertThat(client.send("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(client.send("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(get("/hooks").path("hooks")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"callbackUrl\":7}",
                "{\"callbackUrl\":\"http://prod-1.westeurope.logic.azure.com/\"}",
                "{\"callbackUrl\":\"https://prod-1.westeurope.logic.azure.com.contoso.com/\"}",
                "{\"callbackUrl\":\"https://169.254.169.254/metadata\"}",
                "{\"callbackUrl\":\"https://user@prod-1.westeurope.logic.azure.com/\"}",
                "{\"callbackUrl\":\"https://prod-1.westeurope.logic.azure.com/\",\"kinds\":\"LOST_MFA\"}",
                "{\"callbackUrl\":\"https://prod-1.westeurope.logic.azure.com/\",\"kinds\":[\"GOOD\"]}",
                "{\"callbackUrl\":\"https://prod-1.westeurope.logic.azure.com/\",\"more\":1}"
            })
    void aSubscriptionThatCannotBeIsRefusedWithoutRepeatingIt(String body) throws Exception {
        HttpResponse<String> answer = client.post("/api/hooks", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("metadata", "user@");
    }
}
