package dev.parc.report;

import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.report.SampleRun.finding;
import static dev.parc.report.SampleRun.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.parc.analysis.explain.ExplainedAdministrators;
import dev.parc.analysis.explain.Explainer;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.change.Difference;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.check.Finding;
import dev.parc.check.NewFinding;
import dev.parc.check.Outcome;
import dev.parc.check.SubjectType;
import dev.parc.report.csv.CsvReport;
import dev.parc.report.html.HtmlReport;
import dev.parc.report.html.ReportInput;
import dev.parc.report.junit.JUnitReport;
import dev.parc.report.markdown.MarkdownDifference;
import dev.parc.report.markdown.MarkdownReport;
import dev.parc.report.markdown.MarkdownText;
import dev.parc.report.oscal.OscalReport;
import dev.parc.report.portal.Portals;
import dev.parc.report.sarif.SarifReport;
import dev.parc.report.text.VisibleText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tenant writes into its names stays text in every format. */
class HostileExportsTest {

    static Stream<String> names() {
        return Stream.of(
                "=HYPERLINK(\"https://evil.example\",\"click\")",
                "+cmd|' /C calc'!A0",
                "-2+3",
                "@SUM(A1:A9)",
                "\t=1+1",
                "\r\n=1+1",
                " \"=1+1\"",
                "Ada;=1+1",
                "Ada;\"=cmd|'/C calc'!A0",
                "\uFF1D1+1",
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "]]><x/>",
                "&lt;b&gt; &#64;",
                "[click](https://evil.example)",
                "![x](https://evil.example/x.png)",
                "<https://evil.example>",
                "https://evil.example www.evil.example",
                "a | b | c",
                "`code` ``two`` \\",
                "**bold** _em_ ~~gone~~ # heading",
                "# heading",
                "- item",
                "1. item",
                "```\nblock\n```",
                "@octocat @org/team #123 GH-7 org/repo#1 !5 &epic ~label %milestone",
                "{0} {{x}} {placeholder}",
                "null \u0000 bell \u0007 escape \u001B[31m del \u007F nel \u0085",
                "rtl \u202Eexe.txt\u202C bom \uFEFF nonchar \uFFFE \uFFFF",
                "lone \uD800 surrogates \uDC00",
                "emoji 👩‍💻 Zoë יעל \uD83D\uDE00",
                "",
                " ",
                "x".repeat(5_000));
    }

    private static Assessment run(String name) {
        return SampleRun.of(
                "snapshot",
                name,
                List.of(
                        result("S1-04", Outcome.FAIL, name, List.of(name), List.of(finding(name, name)))
                                .with(SampleRun.fix(name)),
                        result(
                                "S1-05",
                                Outcome.NOT_ASSESSED,
                                "not assessed, because " + name,
                                List.of(name),
                                List.of()),
                        result(
                                "S1-06",
                                Outcome.REVIEW,
                                name,
                                List.of(),
                                List.of(new Finding(name, SubjectType.PRINCIPAL, name, name)))));
    }

    @ParameterizedTest
    @MethodSource("names")
    void noCellIsAFormula(String name) {
        String csv = CsvReport.findings(run(name));

        List<CsvRecord> records = CsvReader.builder().ofCsvRecord(csv).stream().toList();
        assertThat(records).hasSize(4).allSatisfy(record -> {
            assertThat(record.getFieldCount()).isEqualTo(records.get(0).getFieldCount());
            assertThat(record.getFields())
                    .allSatisfy(cell -> assertThat(cell.strip())
                            .doesNotStartWith("=")
                            .doesNotStartWith("+")
                            .doesNotStartWith("-")
                            .doesNotStartWith("@")
                            .doesNotMatch("(?s).*[\\t\\r\\n\\x00-\\x1f].*"));
        });
        // a spreadsheet that takes the semicolon for the end of a cell
        assertThat(csv.split("[;\r\n]", -1))
                .allSatisfy(cell -> assertThat(cell).doesNotMatch("^[\\s\"]*[=+@\uFF1D-].*"));
        assertThat(csv).endsWith("\r\n");
    }

