package dev.parc.report;

import dev.parc.assessment.StagePoint;
import dev.parc.check.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How the score of each stage went over time. */
final class ScoreSection {

    private final Map<Stage, List<StagePoint>> series = new TreeMap<>();

    ScoreSection(Map<Stage, List<StagePoint>> series) {
        series.forEach((stage, points) -> {
            List<StagePoint> scored =
                    points.stream().filter(it -> it.score().percent() >= 0).toList();
            if (scored.size() > 1) {
                this.series.put(stage, scored);
            }
        });
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
                Html.each(
                        series.keySet(), stage -> Html.of("<th scope=\"col\" class=\"number\">{}</th>", stage.title())),
                rows());
    }

    private static Html figure(Stage stage, List<StagePoint> points) {
        StagePoint first = points.get(0);
        StagePoint last = points.get(points.size() - 1);
        int points0 = last.score().percent() - first.score().percent();
        return Html.of(
                """
                <li><h3>{}</h3><p><b>{}%</b> {}</p>
                {}
                <p class="ends"><span>{}: {}%</span> <span>{}</span></p></li>
                """,
                stage.title(),
                last.score().percent(),
                points0 == 0
                        ? "as at first"
                        : (points0 > 0 ? "▲ up " : "▼ down ") + Show.counted(Math.abs(points0), "point"),
                Svg.line(placed(points)),
                Show.day(first.at()),
                first.score().percent(),
                Show.day(last.at()));
    }

    private static List<Svg.Point> placed(List<StagePoint> points) {
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
        Map<Instant, Map<Stage, StagePoint>> runs = new TreeMap<>(Comparator.<Instant>reverseOrder());
        series.forEach((stage, points) -> points.forEach(
                point -> runs.computeIfAbsent(point.at(), at -> new TreeMap<>()).put(stage, point)));
        return Html.each(
                runs.entrySet(),
                run -> Html.of(
                        "<tr><th scope=\"row\">{}</th>{}</tr>\n",
                        Show.moment(run.getKey()),
                        Html.each(
                                series.keySet(),
                                stage -> Stream.of(run.getValue())
                                        .filter(points -> points.containsKey(stage))
                                        .map(points -> points.get(stage).score())
                                        .map(score -> Html.of(
                                                "<td class=\"number\">{}% <small>of {}/{}</small></td>",
                                                score.percent(), score.assessed(), score.items()))
                                        .findFirst()
                                        .orElse(Html.of("<td class=\"number none\">–</td>")))));
    }
}
