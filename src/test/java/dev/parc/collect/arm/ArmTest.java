package dev.parc.collect.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.http.Answer;
import dev.parc.collect.http.HttpsStub;
import dev.parc.collect.http.HttpsStub.Reply;
import dev.parc.collect.http.HttpsStub.Request;
import dev.parc.collect.http.RetryBudget;
import dev.parc.collect.http.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From a request to the socket and back. */
class ArmTest {

    private static final ArmRequest SUBSCRIPTIONS = ArmRequest.get("/subscriptions", "2022-12-01");
    private static final ArmRequest QUESTION = ArmRequest.ofResourceGraph("resources | project id");

    private final Waiting waiting = Waiting.virtual(Instant.EPOCH);

    private record Asked(Answer answer, List<Request> received, int calls, int throttled) {}

    private Asked ask(ArmRequest request, Function<HttpsStub.Request, Reply> replies) throws Exception {
        try (HttpsStub stub = new HttpsStub(replies);
                Arm arm = new Arm(stub.wire(), stub.uri(), RetryBudget.DEFAULT, waiting)) {
            Answer answer = arm.ask(request);
            return new Asked(
                    answer,
                    List.copyOf(stub.received()),
                    arm.tally().calls(),
                    arm.tally().throttled());
        }
    }

    private static Function<Request, Reply> inTurn(Reply... replies) {
        AtomicInteger calls = new AtomicInteger();
        return request -> replies[Math.min(calls.getAndIncrement(), replies.length - 1)];
    }

    private static String json(Asked asked) {
        assertThat(asked.answer()).isInstanceOf(Answer.Value.class);
        return asked.answer() instanceof Answer.Value value ? value.body().toString() : "";
    }

    private static String failure(Asked asked) {
        assertThat(asked.answer()).isInstanceOf(Answer.Failed.class);
        return asked.answer() instanceof Answer.Failed failed ? failed.reason() : "";
    }

    private Duration waited() {
        return Duration.between(Instant.EPOCH, waiting.now());
    }

    @Test
    void aListIsReadToItsLastPageWithTheTokenOfTheEndpoint() throws Exception {
        Asked asked = ask(
                SUBSCRIPTIONS,
                request -> request.target().contains("skiptoken")
                        ? Reply.json(200, "{\"value\":[3]}")
                        : Reply.json(
                                200,
                                "{\"value\":[1,2],\"nextLink\":\"https://"
                                        + request.headers().get("host")
                                        + "/subscriptions?api-version=2022-12-01&$skiptoken=2\"}"));
        assertThat(json(asked)).isEqualTo("{\"value\":[1,2,3]}");
        assertThat(asked.received())
                .hasSize(2)
                .allSatisfy(request ->
                        assertThat(request.headers()).containsEntry("authorization", "Bearer " + HttpsStub.TOKEN));
    }

    @Test
    void aPageElsewhereIsNotAskedForAndTheListFails() throws Exception {
        assertThat(failure(ask(
                        SUBSCRIPTIONS,
                        inTurn(Reply.json(
                                200, "{\"value\":[1],\"nextLink\":\"https://elsewhere.example/subscriptions\"}")))))
                .startsWith("page 2 of its answer is missing: it leads away from");
    }

    @Test
    void anEmptyNextLinkIsTheEnd() throws Exception {
        assertThat(json(ask(SUBSCRIPTIONS, inTurn(Reply.json(200, "{\"value\":[1],\"nextLink\":\"\"}")))))
                .isEqualTo("{\"value\":[1]}");
    }

    @Test
    void resourceGraphIsReadToTheLastTokenAsOneList() throws Exception {
        Asked asked = ask(
                QUESTION,
                inTurn(
                        Reply.json(200, "{\"totalRecords\":3,\"data\":[1,2],\"$skipToken\":\"further\"}"),
                        Reply.json(200, "{\"totalRecords\":3,\"data\":[3]}")));
        assertThat(json(asked)).isEqualTo("{\"value\":[1,2,3]}");
        assertThat(asked.received().get(0).body()).doesNotContain("skipToken").contains("\"$top\":1000");
        assertThat(asked.received().get(1).body())
                .contains("\"$skipToken\":\"further\"")
                .contains("resources | project id");
    }

    @Test
    void fewerRowsThanResourceGraphCountsAreNoList() throws Exception {
        assertThat(failure(ask(
                        QUESTION,
                        inTurn(Reply.json(200, "{\"totalRecords\":3,\"resultTruncated\":\"true\",\"data\":[1]}")))))
                .isEqualTo("Azure Resource Graph gave 1 of 3 rows; run again later");
    }

    @Test
    void aThrottledReadIsAskedAgainWhenItIsTold() throws Exception {
        Asked asked =
                ask(SUBSCRIPTIONS, inTurn(Reply.json(429, "{}", "Retry-After: 17"), Reply.json(200, "{\"value\":[]}")));
        assertThat(json(asked)).isEqualTo("{\"value\":[]}");
        assertThat(waited()).isEqualTo(Duration.ofSeconds(17));
        assertThat(asked.throttled()).isEqualTo(1);
        assertThat(asked.calls()).isEqualTo(2);
    }

    @Test
    void throttlingThatDoesNotEndIsAReason() throws Exception {
        assertThat(failure(ask(SUBSCRIPTIONS, inTurn(Reply.json(429, "{}", "Retry-After: 100")))))
                .startsWith("Azure Resource Manager throttled it (429) (asked 4 times");
    }

    @Test
    void aThrottledQuestionWaitsForItsQuota() throws Exception {
        json(ask(
                QUESTION,
                inTurn(
                        Reply.json(429, "{}", "x-ms-user-quota-remaining: 0", "x-ms-user-quota-resets-after: 00:00:05"),
                        Reply.json(200, "{\"totalRecords\":0,\"data\":[]}"))));
        assertThat(waited()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theNextPageWaitsWhereTheQuotaIsUsedUp() throws Exception {
        json(ask(
                QUESTION,
                inTurn(
                        Reply.json(
                                200,
                                "{\"data\":[1],\"$skipToken\":\"2\"}",
                                "x-ms-user-quota-remaining: 0",
                                "x-ms-user-quota-resets-after: 00:00:03.5"),
                        Reply.json(200, "{\"data\":[2]}"))));
        assertThat(waited()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aRefusalKeepsItsCode() throws Exception {
        assertThat(ask(
                                SUBSCRIPTIONS,
                                inTurn(Reply.json(
                                        403, "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"no\"}}")))
                        .answer())
                .isEqualTo(new Answer.Refused(403, "AuthorizationFailed", "no"));
    }

    @Test
    void twoThousandSubscriptionsAreAskedEightAtATime() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Map<Integer, ArmRequest> requests = IntStream.range(0, 2_000)
                .boxed()
                .collect(Collectors.toMap(
                        number -> number, number -> ArmRequest.get("/subscriptions/" + number + "/x", "1")));
        try (Arm arm = new Arm(
                request -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    now.decrementAndGet();
                    return new dev.parc.collect.http.WireResponse(200, Map.of(), "{\"value\":[]}");
                },
                java.net.URI.create("https://management.azure.com"),
                RetryBudget.DEFAULT,
                waiting)) {
            assertThat(arm.ask(requests)).hasSize(2_000);
            assertThat(arm.tally().calls()).isEqualTo(2_000);
        }
        assertThat(most.get()).isLessThanOrEqualTo(8);
        assertThat(waited()).isZero();
    }
}
