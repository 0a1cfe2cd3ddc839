package dev.parc.functions.page;

import dev.parc.assessment.CheckResult;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.register.Attestations;
import dev.parc.check.Stage;
import dev.parc.facts.Attestation;
import dev.parc.report.html.Html;
import dev.parc.report.html.HtmlFormat;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The statements that items want attested: what was said of each, and for operators the forms to attest with. */
final class StatementForms {

    private final CurrentDecisions decided;
    private final FormFields fields;

    StatementForms(CurrentDecisions decided, FormFields fields) {
        this.decided = decided;
        this.fields = fields;
    }

    /** The statements of all stages, a fold each. */
    Html all() {
        return Html.each(
                Stream.of(Stage.values())
                        .filter(decided.statements()::containsKey)
                        .toList(),
                this::statements);
    }

    /** Where the statements of an item are on the page. */
    Html of(CheckResult result) {
        List<CurrentDecisions.Statement> own = decided.statements().getOrDefault(result.stage(), List.of()).stream()
                .filter(one -> one.question().item().equals(result.checkId()))
                .toList();
        return Html.of(
                        "<p class=\"of-item\">{}: {}</p>\n",
                        fields.operator() ? "To attest" : "Statements",
                        own.stream()
                                .map(one -> Html.of(
                                        "<a href=\"#say-{}\">statement {}</a>{}",
                                        one.key(),
                                        Integer.toString(one.question().statement()),
                                        decided.isAttested(one) ? " (attested)" : ""))
                                .collect(Html.joined(", ")))
                .when(!own.isEmpty());
    }

    private Html statements(Stage stage) {
        List<CurrentDecisions.Statement> all = decided.statements().getOrDefault(stage, List.of());
        long attested = all.stream().filter(decided::isAttested).count();
        String id = "attest-" + stage;
        Html rows = Html.each(all, one -> fields.operator() ? toAttest(one) : told(one));
        return Html.of(
                "<details class=\"fold statements\" id=\"statements-{}\"><summary>{}: {} of {} attested</summary>\n{}</details>\n",
                stage,
                stage.title(),
                Math.toIntExact(attested),
                HtmlFormat.counted(all.size(), "statement"),
                fields.operator()
                        ? fields.form(
                                id,
                                "attest",
                                Html.of("aria-label=\"Statements of {}\"", stage.title()),
                                Html.all(
                                        rows,
                                        Html.of(
                                                """
                                                <fieldset class="all"><legend>For selected statements that leave these blank</legend>
                                                {}{}</fieldset>
                                                <p class="send"><button type="submit">Attest selected</button></p>
                                                """,
                                                FormFields.field(
                                                        "Attested by",
                                                        FormFields.input("all.by", "text", "", FormFields.BY)),
                                                FormFields.field("Until", fields.day("all.until", "", Html.NONE)))))
                        : rows);
    }

    private Html toAttest(CurrentDecisions.Statement one) {
        String key = one.key();
        Optional<Attestation> last = one.last();
        boolean holds = decided.isAttested(one);
        return Html.of(
                """
                <fieldset class="statement" id="say-{}"><legend>{} <span class="of">{}, {}</span></legend>
                {}<p><label class="tick"><input type="checkbox" name="attest" value="{}"> {}</label></p>
                {}{}{}{}{}{}</fieldset>
                """,
                key,
                Html.name(one.question().words()),
                HtmlFormat.item(one.question().item()),
                "statement " + one.question().statement(),
                word(one),
                key,
                holds ? "Attest this again" : "Attest this",
                FormFields.input(key + ".revision", "hidden", Integer.toString(one.revision()), Html.NONE),
                FormFields.input(
                        key + ".read",
                        "hidden",
                        CurrentDecisions.mark(one.question().words()),
                        Html.NONE),
                FormFields.field(
                        "Attested by",
                        FormFields.input(
                                key + ".by",
                                "text",
                                last.map(Attestations::speaker).orElse(""),
                                FormFields.BY)),
                FormFields.field(
                        "Until",
                        fields.day(
                                key + ".until",
                                last.flatMap(this::again)
                                        .map(LocalDate::toString)
                                        .orElse(""),
                                Html.NONE)),
                FormFields.field(
                        "Evidence",
                        FormFields.input(
                                key + ".evidence",
                                "url",
                                last.flatMap(Attestation::evidence).orElse(""),
                                Html.of("maxlength=\"2000\" placeholder=\"https://\""))),
                FormFields.field(
                        "Note",
                        FormFields.input(
                                key + ".note",
                                "text",
                                last.map(Attestation::note).orElse(""),
                                Html.of("maxlength=\"2000\""))));
    }

    /** As long again as it was attested for last time. */
    private Optional<LocalDate> again(Attestation last) {
        long days = ChronoUnit.DAYS.between(HtmlFormat.date(last.at()), last.validUntil());
        return days >= 1 && days <= Attestations.MOST_DAYS
                ? Optional.of(fields.today().plusDays(days))
                : Optional.empty();
    }

    private Html told(CurrentDecisions.Statement one) {
        return Html.of(
                "<div class=\"statement\" id=\"say-{}\"><p>{} <span class=\"of\">{}, {}</span></p>{}</div>\n",
                one.key(),
                Html.name(one.question().words()),
                HtmlFormat.item(one.question().item()),
                "statement " + one.question().statement(),
                word(one));
    }

    /** The last word on a statement. */
    private Html word(CurrentDecisions.Statement one) {
        return one.last()
                .map(said -> Html.of(
                        "<p class=\"word\">{}{} by {} on {}, until {}{}{}{} {}</p>\n",
                        decided.isAttested(one) ? "" : "Not attested any more: ",
                        decided.isAttested(one) ? "Attested" : "was",
                        Html.name(said.by()),
                        HtmlFormat.day(said.at()),
                        HtmlFormat.until(said.validUntil(), fields.today()),
                        said.evidence()
                                .map(link -> Html.of(", {}", Html.link(link)))
                                .orElse(Html.NONE),
                        Html.of(", {}", Html.name(said.note()))
                                .when(!said.note().isEmpty()),
                        withdrawal(one.newest()),
                        one.newest()
                                .map(stored -> fields.takeBack(
                                        "attestation",
                                        stored,
                                        one.question().item() + ", statement "
                                                + one.question().statement()))
                                .orElse(Html.NONE)))
                .orElseGet(() -> Html.of("<p class=\"word\">Not attested.</p>\n"));
    }

    private static Html withdrawal(Optional<? extends Revision<?>> stored) {
        return stored.flatMap(Revision::withdrawal)
                .map(gone -> Html.of("; taken back by {} on {}", Html.name(gone.by()), HtmlFormat.day(gone.at())))
                .orElse(Html.NONE);
    }
}
