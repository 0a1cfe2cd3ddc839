package dev.parc.report.markdown;

import static dev.parc.report.markdown.MarkdownText.code;
import static dev.parc.report.markdown.MarkdownText.prose;

import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.Difference;
import java.util.List;
import java.util.Locale;

/** What is different between two runs as Markdown, for a ticket. */
public final class MarkdownDifference {

    /** So many changes of one kind are listed. */
    private static final int LISTED = 20;

    private MarkdownDifference() {}

    /** The whole text. */
    public static String write(Difference difference) {
        StringBuilder text = new StringBuilder();
        text.append("# PARC: what changed in %s\n\n"
                .formatted(code(difference.later().tenantName())));
        if (difference.later().source().equals("demo")) {
            text.append(MarkdownReport.DEMO);
        }
        text.append("From run %s (facts of %s) to run %s (facts of %s).\n\n"
                .formatted(
                        code(difference.earlier().runId()),
                        MarkdownReport.time(difference.earlier().takenAt()),
                        code(difference.later().runId()),
                        MarkdownReport.time(difference.later().takenAt())));
        for (Change.Kind kind : Change.Kind.values()) {
            List<Change> changes = difference.changes().stream()
                    .filter(change -> change.kind() == kind)
                    .toList();
            if (!changes.isEmpty()) {
                text.append("## %s\n\n".formatted(title(kind)));
                changes.stream().limit(LISTED).forEach(change -> text.append(line(change)));
                if (changes.size() > LISTED) {
                    text.append("- and %,d more\n".formatted(changes.size() - LISTED));
                }
                text.append('\n');
            }
        }
        if (difference.changes().isEmpty()) {
            text.append("Nothing changed in what both runs assessed.\n\n");
        }
        if (!difference.untold().isEmpty()) {
            text.append("## Cannot be told\n\n");
            difference.untold().forEach((id, why) -> text.append("- %s: %s\n".formatted(id, prose(why))));
        }
        return text.toString();
    }

    private static String line(Change change) {
        return "- %s (%s): %s%s\n"
                .formatted(
                        change.checkId(),
                        change.severity(),
                        change.finding()
                                .map(finding -> code(finding.subjectName()) + " ")
                                .orElse(""),
                        prose(MarkdownReport.cut(change.message())));
    }

    private static String title(Change.Kind kind) {
        String words = kind.name().replace('_', ' ').toLowerCase(Locale.ROOT).replace("mfa", "MFA");
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
