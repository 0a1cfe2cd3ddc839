package dev.parc.report;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.NextAction;
import dev.parc.assessment.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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

    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");

    /** What the page may do and load, as the page says itself; for the header {@code Content-Security-Policy}. */
    public static final String POLICY = "default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s';"
                    .formatted(sha256(STYLE), sha256(SCRIPT))
            + " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private final Function<String, Optional<CheckPage>> pages;

    /** @param pages the page of a check by its id */
    public HtmlReport(Function<String, Optional<CheckPage>> pages) {
        this.pages = pages;
    }

    /** The whole document, to be encoded in UTF-8. */
    public String html(ReportInput input) {
        Assessment assessment = input.assessment();
        Masthead masthead = new Masthead(assessment);
        List<NextAction> actions = assessment.position().actions();
        Html outcomes = new OutcomeTable(assessment, input.read()).html();
        Html scores = new ScoreSection(input.series(), assessment.results()).html();
        Html next = new ActionsSection(actions).html();
        Html changes = new ChangesSection(input.earlier()).html();
        Html administrators = input.roster()
                .map(roster -> new AdministratorsSection(roster).html())
                .orElse(Html.NONE);
        Html notAssessed = new NotAssessed(assessment).html();
        Html decisions = new Decisions(assessment).html();
        List<Masthead.Link> links = Stream.of(
                        link("standing", "Where it stands", Html.of(" ")),
                        link("actions", "Actions", next),
                        link("changes", "Changes", changes),
                        link("answers", "Answers", Html.of(" ")),
                        link("administrators", "Administrators", administrators),
                        link("not-assessed", "Not assessed", notAssessed),
                        link("decisions", "Attestations and waivers", decisions))
                .flatMap(Optional::stream)
                .toList();
        return Html.of(
                        """
                        <!doctype html>
                        <html lang="en">
                        <head>
                        <meta charset="utf-8">
                        <meta http-equiv="Content-Security-Policy" content="{}">
                        <meta name="viewport" content="width=device-width, initial-scale=1">
                        <meta name="referrer" content="no-referrer">
                        <meta name="color-scheme" content="light dark">
                        <title>{}PARC report: {}</title>
                        <style>{}</style>
                        </head>
                        <body>
                        <a class="skip" href="#answers">Skip to the answers</a>
                        {}<main>
                        {}{}{}{}{}{}{}{}{}{}</main>
                        {}<script>{}</script>
                        </body>
                        </html>
                        """,
                        new Html(POLICY),
                        masthead.isDemo() ? "Demo: " : "",
                        assessment.tenantName(),
                        new Html(STYLE),
                        masthead.head(links),
                        new Standing(input).html(),
                        outcomes,
                        scores,
                        next,
                        changes,
                        new AnswersSection(assessment, new ItemCard(pages, Show.date(assessment.takenAt()))).html(),
                        administrators,
                        notAssessed,
                        decisions,
                        masthead.requests(),
                        masthead.foot(),
                        new Html(SCRIPT))
                .markup();
    }

    private static Optional<Masthead.Link> link(String id, String title, Html part) {
        return part.isEmpty() ? Optional.empty() : Optional.of(new Masthead.Link(id, title));
    }

    private static String sha256(String text) {
        return Base64.getEncoder().encodeToString(Sha256.of(text));
    }

    private static String resource(String name) {
        try (InputStream resource = HtmlReport.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the build");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
