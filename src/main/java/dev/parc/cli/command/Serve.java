package dev.parc.cli.command;

import dev.parc.app.DeskHost;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.option.RunOptions;
import dev.parc.cli.option.TenantOptions;
import dev.parc.collect.TenantException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parc serve}: the functions on this machine. */
@Command(name = "serve", description = "Run the app on http://127.0.0.1, with its queue and timers, until you stop it.")
public final class Serve implements Callable<Integer> {

    private static final int LAST_PORT = 65_535;

    /** Starts to serve a tenant. */
    public interface Starter {

        /**
         * Serves until what it gives is closed.
         *
         * @param port 0 for any that is free
         * @param data the folder that keeps the queue
         */
        DeskHost.Serving start(int port, Path data);
    }

    private final Console console;
    private final Source<Starter> source;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port. Default: ${DEFAULT-VALUE}; 0 picks a free one.")
    int port = DeskHost.DEFAULT_PORT;

    @Option(names = "--demo", description = "Serve the demo tenant that ships with PARC.")
    boolean demo;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder where runs and the queue are stored. Default: ${DEFAULT-VALUE}.")
    Path data = RunOptions.DATA;

    public Serve(Console console, Source<Starter> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > LAST_PORT) {
            throw new UsageException("--port must be from 0 to " + LAST_PORT);
        }
        Starter starter = demo ? source.demo(data) : source.live(console.environment(), Optional.empty(), data);
        try {
            serve(starter);
        } catch (TenantException e) {
            throw demo ? e : TenantOptions.withoutTenant(e);
        }
        return ExitCode.DONE;
    }

    private void serve(Starter starter) throws InterruptedException {
        try (DeskHost.Serving serving = starter.start(port, data)) {
            Runtime.getRuntime().addShutdownHook(new Thread(serving::close, "close"));
            console.out()
                    .printf(
                            "PARC serves %s on %s; Ctrl+C stops it%n",
                            demo ? "the demo tenant" : "the live tenant", serving.address());
            console.out().flush();
            serving.await();
        }
    }
}
