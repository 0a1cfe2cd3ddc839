package dev.parc.collect.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.Answer;
import dev.parc.collect.http.BatchBody;
import dev.parc.collect.http.Exchange;
import dev.parc.collect.http.Exchange.Outcome;
import dev.parc.collect.http.Pacer;
import dev.parc.collect.http.RequestTally;
import dev.parc.collect.http.RetryBudget;
import dev.parc.collect.http.Waiting;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Graph over a wire. Requests of all threads that come within a short time share a batch; what Graph limits closely goes
 * at its own pace; an answer that is throttled, cut off or lost is asked for again within a budget; collections are read
 * to their last page unless only the first is wanted.
 */
public final class BatchingGraph implements Graph, AutoCloseable {

    private static final Duration LINGER = Duration.ofMillis(20);
    private static final String NEXT = "@odata.nextLink";

    private final Exchange exchange;
    private final URI endpoint;
    private final Map<ThrottleClass, Pacer> pacers = new EnumMap<>(ThrottleClass.class);
    private final Map<ThrottleClass, ThreadPoolExecutor> threads = new EnumMap<>(ThrottleClass.class);
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Executor lingering;

    /**
     * @param endpoint scheme, host and port
     * @param linger how long a request waits for others to share its batch
     */
    public BatchingGraph(Wire wire, URI endpoint, RetryBudget budget, Waiting waiting, Duration linger) {
        this.exchange = new Exchange("Graph", wire, budget, waiting);
        this.endpoint = endpoint;
        this.lingering = CompletableFuture.delayedExecutor(linger.toNanos(), TimeUnit.NANOSECONDS, Runnable::run);
        for (ThrottleClass throttleClass : ThrottleClass.values()) {
            pacers.put(throttleClass, throttleClass.pacer(waiting));
            ThreadPoolExecutor pool = new ThreadPoolExecutor(
                    throttleClass.parallel(),
                    throttleClass.parallel(),
                    5,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    daemons(throttleClass.name()));
            pool.allowCoreThreadTimeOut(true);
            threads.put(throttleClass, pool);
        }
    }

    /** Graph at an endpoint, in real time. */
    public static BatchingGraph live(Wire wire, URI endpoint) {
        return new BatchingGraph(wire, endpoint, RetryBudget.DEFAULT, Waiting.real(), LINGER);
    }

