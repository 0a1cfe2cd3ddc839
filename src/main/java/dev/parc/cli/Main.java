package dev.parc.cli;

import dev.parc.app.CompositionRoot;
import dev.parc.app.DeskHost;
import dev.parc.app.Doctor;
import dev.parc.app.SettingsException;
import dev.parc.app.UnknownItemException;
import dev.parc.app.UnknownNameException;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.change.ChangeException;
import dev.parc.check.Check;
import dev.parc.cli.command.Acknowledge;
import dev.parc.cli.command.Assess;
import dev.parc.cli.command.Attest;
import dev.parc.cli.command.Categorise;
import dev.parc.cli.command.DeleteRun;
import dev.parc.cli.command.Demo;
import dev.parc.cli.command.Diff;
import dev.parc.cli.command.DoctorCommand;
import dev.parc.cli.command.Explain;
import dev.parc.cli.command.FixCommand;
import dev.parc.cli.command.History;
import dev.parc.cli.command.Report;
import dev.parc.cli.command.Serve;
import dev.parc.cli.command.ShowCheck;
import dev.parc.cli.command.ShowPermissions;
import dev.parc.cli.command.SnapshotExport;
import dev.parc.cli.command.Snapshots;
import dev.parc.cli.command.Trend;
import dev.parc.cli.command.Waive;
import dev.parc.cli.command.WhatIfCommand;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.option.RunExecution;
import dev.parc.cli.option.RunOptions;
import dev.parc.collect.TenantException;
import dev.parc.report.text.VisibleText;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code parc}. */
@Command(
        name = "parc",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Privileged Access Roadmap Checks: checks a Microsoft Entra tenant against Microsoft's roadmap"
                + " for securing privileged access. PARC only reads.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:an item is at or above --fail-on, doctor found something broken, whatif objects to the change, or fix could"
                    + " prove no change",
            "2:invalid usage, setting or file",
            "3:nothing could be assessed, or the tenant could not be reached"
        })
public final class Main {

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(Console.ofProcess(), new DeskWiring(), arguments));
    }

    /** Runs the command and gives its exit code. Whatever goes wrong is told in one line. */
    public static int run(Console console, Wiring wiring, String... arguments) {
        List<Check> checks = wiring.demo(RunOptions.DATA).checks(); // the same for every tenant
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new Assess(console, wiring.map(Main::ofRun)))
                .addSubcommand(new Demo(console, wiring.map(Main::ofRun)))
                .addSubcommand(new Explain(console, wiring.map(it -> new Explain.Parts(it::tenant, it::explanations))))
                .addSubcommand(new FixCommand(
                        console, wiring.map(it -> new FixCommand.Parts(it::runs, it::tenant, it::changes))))
                .addSubcommand(
                        new WhatIfCommand(console, wiring.map(it -> new WhatIfCommand.Parts(it::tenant, it::changes))))
                .addSubcommand(new DoctorCommand(console, wiring.map(CompositionRoot::doctor)))
                .addSubcommand(new ShowPermissions(
                        console, wiring.map(it -> new ShowPermissions.Parts(it::tenant, it::permissions))))
                .addSubcommand(new Report(console, wiring.map(it -> new Report.Parts(it::store, it::reports))))
                .addSubcommand(new Diff(
                        console, wiring.map(it -> new Diff.Parts(it::runs, it::store, it::trends, it::engine))))
                .addSubcommand(new Trend(console, wiring.map(it -> new Trend.Parts(it::runs, it::trends))))
                .addSubcommand(
                        new History(console, wiring.map(it -> new History.Parts(it::runs, it::store, it::trends))))
                .addSubcommand(new DeleteRun(console, wiring.map(it -> new DeleteRun.Parts(it::runs, it::store))))
                .addSubcommand(new Attest(
                        console, wiring.map(it -> new Attest.Parts(it::attestations, it::clock, it::checks))))
                .addSubcommand(new Waive(console, wiring.map(it -> new Waive.Parts(it::waivers, it::clock))))
                .addSubcommand(new Acknowledge(console, wiring.map(CompositionRoot::acknowledgements)))
                .addSubcommand(new Categorise(console, wiring.map(CompositionRoot::categories)))
                .addSubcommand(new ShowCheck(console, checks))
                .addSubcommand(new CommandLine(new Snapshots())
                        .addSubcommand(new SnapshotExport(
                                console,
                                wiring.map(it -> new SnapshotExport.Parts(
                                        it::tenant, () -> it.settings().designations())),
                                CompositionRoot::redact)))
                .addSubcommand(new Serve(console, wiring.map(Main::starter)))
                .addSubcommand(new Completion(console));
        line.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(console.out())
                .setErr(console.err())
                .setColorScheme(Help.defaultColorScheme(console.colour() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setParameterExceptionHandler((wrong, given) -> refuse(
                        console,
                        wrong,
                        wrong instanceof UnmatchedArgumentException unmatched
                                        && !unmatched.getUnmatched().isEmpty()
                                ? Misspelling.inWords(unmatched)
                                : wrong.getMessage() + "; see "
                                        + wrong.getCommandLine()
                                                .getCommandSpec()
                                                .qualifiedName() + " --help",
                        ExitCode.USAGE))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(console, failure));
        if (arguments.length == 0) {
            line.usage(console.err());
            return ExitCode.USAGE;
        }
        try {
            return line.execute(arguments);
        } catch (LinkageError | StackOverflowError | OutOfMemoryError e) {
            return unexpected(console, e);
        }
    }

    private static RunExecution.Parts ofRun(CompositionRoot parc) {
        return new RunExecution.Parts(parc::runs, parc::store, parc::checks, parc::reports, parc::tenant, parc::engine);
    }

    private static Serve.Starter starter(CompositionRoot parc) {
        return (port, data) -> DeskHost.find().start(parc, port, data);
    }

    private static int failed(Console console, Exception failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof TenantException) {
            return refuse(console, failure, message, ExitCode.NOTHING_ASSESSED);
        }
        if (failure instanceof UsageException
                || failure instanceof ChangeException
                || failure instanceof SettingsException
                || failure instanceof UnknownItemException
                || failure instanceof UnknownNameException
                || failure instanceof RefusedException
                || failure instanceof StoreException) {
            return refuse(console, failure, message, ExitCode.USAGE);
        }
        return unexpected(console, failure);
    }

    private static int unexpected(Console console, Throwable failure) {
        return refuse(
                console,
                failure,
                "an unexpected " + failure.getClass().getSimpleName() + "; PARC_DEBUG=1 shows its details",
                ExitCode.NOTHING_ASSESSED);
    }

    private static int refuse(Console console, Throwable failure, String message, int exitCode) {
        console.err().println("parc: " + VisibleText.of(message));
        if (console.debug()) {
            failure.printStackTrace(console.err());
        }
        console.err().flush();
        return exitCode;
    }

    /** The version of the build. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"parc " + Doctor.version()};
        }
    }
}
