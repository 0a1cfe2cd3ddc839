package dev.parc.collect.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a request is asked again.
 *
 * @param attempts how often it is asked at most
 * @param waiting how long the pauses between may be, all together
 */
public record RetryBudget(int attempts, Duration waiting) {

    /** Six attempts, five minutes. */
    public static final RetryBudget DEFAULT = new RetryBudget(6, Duration.ofMinutes(5));

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /**
     * The pause before the next attempt; empty where the budget is spent.
     *
     * @param made attempts so far, 1 or more
     * @param waited pauses so far
     * @param told what the service told to wait; it is never asked earlier
     */
    Optional<Duration> pause(int made, Duration waited, Optional<Duration> told) {
        if (made >= attempts) {
            return Optional.empty();
        }
        Duration pause = told.filter(duration -> !duration.isZero()).orElseGet(() -> ownPause(made));
        return Optional.of(pause).filter(next -> waited.plus(next).compareTo(waiting) <= 0);
    }

    private static Duration ownPause(int made) {
        long seconds = Math.min(LONGEST_PAUSE.toSeconds(), 1L << Math.min(made - 1, 10));
        return Duration.ofMillis(
                (long) (seconds * 1000 * (1 + ThreadLocalRandom.current().nextDouble() / 2)));
    }
}