    /** Graph from a wire that has every answer at hand: no pace and no pause is waited for. */
    public static BatchingGraph replaying(Wire wire) {
        URI nowhere = URI.create("https://graph.microsoft.com");
        return new BatchingGraph(wire, nowhere, RetryBudget.DEFAULT, Waiting.virtual(Instant.EPOCH), LINGER);
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, "parc-graph-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * {@inheritDoc}
     *
     * @throws TenantException if there is no credential, or the thread is interrupted
     */
    @Override
    public <K> Map<K, Answer> ask(Map<K, GraphRequest> requests) {
        Map<K, GraphCall> calls = new LinkedHashMap<>();
        requests.forEach((key, request) -> calls.put(key, GraphCall.of(request, endpoint)));
        Map<Lane, List<GraphCall>> byLane = new LinkedHashMap<>();
        calls.values()
                .forEach(call -> byLane.computeIfAbsent(lane(call), lane -> new ArrayList<>())
                        .add(call));
        byLane.forEach(Lane::add);
        Map<K, Answer> answers = new LinkedHashMap<>();
        calls.forEach((key, call) -> answers.put(key, exchange.await(call.answer())));
        return answers;
    }

    /** What was asked so far. */
    public RequestTally tally() {
        return exchange.tally();
    }

    /** Why Graph could not be reached; empty where it answered anything at all. */
    public Optional<String> unreachable() {
        return exchange.unreachable();
    }

    /** Lets the threads go; to be called when nothing is asked any more. */
    @Override
    public void close() {
        threads.values().forEach(ThreadPoolExecutor::shutdown);
    }

    private Lane lane(GraphCall call) {
        return lanes.computeIfAbsent(
                call.version() + " " + call.throttleClass(),
                key -> new Lane(call.throttleClass().batch()));
    }

    /** Requests that may share a batch, until it is full or has waited long enough. */
    private final class Lane {

        private final int most;
        private final List<GraphCall> waitingCalls = new ArrayList<>();
        private boolean armed;

        Lane(int most) {
            this.most = most;
        }

        synchronized void add(List<GraphCall> calls) {
            for (GraphCall call : calls) {
                waitingCalls.add(call);
                if (waitingCalls.size() >= most) {
                    leave();
                }
            }
            if (!waitingCalls.isEmpty() && !armed) {
                armed = true;
                lingering.execute(this::lingered);
            }
        }

        private synchronized void lingered() {
            armed = false;
            if (!waitingCalls.isEmpty()) {
                leave();
            }
        }

        private void leave() {
            List<GraphCall> batch = List.copyOf(waitingCalls);
            waitingCalls.clear();
            pool(batch.get(0)).execute(() -> settleAll(batch));
        }
    }

    private ThreadPoolExecutor pool(GraphCall call) {
        return of(threads, call);
    }

    private static <T> T of(Map<ThrottleClass, T> byClass, GraphCall call) {
        T found = byClass.get(call.throttleClass());
        if (found == null) {
            throw new IllegalStateException("no " + call.throttleClass());
        }
        return found;
    }

    private void settleAll(List<GraphCall> calls) {
        try {
            settle(calls).forEach(this::settled);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(calls, e);
        } catch (RuntimeException | Error e) {
            fail(calls, e);
        }
    }

    private static void fail(List<GraphCall> calls, Throwable e) {
        calls.forEach(call -> call.answer().completeExceptionally(e));
    }

    private void settled(GraphCall call, Answer answer) {
        if (answer instanceof Answer.Value value && value.body().has(NEXT) && call.whole()) {
            pool(call).execute(() -> {
                try {
                    call.answer().complete(exchange.readPages(value.body(), "value", NEXT, link -> page(call, link)));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    call.answer().completeExceptionally(e);
                } catch (RuntimeException | Error e) {
                    call.answer().completeExceptionally(e);
                }
            });
        } else {
            call.answer().complete(answer);
        }
    }

    private Map<GraphCall, Answer> settle(List<GraphCall> calls) throws InterruptedException {
        return exchange.settle(calls, this::exchange);
    }

    /** One HTTP call for all of these requests. */
    private Map<GraphCall, Outcome> exchange(List<GraphCall> calls) throws InterruptedException {
        GraphCall first = calls.get(0);
        if (calls.size() == 1) {
            return Map.of(first, single(first.request(), first));
        }
        Map<String, WireRequest> byId = new LinkedHashMap<>();
        for (int index = 0; index < calls.size(); index++) {
            byId.put(Integer.toString(index + 1), calls.get(index).request());
            exchange.count(calls.get(index).request());
        }
        Outcome whole = send(BatchBody.of(endpoint, first.version(), byId), first, calls.size());
        if (!(whole instanceof Outcome.Settled settled && settled.answer() instanceof Answer.Value value)) {
            Map<GraphCall, Outcome> alike = new LinkedHashMap<>();
            calls.forEach(call -> alike.put(call, whole));
            return alike;
        }
        Map<String, WireResponse> responses = BatchBody.answers((ObjectNode) value.body());
        Map<GraphCall, Outcome> outcomes = new LinkedHashMap<>();
        for (int index = 0; index < calls.size(); index++) {
            WireResponse response = responses.get(Integer.toString(index + 1));
            outcomes.put(
                    calls.get(index),
                    response == null
                            ? new Outcome.Again("a batch came back without its answer", Optional.empty())
                            : exchange.judge(response));
        }
        return outcomes;
    }

    private Outcome single(WireRequest request, GraphCall call) throws InterruptedException {
        exchange.count(request);
        return send(request, call, 1);
    }

    private Outcome send(WireRequest request, GraphCall call, int requests) throws InterruptedException {
        of(pacers, call).pass(requests);
        return exchange.send(request);
    }

    private Answer page(GraphCall call, String link) throws InterruptedException {
        URI uri;
        try {
            uri = URI.create(link);
        } catch (IllegalArgumentException e) {
            return new Answer.Failed("the link to it is not a URI");
        }
        WireRequest request = new WireRequest("GET", uri, call.request().headers(), "");
        GraphCall page =
                new GraphCall(request, call.version(), call.throttleClass(), call.whole(), new CompletableFuture<>());
        Answer answer = settle(List.of(page)).get(page);
        return answer == null ? new Answer.Failed("it was left without an answer") : answer;
    }
}
