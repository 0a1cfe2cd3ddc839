package dev.parc.collect.graph;

import static dev.parc.collect.graph.GraphApi.BETA;
import static dev.parc.collect.graph.GraphApi.V1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.http.Answer;
import dev.parc.collect.http.ExplicitNulls;
import dev.parc.collect.http.HttpsStub;
import dev.parc.collect.http.HttpsStub.Reply;
import dev.parc.collect.http.HttpsStub.Request;
import dev.parc.collect.http.RetryBudget;
import dev.parc.collect.http.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The whole road from a request to the socket and back. */
class GraphOverTheWireTest {

    private static BatchingGraph graph(HttpsStub stub) {
        return new BatchingGraph(
                new ExplicitNulls(stub.wire()),
                stub.uri(),
                RetryBudget.DEFAULT,
                Waiting.virtual(Instant.EPOCH),
                Duration.ofMillis(5));
    }

    private Answer domains(Function<Request, Reply> replies) throws Exception {
        try (HttpsStub stub = new HttpsStub(replies);
                BatchingGraph graph = graph(stub)) {
            return graph.ask(GraphRequest.of(V1.domains().toGetRequestInformation()));
        }
    }

    private static Function<Request, Reply> first(Reply once) {
        AtomicInteger calls = new AtomicInteger();
        return request -> calls.incrementAndGet() == 1 ? once : Reply.json(200, "{\"value\":[1]}");
    }

    private static void isWhole(Answer answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Value.class,
                        value -> assertThat(value.body().path("value").size()).isEqualTo(1));
    }

    @Test
    void aResetConnectionIsTriedAgain() throws Exception {
        isWhole(domains(first(Reply.reset())));
    }

    @Test
    void aBodyThatIsCutOffIsAskedForAgain() throws Exception {
        isWhole(domains(first(Reply.cutOff("{\"value\":[1]}"))));
    }

    @Test
    void aChunkedBodyThatIsCutOffIsAskedForAgain() throws Exception {
        isWhole(domains(first(Reply.cutOffInChunks("{\"value\":[1]}"))));
    }

    @Test
    void jsonThatStopsHalfWayIsAskedForAgain() throws Exception {
        isWhole(domains(first(Reply.json(200, "{\"value\":[1"))));
    }

    @Test
    void throttlingIsWaitedForWithAndWithoutATime() throws Exception {
        isWhole(domains(first(Reply.json(429, "{}", "Retry-After: 17"))));
        isWhole(domains(first(Reply.json(429, "{}"))));
    }

    @Test
    void aRefusalKeepsItsCode() throws Exception {
        assertThat(domains(request -> Reply.json(
                        403, "{\"error\":{\"code\":\"Authorization_RequestDenied\",\"message\":\"Insufficient\"}}")))
                .isEqualTo(new Answer.Refused(403, "Authorization_RequestDenied", "Insufficient"));
    }

    @Test
    void aNextPageOnAnotherHostGetsNoTokenAndMakesTheListFail() throws Exception {
        try (HttpsStub foreign = new HttpsStub(request -> Reply.json(200, "{\"value\":[2]}"))) {
            Answer answer = domains(request -> Reply.json(
                    200, "{\"value\":[1],\"@odata.nextLink\":\"" + foreign.uri() + "/v1.0/domains?$skiptoken=2\"}"));
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.Failed.class,
                            failed -> assertThat(failed.reason())
                                    .startsWith("page 2 of its answer is missing: it leads away from"));
            assertThat(foreign.received()).isEmpty();
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (HttpsStub foreign = new HttpsStub(request -> Reply.json(200, "{\"value\":[2]}"))) {
            assertThat(domains(request -> Reply.json(307, "", "Location: " + foreign.uri() + "/")))
                    .isInstanceOf(Answer.Failed.class);
            assertThat(foreign.received()).isEmpty();
        }
    }

    @Test
    void selectedPropertiesWithoutAValueArriveAsNull() throws Exception {
        try (HttpsStub stub = new HttpsStub(request -> Reply.json(200, "{\"id\":\"7\"}"));
                BatchingGraph graph = graph(stub)) {
            Answer answer = graph.ask(GraphRequest.of(BETA.users()
                    .byUserId("7")
                    .toGetRequestInformation(it -> it.queryParameters.select = new String[] {"id", "mail"})));
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.Value.class,
                            value -> assertThat(value.body()).hasToString("{\"id\":\"7\",\"mail\":null}"));
            assertThat(graph.tally().byRequest()).isEqualTo(Map.of("GET /beta/users/{id}", 1));
        }
    }
}
