package dev.parc.functions.host;

import com.sun.net.httpserver.HttpServer;
import dev.parc.app.DeskHost;
import dev.parc.app.Parc;
import dev.parc.app.Schedule;
import dev.parc.app.Settings;
import dev.parc.app.SettingsException;
import dev.parc.check.Stage;
import dev.parc.functions.AccountsApi;
import dev.parc.functions.AcknowledgementsApi;
import dev.parc.functions.AttestationsApi;
import dev.parc.functions.ChecksApi;
import dev.parc.functions.DocumentsApi;
import dev.parc.functions.HealthApi;
import dev.parc.functions.HooksApi;
import dev.parc.functions.ReportApi;
import dev.parc.functions.RunQueue;
import dev.parc.functions.RunsApi;
import dev.parc.functions.StagesApi;
import dev.parc.functions.Timers;
import dev.parc.functions.TrendsApi;
import dev.parc.functions.WaiversApi;
import dev.parc.functions.page.ReportPage;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The functions of PARC, served on this machine. */
public final class ServeHost implements DeskHost {

    private static final Logger LOG = Logger.getLogger(ServeHost.class.getName());
    private static final int REQUESTS_AT_ONCE = 8;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private static final List<Function<Supplier<Parc>, Object>> FUNCTIONS = List.of(
            Timers::new,
            RunQueue::new,
            RunsApi::new,
            StagesApi::new,
            ChecksApi::new,
            TrendsApi::new,
            AccountsApi::new,
            AttestationsApi::new,
            WaiversApi::new,
            AcknowledgementsApi::new,
            ReportApi::new,
            ReportPage::new,
            HooksApi::new,
            DocumentsApi::new,
            HealthApi::new);

    private final Duration pause;
    private final Duration grace;

    /** With a short pause between attempts, and a few seconds for a run to end at the stop. */
    public ServeHost() {
        this(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    ServeHost(Duration pause, Duration grace) {
        this.pause = pause;
        this.grace = grace;
    }

    /** Every function there is. */
    static List<DeskFunction> functions(Supplier<Parc> parc) {
        return FUNCTIONS.stream()
                .flatMap(maker -> DeskFunction.of(maker.apply(parc)))
                .toList();
    }

    @Override
    public Serving start(Parc parc, int port, Path data) {
        parc.store();
        Path folder = data.resolve(parc.tenant().source());
        FileChannel lock = lock(folder);
        try {
            return new Running(parc, bind(port), folder.resolve("queue"), lock);
        } catch (RuntimeException e) {
            close(lock);
            throw e;
        }
    }

    private static HttpServer bind(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
        } catch (BindException e) {
            throw new SettingsException(
                    "port " + port + " is in use; stop what uses it or choose another one with --port");
        } catch (IOException e) {
            throw new SettingsException("port " + port + " cannot be served: " + e.getMessage());
        }
    }

    private static FileChannel lock(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("serve.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException e) {
                LOG.fine("the lock is held by this process");
            }
            channel.close();
        } catch (IOException e) {
            throw new SettingsException("the folder " + folder + " cannot be written; choose another one with --data");
        }
        throw new SettingsException(
                "the folder " + folder + " is in use by another parc serve; choose another one with --data");
    }

    private static void close(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the lock of the data folder could not be closed", e);
        }
    }

    private final class Running implements Serving {

        private final HttpServer server;
        private final FileChannel lock;
        private final ExecutorService requests = Executors.newFixedThreadPool(REQUESTS_AT_ONCE);
        private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor();
        private final ScheduledFuture<?> ticking;
        private final List<DeskWorker> workers = new ArrayList<>();
        private final List<Thread> threads = new ArrayList<>();
        private final CountDownLatch closed = new CountDownLatch(1);

        Running(Parc parc, HttpServer server, Path queueFolder, FileChannel lock) {
            this.server = server;
            this.lock = lock;
            Map<String, DeskQueue> queues = new ConcurrentHashMap<>();
            Function<String, DeskQueue> queue =
                    name -> queues.computeIfAbsent(name, any -> new DeskQueue(queueFolder, name, pause, parc.clock()));
            BiConsumer<String, String> put =
                    (name, message) -> queue.apply(name).put(message);
            List<DeskFunction> functions = functions(() -> parc);
            DeskTimers timers = new DeskTimers(parc.clock());
            for (DeskFunction function : functions) {
                function.queue()
                        .ifPresent(trigger ->
                                workers.add(new DeskWorker(function, queue.apply(trigger.queueName()), put)));
                function.timer()
                        .ifPresent(trigger ->
                                timers.add(schedule(parc.settings(), trigger.schedule()), () -> fire(function, put)));
            }
            server.createContext("/", new DeskHttp(functions, put));
            server.setExecutor(requests);
            server.start();
            workers.forEach(worker -> {
                Thread thread = new Thread(worker, "parc-queue");
                thread.setDaemon(true);
                threads.add(thread);
                thread.start();
            });
            ticking = clockwork.scheduleWithFixedDelay(timers::tick, 1, 1, TimeUnit.SECONDS);
        }

        @Override
        public String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void await() throws InterruptedException {
            closed.await();
        }

        @Override
        public synchronized void close() {
            if (closed.getCount() == 0) {
                return;
            }
            workers.forEach(DeskWorker::stop);
            ticking.cancel(false);
            clockwork.shutdown();
            requests.shutdown();
            try {
                requests.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
                for (Thread thread : threads) {
                    thread.join(Math.max(1, grace.toMillis()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                server.stop(0);
                ServeHost.close(lock);
                closed.countDown();
            }
        }
    }

    /** Fires a timer; what goes wrong is logged, and the next time it is fired again. */
    private static void fire(DeskFunction function, BiConsumer<String, String> queues) {
        try {
            function.call("{\"IsPastDue\":false}", Map.of(), queues);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "the timer " + function.name() + " failed", e);
        }
    }

    /** The schedule that the setting named between per cent signs holds. */
    private static Schedule schedule(Settings settings, String reference) {
        return Stream.of(Stage.values())
                .filter(stage -> reference.equals("%" + Settings.scheduleSetting(stage) + "%"))
                .map(stage -> settings.schedules().get(stage))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no setting holds the schedule " + reference));
    }
}
