package dev.parc.app;

import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.webhook.WebhookFilter;
import dev.parc.check.Stage;
import dev.parc.collect.Tenant;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.report.docs.CheckPage;
import dev.parc.report.html.HtmlReport;
import dev.parc.roadmap.Roadmap;
import dev.parc.store.table.WatchedTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Daily runs of five stages, far beyond what is kept, in a tenant in which half of everything changes every day: how much is kept,
 * and how long a run, the series of all stages, the report and a poll take.
 */
final class SoakBench {

    private static final Instant FIRST = Instant.parse("2026-01-01T05:00:00Z");
    private static final String TENANT = UUID.randomUUID().toString();

    private SoakBench() {}

    /**
     * Writes a line every so many days.
     *
     * @param args {@code files} or {@code tables}, days, days that are kept, days between two lines, and a folder
     */
    public static void main(String[] args) throws IOException {
        Logger.getLogger("").setLevel(Level.WARNING);
        boolean files = args[0].equals("files");
        int days = Integer.parseInt(args[1]);
        Settings settings = Settings.of(Map.of("PARC_RETENTION_DAYS", args[2], "PARC_FIX_SECONDS", "0"));
        int between = Integer.parseInt(args[3]);
        Path folder = files ? Files.createTempDirectory(Path.of(args[4]), "parc-soak") : Path.of(args[4]);
        Tenant demo = new RenamedTenant(SnapshotTenant.demo(), TENANT);
        Scene other = new Scene(TENANT);
        System.out.println(
                "runs of five stages a day for " + days + " days in " + args[0] + ", " + args[2] + " days kept");
        for (int day = 0; day < days; day++) {
            Instant now = FIRST.plus(Duration.ofDays(day));
            Stores stores = files
                    ? Stores.files(folder, TENANT)
                    : WatchedTables.stores(WatchedTables.azurite(), TENANT, request -> {});
            Clock clock = Clock.fixed(now, ZoneOffset.UTC);
            Tenant tenant = day % 2 == 0 ? demo : other.directory(clock, List.of("ann", "ben"));
            CompositionRoot parc = CompositionRoot.Setup.of(
                            settings, () -> tenant, opened -> stores, Roadmap.checks(), clock)
                    .root();
            long begin = System.nanoTime();
            for (Stage stage : Stage.values()) {
                RunRequest run = parc.runs().request(List.of(stage.name()), List.of(), Trigger.TIMER);
                parc.runs().work(RunMessage.of(run), 1, Logger.getLogger("soak"));
            }
            long runs = System.nanoTime();
            if ((day + 1) % between == 0) {
                tell(
                        parc,
                        day + 1,
                        runs - begin,
                        files ? sizes(folder) : WatchedTables.rows(WatchedTables.azurite(), TENANT));
            }
        }
        if (files) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        System.exit(0);
    }

    private static void tell(CompositionRoot parc, int day, long runs, Map<String, Long> kept) {
        long begin = System.nanoTime();
        for (Stage stage : Stage.values()) {
            parc.trends().series(stage, RunRange.newest(400));
        }
        long series = System.nanoTime();
        new HtmlReport(CheckPage::of).html(parc.reports().latest().orElseThrow());
        long report = System.nanoTime();
        long last = parc.published().last();
        parc.published().after(Math.max(0, last - 5), WebhookFilter.ALL);
        long poll = System.nanoTime();
        System.out.printf(
                "day %d: five runs %d ms, trends %d ms, report %d ms, a poll %d ms; %s%n",
                day,
                runs / 1_000_000,
                (series - begin) / 1_000_000,
                (report - series) / 1_000_000,
                (poll - report) / 1_000_000,
                kept);
    }

    /** Files and kilobytes, by folder. */
    private static Map<String, Long> sizes(Path folder) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path inside = folder.relativize(file);
                String what = inside.getName(0) + "/" + (inside.getNameCount() > 2 ? inside.getName(2) : "");
                sizes.merge(what, 1L, Long::sum);
                sizes.merge("kB", Files.size(file), Long::sum);
            }
        }
        sizes.computeIfPresent("kB", (what, bytes) -> bytes / 1024);
        return sizes;
    }
}
