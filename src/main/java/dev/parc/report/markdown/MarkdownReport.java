package dev.parc.report.markdown;

import static dev.parc.report.markdown.MarkdownText.code;
import static dev.parc.report.markdown.MarkdownText.prose;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.ProposedFix;
import dev.parc.assessment.RoadmapStatus;
import dev.parc.assessment.Score;
import dev.parc.assessment.StageProgress;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import dev.parc.report.text.Compliance;
import dev.parc.report.text.PrettyJson;
import dev.parc.report.text.VisibleText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The answers of a run as Markdown, for tickets and pull requests: what to do first, then what is open. It stays below the
 * 65,536 characters that GitHub takes; what is left out is named.
 */
public final class MarkdownReport {

    /** What every text about the demo tenant says. */
    static final String DEMO = "> **Demo**: this tenant does not exist; these are answers to sample data.\n\n";

    /** So many findings of one item are listed. */
    private static final int LISTED = 5;

    /** So many actions are named. */
    private static final int NEXT = 5;

    /** What would make the text longer than this is left out. */
    private static final int LONGEST = 60_000;

    /** A summary or message is cut behind so many characters. */
    private static final int LONGEST_WORDS = 400;

    private static final Comparator<CheckResult> GRAVEST_FIRST = Comparator.comparing(
                    CheckResult::outcome, Comparator.comparing(outcome -> outcome == Outcome.REVIEW))
            .thenComparing(CheckResult::severity)
            .thenComparing(CheckResult::stage)
            .thenComparing(CheckResult::checkId);

    private final StringBuilder text = new StringBuilder();
    private final Set<String> leftOut = new TreeSet<>();
    private final Assessment assessment;

    private MarkdownReport(Assessment assessment) {
        this.assessment = assessment;
    }

    /** The whole text. */
    public static String write(Assessment assessment) {
        return new MarkdownReport(assessment).text();
    }

    private String text() {
        boolean demo = assessment.source().equals("demo");
        text.append("# PARC: %s\n\n".formatted(code(assessment.tenantName())));
        if (demo) {
            text.append(DEMO);
        }
        text.append("Tenant %s, source %s, facts of %s, run %s.\n\n"
                .formatted(
                        code(assessment.tenantId()),
                        code(assessment.source()),
                        time(assessment.takenAt()),
                        code(assessment.runId())));
        RoadmapStatus status = assessment.status();
        stages(status);
        actions(status);
        List<CheckResult> open = where(result ->
                !result.isWaived() && (result.outcome() == Outcome.FAIL || result.outcome() == Outcome.REVIEW));
        table("Not met", open);
        table("Not assessed", where(result -> result.outcome() == Outcome.NOT_ASSESSED));
        table("Waived", where(CheckResult::isWaived));
        table("Does not apply", where(result -> result.outcome() == Outcome.NOT_APPLICABLE));
        List<CheckResult> met = where(result -> result.outcome() == Outcome.PASS);
        if (!met.isEmpty()) {
            text.append("## Met\n\n%s\n\n"
                    .formatted(met.stream().map(CheckResult::checkId).collect(Collectors.joining(", "))));
        }
        open.forEach(result -> append(result, detail(result)));
        open.forEach(result ->
                result.fix().flatMap(ProposedFix::change).ifPresent(change -> append(result, fix(result, change))));
        if (!leftOut.isEmpty()) {
            text.append("Left out in part, because the text would get too long: %s. The other formats have all.\n\n"
                    .formatted(String.join(", ", leftOut)));
        }
        return text.append("An item that was not assessed is never met: what could not be read is named with it.\n")
                .toString();
    }

