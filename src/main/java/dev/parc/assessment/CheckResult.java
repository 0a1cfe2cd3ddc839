package dev.parc.assessment;

import dev.parc.assessment.decision.AttestationRule;
import dev.parc.assessment.decision.SignedStatement;
import dev.parc.assessment.decision.Waiver;
import dev.parc.assessment.decision.WaiverRule;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.Verdict;
import dev.parc.facts.Facts;
import java.util.List;
import java.util.Optional;

/**
 * The answer of one check in one run, as it is kept and shown.
 *
 * @param attestations what people attested about the item when it was answered, whether it still counted or not
 * @param waivers those in effect for findings of this answer, or for all of it
 * @param remedy what to do where it is not met
 * @param reasonInSummary whether the summary already says the first of the reasons in full
 * @param fix the smallest change that fixes it, or why there is none; empty where the run did not look for one
 */
public record CheckResult(
        String checkId,
        int version,
        Stage stage,
        String title,
        Severity severity,
        Outcome outcome,
        Basis basis,
        String summary,
        List<String> reasons,
        List<Finding> findings,
        List<SignedStatement> attestations,
        List<Waiver> waivers,
        Remedy remedy,
        boolean reasonInSummary,
        Optional<ProposedFix> fix) {

    /** On whose word the outcome rests. */
    public enum Basis {
        AUTOMATED,
        ATTESTED,
        /** The outcome stays FAIL or REVIEW, and people decided to live with it for a time. */
        WAIVED
    }

    public CheckResult {
        reasons = List.copyOf(reasons);
        findings = List.copyOf(findings);
        attestations = List.copyOf(attestations);
        waivers = List.copyOf(waivers);
        if (reasonInSummary && reasons.isEmpty()) {
            throw new IllegalArgumentException(checkId + ": no reason that the summary could say");
        }
    }

    /** The reasons that the summary does not say. */
    public List<String> furtherReasons() {
        return reasonInSummary ? reasons.subList(1, reasons.size()) : reasons;
    }

    /** What it leaves open: nothing where the item is met. */
    public List<Finding> open() {
        return outcome == Outcome.PASS ? List.of() : findings;
    }

    /** An answer to which nobody's word was added. */
    public CheckResult(
            String checkId,
            int version,
            Stage stage,
            String title,
            Severity severity,
            Outcome outcome,
            Basis basis,
            String summary,
            List<String> reasons,
            List<Finding> findings) {
        this(
                checkId, version, stage, title, severity, outcome, basis, summary, reasons, findings, List.of(),
                List.of());
    }

    /** An answer for which no fix was looked for. */
    public CheckResult(
            String checkId,
            int version,
            Stage stage,
            String title,
            Severity severity,
            Outcome outcome,
            Basis basis,
            String summary,
            List<String> reasons,
            List<Finding> findings,
            List<SignedStatement> attestations,
            List<Waiver> waivers,
            Remedy remedy,
            boolean reasonInSummary) {
        this(
                checkId,
                version,
                stage,
                title,
                severity,
                outcome,
                basis,
                summary,
                reasons,
                findings,
                attestations,
                waivers,
                remedy,
                reasonInSummary,
                Optional.empty());
    }

    /** The same answer with what fixes it. */
    public CheckResult with(ProposedFix proposed) {
        return new CheckResult(
                checkId,
                version,
                stage,
                title,
                severity,
                outcome,
                basis,
                summary,
                reasons,
                findings,
                attestations,
                waivers,
                remedy,
                reasonInSummary,
                Optional.of(proposed));
    }

    /** An answer without a remedy. */
    public CheckResult(
            String checkId,
            int version,
            Stage stage,
            String title,
            Severity severity,
            Outcome outcome,
            Basis basis,
            String summary,
            List<String> reasons,
            List<Finding> findings,
            List<SignedStatement> attestations,
            List<Waiver> waivers) {
        this(
                checkId,
                version,
                stage,
                title,
                severity,
                outcome,
                basis,
                summary,
                reasons,
                findings,
                attestations,
                waivers,
                Remedy.NONE,
                false);
    }

    /** Answers one check from facts, with its card, what people attested and what they waived. */
    public static CheckResult of(Check check, Facts facts, WaiverRule waiving) {
        Verdict verdict = Assessor.assess(check, facts);
        boolean complete = Assessor.isComplete(check, facts, verdict.outcome());
        RoadmapItem card = Check.card(check);
        WaiverRule.Waived waived = waiving.of(card.id(), verdict, complete, facts.takenAt());
        return new CheckResult(
                card.id(),
                card.version(),
                Stage.ofItem(card.id()),
                card.title(),
                card.severity(),
                verdict.outcome(),
                waived.whole() ? Basis.WAIVED : verdict.word() == Verdict.Word.GIVEN ? Basis.ATTESTED : Basis.AUTOMATED,
                WaiverRule.summary(verdict, waived),
                WaiverRule.joined(verdict, waived),
                verdict.findings(),
                AttestationRule.of(card, facts).signed(),
                waived.applied(),
                Remedy.of(card),
                verdict.reasonInSummary());
    }

    /**
     * The answer of one check that failed: NOT_ASSESSED for a fault of PARC, with nothing else beside it.
     *
     * @param cause of which the reason tells the kind; where it happened is for the log
     */
    public static CheckResult faulty(Check check, Throwable cause) {
        RoadmapItem card = Check.card(check);
        Verdict verdict = Verdict.notAssessed(List.of("a fault of PARC: answering it ended on "
                + cause.getClass().getSimpleName() + "; the log has where, please report it"));
        return new CheckResult(
                card.id(),
                card.version(),
                Stage.ofItem(card.id()),
                card.title(),
                card.severity(),
                verdict.outcome(),
                Basis.AUTOMATED,
                verdict.summary(),
                verdict.reasons(),
                verdict.findings(),
                List.of(),
                List.of(),
                Remedy.of(card),
                verdict.reasonInSummary());
    }

    /** Whether somebody decided to live with this finding for a time. */
    public boolean isWaived(Finding finding) {
        return waivers.stream().anyMatch(waiver -> waiver.covers(finding));
    }

    /** Whether it counts apart, because all of it is waived. */
    public boolean isWaived() {
        return basis == Basis.WAIVED;
    }
}
