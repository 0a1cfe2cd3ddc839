package dev.parc.cli.command;

import dev.parc.app.Engine;
import dev.parc.app.Reports;
import dev.parc.app.Runs;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.Difference;
import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.assessment.json.TrendJson;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.run.RunStore;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.Progress;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.TextStyle;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.option.StoredRuns;
import dev.parc.cli.text.TextDifference;
import dev.parc.collect.TenantException;
import dev.parc.collect.WrittenText;
import dev.parc.report.markdown.MarkdownDifference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parc diff}: what is different between two runs. */
@Command(
        name = "diff",
        description = {
            "Show what changed between two runs.",
            "Lists new administrators, lost MFA, and new, reopened and resolved findings. Without RUN:"
                    + " compares the last two stored runs."
        })
public final class Diff implements Callable<Integer> {

    /** So many kept changes are looked through. */
    private static final int KEPT = 10_000;

    /** What it is written as. */
    enum Format {
        TABLE,
        JSON,
        MARKDOWN
    }

    /** What it uses of a tenant. */
    public record Parts(
            Supplier<Runs> runs, Supplier<RunStore> store, Supplier<TrendStore> trends, Supplier<Engine> engine) {}

    private final Console console;
    private final Source<Parts> source;

    @Parameters(
            arity = "0..2",
            paramLabel = "RUN",
            description =
                    "The earlier run, then the later one: the id of a stored run, a file written with --json, or a"
                            + " snapshot, which PARC assesses with today's checks.")
    List<String> runs = List.of();

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}. Default: TABLE.")
    Format format = Format.TABLE;

    @Mixin
    StoredRuns stored = new StoredRuns();

    public Diff(Console console, Source<Parts> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        if (runs.size() == 1) {
            throw new UsageException("name two runs, the earlier one first, or none to compare the last two");
        }
        boolean kept = runs.isEmpty() || runs.stream().anyMatch(RunIds::isOne);
        Difference difference = kept
                ? stored.with(console, source, parts -> difference(Optional.of(parts)))
                : difference(Optional.empty());
        TextStyle style = TextStyle.of(console);
        console.out()
                .print(
                        switch (format) {
                            case TABLE -> style.fit(new TextDifference(style).of(difference));
                            case JSON -> TrendJson.writeChanges(difference.changes()) + "\n";
                            case MARKDOWN -> MarkdownDifference.write(difference);
                        });
        console.out().flush();
        return ExitCode.DONE;
    }

    private Difference difference(Optional<Parts> parts) {
        List<String> named = runs;
        if (named.isEmpty()) {
            List<String> newest =
                    StoredRuns.finished(parts.orElseThrow().store().get(), 2);
            if (newest.size() < 2) {
                throw new UsageException("fewer than two finished runs are stored; name two runs or files");
            }
            named = List.of(newest.get(1), newest.get(0));
        }
        Assessment earlier = run(parts, named.get(0));
        Assessment later = run(parts, named.get(1));
        return Reports.difference(
                earlier,
                later,
                named.stream().allMatch(RunIds::isOne) ? between(parts.orElseThrow(), earlier, later) : List.of());
    }

    /** What the runs changed that came after the earlier one, up to the later one. */
    private static List<Change> between(Parts parts, Assessment earlier, Assessment later) {
        RunRange span = new RunRange(
                RunIds.time(earlier.runId()), RunIds.time(later.runId()).plusSeconds(1), Optional.empty(), KEPT);
        return parts.trends().get().changes(span).stream()
                .filter(change -> !change.runId().equals(earlier.runId()))
                .toList();
    }

    private Assessment run(Optional<Parts> parts, String name) {
        if (RunIds.isOne(name)) {
            return StoredRuns.results(parts.orElseThrow().store().get(), name);
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path) || name.endsWith(".zip")) {
            return answered(path);
        }
        try {
            return AssessmentJson.read(WrittenText.of(Files.readAllBytes(path)));
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(
                    "'%s' is neither the id of a run nor a file written with --json (%s)"
                            .formatted(
                                    name,
                                    e instanceof IOException ? e.getClass().getSimpleName() : e.getMessage()),
                    e);
        }
    }

    private Assessment answered(Path snapshot) {
        try {
            Parts parts = source.snapshot(console.environment(), snapshot, stored.data);
            try (Progress progress = new Progress(console, "assessing " + snapshot)) {
                return parts.engine()
                        .get()
                        .answer(parts.runs().get().request(List.of(), List.of(), Assessment.Trigger.CLI), progress)
                        .assessment();
            }
        } catch (TenantException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }
}
