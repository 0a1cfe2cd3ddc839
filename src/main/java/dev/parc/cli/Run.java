package dev.parc.cli;

import dev.parc.app.Answers;
import dev.parc.app.Parc;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.AssessmentJson;
import dev.parc.assessment.Assessor;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Roster;
import dev.parc.assessment.RunMessage;
import dev.parc.assessment.RunRecord;
import dev.parc.assessment.RunRequest;
import dev.parc.check.Outcome;
import dev.parc.report.CheckPage;
import dev.parc.report.HtmlReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One run, from the options to the exit code. */
final class Run {

    private final Console console;
    private final Parc parc;
    private final RunOptions options;

    Run(Console console, Parc parc, RunOptions options) {
        this.console = console;
        this.parc = parc;
        this.options = options;
    }

    int call() {
        boolean jsonToOut = OutputFile.STANDARD_OUTPUT.equals(options.json);
        Path json = options.json == null || jsonToOut ? null : Path.of(options.json);
        OutputFile.requireWritable(json);
        OutputFile.requireWritable(options.html);
        RunRequest request = parc.runs().request(options.stages, options.checks, Assessment.Trigger.CLI);
        Answers answers = answer(request);
        Assessment assessment = answers.assessment();
        PrintWriter text = jsonToOut ? console.err() : console.out();
        text.print(new TextReport(new TextStyle(console.colour() && !jsonToOut)).of(assessment));
        if (json != null) {
            OutputFile.write(json, AssessmentJson.write(assessment));
            text.println("results: " + json);
        }
        if (options.html != null) {
            OutputFile.write(
                    options.html,
                    new HtmlReport(parc.checks(), CheckPage::of)
                            .html(assessment, answers.roster().map(Roster::explained)));
            text.println("report: " + options.html);
        }
        text.flush();
        if (jsonToOut) {
            console.out().println(AssessmentJson.write(assessment));
            console.out().flush();
        }
        if (!options.noStore) {
            parc.runs().keep(answers);
        }
        return exitCode(assessment);
    }

    private Answers answer(RunRequest request) {
        String what = TenantOptions.inWords(parc.tenant().source());
        try (Progress progress = new Progress(console, "reading the " + what)) {
            if (!options.noStore) {
                parc.store()
                        .begin(new RunRecord(
                                request, RunRecord.State.RUNNING, "on the command line", request.requestedAt()));
            }
            return parc.engine().answer(request, progress);
        } catch (RuntimeException e) {
            if (!options.noStore) {
                parc.runs().giveUp(RunMessage.of(request), "ended on the command line without an answer");
            }
            throw e;
        }
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
        Set<String> askTheTenant = parc.checks().stream()
                .filter(Assessor::asksTheTenant)
                .map(check -> Assessor.card(check).id())
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
