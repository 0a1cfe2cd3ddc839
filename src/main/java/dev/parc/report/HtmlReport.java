package dev.parc.report;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Assessor;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Score;
import dev.parc.assessment.Vouched;
import dev.parc.assessment.Waiver;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import dev.parc.facts.Attestation;
import dev.parc.facts.ExplainedAdministrators;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The report of one run as one HTML file: no script, nothing loaded, every word from the tenant as text.
 *
 * <p>A policy in the page itself forbids everything but its own style sheet.
 */
public final class HtmlReport {

    private static final String STYLE = resource("report.css");
    /** What the page may do and load, as the page says itself; for the header {@code Content-Security-Policy}. */
    public static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + sha256(STYLE) + "'; base-uri 'none'; form-action 'none'";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Findings are laid out in blocks of this many, so that a browser draws only those in view. */
    static final int BLOCK = 100;

    /** With more findings than this the list is folded at first. */
    static final int UNFOLDED = 20;

    /** Circumference of the score ring, whose radius is 42. */
    private static final double RING = 2 * Math.PI * 42;

    private final Map<Stage, Long> roadmap;
    private final Function<String, Optional<CheckPage>> pages;

    /**
     * @param checks all checks of this version; a stage without any is shown as not built yet
     * @param pages the page of a check by its id
     */
    public HtmlReport(List<Check> checks, Function<String, Optional<CheckPage>> pages) {
        this.roadmap = checks.stream()
                .collect(Collectors.groupingBy(
                        check -> Stage.ofItem(Assessor.card(check).id()), Collectors.counting()));
        this.pages = pages;
    }

    /** The whole document, of a run whose facts are gone. */
    public String html(Assessment assessment) {
        return html(assessment, Optional.empty());
    }

