package dev.parc.webhook;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends what takes too long, by closing what it waits for: a limit for a single read would let a receiver send a byte now
 * and then for ever.
 */
final class Deadline implements AutoCloseable {

    private final CompletableFuture<Boolean> past;

    /** Begins now. */
    Deadline(Duration patience) {
        past = new CompletableFuture<Boolean>().completeOnTimeout(true, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes this when the time is over, or at once if it is. */
    void ends(Closeable waitedFor) {
        var unused = past.thenAccept(over -> {
            if (over) {
                close(waitedFor);
            }
        });
    }

    /** @throws InterruptedIOException if the time is over */
    void check() throws InterruptedIOException {
        if (past.getNow(false)) {
            throw new InterruptedIOException("took too long");
        }
    }

    /** There is nothing left to end. */
    @Override
    public void close() {
        past.complete(false);
    }

    private static void close(Closeable waitedFor) {
        try {
            waitedFor.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // kept in the future, which nobody asks: it is closed all the same
        }
    }
}
