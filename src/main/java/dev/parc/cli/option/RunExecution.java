package dev.parc.cli.option;

import dev.parc.app.Engine;
import dev.parc.app.Fault;
import dev.parc.app.Lazy;
import dev.parc.app.Reports;
import dev.parc.app.RunResult;
import dev.parc.app.Runs;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.Assessor;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.Progress;
import dev.parc.cli.text.TextOverview;
import dev.parc.cli.text.TextReport;
import dev.parc.collect.Tenant;
import dev.parc.report.html.ReportInput;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One run, from the options to the exit code. */
public final class RunExecution {

    /** What a run uses of a tenant. */
    public record Parts(
            Supplier<Runs> runs,
            Supplier<RunStore> store,
            Supplier<List<Check>> checks,
            Supplier<Reports> reports,
            Supplier<Tenant> tenant,
            Supplier<Engine> engine) {}

    private final Console console;
    private final Parts parts;
    private final RunOptions options;
    private final boolean overview;

    /** A run that shows every answer. */
    public RunExecution(Console console, Parts parts, RunOptions options) {
        this(console, parts, options, false);
    }

    /** @param overview whether a terminal shows one page instead of every answer */
    public RunExecution(Console console, Parts parts, RunOptions options, boolean overview) {
        this.console = console;
        this.parts = parts;
        this.options = options;
        this.overview = overview;
    }

    public int call() {
        options.exports.check();
        RunRequest request = parts.runs().get().request(options.stages, options.checks, Assessment.Trigger.CLI);
        RunResult answers = answer(request);
        Assessment assessment = answers.assessment();
        Optional<StoreException> notKept = options.noStore ? Optional.empty() : kept(request, answers);
        Lazy<ReportInput> report = Lazy.of(() -> parts.reports().get().of(answers));
        options.exports.write(
                console,
                assessment,
                answers.inventory(),
                report,
                style -> overview ? new TextOverview(style).of(report.get()) : new TextReport(style).of(assessment));
        if (notKept.isPresent()) {
            throw notKept.get();
        }
        return exitCode(assessment);
    }

    /** Keeps the results before they are written elsewhere, since either may fail; why they are not kept, if they are not. */
    private Optional<StoreException> kept(RunRequest request, RunResult answers) {
        try {
            parts.runs().get().keep(answers);
            return Optional.empty();
        } catch (StoreException e) {
            giveUp(request, String.valueOf(e.getMessage()));
            return Optional.of(e);
        }
    }

    private void giveUp(RunRequest request, String reason) {
        try {
            parts.runs().get().giveUp(RunMessage.of(request), reason);
        } catch (StoreException e) {
            console.err().println("parc: run " + request.runId() + " stays unfinished in the store: " + e.getMessage());
        }
    }

    private RunResult answer(RunRequest request) {
        String what = TenantOptions.inWords(parts.tenant().get().source());
        try (Progress progress = new Progress(options.exports.console(console), "reading the " + what)) {
            if (!options.noStore) {
                parts.store()
                        .get()
                        .begin(new RunRecord(
                                request, RunRecord.State.RUNNING, "on the command line", request.requestedAt()));
            }
            RunResult answers = parts.engine().get().answer(request, progress);
            answers.faults().forEach(this::tell);
            return answers;
        } catch (RuntimeException e) {
            if (!options.noStore) {
                giveUp(request, "the command ended without a result");
            }
            throw e;
        }
    }

    private void tell(Fault fault) {
        console.err()
                .println("parc: a fault in PARC at " + fault.what() + ", an unexpected "
                        + fault.cause().getClass().getSimpleName()
                        + ": please report it; PARC_DEBUG=1 shows its details");
        if (console.debug()) {
            fault.cause().printStackTrace(console.err());
        }
        console.err().flush();
    }

    private int exitCode(Assessment assessment) {
        if (nothingWasAssessed(assessment)) {
            return ExitCode.NOTHING_ASSESSED;
        }
        FailOn failOn = options.failOn;
        return failOn != null && assessment.results().stream().anyMatch(failOn::isMetBy)
                ? ExitCode.FINDINGS
                : ExitCode.DONE;
    }

    /** Whether all that asks anything of the tenant is unanswered; what only waits for a person's word says nothing here. */
    private boolean nothingWasAssessed(Assessment assessment) {
        Set<String> askTheTenant = parts.checks().get().stream()
                .filter(Assessor::asksTheTenant)
                .map(check -> Check.card(check).id())
                .collect(Collectors.toSet());
        List<Outcome> outcomes = assessment.results().stream()
                .filter(result -> askTheTenant.contains(result.checkId()))
                .map(CheckResult::outcome)
                .toList();
        return assessment.results().isEmpty()
                || (outcomes.contains(Outcome.NOT_ASSESSED)
                        && outcomes.stream()
                                .allMatch(outcome ->
                                        outcome == Outcome.NOT_ASSESSED || outcome == Outcome.NOT_APPLICABLE));
    }
}
