package dev.parc.report.html;

import dev.parc.assessment.NextAction;
import dev.parc.assessment.RoadmapStatus;
import dev.parc.assessment.Score;
import dev.parc.assessment.StageProgress;
import dev.parc.assessment.change.Change;
import dev.parc.check.Stage;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The first screen: where the roadmap stands, what to do first, what changed. */
final class Overview {

    private static final int FIRST_ACTIONS = 4;
    private static final int FIRST_CHANGES = 4;

    /** The stages that follow each other; break glass runs beside them. */
    private static final List<Stage> ON_THE_LINE = List.of(Stage.S1, Stage.S2, Stage.S3, Stage.S4);

    private final ReportInput input;
    private final PortalLinks places;
    private final RoadmapStatus status;
    private final Map<Stage, StageProgress> byStage = new EnumMap<>(Stage.class);

    Overview(ReportInput input, PortalLinks places) {
        this.places = places;
        this.input = input;
        this.status = input.assessment().status();
        status.stages().forEach(progress -> byStage.put(progress.stage(), progress));
    }

    Html html() {
        return Html.of(
                """
                <section class="standing" aria-labelledby="standing">
                <div class="verdict">
                <div><h2 id="standing">{}</h2>
                <p>{}</p></div>
                {}
                </div>
                <div class="roadmap panel">
                <ol class="stages">{}</ol>
                {}</div>
                <div class="two">
                {}
                {}
                </div>
                </section>
                """,
                headline(),
                detail(),
                score(),
                Stream.of(Stage.values()).map(this::stage).collect(Html.joined()),
                axis(),
                first(),
                changed());
    }

    private List<StageProgress> in(StageProgress.State state) {
        return status.stages().stream()
                .filter(progress -> progress.state() == state)
                .toList();
    }

    private String headline() {
        List<StageProgress> late = in(StageProgress.State.LATE);
        if (!late.isEmpty()) {
            return names(late) + (late.size() == 1 ? " is late" : " are late");
        }
        if (!status.stages().isEmpty()
                && status.stages().stream().allMatch(it -> it.state() == StageProgress.State.DONE)) {
            return status.stages().size() == Stage.values().length
                    ? "Every stage of the roadmap is done"
                    : names(status.stages()) + (status.stages().size() == 1 ? " is done" : " are done");
        }
        if (!in(StageProgress.State.ON_TIME).isEmpty()) {
            return "No stage is late";
        }
        return open() == 0
                ? "Nothing is open"
                : HtmlFormat.counted(open(), "item") + (open() == 1 ? " is open" : " are open");
    }

    private int open() {
        return status.stages().stream().mapToInt(StageProgress::open).sum();
    }

    private Html detail() {
        List<StageProgress> late = in(StageProgress.State.LATE);
        if (!late.isEmpty()) {
            StageProgress worst = late.get(0);
            return Html.of(
                    "{} was due on {} and is <b>{} late</b> with {}{}.",
                    worst.stage().title(),
                    HtmlFormat.day(worst.deadline().orElseThrow()),
                    HtmlFormat.days(worst.days()),
                    openItems(worst),
                    next().map(it -> Html.of("; {}", it)).orElse(Html.NONE));
        }
        return next().map(it -> Html.of("{}.", it))
                .orElseGet(() -> status.start().isEmpty()
                        ? Html.of(
                                "Set <code>PARC_ROADMAP_START</code> to the day you started, and each stage gets a deadline.")
                        : Html.of("Nothing in it is open."));
    }

    /** The stage whose deadline comes next. */
    private Optional<Html> next() {
        return in(StageProgress.State.ON_TIME).stream()
                .min(Comparator.comparing(it -> it.deadline().orElse(LocalDate.MAX)))
                .map(it -> Html.of(
                        "next is {}, due {} with {}",
                        it.stage().title(),
                        it.days() == 0 ? "today" : "in " + HtmlFormat.days(it.days()),
                        openItems(it)));
    }

