package dev.parc.store.table;

import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableEntityUpdateMode;
import com.azure.data.tables.models.TableErrorCode;
import com.azure.data.tables.models.TableItem;
import com.azure.data.tables.models.TableServiceError;
import com.azure.data.tables.models.TableServiceException;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import com.azure.data.tables.models.TableTransactionFailedException;
import dev.parc.assessment.ledger.StoreException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The table service: the client and each table are made when first used, transactions are kept within the service's
 * limits, and its errors become {@link StoreException}s that say what to do.
 */
final class Tables {

    private static final int ROWS_A_PAGE = 1000;
    private static final int ROWS_A_TRANSACTION = 100;

    /** The service takes 4 MiB; what surrounds the texts is estimated. */
    private static final int BYTES_A_TRANSACTION = 3_900_000;

    private static final int BYTES_AROUND_A_ROW = 2048;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Supplier<TableServiceClient> connect;
    private final Map<String, TableClient> tables = new ConcurrentHashMap<>();
    private @Nullable TableServiceClient service;

    /** @param connect makes the client; called once, when a table is first used */
    Tables(Supplier<TableServiceClient> connect) {
        this.connect = connect;
    }

    /** What makes the client of the account that a connection string names. */
    static Supplier<TableServiceClient> client(String connectionString) {
        return () -> builder().connectionString(connectionString).buildClient();
    }

    /** What makes the client of the account with this table service. */
    static Supplier<TableServiceClient> client(URI account, TokenCredential credential) {
        return () ->
                builder().endpoint(account.toString()).credential(credential).buildClient();
    }

    static TableServiceClientBuilder builder() {
        return new TableServiceClientBuilder()
                .httpClient(new JdkHttpClientBuilder().build())
                .addPolicy(new XmlRefusals());
    }

    /** The names of the tables that are there. */
    List<String> names() {
        TableServiceClient connected = service();
        try {
            return connected.listTables().stream().map(TableItem::getName).toList();
        } catch (RuntimeException e) {
            throw failure(URI.create(connected.getServiceEndpoint()).getHost(), e);
        }
    }

    Optional<TableEntity> get(String table, String partition, String row) {
        return call(table, client -> {
            try {
                return Optional.of(client.getEntity(partition, row));
            } catch (TableServiceException e) {
                return foreseen(e, isNotFound(e), Optional.empty());
            }
        });
    }

    /** Adds the row; false if its keys are taken. */
    boolean insert(String table, TableEntity row) {
        return call(table, client -> {
            try {
                client.createEntity(row);
                return true;
            } catch (TableServiceException e) {
                return foreseen(e, isTaken(e), false);
            }
        });
    }

    /** Adds rows of one partition, all or none; false if the keys of one are taken. They must fit one transaction. */
    boolean insert(String table, List<TableEntity> rows) {
        return call(table, client -> {
            try {
                client.submitTransaction(rows.stream()
                        .map(row -> new TableTransactionAction(TableTransactionActionType.CREATE, row))
                        .toList());
                return true;
            } catch (TableServiceException e) {
                return foreseen(e, isTaken(e), false);
            }
        });
    }

    /** Does all of this in one partition, or nothing: false if a row that is to be new is there, or one is not as it was read. */
    boolean transact(String table, List<TableTransactionAction> actions) {
        return call(table, client -> {
            try {
                client.submitTransaction(actions);
                return true;
            } catch (TableServiceException e) {
                return foreseen(e, isTaken(e) || isNotFound(e) || isChanged(e), false);
            }
        });
    }

    /** Adds the row or replaces the one that has its keys. */
    void put(String table, TableEntity row) {
        call(table, client -> {
            client.upsertEntityWithResponse(row, TableEntityUpdateMode.REPLACE, null, Context.NONE);
            return true;
        });
    }

    /** Puts these properties into the row that has these keys. */
    void merge(String table, TableEntity row) {
        call(table, client -> {
            client.updateEntityWithResponse(row, TableEntityUpdateMode.MERGE, false, null, Context.NONE);
            return true;
        });
    }

    /** Puts rows of one partition, in as few transactions as their size allows. */
    void put(String table, List<TableEntity> rows) {
        List<TableTransactionAction> actions = new ArrayList<>();
        int bytes = 0;
        for (TableEntity row : rows) {
            int more = BYTES_AROUND_A_ROW + bytes(row);
            if (actions.size() == ROWS_A_TRANSACTION || (!actions.isEmpty() && bytes + more > BYTES_A_TRANSACTION)) {
                submit(table, actions);
                actions.clear();
                bytes = 0;
            }
            actions.add(new TableTransactionAction(TableTransactionActionType.UPSERT_REPLACE, row));
            bytes += more;
        }
        submit(table, actions);
    }

    /** Replaces the row if it is as it was read, which its ETag tells; false if it was changed or deleted since. */
    boolean replace(String table, TableEntity read, TableEntity by) {
        by.addProperty("odata.etag", read.getETag());
        return call(table, client -> {
            try {
                client.updateEntityWithResponse(by, TableEntityUpdateMode.REPLACE, true, null, Context.NONE);
                return true;
            } catch (TableServiceException e) {
                return foreseen(e, isNotFound(e) || isChanged(e), false);
            }
        });
    }

    /** Deletes the row, if there is one. */
    void delete(String table, String partition, String row) {
        call(table, client -> {
            try {
                client.deleteEntity(partition, row);
                return true;
            } catch (TableServiceException e) {
                return foreseen(e, isNotFound(e), false);
            }
        });
    }

