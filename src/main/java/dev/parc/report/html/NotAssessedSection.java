package dev.parc.report.html;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.check.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What could not be answered, by what is missing: one grant often answers several items. */
final class NotAssessedSection {

    private final int items;
    private final Map<String, List<String>> byReason = new LinkedHashMap<>();

    NotAssessedSection(Assessment assessment) {
        List<CheckResult> unanswered = assessment.results().stream()
                .filter(result -> result.outcome() == Outcome.NOT_ASSESSED)
                .toList();
        this.items = unanswered.size();
        for (CheckResult result : unanswered) {
            List<String> reasons = result.reasons().isEmpty() ? List.of(result.summary()) : result.reasons();
            reasons.forEach(reason ->
                    byReason.computeIfAbsent(reason, it -> new ArrayList<>()).add(result.checkId()));
        }
    }

    Html html() {
        if (items == 0) {
            return Html.NONE;
        }
        return Html.of(
                """
                <section aria-labelledby="not-assessed">
                <h2 id="not-assessed">Not assessed <small>{}: what is missing, and what to grant</small></h2>
                <div class="panel">{}</div>
                </section>
                """,
                HtmlFormat.counted(items, "item"),
                DataTable.of(
                        "What could not be read",
                        "reason",
                        "missing",
                        List.of("Why, and what to do", "Items affected"),
                        List.copyOf(byReason.entrySet()),
                        one -> Html.of(
                                "<th scope=\"row\">{}</th><td>{}</td>",
                                Html.name(one.getKey()),
                                one.getValue().stream().map(HtmlFormat::item).collect(Html.joined(", ")))));
    }
}
