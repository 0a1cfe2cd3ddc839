package dev.parc.cli.command;

import dev.parc.app.ChangeProver;
import dev.parc.app.Runs;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeJson;
import dev.parc.change.fix.Fix;
import dev.parc.change.fix.Solution;
import dev.parc.change.fix.items.Fixes;
import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.OutputFile;
import dev.parc.cli.console.Progress;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.TextStyle;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.option.RunOptions;
import dev.parc.cli.option.TenantOptions;
import dev.parc.cli.text.TextFix;
import dev.parc.collect.Tenant;
import dev.parc.collect.TenantException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parc fix}: the smallest change that puts an item right, proved. */
@Command(
        name = "fix",
        description = {
            "Write the smallest change that fixes an item.",
            "PARC checks that the change locks nobody out and makes nothing worse, and lists what only a"
                    + " person can do. Changes nothing. Exits with 1 if there is no such change."
        })
public final class FixCommand implements Callable<Integer> {

    /** What it uses of a tenant. */
    public record Parts(Supplier<Runs> runs, Supplier<Tenant> tenant, Supplier<ChangeProver> changes) {}

    private final Console console;
    private final Source<Parts> source;

    @Parameters(paramLabel = "ITEM", description = "The item, for example S1-06.")
    String item = "";

    @Mixin
    TenantOptions tenant = new TenantOptions();

    @Option(
            names = "--enforce",
            description =
                    "Turn new Conditional Access policies on. Without it, they are in report-only mode and have no"
                            + " effect until you turn them on.")
    boolean enforce;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The change file (parc-change/1) to write. Default: standard output.")
    @Nullable Path output;

    @Option(
            names = "--undo",
            paramLabel = "FILE",
            description = "Write the change that undoes this one, after checking that it restores every outcome.")
    @Nullable Path undo;

    public FixCommand(Console console, Source<Parts> source) {
        this.console = console;
        this.source = source;
    }

    /** What is to be told. */
    private record Found(ChangeProver.Fixed fixed, Optional<ChangeProver.Undone> undone) {}

    @Override
    public Integer call() {
        tenant.requireOne();
        OutputFile.requireWritable(output);
        OutputFile.requireWritable(undo);
        try {
            Parts parts = tenant.of(source, console.environment(), Optional.empty(), RunOptions.DATA);
            Check check = parts.runs().get().check(item);
            String id = Check.card(check).id();
            Fix fix = Fixes.of(id)
                    .orElseThrow(() -> new UsageException("PARC has no fix for " + id + "; 'parc check " + id
                            + "' says how to fix it. There are fixes for " + String.join(", ", Fixes.items())));
            return told(found(parts, check, fix));
        } catch (TenantException e) {
            throw tenant.refused(e);
        }
    }

    private Found found(Parts parts, Check check, Fix fix) {
        String what = TenantOptions.inWords(parts.tenant().get().source());
        try (Progress progress = new Progress(console, "reading the " + what)) {
            ChangeProver prover = parts.changes().get();
            ChangeProver.Fixed fixed = prover.fix(check, fix, enforce, progress);
            return new Found(
                    fixed, undo == null ? Optional.empty() : fixed.proved().map(one -> prover.undo(one, progress)));
        }
    }

    private int told(Found found) {
        Solution solution = found.fixed().solution();
        TextStyle style = new TextStyle(false);
        console.err().print(style.fit(new TextFix(style).of(solution)));
        Optional<String> file = solution.chosen().map(chosen -> ChangeJson.write(chosen.change()));
        if (file.isPresent() && output != null) {
            OutputFile.write(output, file.get());
            console.err().println("change: " + output);
        }
        if (undo != null && found.undone().isPresent()) {
            ChangeProver.Undone undone = found.undone().get();
            if (!undone.lasting().isEmpty()) {
                throw new ChangeException(
                        "the undo would not restore " + String.join(", ", undone.lasting()) + "; it was not written");
            }
            OutputFile.write(undo, ChangeJson.write(undone.change()));
            console.err().println("undo: " + undo + ", which restores every outcome");
        }
        console.err().flush();
        if (file.isPresent() && output == null) {
            console.out().print(file.get());
            console.out().flush();
        }
        return file.isPresent() || isMet(solution) ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    private static boolean isMet(Solution solution) {
        Outcome outcome = solution.item().outcome();
        return outcome == Outcome.PASS || outcome == Outcome.NOT_APPLICABLE;
    }
}
