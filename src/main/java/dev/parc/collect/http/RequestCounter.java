package dev.parc.collect.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts requests while they are made, on any thread. */
final class RequestCounter {

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger throttled = new AtomicInteger();
    private final Map<String, Integer> byRequest = new ConcurrentHashMap<>();

    void call() {
        calls.incrementAndGet();
    }

    void answer() {
        answered.incrementAndGet();
    }

    void throttled() {
        throttled.incrementAndGet();
    }

    void request(WireRequest request) {
        byRequest.merge(request.method() + " " + RequestTarget.of(request.uri()).template(), 1, Integer::sum);
    }

    RequestTally tally() {
        return new RequestTally(calls.get(), answered.get(), throttled.get(), byRequest);
    }
}
