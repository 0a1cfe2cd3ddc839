package dev.parc.report.html;

import dev.parc.assessment.Assessment;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many items of each stage have each outcome, as bars and as numbers. */
final class OutcomeTable {

    private final Assessment assessment;
    private final Map<Stage, Instant> read;

    /** @param read when the facts of a stage were read, where that was not with the run */
    OutcomeTable(Assessment assessment, Map<Stage, Instant> read) {
        this.assessment = assessment;
        this.read = read;
    }

    static List<Svg.Part> parts(Assessment run) {
        Map<Outcome, Integer> counts = run.counts();
        return Stream.concat(
                        HtmlFormat.OUTCOMES.stream()
                                .map(it -> new Svg.Part(HtmlFormat.css(it), counts.getOrDefault(it, 0))),
                        Stream.of(new Svg.Part("waived", run.waived())))
                .toList();
    }

    /** The outcomes that there are, like "3 pass, 2 fail". */
    static String inWords(Assessment run) {
        Map<Outcome, Integer> counts = run.counts();
        return Stream.concat(
                        HtmlFormat.OUTCOMES.stream()
                                .filter(it -> counts.getOrDefault(it, 0) > 0)
                                .map(it -> "%d %s"
                                        .formatted(
                                                counts.get(it),
                                                HtmlFormat.title(it).toLowerCase(Locale.ROOT))),
                        run.waived() == 0 ? Stream.of() : Stream.of(run.waived() + " waived"))
                .collect(Collectors.joining(", "));
    }

    Html html() {
        return Html.of(
                """
                <section aria-labelledby="outcomes">
                <h2 id="outcomes">Outcomes by stage</h2>
                <div class="panel scroll" tabindex="0" role="group" aria-labelledby="outcomes"><table class="outcomes">
                <thead><tr><th scope="col">Stage</th><th scope="col" class="number">Score</th><th scope="col" class="number">Assessed</th><th scope="col" class="wide"><span class="unseen">Shares</span></th>{}<th scope="col" class="number"><span class="key waived" aria-hidden="true"></span>Waived</th></tr></thead>
                <tbody>{}</tbody>
                <tfoot>{}</tfoot></table></div>
                {}</section>
                """,
                Html.each(
                        HtmlFormat.OUTCOMES,
                        it -> Html.of(
                                "<th scope=\"col\" class=\"number\"><span class=\"key {}\" aria-hidden=\"true\"></span>{}</th>",
                                HtmlFormat.css(it),
                                HtmlFormat.title(it))),
                Stream.of(Stage.values())
                        .map(assessment::only)
                        .filter(run -> !run.results().isEmpty())
                        .map(run -> row(run, run.results().get(0).stage().title()))
                        .collect(Html.joined()),
                row(assessment, "All"),
                older());
    }

    /** Which stages rest on older facts than the page says on top. */
    private Html older() {
        return Html.of(
                        "<p class=\"older\">From earlier runs: {}.</p>\n",
                        new TreeMap<>(read)
                                .entrySet().stream()
                                        .map(one -> Html.of(
                                                "{}, read {}", one.getKey().title(), HtmlFormat.moment(one.getValue())))
                                        .collect(Html.joined("; ")))
                .when(!read.isEmpty());
    }

    private static Html row(Assessment run, String title) {
        Map<Outcome, Integer> counts = run.counts();
        return Html.of(
                "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\">{} of {}</td><td>{}</td>{}{}</tr>\n",
                title,
                Overview.percent(run.score()),
                run.score().assessed(),
                run.score().items(),
                Svg.bar(parts(run)),
                Html.each(HtmlFormat.OUTCOMES, it -> number(counts.getOrDefault(it, 0))),
                number(run.waived()));
    }

    private static Html number(int count) {
        return Html.of("<td class=\"number{}\">{}</td>", count == 0 ? " none" : "", count);
    }
}
