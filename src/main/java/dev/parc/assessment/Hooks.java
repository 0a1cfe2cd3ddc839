package dev.parc.assessment;

import static dev.parc.assessment.Json.child;
import static dev.parc.assessment.Json.constant;
import static dev.parc.assessment.Json.text;
import static dev.parc.assessment.Json.texts;
import static dev.parc.assessment.Json.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The subscriptions to change events, kept in a ledger. One that is removed leaves nothing behind, for it holds secrets. */
public final class Hooks {

    /** How many there may be. */
    public static final int MOST = 50;

    private final Ledger ledger;
    private final Register<Hook> register;
    private final Clock clock;

    public Hooks(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.register = new Register<>(ledger, Ledger.Book.HOOKS, "parc-hook/1", Hooks::write, Hooks::read);
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

    private static ObjectNode write(Hook hook) {
        ObjectNode node = Json.object()
                .put("id", hook.id())
                .put("callback", hook.callback().toString())
                .put("key", hook.key())
                .put("by", hook.createdBy())
                .put("at", hook.createdAt().toString());
        node.set("filter", filter(hook.filter()));
        return node;
    }

    private static Hook read(JsonNode node) {
        return new Hook(
                text(node, "id"),
                URI.create(text(node, "callback")),
                text(node, "key"),
                filter(child(node, "filter")),
                text(node, "by"),
                time(node, "at"));
    }

    /** A filter as an object. */
    public static ObjectNode filter(HookFilter filter) {
        ObjectNode node = Json.object();
        put(node, "stages", filter.stages());
        put(node, "severities", filter.severities());
        put(node, "kinds", filter.kinds());
        return node;
    }

    private static void put(ObjectNode node, String name, Set<? extends Enum<?>> values) {
        var array = node.putArray(name);
        values.stream().map(Enum::name).sorted().forEach(array::add);
    }

    /** The filter of an object; throws {@link IllegalArgumentException}, saying what it must be. */
    public static HookFilter filter(JsonNode node) {
        return new HookFilter(
                values(Stage.class, node, "stages"),
                values(Severity.class, node, "severities"),
                values(Change.Kind.class, node, "kinds"));
    }

    private static <E extends Enum<E>> Set<E> values(Class<E> type, JsonNode node, String name) {
        Stream<String> names = node.has(name) ? texts(node, name).stream() : Stream.empty();
        return names.map(text -> constant(type, E::name, name, text)).collect(Collectors.toUnmodifiableSet());
    }
}
