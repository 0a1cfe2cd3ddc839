package dev.parc.assessment.change;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.decision.AttestationRule;
import dev.parc.assessment.decision.Waiver;
import dev.parc.check.MergedStatement;
import dev.parc.facts.Attestation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attestations and waivers of an item that have come near their end, or have ended, since it was answered last. */
public final class ExpiryChanges {

    private ExpiryChanges() {}

    /**
     * Tells each end once: in the first answer after it came near, and in the first after it came.
     *
     * @param given what is attested and not taken back
     * @param waivers what is waived and not taken back
     * @param before when the run that answered the item before was finished
     */
    public static List<Change> of(
            Assessment run, CheckResult result, List<Attestation> given, List<Waiver> waivers, Instant before) {
        Instant now = run.finishedAt();
        List<Change> changes = new ArrayList<>();
        for (Attestation attestation : given) {
            if (attestation.item().equals(result.checkId())
                    && attestation.isValidAt(before)
                    && !isOutlived(attestation, given)) {
                Change.Decision attested = Change.Decision.attested(attestation.statement());
                String what = "statement " + attestation.statement() + ", attested by " + attestation.by();
                if (!attestation.isValidAt(now)) {
                    changes.add(change(
                            Change.Kind.ATTESTATION_ENDED,
                            run,
                            result,
                            attested,
                            what + ", was valid until " + attestation.validUntil()));
                } else if (attestation.endsWithin(AttestationRule.DAYS_AHEAD, now)
                        && (attestation.at().isAfter(before)
                                || !attestation.endsWithin(AttestationRule.DAYS_AHEAD, before))) {
                    changes.add(change(
                            Change.Kind.ATTESTATION_ENDING,
                            run,
                            result,
                            attested,
                            what + ", is valid until " + attestation.validUntil()));
                }
            }
        }
        for (Waiver waiver : waivers) {
            if (waiver.checkId().equals(result.checkId()) && waiver.isValidAt(before)) {
                Change.Decision waived = Change.Decision.waived(waiver.subject());
                if (!waiver.isValidAt(now)) {
                    changes.add(change(
                            Change.Kind.WAIVER_ENDED,
                            run,
                            result,
                            waived,
                            waiver.inWords() + " ended on " + waiver.until() + "; what it covered counts again"));
                } else if (waiver.endsWithin(AttestationRule.DAYS_AHEAD, now)
                        && (waiver.at().isAfter(before) || !waiver.endsWithin(AttestationRule.DAYS_AHEAD, before))) {
                    changes.add(change(
                            Change.Kind.WAIVER_ENDING,
                            run,
                            result,
                            waived,
                            waiver.inWords() + " ends on " + waiver.until()));
                }
            }
        }
        return changes;
    }

    /** Whether a merged statement says the same for as long, so that this end changes nothing. */
    private static boolean isOutlived(Attestation part, List<Attestation> given) {
        return MergedStatement.saying(part.item(), part.statement())
                .filter(merged -> given.stream()
                        .anyMatch(one -> one.item().equals(merged.item())
                                && one.statement() == merged.statement()
                                && !one.validUntil().isBefore(part.validUntil())))
                .isPresent();
    }

    private static Change change(
            Change.Kind kind, Assessment run, CheckResult result, Change.Decision decision, String message) {
        return new Change(
                kind,
                run.runId(),
                run.startedAt(),
                result.checkId(),
                result.severity(),
                Optional.empty(),
                Optional.of(decision),
                message);
    }
}
