package dev.parc.store.table;

import com.azure.core.credential.TokenCredential;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.TableEntity;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.FindingKeys;
import dev.parc.assessment.change.FindingRecord;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.json.TrendJson;
import dev.parc.assessment.ledger.ItemIds;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.publishing.Publications;
import dev.parc.check.Stage;
import dev.parc.store.TenantRuns;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps how the answers of one tenant change in Azure Table Storage.
 *
 * <ul>
 *   <li>{@code ParcFindings}: tenant and item id, digest of the subject. One partition an item; a row says when its finding
 *       was resolved, so that old ones are found. What is not carried over to these rows yet stands in a partition of its own.
 *   <li>{@code ParcChanges}: tenant, inverted time, run id, the change's key and the attempt's tag. The changes of a run are
 *       neighbours. Who has them, and up to where subscribers were told, stands in a partition of its own.
 *   <li>{@code ParcSeries}: tenant and stage, inverted time, run id and tag. One partition a series. Whose turn it is
 *       stands in a partition of its own.
 * </ul>
 *
 * Nothing is asked of the service before the first call.
 */
public final class TableTrendStore implements TrendStore {

    static final String FINDINGS = "ParcFindings";
    static final String CHANGES = "ParcChanges";
    static final String SERIES = "ParcSeries";

    private static final String DOCUMENT = "Document";
    private static final String RESOLVED = "Resolved";
    private static final List<String> KEYS = List.of("PartitionKey", "RowKey");
    private static final List<String> DOCUMENTS = Stream.of(KEYS, List.of("Tag"), Chunks.names("Document"))
            .flatMap(List::stream)
            .toList();

    /** The partitions of who has changes, and of whose turn it is: no item and no stage has such a name. */
    private static final String DELIVERED = "delivered";

    private static final String TURN = "turn";
    private static final String PENDING = "pending";
    private static final String TOLD = "told";
    private static final String TAG = "Tag";
    private static final String POSITION = "Position";
    private static final List<String> TAGGED = List.of("PartitionKey", "RowKey", TAG);
    private static final int MOST_DELETED = 1000;

    private final String tenantId;
    private final Tables tables;
    private final Publications publications;

    TableTrendStore(String tenantId, Supplier<TableServiceClient> connect, Publications publications) {
        this.publications = publications;
        this.tenantId = new TenantRuns(tenantId).tenantId();
        this.tables = new Tables(connect);
    }

    /**
     * The store that a storage account's connection string leads to.
     *
     * @param publications tells which runs count
     */
    public static TableTrendStore of(String connectionString, String tenantId, Publications publications) {
        return new TableTrendStore(tenantId, Tables.client(connectionString), publications);
    }

    /**
     * The store at the URI of a storage account's table service.
     *
     * @param credential of an identity with the role Storage Table Data Contributor
     * @param publications tells which runs count
     */
    public static TableTrendStore of(
            URI account, TokenCredential credential, String tenantId, Publications publications) {
        return new TableTrendStore(tenantId, Tables.client(account, credential), publications);
    }

    @Override
    public <T> T alone(String runId, Supplier<T> work) {
        return turn(runId).take(work);
    }

    @Override
    public boolean hasTurn(String runId) {
        return turn(runId).isHeld();
    }

    private TableTurn turn(String runId) {
        return new TableTurn(tables, SERIES, partition(TURN), runId, InstantSource.system());
    }

    @Override
    public void put(Following following) {
        String runId = following.runId();
        String tag = following.tag();
        Map<String, TableEntity> changes = new LinkedHashMap<>();
        for (Change change : following.changes()) {
            String key = Keys.ofRun(runId) + "|" + FindingKeys.of(change) + (tag.isEmpty() ? "" : "|" + tag);
            changes.putIfAbsent(key, tagged(row("", key, TrendJson.writeChanges(List.of(change))), tag));
        }
        tables.put(CHANGES, List.copyOf(changes.values()));
        List<TableEntity> pending = new ArrayList<>();
        following.findings().forEach((checkId, records) -> {
            List<String> parts = Chunks.perEntity(records.isEmpty() ? "" : TrendJson.writeFindings(records));
            for (int part = 0; !records.isEmpty() && part < parts.size(); part++) {
                String key = String.format(Locale.ROOT, "%s|%s|%s|%06d", Keys.ofRun(runId), tag, checkId, part);
                pending.add(tagged(row(PENDING, key, parts.get(part)), tag));
            }
        });
        tables.put(FINDINGS, pending);
        for (StagePoint point : following.points()) {
            tables.put(SERIES, tagged(row(point.stage().name(), Keys.ofRun(runId, tag), TrendJson.write(point)), tag));
        }
    }

    private static TableEntity tagged(TableEntity row, String tag) {
        return tag.isEmpty() ? row : row.addProperty(TAG, tag);
    }

    private static String tag(TableEntity row) {
        return row.getProperty(TAG) instanceof String tag ? tag : "";
    }

