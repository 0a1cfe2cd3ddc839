package dev.parc.check;

import java.util.List;

/**
 * What a check answers.
 *
 * @param summary one line that a person can act on
 * @param reasons why it could not be assessed or does not apply, or what a certain answer still leaves out
 */
public record Verdict(Outcome outcome, String summary, List<String> reasons, List<Finding> findings) {

    public Verdict {
        reasons = List.copyOf(reasons);
        findings = List.copyOf(findings);
    }

    public static Verdict pass(String summary) {
        return new Verdict(Outcome.PASS, summary, List.of(), List.of());
    }

    /** A FAIL that stays one whatever else might be read. */
    public static Verdict fail(String summary, List<Finding> findings) {
        return new Verdict(Outcome.FAIL, summary, List.of(), findings);
    }

    public static Verdict review(String summary, List<Finding> findings) {
        return new Verdict(Outcome.REVIEW, summary, List.of(), findings);
    }

    public static Verdict notApplicable(String reason) {
        return new Verdict(Outcome.NOT_APPLICABLE, reason, List.of(reason), List.of());
    }

    /**
     * When what was read does not carry an answer.
     *
     * @param reasons why, at least one
     */
    public static Verdict notAssessed(List<String> reasons) {
        return new Verdict(Outcome.NOT_ASSESSED, "not assessed, because " + reasons.get(0), reasons, List.of());
    }

    /** The same answer with more reasons beside it. */
    public Verdict withReasons(List<String> more) {
        return new Verdict(outcome, summary, more, findings);
    }

    /** The same answer with these findings: what was seen before it turned out that there is no answer. */
    public Verdict withFindings(List<Finding> seen) {
        return new Verdict(outcome, summary, reasons, seen);
    }
}
