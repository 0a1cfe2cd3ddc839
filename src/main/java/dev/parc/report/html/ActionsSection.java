package dev.parc.report.html;

import dev.parc.assessment.NextAction;
import java.util.List;

/** What to do next, the most urgent first. */
final class ActionsSection {

    private final List<NextAction> actions;

    ActionsSection(List<NextAction> actions) {
        this.actions = actions;
    }

    Html html() {
        if (actions.isEmpty()) {
            return Html.NONE;
        }
        return Html.of(
                """
                <section aria-labelledby="actions">
                <h2 id="actions">Next actions <small>by deadline, severity, outcome and effort</small></h2>
                <div class="panel">{}</div>
                </section>
                """,
                DataTable.of(
                        DataTable.FEW,
                        "Next actions",
                        "action",
                        "actions",
                        List.of("Do", "Item", "Outcome", "Severity", "Effort", "Concerns"),
                        actions,
                        action -> Html.of(
                                """
                                <th scope="row">{}</th><td data-key="{}">{}</td><td>{}</td><td data-key="{}">{}</td><td data-key="{}">{}</td><td data-key="{}">{}</td>""",
                                Html.name(action.what()),
                                action.checkId(),
                                HtmlFormat.item(action.checkId()),
                                HtmlFormat.badge(action.outcome()),
                                HtmlFormat.rank(action.severity()),
                                HtmlFormat.severity(action.severity()),
                                HtmlFormat.rank(action.effort()),
                                HtmlFormat.sentence(action.effort().name()),
                                Integer.toString(action.subjects()),
                                Html.name(action.concerns()))));
    }
}
