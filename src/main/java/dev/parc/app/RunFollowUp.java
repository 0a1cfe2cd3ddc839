package dev.parc.app;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.change.AcknowledgementRule;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.ExpiryChanges;
import dev.parc.assessment.change.FindingDiff;
import dev.parc.assessment.change.FindingKeys;
import dev.parc.assessment.change.FindingRecord;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.decision.Waiver;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.publishing.Tombstone;
import dev.parc.assessment.register.Acknowledgements;
import dev.parc.assessment.register.Attestations;
import dev.parc.assessment.register.Waivers;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.NewFinding;
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
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What follows from a run: its findings are tracked, its changes are kept, and each stage that it answered gets a point in its
 * series. All of it is kept beside what counts, and comes to count in the one write that publishes the run; so a run that breaks
 * off changes nothing. What a run finds rests on all runs that were published before it and on no other: runs that end together
 * take turns, and where one is published after all while another is being followed up, that one is followed up again.
 */
final class RunFollowUp {

    /** How far back an item's last answer is looked for; before that it counts as never assessed. */
    private static final int ANSWERS_BACK = 60;

    /** So many of the newest runs are looked at for those that a host of an earlier release has finished in the meantime. */
    private static final int NEWEST_OF_OTHERS = 50;

    private static final Set<Outcome> ASSESSED = Set.of(Outcome.PASS, Outcome.FAIL, Outcome.REVIEW);

    private final Supplier<RunStore> runs;
    private final Supplier<TrendStore> trends;
    private final Supplier<Attestations> attestations;
    private final Supplier<Waivers> waivers;
    private final Supplier<Acknowledgements> acknowledgements;
    private final Function<String, NewFinding> meanings;

    RunFollowUp(
            Supplier<RunStore> runs,
            Supplier<TrendStore> trends,
            Supplier<Attestations> attestations,
            Supplier<Waivers> waivers,
            Supplier<Acknowledgements> acknowledgements,
            Function<String, NewFinding> meanings) {
        this.runs = runs;
        this.trends = trends;
        this.attestations = attestations;
        this.waivers = waivers;
        this.acknowledgements = acknowledgements;
        this.meanings = meanings;
    }

    /**
     * Keeps a run and what follows from it, and publishes both.
     *
     * @param log told what could not be tidied up after that; whoever is next does it
     * @return how it is published, by this call or an earlier one
     */
    Publication finish(Assessment run, Optional<AdministratorInventory> inventory, Logger log) {
        runs.get().prepare(run, inventory);
        return trends.get().alone(run.runId(), () -> {
            settle();
            Publication publication = runs.get().finish(run, inventory, head -> put(run));
            tidy(publication, log);
            return publication;
        });
    }

    private void tidy(Publication publication, Logger log) {
        try {
            trends.get().settle();
            trends.get().forget(publication.runId(), publication.tag());
        } catch (StoreException e) {
            log.warning("run " + publication.runId() + " is done; its findings are carried over by the next one: "
                    + e.getMessage());
        }
    }

    /**
     * Ends the turn in which whoever published a run broke off, with what was left to do in it: the next run would wait for
     * minutes until it is over.
     */
    void endTurn(Publication publication, Logger log) {
        String runId = publication.runId();
        try {
            if (trends.get().hasTurn(runId)) {
                trends.get().alone(runId, () -> {
                    tidy(publication, log);
                    return runId;
                });
            }
        } catch (StoreException e) {
            log.warning("run " + runId + " is done; its turn ends by itself: " + e.getMessage());
        }
    }

    /** The changes that were published so; none if they were withdrawn since. */
    List<Change> changes(Publication publication) {
        return changes(runs.get(), trends.get(), publication);
    }

    /** The same of these stores. */
    static List<Change> changes(RunStore runs, TrendStore trends, Publication publication) {
        return runs.publication(publication.runId()).filter(publication::equals).isPresent()
                ? trends.changes(publication)
                : List.of();
    }

    /** Finishes what other runs that were published may have left, and gives those that an earlier release finished their place. */
    void catchUp(String runId) {
        trends.get().alone(runId, () -> {
            settle();
            return runId;
        });
    }

    private void settle() {
        RunStore store = runs.get();
        trends.get().settle();
        List<String> old = store.unpublished(store.lastPublished() == 0 ? Integer.MAX_VALUE : NEWEST_OF_OTHERS);
        old.stream()
                .skip(Math.max(0, old.size() - NEWEST_OF_OTHERS))
                .flatMap(id -> store.results(id).stream())
                .filter(run -> !isFollowedUp(run))
                .forEach(this::followUp);
        boolean isNew = store.lastPublished() == 0;
        store.adopt(old);
        if (isNew && !old.isEmpty()) {
            // an earlier release has told subscribers itself
            trends.get().putTold(store.lastPublished());
        }
    }

    /** Whether an earlier release came to the end of what follows from a run; the points were what it kept last. */
    private boolean isFollowedUp(Assessment run) {
        List<Stage> whole = whole(run);
        Instant at = RunIds.time(run.runId());
        RunRange second = new RunRange(at, at.plusSeconds(1), Optional.empty(), Integer.MAX_VALUE);
        return whole.isEmpty()
                ? !trends.get().changes(run.runId()).isEmpty()
                : whole.stream()
                        .allMatch(stage -> trends.get().series(stage, second).stream()
                                .anyMatch(point -> point.runId().equals(run.runId())));
    }

    /** Does for a run that an earlier release finished what it did not come to; what it has kept stays. */
    private void followUp(Assessment run) {
        TrendStore.Following found = following(run, "", trends.get().changes(run.runId()));
        trends.get().put(found);
        trends.get().settle();
    }

