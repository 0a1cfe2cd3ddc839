package dev.parc.assessment;

import dev.parc.check.Outcome;
import java.util.List;

/**
 * How much of what was asked is met, weighted by severity; a REVIEW counts as not met, and what is
 * waived does not count.
 *
 * @param percent 0 to 100 over the assessed and applicable items; -1 if there is none
 * @param assessed items that count
 * @param items all items, also those not assessed or not applicable: the coverage to show beside the score
 */
public record Score(int percent, int assessed, int items) {

    /** Whether it rests on less than half of the items: little to go by. */
    public boolean isThin() {
        return assessed * 2 < items;
    }

    /** The score with its coverage, like "score 83%, over 6 of 7 items". */
    public String inWords() {
        return "%s, over %s%d of %d %s"
                .formatted(
                        percent < 0 ? "no score" : "score " + percent + "%",
                        isThin() ? "only " : "",
                        assessed,
                        items,
                        items == 1 ? "item" : "items");
    }

    /** The score of these results. */
    public static Score of(List<CheckResult> results) {
        List<CheckResult> counting = results.stream()
                .filter(result -> !result.isWaived()
                        && result.outcome() != Outcome.NOT_APPLICABLE
                        && result.outcome() != Outcome.NOT_ASSESSED)
                .toList();
        int of =
                counting.stream().mapToInt(result -> result.severity().weight()).sum();
        int met = counting.stream()
                .filter(result -> result.outcome() == Outcome.PASS)
                .mapToInt(result -> result.severity().weight())
                .sum();
        return new Score(of == 0 ? -1 : met * 100 / of, counting.size(), results.size());
    }
}
