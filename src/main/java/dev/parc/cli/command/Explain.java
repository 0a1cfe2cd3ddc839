package dev.parc.cli.command;

import dev.parc.app.Explanations;
import dev.parc.assessment.AccountExplanation;
import dev.parc.assessment.json.ExplanationJson;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.OutputFile;
import dev.parc.cli.console.Progress;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.TextStyle;
import dev.parc.cli.option.RunOptions;
import dev.parc.cli.option.TenantOptions;
import dev.parc.cli.text.TextExplanation;
import dev.parc.collect.Tenant;
import dev.parc.collect.TenantException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parc explain}: why an account is an administrator, and whether it can sign in without MFA. */
@Command(
        name = "explain",
        description = {
            "Explain why an account is an administrator and whether it can sign in without MFA.",
            "Shows the sign-in without MFA that Conditional Access lets through, or the proof that there is" + " none."
        })
public final class Explain implements Callable<Integer> {

    /** What it uses of a tenant. */
    public record Parts(Supplier<Tenant> tenant, Supplier<Explanations> explanations) {}

    private final Console console;
    private final Source<Parts> source;

    @Parameters(
            paramLabel = "ACCOUNT",
            description = "An object id, a sign-in name, or the name of a service principal.")
    String account = "";

    @Mixin
    TenantOptions tenant = new TenantOptions();

    @Option(
            names = "--what-if",
            paramLabel = "POLICY",
            description = "Answer as if this report-only policy (name or id) were on.")
    @Nullable String policy;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the answer as JSON; - for standard output.")
    @Nullable String json;

    public Explain(Console console, Source<Parts> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        tenant.requireOne();
        boolean jsonToOut = OutputFile.STANDARD_OUTPUT.equals(json);
        Path file = json == null || jsonToOut ? null : Path.of(json);
        OutputFile.requireWritable(file);
        AccountExplanation explained = explained();
        PrintWriter text = jsonToOut ? console.err() : console.out();
        TextStyle style = jsonToOut ? new TextStyle(false) : TextStyle.of(console);
        text.print(style.fit(new TextExplanation(style).of(explained)));
        if (file != null) {
            OutputFile.write(file, ExplanationJson.write(explained));
            text.println("results: " + file);
        }
        text.flush();
        if (jsonToOut) {
            console.out().println(ExplanationJson.write(explained));
            console.out().flush();
        }
        return ExitCode.DONE;
    }

    private AccountExplanation explained() {
        try {
            Parts parts = tenant.of(source, console.environment(), Optional.empty(), RunOptions.DATA);
            String what = TenantOptions.inWords(parts.tenant().get().source());
            try (Progress progress = new Progress(console, "reading the " + what)) {
                return parts.explanations().get().explain(account, Optional.ofNullable(policy), progress);
            }
        } catch (TenantException e) {
            throw tenant.refused(e);
        }
    }
}
