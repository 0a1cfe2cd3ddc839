package dev.parc.collect.graph;

import dev.parc.collect.wire.WireRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Counts requests while they are made, on any thread. */
final class RequestCounter {

    /** Names in paths of Graph; every other segment is a key. */
    private static final Pattern NAME =
            Pattern.compile("|v1\\.0|beta|[A-Za-z][A-Za-z0-9_]{0,60}(\\(.*\\))?|microsoft\\.graph\\.[A-Za-z]+");

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
        byRequest.merge(template(request), 1, Integer::sum);
    }

    RequestTally tally() {
        return new RequestTally(calls.get(), answered.get(), throttled.get(), byRequest);
    }

    private static String template(WireRequest request) {
        return Arrays.stream(request.uri().getPath().split("/", -1))
                .map(segment -> NAME.matcher(segment).matches() ? segment : "{id}")
                .collect(Collectors.joining("/", request.method() + " ", ""));
    }
}
