package dev.parc.assessment;

import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.Verdict;
import java.util.List;

/** The answer of one check in one run, as it is kept and shown. */
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
        List<Finding> findings) {

    /** On whose word the outcome rests. */
    public enum Basis {
        AUTOMATED,
        ATTESTED,
        WAIVED
    }

    public CheckResult {
        reasons = List.copyOf(reasons);
        findings = List.copyOf(findings);
    }

    /** What the check answered, with its card. */
    public static CheckResult of(Check check, Verdict verdict) {
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
                verdict.findings());
    }
}