    /** The time to the second. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private List<CheckResult> where(Predicate<CheckResult> which) {
        return assessment.results().stream().filter(which).sorted(GRAVEST_FIRST).toList();
    }

    private void stages(RoadmapStatus status) {
        text.append("""
            | Stage | Score | Assessed | Pass | Fail | Review | Not applicable | Not assessed | Waived | Progress |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
            """);
        for (StageProgress progress : status.stages()) {
            Stage stage = progress.stage();
            Score score = progress.score();
            Map<Outcome, Integer> counts = assessment.only(stage).counts();
            text.append("| %s (%s) | %s | %d of %d | %d | %d | %d | %d | %d | %d | %s |\n"
                    .formatted(
                            stage.title(),
                            stage.time(),
                            score.percent() < 0 ? "no score" : score.percent() + " %",
                            score.assessed(),
                            score.items(),
                            counts.get(Outcome.PASS),
                            counts.get(Outcome.FAIL),
                            counts.get(Outcome.REVIEW),
                            counts.get(Outcome.NOT_APPLICABLE),
                            counts.get(Outcome.NOT_ASSESSED),
                            progress.waived(),
                            prose(progress.inWords())));
        }
        text.append('\n');
    }

    private void actions(RoadmapStatus status) {
        if (status.actions().isEmpty()) {
            return;
        }
        text.append("## What to do next\n\n");
        status.actions().stream()
                .limit(NEXT)
                .forEach(action -> text.append("1. **%s** %s (%s, %s, takes %s; for %s)\n"
                        .formatted(
                                action.checkId(),
                                prose(cut(action.what())),
                                words(action.severity()),
                                words(action.outcome()),
                                words(action.effort()),
                                prose(cut(action.concerns())))));
        int more = status.actions().size() - NEXT;
        text.append(more > 0 ? "\nand %,d more, below.\n\n".formatted(more) : "\n");
    }

    private static String words(Enum<?> constant) {
        return constant.name().replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    private void table(String heading, List<CheckResult> results) {
        if (results.isEmpty()) {
            return;
        }
        text.append("## %s\n\n| Item | Outcome | Severity | Asked | Answer |\n| --- | --- | --- | --- | --- |\n"
                .formatted(heading));
        for (CheckResult result : results) {
            append(
                    result,
                    "| %s | %s | %s | %s | %s |\n"
                            .formatted(
                                    result.checkId(),
                                    words(result),
                                    result.severity(),
                                    prose(result.title()),
                                    prose(cut(result.summary()))));
        }
        text.append('\n');
    }

    private static String words(CheckResult result) {
        return result.outcome().name().replace('_', ' ') + (result.isWaived() ? ", waived" : "");
    }

    private void append(CheckResult result, String part) {
        if (text.length() + part.length() > LONGEST) {
            leftOut.add(result.checkId());
        } else {
            text.append(part);
        }
    }

    private static String detail(CheckResult result) {
        StringBuilder part = new StringBuilder();
        part.append("## %s %s\n\n".formatted(result.checkId(), prose(result.title())));
        part.append("**%s**, %s: %s\n\n".formatted(words(result), result.severity(), prose(cut(result.summary()))));
        result.furtherReasons().stream()
                .limit(LISTED)
                .forEach(reason -> part.append("- To know besides: %s\n".formatted(prose(cut(reason)))));
        result.findings().stream()
                .limit(LISTED)
                .forEach(finding -> part.append(
                        "- %s%s\n".formatted(finding(finding), result.isWaived(finding) ? " (waived)" : "")));
        int more = result.findings().size() - LISTED;
        if (more > 0) {
            part.append("- and %,d more; the other formats have all\n".formatted(more));
        }
        Compliance.inWords(result.checkId())
                .ifPresent(references -> part.append("- Corresponds to: %s\n".formatted(references)));
        return part.append(part.toString().endsWith("\n\n") ? "" : "\n").toString();
    }

    /** The change file in a block of code: no line of JSON can end the block. */
    private static String fix(CheckResult result, ProposedFix.Proved change) {
        StringBuilder part = new StringBuilder(
                "## Proposed change for %s\n\n%s.\n\n".formatted(result.checkId(), prose(change.inWords())));
        change.notes().forEach(note -> part.append("- %s\n".formatted(prose(cut(note)))));
        return part.append(change.notes().isEmpty() ? "" : "\n")
                .append("```json\n%s\n```\n\nCheck it again with `parc whatif FILE` before you send it.\n\n"
                        .formatted(PrettyJson.of(change.file())))
                .toString();
    }

    private static String finding(Finding finding) {
        return "%s %s (%s): %s"
                .formatted(
                        finding.subjectType().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        code(cut(finding.subjectName())),
                        code(cut(finding.subjectId())),
                        prose(cut(finding.message())));
    }

    /** The words, or their beginning if they are long. */
    static String cut(String words) {
        String visible = VisibleText.of(words);
        if (visible.length() <= LONGEST_WORDS) {
            return visible;
        }
        int end = Character.isHighSurrogate(visible.charAt(LONGEST_WORDS - 1)) ? LONGEST_WORDS - 1 : LONGEST_WORDS;
        return visible.substring(0, end) + "…";
    }
}
