package dev.parc.assessment.register;

import static dev.parc.assessment.json.Shapes.DOCUMENTS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.ledger.ChangedException;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.ledger.StoreException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** One book of a ledger, its documents as values of one type. */
public final class RevisionedStore<T> {

    private static final int TURNS = 20;

    /** What stands beside the value where it was taken back. */
    private record Ending(Optional<Revision.Withdrawal> withdrawn) {}

    private final Ledger ledger;
    private final Ledger.Book book;
    private final String schema;
    private final Function<T, ObjectNode> writer;
    private final Function<JsonNode, T> reader;

    /**
     * A store of documents that one record describes.
     *
     * @param schema the name of the documents' schema
     * @param type the record that they hold
     */
    public static <T extends Record> RevisionedStore<T> of(
            Ledger ledger, Ledger.Book book, String schema, Class<T> type) {
        return new RevisionedStore<>(ledger, book, schema, DOCUMENTS::tree, node -> DOCUMENTS.value(node, type));
    }

    /**
     * @param schema the name of the documents' schema
     * @param writer the value as an object, to which the schema is added
     * @param reader throws {@link IllegalArgumentException} for what is no value
     */
    RevisionedStore(
            Ledger ledger,
            Ledger.Book book,
            String schema,
            Function<T, ObjectNode> writer,
            Function<JsonNode, T> reader) {
        this.ledger = ledger;
        this.book = book;
        this.schema = schema;
        this.writer = writer;
        this.reader = reader;
    }

    /** The newest revision of every key, those that take the value back too. */
    List<Revision<T>> newest() {
        return ledger.newest(book).stream().map(this::read).toList();
    }

    /** The newest revisions that stand. */
    List<Revision<T>> inForce() {
        return newest().stream().filter(Revision::stands).toList();
    }

    /** The revisions of one key, newest first. */
    List<Revision<T>> history(String key, int limit) {
        return ledger.history(book, key, limit).stream().map(this::read).toList();
    }

    /** The newest revision of a key. */
    public Optional<Revision<T>> find(String key) {
        return history(key, 1).stream().findFirst();
    }

    /**
     * Keeps a value.
     *
     * @throws ChangedException if the precondition does not hold
     */
    public Revision<T> put(String key, T value, Precondition precondition) {
        return append(key, precondition, known -> Optional.of(new Revision<>(key, 1, value, Optional.empty())))
                .orElseThrow();
    }

    /**
     * Takes back what stands under a key; empty if nothing does.
     *
     * @throws ChangedException if the precondition does not hold
     */
    public Optional<Revision<T>> withdraw(String key, Revision.Withdrawal withdrawal, Precondition precondition) {
        return append(
                key,
                precondition,
                known -> known.filter(Revision::stands)
                        .map(stored -> new Revision<>(key, 1, stored.value(), Optional.of(withdrawal))));
    }

    private Optional<Revision<T>> append(
            String key, Precondition precondition, Function<Optional<Revision<T>>, Optional<Revision<T>>> change) {
        for (int turn = 0; turn < TURNS; turn++) {
            Optional<Revision<T>> known = find(key);
            if (!precondition.holds(known)) {
                throw new ChangedException(known.map(stored -> "the record " + key + " is at revision "
                                + stored.revision() + (stored.stands() ? "" : ", which withdrew it"))
                        .orElse("there is no record " + key));
            }
            Optional<Revision<T>> next = change.apply(known)
                    .map(stored -> new Revision<>(
                            key, known.map(Revision::revision).orElse(0) + 1, stored.value(), stored.withdrawal()));
            if (next.isEmpty() || isKept(next.get())) {
                return next;
            }
        }
        throw new StoreException(key + " is being changed by others at the same time: try again");
    }

    /** Whether it was added, or is there because an attempt was answered that the caller did not hear of. */
    private boolean isKept(Revision<T> next) {
        return ledger.append(book, write(next)) || find(next.key()).equals(Optional.of(next));
    }

    private Ledger.Entry write(Revision<T> stored) {
        ObjectNode document = DOCUMENTS.object().put("schema", schema);
        document.setAll(writer.apply(stored.value()));
        document.setAll(DOCUMENTS.tree(new Ending(stored.withdrawal())));
        String text = DOCUMENTS.write(document);
        if (text.length() > Ledger.LONGEST) {
            throw new IllegalArgumentException("a document of " + text.length() + " characters is too long to store");
        }
        return new Ledger.Entry(stored.key(), stored.revision(), text);
    }

    private Revision<T> read(Ledger.Entry entry) {
        try {
            JsonNode document = DOCUMENTS.read(entry.document(), schema);
            return new Revision<>(
                    entry.key(),
                    entry.revision(),
                    reader.apply(document),
                    DOCUMENTS.value(document, Ending.class).withdrawn());
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    "Revision %d of %s in the stored %s is damaged (%s): restore or delete it"
                            .formatted(
                                    entry.revision(),
                                    entry.key(),
                                    book.name().toLowerCase(Locale.ROOT),
                                    e.getMessage()),
                    e);
        }
    }
}
