package dev.parc.cli.text;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Score;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.Change.Kind;
import dev.parc.assessment.change.Difference;
import dev.parc.assessment.change.FindingKeys;
import dev.parc.check.Stage;
import dev.parc.cli.console.TextStyle;
import dev.parc.report.text.VisibleText;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The difference of two runs as lines for a terminal: what got worse, what got better, what to watch. */
public final class TextDifference {

    /** So many changes of one kind are listed. */
    private static final int LISTED = 20;

    /** So many changes of a direction are listed in brief. */
    private static final int BRIEFLY = 4;

    private static final List<Kind> WORSE = List.of(
            Kind.NEW_ADMINISTRATOR,
            Kind.LOST_MFA,
            Kind.REGRESSED,
            Kind.REOPENED,
            Kind.WAIVER_ENDED,
            Kind.ATTESTATION_ENDED,
            Kind.NEW);
    private static final List<Kind> BETTER = List.of(Kind.IMPROVED, Kind.ACKNOWLEDGED, Kind.RESOLVED);
    private static final List<Kind> TO_WATCH = List.of(Kind.WAIVER_ENDING, Kind.ATTESTATION_ENDING);

    /** What may be told of one subject in many items, so that it is told once. */
    private static final Set<Kind> OFTEN = EnumSet.of(Kind.NEW, Kind.RESOLVED, Kind.REOPENED, Kind.LOST_MFA);

    private static final String INDENT = " ".repeat(39);

    private final TextStyle style;

    public TextDifference(TextStyle style) {
        this.style = style;
    }

    /** The whole text. */
    public String of(Difference difference) {
        StringBuilder text = new StringBuilder();
        Assessment later = difference.later();
        text.append(style.heading(later.tenantName(), later.tenantId(), later.source(), later.takenAt()));
        if (!difference.earlier().tenantId().equals(later.tenantId())) {
            text.append("! the earlier run is from another tenant: %s (%s)\n\n"
                    .formatted(
                            VisibleText.of(difference.earlier().tenantName()),
                            VisibleText.of(difference.earlier().tenantId())));
        }
        text.append("Since run %s, read %s\n"
                .formatted(
                        difference.earlier().runId(),
                        TextStyle.TIME.format(difference.earlier().takenAt())));
        scores(text, difference);
        part(text, "Worse", "31;1", WORSE, difference.changes());
        part(text, "Better", "32;1", BETTER, difference.changes());
        part(text, "Ending soon", "33;1", TO_WATCH, difference.changes());
        if (difference.changes().isEmpty()) {
            text.append("\nNo changes in what both runs assessed.\n");
        }
        if (!difference.untold().isEmpty()) {
            text.append("\n").append(style.of("1", "Unknown")).append('\n');
            difference.untold().forEach((id, why) -> text.append("  %-7s%s\n".formatted(id, VisibleText.of(why))));
        }
        return text.toString();
    }

    /** The gravest changes in a few lines, worse before better, and how many more there are. */
    String brief(List<Change> changes) {
        if (changes.isEmpty()) {
            return "Nothing changed.\n";
        }
        StringBuilder text = new StringBuilder();
        brief(text, "Worse", "31;1", WORSE, changes);
        brief(text, "Better", "32;1", BETTER, changes);
        brief(text, "Ending soon", "33;1", TO_WATCH, changes);
        return text.toString();
    }

    private void brief(StringBuilder text, String heading, String colour, List<Kind> kinds, List<Change> changes) {
        Map<String, List<Change>> told = changes.stream()
                .filter(change -> kinds.contains(change.kind()))
                .sorted(Comparator.comparing((Change change) -> kinds.indexOf(change.kind()))
                        .thenComparing(Change::severity))
                .collect(Collectors.groupingBy(
                        change -> change.kind() + toldTogether(change), LinkedHashMap::new, Collectors.toList()));
        if (told.isEmpty()) {
            return;
        }
        int more = told.size() - BRIEFLY;
        text.append(style.of(colour, heading))
                .append(more > 0 ? " (the first %d of %,d)".formatted(BRIEFLY, told.size()) : "")
                .append('\n');
        told.values().stream().limit(BRIEFLY).forEach(same -> lines(text, same));
    }

    private static void scores(StringBuilder text, Difference difference) {
        for (Stage stage : Stage.values()) {
            Score before = difference.earlier().score(stage);
            Score after = difference.later().score(stage);
            if (before.items() > 0 && after.items() > 0) {
                text.append("%-12s score %s -> %s (%d -> %d of %d items assessed)\n"
                        .formatted(
                                stage.title(),
                                percent(before),
                                percent(after),
                                before.assessed(),
                                after.assessed(),
                                after.items()));
            }
        }
    }

    private static String percent(Score score) {
        return score.percent() < 0 ? "none" : score.percent() + "%";
    }

    private void part(StringBuilder text, String heading, String colour, List<Kind> kinds, List<Change> changes) {
        long all =
                changes.stream().filter(change -> kinds.contains(change.kind())).count();
        if (all == 0) {
            return;
        }
        text.append('\n')
                .append(style.of(colour, "%s (%,d)".formatted(heading, all)))
                .append('\n');
        for (Kind kind : kinds) {
            Map<String, List<Change>> told = changes.stream()
                    .filter(change -> change.kind() == kind)
                    .collect(Collectors.groupingBy(
                            TextDifference::toldTogether, LinkedHashMap::new, Collectors.toList()));
            told.values().stream().limit(LISTED).forEach(same -> lines(text, same));
            if (told.size() > LISTED) {
                text.append(
                        "  and %,d more of %s (--format json has all)\n".formatted(told.size() - LISTED, title(kind)));
            }
        }
    }

    private static String toldTogether(Change change) {
        return OFTEN.contains(change.kind())
                ? change.finding().map(FindingKeys::of).orElseGet(change::checkId)
                : FindingKeys.of(change);
    }

    /** The gravest of these in full, and the items of the others. */
    private static void lines(StringBuilder text, List<Change> same) {
        Change gravest = same.get(0);
        text.append("  %-19s%-8s%-10s%s\n"
                .formatted(
                        title(gravest.kind()),
                        gravest.checkId(),
                        gravest.severity(),
                        VisibleText.of(gravest.finding()
                                        .map(finding -> TextReport.subject(finding) + ": ")
                                        .orElse("")
                                + gravest.message())));
        List<String> others =
                same.stream().map(Change::checkId).distinct().skip(1).toList();
        if (!others.isEmpty()) {
            text.append(INDENT)
                    .append("also by ")
                    .append(String.join(", ", others))
                    .append('\n');
        }
    }

    private static String title(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("mfa", "MFA");
    }
}
