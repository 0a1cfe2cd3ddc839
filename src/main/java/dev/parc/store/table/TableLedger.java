package dev.parc.store.table;

import com.azure.core.credential.TokenCredential;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.TableEntity;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.store.TenantRuns;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Keeps the ledger of one tenant in Azure Table Storage: {@code ParcAttestations}, {@code ParcWaivers}, and
 * {@code ParcAccounts} for what is kept of administrators. The partition is tenant and book, the row key, inverted
 * revision and part, so the newest revision of a key comes first. A long document is as many rows as it takes, added in
 * one transaction. Nothing is asked of the service before the first call.
 */
public final class TableLedger implements Ledger {

    private static final String DOCUMENT = "Document";
    private static final String PARTS = "Parts";
    private static final List<String> KEYS = List.of("PartitionKey", "RowKey");

    private final String tenantId;
    private final Tables tables;

    TableLedger(String tenantId, Supplier<TableServiceClient> connect) {
        this.tenantId = new TenantRuns(tenantId).tenantId();
        this.tables = new Tables(connect);
    }

    /** The ledger that a storage account's connection string leads to. */
    public static TableLedger of(String connectionString, String tenantId) {
        return new TableLedger(tenantId, Tables.client(connectionString));
    }

    /**
     * The ledger at the URI of a storage account's table service.
     *
     * @param credential of an identity with the role Storage Table Data Contributor
     */
    public static TableLedger of(URI account, TokenCredential credential, String tenantId) {
        return new TableLedger(tenantId, Tables.client(account, credential));
    }

    @Override
    public List<Entry> newest(Book book) {
        Map<String, Entry> newest = new TreeMap<>();
        entries(book, mine(book)).forEach(entry -> newest.putIfAbsent(entry.key(), entry));
        return List.copyOf(newest.values());
    }

    @Override
    public List<Entry> history(Book book, String key, int limit) {
        return KEY.matcher(key).matches()
                ? entries(book, of(book, key)).stream()
                        .limit(Math.max(0, limit))
                        .toList()
                : List.of();
    }

    @Override
    public boolean append(Book book, Entry entry) {
        List<String> parts = Chunks.perEntity(entry.document());
        List<TableEntity> rows = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            String row = String.format(
                    Locale.ROOT, "%s|%010d|%03d", entry.key(), Integer.MAX_VALUE - entry.revision(), part);
            TableEntity one = new TableEntity(partition(book), row).addProperty(PARTS, parts.size());
            Chunks.put(one, DOCUMENT, parts.get(part));
            rows.add(one);
        }
        return tables.insert(table(book), rows);
    }

    @Override
    public void trim(Book book, String key, int keep) {
        if (KEY.matcher(key).matches()) {
            List<TableEntity> rows = tables.query(table(book), of(book, key), KEYS, Integer.MAX_VALUE);
            List<Integer> kept = rows.stream()
                    .map(TableLedger::revision)
                    .distinct()
                    .limit(Math.max(0, keep))
                    .toList();
            tables.delete(
                    table(book),
                    rows.stream().filter(row -> !kept.contains(revision(row))).toList());
        }
    }

    /** In the order of the keys, each key's newest first. */
    private List<Entry> entries(Book book, String filter) {
        List<String> properties = Stream.of(KEYS, List.of(PARTS), Chunks.names(DOCUMENT))
                .flatMap(List::stream)
                .toList();
        Map<String, List<TableEntity>> documents = new LinkedHashMap<>();
        tables.query(table(book), filter, properties, Integer.MAX_VALUE)
                .forEach(row -> documents
                        .computeIfAbsent(
                                row.getRowKey().substring(0, row.getRowKey().lastIndexOf('|')), k -> new ArrayList<>())
                        .add(row));
        return documents.values().stream().map(rows -> entry(book, rows)).toList();
    }

    private static Entry entry(Book book, List<TableEntity> rows) {
        TableEntity first = rows.get(0);
        StringBuilder document = new StringBuilder();
        rows.forEach(row -> document.append(Chunks.get(row, DOCUMENT)));
        try {
            if (!Integer.valueOf(rows.size()).equals(first.getProperty(PARTS))) {
                throw new IllegalArgumentException("not all of its parts are there");
            }
            String key = first.getRowKey().substring(0, first.getRowKey().indexOf('|'));
            return new Entry(key, revision(first), document.toString());
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    "Row " + first.getRowKey() + " of table " + table(book) + " is broken (" + e.getMessage()
                            + "): restore or delete it",
                    e);
        }
    }

    private static int revision(TableEntity row) {
        String key = row.getRowKey();
        return Integer.MAX_VALUE - Integer.parseInt(key.substring(key.indexOf('|') + 1, key.lastIndexOf('|')));
    }

    private static String table(Book book) {
        return switch (book) {
            case ATTESTATIONS -> "ParcAttestations";
            case WAIVERS -> "ParcWaivers";
            case CATEGORIES, ADMINISTRATORS, ACKNOWLEDGEMENTS -> "ParcAccounts";
            case HOOKS -> "ParcHooks";
        };
    }

    private String partition(Book book) {
        return tenantId + "|" + book.name().toLowerCase(Locale.ROOT);
    }

    private String mine(Book book) {
        return "PartitionKey eq '" + partition(book) + "'";
    }

    private String of(Book book, String key) {
        return mine(book) + " and RowKey gt '" + key + "|' and RowKey lt '" + key + "}'";
    }
}
