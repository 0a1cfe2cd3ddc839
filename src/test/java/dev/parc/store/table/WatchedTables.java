package dev.parc.store.table;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RetryOptions;
import com.azure.data.tables.TableServiceClient;
import dev.parc.app.Stores;
import dev.parc.assessment.RunStore;
import java.time.Duration;
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
