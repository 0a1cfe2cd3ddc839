package dev.parc.collect.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.Answer;
import dev.parc.collect.http.Exchange;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.Pacer;
import dev.parc.collect.http.RequestTally;
import dev.parc.collect.http.RetryBudget;
import dev.parc.collect.http.Waiting;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Azure Resource Manager over a wire, a few calls at a time. An answer that is throttled, cut off or lost is asked for
 * again within a budget; lists, those of Resource Graph too, are read to their last page.
 */
public final class Arm implements AutoCloseable {

    /** Resource Manager gives 250 reads at once and 25 a second to a subscription, and as many to the tenant. */
    private static final int PARALLEL = 8;

    private static final int TENANT_READS = 250;
    private static final Duration TENANT_WINDOW = Duration.ofSeconds(10);
    private static final int QUESTIONS = 15;
    private static final Duration QUESTIONS_WINDOW = Duration.ofMillis(5_100);
    private static final String VALUE = "value";
    private static final String DATA = "data";
    private static final String NEXT_LINK = "nextLink";
    private static final String SKIP_TOKEN = "$skipToken";

    private final URI endpoint;
    private final Exchange exchange;
    private final Pacer tenantReads;
    private final Pacer questions;
    private final ThreadPoolExecutor threads;

    /** @param endpoint scheme, host and port */
    public Arm(Wire wire, URI endpoint, RetryBudget budget, Waiting waiting) {
        this.endpoint = endpoint;
        this.exchange = new Exchange("Azure Resource Manager", new QuotaWire(wire, waiting), budget, waiting);
        this.tenantReads = new Pacer(TENANT_READS, TENANT_WINDOW, waiting);
        this.questions = new Pacer(QUESTIONS, QUESTIONS_WINDOW, waiting);
        this.threads =
                new ThreadPoolExecutor(PARALLEL, PARALLEL, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "parc-arm");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Resource Manager at an endpoint, in real time. */
    public static Arm live(Wire wire, URI endpoint) {
        return new Arm(wire, endpoint, RetryBudget.DEFAULT, Waiting.real());
    }

    /** Resource Manager from a wire that has every answer at hand: nothing is waited for. */
    public static Arm replaying(Wire wire) {
        return new Arm(
                wire, URI.create("https://management.azure.com"), RetryBudget.DEFAULT, Waiting.virtual(Instant.EPOCH));
    }

    /**
     * Answers each request under its own key, lists to their last page, rows of Resource Graph as a list too; blocks until all are answered.
     *
     * @throws TenantException if there is no credential, or the thread is interrupted
     */
    public <K> Map<K, Answer> ask(Map<K, ArmRequest> requests) {
        Map<K, CompletableFuture<Answer>> asked = new LinkedHashMap<>();
        requests.forEach((key, request) -> {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            asked.put(key, answer);
            threads.execute(() -> complete(answer, request));
        });
        Map<K, Answer> answers = new LinkedHashMap<>();
        asked.forEach((key, answer) -> answers.put(key, exchange.await(answer)));
        return answers;
    }

    /** Answers one request. */
    public Answer ask(ArmRequest request) {
        return Optional.ofNullable(ask(Map.of("", request)).get("")).orElseThrow();
    }

    /** What was asked so far. */
    public RequestTally tally() {
        return exchange.tally();
    }

    /** Lets the threads go; to be called when nothing is asked any more. */
    @Override
    public void close() {
        threads.shutdown();
    }

    private void complete(CompletableFuture<Answer> answer, ArmRequest request) {
        try {
            answer.complete(answer(request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private Answer answer(ArmRequest request) throws InterruptedException {
        Answer first = settle(request.at(endpoint));
        if (!(first instanceof Answer.Value value)) {
            return first;
        }
        if (request.query().isPresent()) {
            return rows(
                    value.body().has(SKIP_TOKEN)
                            ? exchange.readPages(
                                    value.body(),
                                    DATA,
                                    SKIP_TOKEN,
                                    token -> settle(request.at(endpoint, Optional.of(token))))
                            : value);
        }
        return value.body().has(NEXT_LINK) ? exchange.readPages(value.body(), VALUE, NEXT_LINK, this::page) : value;
    }

    /** The rows of Resource Graph as a list like any other; it tells how many there are, and may give fewer. */
    private static Answer rows(Answer answer) {
        if (!(answer instanceof Answer.Value value && value.body().get(DATA) instanceof ArrayNode rows)) {
            return answer;
        }
        long told = value.body().path("totalRecords").asLong();
        return rows.size() < told
                ? new Answer.Failed(
                        "Azure Resource Graph gave " + rows.size() + " of " + told + " rows; run again later")
                : new Answer.Value(JsonBody.object(Map.of(VALUE, rows)));
    }

    private Answer page(String link) throws InterruptedException {
        try {
            return settle(WireRequest.get(URI.create(link)));
        } catch (IllegalArgumentException e) {
            return new Answer.Failed("the link to it is not a URI");
        }
    }

    private Answer settle(WireRequest request) throws InterruptedException {
        return Optional.ofNullable(exchange.settle(List.of(request), open -> Map.of(request, send(request)))
                        .get(request))
                .orElseThrow(() -> new IllegalStateException("a request got no answer"));
    }

    private Exchange.Outcome send(WireRequest request) throws InterruptedException {
        String path = request.uri().getPath();
        if (path.equals(ArmRequest.RESOURCE_GRAPH)) {
            questions.pass(1);
        } else if (!path.startsWith("/subscriptions/")) {
            tenantReads.pass(1);
        }
        exchange.count(request);
        return exchange.send(request);
    }
}
