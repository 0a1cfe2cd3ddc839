package dev.parc.report.html;

import static dev.parc.report.SampleRun.finding;
import static dev.parc.report.SampleRun.findings;
import static dev.parc.report.SampleRun.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Remedy;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import dev.parc.report.SampleRun;
import dev.parc.report.docs.CheckPage;
import dev.parc.report.portal.Cloud;
import dev.parc.report.portal.Portals;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReportTest {

    private static final String STEPS =
            "# S1-04 x\n\n## How to fix it\n1. Open <script>x</script> [the portal](https://entra.microsoft.com)"
                    + " or [this](javascript:alert(1)).\n\n## Source\n[Microsoft](https://learn.microsoft.com)\n";

    @Test
    void nothingIsLoadedAndNothingRunsButTheScriptOfThePage() throws Exception {
        Document page = page("live", result("S1-04", Outcome.FAIL));

        assertThat(page.select("link, img, iframe, object, [style], [onclick], [src], [action]"))
                .isEmpty();
        assertThat(page.select("style")).hasSize(1);
        assertThat(page.select("script")).hasSize(1);
        assertThat(page.expectFirst("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .startsWith("default-src 'none'; ")
                .contains("style-src " + hash(page.expectFirst("style")) + ";")
                .contains("script-src " + hash(page.expectFirst("script")) + ";")
                .doesNotContain("unsafe");
    }

    private static String hash(Element inline) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(inline.data().getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "</style></title>'\"&amp;",
                "👩‍💻 Zoë יעל"
            })
    void aNameFromTheTenantStaysText(String name) {
        Document page = Jsoup.parse(html(SampleRun.of(
                "live",
                name,
                List.of(result("S1-04", Outcome.FAIL, name, List.of(name, name), List.of(finding(name, name)))))));

        assertThat(page.select("script")).hasSize(1);
        assertThat(page.select("img")).isEmpty();
        assertThat(page.expectFirst("h1 > bdi").text()).isEqualTo(name);
        assertThat(page.expectFirst(".summary > bdi").text()).isEqualTo(name);
        assertThat(page.expectFirst(".findings th > bdi").text()).isEqualTo(name);
        assertThat(page.expectFirst(".findings td > bdi").text()).isEqualTo(name);
        assertThat(page.title()).contains(name);
    }

    @Test
    void aNameThatReordersTheLineIsSpeltOut() {
        Document page =
                page("live", result("S1-04", Outcome.FAIL, "x", List.of(), List.of(finding("a\u202Eb\u0000", "x"))));

        assertThat(page.expectFirst(".findings th > bdi").text()).isEqualTo("a[U+202E]b[U+0000]");
    }

    @Test
    void whatARowIsAboutLinksToItsPlaceInThePortals() {
        String id = "aaaaaaaa-0000-0000-0000-00000000000a";
        Finding user = new Finding(id, SubjectType.USER, "ada@contoso.com", "x");
        Finding unknown = new Finding("x\" onclick=\"1", SubjectType.USER, "b", "x");
        Assessment run = SampleRun.of(
                "live", "Contoso", List.of(result("S1-04", Outcome.FAIL, "x", List.of(), List.of(user, unknown))));
        HtmlReport report = new HtmlReport(check -> Optional.empty());
        Document page = Jsoup.parse(report.html(ReportInput.of(run).in(Portals.of(Cloud.CHINA, run.tenantId()))));

        assertThat(page.select(".findings th > bdi > a").eachText()).containsExactly("ada@contoso.com");
        assertThat(page.expectFirst(".findings th a").attr("href"))
                .startsWith("https://entra.microsoftonline.cn/" + run.tenantId() + "/#view/")
                .endsWith(id);
        assertThat(page.expectFirst(".findings th a").attr("rel")).isEqualTo("noopener noreferrer");
        assertThat(page.select("form[method], [onclick]")).isEmpty();
        assertThat(Jsoup.parse(report.html(ReportInput.of(run))).select(".findings th a"))
                .isEmpty();
    }

    @Test
    void demoDataSaysSo() {
        Document page = page("demo", result("S1-04", Outcome.PASS));

        assertThat(page.title()).startsWith("Demo");
        assertThat(page.expectFirst(".demo").text()).startsWith("Demo");
        assertThat(page.expectFirst("footer").text()).contains("Demo data");
    }

    @Test
    void aLiveTenantIsNotCalledADemo() {
        assertThat(page("live", result("S1-04", Outcome.PASS)).body().text().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("demo");
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void anOutcomeIsAWordAndNotOnlyAColour(Outcome outcome) {
        Document page = page("live", result("S1-04", outcome));

        assertThat(page.expectFirst("#S1-04 .badge").text())
                .endsWithIgnoringCase(outcome.name().replace('_', ' '));
        assertThat(page.select("#S1-04.pass").isEmpty()).isEqualTo(outcome != Outcome.PASS);
    }

    @Test
    void everyStageIsShownAndWhatWasNotAskedSaysSo() {
        Document page = page("live", result("S1-04", Outcome.FAIL), result("S1-05", Outcome.PASS));

        assertThat(page.select(".stages > li h3").eachText())
                .containsExactly(
                        "Stage 1 24-48 hours",
                        "Stage 2 2-4 weeks",
                        "Stage 3 1-3 months",
                        "Stage 4 six months and beyond",
                        "Break glass");
        assertThat(page.select(".stages > li").get(0).text()).contains("50% 2 of 2 assessed", "1 pass, 1 fail");
        assertThat(page.select(".stages > li.idle .state").eachText()).containsOnly("Not in this run");
    }

    @Test
    void whatCannotBeScoredHasNoScore() {
        Document page = page("live", result("S1-04", Outcome.NOT_ASSESSED));

        assertThat(page.expectFirst(".stages > li").text()).doesNotContain("%").contains("0 of 1 assessed");
    }

    @Test
    void reasonsSayWhatToDo() {
        Document page = page(
                "live",
                result(
                        "S1-04",
                        Outcome.NOT_ASSESSED,
                        "not assessed, because x",
                        List.of("grant User.Read.All", "y"),
                        List.of()));

        assertThat(page.select("#S1-04 .reasons li").eachText()).containsExactly("grant User.Read.All", "y");
    }

    @Test
    void aReasonThatTheSummaryGivesIsNotRepeated() {
        CheckResult result = new CheckResult(
                "S1-04",
                1,
                Stage.S1,
                "At least two emergency access accounts exist",
                Severity.CRITICAL,
                Outcome.NOT_ASSESSED,
                CheckResult.Basis.AUTOMATED,
                "not assessed, because x",
                List.of("x"),
                List.of(),
                List.of(),
                List.of(),
                Remedy.NONE,
                true);
        Document page = page("live", result);

        assertThat(page.select("#S1-04 .reasons")).isEmpty();
    }

    @Test
    void everyOneOfManyFindingsIsThere() {
        Document page = page("live", result("S1-04", Outcome.FAIL, "many", List.of(), findings(2_345)));

        assertThat(page.select("#S1-04 .findings tbody tr")).hasSize(2_345);
        assertThat(page.select("#S1-04 .findings tbody tr:not(.later)")).hasSize(DataTable.SHOWN);
        assertThat(page.expectFirst("#S1-04").hasAttr("open")).isFalse();
        assertThat(page.expectFirst("#S1-04 > summary").text()).contains("2,345 findings");
    }

    @Test
    void theStepsComeFromThePageOfTheCheckWithoutItsMarkup() {
        Element steps = page("live", result("S1-04", Outcome.FAIL)).expectFirst("#S1-04 .text");

        assertThat(steps.select("li").text()).contains("Open <script>x</script> the portal");
        assertThat(steps.select("a").eachAttr("href")).containsExactly("https://entra.microsoft.com");
        assertThat(page("live", result("S1-04", Outcome.PASS))
                        .select("#S1-04 .text h5")
                        .eachText())
                .doesNotContain("How to fix it");
    }

    @Test
    void everyLinkLeadsSomewhereAndEveryIdIsTheOnlyOne() {
        Document page = page("live", result("S1-04", Outcome.FAIL), result("S1-05", Outcome.PASS));

        for (Element link : page.select("a[href^=#]")) {
            assertThat(page.select(link.attr("href"))).as(link.outerHtml()).hasSize(1);
        }
        assertThat(page.select("details.item").eachAttr("id")).containsExactly("S1-04", "S1-05");
        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        assertThat(page.select("table:not(:has(thead th[scope]))")).isEmpty();
        assertThat(page.select("html[lang], title, main, h1, a.skip[href=#answers]"))
                .hasSize(5);
    }

    @Test
    void requestsAndTimesAreShown() {
        Document page = page("live", result("S1-04", Outcome.FAIL));

        assertThat(page.expectFirst(".about").text()).contains("2 Jan 2026, 03:04 UTC");
        assertThat(page.expectFirst(".facts").text()).contains("41 Graph calls, 2 throttled");
        assertThat(page.select(".fold tbody tr").eachText())
                .containsExactly("GET /organization 1", "GET /users/{id} 14");
    }

    private static Document page(String source, dev.parc.assessment.CheckResult... results) {
        return Jsoup.parse(
                html(SampleRun.of(source, "Contoso", Stream.of(results).toList())));
    }

    private static String html(Assessment assessment) {
        return new HtmlReport(id -> Optional.of(new CheckPage(STEPS))).html(ReportInput.of(assessment));
    }
}
