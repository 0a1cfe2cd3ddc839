package dev.parc.desk;

import dev.parc.app.CompositionRoot;
import dev.parc.app.DeskHost;
import dev.parc.app.Schedule;
import dev.parc.app.Settings;
import dev.parc.app.SettingsException;
import dev.parc.check.Stage;
import dev.parc.functions.WebhooksApi;
import dev.parc.functions.wiring.FunctionFactory;
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
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The functions of PARC, served on this machine. */
public final class ServeHost implements DeskHost {

    private static final Logger LOG = Logger.getLogger(ServeHost.class.getName());
    private static final int REQUESTS_AT_ONCE = 8;
    private static final int REQUESTS_IN_LINE = 1_000;

    /** For a whole request, and for an answer to be taken. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

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
    static List<DeskFunction> functions(Supplier<CompositionRoot> parc) {
        FunctionFactory factory = new FunctionFactory(parc);
        return FunctionFactory.CLASSES.stream()
                .map(factory::make)
                .flatMap(DeskFunction::of)
                .toList();
    }

    @Override
    public Serving start(CompositionRoot parc, int port, Path data) {
        parc.store();
        Path folder = data.resolve(parc.tenant().source());
        FileChannel lock = lock(folder);
        try {
            return new Running(parc, port, folder.resolve("queue"), lock);
        } catch (RuntimeException e) {
            close(lock);
            throw e;
        }
    }

    private static DeskServer bind(int port, Executor threads, DeskServer.Application application) {
        try {
            return new DeskServer(
                    new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port),
                    threads,
                    application,
                    PATIENCE,
                    System::nanoTime);
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

        private final DeskServer server;
        private final FileChannel lock;
        private final ThreadPoolExecutor requests = new ThreadPoolExecutor(
                REQUESTS_AT_ONCE, REQUESTS_AT_ONCE, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(REQUESTS_IN_LINE));
        private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor();
        private final ScheduledFuture<?> ticking;
        private final List<DeskWorker> workers = new ArrayList<>();
        private final List<Thread> threads = new ArrayList<>();
        private final CountDownLatch closed = new CountDownLatch(1);

        Running(CompositionRoot parc, int port, Path queueFolder, FileChannel lock) {
            this.lock = lock;
            Map<String, DeskQueue> queues = new ConcurrentHashMap<>();
            Function<String, DeskQueue> queue = name -> queues.computeIfAbsent(
                    name, any -> new DeskQueue(queueFolder, name, pause, parc.clock(), WebhooksApi.receivers(name)));
            BiConsumer<String, String> put =
                    (name, message) -> queue.apply(name).put(message);
            List<DeskFunction> functions = functions(() -> parc);
            DeskTimers timers = new DeskTimers(parc.clock());
            for (DeskFunction function : functions) {
                function.queue()
                        .ifPresent(trigger -> workers.add(new DeskWorker(
                                function,
                                queue.apply(trigger.queueName()),
                                put,
                                WebhooksApi.sideBySide(trigger.queueName()))));
                function.timer()
                        .ifPresent(trigger ->
                                timers.add(schedule(parc.settings(), trigger.schedule()), () -> fire(function, put)));
            }
            server = bind(port, requests, new DeskHttp(functions, put, this::look));
            workers.forEach(worker -> {
                Thread thread = new Thread(worker, "parc-queue");
                thread.setDaemon(true);
                threads.add(thread);
                thread.start();
            });
            ticking = clockwork.scheduleWithFixedDelay(
                    () -> {
                        server.cutOff();
                        timers.tick();
                    },
                    1,
                    1,
                    TimeUnit.SECONDS);
        }

        /** Looks again and again, each time on one of the threads for requests, which is free in between. */
        private void look(
                Supplier<DeskResponse> look,
                Predicate<DeskResponse> ended,
                Duration time,
                Consumer<DeskResponse> answer) {
            long end = System.nanoTime() + time.toNanos();
            Runnable again = new Runnable() {
                @Override
                public void run() {
                    DeskResponse seen;
                    try {
                        seen = look.get();
                    } catch (RuntimeException e) {
                        LOG.log(Level.SEVERE, "a request failed", e);
                        seen = DeskHttp.failed();
                    }
                    if (ended.test(seen) || System.nanoTime() >= end || closed.getCount() == 0) {
                        answer.accept(seen);
                    } else {
                        lookLater(this, seen, answer);
                    }
                }
            };
            lookLater(again, DeskHttp.tooMuch(), answer);
        }

        private void lookLater(Runnable look, DeskResponse otherwise, Consumer<DeskResponse> answer) {
            try {
                ScheduledFuture<?> unused = clockwork.schedule(
                        () -> {
                            try {
                                requests.execute(look);
                            } catch (RejectedExecutionException e) {
                                answer.accept(otherwise);
                            }
                        },
                        BETWEEN_LOOKS.toMillis(),
                        TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                answer.accept(otherwise);
            }
        }

        @Override
        public String address() {
            return "http://127.0.0.1:" + server.port();
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
                for (DeskWorker worker : workers) {
                    worker.awaitEnd(grace);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                server.close();
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
