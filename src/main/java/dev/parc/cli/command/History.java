package dev.parc.cli.command;

import dev.parc.app.Runs;
import dev.parc.assessment.change.FindingRecord;
import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Stage;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.TextStyle;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.option.StoredRuns;
import dev.parc.cli.text.TextReport;
import dev.parc.report.text.VisibleText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parc history}: the answers of one item over time, or the runs that are kept. */
@Command(
        name = "history",
        description = {
            "Show one item's answers over time; without ID, list the stored runs.",
            "With ID, also shows since when each finding has been open."
        })
public final class History implements Callable<Integer> {

    private static final int MOST = 1000;

    /** What it uses of a tenant. */
    public record Parts(Supplier<Runs> runs, Supplier<RunStore> store, Supplier<TrendStore> trends) {}

    private final Console console;
    private final Source<Parts> source;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The item, for example S1-04.")
    @Nullable String item;

    @Option(names = "--limit", paramLabel = "N", description = "Show the newest N. Default: ${DEFAULT-VALUE}.")
    int limit = 20;

    @Mixin
    StoredRuns stored = new StoredRuns();

    public History(Console console, Source<Parts> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        int most = limit(limit);
        String text = stored.with(
                console,
                source,
                parts -> item == null ? runs(parts, most) : answers(parts, String.valueOf(item), most));
        console.out().print(text);
        console.out().flush();
        return ExitCode.DONE;
    }

    /** @throws UsageException if so many cannot be asked for */
    static int limit(int wanted) {
        if (wanted < 1 || wanted > MOST) {
            throw new UsageException("--limit must be from 1 to " + MOST);
        }
        return wanted;
    }

    private String runs(Parts parts, int most) {
        List<RunRecord> runs = parts.store().get().newest(most);
        if (runs.isEmpty()) {
            return "no runs are stored yet; 'parc assess' makes one\n";
        }
        return runs.stream()
                .map(run -> "%-28s%-9s%-6s%s\n"
                        .formatted(
                                run.request().runId(),
                                run.state(),
                                run.request().trigger().written(),
                                VisibleText.of(asked(run))))
                .collect(Collectors.joining("", "%-28s%-9s%-6s%s\n".formatted("RUN", "STATE", "BY", "ASKED"), ""));
    }

    private static String asked(RunRecord run) {
        List<String> stages = run.request().stages().stream().map(Stage::title).toList();
        if (stages.isEmpty() && run.request().checks().isEmpty()) {
            return "everything";
        }
        return stages.size() == Stage.values().length
                ? "everything"
                : String.join(", ", stages)
                        + (stages.isEmpty() || run.request().checks().isEmpty() ? "" : ", ")
                        + String.join(", ", run.request().checks());
    }

    private String answers(Parts parts, String wanted, int most) {
        RoadmapItem card = Check.card(parts.runs().get().check(wanted));
        List<HistoryEntry> entries = parts.store().get().history(card.id(), most);
        TextStyle style = TextStyle.of(console);
        StringBuilder text = new StringBuilder("%s %s\n\n".formatted(card.id(), style.of("1", card.title())));
        if (entries.isEmpty()) {
            return text.append("no run has assessed this item yet\n").toString();
        }
        entries.forEach(entry -> text.append("%s  %s  %s%s\n"
                .formatted(
                        TextStyle.TIME.format(entry.at()),
                        style.of(
                                TextReport.colour(entry.outcome()),
                                "%-14s".formatted(TextReport.words(entry.outcome()))),
                        VisibleText.of(entry.summary()),
                        entry.findings() == 0 ? "" : Counted.say(" (%d [finding|findings])", entry.findings()))));
        findings(text, parts.trends().get().findings(card.id()), most);
        return style.fit(text.toString());
    }

    private static void findings(StringBuilder text, List<FindingRecord> records, int most) {
        List<FindingRecord> sorted = records.stream()
                .sorted(Comparator.comparing(
                                (FindingRecord record) -> record.resolvedAt().isPresent())
                        .thenComparing(FindingRecord::openSince, Comparator.reverseOrder())
                        .thenComparing(record -> record.finding().subjectId()))
                .toList();
        if (sorted.isEmpty()) {
            return;
        }
        text.append("\nFindings, open ones first\n");
        sorted.stream()
                .limit(most)
                .forEach(record -> text.append("  %s%s  %s\n"
                        .formatted(
                                record.resolvedAt()
                                        .map(at -> "resolved on " + day(at))
                                        .orElseGet(() -> "open since  " + day(record.openSince())),
                                cameBack(record.reopened()),
                                VisibleText.of(TextReport.finding(record.finding())))));
        if (sorted.size() > most) {
            text.append("  and %,d more\n".formatted(sorted.size() - most));
        }
    }

    private static String cameBack(int times) {
        return times == 0 ? "" : times == 1 ? ", reopened once" : ", reopened %,d times".formatted(times);
    }

    private static String day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