    @ParameterizedTest
    @MethodSource("names")
    void noCellOfTheAdministratorsIsAFormula(String name) {
        ExplainedAdministrators administrators = new ExplainedAdministrators(
                new Explainer(tenant().globalAdmin(name + "x").facts())
                        .administrators()
                        .administrators(),
                List.of(name));

        List<CsvRecord> records =
                CsvReader.builder().ofCsvRecord(CsvReport.administrators(run(name), administrators)).stream()
                        .toList();
        assertThat(records)
                .hasSize(3)
                .allSatisfy(record -> assertThat(record.getFields())
                        .hasSameSizeAs(records.get(0).getFields())
                        .allSatisfy(cell ->
                                assertThat(cell.strip()).doesNotMatch("(?s)^[=+@\uFF1D-].*|.*[\\x00-\\x1f].*")));
        assertThat(records.get(2).getField(0)).isEqualTo("NOT READ");
    }

    @Test
    void aNameThatIsNoFormulaIsKeptAsItIs() {
        assertThat(CsvReport.cell("Zoë \"Z\" O'Hara-Smith, a@b = c; d"))
                .isEqualTo("Zoë \"Z\" O'Hara-Smith, a@b = c; d");
        assertThat(CsvReport.cell("=1")).isEqualTo("'=1");
        assertThat(CsvReport.cell("a; =1;-2")).isEqualTo("a; '=1;'-2");
    }

