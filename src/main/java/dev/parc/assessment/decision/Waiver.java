package dev.parc.assessment.decision;

import dev.parc.check.Finding;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The decision to live with a finding for a time.
 *
 * @param checkId the item whose findings are waived
 * @param subject the id of the one subject that is waived; empty for the whole item
 * @param owner who answers for it
 * @param reason why
 * @param by who recorded it
 * @param at when it was recorded
 * @param until the last day on which it counts, in UTC
 */
public record Waiver(
        String checkId, Optional<String> subject, String owner, String reason, String by, Instant at, LocalDate until) {

    /** Whether it is about this finding of its item. */
    public boolean covers(Finding finding) {
        return subject.isEmpty() || subject.get().equalsIgnoreCase(finding.subjectId());
    }

    /** Whether it counts at this moment. */
    public boolean isValidAt(Instant moment) {
        return !day(moment).isAfter(until);
    }

    /** Whether it counts at this moment but no longer when as many days have passed. */
    public boolean endsWithin(int days, Instant moment) {
        return isValidAt(moment) && day(moment).plusDays(days).isAfter(until);
    }

    /** What it is about and who answers for it, to stand in a sentence. */
    public String inWords() {
        return "the waiver of %s (%s: %s)"
                .formatted(subject.map(id -> "subject " + id).orElse("the whole item"), owner, reason);
    }

    private static LocalDate day(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
