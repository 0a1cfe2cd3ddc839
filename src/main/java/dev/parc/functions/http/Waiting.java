package dev.parc.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long a caller would wait for an answer that takes long: {@code Prefer: wait=N} of <a
 * href="https://www.rfc-editor.org/rfc/rfc7240#section-4.3">RFC 7240</a>.
 *
 * @param time more than none and at most {@link #MOST}
 */
public record Waiting(Duration time) {

    /** The header that says what of the preference is heeded. */
    public static final String APPLIED = "Preference-Applied";

    /** The load balancer of Azure Functions ends a connection that is silent for 230 seconds. */
    static final Duration MOST = Duration.ofSeconds(100);

    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?(\\d{1,6})\"?\\s*(;.*)?");
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** So many callers may have something done while they wait; others get their answer at once. */
    private static final Semaphore AT_ONCE = new Semaphore(4);

    /** What the request prefers; empty for not to wait. */
    public static Optional<Waiting> of(HttpRequestMessage<?> request) {
        return Http.header(request, "Prefer").stream()
                .flatMap(header -> Stream.of(header.toLowerCase(Locale.ROOT).split(",", -1)))
                .map(preference -> WAIT.matcher(preference.strip()))
                .filter(Matcher::matches)
                .findFirst()
                .map(wait -> Duration.ofSeconds(Integer.parseInt(wait.group(1))))
                .filter(time -> !time.isZero())
                .map(time -> new Waiting(time.compareTo(MOST) > 0 ? MOST : time));
    }

    /** What the work gives if it is done in time; what is not goes on unheard, and what fails is told in the log. */
    public <T> Optional<T> until(Callable<T> work, Logger log) {
        if (!AT_ONCE.tryAcquire()) {
            return Optional.empty();
        }
        FutureTask<T> task = new FutureTask<>(() -> {
            try {
                return work.call();
            } finally {
                AT_ONCE.release();
            }
        });
        Thread worker = new Thread(task, "parc-waited-for");
        worker.setDaemon(true);
        worker.start();
        try {
            return Optional.of(task.get(time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            log.log(Level.WARNING, "the awaited result failed", e.getCause());
            return Optional.empty();
        } catch (TimeoutException e) {
            log.info("no result after " + time.toSeconds() + " s");
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Looks every second until it holds or the time is over. */
    public void polling(BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        try {
            while (!condition.getAsBoolean() && System.nanoTime() < end) {
                TimeUnit.NANOSECONDS.sleep(Math.min(BETWEEN_LOOKS.toNanos(), Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As the preference is written. */
    @Override
    public String toString() {
        return "wait=" + time.toSeconds();
    }
}
