package dev.parc.report.html;

import dev.parc.assessment.CheckResult;
import dev.parc.assessment.ProposedFix;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.report.docs.CheckPage;
import dev.parc.report.markdown.Markdown;
import dev.parc.report.text.Compliance;
import dev.parc.report.text.PrettyJson;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One item: its answer in a line, and below it what was found, what to do and where that comes from. */
final class ItemCard {

    private final Function<String, Optional<CheckPage>> pages;
    private final LocalDate asOf;

    private final PortalLinks places;
    private final Forms forms;

    /** @param asOf the day on which the facts were read */
    ItemCard(Function<String, Optional<CheckPage>> pages, LocalDate asOf, PortalLinks places, Forms forms) {
        this.pages = pages;
        this.asOf = asOf;
        this.places = places;
        this.forms = forms;
    }

    Html html(CheckResult result) {
        Optional<CheckPage> page = pages.apply(result.checkId());
        return Html.of(
                """
                <details class="item {}{}" id="{}" data-outcome="{}" data-stage="{}" data-severity="{}" data-findings="{}">
                <summary><span class="id">{}</span><span class="outcome">{}</span>
                <span class="asked"><h4>{}</h4> <span class="summary">{}</span></span>
                {}<span class="count">{}</span></summary>
                <div class="body">
                {}{}{}{}{}{}{}{}</div>
                </details>
                """,
                HtmlFormat.css(result.outcome()),
                result.isWaived() ? " waived" : "",
                result.checkId(),
                result.isWaived() ? "WAIVED" : result.outcome(),
                result.stage(),
                HtmlFormat.rank(result.severity()),
                Integer.toString(result.findings().size()),
                result.checkId(),
                HtmlFormat.badges(result),
                result.title(),
                Html.name(result.summary()),
                HtmlFormat.severity(result.severity()),
                result.findings().isEmpty()
                        ? "no findings"
                        : HtmlFormat.counted(result.findings().size(), "finding"),
                basis(result),
                reasons(result),
                findings(result),
                forms.ofItem(result),
                decided(result),
                result.fix().map(fix -> fix(result, fix)).orElse(Html.NONE),
                section(page, "How to fix it", "How to fix it").when(result.outcome() != Outcome.PASS),
                Html.all(
                        section(page, "What it cannot see", "What this check cannot see"),
                        section(page, "Source", "Source"),
                        correspondences(result.checkId())));
    }

    private static Html correspondences(String checkId) {
        Map<Compliance.Framework, List<Compliance.Reference>> references = Compliance.of(checkId).stream()
                .collect(Collectors.groupingBy(
                        Compliance.Reference::framework, LinkedHashMap::new, Collectors.toList()));
        return Html.of(
                        "<div class=\"text\"><h5>Corresponds to</h5>\n<ul>{}</ul></div>\n",
                        Html.each(
                                references.entrySet(),
                                one -> Html.of(
                                        "<li>{}: {}</li>\n",
                                        one.getKey().inWords(),
                                        one.getValue().stream()
                                                .map(ItemCard::correspondence)
                                                .collect(Html.joined("; ")))))
                .when(!references.isEmpty());
    }

    private static Html correspondence(Compliance.Reference reference) {
        return Html.of(
                "<a href=\"{}\" rel=\"noopener noreferrer\">{}</a> {}",
                reference.link(),
                reference.id(),
                reference.title());
    }

    private static Html basis(CheckResult result) {
        String told = switch (result.basis()) {
            case AUTOMATED -> "based on data read from the tenant";
            case ATTESTED -> "based on data read from the tenant and on attestations";
            case WAIVED -> "accepted until a date";
        };
        return Html.of(
                "<p class=\"basis\">Basis: <b>{}</b>, {}.</p>\n",
                HtmlFormat.sentence(result.basis().name()),
                told);
    }

    private static Html section(Optional<CheckPage> page, String heading, String title) {
        return page.flatMap(found -> found.section(heading))
                .map(text ->
                        Html.of("<div class=\"text\"><h5>{}</h5>\n{}</div>\n", title, new Html(Markdown.html(text))))
                .orElse(Html.NONE);
    }

