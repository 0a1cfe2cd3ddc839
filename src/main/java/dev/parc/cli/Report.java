package dev.parc.cli;

import dev.parc.app.Parc;
import dev.parc.assessment.Assessment;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parc report}: a run that is kept, written again. */
@Command(name = "report", description = "Write a run that is kept, in any format, without asking the tenant again.")
final class Report implements Callable<Integer> {

    private final Console console;
    private final Wiring wiring;

    @Option(names = "--run", paramLabel = "ID", description = "The run. Default: the newest that is finished.")
    @Nullable String run;

    @Mixin
    ExportOptions exports = new ExportOptions();

    @Mixin
    StoredRuns stored = new StoredRuns();

    Report(Console console, Wiring wiring) {
        this.console = console;
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        exports.check();
        return stored.with(console, wiring, this::write);
    }

    private int write(Parc parc) {
        String id = run != null
                ? run
                : StoredRuns.finished(parc, 1).stream()
                        .findFirst()
                        .orElseThrow(() -> new UsageException("no run is kept yet; parc assess does one"));
        Assessment assessment = StoredRuns.results(parc, id);
        exports.write(
                console,
                assessment,
                parc.store().roster(id),
                () -> parc.reports().ofKept(assessment));
        return ExitCode.DONE;
    }
}