    /** Those of the rows whose run is published with their tag. */
    private List<TableEntity> counting(List<TableEntity> rows) {
        return counting(rows, published(rows));
    }

    private Map<String, Publication> published(List<TableEntity> rows) {
        return publications.of(
                rows.stream().map(row -> Keys.run(row.getRowKey())).distinct().toList());
    }

    private static List<TableEntity> counting(List<TableEntity> rows, Map<String, Publication> known) {
        return rows.stream()
                .filter(row -> Optional.ofNullable(known.get(Keys.run(row.getRowKey())))
                        .filter(run -> run.tag().equals(tag(row)))
                        .isPresent())
                .toList();
    }

    @Override
    public void settle() {
        List<TableEntity> rows = tables.query(FINDINGS, in(PENDING), DOCUMENTS, Integer.MAX_VALUE);
        if (rows.isEmpty()) {
            return;
        }
        Map<String, Publication> known = published(rows);
        pending(rows, known).forEach(found -> found.records().forEach(this::putFindings));
        tables.delete(
                FINDINGS,
                rows.stream()
                        .filter(row -> known.containsKey(Keys.run(row.getRowKey())))
                        .toList());
    }

    /** What a published run found. */
    private record Found(long position, Map<String, List<FindingRecord>> records) {}

    /** What is pending of published runs, in the order of their positions. */
    private static List<Found> pending(List<TableEntity> rows, Map<String, Publication> known) {
        Map<String, Map<String, StringBuilder>> documents = new LinkedHashMap<>();
        counting(rows, known)
                .forEach(row -> documents
                        .computeIfAbsent(Keys.run(row.getRowKey()), run -> new LinkedHashMap<>())
                        .computeIfAbsent(row.getRowKey().split("\\|", -1)[3], check -> new StringBuilder())
                        .append(Chunks.get(row, DOCUMENT)));
        List<Found> found = new ArrayList<>();
        documents.forEach((run, texts) -> {
            Map<String, List<FindingRecord>> records = new LinkedHashMap<>();
            texts.forEach((checkId, text) ->
                    records.put(checkId, understood(FINDINGS, run, text.toString(), TrendJson::readFindings)));
            Optional.ofNullable(known.get(run))
                    .ifPresent(publication -> found.add(new Found(publication.position(), records)));
        });
        return found.stream().sorted(Comparator.comparingLong(Found::position)).toList();
    }

    @Override
    public void forget(String runId, String tag) {
        delete(CHANGES, of(runId), tag);
        delete(FINDINGS, in(PENDING) + ofRun(runId), tag);
        for (Stage stage : Stage.values()) {
            delete(SERIES, in(stage.name()) + ofRun(runId), tag);
        }
    }

    private void delete(String table, String filter, String tag) {
        tables.delete(
                table,
                query(table, filter, TAGGED).stream()
                        .filter(row -> !tag(row).equals(tag))
                        .toList());
    }

    /** The end of a filter for what attempts at a run have left. */
    private static String ofRun(String runId) {
        return " and RowKey ge '" + Keys.ofRun(runId) + "' and RowKey lt '" + Keys.ofRun(runId) + "}'";
    }

    @Override
    public List<FindingRecord> findings(String checkId) {
        List<FindingRecord> records = settled(checkId);
        if (!ItemIds.isOne(checkId)) {
            return records;
        }
        Map<String, FindingRecord> all = new LinkedHashMap<>();
        records.forEach(record -> all.put(FindingKeys.of(record.finding()), record));
        List<TableEntity> rows = tables.query(FINDINGS, in(PENDING), DOCUMENTS, Integer.MAX_VALUE);
        pending(rows, published(rows))
                .forEach(found -> found.records()
                        .getOrDefault(checkId, List.of())
                        .forEach(record -> all.put(FindingKeys.of(record.finding()), record)));
        return List.copyOf(all.values());
    }

    @Override
    public List<FindingRecord> settled(String checkId) {
        return ItemIds.isOne(checkId)
                ? tables.query(FINDINGS, in(checkId), DOCUMENTS, Integer.MAX_VALUE).stream()
                        .flatMap(row -> document(FINDINGS, row, TrendJson::readFindings).stream())
                        .toList()
                : List.of();
    }

    @Override
    public void putFindings(String checkId, List<FindingRecord> records) {
        Map<String, TableEntity> rows = new LinkedHashMap<>();
        for (FindingRecord record : records) {
            TableEntity row = row(checkId, FindingKeys.of(record.finding()), TrendJson.writeFindings(List.of(record)));
            record.resolvedAt().ifPresent(at -> row.addProperty(RESOLVED, second(at)));
            rows.put(row.getRowKey(), row);
        }
        tables.put(FINDINGS, List.copyOf(rows.values()));
    }

    @Override
    public List<Change> changes(String runId) {
        return RunIds.isOne(runId) ? changes(counting(query(CHANGES, of(runId), DOCUMENTS))) : List.of();
    }

