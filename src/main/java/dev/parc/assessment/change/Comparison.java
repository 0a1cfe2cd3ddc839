package dev.parc.assessment.change;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.check.NewFinding;
import dev.parc.check.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is different between any two runs, as far as both answered the same items. */
public final class Comparison {

    private Comparison() {}

    /**
     * The changes from one run to a later one. An item that one of them did not assess is left out: whether it changed
     * cannot be told.
     *
     * @param meanings what a new finding of an item means, by the item's id
     */
    public static List<Change> between(Assessment earlier, Assessment later, Function<String, NewFinding> meanings) {
        Map<String, CheckResult> before = earlier.results().stream()
                .collect(Collectors.toMap(CheckResult::checkId, Function.identity(), (first, again) -> first));
        List<Change> changes = new ArrayList<>();
        for (CheckResult result : later.results()) {
            CheckResult known = before.get(result.checkId());
            if (known != null && isAssessed(known) && isAssessed(result)) {
                changes.addAll(FindingDiff.of(
                                later,
                                result,
                                meanings.apply(result.checkId()),
                                records(earlier, known),
                                Optional.of(HistoryEntry.of(earlier, known)))
                        .changes());
            }
        }
        return changes;
    }

    /** Whether an answer tells how the item stands. */
    static boolean isAssessed(CheckResult result) {
        return result.outcome() != Outcome.NOT_ASSESSED && result.outcome() != Outcome.NOT_APPLICABLE;
    }

    private static List<FindingRecord> records(Assessment run, CheckResult result) {
        return result.open().stream()
                .map(finding -> FindingRecord.first(finding, run.startedAt()))
                .toList();
    }
}
