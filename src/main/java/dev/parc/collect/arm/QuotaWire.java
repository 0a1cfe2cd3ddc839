package dev.parc.collect.arm;

import dev.parc.collect.http.Waiting;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps to the quota that Resource Graph tells with every answer: where none is left, the next question waits until it
 * is given anew; and where an answer 429 does not say when to come back, the quota does.
 */
final class QuotaWire implements Wire {

    private static final String REMAINING = "x-ms-user-quota-remaining";
    private static final String RESETS_AFTER = "x-ms-user-quota-resets-after";
    private static final String RETRY_AFTER = "retry-after";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2}):(\\d{2})(\\.\\d+)?");

    private final Wire wire;
    private final Waiting waiting;
    private Instant free = Instant.MIN;

    QuotaWire(Wire wire, Waiting waiting) {
        this.wire = wire;
        this.waiting = waiting;
    }

    @Override
    public WireResponse send(WireRequest request) throws IOException, InterruptedException {
        if (!request.uri().getPath().equals(ArmRequest.RESOURCE_GRAPH)) {
            return wire.send(request);
        }
        waitForQuota();
        WireResponse response = wire.send(request);
        Optional<Duration> resetsAfter = response.header(RESETS_AFTER).flatMap(QuotaWire::time);
        if (response.header(REMAINING).filter("0"::equals).isPresent()) {
            resetsAfter.ifPresent(this::noneLeft);
        }
        if (response.status() != TOO_MANY_REQUESTS
                || response.header(RETRY_AFTER).isPresent()
                || resetsAfter.isEmpty()) {
            return response;
        }
        Map<String, String> headers = new HashMap<>(response.headers());
        headers.put(RETRY_AFTER, Long.toString(resetsAfter.get().toSeconds()));
        return new WireResponse(response.status(), headers, response.body());
    }

    private synchronized void noneLeft(Duration resetsAfter) {
        Instant then = waiting.now().plus(resetsAfter);
        if (then.isAfter(free)) {
            free = then;
        }
    }

    private synchronized void waitForQuota() throws InterruptedException {
        if (free.isAfter(waiting.now())) {
            waiting.sleep(Duration.between(waiting.now(), free));
        }
    }

    /** A time like 00:00:05, rounded up to the second; empty for anything else. */
    private static Optional<Duration> time(String text) {
        Matcher parts = TIME.matcher(text.strip());
        return parts.matches()
                ? Optional.of(Duration.ofHours(Long.parseLong(parts.group(1)))
                        .plusMinutes(Long.parseLong(parts.group(2)))
                        .plusSeconds(Long.parseLong(parts.group(3)) + (parts.group(4) == null ? 0 : 1)))
                : Optional.empty();
    }
}
