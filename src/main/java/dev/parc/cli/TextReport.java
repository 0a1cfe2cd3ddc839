package dev.parc.cli;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Assessor;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.RequestCount;
import dev.parc.assessment.Score;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import dev.parc.report.VisibleText;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The answers of a run as lines for a terminal. */
final class TextReport {

    /** So many findings of one item are listed; files hold them all. */
    private static final int LISTED = 5;

    /** So many kinds of request are named, the most frequent ones. */
    private static final int NAMED = 3;

    private static final String ROW = "%-7s%s  %-10s%s\n";
    private static final String INDENT = " ".repeat(33);

    private final TextStyle style;

    TextReport(TextStyle style) {
        this.style = style;
    }

    /**
     * The whole text.
     *
     * @param checks all checks of this version, which tell the stages that are not built yet
     */
    String of(Assessment assessment, List<Check> checks) {
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
        stages(text, assessment, checks);
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
        result.reasons().stream()
                .filter(reason -> !result.summary().endsWith(reason))
                .forEach(reason -> line(text, "! " + reason));
        result.findings().stream()
                .limit(LISTED)
                .forEach(
                        finding -> line(text, "- " + finding(finding) + (result.isWaived(finding) ? " (waived)" : "")));
        int more = result.findings().size() - LISTED;
        if (more > 0) {
            line(text, "and %,d more (--json and --html have all)".formatted(more));
        }
    }

    private static String finding(Finding finding) {
        return "%s %s: %s"
                .formatted(
                        finding.subjectType().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        finding.subjectName(),
                        finding.message());
    }

    private static void line(StringBuilder text, String line) {
        text.append(INDENT).append(VisibleText.of(line)).append('\n');
    }

    private static void stages(StringBuilder text, Assessment assessment, List<Check> checks) {
        for (Stage stage : Stage.values()) {
            Score score = assessment.score(stage);
            if (score.items() > 0) {
                text.append("%s: %s, %d of %d items assessed (%s)\n"
                        .formatted(
                                stage.title(),
                                score.percent() < 0 ? "no score" : "score " + score.percent() + "%",
                                score.assessed(),
                                score.items(),
                                counts(assessment, stage)));
            }
        }
        List<Stage> missing = missing(assessment.stages(), checks);
        if (!missing.isEmpty()) {
            text.append("Not built yet, so nothing is said about: %s\n".formatted(titles(missing)));
        }
    }

    /** Those of the stages that have no check yet. */
    static List<Stage> missing(List<Stage> stages, List<Check> checks) {
        return stages.stream()
                .filter(stage -> checks.stream()
                        .noneMatch(check -> Stage.ofItem(Assessor.card(check).id()) == stage))
                .toList();
    }

    /** The titles of the stages, to stand in a sentence. */
    static String titles(List<Stage> stages) {
        return stages.stream().map(Stage::title).collect(Collectors.joining(", "));
    }

    private static String counts(Assessment assessment, Stage stage) {
        Assessment part = assessment.only(stage);
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
        return "%,d %sGraph calls%s%s; throttled %,d"
                .formatted(requests.graph(), replayed, named, arm, requests.throttled());
    }

    private static String words(Outcome outcome) {
        return outcome.name().replace('_', ' ');
    }

    private static String colour(Outcome outcome) {
        return switch (outcome) {
            case PASS -> "32;1";
            case FAIL -> "31;1";
            case REVIEW -> "33;1";
            case NOT_APPLICABLE -> "2";
            case NOT_ASSESSED -> "35;1";
        };
    }
}