    @ParameterizedTest
    @MethodSource("names")
    void markdownHasNoMarkupOfTheTenant(String name) {
        String markdown = MarkdownReport.write(run(name));

        assertThat(markupIn(markdown)).isEmpty();
        assertThat(markupIn(MarkdownDifference.write(
                        Difference.of(run("Contoso"), run(name), List.of(), id -> NewFinding.GAP))))
                .isEmpty();
        long columns = 6;
        assertThat(markdown.lines().filter(line -> line.startsWith("| S1-")))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.replace("\\|", "").chars().filter(it -> it == '|'))
                        .hasSize((int) columns));
        assertThat(markdown.length()).isLessThan(65_536);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(markdown)).isTrue();
    }

    /** What is copied out of the report, of Markdown and of SARIF is the change that was proved, to the character. */
    @ParameterizedTest
    @MethodSource("names")
    void theChangeFileStaysTheSameDocument(String name) throws Exception {
        JsonMapper mapper = new JsonMapper();
        JsonNode proved =
                mapper.readTree(SampleRun.fix(name).change().orElseThrow().file());

        String markdown = MarkdownReport.write(run(name));
        String html = new HtmlReport(id -> Optional.empty())
                .html(new ReportInput(run(name), Optional.empty(), Optional.empty(), Map.of(), Map.of(), Portals.NONE));
        String sarif = SarifReport.write(run(name));

        if (name.length() < 1_000) {
            String block = markdown.substring(markdown.indexOf("```json\n") + 8);
            assertThat(mapper.readTree(block.substring(0, block.indexOf("\n```\n"))))
                    .isEqualTo(proved);
        }
        String shown = Jsoup.parse(html).expectFirst(".change pre code").wholeText();
        assertThat(mapper.readTree(shown)).isEqualTo(proved);
        assertThat(shown.replace("\n", "")).isEqualTo(VisibleText.of(shown.replace("\n", "")));
        JsonNode fix = mapper.readTree(sarif).at("/runs/0/results/0/fixes/0/artifactChanges/0");
        assertThat(mapper.readTree(
                        fix.at("/replacements/0/insertedContent/text").textValue()))
                .isEqualTo(proved);
        assertThat(AssessmentJson.read(AssessmentJson.write(run(name)))).isEqualTo(run(name));
    }

    /** Every link, image and piece of HTML. */
    private static List<String> markupIn(String markdown) {
        List<String> found = new ArrayList<>();
        Parser.builder().build().parse(markdown).accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                found.add(link.getDestination());
            }

            @Override
            public void visit(Image image) {
                found.add(image.getDestination());
            }

            @Override
            public void visit(HtmlInline html) {
                found.add(html.getLiteral());
            }

            @Override
            public void visit(HtmlBlock html) {
                found.add(html.getLiteral());
            }
        });
        return found;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@octocat",
                "(@octocat)",
                "#123",
                "GH-7",
                "org/repo#1",
                "https://evil.example",
                "www.evil.example",
                "ada@contoso.com",
                "!5",
                "&epic",
                "~label",
                "%milestone",
                "$1",
                "mailto:a@b.c",
                "'@octocat',"
            })
    void whatARendererWouldLinkIsCode(String word) {
        String marks = "^([('\"]*)(.*?)([)'\",]*)$";
        assertThat(MarkdownText.prose("hello " + word + " there"))
                .isEqualTo("hello " + word.replaceAll(marks, "$1`$2`$3") + " there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3 of 13 accounts (61.3 %) last signed in on 2026-02-11, 201 days ago; holds Exchange Administrator",
                "it's time-bound, \"directly\": through 'sg-identity-team'"
            })
    void ordinaryWordsStayAsTheyAre(String words) {
        assertThat(MarkdownText.prose(words)).isEqualTo(words);
    }

    @Test
    void theBeginningOfALineIsNoMarkup() {
        assertThat(MarkdownText.prose("# a")).isEqualTo("\\# a");
        assertThat(MarkdownText.prose("- a")).isEqualTo("\\- a");
        assertThat(MarkdownText.prose("12. a")).isEqualTo("12\\. a");
        assertThat(MarkdownText.prose("12 a")).isEqualTo("12 a");
        assertThat(MarkdownText.prose("    a")).isEqualTo("a");
    }

    @ParameterizedTest
    @MethodSource("names")
    void junitIsValid(String name) throws Exception {
        Schemas.validateJUnit(JUnitReport.write(run(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void sarifIsValidAndItsMessagesHaveNoLinks(String name) throws Exception {
        String sarif = SarifReport.write(run(name));

        assertThat(Schemas.violations(Schemas.SARIF, sarif)).isEmpty();
        JsonNode results = new JsonMapper().readTree(sarif).at("/runs/0/results");
        assertThat(results)
                .hasSize(3)
                .allSatisfy(result -> assertThat(result.at("/message/text").textValue())
                        .doesNotContainPattern("(?<!\\\\)\\](?=\\()")
                        .doesNotContainPattern("(?<!\\{)\\{\\d"));
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(sarif)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("names")
    void oscalIsValid(String name) {
        String oscal = OscalReport.write(run(name));

        assertThat(Schemas.violations(Schemas.OSCAL, oscal)).isEmpty();
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(oscal)).isTrue();
    }

    @Test
    void aRunWithoutAnswersIsValidToo() throws Exception {
        Assessment empty = SampleRun.of("live", "Contoso", List.of());

        assertThat(Schemas.violations(Schemas.SARIF, SarifReport.write(empty))).isEmpty();
        assertThat(Schemas.violations(Schemas.OSCAL, OscalReport.write(empty))).isEmpty();
        Schemas.validateJUnit(JUnitReport.write(empty));
    }

    @Test
    void tenThousandFindingsAreWrittenInEveryFormat() {
        Assessment run = SampleRun.of(
                "live",
                "Contoso",
                List.of(result("S1-04", Outcome.FAIL, "too many", List.of(), SampleRun.findings(10_000))));

        for (ExportFormat format : ExportFormat.values()) {
            String document = format.write(run);
            if (format != ExportFormat.MARKDOWN) {
                assertThat(document).as(format.title()).contains("admin10000@contoso.example");
            }
        }
    }

    @Test
    void markdownOfAnyRunFitsIntoATicket() {
        String name = "\u202E<&".repeat(200);
        List<CheckResult> results = IntStream.rangeClosed(10, 99)
                .mapToObj(
                        number -> result("S1-" + number, Outcome.FAIL, name, List.of(name), SampleRun.findings(10_000)))
                .toList();

        assertThat(MarkdownReport.write(SampleRun.of("live", name.substring(0, 200), results)))
                .hasSizeLessThan(65_536)
                .contains("Left out in part, because the text would get too long: S1-");
    }
}
