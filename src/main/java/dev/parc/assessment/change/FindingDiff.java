package dev.parc.assessment.change;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.check.Finding;
import dev.parc.check.NewFinding;
import dev.parc.check.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one answer changes: in the records of its check's findings, and against the answer before.
 *
 * @param records the records as they are now, those that were there before first, in their order
 * @param changed those of them that are not as they were
 * @param changes what is different
 */
public record FindingDiff(List<FindingRecord> records, List<FindingRecord> changed, List<Change> changes) {

    public FindingDiff {
        records = List.copyOf(records);
        changed = List.copyOf(changed);
        changes = List.copyOf(changes);
    }

    /**
     * Tracks one result of a run. What an answer could not see is neither new nor resolved: a FAIL with reasons beside it
     * leaves something out, and resolves nothing. An answer that is older than what is known changes nothing.
     *
     * @param meaning what its card says of a new finding
     * @param before the records of the check's findings
     * @param previous the check's last PASS, FAIL or REVIEW before this one; empty if there is none, and then nothing is
     *     new: it was there before anybody looked
     */
    public static FindingDiff of(
            Assessment run,
            CheckResult result,
            NewFinding meaning,
            List<FindingRecord> before,
            Optional<HistoryEntry> previous) {
        return new Tracker(run, result, meaning).track(before, previous);
    }

    private static final class Tracker {

        private final Assessment run;
        private final CheckResult result;
        private final NewFinding meaning;
        private final Instant at;
        private final List<Change> changes = new ArrayList<>();

        Tracker(Assessment run, CheckResult result, NewFinding meaning) {
            this.run = run;
            this.result = result;
            this.meaning = meaning;
            this.at = run.startedAt();
        }

        FindingDiff track(List<FindingRecord> before, Optional<HistoryEntry> previous) {
            Map<String, FindingRecord> records = new LinkedHashMap<>();
            before.forEach(record -> records.put(FindingKeys.of(record.finding()), record));
            Map<String, Finding> found = new LinkedHashMap<>();
            result.open().forEach(finding -> found.putIfAbsent(FindingKeys.of(finding), finding));
            found.forEach((key, finding) -> records.compute(
                    key, (same, known) -> known == null ? first(finding, previous) : again(known, finding)));
            if (seesAll()) {
                records.replaceAll((key, known) -> found.containsKey(key) ? known : gone(known));
            }
            previous.ifPresent(this::compare);
            Set<FindingRecord> unchanged = Set.copyOf(before);
            return new FindingDiff(
                    List.copyOf(records.values()),
                    records.values().stream()
                            .filter(record -> !unchanged.contains(record))
                            .toList(),
                    changes);
        }

        private FindingRecord first(Finding finding, Optional<HistoryEntry> previous) {
            if (previous.isPresent()) {
                add(kindOfNew(), finding, finding.message());
            }
            return FindingRecord.first(finding, at);
        }

        private Change.Kind kindOfNew() {
            return switch (meaning) {
                case GAP -> Change.Kind.NEW;
                case NEW_ADMINISTRATOR -> Change.Kind.NEW_ADMINISTRATOR;
                case LOST_MFA -> result.outcome() == Outcome.FAIL ? Change.Kind.LOST_MFA : Change.Kind.NEW;
            };
        }

        private FindingRecord again(FindingRecord known, Finding finding) {
            if (known.lastSeen().isAfter(at)
                    || known.resolvedAt().filter(at::isBefore).isPresent()) {
                return known;
            }
            if (known.resolvedAt().isPresent()) {
                add(Change.Kind.REOPENED, finding, finding.message());
            }
            return known.seen(finding, at);
        }

        private FindingRecord gone(FindingRecord known) {
            if (known.resolvedAt().isPresent() || !known.lastSeen().isBefore(at)) {
                return known;
            }
            add(
                    Change.Kind.RESOLVED,
                    known.finding(),
                    "is no longer found: " + known.finding().message());
            return known.resolved(at);
        }

        private boolean seesAll() {
            return switch (result.outcome()) {
                case PASS, REVIEW -> true;
                case FAIL -> result.reasons().isEmpty();
                case NOT_APPLICABLE, NOT_ASSESSED -> false;
            };
        }

        private void compare(HistoryEntry previous) {
            boolean met = result.outcome() == Outcome.PASS;
            boolean unmet = result.outcome() == Outcome.FAIL || result.outcome() == Outcome.REVIEW;
            if (previous.outcome() == Outcome.PASS && unmet) {
                item(Change.Kind.REGRESSED);
            } else if (met && (previous.outcome() == Outcome.FAIL || previous.outcome() == Outcome.REVIEW)) {
                item(Change.Kind.IMPROVED);
            }
        }

        private void item(Change.Kind kind) {
            changes.add(new Change(
                    kind, run.runId(), at, result.checkId(), result.severity(), Optional.empty(), result.summary()));
        }

        private void add(Change.Kind kind, Finding finding, String message) {
            changes.add(new Change(
                    kind, run.runId(), at, result.checkId(), result.severity(), Optional.of(finding), message));
        }
    }
}
