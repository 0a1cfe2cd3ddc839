package dev.parc.cli;

import dev.parc.app.Parc;
import dev.parc.collect.Collected;
import dev.parc.facts.FactKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code parc snapshot export}: records everything that the checks need. */
@Command(
        name = "export",
        description = "Read everything that the checks need from the tenant, and keep the answers of Graph.")
final class SnapshotExport implements Callable<Integer> {

    private final Console console;
    private final Wiring wiring;

    @Parameters(paramLabel = "FILE", description = "A new folder, or a file ending in .zip.")
    Path file = Path.of("");

    SnapshotExport(Console console, Wiring wiring) {
        this.console = console;
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        if (Files.exists(file)) {
            throw new UsageException(file + " exists already; name a new file");
        }
        Parc parc = wiring.live(console.environment(), Optional.of(file), RunOptions.DATA);
        Collected collected;
        try (Progress progress = new Progress(console, "reading the live tenant")) {
            collected = parc.tenant()
                    .collect(EnumSet.allOf(FactKind.class), parc.settings().designations(), progress);
        }
        collected.facts().gaps().forEach(gap -> console.err().println("not in the snapshot: " + gap));
        console.err().flush();
        console.out().printf("snapshot: %s (%,d Graph calls)%n", file, collected.graph());
        console.out().flush();
        return ExitCode.DONE;
    }
}
