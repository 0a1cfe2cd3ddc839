package dev.parc.app;

import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.json.DeliveryJson;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.register.WebhookSubscriptions;
import dev.parc.assessment.run.RunStore;
import dev.parc.assessment.webhook.WebhookFilter;
import dev.parc.assessment.webhook.WebhookSubscription;
import dev.parc.webhook.CallbackPolicy;
import dev.parc.webhook.Deliverer;
import dev.parc.webhook.SigningKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** Who is told of changes: subscribes, unsubscribes, delivers. */
public final class Webhooks {

    /** How often one message is tried before the queue is left to try again later, and how long it waits in between. */
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(5));

    /** So many publications are told by one message: the new one, and those whose messages were lost. */
    private static final long MOST_TOLD = 100;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Supplier<WebhookSubscriptions> subscriptions;
    private final Supplier<RunStore> runs;
    private final Supplier<TrendStore> trends;
    private final CallbackPolicy callbacks;
    private final Supplier<Carrier> deliverer;
    private final Supplier<String> tenantId;
    private final Pause pause;

    /** Waits. */
    interface Pause {
        void take(Duration time) throws InterruptedException;
    }

    /** Makes one attempt at a delivery. */
    interface Carrier {

        /**
         * Sends the body to the subscriber.
         *
         * @param id the same at every attempt
         */
        Deliverer.Report deliver(WebhookSubscription subscription, String id, String body);
    }

    Webhooks(
            Supplier<WebhookSubscriptions> subscriptions,
            Supplier<RunStore> runs,
            Supplier<TrendStore> trends,
            CallbackPolicy callbacks,
            Supplier<Carrier> deliverer,
            Supplier<String> tenantId,
            Pause pause) {
        this.subscriptions = subscriptions;
        this.runs = runs;
        this.trends = trends;
        this.callbacks = callbacks;
        this.deliverer = deliverer;
        this.tenantId = tenantId;
        this.pause = pause;
    }

    /**
     * Subscribes an address.
     *
     * @throws dev.parc.assessment.ledger.RefusedException if it is not allowed, or there are too many
     */
    public WebhookSubscription subscribe(String callback, WebhookFilter filter, String by) {
        return subscriptions.get().subscribe(callbacks.checked(callback), SigningKeys.next(), filter, by);
    }

    /** All subscriptions. */
    public List<WebhookSubscription> all() {
        return subscriptions.get().all();
    }

    /** Removes a subscription; false if there is none with this id. */
    public boolean remove(String id) {
        return subscriptions.get().remove(id);
    }

    /** Removes every subscription of an address, and gives those that it removed. */
    public List<WebhookSubscription> removeAll(String callback) {
        return all().stream()
                .filter(subscription -> subscription.callback().toString().equals(callback.strip()))
                .filter(subscription -> remove(subscription.id()))
                .toList();
    }

    /** The message that has everybody told of what is published up to here. */
    public String telling(Publication publication) {
        return DeliveryJson.telling(publication.position());
    }

    /**
     * Who is to be told what, of what is published up to a position and was not told yet: a message for each delivery, and one
     * that keeps that it was told.
     */
    private List<String> tell(long position, Logger log) {
        long told = trends.get().told();
        long after = Math.max(Math.min(told, position - 1), position - MOST_TOLD);
        if (told < after) {
            log.severe("subscribers were not told of " + (after - told) + " runs; GET /api/changes still has them");
        }
        List<WebhookSubscription> subscriptions = all();
        List<String> messages = new ArrayList<>();
        for (Publication publication : subscriptions.isEmpty() ? List.<Publication>of() : published(after, position)) {
            List<Change> changes = RunFollowUp.changes(runs.get(), trends.get(), publication);
            for (WebhookSubscription subscription : subscriptions) {
                DeliveryJson.Due due =
                        new DeliveryJson.Due(subscription.id(), publication.runId(), !publication.isRun());
                if (changes.stream().anyMatch(subscription.filter()::takes)
                        && !trends.get().isDelivered(due.runId(), due.noted())) {
                    messages.add(DeliveryJson.message(due));
                }
            }
        }
        if (messages.isEmpty()) {
            trends.get().putTold(position);
        } else {
            messages.add(DeliveryJson.told(position));
        }
        return messages;
    }

    private List<Publication> published(long after, long position) {
        return runs.get().published(after, (int) MOST_TOLD).stream()
                .filter(publication -> publication.position() <= position)
                .toList();
    }

    /**
     * Does what a message asks for: a delivery, or to tell who is due one.
     *
     * @return further messages for the same queue
     * @throws DeliveryException if the receiver did not take it, so that the queue keeps the message
     */
    public List<String> work(String message, Logger log) {
        OptionalLong telling = DeliveryJson.readTelling(message);
        OptionalLong told = DeliveryJson.readTold(message);
        if (telling.isPresent()) {
            return tell(telling.getAsLong(), log);
        }
        if (told.isPresent()) {
            trends.get().putTold(told.getAsLong());
        } else {
            deliver(message, log);
        }
        return List.of();
    }

    private void deliver(String message, Logger log) {
        DeliveryJson.Due due = DeliveryJson.readMessage(message);
        Optional<WebhookSubscription> subscription = subscriptions.get().find(due.hookId());
        if (subscription.isEmpty()) {
            log.info("hook " + due.hookId() + " is gone, and with it what it was due of run " + due.runId());
            return;
        }
        if (trends.get().isDelivered(due.runId(), due.noted())) {
            log.info(subscription.get() + " has the changes of run " + due.runId() + " already");
            return;
        }
        List<Change> changes = runs.get().publication(due.runId()).stream()
                .filter(publication -> publication.isRun() != due.deletion())
                .flatMap(publication -> trends.get().changes(publication).stream())
                .filter(subscription.get().filter()::takes)
                .toList();
        if (!changes.isEmpty()) {
            deliver(subscription.get(), due, DeliveryJson.event(tenantId.get(), due.runId(), changes), log);
        }
    }

    private void deliver(WebhookSubscription subscription, DeliveryJson.Due due, String body, Logger log) {
        for (int attempt = 0; ; attempt++) {
            Deliverer.Report report = deliverer.get().deliver(subscription, due.id(), body);
            switch (report.outcome()) {
                case DELIVERED -> {
                    trends.get().putDelivered(due.runId(), due.noted());
                    log.info("the changes of run " + due.runId() + " are delivered by " + subscription);
                    return;
                }
                case GONE -> {
                    subscriptions.get().remove(subscription.id());
                    log.warning(subscription + " is removed: " + report.reason());
                    return;
                }
                case REFUSED -> {
                    log.severe(subscription + " gets nothing: " + report.reason());
                    return;
                }
                case FAILED -> {
                    if (attempt == PAUSES.size()) {
                        throw new DeliveryException(subscription + " did not take its delivery: " + report.reason());
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
            if (DeliveryJson.readTelling(message).isPresent()
                    || DeliveryJson.readTold(message).isPresent()) {
                log.warning("gave up notifying subscribers; they are notified with the next run");
                return;
            }
            DeliveryJson.Due read = DeliveryJson.readMessage(message);
            due = "what hook " + read.hookId() + " was due of run " + read.runId();
        } catch (IllegalArgumentException e) {
            due = "a message of " + message.length() + " characters that is not a delivery (" + e.getMessage() + ")";
        }
        log.severe("given up: " + due + "; GET /api/changes still has the changes");
    }
}
