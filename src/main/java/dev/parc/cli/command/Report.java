package dev.parc.cli.command;

import dev.parc.app.Reports;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.run.RunStore;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.option.ExportOptions;
import dev.parc.cli.option.RunExport;
import dev.parc.cli.option.StoredRuns;
import dev.parc.cli.text.TextReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parc report}: a run that is kept, written again. */
@Command(name = "report", description = "Export a stored run in any format, without reading the tenant again.")
public final class Report implements Callable<Integer> {

    /** What it uses of a tenant. */
    public record Parts(Supplier<RunStore> store, Supplier<Reports> reports) {}

    private final Console console;
    private final Source<Parts> source;

    @Option(names = "--run", paramLabel = "ID", description = "The run to export. Default: the newest finished run.")
    @Nullable String run;

    @Option(names = "--all", description = "Copy every stored run into the folder named with --to.")
    boolean all;

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "With --all: the folder for JSON Lines and CSV files; existing files are left alone.")
    @Nullable Path to;

    @Mixin
    ExportOptions exports = new ExportOptions();

    @Mixin
    StoredRuns stored = new StoredRuns();

    public Report(Console console, Source<Parts> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        exports.check();
        Path folder = to;
        if (all != (folder != null)) {
            throw new UsageException("use --all and --to together");
        }
        if (folder != null) {
            if (run != null || exports.asksForADocument()) {
                throw new UsageException(
                        "--all copies every run as JSON Lines and CSV; leave out --run and other files");
            }
            return stored.with(console, source, parts -> copy(parts, folder));
        }
        return stored.with(console, source, this::write);
    }

    private int copy(Parts parts, Path folder) {
        RunExport.Copied copied;
        try {
            copied = new RunExport(parts.store().get(), folder, RunExport.PAGE).copy();
        } catch (IOException e) {
            throw new UsageException(
                    "cannot write to " + folder + ": " + e.getClass().getSimpleName(), e);
        }
        console.out()
                .println("%,d %s copied to %s%s"
                        .formatted(
                                copied.written(),
                                copied.written() == 1 ? "run" : "runs",
                                folder,
                                copied.there() == 0
                                        ? ""
                                        : "; %,d %s there already"
                                                .formatted(copied.there(), copied.there() == 1 ? "was" : "were")));
        console.out().flush();
        if (!copied.unread().isEmpty()) {
            throw new UsageException("cannot be read: " + String.join(", ", copied.unread()));
        }
        return ExitCode.DONE;
    }

    private int write(Parts parts) {
        String id = run != null
                ? run
                : StoredRuns.finished(parts.store().get(), 1).stream()
                        .findFirst()
                        .orElseThrow(() -> new UsageException("no runs are stored yet; 'parc assess' makes one"));
        Assessment assessment = StoredRuns.results(parts.store().get(), id);
        exports.write(
                console,
                assessment,
                parts.store().get().inventory(id),
                () -> parts.reports().get().ofKept(assessment),
                style -> new TextReport(style).of(assessment));
        return ExitCode.DONE;
    }
}
