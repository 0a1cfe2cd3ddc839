package dev.parc.collect.graph;

import static dev.parc.collect.graph.GraphApi.BETA;
import static dev.parc.collect.graph.GraphApi.V1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.graph.users.item.checkmembergroups.CheckMemberGroupsPostRequestBody;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.Answer;
import dev.parc.collect.http.BatchBody;
import dev.parc.collect.http.CutOffException;
import dev.parc.collect.http.RetryBudget;
import dev.parc.collect.http.Waiting;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BatchingGraphTest {

    private static final URI ENDPOINT = URI.create("https://graph.microsoft.us");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Waiting waiting = Waiting.virtual(START);
    private final List<WireRequest> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<Instant> times = Collections.synchronizedList(new ArrayList<>());

    /** Answers singly or in a batch by the same function. */
    private Wire wire(Function<WireRequest, WireResponse> answers) {
        return request -> {
            sent.add(request);
            times.add(waiting.now());
            if (!BatchBody.isBatch(request)) {
                return answers.apply(request);
            }
            Map<String, WireResponse> inside = new LinkedHashMap<>();
            BatchBody.requests(request).forEach((id, one) -> inside.put(id, answers.apply(one)));
            return BatchBody.answer(inside);
        };
    }

    private BatchingGraph graph(Wire wire) {
        return new BatchingGraph(wire, ENDPOINT, RetryBudget.DEFAULT, waiting, Duration.ofMillis(5));
    }

    private static WireResponse ok(String body) {
        return new WireResponse(200, Map.of(), body);
    }

    private GraphRequest user(int number) {
        return GraphRequest.of(V1.users()
                .byUserId("00000000-0000-4000-8000-%012d".formatted(number))
                .toGetRequestInformation(it -> it.queryParameters.select = new String[] {"id"}));
    }

    private Map<Integer, GraphRequest> users(int count) {
        Map<Integer, GraphRequest> requests = new LinkedHashMap<>();
        for (int number = 0; number < count; number++) {
            requests.put(number, user(number));
        }
        return requests;
    }

    private static WireResponse itself(WireRequest request) {
        return ok("{\"id\":\"" + request.uri().getPath().replaceAll(".*/", "") + "\"}");
    }

    private static String json(Answer answer) {
        return ((Answer.Value) answer).body().toString();
    }

    private static String reason(Answer answer) {
        return ((Answer.Failed) answer).reason();
    }

    // batches

    @Test
    void fortyUsersTakeTwoBatchesAndEachGetsItsOwnAnswer() {
        BatchingGraph graph = graph(wire(BatchingGraphTest::itself));
        Map<Integer, Answer> answers = graph.ask(users(40));
        assertThat(sent).hasSize(2).allMatch(BatchBody::isBatch);
        assertThat(answers).hasSize(40);
        answers.forEach((number, answer) ->
                assertThat(json(answer)).isEqualTo("{\"id\":\"00000000-0000-4000-8000-%012d\"}".formatted(number)));
        assertThat(graph.tally().calls()).isEqualTo(2);
        assertThat(graph.tally().byRequest()).isEqualTo(Map.of("GET /v1.0/users/{id}", 40));
    }

    @Test
    void oneRequestGoesPlainlyToTheEndpointOfTheGraph() {
        graph(wire(BatchingGraphTest::itself)).ask(user(7));
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).uri())
                .hasToString("https://graph.microsoft.us/v1.0/users/00000000-0000-4000-8000-000000000007?$select=id");
    }

    @Test
    void aBatchHoldsRelativeUrlsAndTextIds() {
        graph(wire(BatchingGraphTest::itself)).ask(users(2));
        assertThat(sent.get(0).uri()).hasToString("https://graph.microsoft.us/v1.0/$batch");
        assertThat(sent.get(0).headers()).containsEntry("content-type", "application/json");
        assertThat(sent.get(0).body())
                .startsWith("{\"requests\":[{\"id\":\"1\",\"method\":\"GET\","
                        + "\"url\":\"/users/00000000-0000-4000-8000-000000000000?$select=id\"}");
    }

    @Test
    void aPostInABatchCarriesItsBodyAndContentType() {
        CheckMemberGroupsPostRequestBody body = new CheckMemberGroupsPostRequestBody();
        body.setGroupIds(List.of("g"));
        GraphRequest post =
                GraphRequest.of(V1.users().byUserId("7").checkMemberGroups().toPostRequestInformation(body));
        graph(wire(request -> ok("{\"value\":[]}"))).ask(Map.of("post", post, "get", user(1)));
        WireRequest inside = BatchBody.requests(sent.get(0)).values().stream()
                .filter(one -> one.method().equals("POST"))
                .findFirst()
                .orElseThrow();
        assertThat(inside.body()).isEqualTo("{\"groupIds\":[\"g\"]}");
        assertThat(inside.headers()).containsEntry("content-type", "application/json");
    }

    @Test
    void betaHasItsOwnBatch() {
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        requests.put("a", user(1));
        requests.put("b", user(2));
        requests.put(
                "c",
                GraphRequest.of(BETA.organization()
                        .toGetRequestInformation(it -> it.queryParameters.select = new String[] {"id"})));
        requests.put(
                "d",
                GraphRequest.of(
                        BETA.roleManagement().directory().roleDefinitions().toGetRequestInformation()));
        graph(wire(request -> ok("{\"value\":[]}"))).ask(requests);
        assertThat(sent.stream().map(request -> request.uri().getPath()))
                .containsExactlyInAnyOrder("/v1.0/$batch", "/beta/$batch");
    }

    @Test
    void requestsOfSeveralThreadsShareBatches() throws Exception {
        BatchingGraph graph = new BatchingGraph(
                wire(BatchingGraphTest::itself), ENDPOINT, RetryBudget.DEFAULT, waiting, Duration.ofDays(1));
        List<Thread> threads = new ArrayList<>();
        Map<Integer, Answer> answers = new ConcurrentHashMap<>();
        for (int number = 0; number < 20; number++) {
            int one = number;
            threads.add(new Thread(() -> answers.put(one, graph.ask(user(one)))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers).hasSize(20);
        assertThat(sent).hasSize(1);
    }

    @Test
    void aRefusalInsideABatchIsThatRequestsAlone() {
        Map<Integer, Answer> answers = graph(
                        wire(request -> request.uri().getPath().endsWith("1")
                                ? new WireResponse(
                                        403,
                                        Map.of(),
                                        "{\"error\":{\"code\":\"Authorization_RequestDenied\",\"message\":\"no\"}}")
                                : itself(request)))
                .ask(users(3));
        assertThat(answers.get(1)).isEqualTo(new Answer.Refused(403, "Authorization_RequestDenied", "no"));
        assertThat(answers.get(0)).isInstanceOf(Answer.Value.class);
        assertThat(answers.get(2)).isInstanceOf(Answer.Value.class);
    }

    @Test
    void aRequestThatABatchForgetsIsAskedAgain() {
        AtomicInteger calls = new AtomicInteger();
        Map<Integer, Answer> answers = graph(request -> {
                    sent.add(request);
                    if (calls.incrementAndGet() > 1) {
                        return itself(request);
                    }
                    return BatchBody.answer(Map.of("1", ok("{\"id\":\"first\"}")));
                })
                .ask(users(2));
        assertThat(json(Objects.requireNonNull(answers.get(0)))).isEqualTo("{\"id\":\"first\"}");
        assertThat(json(Objects.requireNonNull(answers.get(1))))
                .isEqualTo("{\"id\":\"00000000-0000-4000-8000-000000000001\"}");
    }

    // retries

    @Test
    void onlyWhatIsThrottledInsideABatchIsAskedAgainAfterTheLongestTime() {
        AtomicInteger throttled = new AtomicInteger();
        BatchingGraph graph = graph(wire(request -> {
            String path = request.uri().getPath();
            if ((path.endsWith("2") || path.endsWith("3")) && throttled.incrementAndGet() <= 2) {
                return new WireResponse(429, Map.of("retry-after", path.endsWith("2") ? "30" : "10"), "{\"error\":{}}");
            }
            return itself(request);
        }));
        Map<Integer, Answer> answers = graph.ask(users(5));
        assertThat(answers.values()).allMatch(Answer.Value.class::isInstance);
        assertThat(sent).hasSize(2);
        assertThat(BatchBody.requests(sent.get(1)).values().stream()
                        .map(one -> one.uri().getPath().replaceAll(".*0", "")))
                .containsExactly("2", "3");
        assertThat(Duration.between(times.get(0), times.get(1))).isEqualTo(Duration.ofSeconds(30));
        assertThat(graph.tally().throttled()).isEqualTo(2);
        assertThat(graph.tally().byRequest()).isEqualTo(Map.of("GET /v1.0/users/{id}", 7));
    }

    @Test
    void retryAfterAsADateIsHonoured() {
        AtomicInteger calls = new AtomicInteger();
        graph(wire(request -> calls.incrementAndGet() == 1
                        ? new WireResponse(503, Map.of("retry-after", "Thu, 01 Jan 2026 00:00:42 GMT"), "")
                        : itself(request)))
                .ask(user(1));
        assertThat(times).containsExactly(START, START.plusSeconds(42));
    }

    @Test
    void withoutRetryAfterThePausesGrow() {
        Answer answer =
                graph(wire(request -> new WireResponse(429, Map.of(), ""))).ask(user(1));
        assertThat(times).hasSize(6);
        for (int attempt = 1; attempt < 6; attempt++) {
            assertThat(Duration.between(times.get(attempt - 1), times.get(attempt)))
                    .isBetween(Duration.ofSeconds(1L << (attempt - 1)), Duration.ofMillis(1500L << (attempt - 1)));
        }
        assertThat(reason(answer)).isEqualTo("Graph throttled it (429) (asked 6 times); run again later");
    }

    @Test
    void aRetryAfterBeyondTheBudgetIsNotWaitedFor() {
        Answer answer = graph(wire(request -> new WireResponse(429, Map.of("retry-after", "3600"), "")))
                .ask(user(1));
        assertThat(times).hasSize(1);
        assertThat(reason(answer))
                .isEqualTo("Graph throttled it (429) (asked once, and it wants 3600 more seconds); run again later");
    }

    @Test
    void oneRequestThatMustWaitTooLongDoesNotTakeTheOthersWithIt() {
        AtomicInteger throttled = new AtomicInteger();
        Map<Integer, Answer> answers = graph(wire(request -> {
                    if (throttled.incrementAndGet() > 2) {
                        return itself(request);
                    }
                    String seconds = request.uri().getPath().endsWith("0") ? "3600" : "10";
                    return new WireResponse(429, Map.of("retry-after", seconds), "");
                }))
                .ask(users(2));
        assertThat(answers.get(0)).isInstanceOf(Answer.Failed.class);
        assertThat(answers.get(1)).isInstanceOf(Answer.Value.class);
        assertThat(times).containsExactly(START, START.plusSeconds(10));
    }

    @Test
    void aWholeBatchThatFailsIsAskedAgain() {
        AtomicInteger calls = new AtomicInteger();
        Wire good = wire(BatchingGraphTest::itself);
        Map<Integer, Answer> answers = graph(request ->
                        calls.incrementAndGet() < 3 ? new WireResponse(504, Map.of(), "<html>") : good.send(request))
                .ask(users(20));
        assertThat(answers.values()).allMatch(Answer.Value.class::isInstance);
        assertThat(calls).hasValue(3);
    }

    @Test
    void anAnswerThatIsAlwaysCutOffFails() {
        assertThat(reason(graph(request -> {
                            throw new CutOffException();
                        })
                        .ask(user(1))))
                .startsWith("the answer was cut off (asked 6 times");
        assertThat(reason(graph(wire(request -> ok("{\"value\":["))).ask(user(1))))
                .startsWith("the answer was cut off (asked 6 times");
    }

    @Test
    void aLostConnectionIsTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        Answer answer = graph(request -> {
                    if (calls.incrementAndGet() < 3) {
                        throw new IOException("connection reset");
                    }
                    return itself(request);
                })
                .ask(user(1));
        assertThat(answer).isInstanceOf(Answer.Value.class);
    }

    @Test
    void whereNothingEverAnswersTheRestIsNotTried() {
        BatchingGraph graph = graph(request -> {
            sent.add(request);
            throw new IOException("connection refused");
        });
        assertThat(reason(graph.ask(user(1)))).startsWith("Graph could not be reached: connection refused");
        assertThat(sent).hasSize(3);
        assertThat(graph.ask(user(2))).isInstanceOf(Answer.Failed.class);
        assertThat(sent).hasSize(3);
        assertThat(graph.unreachable())
                .hasValueSatisfying(why -> assertThat(why).contains("connection refused"));
    }

    @Test
    void oneLostAnswerDoesNotMakeGraphUnreachable() {
        BatchingGraph graph = graph(request -> {
            if (request.uri().getPath().endsWith("1")) {
                throw new IOException("connection reset");
            }
            return itself(request);
        });
        assertThat(graph.ask(user(2))).isInstanceOf(Answer.Value.class);
        assertThat(graph.ask(user(1))).isInstanceOf(Answer.Failed.class);
        assertThat(graph.unreachable()).isEmpty();
        assertThat(graph.ask(user(2))).isInstanceOf(Answer.Value.class);
    }

    @Test
    void aRefusalIsNotAskedAgain() {
        for (int status : new int[] {400, 401, 403, 404, 410, 501}) {
            sent.clear();
            Answer answer = graph(wire(request -> new WireResponse(status, Map.of(), "no JSON")))
                    .ask(user(1));
            assertThat(answer).isEqualTo(new Answer.Refused(status, "", ""));
            assertThat(sent).hasSize(1);
        }
    }

    @Test
    void aRedirectIsAFailure() {
        assertThat(reason(graph(wire(request -> new WireResponse(302, Map.of(), "")))
                        .ask(user(1))))
                .isEqualTo("Graph answered with a redirect (302), which PARC does not follow");
    }

    @Test
    void whatWillNeverBeAnsweredSaysWhyAtOnce() {
        Map<Integer, Answer> answers = graph(wire(request -> WireResponse.unanswered("it is not in the snapshot")))
                .ask(users(2));
        assertThat(answers.values()).containsOnly(new Answer.Failed("it is not in the snapshot"));
        assertThat(sent).hasSize(1);
    }

    @Test
    void aMissingCredentialEndsTheReading() {
        assertThatThrownBy(() -> graph(request -> {
                            throw new TenantException("no Azure credential was found");
                        })
                        .ask(users(3)))
                .isInstanceOf(TenantException.class)
                .hasMessage("no Azure credential was found");
    }

    // pages

    private static WireResponse page(String items, String next) {
        return ok("{\"value\":[" + items + "]" + (next.isEmpty() ? "" : ",\"@odata.nextLink\":\"" + next + "\"") + "}");
    }

    private GraphRequest groups() {
        return GraphRequest.of(V1.groups().toGetRequestInformation());
    }

    @Test
    void pagesAreReadToTheLastAndMerged() {
        BatchingGraph graph = graph(wire(request -> {
            String token = String.valueOf(request.uri().getQuery());
            return switch (token) {
                case "$skiptoken=2" -> page("3", ENDPOINT + "/v1.0/groups?$skiptoken=3");
                case "$skiptoken=3" -> page("4", "");
                default -> page("1,2", ENDPOINT + "/v1.0/groups?$skiptoken=2");
            };
        }));
        Map<String, Answer> answers = graph.ask(Map.of("groups", groups(), "user", user(1)));
        assertThat(json(Objects.requireNonNull(answers.get("groups")))).isEqualTo("{\"value\":[1,2,3,4]}");
        assertThat(graph.tally().calls()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void onlyTheFirstPageIsReadWhereNoMoreIsWanted() {
        Wire wire = wire(request -> page("1,2", ENDPOINT + "/v1.0/groups?$skiptoken=2"));
        assertThat(json(graph(wire).ask(groups().firstPage())))
                .isEqualTo("{\"value\":[1,2],\"@odata.nextLink\":\"" + ENDPOINT + "/v1.0/groups?$skiptoken=2\"}");
        assertThat(sent).hasSize(1);
    }

    @Test
    void aListThatLacksAPageIsNoList() {
        Wire wire = wire(request -> request.uri().getQuery() == null
                ? page("1", ENDPOINT + "/v1.0/groups?$skiptoken=2")
                : new WireResponse(403, Map.of(), "{\"error\":{\"code\":\"Denied\",\"message\":\"no\"}}"));
        assertThat(reason(graph(wire).ask(groups()))).isEqualTo("page 2 of its answer was refused: 403 Denied no");
    }

    @Test
    void aPageThatComesWithoutAListIsAFailure() {
        Wire wire = wire(request -> request.uri().getQuery() == null
                ? page("1", ENDPOINT + "/v1.0/groups?$skiptoken=2")
                : ok("{\"value\":{}}"));
        assertThat(reason(graph(wire).ask(groups()))).isEqualTo("page 2 of its answer is no list");
    }

    @Test
    void pagesThatGoRoundInACircleAreAFailure() {
        Wire wire = wire(request -> page("1", ENDPOINT + "/v1.0/groups?$skiptoken=2"));
        assertThat(reason(graph(wire).ask(groups()))).isEqualTo("its pages do not come to an end");
        assertThat(sent).hasSize(2);
    }

    @Test
    void aThrottledPageIsAskedAgain() {
        AtomicInteger calls = new AtomicInteger();
        Wire wire = wire(request -> switch (calls.incrementAndGet()) {
            case 1 -> page("1", ENDPOINT + "/v1.0/groups?$skiptoken=2");
            case 2 -> new WireResponse(429, Map.of("retry-after", "5"), "");
            default -> page("2", "");
        });
        assertThat(json(graph(wire).ask(groups()))).isEqualTo("{\"value\":[1,2]}");
    }

    // throttling classes

    @Test
    void conditionalAccessIsNeverBatchedAndAskedOnceASecondAtMost() {
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        requests.put(
                "a",
                GraphRequest.of(V1.identity().conditionalAccess().policies().toGetRequestInformation()));
        requests.put(
                "b",
                GraphRequest.of(
                        V1.identity().conditionalAccess().namedLocations().toGetRequestInformation()));
        requests.put("c", GraphRequest.of(V1.identityProtection().riskyUsers().toGetRequestInformation()));
        AtomicInteger calls = new AtomicInteger();
        graph(wire(request -> switch (calls.incrementAndGet()) {
                    case 2 -> new WireResponse(429, Map.of(), "");
                    case 3 -> page("1", request.uri() + "?$skiptoken=2");
                    default -> page("1", "");
                }))
                .ask(requests);
        assertThat(sent).hasSize(5).noneMatch(BatchBody::isBatch);
        for (int call = 1; call < times.size(); call++) {
            assertThat(Duration.between(times.get(call - 1), times.get(call)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void reportsTakeFiveRequestsInTenSecondsAndShareNoBatchWithOthers() {
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        for (int number = 0; number < 12; number++) {
            requests.put(
                    "r" + number,
                    GraphRequest.of(V1.reports()
                            .authenticationMethods()
                            .userRegistrationDetails()
                            .byUserRegistrationDetailsId("00000000-0000-4000-8000-%012d".formatted(number))
                            .toGetRequestInformation()));
        }
        requests.put("user", user(1));
        List<Instant> asked = Collections.synchronizedList(new ArrayList<>());
        BatchingGraph graph = graph(wire(request -> {
            if (request.uri().getPath().startsWith("/v1.0/reports/")) {
                asked.add(waiting.now());
            }
            return itself(request);
        }));
        assertThat(graph.ask(requests).values()).allMatch(Answer.Value.class::isInstance);
        assertThat(asked).hasSize(12);
        for (int request = 5; request < asked.size(); request++) {
            assertThat(Duration.between(asked.get(request - 5), asked.get(request)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        }
        assertThat(sent.stream()
                        .filter(BatchBody::isBatch)
                        .map(batch -> BatchBody.requests(batch).values()))
                .allSatisfy(inside -> assertThat(inside)
                        .hasSizeLessThanOrEqualTo(5)
                        .allMatch(one -> one.uri().getPath().startsWith("/v1.0/reports/")));
    }

    // the tally

    @Test
    void everyKeyInAPathIsAnIdInTheTally() {
        BatchingGraph graph = graph(wire(request -> ok("{\"value\":[]}")));
        graph.ask(GraphRequest.of(
                V1.domains().byDomainId("contoso.com").federationConfiguration().toGetRequestInformation()));
        graph.ask(GraphRequest.of(V1.policies()
                .roleManagementPolicies()
                .byUnifiedRoleManagementPolicyId("DirectoryRole_1-2")
                .toGetRequestInformation()));
        assertThat(graph.tally().byRequest())
                .isEqualTo(Map.of(
                        "GET /v1.0/domains/{id}/federationConfiguration",
                        1,
                        "GET /v1.0/policies/roleManagementPolicies/{id}",
                        1));
    }
}
