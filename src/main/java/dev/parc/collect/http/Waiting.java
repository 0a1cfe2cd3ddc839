package dev.parc.collect.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** The time, and waiting for it to pass. */
public interface Waiting {

    Instant now();

    void sleep(Duration duration) throws InterruptedException;

    /** Real time, which a change of the system's clock does not disturb. */
    static Waiting real() {
        Instant start = Instant.now();
        long origin = System.nanoTime();
        return new Waiting() {
            @Override
            public Instant now() {
                return start.plusNanos(System.nanoTime() - origin);
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis() + 1);
            }
        };
    }

    /** Time that passes only by sleeping, and at once: for replay, where there is nobody to spare. */
    static Waiting virtual(Instant start) {
        AtomicLong millis = new AtomicLong();
        return new Waiting() {
            @Override
            public Instant now() {
                return start.plusMillis(millis.get());
            }

            @Override
            public void sleep(Duration duration) {
                millis.addAndGet(duration.toMillis());
            }
        };
    }
}
