package dev.parc.app;

import dev.parc.assessment.Change;
import dev.parc.assessment.DeliveryJson;
import dev.parc.assessment.Hook;
import dev.parc.assessment.HookFilter;
import dev.parc.assessment.Hooks;
import dev.parc.assessment.TrendStore;
import dev.parc.hooks.Callbacks;
import dev.parc.hooks.Deliverer;
import dev.parc.hooks.SigningKeys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** Who is told of changes: subscribes, unsubscribes, delivers. */
public final class Subscriptions {

    /** How often one message is tried before the queue is left to try again later, and how long it waits in between. */
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(5));

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Supplier<Hooks> hooks;
    private final Supplier<TrendStore> trends;
    private final Callbacks callbacks;
    private final Supplier<Deliverer> deliverer;
    private final Supplier<String> tenantId;
    private final Pause pause;

    /** Waits. */
    interface Pause {
        void take(Duration time) throws InterruptedException;
    }

    Subscriptions(
            Supplier<Hooks> hooks,
            Supplier<TrendStore> trends,
            Callbacks callbacks,
            Supplier<Deliverer> deliverer,
            Supplier<String> tenantId,
            Pause pause) {
        this.hooks = hooks;
        this.trends = trends;
        this.callbacks = callbacks;
        this.deliverer = deliverer;
        this.tenantId = tenantId;
        this.pause = pause;
    }

    /**
     * Subscribes an address.
     *
     * @throws dev.parc.assessment.RefusedException if it is not allowed, or there are too many
     */
    public Hook subscribe(String callback, HookFilter filter, String by) {
        return hooks.get().subscribe(callbacks.checked(callback), SigningKeys.next(), filter, by);
    }

    /** All subscriptions. */
    public List<Hook> all() {
        return hooks.get().all();
    }

    /** Removes a subscription; false if there is none with this id. */
    public boolean remove(String id) {
        return hooks.get().remove(id);
    }

    /** Removes every subscription of an address, and gives those that it removed. */
    public List<Hook> removeAll(String callback) {
        return all().stream()
                .filter(hook -> hook.callback().toString().equals(callback.strip()))
                .filter(hook -> remove(hook.id()))
                .toList();
    }

    /** The messages of the deliveries that these changes of one run are due. */
    public List<String> messages(String runId, List<Change> changes) {
        return changes.isEmpty()
                ? List.of()
                : all().stream()
                        .filter(hook -> changes.stream().anyMatch(hook.filter()::takes))
                        .map(hook -> DeliveryJson.message(hook.id(), runId))
                        .toList();
    }

    /**
     * Does the delivery of a message.
     *
     * @throws DeliveryException if the receiver did not take it, so that the queue keeps the message
     */
    public void deliver(String message, Logger log) {
        DeliveryJson.Due due = DeliveryJson.readMessage(message);
        Optional<Hook> hook = hooks.get().find(due.hookId());
        if (hook.isEmpty()) {
            log.info("hook " + due.hookId() + " is gone, and with it what it was due of run " + due.runId());
            return;
        }
        if (trends.get().isDelivered(due.runId(), due.hookId())) {
            log.info(hook.get() + " has the changes of run " + due.runId() + " already");
            return;
        }
        List<Change> changes = trends.get().changes(due.runId()).stream()
                .filter(hook.get().filter()::takes)
                .toList();
        if (!changes.isEmpty()) {
            deliver(hook.get(), due, DeliveryJson.event(tenantId.get(), due.runId(), changes), log);
        }
    }

    private void deliver(Hook hook, DeliveryJson.Due due, String body, Logger log) {
        for (int attempt = 0; ; attempt++) {
            Deliverer.Report report = deliverer.get().deliver(hook, due.runId() + "." + due.hookId(), body);
            switch (report.outcome()) {
                case DELIVERED -> {
                    trends.get().putDelivered(due.runId(), due.hookId());
                    log.info("the changes of run " + due.runId() + " are delivered by " + hook);
                    return;
                }
                case GONE -> {
                    hooks.get().remove(hook.id());
                    log.warning(hook + " is removed: " + report.reason());
                    return;
                }
                case REFUSED -> {
                    log.severe(hook + " gets nothing: " + report.reason());
                    return;
                }
                case FAILED -> {
                    if (attempt == PAUSES.size()) {
                        throw new DeliveryException(hook + " did not take its delivery: " + report.reason());
                    }
                    rest(report.retryAfter().orElse(PAUSES.get(attempt)));
                }
            }
        }
    }

    private void rest(Duration asked) {
        try {
            pause.take(asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryException("a delivery was interrupted");
        }
    }

    /** Says in the log that a delivery was given up. */
    public void giveUp(String message, Logger log) {
        String due;
        try {
            DeliveryJson.Due read = DeliveryJson.readMessage(message);
            due = "what hook " + read.hookId() + " was due of run " + read.runId();
        } catch (IllegalArgumentException e) {
            due = "a message of " + message.length() + " characters that is no delivery (" + e.getMessage() + ")";
        }
        log.severe("given up: " + due + "; GET /api/changes still tells the changes");
    }
}
