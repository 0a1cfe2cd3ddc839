package dev.parc.assessment;

import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.Verdict;
import dev.parc.facts.Facts;
import java.util.List;

/**
 * The answer of one check in one run, as it is kept and shown.
 *
 * @param attestations what people vouched for about the item when it was answered, whether it still counted or not
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
        List<Vouched> attestations) {

    /** On whose word the outcome rests. */
    public enum Basis {
        AUTOMATED,
        ATTESTED,
        WAIVED
    }

    public CheckResult {
        reasons = List.copyOf(reasons);
        findings = List.copyOf(findings);
        attestations = List.copyOf(attestations);
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
        this(checkId, version, stage, title, severity, outcome, basis, summary, reasons, findings, List.of());
    }

    /** Answers one check from facts, with its card and what people vouched for. */
    public static CheckResult of(Check check, Facts facts) {
        Verdict verdict = Assessor.assess(check, facts);
        RoadmapItem card = Assessor.card(check);
        return new CheckResult(
                card.id(),
                card.version(),
                Stage.ofItem(card.id()),
                card.title(),
                card.severity(),
                verdict.outcome(),
                verdict.word() == Verdict.Word.GIVEN ? Basis.ATTESTED : Basis.AUTOMATED,
                verdict.summary(),
                verdict.reasons(),
                verdict.findings(),
                Attesting.of(card, facts).vouched());
    }
}
