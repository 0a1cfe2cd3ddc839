package dev.parc.facts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What a person attests, where no interface can tell.
 *
 * @param item the roadmap item, like S2-15
 * @param statement which of the item's statements, from 1
 * @param by who attests
 * @param at when it was said
 * @param validUntil the last day on which it counts, in UTC
 * @param evidence an https link to what shows it
 * @param note anything else
 */
public record Attestation(
        String item,
        int statement,
        String by,
        Instant at,
        LocalDate validUntil,
        Optional<String> evidence,
        String note) {

    /** Whether it still counts at this moment. */
    public boolean isValidAt(Instant moment) {
        return !day(moment).isAfter(validUntil);
    }

    /** Whether it counts at this moment but no longer when as many days have passed. */
    public boolean endsWithin(int days, Instant moment) {
        return isValidAt(moment) && day(moment).plusDays(days).isAfter(validUntil);
    }

    private static LocalDate day(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
