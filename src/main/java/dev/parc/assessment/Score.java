package dev.parc.assessment;

import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import java.util.List;
import java.util.stream.Stream;

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

    /** An answer that is not waived, as far as it makes a difference to the score. */
    public record Answer(Severity severity, Outcome outcome) {

        private boolean counts() {
            return outcome != Outcome.NOT_APPLICABLE && outcome != Outcome.NOT_ASSESSED;
        }
    }

    /** The score of these results. */
    public static Score of(List<CheckResult> results) {
        return of(
                results.stream()
                        .filter(result -> !result.isWaived())
                        .map(result -> new Answer(result.severity(), result.outcome())),
                results.size());
    }

    /**
     * The score of these answers.
     *
     * @param items how many items there are, with those that are waived
     */
    public static Score of(Stream<Answer> answers, int items) {
        List<Answer> counting = answers.filter(Answer::counts).toList();
        int of = weight(counting.stream());
        int met = weight(counting.stream().filter(answer -> answer.outcome() == Outcome.PASS));
        return new Score(of == 0 ? -1 : met * 100 / of, counting.size(), items);
    }

    private static int weight(Stream<Answer> answers) {
        return answers.mapToInt(answer -> answer.severity().weight()).sum();
    }
}