    private static String openItems(StageProgress progress) {
        return "%d of %s open"
                .formatted(progress.open(), HtmlFormat.counted(progress.score().items(), "item"));
    }

    private static String names(List<StageProgress> progress) {
        List<String> names = progress.stream().map(it -> it.stage().title()).toList();
        return names.size() == 1
                ? names.get(0)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
    }

    private Html score() {
        Score score = status.score();
        Html change = input.earlier()
                .filter(it -> it.score().isPresent() && score.percent() >= 0)
                .map(it -> change(score.percent() - it.score().getAsInt(), HtmlFormat.day(it.at())))
                .orElse(Html.NONE);
        return Html.of(
                """
                <dl class="score">
                <div><dt>Overall score</dt><dd class="big">{}</dd></div>
                <div><dt>Based on</dt><dd>{}{} of {}</dd></div>
                {}</dl>
                """,
                percent(score),
                score.isThin() ? "only " : "",
                score.assessed(),
                HtmlFormat.counted(score.items(), "item"),
                change);
    }

    private static Html change(int points, Html since) {
        String told = points == 0
                ? "unchanged"
                : (points > 0 ? "▲ up " : "▼ down ") + HtmlFormat.counted(Math.abs(points), "point");
        return Html.of(
                "<div><dt>Since {}</dt><dd class=\"{}\">{}</dd></div>\n",
                since,
                points == 0 ? "even" : points > 0 ? "better" : "worse",
                told);
    }

    static String percent(Score score) {
        return score.percent() < 0 ? "–" : score.percent() + "%";
    }

    private Html stage(Stage stage) {
        StageProgress progress = byStage.get(stage);
        String beside = ON_THE_LINE.contains(stage) ? "" : " beside";
        if (progress == null) {
            return Html.of(
                    "<li class=\"idle{}\"><h3>{}{}</h3><p class=\"state\">Not in this run</p></li>\n",
                    beside,
                    stage.title(),
                    time(stage));
        }
        return Html.of(
                """
                <li class="{}{}"><h3><a href="#{}">{}</a>{}</h3>
                <p class="met"><b>{}</b> {} of {} assessed</p>
                {}
                <p class="parts">{} <span class="due">{}</span></p>
                <p class="state">{}</p></li>
                """,
                css(progress.state()),
                beside,
                stage,
                stage.title(),
                time(stage),
                percent(progress.score()),
                progress.score().assessed(),
                progress.score().items(),
                Svg.bar(OutcomeTable.parts(input.assessment().only(stage))),
                OutcomeTable.inWords(input.assessment().only(stage)),
                progress.deadline()
                        .map(day -> Html.of("due {}", HtmlFormat.day(day)))
                        .orElse(Html.NONE),
                state(progress));
    }

    /** How long the stage has; break glass has no time of its own. */
    private static Html time(Stage stage) {
        return Html.of(" <small>{}</small>", stage.time()).when(ON_THE_LINE.contains(stage));
    }

    private static String css(StageProgress.State state) {
        return switch (state) {
            case LATE -> "late";
            case DONE -> "done";
            case ON_TIME, NO_START, PARTIAL -> "open";
        };
    }

    private static Html state(StageProgress progress) {
        return switch (progress.state()) {
            case LATE -> HtmlFormat.badge("fail", "▲", HtmlFormat.days(progress.days()) + " late");
            case DONE -> HtmlFormat.badge("pass", "✓", "Done");
            case ON_TIME ->
                HtmlFormat.badge(
                        "not-applicable",
                        "●",
                        progress.days() == 0 ? "Due today" : HtmlFormat.days(progress.days()) + " left");
            case NO_START -> Html.of("No deadline set");
            case PARTIAL -> Html.of("Assessed in part, nothing open");
        };
    }

