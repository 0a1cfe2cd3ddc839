package dev.parc.assessment;

import dev.parc.facts.Attestation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attestations of an item that have come near their end, or have ended, since it was answered last. */
public final class Endings {

    private Endings() {}

    /**
     * Tells each end once: in the first answer after it came near, and in the first after it came.
     *
     * @param given what is attested and not taken back
     * @param before when the item was answered before
     */
    public static List<Change> of(Assessment run, CheckResult result, List<Attestation> given, Instant before) {
        Instant now = run.startedAt();
        List<Change> changes = new ArrayList<>();
        for (Attestation attestation : given) {
            if (attestation.item().equals(result.checkId()) && attestation.isValidAt(before)) {
                String what = "statement " + attestation.statement() + ", attested by " + attestation.by();
                if (!attestation.isValidAt(now)) {
                    changes.add(change(
                            Change.Kind.ATTESTATION_ENDED,
                            run,
                            result,
                            what + ", was valid until " + attestation.validUntil()));
                } else if (attestation.endsWithin(Attesting.DAYS_AHEAD, now)
                        && !attestation.endsWithin(Attesting.DAYS_AHEAD, before)) {
                    changes.add(change(
                            Change.Kind.ATTESTATION_ENDING,
                            run,
                            result,
                            what + ", is valid until " + attestation.validUntil()));
                }
            }
        }
        return changes;
    }

    private static Change change(Change.Kind kind, Assessment run, CheckResult result, String message) {
        return new Change(
                kind, run.runId(), run.startedAt(), result.checkId(), result.severity(), Optional.empty(), message);
    }
}
