package dev.parc.cli.command;

import dev.parc.app.ChangeProver;
import dev.parc.change.Change;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeJson;
import dev.parc.change.ChangeScript;
import dev.parc.change.baseline.Baseline;
import dev.parc.change.baseline.BaselineFolder;
import dev.parc.change.proof.ProofJson;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.OutputFile;
import dev.parc.cli.console.Progress;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.TextStyle;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.option.InputFile;
import dev.parc.cli.option.RunOptions;
import dev.parc.cli.option.TenantOptions;
import dev.parc.cli.text.TextProof;
import dev.parc.collect.Tenant;
import dev.parc.collect.TenantException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parc whatif}: what a change would make of the tenant. */
@Command(
        name = "whatif",
        description = {
            "Show what a change would do before you make it.",
            "Lists who would be locked out (emergency accounts first), which items and findings change, and"
                    + " what sign-ins would need. Changes nothing. Exits with 1 if the change locks out an emergency"
                    + " account or every Global Administrator, or makes an item worse."
        })
public final class WhatIfCommand implements Callable<Integer> {

    /** What it uses of a tenant. */
    public record Parts(Supplier<Tenant> tenant, Supplier<ChangeProver> changes) {}

    private final Console console;
    private final Source<Parts> source;

    @Parameters(
            arity = "0..1",
            paramLabel = "CHANGE",
            description =
                    "A change file (parc-change/1) or the body of a Microsoft Graph $batch; - for standard input.")
    @Nullable String file;

    @Option(
            names = "--policies",
            paramLabel = "FOLDER",
            description = "Show what adopting the exported Conditional Access policies in this folder would do.")
    @Nullable Path policies;

    @Option(names = "--replace", description = "With --policies: replace the tenant's own policies.")
    boolean replace;

    @Option(names = "--enforce", description = "With --policies: turn on the folder's report-only policies.")
    boolean enforce;

    @Option(
            names = "--map",
            paramLabel = "FROM=TO",
            description = "With --policies: replace this id or name in the folder with an object id of your tenant;"
                    + " repeatable.")
    Map<String, String> map = Map.of();

    @Mixin
    TenantOptions tenant = new TenantOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the proof as JSON; - for standard output.")
    @Nullable String json;

    @Option(
            names = "--undo",
            paramLabel = "FILE",
            description = "Write the change that undoes this one, after checking that it restores every outcome.")
    @Nullable Path undo;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description =
                    "Write the change together with the state it was checked against, so that the next check shows"
                            + " what has changed since.")
    @Nullable Path written;

    @Option(
            names = "--script",
            paramLabel = "KIND",
            description =
                    "Write a script (sh or ps1) to standard output that makes the change with az rest. Not written"
                            + " if whatif objects.")
    @Nullable Script script;

    /** What sends a change. */
    enum Script {
        SH,
        PS1
    }

    public WhatIfCommand(Console console, Source<Parts> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        tenant.requireOne();
        boolean jsonToOut = OutputFile.STANDARD_OUTPUT.equals(json);
        Path proofFile = json == null || jsonToOut ? null : Path.of(json);
        OutputFile.requireWritable(proofFile);
        OutputFile.requireWritable(undo);
        OutputFile.requireWritable(written);
        if (jsonToOut && script != null) {
            throw new UsageException("--json - and --script both write to standard output; name a file for --json");
        }
        if ((file == null) == (policies == null)) {
            throw new UsageException("name a change file, or a folder with --policies");
        }
        if (policies == null && (replace || enforce || !map.isEmpty())) {
            throw new UsageException("--replace, --enforce and --map need --policies");
        }
        Outcome outcome = outcome();
        ChangeProver.Proved proved = outcome.proved();
        boolean toOut = jsonToOut || script != null;
        PrintWriter text = toOut ? console.err() : console.out();
        TextStyle style = toOut ? new TextStyle(false) : TextStyle.of(console);
        text.print(style.fit(new TextProof(style).of(proved.proof(), proved.changedSince())));
        if (policies != null) {
            text.print(style.fit(new TextProof(style).ofBaseline(proved.proof(), outcome.notes())));
        }
        if (proofFile != null) {
            OutputFile.write(proofFile, ProofJson.write(proved.proof(), proved.changedSince()));
            text.println("proof: " + proofFile);
        }
        if (written != null) {
            OutputFile.write(written, ChangeJson.write(proved.change()));
            text.println("change: " + written);
        }
        if (undo != null) {
            ChangeProver.Undone undone = outcome.undone().orElseThrow();
            if (!undone.lasting().isEmpty()) {
                throw new ChangeException(
                        "the undo would not restore " + String.join(", ", undone.lasting()) + "; it was not written");
            }
            OutputFile.write(undo, ChangeJson.write(undone.change()));
            text.println("undo: " + undo + ", which restores every outcome");
        }
        boolean objected = !proved.proof().objections().isEmpty();
        if (script != null && objected) {
            text.println("no script was written, because of the objections above");
        } else if (script != null) {
            console.out()
                    .print(script == Script.SH ? ChangeScript.sh(proved.change()) : ChangeScript.ps1(proved.change()));
            console.out().flush();
        }
        text.flush();
        if (jsonToOut) {
            console.out().print(ProofJson.write(proved.proof(), proved.changedSince()));
            console.out().flush();
        }
        return objected ? ExitCode.FINDINGS : ExitCode.DONE;
    }

    /** What is to be told. */
    private record Outcome(ChangeProver.Proved proved, Optional<ChangeProver.Undone> undone, List<String> notes) {}

    private Outcome outcome() {
        Optional<Change> given = Optional.ofNullable(file).map(name -> ChangeJson.read(InputFile.read(name)));
        Optional<BaselineFolder> folder = Optional.ofNullable(policies).map(BaselineFolder::read);
        try {
            Parts parts = tenant.of(source, console.environment(), Optional.empty(), RunOptions.DATA);
            String what = TenantOptions.inWords(parts.tenant().get().source());
            try (Progress progress = new Progress(console, "reading the " + what)) {
                ChangeProver prover = parts.changes().get();
                Optional<Baseline.Adoption> adoption = folder.map(it -> Baseline.adopt(
                        it, prover.before(progress).facts(), new Baseline.Options(replace, enforce, map)));
                Change change =
                        given.or(() -> adoption.map(Baseline.Adoption::change)).orElseThrow();
                ChangeProver.Proved proved = prover.prove(change, progress);
                return new Outcome(
                        proved,
                        undo == null ? Optional.empty() : Optional.of(prover.undo(proved, progress)),
                        adoption.map(Baseline.Adoption::notes).orElse(List.of()));
            }
        } catch (TenantException e) {
            throw tenant.refused(e);
        }
    }
}
