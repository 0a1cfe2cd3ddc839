package dev.parc.cli.console;

import dev.parc.report.text.VisibleText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How words look on a terminal.
 *
 * @param colour whether they may be coloured
 * @param width how many characters a line may have; 0 for any number
 */
public record TextStyle(boolean colour, int width) {

    /** In less than this nothing is broken into lines that can be read. */
    private static final int NARROWEST = 60;

    private static final char ESCAPE = '\u001B';

    /** Times to the minute. */
    public static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** For lines of any length. */
    public TextStyle(boolean colour) {
        this(colour, 0);
    }

    /** As answers look on this console. */
    public static TextStyle of(Console console) {
        return new TextStyle(console.colour(), console.width());
    }

    /** The lines, those that are too long broken at blanks, and what is broken off set in below. */
    public String fit(String text) {
        return width < NARROWEST
                ? text
                : text.lines()
                        .map(this::fitLine)
                        .collect(Collectors.joining("\n", "", text.endsWith("\n") ? "\n" : ""));
    }

    private String fitLine(String line) {
        String rest = line;
        String margin = " ".repeat(Math.min(line.length() - line.stripLeading().length(), width / 2) + 2);
        StringBuilder fitted = new StringBuilder();
        while (rest.length() > width && rest.indexOf(ESCAPE) < 0) {
            int blank = rest.lastIndexOf(' ', width);
            if (blank <= margin.length()) {
                break; // one word that is too long by itself
            }
            fitted.append(rest, 0, blank).append('\n');
            rest = margin + rest.substring(blank + 1);
        }
        return fitted.append(rest).toString();
    }

    /** The words in these SGR codes. */
    public String of(String codes, String words) {
        return colour ? ESCAPE + "[" + codes + "m" + words + ESCAPE + "[0m" : words;
    }

    /** What every answer begins with: that it is a demo, if it is one, and of which tenant it speaks. */
    public String heading(String tenantName, String tenantId, String source, Instant takenAt) {
        boolean demo = source.equals("demo");
        return (demo ? of("33;1", "demo: this tenant does not exist; the answers are about sample data") + "\n\n" : "")
                + "%s (%s), %s, read %s\n\n"
                        .formatted(
                                of("1", VisibleText.of(tenantName)),
                                VisibleText.of(tenantId),
                                demo ? "demo tenant" : VisibleText.of(source),
                                TIME.format(takenAt));
    }
}
