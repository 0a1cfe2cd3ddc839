package dev.parc.app;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Score;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.Comparison;
import dev.parc.assessment.change.Difference;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.NewFinding;
import dev.parc.check.Stage;
import dev.parc.report.html.ReportInput;
import dev.parc.report.portal.Cloud;
import dev.parc.report.portal.Portals;
import dev.parc.roadmap.Roadmap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Puts together what the report of a run shows: its answers, its administrators, and how both became so. */
public final class Reports {

    /** So many points of a stage's series are shown. */
    private static final int POINTS = 60;

    private final Supplier<RunStore> store;
    private final Supplier<TrendStore> trends;
    private final Optional<Cloud> cloud;

    /** @param cloud that of the tenant; empty if its Graph is none of Microsoft's */
    Reports(Supplier<RunStore> store, Supplier<TrendStore> trends, Optional<Cloud> cloud) {
        this.store = store;
        this.trends = trends;
        this.cloud = cloud;
    }

    /** The report of a run that has just ended, kept or not. */
    public ReportInput of(RunResult answers) {
        return of(answers.assessment(), answers.inventory());
    }

    /** The report of a run that is kept. */
    public ReportInput ofKept(Assessment run) {
        return of(run, store.get().inventory(run.runId()));
    }

    /**
     * The newest answers of every stage, from as many runs as that takes: timers answer the stages one by one. Empty if no
     * stage was answered yet.
     */
    public Optional<ReportInput> latest() {
        Map<Stage, Assessment> parts = new EnumMap<>(Stage.class);
        Map<String, Assessment> loaded = new HashMap<>();
        for (Stage stage : Stage.values()) {
            store.get()
                    .latestId(stage)
                    .flatMap(id -> Optional.ofNullable(loaded.get(id)))
                    .or(() -> store.get().latest(stage))
                    .ifPresent(run -> {
                        loaded.put(run.runId(), run);
                        parts.put(stage, run.only(stage));
                    });
        }
        return parts.values().stream()
                .max(Comparator.comparing(Assessment::startedAt))
                .map(newest -> of(
                        new Assessment(
                                newest.runId(),
                                newest.tenantId(),
                                newest.tenantName(),
                                newest.source(),
                                newest.takenAt(),
                                newest.startedAt(),
                                newest.finishedAt(),
                                List.copyOf(parts.keySet()),
                                newest.trigger(),
                                newest.requests(),
                                parts.values().stream()
                                        .flatMap(part -> part.results().stream())
                                        .toList(),
                                newest.roadmapStart()),
                        store.get().inventory(newest.runId()).or(store.get()::latestInventory),
                        parts));
    }

    private ReportInput of(Assessment run, Optional<AdministratorInventory> inventory) {
        Map<Stage, Assessment> parts = new EnumMap<>(Stage.class);
        run.stages().forEach(stage -> parts.put(stage, run.only(stage)));
        return of(run, inventory, parts);
    }

    /** What is different between two runs; an item that one of them did not assess is left out. */
    public static List<Change> changes(Assessment earlier, Assessment later) {
        return Comparison.between(earlier, later, NewFinding.of(Roadmap.checks()));
    }

    /**
     * What is different between two runs, for people.
     *
     * @param kept the changes that were kept of the runs after the earlier one, up to the later one
     */
    public static Difference difference(Assessment earlier, Assessment later, List<Change> kept) {
        return Difference.of(earlier, later, kept, NewFinding.of(Roadmap.checks()));
    }

    /** @param parts each stage that is answered as a whole, as the run has it that answered it */
    private ReportInput of(Assessment run, Optional<AdministratorInventory> inventory, Map<Stage, Assessment> parts) {
        Map<Stage, List<StagePoint>> series = new EnumMap<>(Stage.class);
        Map<Stage, Instant> read = new EnumMap<>(Stage.class);
        Map<String, Optional<Assessment>> runs = new HashMap<>();
        List<Change> changes = new ArrayList<>();
        List<Assessment> before = new ArrayList<>();
        parts.forEach((stage, part) -> {
            List<StagePoint> points = new ArrayList<>(trends.get()
                    .series(stage, new RunRange(Instant.EPOCH, RunRange.END, Optional.of(part.runId()), POINTS)));
            points.stream()
                    .findFirst()
                    .flatMap(point -> runs.computeIfAbsent(point.runId(), store.get()::results))
                    .ifPresent(earlier -> {
                        changes.addAll(changes(earlier.only(stage), part));
                        before.add(earlier.only(stage));
                    });
            points.add(0, StagePoint.of(part, stage, 0, List.of()));
            Collections.reverse(points);
            series.put(stage, points);
            if (!part.takenAt().equals(run.takenAt())) {
                read.put(stage, part.takenAt());
            }
        });
        return new ReportInput(
                run,
                inventory,
                earlier(run, before, changes),
                series,
                read,
                cloud.map(it -> Portals.of(it, run.tenantId())).orElse(Portals.NONE));
    }

    private static Optional<ReportInput.Earlier> earlier(
            Assessment run, List<Assessment> before, List<Change> changes) {
        return before.stream()
                .map(Assessment::startedAt)
                .max(Instant::compareTo)
                .map(at -> new ReportInput.Earlier(at, score(run, before), changes));
    }

    /** The score of what was answered before, if that is all that is answered now. */
    private static OptionalInt score(Assessment run, List<Assessment> before) {
        List<CheckResult> results =
                before.stream().flatMap(it -> it.results().stream()).toList();
        boolean same = results.stream()
                .map(CheckResult::checkId)
                .toList()
                .equals(run.results().stream().map(CheckResult::checkId).toList());
        int percent = Score.of(results).percent();
        return same && percent >= 0 ? OptionalInt.of(percent) : OptionalInt.empty();
    }
}
