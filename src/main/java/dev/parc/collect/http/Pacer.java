package dev.parc.collect.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lets so many requests pass in any window of time, and no more. */
public final class Pacer {

    private final int permits;
    private final Duration window;
    private final Waiting waiting;
    private final Deque<Instant> passed = new ArrayDeque<>();

    /** @param permits requests a window; 0 for no limit */
    public Pacer(int permits, Duration window, Waiting waiting) {
        this.permits = permits;
        this.window = window;
        this.waiting = waiting;
    }

    /** Waits until this many more requests may pass. */
    public synchronized void pass(int requests) throws InterruptedException {
        for (int request = 0; permits > 0 && request < requests; request++) {
            if (passed.size() == permits) {
                Instant free = passed.removeFirst().plus(window);
                if (free.isAfter(waiting.now())) {
                    waiting.sleep(Duration.between(waiting.now(), free));
                }
            }
            passed.addLast(waiting.now());
        }
    }
}
