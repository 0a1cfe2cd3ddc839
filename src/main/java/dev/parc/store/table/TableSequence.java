package dev.parc.store.table;

import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.publishing.Publication;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The sequence of what is published, in the partition of the runs, so that a position is given in the transaction that makes a
 * run DONE: a row for each position, and one at the head that has the last. Their keys begin with a character that sorts before
 * every run, so that no query for runs sees them. Who gives a position replaces the head as it was read; of two who do so at
 * once the second one has to look again.
 */
final class TableSequence {

    private static final String HEAD = "!head";
    private static final String ENTRY = "!seq|";
    private static final String LAST = "Last";
    private static final String KIND = "Kind";
    private static final String RUN = "Run";
    private static final String TAG = "Tag";
    private static final String AT = "At";
    private static final int ROWS_A_TRANSACTION = 100;

    private final Tables tables;
    private final String table;
    private final String partition;

    TableSequence(Tables tables, String table, String partition) {
        this.tables = tables;
        this.table = table;
        this.partition = partition;
    }

    /**
     * The head as it was read.
     *
     * @param row empty before the first position is given
     */
    record Head(long last, Optional<TableEntity> row) {}

    Head head() {
        Optional<TableEntity> row = tables.get(table, partition, HEAD);
        return new Head(row.map(it -> number(it, LAST)).orElse(0L), row);
    }

    /**
     * Gives these publications the next positions, together with what makes them count.
     *
     * @param runs as many rows of runs as there are publications, with the ETags of how they were read
     * @param type how these rows are changed
     * @return false, and nothing happens, if the head or a run was changed since
     */
    boolean append(Head head, List<Publication> publications, List<TableEntity> runs, TableTransactionActionType type) {
        List<TableTransactionAction> actions = new ArrayList<>();
        TableEntity next = new TableEntity(partition, HEAD)
                .addProperty(LAST, publications.get(publications.size() - 1).position());
        head.row().ifPresent(row -> next.addProperty("odata.etag", row.getETag()));
        actions.add(
                head.row().isPresent()
                        ? new TableTransactionAction(TableTransactionActionType.UPDATE_REPLACE, next, true)
                        : new TableTransactionAction(TableTransactionActionType.CREATE, next));
        publications.forEach(publication ->
                actions.add(new TableTransactionAction(TableTransactionActionType.CREATE, row(publication))));
        runs.forEach(run -> actions.add(new TableTransactionAction(type, run, true)));
        return tables.transact(table, actions);
    }

    /** How many publications go into one {@link #append}. */
    static int most() {
        return (ROWS_A_TRANSACTION - 1) / 2;
    }

    List<Publication> after(long position, int limit) {
        return tables
                .query(
                        table,
                        "PartitionKey eq '" + partition + "' and RowKey gt '" + key(position)
                                + "' and RowKey lt '!seq}'",
                        List.of("PartitionKey", "RowKey", KIND, RUN, TAG, AT),
                        limit)
                .stream()
                .map(this::publication)
                .toList();
    }

    void forgetBefore(Instant time, int limit) {
        long last = head().last();
        List<TableEntity> old = tables.query(
                table,
                "PartitionKey eq '" + partition + "' and RowKey gt '" + ENTRY + "' and RowKey lt '" + key(last) + "'",
                List.of("PartitionKey", "RowKey", KIND, RUN, TAG, AT),
                limit);
        tables.delete(
                table,
                old.stream()
                        .takeWhile(row -> publication(row).at().isBefore(time))
                        .toList());
    }

    /** Puts into the row of a run how it is published. */
    static void put(TableEntity run, Publication publication) {
        run.addProperty("Position", publication.position())
                .addProperty("PublishedAs", publication.kind().name())
                .addProperty(TAG, publication.tag())
                .addProperty("PublishedAt", publication.at().toString());
    }

    /** Which properties {@link #of} reads. */
    static final List<String> PROPERTIES = List.of("Position", "PublishedAs", TAG, "PublishedAt");

    /** How the row of a run says that it is published; empty if it does not say. */
    static Optional<Publication> of(TableEntity run, String runId) {
        return run.getProperty("Position") == null
                ? Optional.empty()
                : Optional.of(new Publication(
                        number(run, "Position"),
                        kind(run, "PublishedAs"),
                        runId,
                        text(run, TAG),
                        time(run, "PublishedAt")));
    }

    private TableEntity row(Publication publication) {
        return new TableEntity(partition, key(publication.position()))
                .addProperty(KIND, publication.kind().name())
                .addProperty(RUN, publication.runId())
                .addProperty(TAG, publication.tag())
                .addProperty(AT, publication.at().toString());
    }

    private Publication publication(TableEntity row) {
        try {
            return new Publication(
                    Long.parseLong(row.getRowKey().substring(ENTRY.length())),
                    kind(row, KIND),
                    text(row, RUN),
                    text(row, TAG),
                    time(row, AT));
        } catch (IllegalArgumentException e) {
            throw broken(row, e);
        }
    }

    private static Publication.Kind kind(TableEntity row, String property) {
        return Arrays.stream(Publication.Kind.values())
                .filter(kind -> kind.name().equals(text(row, property)))
                .findFirst()
                .orElseThrow(() -> broken(row, new IllegalArgumentException(property)));
    }

    private static Instant time(TableEntity row, String property) {
        try {
            return Instant.parse(text(row, property));
        } catch (DateTimeException e) {
            throw broken(row, e);
        }
    }

    private static StoreException broken(TableEntity row, RuntimeException e) {
        return new StoreException(
                "Row " + row.getRowKey() + " of the sequence of what is published is broken: restore it", e);
    }

    private static long number(TableEntity row, String property) {
        return row.getProperty(property) instanceof Number number ? number.longValue() : 0;
    }

    private static String text(TableEntity row, String property) {
        return row.getProperty(property) instanceof String text ? text : "";
    }

    private static String key(long position) {
        return ENTRY + String.format(Locale.ROOT, "%010d", position);
    }
}