    private String put(Assessment run) {
        String tag = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        trends.get().put(following(run, tag, List.of()));
        return tag;
    }

    /** @param kept changes of the run that are told already */
    private TrendStore.Following following(Assessment run, String tag, List<Change> kept) {
        Map<String, FindingDiff> trackings = new LinkedHashMap<>();
        List<Change> changes = new ArrayList<>();
        Set<String> newer = new HashSet<>();
        List<Attestation> given = attestations.get().given();
        List<Waiver> inForce = waivers.get().inForce();
        List<Acknowledgement> acknowledged = acknowledgements.get().inForce();
        for (CheckResult result : run.results()) {
            List<HistoryEntry> others = others(run, result);
            others.stream().filter(entry -> !isBefore(entry, run)).forEach(entry -> newer.add(entry.runId()));
            List<HistoryEntry> earlier =
                    others.stream().filter(entry -> isBefore(entry, run)).toList();
            Optional<HistoryEntry> previous = earlier.stream()
                    .filter(entry -> ASSESSED.contains(entry.outcome()))
                    .findFirst();
            NewFinding meaning = meanings.apply(result.checkId());
            FindingDiff tracking =
                    FindingDiff.of(run, result, meaning, trends.get().settled(result.checkId()), previous);
            trackings.put(result.checkId(), tracking);
            changes.addAll(previous.map(before -> AcknowledgementRule.told(
                            run, result, meaning, tracking.changes(), acknowledged, before.at()))
                    .orElse(tracking.changes()));
            earlier.stream()
                    .findFirst()
                    .ifPresent(before -> changes.addAll(ExpiryChanges.of(run, result, given, inForce, before.at())));
        }
        Set<String> told = newer.stream()
                .flatMap(runId -> trends.get().changes(runId).stream())
                .map(RunFollowUp::matter)
                .collect(Collectors.toSet());
        changes.removeIf(change -> told.contains(matter(change)) || isKeptWithoutDecision(change, kept));
        Map<String, Change> all = new LinkedHashMap<>();
        Stream.of(kept, changes)
                .flatMap(List::stream)
                .forEach(change -> all.putIfAbsent(FindingKeys.of(change), change));
        Map<String, List<FindingRecord>> findings = new LinkedHashMap<>();
        trackings.forEach((checkId, tracking) -> findings.put(checkId, tracking.changed()));
        List<Change> together = List.copyOf(all.values());
        return new TrendStore.Following(run.runId(), tag, together, points(run, trackings, together), findings);
    }

    /** Whether a release that did not say which decision ends has told the ends of the item's decisions. */
    private static boolean isKeptWithoutDecision(Change change, List<Change> kept) {
        return change.decision().isPresent()
                && kept.stream()
                        .anyMatch(known -> known.decision().isEmpty()
                                && known.kind() == change.kind()
                                && known.checkId().equals(change.checkId()));
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
        runs.get().forgetPublished(time);
    }

    private static List<StagePoint> points(Assessment run, Map<String, FindingDiff> trackings, List<Change> changes) {
        Map<Stage, List<FindingRecord>> resolved = new EnumMap<>(Stage.class);
        trackings.forEach((checkId, tracking) -> tracking.records().stream()
                .filter(record -> record.resolvedAt().equals(Optional.of(run.startedAt())))
                .forEach(record -> resolved.computeIfAbsent(Stage.ofItem(checkId), stage -> new ArrayList<>())
                        .add(record)));
        List<StagePoint> points = new ArrayList<>();
        for (Stage stage : whole(run)) {
            long opened = changes.stream()
                    .filter(change -> Stage.ofItem(change.checkId()) == stage && change.opens())
                    .count();
            points.add(StagePoint.of(run, stage, (int) opened, resolved.getOrDefault(stage, List.of())));
        }
        return points;
    }

    /** The stages that the run answered as a whole. */
    private static List<Stage> whole(Assessment run) {
        return Stream.of(Stage.values())
                .filter(stage -> run.stages().contains(stage)
                        && run.results().stream().anyMatch(result -> result.stage() == stage))
                .toList();
    }

    /**
     * Deletes a run that has ended, and withdraws what it said: each answer by a change of its own.
     *
     * @return how that is published; empty if the run was not finished
     */
    Optional<Publication> delete(RunRecord run, String by, String reason, Instant at) {
        String runId = run.request().runId();
        return trends.get().alone(runId, () -> {
            settle();
            Optional<Assessment> results = runs.get().results(runId);
            Tombstone tombstone = new Tombstone(
                    by,
                    at,
                    reason,
                    results.map(it -> it.results().size()).orElse(0),
                    results.map(it -> it.results().stream()
                                    .mapToInt(result -> result.findings().size())
                                    .sum())
                            .orElse(0),
                    trends.get().changes(runId).size());
            Optional<Publication> deletion = runs.get().delete(runId, tombstone, head -> {
                String tag = "d" + UUID.randomUUID().toString().replace("-", "").substring(0, 11);
                trends.get()
                        .put(new TrendStore.Following(runId, tag, withdrawn(results, tombstone), List.of(), Map.of()));
                return tag;
            });
            deletion.ifPresent(it -> trends.get().forget(runId, it.tag()));
            return deletion;
        });
    }

    private static List<Change> withdrawn(Optional<Assessment> run, Tombstone tombstone) {
        return run.stream()
                .flatMap(it -> it.results().stream()
                        .map(result -> new Change(
                                Change.Kind.RUN_DELETED,
                                it.runId(),
                                tombstone.at(),
                                result.checkId(),
                                result.severity(),
                                Optional.empty(),
                                "the answer of " + it.finishedAt() + " is withdrawn: its run was "
                                        + tombstone.inWords())))
                .toList();
    }
}
