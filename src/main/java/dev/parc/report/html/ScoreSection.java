package dev.parc.report.html;

import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Score;
import dev.parc.assessment.change.StagePoint;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the score of each stage, and of all of them together, went over time. */
final class ScoreSection {

    private static final String ALL = "All stages";

    /** The score of a run. */
    private record Point(Instant at, Score score) {}

    private final Map<String, Severity> severities;
    private final Map<String, List<Point>> series = new LinkedHashMap<>();

    ScoreSection(Map<Stage, List<StagePoint>> stages, List<CheckResult> results) {
        this.severities = results.stream().collect(Collectors.toMap(CheckResult::checkId, CheckResult::severity));
        if (stages.size() > 1) {
            put(ALL, together(stages));
        }
        new TreeMap<>(stages)
                .forEach((stage, points) -> put(
                        stage.title(),
                        points.stream()
                                .map(it -> new Point(it.at(), it.score()))
                                .toList()));
    }

    private void put(String title, List<Point> points) {
        List<Point> scored =
                points.stream().filter(it -> it.score().percent() >= 0).toList();
        if (scored.size() > 1) {
            series.put(title, scored);
        }
    }

    /** The runs that answered every stage, by the items and severities of today. */
    private List<Point> together(Map<Stage, List<StagePoint>> stages) {
        return stages.values().stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(StagePoint::at, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .filter(run -> run.getValue().size() == stages.size())
                .map(run -> new Point(run.getKey(), score(run.getValue())))
                .toList();
    }

    private Score score(List<StagePoint> points) {
        return Score.of(
                points.stream().flatMap(this::answers),
                points.stream().mapToInt(point -> point.outcomes().size()).sum());
    }

    private Stream<Score.Answer> answers(StagePoint point) {
        return point.outcomes().entrySet().stream()
                .filter(answer -> !point.waived().contains(answer.getKey()))
                .flatMap(answer -> Stream.ofNullable(severities.get(answer.getKey()))
                        .map(severity -> new Score.Answer(severity, answer.getValue())));
    }

    Html html() {
        if (series.isEmpty()) {
            return Html.NONE;
        }
        return Html.of(
                """
                <section aria-labelledby="scores">
                <h2 id="scores">Score over time</h2>
                <div class="panel"><ul class="scores">{}</ul>
                <details class="fold"><summary>The numbers</summary>
                <div class="scroll" tabindex="0" role="group" aria-label="The scores in numbers"><table class="data plain"><thead><tr><th scope="col">Run</th>{}</tr></thead>
                <tbody>{}</tbody></table></div></details></div>
                </section>
                """,
                Html.each(series.entrySet(), one -> figure(one.getKey(), one.getValue())),
                Html.each(series.keySet(), title -> Html.of("<th scope=\"col\" class=\"number\">{}</th>", title)),
                rows());
    }

    private static Html figure(String title, List<Point> points) {
        Point first = points.get(0);
        Point last = points.get(points.size() - 1);
        int gained = last.score().percent() - first.score().percent();
        return Html.of(
                """
                <li><h3>{}</h3><p><b>{}%</b> {}</p>
                {}
                <p class="ends"><span>{}: {}%</span> <span>{}</span></p></li>
                """,
                title,
                last.score().percent(),
                gained == 0
                        ? "unchanged"
                        : (gained > 0 ? "▲ up " : "▼ down ") + HtmlFormat.counted(Math.abs(gained), "point"),
                Svg.line(placed(points)),
                HtmlFormat.day(first.at()),
                first.score().percent(),
                HtmlFormat.day(last.at()));
    }

    private static List<Svg.Point> placed(List<Point> points) {
        Instant from = points.get(0).at();
        long whole = Math.max(
                1, Duration.between(from, points.get(points.size() - 1).at()).toMillis());
        return points.stream()
                .map(point -> new Svg.Point(
                        2 + 95.0 * Duration.between(from, point.at()).toMillis() / whole,
                        point.score().percent()))
                .toList();
    }

    private Html rows() {
        Map<Instant, Map<String, Score>> runs = new TreeMap<>(Comparator.<Instant>reverseOrder());
        series.forEach((title, points) -> points.forEach(
                point -> runs.computeIfAbsent(point.at(), at -> new HashMap<>()).put(title, point.score())));
        return Html.each(
                runs.entrySet(),
                run -> Html.of(
                        "<tr><th scope=\"row\">{}</th>{}</tr>\n",
                        HtmlFormat.moment(run.getKey()),
                        Html.each(
                                series.keySet(),
                                title -> Optional.ofNullable(run.getValue().get(title))
                                        .map(score -> Html.of(
                                                "<td class=\"number\">{}% <small>of {}/{}</small></td>",
                                                score.percent(), score.assessed(), score.items()))
                                        .orElse(Html.of("<td class=\"number none\">–</td>")))));
    }
}