    /** The line under the stages with their deadlines, and where the facts stand on it. */
    private Html axis() {
        if (status.start().isEmpty()) {
            return Html.NONE;
        }
        LocalDate start = status.start().get();
        double now = where(start, status.asOf());
        return Html.of(
                """
                <svg class="axis" width="100%" height="46" role="img" aria-label="Timeline from {} to {}: data read on {}">
                <line x1="0%" x2="100%" y1="24" y2="24"/><line class="gone" x1="0%" x2="{}%" y1="24" y2="24"/>
                {}<circle class="now" cx="{}%" cy="24" r="7"/>
                <text class="now" x="{}%" y="11" text-anchor="middle">Data read {}</text>
                </svg>
                """,
                start,
                Stage.S4.due(start),
                status.asOf(),
                Svg.decimal(now),
                Html.each(ON_THE_LINE, stage -> {
                    String end = Svg.decimal(25.0 * (1 + ON_THE_LINE.indexOf(stage)));
                    return Html.of(
                            "<circle cx=\"{}%\" cy=\"24\" r=\"4\"/><text x=\"{}%\" y=\"44\" text-anchor=\"end\">due {}</text>\n",
                            end, end, HtmlFormat.written(stage.due(start)));
                }),
                Svg.decimal(now),
                Svg.decimal(Math.min(Math.max(now, 8), 92)),
                HtmlFormat.written(status.asOf()));
    }

    /** Where a day is on the line, in per cent; every stage is as long as another there, whatever time it has. */
    private static double where(LocalDate start, LocalDate day) {
        LocalDate from = start;
        for (int at = 0; at < ON_THE_LINE.size(); at++) {
            LocalDate to = ON_THE_LINE.get(at).due(start);
            if (!day.isAfter(to)) {
                double part =
                        Math.max(0, ChronoUnit.DAYS.between(from, day)) / (double) ChronoUnit.DAYS.between(from, to);
                return 25 * (at + part);
            }
            from = to;
        }
        return 100;
    }

    private Html first() {
        List<NextAction> actions = status.actions();
        if (actions.isEmpty()) {
            return Html.of("""
                    <section class="panel first" aria-labelledby="first"><h3 id="first">Do this first</h3>
                    <p>Nothing is open.</p></section>
                    """);
        }
        return Html.of(
                """
                <section class="panel first" aria-labelledby="first"><h3 id="first">Do this first</h3>
                <p class="more"><a href="#actions">All {}</a></p>
                <ol>{}</ol></section>
                """,
                HtmlFormat.counted(actions.size(), "action"),
                Html.each(
                        actions.stream().limit(FIRST_ACTIONS).toList(),
                        action -> Html.of(
                                "<li><b>{}</b> <span class=\"of\">{} {} {}</span></li>\n",
                                Html.name(action.what()),
                                HtmlFormat.severity(action.severity()),
                                HtmlFormat.item(action.checkId()),
                                concerns(action))));
    }

    private static String concerns(NextAction action) {
        return action.subjects() == 0 ? "the tenant" : HtmlFormat.counted(action.subjects(), "subject");
    }

    private Html changed() {
        if (input.earlier().isEmpty()) {
            return Html.of("""
                    <section class="panel changed" aria-labelledby="changed"><h3 id="changed">What changed</h3>
                    <p>There is no earlier run to compare with; the next run will show what changed.</p></section>
                    """);
        }
        ReportInput.Earlier earlier = input.earlier().get();
        List<Change> changes = ChangesSection.gravestFirst(earlier.changes());
        return Html.of(
                """
                <section class="panel changed" aria-labelledby="changed"><h3 id="changed">What changed since {}</h3>
                {}<p class="tally">{}</p>
                <ul>{}</ul></section>
                """,
                HtmlFormat.day(earlier.at()),
                Html.of(
                                "<p class=\"more\"><a href=\"#changes\">All {}</a></p>\n",
                                HtmlFormat.counted(changes.size(), "change"))
                        .when(!changes.isEmpty()),
                ChangesSection.tally(changes),
                Html.each(
                        changes.stream().limit(FIRST_CHANGES).toList(), change -> ChangesSection.line(change, places)));
    }
}
