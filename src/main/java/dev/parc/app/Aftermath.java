package dev.parc.app;

import dev.parc.assessment.Acknowledgements;
import dev.parc.assessment.Acknowledging;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.Attestations;
import dev.parc.assessment.Change;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Endings;
import dev.parc.assessment.FindingKeys;
import dev.parc.assessment.FindingRecord;
import dev.parc.assessment.HistoryEntry;
import dev.parc.assessment.RunStore;
import dev.parc.assessment.StagePoint;
import dev.parc.assessment.Tracking;
import dev.parc.assessment.TrendStore;
import dev.parc.assessment.Waiver;
import dev.parc.assessment.Waivers;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import dev.parc.facts.Acknowledgement;
import dev.parc.facts.Attestation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What follows a finished run: its findings are tracked, its changes are kept, and each stage that it answered gets a point
 * in its series. It may be done again with the same effect: changes are kept before the records they come from. Runs that
 * end together take turns, so that what both see changed is told once.
 */
final class Aftermath {

    /** How far back an item's last answer is looked for; before that it counts as never assessed. */
    private static final int ANSWERS_BACK = 60;

    private static final Set<Outcome> ASSESSED = Set.of(Outcome.PASS, Outcome.FAIL, Outcome.REVIEW);

    private final Supplier<RunStore> runs;
    private final Supplier<TrendStore> trends;
    private final Supplier<Attestations> attestations;
    private final Supplier<Waivers> waivers;
    private final Supplier<Acknowledgements> acknowledgements;

    Aftermath(
            Supplier<RunStore> runs,
            Supplier<TrendStore> trends,
            Supplier<Attestations> attestations,
            Supplier<Waivers> waivers,
            Supplier<Acknowledgements> acknowledgements) {
        this.runs = runs;
        this.trends = trends;
        this.attestations = attestations;
        this.waivers = waivers;
        this.acknowledgements = acknowledgements;
    }

    /** Does what follows the run, and gives its changes: those kept before too, if it was done before. */
    List<Change> of(Assessment run) {
        return trends.get().alone(run.runId(), () -> inTurn(run));
    }

    private List<Change> inTurn(Assessment run) {
        Map<String, Tracking> trackings = new LinkedHashMap<>();
        List<Change> changes = new ArrayList<>();
        Set<String> newer = new HashSet<>();
        List<Attestation> given = attestations.get().given();
        List<Waiver> standing = waivers.get().standing();
        List<Acknowledgement> acknowledged = acknowledgements.get().standing();
        for (CheckResult result : run.results()) {
            List<HistoryEntry> others = others(run, result);
            others.stream().filter(entry -> !isBefore(entry, run)).forEach(entry -> newer.add(entry.runId()));
            List<HistoryEntry> earlier =
                    others.stream().filter(entry -> isBefore(entry, run)).toList();
            Optional<HistoryEntry> previous = earlier.stream()
                    .filter(entry -> ASSESSED.contains(entry.outcome()))
                    .findFirst();
            Tracking tracking = Tracking.of(run, result, trends.get().findings(result.checkId()), previous);
            trackings.put(result.checkId(), tracking);
            changes.addAll(previous.map(
                            before -> Acknowledging.told(run, result, tracking.changes(), acknowledged, before.at()))
                    .orElse(tracking.changes()));
            earlier.stream()
                    .findFirst()
                    .ifPresent(before -> changes.addAll(Endings.of(run, result, given, standing, before.at())));
        }
        Set<String> told = newer.stream()
                .flatMap(runId -> trends.get().changes(runId).stream())
                .map(Aftermath::matter)
                .collect(Collectors.toSet());
        changes.removeIf(change -> told.contains(matter(change)));
        trends.get().putChanges(run.runId(), changes);
        trackings.forEach((checkId, tracking) -> trends.get().putFindings(checkId, tracking.changed()));
        List<Change> kept = trends.get().changes(run.runId());
        putPoints(run, trackings, kept);
        return kept;
    }

    /** What a change is about, in whichever run. */
    private static String matter(Change change) {
        return change.checkId() + "." + change.kind() + "."
                + change.finding().map(FindingKeys::of).orElse("");
    }

    /** What other runs answered last, the last that was finished first, whenever they were asked for. */
    private List<HistoryEntry> others(Assessment run, CheckResult result) {
        return runs.get().history(result.checkId(), ANSWERS_BACK).stream()
                .filter(entry -> !entry.runId().equals(run.runId()))
                .sorted(Comparator.comparing(HistoryEntry::at).reversed())
                .toList();
    }

    private static boolean isBefore(HistoryEntry entry, Assessment run) {
        return entry.at().isBefore(run.finishedAt());
    }

    /** Deletes what old runs left. */
    void deleteBefore(Instant time, Set<String> kept) {
        trends.get().deleteBefore(time, kept);
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
