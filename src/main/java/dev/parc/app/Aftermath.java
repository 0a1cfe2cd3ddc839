package dev.parc.app;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Attestations;
import dev.parc.assessment.Change;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Endings;
import dev.parc.assessment.FindingRecord;
import dev.parc.assessment.HistoryEntry;
import dev.parc.assessment.RunStore;
import dev.parc.assessment.StagePoint;
import dev.parc.assessment.Tracking;
import dev.parc.assessment.TrendStore;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import dev.parc.facts.Attestation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What follows a finished run: its findings are tracked, its changes are kept, and each stage that it answered gets a point
 * in its series. It may be done again with the same effect: changes are kept before the records they come from.
 */
final class Aftermath {

    /** How far back an item's last answer is looked for; before that it counts as never assessed. */
    private static final int ANSWERS_BACK = 60;

    private static final Set<Outcome> ASSESSED = Set.of(Outcome.PASS, Outcome.FAIL, Outcome.REVIEW);

    private final Supplier<RunStore> runs;
    private final Supplier<TrendStore> trends;
    private final Supplier<Attestations> attestations;

    Aftermath(Supplier<RunStore> runs, Supplier<TrendStore> trends, Supplier<Attestations> attestations) {
        this.runs = runs;
        this.trends = trends;
        this.attestations = attestations;
    }

    /** Does what follows the run, and gives its changes: those kept before too, if it was done before. */
    List<Change> of(Assessment run) {
        Map<String, Tracking> trackings = new LinkedHashMap<>();
        List<Change> changes = new ArrayList<>();
        List<Attestation> given = attestations.get().given();
        for (CheckResult result : run.results()) {
            Optional<HistoryEntry> previous = previous(run, result);
            Tracking tracking = Tracking.of(run, result, trends.get().findings(result.checkId()), previous);
            trackings.put(result.checkId(), tracking);
            changes.addAll(tracking.changes());
            previous.ifPresent(before -> changes.addAll(Endings.of(run, result, given, before.at())));
        }
        trends.get().putChanges(run.runId(), changes);
        trackings.forEach((checkId, tracking) -> trends.get().putFindings(checkId, tracking.changed()));
        List<Change> kept = trends.get().changes(run.runId());
        putPoints(run, trackings, kept);
        return kept;
    }

    private Optional<HistoryEntry> previous(Assessment run, CheckResult result) {
        return runs.get().history(result.checkId(), ANSWERS_BACK).stream()
                .filter(entry ->
                        !entry.runId().equals(run.runId()) && entry.at().isBefore(run.finishedAt()))
                .filter(entry -> ASSESSED.contains(entry.outcome()))
                .findFirst();
    }

    /** Deletes what old runs left. */
    void deleteBefore(Instant time) {
        trends.get().deleteBefore(time);
    }

    private void putPoints(Assessment run, Map<String, Tracking> trackings, List<Change> changes) {
        Map<Stage, List<FindingRecord>> resolved = new EnumMap<>(Stage.class);
        trackings.forEach((checkId, tracking) -> tracking.records().stream()
                .filter(record -> record.resolvedAt().equals(Optional.of(run.startedAt())))
                .forEach(record -> resolved.computeIfAbsent(Stage.ofItem(checkId), stage -> new ArrayList<>())
                        .add(record)));
        for (Stage stage : Stage.values()) {
            if (run.stages().contains(stage) && run.results().stream().anyMatch(result -> result.stage() == stage)) {
                long opened = changes.stream()
                        .filter(change -> Stage.ofItem(change.checkId()) == stage && change.opens())
                        .count();
                trends.get().putPoint(StagePoint.of(run, stage, (int) opened, resolved.getOrDefault(stage, List.of())));
            }
        }
    }
}
