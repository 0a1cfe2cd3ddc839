package dev.parc.app;

import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRequest;
import dev.parc.check.Stage;
import dev.parc.collect.Tenant;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.roadmap.Roadmap;
import dev.parc.store.table.WatchedTables;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * Eight runs of Stage 1 in the tables of Azurite, of a tenant that takes five seconds to read: by one host that works on two messages
 * at a time, as host.json has it, and by two of them. What they have to wait for each other is in it.
 */
final class HostsBench {

    private static final int RUNS = 8;
    private static final int AT_ONCE = 2;
    private static final Duration READING = Duration.ofSeconds(5);

    private HostsBench() {}

    public static void main(String[] args) throws InterruptedException {
        Logger.getLogger("").setLevel(Level.OFF);
        eight(1); // warms up
        double one = eight(1);
        double two = eight(2);
        System.out.printf("eight runs: one host %.1f s, two hosts %.1f s, %.2f of it%n", one, two, two / one);
        System.exit(0);
    }

    private static double eight(int hosts) throws InterruptedException {
        String id = UUID.randomUUID().toString();
        Queue<RunRequest> queue = new ConcurrentLinkedQueue<>();
        ExecutorService workers = Executors.newFixedThreadPool(hosts * AT_ONCE);
        List<CompositionRoot> parcs =
                IntStream.range(0, hosts).mapToObj(host -> host(id)).toList();
        for (int run = 0; run < RUNS; run++) {
            queue.add(parcs.get(0).runs().request(List.of(Stage.S1.name()), List.of(), Trigger.TIMER));
        }
        long begin = System.nanoTime();
        for (CompositionRoot parc : parcs) {
            for (int worker = 0; worker < AT_ONCE; worker++) {
                workers.execute(() -> {
                    for (RunRequest run = queue.poll(); run != null; run = queue.poll()) {
                        parc.runs().work(RunMessage.of(run), 1, Logger.getLogger("hosts"));
                    }
                });
            }
        }
        workers.shutdown();
        if (!workers.awaitTermination(10, TimeUnit.MINUTES)
                || parcs.get(0).store().lastPublished() != RUNS) {
            throw new IllegalStateException("not all runs are done");
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static CompositionRoot host(String id) {
        Tenant demo = new RenamedTenant(SnapshotTenant.demo(), id);
        Tenant slow = (Tenant) Proxy.newProxyInstance(
                Tenant.class.getClassLoader(), new Class<?>[] {Tenant.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("collect")) {
                        Thread.sleep(READING.toMillis());
                    }
                    try {
                        return method.invoke(demo, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        () -> slow,
                        opened -> WatchedTables.stores(WatchedTables.azurite(), id, request -> {}),
                        Roadmap.checks(),
                        Clock.systemUTC())
                .root();
    }
}
