package dev.parc.assessment;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of runs: the second they were asked for and a random part, so that they sort by time. */
public final class RunIds {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern SHAPE = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{8}");

    private RunIds() {}

    /** A new id for a run asked for at this time. */
    public static String at(Instant time) {
        return SECOND.format(time) + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Whether the text has the shape of a run id; anything else never reaches a store. */
    public static boolean isOne(String text) {
        return SHAPE.matcher(text).matches();
    }
}
