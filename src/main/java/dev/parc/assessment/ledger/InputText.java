package dev.parc.assessment.ledger;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** What people write, checked before it is kept. What will not do throws {@link RefusedException}. */
public final class InputText {

    public static final int LONGEST_NAME = 200;
    public static final int LONGEST_TEXT = 2000;

    /** How far ahead somebody may attest or waive. */
    public static final int MOST_DAYS = 400;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private InputText() {}

    /** A text of one line that is not empty. */
    public static String required(String what, String text, int longest) {
        String line = line(what, text, longest);
        if (line.isEmpty()) {
            throw new RefusedException(what + " is missing");
        }
        return line;
    }

    /** A text of one line, blanks around it taken off. */
    public static String line(String what, String text, int longest) {
        String line = text.strip();
        if (line.length() > longest) {
            throw new RefusedException("%s can have at most %,d characters".formatted(what, longest));
        }
        if (line.codePoints().anyMatch(InputText::isUnseen)) {
            throw new RefusedException(what + " must be one line without invisible characters");
        }
        return line;
    }

    /** Where something can be looked up. */
    public static Optional<String> link(String what, Optional<String> text) {
        Optional<String> link = text.map(String::strip).filter(one -> !one.isEmpty());
        link.ifPresent(one -> {
            line(what, one, LONGEST_TEXT);
            if (!isLink(one)) {
                throw new RefusedException(what + " must be a link like https://example.com/record");
            }
        });
        return link;
    }

    /** The last day on which something holds: after today, and not too far ahead. */
    public static LocalDate until(String what, LocalDate day, Instant now) {
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        if (!day.isAfter(today) || day.isAfter(today.plusDays(MOST_DAYS))) {
            throw new RefusedException("%s must be from %s to %s, at most %d days ahead"
                    .formatted(what, today.plusDays(1), today.plusDays(MOST_DAYS), MOST_DAYS));
        }
        return day;
    }

    private static boolean isLink(String text) {
        try {
            URI uri = new URI(text);
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isUnseen(int point) {
        return switch (Character.getType(point)) {
            case Character.FORMAT -> point != ZERO_WIDTH_NON_JOINER && point != ZERO_WIDTH_JOINER;
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
