package dev.parc.report.html;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.RequestCount;
import java.util.List;

/** The head and the foot of the page: which tenant, what kind of data, when. */
final class PageHeader {

    /** A part of the page that the head links to. */
    record Link(String id, String title) {}

    private final Assessment assessment;

    PageHeader(Assessment assessment) {
        this.assessment = assessment;
    }

    boolean isDemo() {
        return assessment.source().equals("demo");
    }

    Html head(List<Link> links) {
        Html demo = Html.of("""
                <p class="demo"><b>Demo</b> <span>The tenant in this report does not exist: the results are about sample data, and links to the portals lead nowhere.</span></p>
                """).when(isDemo());
        return Html.of(
                """
                <header>
                {}<div>
                <p class="brand"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 2 4 5v6c0 5 3.4 9.2 8 11 4.6-1.8 8-6 8-11V5z"/><path class="tick" d="m8 12 3 3 5-6"/></svg>
                <span><b>PARC</b> Privileged Access Roadmap Checks</span></p>
                <h1>{}</h1>
                <p class="about">{}, data read <b>{}</b></p>
                <nav aria-label="Parts of the report"><ul>{}</ul></nav>
                </div></header>
                """,
                demo,
                Html.name(assessment.tenantName()),
                source(),
                HtmlFormat.moment(assessment.takenAt()),
                Html.each(links, link -> Html.of("<li><a href=\"#{}\">{}</a></li>", link.id(), link.title())));
    }

    private String source() {
        return switch (assessment.source()) {
            case "live" -> "Live tenant, read only";
            case "demo" -> "Demo tenant";
            default -> HtmlFormat.sentence(assessment.source());
        };
    }

    /** What the run cost, request by request. */
    Html requests() {
        RequestCount requests = assessment.requests();
        Html table = Html.of(
                        """
                <details class="fold"><summary>Every request</summary>
                <table class="data"><thead><tr><th scope="col">Request</th><th scope="col" class="number">Times</th></tr></thead>
                <tbody>{}</tbody></table></details>
                """,
                        requests.byRequest().entrySet().stream()
                                .map(one -> Html.of(
                                        "<tr><td><code>{}</code></td><td class=\"number\">{}</td></tr>\n",
                                        one.getKey(),
                                        one.getValue()))
                                .collect(Html.joined()))
                .when(!requests.byRequest().isEmpty());
        return Html.of(
                """
                <section aria-labelledby="requests">
                <h2 id="requests">The run and its requests</h2>
                <div class="panel">
                <dl class="facts">{}{}{}{}{}</dl>
                {}</div>
                </section>
                """,
                fact("Tenant", Html.of("<code>{}</code>", assessment.tenantId())),
                fact("Run", Html.of("<code>{}</code>", assessment.runId())),
                fact("Data read", HtmlFormat.moment(assessment.takenAt())),
                fact("Assessed", HtmlFormat.moment(assessment.finishedAt())),
                fact("Requests", Html.of("{}", requestsMade(requests))),
                table);
    }

    private static Html fact(String term, Html told) {
        return Html.of("<div><dt>{}</dt><dd>{}</dd></div>\n", term, told);
    }

    private String requestsMade(RequestCount requests) {
        String kind = assessment.source().equals("live") ? "" : "replayed ";
        return "%s%s, %,d throttled"
                .formatted(
                        HtmlFormat.counted(requests.graph(), kind + "Graph call"),
                        requests.arm() == 0 ? "" : ", " + HtmlFormat.counted(requests.arm(), "Azure call"),
                        requests.throttled());
    }

    Html foot() {
        return Html.of("""
                <footer>
                <p>The score is the share of assessed and applicable items that pass, weighted by severity. Items to review count as not met; waived items do not count.
                Not assessed is never a pass: each such item says what could not be read.</p>
                <p>{}Run <code>{}</code>. PARC only reads; it changes nothing in the tenant.</p>
                </footer>
                """, Html.of("<b>Demo data.</b> ").when(isDemo()), assessment.runId());
    }
}
