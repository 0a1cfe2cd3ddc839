package dev.parc.check;

import dev.parc.facts.Licence;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a check answers.
 *
 * @param summary one line that a person can act on, of at most {@link Summary#LONGEST} characters
 * @param reasons why it could not be assessed or does not apply, or what a certain answer still leaves out
 * @param word whose word it rests on, or waits for
 * @param statements those of the card's statements, by their places from 1, that it takes; none stands for all
 * @param reasonInSummary whether the summary already says the first of the reasons in full
 */
public record Verdict(
        Outcome outcome,
        String summary,
        List<String> reasons,
        List<Finding> findings,
        Word word,
        SortedSet<Integer> statements,
        boolean reasonInSummary) {

    /** Whose word an answer rests on. */
    public enum Word {
        /** That of what was read. */
        FACTS,
        /** That of a person, who has not spoken yet. */
        AWAITED,
        /** That of a person, beside what was read. */
        GIVEN
    }

    public Verdict {
        summary = Summary.of(summary);
        reasons = List.copyOf(reasons);
        findings = List.copyOf(findings);
        statements = Collections.unmodifiableSortedSet(new TreeSet<>(statements));
    }

    /** What it leaves open: nothing where the item is met. */
    public List<Finding> open() {
        return outcome == Outcome.PASS ? List.of() : findings;
    }

    /** An answer whose summary says none of its reasons. */
    public Verdict(
            Outcome outcome,
            String summary,
            List<String> reasons,
            List<Finding> findings,
            Word word,
            SortedSet<Integer> statements) {
        this(outcome, summary, reasons, findings, word, statements, false);
    }

    /** An answer that takes every statement of the card, or none where it waits for no word. */
    public Verdict(Outcome outcome, String summary, List<String> reasons, List<Finding> findings, Word word) {
        this(outcome, summary, reasons, findings, word, Collections.emptySortedSet());
    }

    /** An answer that rests on what was read. */
    public Verdict(Outcome outcome, String summary, List<String> reasons, List<Finding> findings) {
        this(outcome, summary, reasons, findings, Word.FACTS);
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

    /**
     * When nothing that was read speaks against the item and the rest is for a person to say: the statements of the card's
     * {@link RoadmapItem#attests}. It is a REVIEW until all of them are attested and a PASS while they are.
     *
     * @param summary what was seen, true whether it is attested or not
     * @param findings what the person attests, or should review first
     */
    public static Verdict attest(String summary, List<Finding> findings) {
        return new Verdict(Outcome.REVIEW, summary, List.of(), findings, Word.AWAITED);
    }

    /**
     * The same where what was read makes some of the statements needless.
     *
     * @param statements the places of those that are left, at least one
     */
    public static Verdict attest(String summary, List<Finding> findings, SortedSet<Integer> statements) {
        if (statements.isEmpty()) {
            throw new IllegalArgumentException("no statement is left to attest");
        }
        return new Verdict(Outcome.REVIEW, summary, List.of(), findings, Word.AWAITED, statements);
    }

    public static Verdict notApplicable(String reason) {
        return saying(Outcome.NOT_APPLICABLE, reason, List.of(reason));
    }

    /** When the tenant lacks the licence for what is asked. */
    public static Verdict without(Licence licence) {
        return notApplicable("the tenant has no " + licence.title() + " licence");
    }

    /**
     * When what was read does not carry an answer.
     *
     * @param reasons why, at least one
     */
    public static Verdict notAssessed(List<String> reasons) {
        return saying(Outcome.NOT_ASSESSED, "not assessed, because " + reasons.get(0), reasons);
    }

    /** An answer whose summary says the first of the reasons, as far as there is room. */
    private static Verdict saying(Outcome outcome, String summary, List<String> reasons) {
        return new Verdict(
                outcome, summary, reasons, List.of(), Word.FACTS, Collections.emptySortedSet(), Summary.fits(summary));
    }

    /** The same answer with these reasons instead; one that the summary says stays the first. */
    public Verdict withReasons(List<String> others) {
        List<String> all = reasonInSummary
                ? Stream.concat(Stream.of(reasons.get(0)), others.stream())
                        .distinct()
                        .toList()
                : others;
        return new Verdict(outcome, summary, all, findings, word, statements, reasonInSummary);
    }

    /** The same answer with these findings: what was seen before it turned out that there is no answer. */
    public Verdict withFindings(List<Finding> seen) {
        return new Verdict(outcome, summary, reasons, seen, word, statements, reasonInSummary);
    }
}
