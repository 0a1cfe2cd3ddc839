package dev.parc.cli;

import dev.parc.app.Parc;
import dev.parc.collect.TenantException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parc assess}: answers the roadmap for a tenant. */
@Command(
        name = "assess",
        description = "Answer the roadmap for the tenant you are signed in to (az login), or for a snapshot.")
final class Assess implements Callable<Integer> {

    private final Console console;
    private final Wiring wiring;

    @Mixin
    RunOptions options = new RunOptions();

    @Option(names = "--snapshot", paramLabel = "PATH", description = "Answer from this snapshot, a folder or zip file.")
    @Nullable Path snapshot;

    @Option(
            names = "--record",
            paramLabel = "PATH",
            description = "Record a snapshot of what is read: a new folder, or a file ending in .zip.")
    @Nullable Path record;

    @Option(names = "--demo", description = "Answer for the demo tenant that ships with PARC.")
    boolean demo;

    Assess(Console console, Wiring wiring) {
        this.console = console;
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        if (demo && snapshot != null) {
            throw new UsageException("--demo and --snapshot exclude each other; leave one out");
        }
        if (record != null && (demo || snapshot != null)) {
            throw new UsageException("--record goes with a live tenant only; leave out --demo and --snapshot");
        }
        try {
            return new Run(console, parc(), options).call();
        } catch (TenantException e) {
            if (snapshot != null) {
                throw new UsageException(String.valueOf(e.getMessage()), e);
            }
            throw demo ? e : Serve.withoutTenant(e);
        }
    }

    private Parc parc() {
        if (demo) {
            return wiring.demo(options.data);
        }
        return snapshot == null
                ? wiring.live(console.environment(), Optional.ofNullable(record), options.data)
                : wiring.snapshot(console.environment(), snapshot, options.data);
    }
}
