package dev.parc.cli.text;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.RoadmapStatus;
import dev.parc.assessment.Score;
import dev.parc.assessment.StageProgress;
import dev.parc.check.Counted;
import dev.parc.cli.console.TextStyle;
import dev.parc.report.html.ReportInput;

/** A run on one page of a terminal: the stages, what to do first, and what changed since the run before. */
public final class TextOverview {

    private static final String ROW = "%-13s%5s  %-18s  %s\n";

    private final TextStyle style;

    public TextOverview(TextStyle style) {
        this.style = style;
    }

    /** The whole text. */
    public String of(ReportInput input) {
        Assessment assessment = input.assessment();
        RoadmapStatus status = assessment.status();
        TextReport report = new TextReport(style);
        StringBuilder text = new StringBuilder();
        text.append(style.heading(
                assessment.tenantName(), assessment.tenantId(), assessment.source(), assessment.takenAt()));
        text.append(style.of(
                        "2",
                        ROW.formatted("STAGE", "SCORE", "DEADLINE", "OUTCOMES").stripTrailing()))
                .append('\n');
        for (StageProgress stage : status.stages()) {
            text.append(ROW.formatted(
                    stage.stage().title(),
                    percent(stage.score()),
                    deadline(stage),
                    TextReport.counts(assessment.only(stage.stage()))));
        }
        if (status.stages().size() > 1) {
            text.append(ROW.formatted("All", percent(status.score()), "", TextReport.counts(assessment)));
        }
        report.actions(text, status);
        input.earlier()
                .ifPresent(earlier -> text.append("Since the run of %s\n%s\n"
                        .formatted(
                                TextStyle.TIME.format(earlier.at()),
                                new TextDifference(style).brief(earlier.changes()))));
        return text.append(Counted.say(
                        "All %d [answer|answers]: --all, or --html FILE for the report.\n",
                        assessment.results().size()))
                .toString();
    }

    private static String percent(Score score) {
        return score.percent() < 0 ? "none" : score.percent() + "%";
    }

    private String deadline(StageProgress stage) {
        String words = "%-18s"
                .formatted(
                        switch (stage.state()) {
                            case DONE -> "done";
                            case LATE -> Counted.say("%d [day|days] late", stage.days());
                            case ON_TIME ->
                                stage.days() == 0 ? "due today" : Counted.say("due in %d [day|days]", stage.days());
                            case NO_START, PARTIAL -> "none";
                        });
        return stage.state() == StageProgress.State.LATE ? style.of("31;1", words) : words;
    }
}
