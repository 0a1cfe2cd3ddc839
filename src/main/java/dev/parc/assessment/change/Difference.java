package dev.parc.assessment.change;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.check.NewFinding;
import dev.parc.check.Outcome;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is different between two runs, for people: {@link Comparison}, with what else is known.
 *
 * @param changes the gravest items first
 * @param untold for each item of which nothing can be told, by its id, why
 */
public record Difference(Assessment earlier, Assessment later, List<Change> changes, SortedMap<String, String> untold) {

    private static final Set<Change.Kind> DECISIONS = EnumSet.of(
            Change.Kind.ATTESTATION_ENDING,
            Change.Kind.ATTESTATION_ENDED,
            Change.Kind.WAIVER_ENDING,
            Change.Kind.WAIVER_ENDED);

    private static final Set<Change.Kind> ENDED = EnumSet.of(Change.Kind.ATTESTATION_ENDED, Change.Kind.WAIVER_ENDED);

    /** What the end of a decision is about. */
    private record About(String checkId, Optional<Change.Decision> decision) {}

    public Difference {
        changes = List.copyOf(changes);
        untold = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(untold));
    }

    /**
     * Compares two runs; which one is earlier is the caller's word.
     *
     * @param kept the changes that were kept of the runs after the earlier one, up to the later one; two documents alone
     *     cannot tell what came back from what is new, nor which attestations ended
     * @param meanings what a new finding of an item means, by the item's id
     */
    public static Difference of(
            Assessment earlier, Assessment later, List<Change> kept, Function<String, NewFinding> meanings) {
        Map<String, CheckResult> before = byId(earlier);
        Map<String, CheckResult> after = byId(later);
        List<Change> changes = new ArrayList<>();
        Comparison.between(before(earlier, later), later, meanings)
                .forEach(change -> changes.add(asKept(change, kept)));
        kept.stream().filter(change -> DECISIONS.contains(change.kind())).forEach(changes::add);
        after.forEach((id, result) -> Optional.ofNullable(before.get(id))
                .ifPresent(known -> endedWaivers(later, known, result).stream()
                        .filter(change -> changes.stream()
                                .noneMatch(other -> other.kind() == change.kind()
                                        && other.checkId().equals(id)
                                        && (other.decision().isEmpty()
                                                || other.decision().equals(change.decision()))))
                        .forEach(changes::add)));
        Set<About> ended = changes.stream()
                .filter(change ->
                        ENDED.contains(change.kind()) && change.decision().isPresent())
                .map(Difference::about)
                .collect(Collectors.toSet());
        changes.removeIf(change ->
                DECISIONS.contains(change.kind()) && !ENDED.contains(change.kind()) && ended.contains(about(change)));
        changes.sort(Comparator.comparing(Change::severity)
                .thenComparing(Change::checkId)
                .thenComparing(change -> change.finding().isPresent()));
        SortedMap<String, String> untold = new TreeMap<>();
        before.forEach((id, result) -> untold(id, Optional.of(result), Optional.ofNullable(after.get(id)), untold));
        after.forEach((id, result) -> untold(id, Optional.ofNullable(before.get(id)), Optional.of(result), untold));
        return new Difference(earlier, later, changes, untold);
    }

    /** The earlier run, begun before the later one even where both were answered anew from snapshots. */
    private static Assessment before(Assessment earlier, Assessment later) {
        return earlier.startedAt().isBefore(later.startedAt())
                ? earlier
                : new Assessment(
                        earlier.runId(),
                        earlier.tenantId(),
                        earlier.tenantName(),
                        earlier.source(),
                        earlier.takenAt(),
                        later.startedAt().minusSeconds(1),
                        earlier.finishedAt(),
                        earlier.stages(),
                        earlier.trigger(),
                        earlier.requests(),
                        earlier.results(),
                        earlier.roadmapStart());
    }

    private static Map<String, CheckResult> byId(Assessment run) {
        return run.results().stream()
                .collect(Collectors.toMap(CheckResult::checkId, Function.identity(), (first, again) -> first));
    }

    /** What a change of a decision is about, whether its end is near or has come. */
    private static About about(Change change) {
        return new About(change.checkId(), change.decision());
    }

    /** The change as one of what came back, or of what was acknowledged, if that is known of its finding. */
    private static Change asKept(Change change, List<Change> kept) {
        if (change.kind() == Change.Kind.RESOLVED) {
            return known(change, Change.Kind.ACKNOWLEDGED, kept).orElse(change);
        }
        boolean cameBack = change.kind() == Change.Kind.NEW
                && known(change, Change.Kind.REOPENED, kept).isPresent();
        return cameBack
                ? new Change(
                        Change.Kind.REOPENED,
                        change.runId(),
                        change.at(),
                        change.checkId(),
                        change.severity(),
                        change.finding(),
                        change.message())
                : change;
    }

    private static Optional<Change> known(Change change, Change.Kind kind, List<Change> kept) {
        return kept.stream()
                .filter(known -> known.kind() == kind
                        && known.checkId().equals(change.checkId())
                        && known.finding()
                                .map(FindingKeys::of)
                                .equals(change.finding().map(FindingKeys::of)))
                .findFirst();
    }

    /** Waivers that counted in the earlier answer, and ended before the later one. */
    private static List<Change> endedWaivers(Assessment later, CheckResult before, CheckResult after) {
        return before.waivers().stream()
                .filter(waiver -> after.waivers().stream()
                        .noneMatch(other -> other.subject().equals(waiver.subject())))
                .filter(waiver ->
                        later.takenAt().atOffset(ZoneOffset.UTC).toLocalDate().isAfter(waiver.until()))
                .map(waiver -> new Change(
                        Change.Kind.WAIVER_ENDED,
                        later.runId(),
                        later.startedAt(),
                        after.checkId(),
                        after.severity(),
                        Optional.empty(),
                        Optional.of(Change.Decision.waived(waiver.subject())),
                        waiver.inWords() + " ended on " + waiver.until() + "; what it covered counts again"))
                .toList();
    }

    private static void untold(
            String id, Optional<CheckResult> before, Optional<CheckResult> after, Map<String, String> untold) {
        if (before.isEmpty() || after.isEmpty()) {
            untold.put(id, before.isEmpty() ? "the earlier run did not ask it" : "the later run did not ask it");
        } else if (!Comparison.isAssessed(after.get())
                && before.get().outcome() != after.get().outcome()) {
            untold.put(id, "in the later run " + words(after.get()));
        } else if (!Comparison.isAssessed(before.get())
                && before.get().outcome() != after.get().outcome()) {
            untold.put(
                    id,
                    "in the earlier run " + words(before.get()) + "; now "
                            + after.get().outcome());
        } else if (after.get().outcome() == Outcome.NOT_ASSESSED) {
            untold.put(id, "in neither run assessed");
        }
    }

    private static String words(CheckResult result) {
        return result.outcome() == Outcome.NOT_APPLICABLE
                ? "not applicable, because " + result.summary()
                : result.summary();
    }
}
