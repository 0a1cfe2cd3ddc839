package dev.parc.report.html;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.NextAction;
import dev.parc.report.docs.CheckPage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The report of one run as one HTML file: nothing is loaded, every word from the tenant is text, and all of it is there
 * without script.
 *
 * <p>A policy in the page itself forbids everything but its own style sheet and its own script, by their hashes.
 */
public final class HtmlReport {

    private final Function<String, Optional<CheckPage>> pages;

    /** @param pages the page of a check by its id */
    public HtmlReport(Function<String, Optional<CheckPage>> pages) {
        this.pages = pages;
    }

    /** The whole document, to be encoded in UTF-8. */
    public String html(ReportInput input) {
        return html(input, Forms.NONE);
    }

    /** The same as it is served, with what people decide. */
    public String html(ReportInput input, Forms forms) {
        Assessment assessment = input.assessment();
        PortalLinks places = new PortalLinks(input);
        PageHeader masthead = new PageHeader(assessment);
        List<NextAction> actions = assessment.status().actions();
        Html outcomes = new OutcomeTable(assessment, input.read()).html();
        Html scores = new ScoreSection(input.series(), assessment.results()).html();
        Html next = new ActionsSection(actions).html();
        Html changes = new ChangesSection(input.earlier(), places).html();
        Html administrators = input.inventory()
                .map(inventory -> new AdministratorsSection(inventory, places, forms).html())
                .orElse(Html.NONE);
        Html notAssessed = new NotAssessedSection(assessment).html();
        Html decide = forms.section();
        Html decisions = new DecisionsSection(assessment, places).html();
        List<PageHeader.Link> links = Stream.of(
                        link("standing", "Overview", Html.of(" ")),
                        link("decide", "Decide", decide),
                        link("actions", "Actions", next),
                        link("changes", "Changes", changes),
                        link("answers", "Results", Html.of(" ")),
                        link("administrators", "Administrators", administrators),
                        link("not-assessed", "Not assessed", notAssessed),
                        link("decisions", "Attestations and waivers", decisions))
                .flatMap(Optional::stream)
                .toList();
        Html body = Html.of(
                """
                <a class="skip" href="#answers">Skip to the results</a>
                {}<main>
                {}{}{}{}{}{}{}{}{}{}{}{}</main>
                {}""",
                masthead.head(links),
                forms.top(),
                new Overview(input, places).html(),
                outcomes,
                scores,
                decide,
                next,
                changes,
                new AnswersSection(
                                assessment, new ItemCard(pages, HtmlFormat.date(assessment.takenAt()), places, forms))
                        .html(),
                administrators,
                notAssessed,
                decisions,
                masthead.requests(),
                masthead.foot());
        String title = "%sPARC report: %s".formatted(masthead.isDemo() ? "Demo: " : "", assessment.tenantName());
        return Page.html(title, Html.NONE, body, forms);
    }

    private static Optional<PageHeader.Link> link(String id, String title, Html part) {
        return part.isEmpty() ? Optional.empty() : Optional.of(new PageHeader.Link(id, title));
    }
}
