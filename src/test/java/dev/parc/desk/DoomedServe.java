package dev.parc.desk;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import dev.parc.app.CompositionRoot;
import dev.parc.app.DeskHost;
import dev.parc.app.RenamedTenant;
import dev.parc.app.Settings;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.roadmap.Roadmap;
import dev.parc.store.table.WatchedTables;
import dev.parc.webhook.Receivers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A process that serves the demo tenant with its runs in the tables of Azurite, prints its address, and stands still for
 * ever before it sends the write to the tables that it is told.
 */
final class DoomedServe {

    private DoomedServe() {}

    /**
     * Serves.
     *
     * @param args data folder, connection string, tenant, port of the receiver, what is in the address of the fatal write,
     *     and which of the writes with such an address it is
     */
    public static void main(String[] args) throws InterruptedException {
        int fatal = Integer.parseInt(args[5]);
        AtomicInteger writes = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        Consumer<HttpRequest> watcher = request -> {
            if (isWrite(request)
                    && request.getUrl().toString().contains(args[4])
                    && writes.incrementAndGet() >= fatal) {
                System.out.println("standing still at " + request.getUrl().getPath());
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        System.out.println(serve(Path.of(args[0]), args[1], args[2], Integer.parseInt(args[3]), watcher)
                .address());
        never.await();
    }

    private static boolean isWrite(HttpRequest request) {
        return request.getHttpMethod() != HttpMethod.GET
                && !request.getUrl().getPath().endsWith("/Tables");
    }

    static DeskHost.Serving serve(
            Path data, String connection, String tenant, int receiver, Consumer<HttpRequest> watcher) {
        CompositionRoot parc = CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        () -> new RenamedTenant(SnapshotTenant.demo(), tenant),
                        opened -> WatchedTables.stores(connection, opened.id(), watcher),
                        Roadmap.checks(),
                        Clock.systemUTC())
                .delivering(Receivers.at(receiver))
                .root();
        return new ServeHost(Duration.ZERO, Duration.ofSeconds(1)).start(parc, 0, data);
    }
}
