package dev.parc.cli;

import dev.parc.report.VisibleText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How words look on a terminal.
 *
 * @param colour whether they may be coloured
 */
record TextStyle(boolean colour) {

    /** Times to the minute. */
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The words in these SGR codes. */
    String of(String codes, String words) {
        return colour ? "\u001B[" + codes + "m" + words + "\u001B[0m" : words;
    }

    /** What every answer begins with: that it is a demo, if it is one, and of which tenant it speaks. */
    String heading(String tenantName, String tenantId, String source, Instant takenAt) {
        boolean demo = source.equals("demo");
        return (demo ? of("33;1", "demo: this tenant does not exist; these are answers to sample data") + "\n\n" : "")
                + "%s (%s), %s, facts of %s\n\n"
                        .formatted(
                                of("1", VisibleText.of(tenantName)),
                                VisibleText.of(tenantId),
                                demo ? "demo tenant" : VisibleText.of(source),
                                TIME.format(takenAt));
    }
}