    private Html reasons(CheckResult result) {
        if (result.furtherReasons().isEmpty()) {
            return Html.NONE;
        }
        String title = switch (result.outcome()) {
            case NOT_ASSESSED -> "Why it is not assessed, and what to do";
            case NOT_APPLICABLE -> "Why it does not apply";
            default -> "Notes";
        };
        return Html.of(
                "<div class=\"reasons\"><h5>{}</h5>\n<ul>{}</ul></div>\n",
                title,
                Html.each(result.reasons(), reason -> Html.of("<li>{}</li>\n", places.in(reason))));
    }

    private Html findings(CheckResult result) {
        List<Finding> findings = result.findings();
        if (findings.isEmpty()) {
            return Html.NONE;
        }
        return Html.of(
                "<div class=\"findings\"><h5>{}</h5>\n{}</div>\n",
                result.outcome() == Outcome.NOT_ASSESSED ? "Seen, although the item could not be assessed" : "Findings",
                DataTable.of(
                        "Findings of " + result.checkId(),
                        "finding",
                        "findings",
                        List.of("Subject", "Kind", "Finding"),
                        findings,
                        finding -> Html.of(
                                "<th scope=\"row\">{}{}<code>{}</code></th><td class=\"type\">{}</td><td>{}{}</td>",
                                forms.ofFinding(result, finding),
                                HtmlFormat.subject(finding, places),
                                finding.subjectId(),
                                HtmlFormat.sentence(finding.subjectType().name()),
                                Html.of("{} ", HtmlFormat.waived()).when(result.isWaived(finding)),
                                places.in(finding.message()))));
    }

    private Html fix(CheckResult result, ProposedFix fix) {
        return Html.of(
                "<div class=\"text fix\"><h5>{}</h5>\n{}{}{}</div>\n",
                fix.change().isPresent() ? "Proposed change" : "No proposed change",
                fix.change().map(change -> change(result, change)).orElse(Html.NONE),
                list("", fix.because()),
                list("Only a person can do this:", fix.left()));
    }

    private Html change(CheckResult result, ProposedFix.Proved change) {
        return Html.of(
                """
                <p><strong>{}.</strong> {} {}.</p>
                <ol>{}</ol>
                {}<details class="change"><summary>Change file of {} for {}</summary>
                <pre tabindex="0" aria-label="Change file for {}"><code>{}</code></pre>
                </details>
                <p>Save it, check it again with <code>parc whatif FILE</code>, and send it yourself: PARC changes nothing.</p>
                """,
                places.in(change.inWords()),
                result.checkId(),
                change.after() == result.outcome()
                        ? "stays " + change.after()
                        : "goes from " + result.outcome() + " to " + change.after(),
                Html.each(
                        change.requests(),
                        request -> Html.of(
                                "<li>{} <code>{} {}</code></li>\n",
                                places.in(request.why()),
                                request.method(),
                                request.url())),
                list("Before you send it:", change.notes()),
                HtmlFormat.counted(change.requests().size(), "request"),
                result.checkId(),
                result.checkId(),
                Html.each(PrettyJson.of(change.file()).lines().toList(), line -> Html.of("{}\n", line)));
    }

    private Html list(String before, List<String> lines) {
        return Html.of(
                        "{}<ul>{}</ul>\n",
                        Html.of("<p>{}</p>\n", before).when(!before.isEmpty()),
                        Html.each(lines, line -> Html.of("<li>{}</li>\n", places.in(line))))
                .when(!lines.isEmpty());
    }

    private Html decided(CheckResult result) {
        return Html.all(
                Html.of(
                                "<div class=\"decided\"><h5>Attestations</h5>\n{}</div>\n",
                                DecisionsSection.attestations(
                                        result.checkId(), DecisionsSection.attested(result), asOf))
                        .when(!result.attestations().isEmpty()),
                Html.of(
                                "<div class=\"decided\"><h5>Waivers</h5>\n{}</div>\n",
                                DecisionsSection.waivers(
                                        result.checkId(), DecisionsSection.waived(result), asOf, places))
                        .when(!result.waivers().isEmpty()));
    }
}
