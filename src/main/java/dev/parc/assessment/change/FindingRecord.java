package dev.parc.assessment.change;

import dev.parc.check.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One finding of a check over time. It is the same finding as long as check and subject are the same, whatever it says.
 *
 * @param finding as it was last seen
 * @param firstSeen when it was first seen
 * @param lastSeen when it was last seen
 * @param openSince when it was first seen, or seen again after it had been resolved
 * @param resolvedAt when it was found to be gone; empty while it is open
 * @param reopened how often it came back
 */
public record FindingRecord(
        Finding finding,
        Instant firstSeen,
        Instant lastSeen,
        Instant openSince,
        Optional<Instant> resolvedAt,
        int reopened) {

    /** A finding that is seen for the first time. */
    static FindingRecord first(Finding finding, Instant at) {
        return new FindingRecord(finding, at, at, at, Optional.empty(), 0);
    }

    /** The same finding, seen again. */
    FindingRecord seen(Finding again, Instant at) {
        return resolvedAt.isPresent()
                ? new FindingRecord(again, firstSeen, at, at, Optional.empty(), reopened + 1)
                : new FindingRecord(again, firstSeen, at, openSince, Optional.empty(), reopened);
    }

    /** The same finding, gone. */
    FindingRecord resolved(Instant at) {
        return new FindingRecord(finding, firstSeen, lastSeen, openSince, Optional.of(at), reopened);
    }

    /** How long it took to be remedied, from when it was seen to when it was found to be gone; empty while it is open. */
    public Optional<Duration> timeToRemediate() {
        return resolvedAt.map(end -> Duration.between(openSince, end));
    }
}
