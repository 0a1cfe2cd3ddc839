package dev.parc.store.table;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.Context;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.app.Stores;
import dev.parc.assessment.run.RunStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** The stores of a tenant in the tables of Azurite, with somebody who sees every request before it is sent. */
public final class WatchedTables {

    private WatchedTables() {}

    /** How to reach Azurite, which is started if need be. */
    public static String azurite() {
        return Azurite.connectionString();
    }

    /** The stores of a tenant. */
    public static Stores stores(String connection, String tenantId, Consumer<HttpRequest> watcher) {
        Supplier<TableServiceClient> connect = () -> Tables.builder()
                .connectionString(connection)
                .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ZERO)))
                .addPolicy(new Watch(watcher))
                .buildClient();
        RunStore runs = new TableRunStore(tenantId, connect);
        return new Stores(runs, new TableLedger(tenantId, connect), new TableTrendStore(tenantId, connect, runs));
    }

    /** Ends the turn of a tenant's run that does not end it itself, as its time does. */
    public static void endTurn(String connection, String tenantId) {
        new Tables(Tables.client(connection)).delete(TableTrendStore.SERIES, tenantId + "|turn", "turn");
    }

    /** Puts rows, each an object with {@code table} and {@code row}. */
    public static void load(String connection, List<JsonNode> rows) {
        Tables tables = new Tables(Tables.client(connection));
        for (JsonNode one : rows) {
            JsonNode row = one.path("row");
            TableEntity entity = new TableEntity(
                    row.path("PartitionKey").asText(), row.path("RowKey").asText());
            row.properties().forEach(field -> {
                if (!field.getKey().endsWith("Key")) {
                    JsonNode value = field.getValue();
                    entity.addProperty(
                            field.getKey(),
                            value.isInt()
                                    ? (Object) value.intValue()
                                    : value.isBoolean() ? (Object) value.booleanValue() : value.asText());
                }
            });
            tables.put(one.path("table").asText(), entity);
        }
    }

    /** Gives a tenant the rows that another has, as its own. */
    public static void copy(String connection, String from, String to) {
        TableServiceClient service = Tables.client(connection).get();
        Tables tables = new Tables(() -> service);
        for (String table : tables.names()) {
            Map<String, List<TableEntity>> rows = new TreeMap<>();
            ListEntitiesOptions ofTenant = new ListEntitiesOptions()
                    .setFilter("PartitionKey ge '" + from + "' and PartitionKey lt '" + from + "}'");
            for (TableEntity row : service.getTableClient(table).listEntities(ofTenant, null, Context.NONE)) {
                TableEntity copy = new TableEntity(
                        row.getPartitionKey().replace(from, to), row.getRowKey().replace(from, to));
                row.getProperties().forEach((name, value) -> {
                    if (!name.endsWith("Key") && !name.startsWith("odata.") && !name.equals("Timestamp")) {
                        copy.addProperty(name, value instanceof String text ? text.replace(from, to) : value);
                    }
                });
                rows.computeIfAbsent(copy.getPartitionKey(), partition -> new ArrayList<>())
                        .add(copy);
            }
            rows.values().forEach(partition -> tables.put(table, partition));
        }
    }

    /** How many rows of a tenant each table has. */
    public static Map<String, Long> rows(String connection, String tenantId) {
        Tables tables = new Tables(Tables.client(connection));
        Map<String, Long> rows = new TreeMap<>();
        for (String table : tables.names()) {
            String ours = "PartitionKey ge '" + tenantId + "' and PartitionKey lt '" + tenantId + "}'";
            rows.put(table, (long) tables.query(table, ours, List.of("PartitionKey", "RowKey"), Integer.MAX_VALUE)
                    .size());
        }
        return rows;
    }

    private record Watch(Consumer<HttpRequest> watcher) implements HttpPipelinePolicy {

        @Override
        public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
            watcher.accept(context.getHttpRequest());
            return next.process();
        }

        @Override
        public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
            watcher.accept(context.getHttpRequest());
            return next.processSync();
        }
    }
}
