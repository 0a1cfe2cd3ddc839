package dev.parc.cli.command;

import dev.parc.cli.console.Console;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.option.RunExecution;
import dev.parc.cli.option.RunOptions;
import dev.parc.cli.option.TenantOptions;
import dev.parc.collect.TenantException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parc assess}: answers the roadmap for a tenant. */
@Command(name = "assess", description = "Assess the tenant you are signed in to (az login), or a snapshot.")
public final class Assess implements Callable<Integer> {

    private final Console console;
    private final Source<RunExecution.Parts> source;

    @Mixin
    RunOptions options = new RunOptions();

    @Mixin
    TenantOptions tenant = new TenantOptions();

    @Option(
            names = "--record",
            paramLabel = "PATH",
            description = "Also save what is read as a snapshot: a new folder, or a file ending in .zip.")
    @Nullable Path record;

    public Assess(Console console, Source<RunExecution.Parts> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        tenant.requireOne();
        if (record != null && !tenant.live()) {
            throw new UsageException("--record needs a live tenant; leave out --demo and --snapshot");
        }
        try {
            Path data = tenant.demo ? options.demoData() : options.data;
            RunExecution.Parts parts = tenant.of(source, console.environment(), Optional.ofNullable(record), data);
            return new RunExecution(console, parts, options).call();
        } catch (TenantException e) {
            throw tenant.refused(e);
        }
    }
}