    /**
     * The whole document.
     *
     * @param administrators listed below the answers
     */
    public String html(Assessment assessment, Optional<ExplainedAdministrators> administrators) {
        StringBuilder page = new StringBuilder(64_000);
        page.append("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="%s">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="referrer" content="no-referrer">
                <meta name="color-scheme" content="light dark">
                <title>%sPARC report: %s</title>
                <style>%s</style>
                </head>
                <body>
                <a class="skip" href="#answers">Skip to the answers</a>
                """.formatted(POLICY, isDemo(assessment) ? "Demo: " : "", text(assessment.tenantName()), STYLE));
        header(page, assessment);
        page.append("<main>\n");
        stages(page, assessment);
        counts(page, assessment);
        overview(page, assessment);
        for (Stage stage : Stage.values()) {
            List<CheckResult> results = assessment.results().stream()
                    .filter(result -> result.stage() == stage)
                    .toList();
            if (!results.isEmpty()) {
                page.append("<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s <small>%s</small></h2>\n"
                        .formatted(stage, stage, stage.title(), stage.time()));
                results.forEach(result -> card(page, result));
                page.append("</section>\n");
            }
        }
        administrators.ifPresent(explained -> new AdministratorsSection(explained).write(page));
        requests(page, assessment);
        page.append("</main>\n");
        footer(page, assessment);
        return page.append("</body>\n</html>\n").toString();
    }

    private static boolean isDemo(Assessment assessment) {
        return assessment.source().equals("demo");
    }

    private static void header(StringBuilder page, Assessment assessment) {
        page.append("""
                <header><div>
                <p class="brand"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 2 4 5v6c0 5 3.4 9.2 8 11 4.6-1.8 8-6 8-11V5z"/><path class="tick" d="m8 12 3 3 5-6"/></svg>
                <span><b>PARC</b> Privileged Access Roadmap Checks</span></p>
                """);
        if (isDemo(assessment)) {
            page.append("""
                    <p class="demo"><b>Demo</b> The tenant in this report does not exist: these are answers to sample data.</p>
                    """);
        }
        page.append("<h1>%s</h1>\n<dl class=\"about\">\n".formatted(name(assessment.tenantName())));
        about(page, "Tenant", "<code>%s</code>".formatted(text(assessment.tenantId())));
        about(page, "Source", source(assessment));
        about(page, "Facts read", time(assessment.takenAt()));
        about(page, "Answered", time(assessment.finishedAt()));
        about(page, "Requests", text(requestsMade(assessment)));
        page.append("</dl>\n</div></header>\n");
    }

    private static String source(Assessment assessment) {
        return switch (assessment.source()) {
            case "live" -> "live tenant, read only";
            case "demo" -> "demo tenant";
            default -> text(assessment.source());
        };
    }

    private static String requestsMade(Assessment assessment) {
        int graph = assessment.requests().graph();
        int arm = assessment.requests().arm();
        return "%,d %sGraph call%s%s, %,d throttled"
                .formatted(
                        graph,
                        assessment.source().equals("live") ? "" : "replayed ",
                        graph == 1 ? "" : "s",
                        arm == 0 ? "" : ", %,d Azure call%s".formatted(arm, arm == 1 ? "" : "s"),
                        assessment.requests().throttled());
    }

    private static void about(StringBuilder page, String term, String html) {
        page.append("<div><dt>%s</dt><dd>%s</dd></div>\n".formatted(term, html));
    }

    private void stages(StringBuilder page, Assessment assessment) {
        page.append("<section aria-labelledby=\"stages\">\n<h2 id=\"stages\">Where the roadmap stands</h2>\n")
                .append("<ol class=\"stages\">\n");
        for (Stage stage : Stage.values()) {
            stage(page, stage, assessment.score(stage));
        }
        page.append("</ol>\n</section>\n");
    }

    private void stage(StringBuilder page, Stage stage, Score score) {
        long items = roadmap.getOrDefault(stage, 0L);
        String state;
        if (score.items() > 0) {
            state = "%d of %d items assessed".formatted(score.assessed(), Math.max(items, score.items()));
        } else {
            state = items == 0 ? "Not built yet" : "Not in this run";
        }
        boolean answered = score.items() > 0;
        page.append("<li class=\"stage%s\">\n%s<div><h3>%s</h3>\n<p>%s</p>\n<p class=\"state\">%s</p></div>\n</li>\n"
                .formatted(answered ? "" : " idle", answered ? ring(score) : "", stage.title(), stage.time(), state));
    }

    private static String ring(Score score) {
        String label = score.percent() < 0 ? "–" : score.percent() + "%";
        double met = RING * Math.max(score.percent(), 0) / 100;
        return """
                <svg class="ring %s" viewBox="0 0 100 100" role="img" aria-label="%s">
                <circle cx="50" cy="50" r="42"/><circle class="met" cx="50" cy="50" r="42" transform="rotate(-90 50 50)" stroke-dasharray="%s %s"/>
                <text x="50" y="51" text-anchor="middle" dominant-baseline="central">%s</text></svg>
                """.formatted(
                        score.percent() == 100 ? "good" : score.percent() < 50 ? "bad" : "fair",
                        score.percent() < 0 ? "no score" : "score " + label,
                        decimal(met),
                        decimal(RING),
                        label);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private static void counts(StringBuilder page, Assessment assessment) {
        page.append("<section aria-label=\"Outcomes\">\n<ul class=\"counts\">\n");
        assessment
                .counts()
                .forEach((outcome, count) -> page.append("<li class=\"%s%s\"><b>%d</b> %s</li>\n"
                        .formatted(css(outcome), count == 0 ? " none" : "", count, title(outcome))));
        if (assessment.waived() > 0) {
            page.append("<li class=\"waived\"><b>%d</b> Waived</li>\n".formatted(assessment.waived()));
        }
        page.append("</ul>\n</section>\n");
    }

    private static void overview(StringBuilder page, Assessment assessment) {
        page.append("""
                <section aria-labelledby="answers">
                <h2 id="answers">The answers in short</h2>
                <div class="scroll"><table class="overview">
                <thead><tr><th scope="col">Item</th><th scope="col">Outcome</th><th scope="col">Asked</th><th scope="col">Severity</th><th scope="col" class="number">Findings</th></tr></thead>
                <tbody>
                """);
        for (CheckResult result : assessment.results()) {
            page.append(
                    "<tr><th scope=\"row\"><a href=\"#%s\">%s</a></th><td>%s</td><td>%s</td><td>%s</td><td class=\"number\">%s</td></tr>\n"
                            .formatted(
                                    text(result.checkId()),
                                    text(result.checkId()),
                                    badge(result.outcome()) + waivedBadge(result.isWaived()),
                                    text(result.title()),
                                    severity(result),
                                    result.findings().isEmpty()
                                            ? ""
                                            : "%,d".formatted(result.findings().size())));
        }
        page.append("</tbody>\n</table></div>\n</section>\n");
    }

    private void card(StringBuilder page, CheckResult result) {
        page.append("""
                <article id="%s" class="card %s" aria-labelledby="%s-title">
                <p class="line"><span class="id">%s</span>%s%s%s</p>
                <h3 id="%s-title">%s</h3>
                <p class="summary">%s</p>
                """.formatted(
                        text(result.checkId()),
                        css(result.outcome()) + (result.isWaived() ? " waived" : ""),
                        text(result.checkId()),
                        text(result.checkId()),
                        badge(result.outcome()),
                        waivedBadge(result.isWaived()),
                        severity(result),
                        text(result.checkId()),
                        text(result.title()),
                        name(result.summary())));
        reasons(page, result);
        attestations(page, result);
        waivers(page, result);
        findings(page, result);
        Optional<CheckPage> about = pages.apply(result.checkId());
        section(about, "To put it right")
                .filter(steps -> result.outcome() != Outcome.PASS)
                .ifPresent(steps ->
                        page.append("<details class=\"steps\"><summary>How to put it right</summary>\n%s</details>\n"
                                .formatted(Markdown.html(steps))));
        section(about, "What it cannot see")
                .ifPresent(limits -> page.append(
                        "<details class=\"steps\"><summary>What this answer cannot see</summary>\n%s</details>\n"
                                .formatted(Markdown.html(limits))));
        section(about, "Source")
                .ifPresent(source ->
                        page.append("<div class=\"source\"><b>Source</b>%s</div>\n".formatted(Markdown.html(source))));
        page.append("</article>\n");
    }

    private static Optional<String> section(Optional<CheckPage> page, String heading) {
        return page.flatMap(found -> found.section(heading));
    }

    private static void reasons(StringBuilder page, CheckResult result) {
        if (result.reasons().isEmpty()
                || (result.reasons().size() == 1
                        && result.summary().endsWith(result.reasons().get(0)))) {
            return;
        }
        String title = switch (result.outcome()) {
            case NOT_ASSESSED -> "Why it is not assessed, and what to do";
            case NOT_APPLICABLE -> "Why it does not apply";
            default -> "What to know besides";
        };
        page.append("<div class=\"reasons\"><h4>%s</h4>\n<ul>\n".formatted(title));
        result.reasons().forEach(reason -> page.append("<li>%s</li>\n".formatted(name(reason))));
        page.append("</ul></div>\n");
    }

    private static void attestations(StringBuilder page, CheckResult result) {
        if (result.attestations().isEmpty()) {
            return;
        }
        page.append("""
                <div class="attested"><h4>What people vouch for</h4>
                <div class="scroll"><table>
                <thead><tr><th scope="col">Statement</th><th scope="col">By</th><th scope="col">On</th><th scope="col">Until</th><th scope="col">Evidence</th></tr></thead>
                <tbody>
                """);
        for (Vouched vouched : result.attestations()) {
            Attestation said = vouched.attestation();
            page.append("<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s%s</td></tr>\n"
                    .formatted(
                            name(vouched.words()),
                            name(said.by()),
                            time(said.at()),
                            said.validUntil(),
                            said.evidence().map(HtmlReport::link).orElse(""),
                            said.note().isEmpty() ? "" : "<p>%s</p>".formatted(name(said.note()))));
        }
        page.append("</tbody></table></div></div>\n");
    }

    private static void waivers(StringBuilder page, CheckResult result) {
        if (result.waivers().isEmpty()) {
            return;
        }
        page.append("""
                <div class="attested"><h4>What is waived</h4>
                <div class="scroll"><table>
                <thead><tr><th scope="col">Subject</th><th scope="col">Reason</th><th scope="col">Owner</th><th scope="col">Until</th></tr></thead>
                <tbody>
                """);
        for (Waiver waiver : result.waivers()) {
            page.append("<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                    .formatted(
                            waiver.subject()
                                    .map(id -> "<code>%s</code>".formatted(text(id)))
                                    .orElse("The whole item"),
                            name(waiver.reason()),
                            name(waiver.owner()),
                            waiver.until()));
        }
        page.append("</tbody></table></div></div>\n");
    }

    private static String waivedBadge(boolean waived) {
        return waived ? "<span class=\"badge waived\">Waived</span> " : "";
    }

    /** A link, if it is one that a browser may follow; else its text. */
    private static String link(String link) {
        return link.toLowerCase(Locale.ROOT).startsWith("https://")
                ? "<a href=\"%s\" rel=\"noopener noreferrer\">%s</a>".formatted(text(link), text(link))
                : text(link);
    }

    private static void findings(StringBuilder page, CheckResult result) {
        List<Finding> findings = result.findings();
        if (findings.isEmpty()) {
            return;
        }
        String what = result.outcome() == Outcome.NOT_ASSESSED
                ? "seen, before it turned out that there is no answer"
                : findings.size() == 1 ? "finding" : "findings";
        page.append("<details class=\"findings\"%s><summary>%,d %s</summary>\n"
                .formatted(findings.size() > UNFOLDED ? "" : " open", findings.size(), what));
        for (int from = 0; from < findings.size(); from += BLOCK) {
            int to = Math.min(from + BLOCK, findings.size());
            page.append("""
                    <div class="block"><table><caption>Findings %,d to %,d</caption>
                    <thead><tr><th scope="col">Who or what</th><th scope="col">What was found</th></tr></thead>
                    <tbody>
                    """.formatted(from + 1, to));
            findings.subList(from, to)
                    .forEach(finding -> page.append(
                            "<tr><th scope=\"row\"><span class=\"type\">%s</span> %s<code>%s</code></th><td>%s%s</td></tr>\n"
                                    .formatted(
                                            title(finding.subjectType()),
                                            name(finding.subjectName()),
                                            text(finding.subjectId()),
                                            waivedBadge(result.isWaived(finding)),
                                            name(finding.message()))));
            page.append("</tbody></table></div>\n");
        }
        page.append("</details>\n");
    }

    private static void requests(StringBuilder page, Assessment assessment) {
        if (assessment.requests().byRequest().isEmpty()) {
            return;
        }
        page.append("""
                <section aria-labelledby="requests">
                <h2 id="requests">What was asked of the tenant</h2>
                <details class="requests"><summary>%s</summary>
                <div class="scroll"><table>
                <thead><tr><th scope="col">Request</th><th scope="col" class="number">Times</th></tr></thead>
                <tbody>
                """.formatted(text(requestsMade(assessment))));
        assessment
                .requests()
                .byRequest()
                .forEach((request, times) ->
                        page.append("<tr><td><code>%s</code></td><td class=\"number\">%,d</td></tr>\n"
                                .formatted(text(request), times)));
        page.append("</tbody></table></div>\n</details>\n</section>\n");
    }

    private static void footer(StringBuilder page, Assessment assessment) {
        page.append("""
                <footer>
                <p>The score is the share of the assessed and applicable items that pass, weighted by severity; an item to review counts as not met.
                Not assessed is never a pass: what could not be read is named with the item.</p>
                <p>%sRun <code>%s</code>. PARC only reads; it changes nothing in a tenant.</p>
                </footer>
                """.formatted(isDemo(assessment) ? "<b>Demo data.</b> " : "", text(assessment.runId())));
    }

    private static String badge(Outcome outcome) {
        String sign = switch (outcome) {
            case PASS -> "✓";
            case FAIL -> "✕";
            case REVIEW -> "?";
            case NOT_APPLICABLE -> "–";
            case NOT_ASSESSED -> "○";
        };
        return "<span class=\"badge %s\"><span aria-hidden=\"true\">%s</span> %s</span>"
                .formatted(css(outcome), sign, title(outcome));
    }

    private static String severity(CheckResult result) {
        return "<span class=\"severity %s\">%s</span>"
                .formatted(
                        result.severity().name().toLowerCase(Locale.ROOT),
                        sentence(result.severity().name()));
    }

    private static String title(Outcome outcome) {
        return sentence(outcome.name());
    }

    private static String title(SubjectType type) {
        return sentence(type.name());
    }

    private static String sentence(String constant) {
        return constant.charAt(0)
                + constant.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String css(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String time(Instant instant) {
        return "<time datetime=\"%s\">%s</time>".formatted(instant, TIME.format(instant));
    }

    /** Text that may hold a name from the tenant, kept apart from the direction of what stands around it. */
    static String name(String text) {
        return "<bdi>" + text(text) + "</bdi>";
    }

    static String text(String text) {
        return VisibleText.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String sha256(String style) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
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
