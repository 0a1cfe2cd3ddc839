package dev.parc.functions.host;

import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Works off one queue with the function that it triggers, one message after the other. */
final class DeskWorker implements Runnable {

    private static final Logger LOG = Logger.getLogger(DeskWorker.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final DeskFunction function;
    private final DeskQueue queue;
    private final BiConsumer<String, String> queues;
    private volatile boolean stopped;

    /** @param queues takes the name of a queue and a message for it */
    DeskWorker(DeskFunction function, DeskQueue queue, BiConsumer<String, String> queues) {
        this.function = function;
        this.queue = queue;
        this.queues = queues;
    }

    /** Lets it end with the message that it is at. */
    void stop() {
        stopped = true;
        queue.wake();
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
    private boolean workOne() {
        try {
            return queue.take().map(this::attempt).orElse(false);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "the queue of " + function.name() + " could not be worked on", e);
            return false;
        }
    }

    private boolean attempt(DeskQueue.Message message) {
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
        return true;
    }
}
