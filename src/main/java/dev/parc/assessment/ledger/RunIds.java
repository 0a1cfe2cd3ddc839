package dev.parc.assessment.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of runs: the second they were asked for and a random part, so that they sort by time. */
public final class RunIds {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern SHAPE = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{8}");

    /** Ids for which {@link #isOne} holds, newest first, in the same order in every store. */
    public static final Comparator<String> NEWEST_FIRST =
            Comparator.<String, String>comparing(RunIds::newestFirst).thenComparing(Comparator.naturalOrder());

    private RunIds() {}

    /** A new id for a run asked for at this time. */
    public static String at(Instant time) {
        return SECOND.format(time) + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /**
     * The second that the id carries, turned round so that the newest sorts first.
     *
     * @param runId an id for which {@link #isOne} holds
     */
    public static String newestFirst(String runId) {
        return turnedRound(runId.substring(0, runId.indexOf('-')));
    }

    /** What {@link #newestFirst(String)} gives for the ids of runs asked for in the second of this time. */
    public static String newestFirst(Instant time) {
        return turnedRound(SECOND.format(time));
    }

    /**
     * Whether the run was asked for in this time.
     *
     * @param runId an id for which {@link #isOne} holds
     * @param from the first second
     * @param to the first second that is too late
     */
    public static boolean isBetween(String runId, Instant from, Instant to) {
        String second = newestFirst(runId);
        return second.compareTo(newestFirst(from)) <= 0 && second.compareTo(newestFirst(to)) > 0;
    }

    /**
     * The second in which the run was asked for.
     *
     * @param runId an id for which {@link #isOne} holds
     */
    public static Instant time(String runId) {
        return SECOND.parse(runId.substring(0, runId.indexOf('-')), Instant::from);
    }

    private static String turnedRound(String second) {
        return second.codePoints()
                .filter(Character::isDigit)
                .map(digit -> '0' + '9' - digit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whether the text has the shape of a run id; anything else never reaches a store. */
    public static boolean isOne(String text) {
        if (!SHAPE.matcher(text).matches()) {
            return false;
        }
        try {
            return !time(text).isBefore(Instant.EPOCH);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
