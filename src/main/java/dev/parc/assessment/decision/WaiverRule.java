package dev.parc.assessment.decision;

import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Summary;
import dev.parc.check.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The waivers of a run, and what they make of an answer: they flag findings and take an answer out of the score, and
 * never change its outcome.
 */
public final class WaiverRule {

    /** Nothing is waived. */
    public static final WaiverRule NONE = new WaiverRule(List.of(), Optional.empty());

    private final List<Waiver> waivers;
    private final Optional<String> unread;

    private WaiverRule(List<Waiver> waivers, Optional<String> unread) {
        this.waivers = List.copyOf(waivers);
        this.unread = unread;
    }

    /** With these waivers, whether they still count or not. */
    public static WaiverRule of(List<Waiver> waivers) {
        return new WaiverRule(waivers, Optional.empty());
    }

    /** When they could not be read: nothing is waived, and every bad answer says so. */
    public static WaiverRule unread(String reason) {
        return new WaiverRule(List.of(), Optional.of(reason));
    }

    /**
     * What counts of an answer.
     *
     * @param applied the waivers in effect
     * @param whole whether all of the answer is waived
     * @param reasons what to know of waivers, a sentence each
     */
    public record Waived(List<Waiver> applied, boolean whole, List<String> reasons) {}

    /**
     * What is waived of an answer at this moment.
     *
     * @param complete whether everything was read that decides the answer: a subject nobody saw is not waived
     */
    public Waived of(String checkId, Verdict verdict, boolean complete, Instant now) {
        boolean bad = verdict.outcome() == Outcome.FAIL || verdict.outcome() == Outcome.REVIEW;
        List<Waiver> applied = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (Waiver waiver : waivers) {
            if (waiver.checkId().equals(checkId)) {
                boolean meets = bad
                        && (waiver.subject().isEmpty()
                                || verdict.findings().stream().anyMatch(waiver::covers));
                if (meets && waiver.isValidAt(now)) {
                    applied.add(waiver);
                }
                about(waiver, verdict.outcome(), meets, now).ifPresent(reasons::add);
            }
        }
        if (bad) {
            unread.ifPresent(why -> reasons.add("waivers were not read, so none counts: " + why));
        }
        return new Waived(List.copyOf(applied), isWhole(verdict, applied, complete), List.copyOf(reasons));
    }

    private static boolean isWhole(Verdict verdict, List<Waiver> applied, boolean complete) {
        List<Finding> findings = verdict.findings();
        boolean everySubject = complete
                && verdict.word() != Verdict.Word.AWAITED
                && !findings.isEmpty()
                && findings.stream().allMatch(finding -> applied.stream().anyMatch(waiver -> waiver.covers(finding)));
        return everySubject
                || applied.stream().anyMatch(waiver -> waiver.subject().isEmpty());
    }

    private static Optional<String> about(Waiver waiver, Outcome outcome, boolean meets, Instant now) {
        if (!waiver.isValidAt(now)) {
            return Optional.of(waiver.inWords() + " ended on " + waiver.until()
                    + (meets ? ": its findings count again" : " and covers no finding: withdraw it"));
        }
        if (outcome == Outcome.NOT_ASSESSED) {
            return Optional.of(waiver.inWords() + " does not apply: an item that is not assessed cannot be waived");
        }
        if (!meets) {
            return Optional.of(waiver.inWords() + " covers no finding: the finding is fixed or gone, so withdraw it");
        }
        return waiver.endsWithin(AttestationRule.DAYS_AHEAD, now)
                ? Optional.of(waiver.inWords() + " ends on " + waiver.until() + ": fix it or waive it again")
                : Optional.empty();
    }

    /** The verdict's reasons with those about waivers behind them. */
    public static List<String> joined(Verdict verdict, Waived waived) {
        return Stream.concat(verdict.reasons().stream(), waived.reasons().stream())
                .toList();
    }

    /** The verdict's summary with what is waived of it. */
    public static String summary(Verdict verdict, Waived waived) {
        long flagged = verdict.findings().stream()
                .filter(finding -> waived.applied().stream().anyMatch(waiver -> waiver.covers(finding)))
                .count();
        if (waived.whole()) {
            return Summary.of(
                    verdict.summary(),
                    "; waived by %s until %s"
                            .formatted(
                                    waived.applied().stream()
                                            .map(Waiver::owner)
                                            .distinct()
                                            .sorted()
                                            .collect(Collectors.joining(", ")),
                                    waived.applied().stream()
                                            .map(Waiver::until)
                                            .min(Comparator.naturalOrder())
                                            .orElseThrow()));
        }
        return flagged == 0
                ? verdict.summary()
                : Summary.of(
                        verdict.summary(),
                        Counted.say(
                                "; %d of %d [finding|findings] waived",
                                flagged, verdict.findings().size()));
    }
}
