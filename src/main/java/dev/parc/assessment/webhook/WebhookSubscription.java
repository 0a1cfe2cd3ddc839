package dev.parc.assessment.webhook;

import java.net.URI;
import java.time.Instant;

/**
 * A subscription to change events. The callback and the key are secrets: whoever has them can speak as PARC to the
 * subscriber, so neither is shown, logged or returned.
 *
 * @param id names it, and is what an unsubscribing client sends
 * @param callback where events are delivered, with whatever signature its query carries
 * @param key signs deliveries; base64
 * @param createdBy who subscribed
 */
public record WebhookSubscription(
        String id, URI callback, String key, WebhookFilter filter, String createdBy, Instant createdAt) {

    /** What may be shown of the callback: its host. */
    public String host() {
        return String.valueOf(callback.getHost());
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "hook " + id + " to " + host();
    }
}
