package dev.parc.store.table;

import com.azure.core.credential.TokenCredential;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.TableEntity;
import dev.parc.assessment.Change;
import dev.parc.assessment.FindingKeys;
import dev.parc.assessment.FindingRecord;
import dev.parc.assessment.ItemIds;
import dev.parc.assessment.Ledger;
import dev.parc.assessment.RunIds;
import dev.parc.assessment.Span;
import dev.parc.assessment.StagePoint;
import dev.parc.assessment.StoreException;
import dev.parc.assessment.TrendJson;
import dev.parc.assessment.TrendStore;
import dev.parc.check.Stage;
import dev.parc.store.TenantRuns;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
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
 *       was resolved, so that old ones are found.
 *   <li>{@code ParcChanges}: tenant, inverted time, run id and the change's key. The changes of a run are neighbours. Who has
 *       them stands in a partition of its own.
 *   <li>{@code ParcSeries}: tenant and stage, inverted time and run id. One partition a series. Whose turn it is
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

    /** The partitions of who has changes, and of whose turn it is: no item and no stage has such a name. */
    private static final String DELIVERED = "delivered";

    private static final String TURN = "turn";
    private static final int MOST_DELETED = 1000;

    private final String tenantId;
    private final Tables tables;

    TableTrendStore(String tenantId, Supplier<TableServiceClient> connect) {
        this.tenantId = new TenantRuns(tenantId).tenantId();
        this.tables = new Tables(connect);
    }

    /** The store that a storage account's connection string leads to. */
    public static TableTrendStore of(String connectionString, String tenantId) {
        return new TableTrendStore(tenantId, Tables.client(connectionString));
    }

    /**
     * The store at the URI of a storage account's table service.
     *
     * @param credential of an identity with the role Storage Table Data Contributor
     */
    public static TableTrendStore of(URI account, TokenCredential credential, String tenantId) {
        return new TableTrendStore(tenantId, Tables.client(account, credential));
    }

    @Override
    public <T> T alone(String runId, Supplier<T> work) {
        return new TableTurn(tables, SERIES, partition(TURN), runId, InstantSource.system()).take(work);
    }

    @Override
    public List<FindingRecord> findings(String checkId) {
        return ItemIds.isOne(checkId)
                ? documents(FINDINGS, in(checkId), Integer.MAX_VALUE, TrendJson::readFindings)
                        .flatMap(List::stream)
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
    public void putChanges(String runId, List<Change> changes) {
        Map<String, TableEntity> rows = new LinkedHashMap<>();
        for (Change change : changes) {
            String key = Keys.ofRun(runId) + "|" + FindingKeys.of(change);
            rows.putIfAbsent(key, row("", key, TrendJson.writeChanges(List.of(change))));
        }
        if (!rows.isEmpty()) {
            query(CHANGES, of(runId), KEYS).forEach(kept -> rows.remove(kept.getRowKey()));
            tables.put(CHANGES, List.copyOf(rows.values()));
        }
    }

    @Override
    public List<Change> changes(String runId) {
        return RunIds.isOne(runId) ? changes(of(runId), Integer.MAX_VALUE) : List.of();
    }

    @Override
    public List<Change> changes(Span span) {
        List<Change> some = changes(in("") + Keys.within(span), span.limit());
        if (some.size() < span.limit() || some.isEmpty()) {
            return some;
        }
        String last = some.get(some.size() - 1).runId();
        return Stream.concat(some.stream().filter(change -> !change.runId().equals(last)), changes(last).stream())
                .toList();
    }

    private List<Change> changes(String filter, int limit) {
        return documents(CHANGES, filter, limit, TrendJson::readChanges)
                .flatMap(List::stream)
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
    public void putPoint(StagePoint point) {
        tables.put(SERIES, row(point.stage().name(), Keys.ofRun(point.runId()), TrendJson.write(point)));
    }

    @Override
    public List<StagePoint> series(Stage stage, Span span) {
        return documents(SERIES, in(stage.name()) + Keys.within(span), span.limit(), TrendJson::readPoint)
                .toList();
    }

    @Override
    public void deleteBefore(Instant time, Set<String> kept) {
        String old = Keys.within(new Span(Instant.EPOCH, time, Optional.empty(), 0));
        delete(CHANGES, in("") + old, kept);
        delete(CHANGES, in(DELIVERED) + old, kept);
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
                        .filter(row -> !kept.contains(row.getRowKey().split("\\|", -1)[1]))
                        .toList());
    }

    private List<TableEntity> query(String table, String filter, List<String> properties) {
        return tables.query(table, filter, properties, Integer.MAX_VALUE);
    }

    private <T> Stream<T> documents(String table, String filter, int limit, Function<String, T> reader) {
        List<String> properties =
                Stream.of(KEYS, Chunks.names(DOCUMENT)).flatMap(List::stream).toList();
        return tables.query(table, filter, properties, limit).stream().map(row -> {
            try {
                return reader.apply(Chunks.get(row, DOCUMENT));
            } catch (IllegalArgumentException e) {
                throw new StoreException(
                        "Row " + row.getRowKey() + " of table " + table + " is broken (" + e.getMessage()
                                + "): restore or delete it",
                        e);
            }
        });
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
