package dev.parc.cli.command;

import dev.parc.app.Runs;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.json.TrendJson;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.TextStyle;
import dev.parc.cli.option.StoredRuns;
import dev.parc.report.csv.CsvReport;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parc trend}: the scores of the stages over time. */
@Command(name = "trend", description = "Show the score of each stage over time.")
public final class Trend implements Callable<Integer> {

    private static final int WIDTH = 20;

    /** What it is written as. */
    enum Format {
        TABLE,
        JSON,
        CSV
    }

    /** What it uses of a tenant. */
    public record Parts(Supplier<Runs> runs, Supplier<TrendStore> trends) {}

    private final Console console;
    private final Source<Parts> source;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "Show this stage (1, 2, 3, 4 or BG); repeatable. Default: all.")
    List<String> stages = List.of();

    @Option(names = "--from", paramLabel = "DATE", description = "Start on this day, for example 2026-01-31.")
    @Nullable LocalDate from;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Show the newest N runs of each stage. Default: ${DEFAULT-VALUE}.")
    int limit = 20;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}. Default: TABLE.")
    Format format = Format.TABLE;

    @Mixin
    StoredRuns stored = new StoredRuns();

    public Trend(Console console, Source<Parts> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        RunRange span = new RunRange(
                from == null ? Instant.EPOCH : from.atStartOfDay(ZoneOffset.UTC).toInstant(),
                RunRange.END,
                Optional.empty(),
                History.limit(limit));
        List<StagePoint> points = stored.with(console, source, parts -> points(parts, span));
        console.out()
                .print(
                        switch (format) {
                            case TABLE -> table(points);
                            case JSON -> TrendJson.writeSeries(points) + "\n";
                            case CSV -> CsvReport.trend(points);
                        });
        console.out().flush();
        return ExitCode.DONE;
    }

    private List<StagePoint> points(Parts parts, RunRange span) {
        List<Stage> wanted = stages.isEmpty()
                ? List.of(Stage.values())
                : stages.stream().map(parts.runs().get()::stage).toList();
        List<StagePoint> points = new ArrayList<>();
        wanted.forEach(stage -> points.addAll(parts.trends().get().series(stage, span)));
        return points;
    }

    private static String table(List<StagePoint> points) {
        if (points.isEmpty()) {
            return "no run has assessed a whole stage yet\n";
        }
        StringBuilder text = new StringBuilder();
        Optional<Stage> before = Optional.empty();
        for (StagePoint point : points) {
            if (!before.equals(Optional.of(point.stage()))) {
                text.append(before.isEmpty() ? "" : "\n")
                        .append(point.stage().title())
                        .append('\n');
                before = Optional.of(point.stage());
            }
            int percent = point.score().percent();
            Map<Outcome, Integer> counts = point.counts();
            text.append("  %s  %s  %8s  %d of %d assessed, %d fail, %d review; %d opened, %d resolved\n"
                    .formatted(
                            TextStyle.TIME.format(point.at()),
                            bar(Math.max(0, percent)),
                            percent < 0 ? "no score" : percent + "%",
                            point.score().assessed(),
                            point.score().items(),
                            counts.get(Outcome.FAIL),
                            counts.get(Outcome.REVIEW),
                            point.opened(),
                            point.resolved()));
        }
        return text.toString();
    }

    private static String bar(int percent) {
        int full = percent * WIDTH / 100;
        return "#".repeat(full) + ".".repeat(WIDTH - full);
    }
}
