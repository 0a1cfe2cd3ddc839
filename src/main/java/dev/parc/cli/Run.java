package dev.parc.cli;

import dev.parc.app.Parc;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.AssessmentJson;
import dev.parc.assessment.RunRecord;
import dev.parc.assessment.RunRequest;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import dev.parc.report.CheckPage;
import dev.parc.report.HtmlReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run, from the options to the exit code. */
final class Run {

    private static final String STANDARD_OUTPUT = "-";

    private final Console console;
    private final Parc parc;
    private final RunOptions options;

    Run(Console console, Parc parc, RunOptions options) {
        this.console = console;
        this.parc = parc;
        this.options = options;
    }

    int call() {
        boolean jsonToOut = STANDARD_OUTPUT.equals(options.json);
        Path json = options.json == null || jsonToOut ? null : Path.of(options.json);
        writable(json);
        writable(options.html);
        RunRequest request = parc.runs().request(options.stages, options.checks, Assessment.Trigger.CLI);
        refuseWhatIsNotBuilt(request);
        Assessment assessment = assess(request);
        PrintWriter text = jsonToOut ? console.err() : console.out();
        text.print(new TextReport(console.colour() && !jsonToOut).of(assessment, parc.checks()));
        if (json != null) {
            write(json, AssessmentJson.write(assessment));
            text.println("results: " + json);
        }
        if (options.html != null) {
            write(options.html, new HtmlReport(parc.checks(), CheckPage::of).html(assessment));
            text.println("report: " + options.html);
        }
        text.flush();
        if (jsonToOut) {
            console.out().println(AssessmentJson.write(assessment));
            console.out().flush();
        }
        if (!options.noStore) {
            parc.store().finish(assessment);
        }
        return exitCode(assessment, options.failOn);
    }

    private void refuseWhatIsNotBuilt(RunRequest request) {
        List<Stage> missing = TextReport.missing(request.stages(), parc.checks());
        if (!options.stages.isEmpty() && !missing.isEmpty()) {
            List<Stage> built = Stream.of(Stage.values())
                    .filter(stage ->
                            TextReport.missing(List.of(stage), parc.checks()).isEmpty())
                    .toList();
            throw new UsageException("%s: not built yet, so it cannot be assessed; there is %s"
                    .formatted(TextReport.titles(missing), TextReport.titles(built)));
        }
    }

    private Assessment assess(RunRequest request) {
        String source = parc.tenant().source();
        String what = source.equals("live") ? "live tenant" : source.equals("demo") ? "demo tenant" : source;
        try (Progress progress = new Progress(console, "reading the " + what)) {
            if (!options.noStore) {
                parc.store()
                        .begin(new RunRecord(
                                request, RunRecord.State.RUNNING, "on the command line", request.requestedAt()));
            }
            return parc.engine().run(request, progress);
        } catch (RuntimeException e) {
            if (!options.noStore) {
                parc.runs().giveUp(request, "ended on the command line without an answer");
            }
            throw e;
        }
    }

    static int exitCode(Assessment assessment, @Nullable FailOn failOn) {
        if (failOn != null && assessment.results().stream().anyMatch(result -> failOn.isMetBy(result.outcome()))) {
            return ExitCode.FINDINGS;
        }
        boolean unanswered = assessment.results().stream()
                .allMatch(result ->
                        result.outcome() == Outcome.NOT_ASSESSED || result.outcome() == Outcome.NOT_APPLICABLE);
        boolean unread = assessment.counts().getOrDefault(Outcome.NOT_ASSESSED, 0) > 0
                || assessment.results().isEmpty();
        return unanswered && unread ? ExitCode.NOTHING_ASSESSED : ExitCode.DONE;
    }

    /** Before anything is asked of a tenant: whether the answer can be written at all. */
    private static void writable(@Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new UsageException("cannot write " + file + "; name a file in a folder that exists");
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UsageException(
                    "cannot write " + file + ": " + e.getClass().getSimpleName(), e);
        }
    }
}
