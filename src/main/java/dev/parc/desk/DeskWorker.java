package dev.parc.desk;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Works off one queue with the function that it triggers: one message after the other, or side by side where the queue gives
 * messages for several receivers.
 */
final class DeskWorker implements Runnable {

    private static final Logger LOG = Logger.getLogger(DeskWorker.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final DeskFunction function;
    private final DeskQueue queue;
    private final BiConsumer<String, String> queues;
    private volatile boolean stopped;

    private final int sideBySide;
    private final Semaphore free;
    private final ExecutorService threads;

    /**
     * @param queues takes the name of a queue and a message for it
     * @param sideBySide how many messages may be tried at once
     */
    DeskWorker(DeskFunction function, DeskQueue queue, BiConsumer<String, String> queues, int sideBySide) {
        this.function = function;
        this.queue = queue;
        this.queues = queues;
        this.sideBySide = sideBySide;
        this.free = new Semaphore(sideBySide);
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "parc-" + function.name());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Lets it end with the messages that it is at. */
    void stop() {
        stopped = true;
        queue.wake();
    }

    /** Waits until it has ended with them, and no longer than this. */
    void awaitEnd(Duration longest) throws InterruptedException {
        if (free.tryAcquire(sideBySide, longest.toMillis(), TimeUnit.MILLISECONDS)) {
            free.release(sideBySide);
        }
        threads.shutdown();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                if (!workOne()) {
                    queue.await(BETWEEN_LOOKS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tries the next message; nothing that it does ends the worker. Gives whether there was one. */
    private boolean workOne() throws InterruptedException {
        free.acquire();
        boolean handedOn = false;
        try {
            Optional<DeskQueue.Message> message = queue.take();
            if (message.isPresent()) {
                handedOn = true;
                handOn(message.get());
            }
            return handedOn;
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "the queue of " + function.name() + " could not be worked on", e);
            return false;
        } finally {
            if (!handedOn) {
                free.release();
            }
        }
    }

    private void handOn(DeskQueue.Message message) {
        Runnable work = () -> {
            try {
                attempt(message);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "the queue of " + function.name() + " could not be worked on", e);
            } finally {
                free.release();
            }
        };
        if (sideBySide == 1) {
            work.run();
        } else {
            threads.execute(work);
        }
    }

    private void attempt(DeskQueue.Message message) {
        Map<String, Object> parts = Map.of("DequeueCount", message.attempt(), "Id", message.id());
        boolean done = false;
        try {
            function.call(message.text(), parts, queues);
            done = true;
        } catch (RuntimeException | Error e) {
            LOG.warning(function.name() + " failed at message " + message.id() + ", attempt " + message.attempt() + ": "
                    + e.getMessage());
        } finally {
            if (done) {
                queue.done(message);
            } else {
                queue.failed(message);
            }
        }
    }
}