    /** Deletes rows of one partition; those that are gone already do not matter. */
    void delete(String table, List<TableEntity> rows) {
        for (int from = 0; from < rows.size(); from += ROWS_A_TRANSACTION) {
            List<TableEntity> some = rows.subList(from, Math.min(rows.size(), from + ROWS_A_TRANSACTION));
            boolean gone = call(table, client -> {
                try {
                    client.submitTransaction(some.stream()
                            .map(row -> new TableTransactionAction(TableTransactionActionType.DELETE, row))
                            .toList());
                    return true;
                } catch (TableTransactionFailedException e) {
                    return foreseen(e, isNotFound(e), false);
                }
            });
            if (!gone) {
                some.forEach(row -> delete(table, row.getPartitionKey(), row.getRowKey()));
            }
        }
    }

    /**
     * The first rows that a filter lets through, in the order of their keys.
     *
     * @param properties what to read of each
     */
    List<TableEntity> query(String table, String filter, List<String> properties, int limit) {
        ListEntitiesOptions options = new ListEntitiesOptions()
                .setFilter(filter)
                .setSelect(properties)
                .setTop(Math.min(limit, ROWS_A_PAGE));
        return limit <= 0
                ? List.of()
                : call(
                        table,
                        client -> client.listEntities(options, null, Context.NONE).stream()
                                .limit(limit)
                                .toList());
    }

    /**
     * The first rows that a filter lets through and that are wanted, in the order of their keys.
     *
     * @param properties what to read of each, the keys among it
     * @param wanted which of some rows are wanted, in their order
     */
    List<TableEntity> query(
            String table, String filter, List<String> properties, int limit, UnaryOperator<List<TableEntity>> wanted) {
        List<TableEntity> found = new ArrayList<>();
        String from = "";
        while (found.size() < limit) {
            int asked = Math.min(limit, ROWS_A_PAGE);
            List<TableEntity> some = query(table, filter + from, properties, asked);
            found.addAll(wanted.apply(some));
            if (some.size() < asked) {
                break;
            }
            from = " and RowKey gt '" + some.get(some.size() - 1).getRowKey() + "'";
        }
        return found.subList(0, Math.min(limit, found.size()));
    }

    private void submit(String table, List<TableTransactionAction> actions) {
        if (!actions.isEmpty()) {
            call(table, client -> client.submitTransaction(actions));
        }
    }

    /** How long the row's texts are as JSON: they are ASCII, and a quote and a backslash take two bytes. */
    private static int bytes(TableEntity row) {
        return row.getProperties().values().stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .flatMapToInt(String::chars)
                .map(c -> c == '"' || c == '\\' ? 2 : 1)
                .sum();
    }

    private static int status(HttpResponseException e) {
        return e.getResponse() == null ? 0 : e.getResponse().getStatusCode();
    }

    /** A transaction that fails tells the code of the row that made it fail, and no status. */
    private static boolean isNotFound(TableServiceException e) {
        return status(e) == 404 || code(e).equals(TableErrorCode.RESOURCE_NOT_FOUND.toString());
    }

    private static boolean isChanged(TableServiceException e) {
        return status(e) == 412 || code(e).equals(TableErrorCode.UPDATE_CONDITION_NOT_SATISFIED.toString());
    }

    private static boolean isTaken(TableServiceException e) {
        return code(e).equals(TableErrorCode.ENTITY_ALREADY_EXISTS.toString());
    }

    private static <T> T foreseen(TableServiceException e, boolean foreseen, T otherwise) {
        if (foreseen) {
            return otherwise;
        }
        throw e;
    }

    private <T> T call(String table, Function<TableClient, T> work) {
        TableServiceClient connected = service();
        try {
            return work.apply(tables.computeIfAbsent(table, name -> {
                connected.createTableIfNotExists(name);
                return connected.getTableClient(name);
            }));
        } catch (RuntimeException e) {
            throw failure(URI.create(connected.getServiceEndpoint()).getHost(), e);
        }
    }

    private synchronized TableServiceClient service() {
        if (service == null) {
            TableServiceClient made = made();
            URI endpoint = URI.create(made.getServiceEndpoint());
            if (!"https".equals(endpoint.getScheme()) && !LOOPBACK.contains(endpoint.getHost())) {
                throw new StoreException("PARC_TABLES must use https: the table storage " + endpoint.getHost()
                        + " is not on this computer");
            }
            service = made;
        }
        return service;
    }

    private TableServiceClient made() {
        try {
            return connect.get();
        } catch (RuntimeException e) {
            throw new StoreException(
                    "PARC_TABLES is neither the connection string of a storage account nor the https URI of its table"
                            + " service: correct it",
                    e);
        }
    }

    private static StoreException failure(String host, RuntimeException e) {
        String storage = "The table storage " + host;
        if (e instanceof ClientAuthenticationException) {
            return new StoreException(storage + " got no token: run 'az login', or give the app a managed identity", e);
        }
        if (!(e instanceof HttpResponseException refused)) {
            return new StoreException(
                    storage + " cannot be reached (" + root(e).getClass().getSimpleName()
                            + "): check PARC_TABLES and the network, then try again",
                    e);
        }
        String answer = storage + " answered " + status(refused) + " " + code(refused) + ": ";
        return new StoreException(
                answer
                        + switch (status(refused)) {
                            case 401, 403 ->
                                "give the identity of PARC the role Storage Table Data Contributor there,"
                                        + " or correct PARC_TABLES";
                            case 429, 500, 502, 503, 504 -> "try again later";
                            default -> "check that PARC_TABLES names a storage account with tables";
                        },
                e);
    }

    private static String code(HttpResponseException e) {
        return e.getValue() instanceof TableServiceError error && error.getErrorCode() != null
                ? error.getErrorCode().toString()
                : "without a code";
    }

    private static Throwable root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }
}
