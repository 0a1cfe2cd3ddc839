package dev.parc.assessment.change;

import dev.parc.check.Finding;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that a run found to be different from before.
 *
 * @param at when the run began
 * @param severity of the item
 * @param finding whom it is about; empty where the whole item changed
 * @param decision which decision it is about, where it tells of one; empty also where the release before told it
 * @param message what changed, to stand after the name of the finding's subject or the item's id
 */
public record Change(
        Kind kind,
        String runId,
        Instant at,
        String checkId,
        Severity severity,
        Optional<Finding> finding,
        Optional<Decision> decision,
        String message) {

    /**
     * A decision about an item.
     *
     * @param statement the number of the statement that is attested; empty for a waiver
     * @param subject the id of the one subject that is waived; empty for a statement, and for a waiver of the whole item
     */
    public record Decision(Optional<Integer> statement, Optional<String> subject) {

        /** The decision that a statement of the item is true. */
        static Decision attested(int statement) {
            return new Decision(Optional.of(statement), Optional.empty());
        }

        /** The decision to live with what the item finds. */
        static Decision waived(Optional<String> subject) {
            return new Decision(Optional.empty(), subject);
        }
    }

    /** A change that tells of no decision. */
    public Change(
            Kind kind,
            String runId,
            Instant at,
            String checkId,
            Severity severity,
            Optional<Finding> finding,
            String message) {
        this(kind, runId, at, checkId, severity, finding, Optional.empty(), message);
    }

    /** Of the item. */
    public Stage stage() {
        return Stage.ofItem(checkId);
    }

    /** Whether a finding is there now that was not there before. */
    public boolean opens() {
        return switch (kind) {
            case NEW, REOPENED, NEW_ADMINISTRATOR, LOST_MFA -> true;
            default -> false;
        };
    }

    /** What kind of change it is. */
    public enum Kind {
        /** A finding that was never there before. */
        NEW,
        /** A finding that was resolved before and is there again. */
        REOPENED,
        /** A finding that is gone, by an answer that saw everything. */
        RESOLVED,
        /** An item that was met and no longer is. */
        REGRESSED,
        /** An item that is met now and was not. */
        IMPROVED,
        /** Somebody holds a role and did not before. */
        NEW_ADMINISTRATOR,
        /** Somebody has said why a new administrator is right. */
        ACKNOWLEDGED,
        /** An administrator is found to be without MFA who was not before. */
        LOST_MFA,
        /** An attestation ends within fourteen days. */
        ATTESTATION_ENDING,
        /** An attestation has ended, and the item is open again. */
        ATTESTATION_ENDED,
        /** A waiver ends within fourteen days. */
        WAIVER_ENDING,
        /** A waiver has ended, and what it covered counts again. */
        WAIVER_ENDED,
        /** An answer is withdrawn, because its run was deleted. */
        RUN_DELETED
    }
}
