package dev.parc.app;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Change;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Comparison;
import dev.parc.assessment.Roster;
import dev.parc.assessment.RunStore;
import dev.parc.assessment.Score;
import dev.parc.assessment.Span;
import dev.parc.assessment.StagePoint;
import dev.parc.assessment.TrendStore;
import dev.parc.check.Stage;
import dev.parc.report.ReportInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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

    Reports(Supplier<RunStore> store, Supplier<TrendStore> trends) {
        this.store = store;
        this.trends = trends;
    }

    /** The report of a run that has just ended, kept or not. */
    public ReportInput of(Answers answers) {
        return of(answers.assessment(), answers.roster());
    }

    /** The report of a run that is kept. */
    public ReportInput ofKept(Assessment run) {
        return of(run, store.get().roster(run.runId()));
    }

    private ReportInput of(Assessment run, Optional<Roster> roster) {
        Map<Stage, List<StagePoint>> series = new EnumMap<>(Stage.class);
        Map<String, Optional<Assessment>> runs = new HashMap<>();
        List<Change> changes = new ArrayList<>();
        List<Assessment> before = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            if (!run.stages().contains(stage)) {
                continue;
            }
            List<StagePoint> points = new ArrayList<>(
                    trends.get().series(stage, new Span(Instant.EPOCH, Span.END, Optional.of(run.runId()), POINTS)));
            points.stream()
                    .findFirst()
                    .flatMap(point -> runs.computeIfAbsent(point.runId(), store.get()::results))
                    .ifPresent(earlier -> {
                        changes.addAll(Comparison.between(earlier.only(stage), run.only(stage)));
                        before.add(earlier.only(stage));
                    });
            points.add(0, StagePoint.of(run, stage, 0, List.of()));
            Collections.reverse(points);
            series.put(stage, points);
        }
        return new ReportInput(run, roster, earlier(run, before, changes), series);
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
