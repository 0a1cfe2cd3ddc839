package dev.parc.assessment.register;

import static dev.parc.assessment.json.Shapes.DOCUMENTS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.ledger.InputText;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.webhook.WebhookFilter;
import dev.parc.assessment.webhook.WebhookSubscription;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The subscriptions to change events, kept in a ledger. One that is removed leaves nothing behind, for it holds secrets. */
public final class WebhookSubscriptions {

    /** How many there may be. */
    public static final int MOST = 50;

    private final Ledger ledger;
    private final RevisionedStore<WebhookSubscription> register;
    private final Clock clock;

    public WebhookSubscriptions(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.register = RevisionedStore.of(ledger, Ledger.Book.HOOKS, "parc-hook/1", WebhookSubscription.class);
        this.clock = clock;
    }

    /** All of them. */
    public List<WebhookSubscription> all() {
        return register.inForce().stream().map(Revision::value).toList();
    }

    /** The one with this id. */
    public Optional<WebhookSubscription> find(String id) {
        return Ledger.KEY.matcher(id).matches()
                ? register.find(id).filter(Revision::stands).map(Revision::value)
                : Optional.empty();
    }

    /**
     * Keeps a subscription.
     *
     * @param callback an address that was found to be allowed
     * @param key signs deliveries; base64
     * @throws RefusedException if there are too many
     */
    public WebhookSubscription subscribe(URI callback, String key, WebhookFilter filter, String by) {
        if (all().size() >= MOST) {
            throw new RefusedException("there are " + MOST + " subscriptions already; remove one that is not needed");
        }
        WebhookSubscription subscription = new WebhookSubscription(
                UUID.randomUUID().toString(),
                callback,
                key,
                filter,
                InputText.required("who subscribes", by, InputText.LONGEST_TEXT),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return register.put(subscription.id(), subscription, Precondition.ABSENT)
                .value();
    }

    /** Removes a subscription; false if there is none with this id. */
    public boolean remove(String id) {
        if (find(id).isEmpty()) {
            return false;
        }
        ledger.trim(Ledger.Book.HOOKS, id, 0);
        return true;
    }

    /** A filter as an object. */
    public static ObjectNode filter(WebhookFilter filter) {
        return DOCUMENTS.tree(filter);
    }
}
