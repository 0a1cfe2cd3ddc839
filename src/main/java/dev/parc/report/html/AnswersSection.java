package dev.parc.report.html;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every item with its answer, by stage; the page's script filters and orders them. */
final class AnswersSection {

    private final Assessment assessment;
    private final ItemCard card;

    AnswersSection(Assessment assessment, ItemCard card) {
        this.assessment = assessment;
        this.card = card;
    }

    Html html() {
        return Html.of(
                """
                <section aria-labelledby="answers" class="answers">
                <h2 id="answers">Results <small>{}; open one for its findings and how to fix them; open items are printed</small></h2>
                {}
                {}
                </section>
                """,
                HtmlFormat.counted(assessment.results().size(), "item"),
                tools(),
                Stream.of(Stage.values()).map(this::stage).collect(Html.joined()));
    }

    /** Of use with script only, and hidden without. */
    private Html tools() {
        Map<Outcome, Integer> counts = assessment.counts();
        return Html.of(
                """
                <form class="tools" id="filter" role="search" aria-label="Results" hidden>
                <label class="search">Search <input type="search" id="search" autocomplete="off" placeholder="Item, account, finding"></label>
                <fieldset class="chips"><legend class="unseen">Outcomes shown</legend>{}{}</fieldset>
                <label>Stage <select id="stage"><option value="">All</option>{}</select></label>
                <label>Severity <select id="severity"><option value="">All</option>{}</select></label>
                <label>Order <select id="order"><option value="">Roadmap</option><option value="outcome">Outcome</option><option value="severity">Severity</option><option value="findings">Findings</option></select></label>
                <button type="button" id="unfold" aria-pressed="false">Open all</button>
                <p class="status" id="found" role="status"></p>
                </form>
                """,
                Html.each(
                        HtmlFormat.OUTCOMES,
                        it -> chip(it.name(), HtmlFormat.css(it), HtmlFormat.title(it), counts.getOrDefault(it, 0))),
                chip("WAIVED", "waived", "Waived", assessment.waived()).when(assessment.waived() > 0),
                Stream.of(Stage.values())
                        .filter(stage -> !of(stage).isEmpty())
                        .map(stage -> Html.of("<option value=\"{}\">{}</option>", stage, stage.title()))
                        .collect(Html.joined()),
                Stream.of(Severity.values())
                        .map(it -> Html.of(
                                "<option value=\"{}\">{}</option>",
                                HtmlFormat.rank(it),
                                HtmlFormat.sentence(it.name())))
                        .collect(Html.joined()));
    }

    private static Html chip(String value, String css, String title, int count) {
        return Html.of(
                "<label class=\"chip {}\"><input type=\"checkbox\" name=\"outcome\" value=\"{}\"> {} {}</label>\n",
                css,
                value,
                title,
                count);
    }

    private List<CheckResult> of(Stage stage) {
        return assessment.results().stream()
                .filter(result -> result.stage() == stage)
                .toList();
    }

    private Html stage(Stage stage) {
        List<CheckResult> results = of(stage);
        return Html.of("""
                        <div class="group" data-stage="{}"><h3 id="{}">{} <small>{}</small></h3>
                        <div class="items">
                        {}</div></div>
                        """, stage, stage, stage.title(), stage.time(), Html.each(results, card::html))
                .when(!results.isEmpty());
    }
}
