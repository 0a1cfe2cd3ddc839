package dev.parc.cli.command;

import dev.parc.app.Parc;
import dev.parc.assessment.publishing.Tombstone;
import dev.parc.assessment.run.RunRecord;
import dev.parc.check.Counted;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.console.Wiring;
import dev.parc.cli.option.StoredRuns;
import java.util.concurrent.Callable;
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

    private final Console console;
    private final Wiring wiring;

    @Parameters(paramLabel = "RUN", description = "The id of the run; 'parc history' lists the newest.")
    String runId = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "The reason, in one line.")
    String reason = "";

    @Option(names = "--by", paramLabel = "WHO", required = true, description = "Who deletes the run.")
    String by = "";

    @Mixin
    StoredRuns stored = new StoredRuns();

    public DeleteRun(Console console, Wiring wiring) {
        this.console = console;
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        if (reason.isBlank() || reason.length() > Tombstone.LONGEST_REASON || by.isBlank()) {
            throw new UsageException("--by and --reason are needed: who deletes the run and why, each in at most "
                    + Tombstone.LONGEST_REASON + " characters");
        }
        return stored.with(console, wiring, this::delete);
    }

    private int delete(Parc parc) {
        RunRecord run = parc.runs()
                .find(runId)
                .orElseThrow(
                        () -> new UsageException("no run has the id '" + runId + "'; 'parc history' lists the newest"));
        parc.runs().delete(run, by.strip(), reason.strip());
        Tombstone stays = parc.store().tombstone(runId).orElseThrow();
        console.say("deleted: run " + runId + ", with "
                + Counted.say(
                        "%d [item|items], %d [finding|findings] and %d [change|changes]",
                        stays.results(), stays.findings(), stays.changes()));
        return ExitCode.DONE;
    }
}
