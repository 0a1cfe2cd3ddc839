package dev.parc.assessment.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * One revision of something that a person decided.
 *
 * @param key what it is kept under
 * @param revision from 1; who changes it names the revision that was seen, so that nobody overwrites another unseen
 * @param withdrawal there if this revision takes the value back
 */
public record Revision<T>(String key, int revision, T value, Optional<Withdrawal> withdrawal) {

    /** Who took it back, and when. */
    public record Withdrawal(String by, Instant at) {}

    /** Whether it stands: it was not taken back. */
    public boolean stands() {
        return withdrawal.isEmpty();
    }
}
