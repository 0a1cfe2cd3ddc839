package dev.parc.functions.page;

import dev.parc.assessment.CheckResult;
import dev.parc.assessment.decision.Waiver;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.register.Waivers;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.report.html.Html;
import dev.parc.report.html.HtmlFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Findings that are accepted until a date, and for operators the forms to accept them with. */
final class AcceptanceForms {

    private final CurrentDecisions decided;
    private final DecisionForms.Names names;
    private final FormFields fields;

    AcceptanceForms(CurrentDecisions decided, DecisionForms.Names names, FormFields fields) {
        this.decided = decided;
        this.names = names;
        this.fields = fields;
    }

    /** What is accepted now. */
    Html accepted() {
        List<Revision<Waiver>> current =
                decided.waivers().values().stream().filter(Revision::stands).toList();
        return FormFields.list(
                "Accepted findings",
                current,
                stored -> {
                    Waiver waiver = stored.value();
                    return Html.of(
                            "{} of {}: {}; {} is responsible, until {}; recorded by {} on {} {}",
                            waiver.subject().map(names::subject).orElse(Html.of("The whole item")),
                            HtmlFormat.item(waiver.checkId()),
                            Html.name(waiver.reason()),
                            Html.name(waiver.owner()),
                            HtmlFormat.until(waiver.until(), fields.today()),
                            Html.name(waiver.by()),
                            HtmlFormat.day(waiver.at()),
                            fields.takeBack(
                                    "waiver",
                                    stored,
                                    waiver.checkId()
                                            + waiver.subject()
                                                    .map(id -> ", " + id)
                                                    .orElse("")));
                },
                "To accept findings until a date, select them under Results.");
    }

    /** The box beside a finding that may be accepted. */
    Html box(CheckResult result, Finding finding) {
        return Html.of(
                        "<label class=\"tick\"><input type=\"checkbox\" form=\"accept-{}\" name=\"subject\" value=\"{}\" aria-label=\"Accept {}\"></label>",
                        result.checkId(),
                        finding.subjectId(),
                        finding.subjectName())
                .when(fields.operator()
                        && isOpen(result)
                        && !stands(Waivers.id(result.checkId(), Optional.of(finding.subjectId()))));
    }

    /** The form of an item that is open; nothing for those who may not decide. */
    Html accept(CheckResult result) {
        if (!fields.operator() || !isOpen(result)) {
            return Html.NONE;
        }
        String id = result.checkId();
        Html revisions = Stream.concat(
                        Stream.of(Waivers.id(id, Optional.empty())),
                        result.findings().stream().map(finding -> Waivers.id(id, Optional.of(finding.subjectId()))))
                .distinct()
                .flatMap(key -> Stream.ofNullable(decided.waivers().get(key)))
                .map(stored ->
                        FormFields.input("revision", "hidden", stored.key() + ":" + stored.revision(), Html.NONE))
                .collect(Html.joined());
        return Html.of(
                "<details class=\"fold accept\"><summary>Accept until a date</summary>\n{}</details>\n",
                fields.form(
                        "accept-" + id,
                        "accept",
                        Html.of("aria-label=\"Accept findings of {}\"", id),
                        Html.of(
                                """
                                <input type="hidden" name="item" value="{}">{}<p>{}</p>
                                <p><label class="tick"><input type="checkbox" name="whole" value="yes"> The whole item, with all its findings</label></p>
                                {}{}{}<p class="send"><button type="submit">Accept selected</button></p>
                                """,
                                id,
                                revisions,
                                result.findings().isEmpty() ? "" : "Select findings in the table above, or:",
                                FormFields.field(
                                        "Responsible",
                                        FormFields.input(
                                                "owner", "text", "", Html.all(FormFields.BY, Html.of(" required")))),
                                FormFields.field("Until", fields.day("until", "", Html.of("required"))),
                                FormFields.field(
                                        "Reason",
                                        FormFields.input(
                                                "reason", "text", "", Html.of("maxlength=\"2000\" required"))))));
    }

    private static boolean isOpen(CheckResult result) {
        return result.outcome() == Outcome.FAIL || result.outcome() == Outcome.REVIEW;
    }

    private boolean stands(String id) {
        return Optional.ofNullable(decided.waivers().get(id))
                .filter(Revision::stands)
                .filter(stored -> stored.value().isValidAt(decided.now()))
                .isPresent();
    }
}
