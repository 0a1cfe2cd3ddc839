package dev.parc.cli.command;

import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.analysis.conditionalaccess.SecondQuestions;
import dev.parc.check.Counted;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.Progress;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.option.RunOptions;
import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.Tenant;
import dev.parc.collect.TenantException;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.report.text.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parc snapshot export}: records everything that the checks need. */
@Command(name = "export", description = "Read everything that the checks need and save the responses as a snapshot.")
public final class SnapshotExport implements Callable<Integer> {

    /** What it uses of a tenant. */
    public record Parts(Supplier<Tenant> tenant, Supplier<Designations> designations) {}

    private final Console console;
    private final Source<Parts> source;
    private final ToIntBiFunction<Path, Path> redactor;

    @Parameters(paramLabel = "FILE", description = "A new folder, or a file ending in .zip.")
    Path file = Path.of("");

    @Option(
            names = "--redact",
            description = "Keep only what the checks read, with pseudonyms for names, addresses, domains and ids.")
    boolean redact;

    @Option(
            names = "--snapshot",
            paramLabel = "PATH",
            description = "With --redact: redact this snapshot instead of reading the tenant.")
    @Nullable Path snapshot;

    /** @param redactor copies a snapshot with pseudonyms, and tells how many answers it left out */
    public SnapshotExport(Console console, Source<Parts> source, ToIntBiFunction<Path, Path> redactor) {
        this.console = console;
        this.source = source;
        this.redactor = redactor;
    }

    @Override
    public Integer call() throws IOException {
        if (Files.exists(file)) {
            throw new UsageException(file + " already exists; name a new file");
        }
        if (snapshot != null) {
            if (!redact) {
                throw new UsageException("--snapshot needs --redact; without it, copy the file");
            }
            int leftOut;
            try {
                leftOut = redactor.applyAsInt(snapshot, file);
            } catch (TenantException e) {
                throw new UsageException(String.valueOf(e.getMessage()), e);
            }
            say("snapshot: %s (redacted)".formatted(file));
            sayLeftOut(leftOut);
            return ExitCode.DONE;
        }
        if (!redact) {
            say("snapshot: %s (%,d Graph calls)".formatted(file, record(file)));
            return ExitCode.DONE;
        }
        Path folder = Files.createTempDirectory("parc"); // readable by its owner alone
        Path plain = folder.resolve("plain.zip");
        try {
            int calls = record(plain);
            int leftOut = redactor.applyAsInt(plain, file);
            say("snapshot: %s (%,d Graph calls, redacted)".formatted(file, calls));
            sayLeftOut(leftOut);
        } finally {
            Files.deleteIfExists(plain);
            Files.delete(folder);
        }
        return ExitCode.DONE;
    }

    private int record(Path target) {
        Parts parts = source.live(console.environment(), Optional.of(target), RunOptions.DATA);
        Set<FactKind> kinds = EnumSet.allOf(FactKind.class);
        Collected collected;
        try (Progress progress = new Progress(console, "reading the live tenant")) {
            collected = parts.tenant()
                    .get()
                    .collect(
                            kinds,
                            parts.designations().get(),
                            progress,
                            new Estate.Whole(),
                            first -> SecondQuestions.of(first, kinds));
        }
        UnseenHolders.gaps(collected.facts())
                .forEach(gap -> console.err().println("not in the snapshot: " + VisibleText.of(gap)));
        console.err().flush();
        return collected.graph();
    }

    private void sayLeftOut(int answers) {
        if (answers > 0) {
            console.err()
                    .println(Counted.say(
                            "left out: %d [response|responses] that this version of PARC does not ask for", answers));
            console.err().flush();
        }
    }

    private void say(String line) {
        console.out().println(line);
        console.out().flush();
    }
}
