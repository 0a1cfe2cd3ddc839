package dev.parc.cli.command;

import dev.parc.app.Runs;
import dev.parc.assessment.publishing.Tombstone;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Counted;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.option.StoredRuns;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parc delete-run}: a run that must not count. */
@Command(
        name = "delete-run",
        description = {
            "Delete a stored run and everything it found.",
            "PARC keeps a record of who deleted the run, when and why, and reports its answers as withdrawn."
        })
public final class DeleteRun implements Callable<Integer> {

    /** What it uses of a tenant. */
    public record Parts(Supplier<Runs> runs, Supplier<RunStore> store) {}

    private final Console console;
    private final Source<Parts> source;

    @Parameters(paramLabel = "RUN", description = "The id of the run; 'parc history' lists the newest.")
    String runId = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "The reason, in one line.")
    String reason = "";

    @Option(names = "--by", paramLabel = "WHO", required = true, description = "Who deletes the run.")
    String by = "";

    @Mixin
    StoredRuns stored = new StoredRuns();

    public DeleteRun(Console console, Source<Parts> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        if (reason.isBlank() || reason.length() > Tombstone.LONGEST_REASON || by.isBlank()) {
            throw new UsageException("--by and --reason are needed: who deletes the run and why, each in at most "
                    + Tombstone.LONGEST_REASON + " characters");
        }
        return stored.with(console, source, this::delete);
    }

    private int delete(Parts parts) {
        RunRecord run = parts.runs()
                .get()
                .find(runId)
                .orElseThrow(
                        () -> new UsageException("no run has the id '" + runId + "'; 'parc history' lists the newest"));
        parts.runs().get().delete(run, by.strip(), reason.strip());
        Tombstone stays = parts.store().get().tombstone(runId).orElseThrow();
        console.say("deleted: run " + runId + ", with "
                + Counted.say(
                        "%d [item|items], %d [finding|findings] and %d [change|changes]",
                        stays.results(), stays.findings(), stays.changes()));
        return ExitCode.DONE;
    }
}
