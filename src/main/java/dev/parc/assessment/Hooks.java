package dev.parc.assessment;

import static dev.parc.assessment.Shapes.DOCUMENTS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The subscriptions to change events, kept in a ledger. One that is removed leaves nothing behind, for it holds secrets. */
public final class Hooks {

    /** How many there may be. */
    public static final int MOST = 50;

    private final Ledger ledger;
    private final Register<Hook> register;
    private final Clock clock;

    public Hooks(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.register = Register.of(ledger, Ledger.Book.HOOKS, "parc-hook/1", Hook.class);
        this.clock = clock;
    }

    /** All of them. */
    public List<Hook> all() {
        return register.standing().stream().map(Kept::value).toList();
    }

    /** The one with this id. */
    public Optional<Hook> find(String id) {
        return Ledger.KEY.matcher(id).matches()
                ? register.find(id).filter(Kept::stands).map(Kept::value)
                : Optional.empty();
    }

    /**
     * Keeps a subscription.
     *
     * @param callback an address that was found to be allowed
     * @param key signs deliveries; base64
     * @throws RefusedException if there are too many
     */
    public Hook subscribe(URI callback, String key, HookFilter filter, String by) {
        if (all().size() >= MOST) {
            throw new RefusedException("there are " + MOST + " subscriptions already; remove one that nobody needs");
        }
        Hook hook = new Hook(
                UUID.randomUUID().toString(),
                callback,
                key,
                filter,
                Words.required("who subscribes", by, Words.LONGEST_TEXT),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return register.put(hook.id(), hook, Precondition.ABSENT).value();
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
    public static ObjectNode filter(HookFilter filter) {
        return DOCUMENTS.tree(filter);
    }
}
