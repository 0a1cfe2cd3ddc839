package dev.parc.report.html;

import dev.parc.assessment.CheckResult;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** How the report shows outcomes, severities, times and counts, everywhere alike. */
public final class HtmlFormat {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private HtmlFormat() {}

    /** In the order in which they are told: what is met, what is open, what says nothing. */
    static final List<Outcome> OUTCOMES =
            List.of(Outcome.PASS, Outcome.FAIL, Outcome.REVIEW, Outcome.NOT_ASSESSED, Outcome.NOT_APPLICABLE);

    /** An outcome as sign and word. */
    public static Html badge(Outcome outcome) {
        return badge(css(outcome), sign(outcome), title(outcome));
    }

    /** A state as sign and word, never as colour alone. */
    public static Html badge(String css, String sign, String title) {
        return Html.of("<span class=\"badge {}\"><span aria-hidden=\"true\">{}</span> {}</span>", css, sign, title);
    }

    /** A link to an item of the report. */
    public static Html item(String checkId) {
        return Html.of("<a href=\"#{}\">{}</a>", checkId, checkId);
    }

    /** The subject of a finding, with a link to its place in a portal if it has one. */
    static Html subject(Finding finding, PortalLinks places) {
        return Html.name(finding.subjectName(), places.of(finding.subjectType(), finding.subjectId()));
    }

    static Html waived() {
        return badge("waived", "~", "Waived");
    }

    /** The badge that counts: of what is waived, that it is, beside the outcome. */
    static Html badges(CheckResult result) {
        return Html.all(badge(result.outcome()), Html.of(" {}", waived()).when(result.isWaived()));
    }

    static String sign(Outcome outcome) {
        return switch (outcome) {
            case PASS -> "✓";
            case FAIL -> "✕";
            case REVIEW -> "?";
            case NOT_APPLICABLE -> "–";
            case NOT_ASSESSED -> "○";
        };
    }

    static String css(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String title(Outcome outcome) {
        return sentence(outcome.name());
    }

    static Html severity(Severity severity) {
        return Html.of(
                "<span class=\"severity {}\">{}</span>",
                severity.name().toLowerCase(Locale.ROOT),
                sentence(severity.name()));
    }

    /** Where a constant stands in the order of its kind, for columns to be sorted by. */
    static int rank(Enum<?> constant) {
        return List.of(constant.getDeclaringClass().getEnumConstants()).indexOf(constant);
    }

    /** The name of a constant as words: {@code NOT_ASSESSED} as "Not assessed". */
    public static String sentence(String constant) {
        return constant.charAt(0)
                + constant.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A moment in UTC. */
    public static Html moment(Instant instant) {
        return Html.of("<time datetime=\"{}\">{}</time>", instant, MOMENT.format(instant));
    }

    /** A day in a text that cannot hold markup. */
    public static String written(LocalDate date) {
        return DAY.format(date);
    }

    /** The day of a moment in UTC. */
    public static Html day(Instant instant) {
        return Html.of("<time datetime=\"{}\">{}</time>", instant, DAY.format(date(instant)));
    }

    /** A day. */
    public static Html day(LocalDate date) {
        return Html.of("<time datetime=\"{}\">{}</time>", date, DAY.format(date));
    }

    /** The day of a moment in UTC. */
    public static LocalDate date(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** When something ends, with how far off that is where it is near or past. */
    public static Html until(LocalDate end, LocalDate asOf) {
        long days = ChronoUnit.DAYS.between(asOf, end);
        if (days < 0) {
            return Html.of("{} {}", day(end), badge("fail", "✕", "Expired"));
        }
        return days <= 14
                ? Html.of("{} {}", day(end), badge("review", "!", days == 0 ? "Ends today" : "Ends in " + days(days)))
                : day(end);
    }

    /** So many days, in words. */
    public static String days(long days) {
        return counted(days, "day");
    }

    /** A count with its noun, like "1,234 findings". */
    public static String counted(long count, String noun) {
        return "%,d %s%s".formatted(count, noun, count == 1 ? "" : "s");
    }
}
