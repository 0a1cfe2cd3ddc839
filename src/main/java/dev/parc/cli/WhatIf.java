package dev.parc.cli;

import dev.parc.app.ChangeProver;
import dev.parc.app.Parc;
import dev.parc.change.Change;
import dev.parc.change.ChangeJson;
import dev.parc.change.proof.ProofJson;
import dev.parc.collect.TenantException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parc whatif}: what a change would make of the tenant. */
@Command(
        name = "whatif",
        description = "Prove a change before it is made: who would be locked out, emergency accounts first, which items"
                + " and findings change, what sign-ins would need. Changes nothing. Exit code 1 if the change locks out"
                + " an emergency account or every Global Administrator, or makes an item worse.")
final class WhatIf implements Callable<Integer> {

    private final Console console;
    private final Wiring wiring;

    @Parameters(
            paramLabel = "CHANGE",
            description = "A change file (parc-change/1) or the body of a $batch of Microsoft Graph; - for standard"
                    + " input.")
    String file = "";

    @Mixin
    TenantOptions tenant = new TenantOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the proof as JSON; - for standard output.")
    @Nullable String json;

    WhatIf(Console console, Wiring wiring) {
        this.console = console;
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        tenant.requireOne();
        boolean jsonToOut = OutputFile.STANDARD_OUTPUT.equals(json);
        Path proofFile = json == null || jsonToOut ? null : Path.of(json);
        OutputFile.requireWritable(proofFile);
        Change change = ChangeJson.read(InputFile.read(file));
        ChangeProver.Proved proved = proved(change);
        PrintWriter text = jsonToOut ? console.err() : console.out();
        TextStyle style = jsonToOut ? new TextStyle(false) : TextStyle.of(console);
        text.print(style.fit(new TextProof(style).of(proved.proof())));
        if (proofFile != null) {
            OutputFile.write(proofFile, ProofJson.write(proved.proof()));
            text.println("proof: " + proofFile);
        }
        text.flush();
        if (jsonToOut) {
            console.out().print(ProofJson.write(proved.proof()));
            console.out().flush();
        }
        return proved.proof().objections().isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    private ChangeProver.Proved proved(Change change) {
        try {
            Parc parc = tenant.parc(wiring, console.environment(), Optional.empty(), RunOptions.DATA);
            String what = TenantOptions.inWords(parc.tenant().source());
            try (Progress progress = new Progress(console, "reading the " + what)) {
                return parc.changes().prove(change, progress);
            }
        } catch (TenantException e) {
            throw tenant.refused(e);
        }
    }
}
