package dev.parc.cli.text;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.NextAction;
import dev.parc.assessment.RequestCount;
import dev.parc.assessment.RoadmapStatus;
import dev.parc.assessment.StageProgress;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import dev.parc.cli.console.TextStyle;
import dev.parc.report.text.VisibleText;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The answers of a run as lines for a terminal. */
public final class TextReport {

    /** So many findings of one item are listed; files hold them all. */
    private static final int LISTED = 5;

    /** So many kinds of request are named, the most frequent ones. */
    private static final int NAMED = 3;

    private static final String ROW = "%-7s%s  %-10s%s\n";
    private static final String INDENT = " ".repeat(33);

    private final TextStyle style;

    public TextReport(TextStyle style) {
        this.style = style;
    }

    /**
     * The whole text.
     */
    public String of(Assessment assessment) {
        StringBuilder text = new StringBuilder();
        text.append(style.heading(
                assessment.tenantName(), assessment.tenantId(), assessment.source(), assessment.takenAt()));
        text.append(style.of(
                        "2",
                        ROW.formatted("ITEM", "%-14s".formatted("OUTCOME"), "SEVERITY", "ASKED")
                                .stripTrailing()))
                .append('\n');
        assessment.results().forEach(result -> answer(text, result));
        text.append('\n');
        RoadmapStatus status = assessment.status();
        stages(text, assessment, status);
        actions(text, status);
        return text.append(requests(assessment.source(), assessment.requests()))
                .append('\n')
                .toString();
    }

    private void answer(StringBuilder text, CheckResult result) {
        text.append(ROW.formatted(
                result.checkId(),
                style.of(
                        result.isWaived() ? "2" : colour(result.outcome()),
                        "%-14s".formatted(words(result.outcome()) + (result.isWaived() ? " waived" : ""))),
                result.severity(),
                style.of("1", result.title())));
        line(text, result.summary());
        result.furtherReasons().stream().forEach(reason -> line(text, "! " + reason));
        result.findings().stream()
                .limit(LISTED)
                .forEach(
                        finding -> line(text, "- " + finding(finding) + (result.isWaived(finding) ? " (waived)" : "")));
        int more = result.findings().size() - LISTED;
        if (more > 0) {
            line(text, "and %,d more (--json and --html have all)".formatted(more));
        }
    }

    /** A finding in one line. */
    public static String finding(Finding finding) {
        return subject(finding) + ": " + finding.message();
    }

    /** Whom a finding is about. */
    static String subject(Finding finding) {
        return "%s %s"
                .formatted(
                        finding.subjectType().name().toLowerCase(Locale.ROOT).replace('_', ' '), finding.subjectName());
    }

    private static void line(StringBuilder text, String line) {
        text.append(INDENT).append(VisibleText.of(line)).append('\n');
    }

    private void stages(StringBuilder text, Assessment assessment, RoadmapStatus status) {
        for (StageProgress progress : status.stages()) {
            Stage stage = progress.stage();
            text.append("%s: %s (%s)\n"
                    .formatted(stage.title(), progress.score().inWords(), counts(assessment.only(stage))));
            text.append("    ")
                    .append(
                            progress.state() == StageProgress.State.LATE
                                    ? style.of("31;1", progress.inWords())
                                    : progress.inWords())
                    .append('\n');
        }
        if (status.stages().size() > 1) {
            text.append("All: %s\n".formatted(status.score().inWords()));
        }
    }

    /** What to do first. */
    void actions(StringBuilder text, RoadmapStatus status) {
        List<NextAction> actions = status.actions();
        if (actions.isEmpty()) {
            return;
        }
        text.append('\n').append(style.of("1", "WHAT TO DO FIRST")).append('\n');
        int place = 1;
        for (NextAction action : actions.subList(0, Math.min(LISTED, actions.size()))) {
            text.append("%d. %s %s\n".formatted(place++, action.checkId(), VisibleText.of(action.what())));
            text.append("   %s; for %s\n".formatted(severity(action), VisibleText.of(action.concerns())));
        }
        text.append("%sSteps: parc check %s\n"
                .formatted(
                        actions.size() > LISTED ? "and %,d more. ".formatted(actions.size() - LISTED) : "",
                        actions.get(0).checkId()));
        text.append('\n');
    }

    private static String severity(NextAction action) {
        return "%s, %s, takes %s"
                .formatted(
                        action.severity().name().toLowerCase(Locale.ROOT),
                        words(action.outcome()).toLowerCase(Locale.ROOT),
                        action.effort().name().toLowerCase(Locale.ROOT));
    }

    /** How many items have which outcome, like "3 pass, 1 fail, 1 waived". */
    static String counts(Assessment part) {
        String counts = part.counts().entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + " " + words(count.getKey()).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        String waived = part.waived() == 0 ? "" : part.waived() + " waived";
        return Stream.of(counts, waived).filter(one -> !one.isEmpty()).collect(Collectors.joining(", "));
    }

    /** What was asked of the tenant, in one line. */
    static String requests(String source, RequestCount requests) {
        String replayed = source.equals("live") ? "" : "replayed ";
        String most = requests.byRequest().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(NAMED)
                .map(entry -> VisibleText.of(entry.getKey()) + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        int others = requests.byRequest().size() - NAMED;
        String named = most.isEmpty() ? "" : " (%s%s)".formatted(most, others > 0 ? ", " + others + " others" : "");
        String arm = requests.arm() == 0 ? "" : ", %,d Azure calls".formatted(requests.arm());
        return "%,d %sGraph calls%s%s, %,d throttled"
                .formatted(requests.graph(), replayed, named, arm, requests.throttled());
    }

    /** An outcome as people read it. */
    public static String words(Outcome outcome) {
        return outcome.name().replace('_', ' ');
    }

    /** The colour that an outcome has on a terminal. */
    public static String colour(Outcome outcome) {
        return switch (outcome) {
            case PASS -> "32;1";
            case FAIL -> "31;1";
            case REVIEW -> "33;1";
            case NOT_APPLICABLE -> "2";
            case NOT_ASSESSED -> "35;1";
        };
    }
}