    @Override
    public List<Change> changes(Publication publication) {
        return RunIds.isOne(publication.runId())
                ? changes(query(CHANGES, of(publication.runId()), DOCUMENTS).stream()
                        .filter(row -> tag(row).equals(publication.tag()))
                        .toList())
                : List.of();
    }

    @Override
    public List<Change> changes(RunRange span) {
        List<Change> some =
                changes(tables.query(CHANGES, in("") + Keys.within(span), DOCUMENTS, span.limit(), this::counting));
        if (some.size() < span.limit() || some.isEmpty()) {
            return some;
        }
        String last = some.get(some.size() - 1).runId();
        return Stream.concat(some.stream().filter(change -> !change.runId().equals(last)), changes(last).stream())
                .toList();
    }

    private static List<Change> changes(List<TableEntity> rows) {
        return rows.stream()
                .flatMap(row -> document(CHANGES, row, TrendJson::readChanges).stream())
                .toList();
    }

    @Override
    public void putDelivered(String runId, String hookId) {
        tables.put(CHANGES, new TableEntity(partition(DELIVERED), deliveredKey(runId, hookId)));
    }

    @Override
    public boolean isDelivered(String runId, String hookId) {
        return tables.get(CHANGES, partition(DELIVERED), deliveredKey(runId, hookId))
                .isPresent();
    }

    private static String deliveredKey(String runId, String hookId) {
        if (!RunIds.isOne(runId) || !Ledger.KEY.matcher(hookId).matches()) {
            throw new IllegalArgumentException("no run or no subscription has this id");
        }
        return Keys.ofRun(runId) + "|" + hookId;
    }

    @Override
    public void putTold(long position) {
        while (position > told()) {
            TableEntity row = new TableEntity(partition(TOLD), TOLD).addProperty(POSITION, position);
            Optional<TableEntity> known = tables.get(CHANGES, partition(TOLD), TOLD);
            if (known.isEmpty() ? tables.insert(CHANGES, row) : tables.replace(CHANGES, known.get(), row)) {
                return;
            }
        }
    }

    @Override
    public long told() {
        return tables.get(CHANGES, partition(TOLD), TOLD)
                .map(row -> row.getProperty(POSITION) instanceof Number position ? position.longValue() : 0L)
                .orElse(0L);
    }

    @Override
    public List<StagePoint> series(Stage stage, RunRange span) {
        return tables
                .query(SERIES, in(stage.name()) + Keys.within(span), DOCUMENTS, span.limit(), this::counting)
                .stream()
                .map(row -> document(SERIES, row, TrendJson::readPoint))
                .toList();
    }

    @Override
    public void deleteBefore(Instant time, Set<String> kept) {
        String old = Keys.within(new RunRange(Instant.EPOCH, time, Optional.empty(), 0));
        delete(CHANGES, in("") + old, kept);
        delete(CHANGES, in(DELIVERED) + old, kept);
        delete(FINDINGS, in(PENDING) + old, kept);
        for (Stage stage : Stage.values()) {
            delete(SERIES, in(stage.name()) + old, kept);
        }
        String resolved = "PartitionKey gt '" + tenantId + "|' and PartitionKey lt '" + tenantId + "}' and " + RESOLVED
                + " lt '" + second(time) + "'";
        tables.query(FINDINGS, resolved, KEYS, MOST_DELETED).stream()
                .collect(Collectors.groupingBy(TableEntity::getPartitionKey))
                .values()
                .forEach(rows -> tables.delete(FINDINGS, rows));
    }

    private void delete(String table, String old, Set<String> kept) {
        tables.delete(
                table,
                tables.query(table, old, KEYS, MOST_DELETED).stream()
                        .filter(row -> !kept.contains(Keys.run(row.getRowKey())))
                        .toList());
    }

    private List<TableEntity> query(String table, String filter, List<String> properties) {
        return tables.query(table, filter, properties, Integer.MAX_VALUE);
    }

    private static <T> T document(String table, TableEntity row, Function<String, T> reader) {
        return understood(table, row.getRowKey(), Chunks.get(row, DOCUMENT), reader);
    }

    private static <T> T understood(String table, String row, String document, Function<String, T> reader) {
        try {
            return reader.apply(document);
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    "Row " + row + " of table " + table + " is broken (" + e.getMessage() + "): restore or delete it",
                    e);
        }
    }

    private TableEntity row(String part, String key, String document) {
        TableEntity row = new TableEntity(partition(part), key);
        Chunks.put(row, DOCUMENT, document);
        return row;
    }

    private String partition(String part) {
        return part.isEmpty() ? tenantId : tenantId + "|" + part;
    }

    private String in(String part) {
        return "PartitionKey eq '" + partition(part) + "'";
    }

    /** The rows of one run among all changes. */
    private String of(String runId) {
        return in("") + " and RowKey gt '" + Keys.ofRun(runId) + "|' and RowKey lt '" + Keys.ofRun(runId) + "}'";
    }

    /** A time as text that sorts by itself. */
    private static String second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
