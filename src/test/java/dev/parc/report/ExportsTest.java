package dev.parc.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.app.RunResult;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.check.Outcome;
import dev.parc.report.csv.CsvReport;
import dev.parc.report.docs.CheckPage;
import dev.parc.report.junit.JUnitReport;
import dev.parc.report.markdown.MarkdownReport;
import dev.parc.report.oscal.OscalReport;
import dev.parc.report.sarif.SarifReport;
import dev.parc.report.text.Compliance;
import dev.parc.report.text.PrettyJson;
import dev.parc.report.text.StableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.SAXException;

/** Each export of the demo tenant is as it was; {@code mvn test -Dtest=ExportsTest -Dgenerated=write} writes them anew. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/exports");

    private final RunResult demo;

    ExportsTest(@TempDir Path data) {
        demo = DemoRun.answers(data);
    }

    @ParameterizedTest
    @EnumSource
    void theDemoIsExportedAsBefore(ExportFormat format) throws IOException {
        String document = format.write(demo.assessment());
        same("demo." + format.extension(), format == ExportFormat.SARIF ? withoutHelp(document) : document);
    }

    /** Without what comes from the pages of the checks, which change for reasons of their own. */
    private static String withoutHelp(String sarif) {
        ObjectNode document = (ObjectNode) json(sarif);
        document.at("/runs/0/tool/driver/rules").forEach(rule -> ((ObjectNode) rule).remove("help"));
        return PrettyJson.write(document);
    }

    @Test
    void aRuleOfSarifSaysHowToPutItRight() {
        json(SarifReport.write(demo.assessment()))
                .at("/runs/0/tool/driver/rules")
                .forEach(rule -> assertThat(rule.at("/help/markdown").textValue())
                        .isEqualTo(CheckPage.of(rule.path("id").textValue())
                                .flatMap(page -> page.section("How to fix it"))
                                .orElseThrow()));
    }

    @Test
    void theAdministratorsOfTheDemoAreExportedAsBefore() throws IOException {
        same(
                "demo-administrators.csv",
                CsvReport.administrators(
                        demo.assessment(), demo.inventory().orElseThrow().explained()));
    }

    @Test
    void sarifIsValidByTheSchemaOfOasis() {
        assertThat(Schemas.violations(Schemas.SARIF, SarifReport.write(demo.assessment())))
                .isEmpty();
    }

    @Test
    void oscalIsValidByTheSchemaOfNist() {
        assertThat(Schemas.violations(Schemas.OSCAL, OscalReport.write(demo.assessment())))
                .isEmpty();
    }

    @Test
    void junitIsValidByTheSchemaOfJenkins() throws SAXException, IOException {
        Schemas.validateJUnit(JUnitReport.write(demo.assessment()));
    }

    @Test
    void theSchemasRefuseWhatIsNotValid() {
        assertThat(Schemas.violations(Schemas.SARIF, "{\"version\":\"2.1.0\",\"runs\":[{}]}"))
                .isNotEmpty();
        assertThat(Schemas.violations(
                        Schemas.OSCAL,
                        OscalReport.write(demo.assessment()).replace("\"not-satisfied\"", "\"perhaps\"")))
                .isNotEmpty();
    }

    @Test
    void theIdsAreThoseOfRfc9562() {
        UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        assertThat(StableId.of(dns, "python.org")).isEqualTo("886313e1-3b8a-5372-9b90-0c9aee199e5d");
    }

    @Test
    void onlyWhatPassedPasses() throws Exception {
        Set<String> passed = demo.assessment().results().stream()
                .filter(result -> result.outcome() == Outcome.PASS)
                .map(CheckResult::checkId)
                .collect(Collectors.toSet());
        assertThat(passed).isNotEmpty().doesNotContain("S1-05", "S2-14", "S1-02", "S1-06");

        JsonNode sarif = json(SarifReport.write(demo.assessment())).at("/runs/0/results");
        assertThat(ids(sarif, result -> result.at("/kind").textValue().equals("pass"), "/ruleId"))
                .isEqualTo(passed);
        JsonNode oscal = json(OscalReport.write(demo.assessment())).at("/assessment-results/results/0/findings");
        assertThat(ids(
                        oscal,
                        finding ->
                                finding.at("/target/status/state").textValue().equals("satisfied"),
                        "/target/target-id"))
                .isEqualTo(passed);
        Document junit = Jsoup.parse(JUnitReport.write(demo.assessment()), "", org.jsoup.parser.Parser.xmlParser());
        assertThat(junit.select("testcase:not(:has(failure, skipped))").stream()
                        .map(test -> test.attr("name").split(" ", 2)[0])
                        .collect(Collectors.toSet()))
                .isEqualTo(passed);
        assertThat(junit.select("testcase")).hasSameSizeAs(demo.assessment().results());
    }

    @Test
    void whatWasNotAssessedSaysWhyInEveryFormat() {
        String why = "permission UserAuthenticationMethod.Read.All is missing";
        for (ExportFormat format : ExportFormat.values()) {
            assertThat(format.write(demo.assessment()).replace("`", ""))
                    .as(format.name())
                    .containsPattern("NOT[ _]ASSESSED")
                    .contains(why);
        }
        JsonNode run = json(SarifReport.write(demo.assessment())).at("/runs/0");
        assertThat(ids(run.at("/invocations/0/toolExecutionNotifications"), it -> true, "/associatedRule/id"))
                .contains("S1-05");
    }

    @Test
    void whatIsWaivedIsSuppressedAndStaysInSight() {
        JsonNode results = json(SarifReport.write(demo.assessment())).at("/runs/0/results");
        assertThat(ids(results, result -> !result.at("/suppressions").isEmpty(), "/ruleId"))
                .containsExactlyInAnyOrder("S1-03", "S2-14");
        assertThat(results)
                .allSatisfy(result -> assertThat(result.has("suppressions")).isTrue());
        JsonNode risks = json(OscalReport.write(demo.assessment())).at("/assessment-results/results/0/risks");
        assertThat(risks)
                .hasSize(2)
                .allSatisfy(risk -> assertThat(risk.at("/status").textValue()).isEqualTo("deviation-approved"));
        assertThat(MarkdownReport.write(demo.assessment()))
                .contains("## Waived")
                .contains("FAIL, waived");
        assertThat(CsvReport.findings(demo.assessment()))
                .contains("\"yes\",\"2026-10-31\",\"lena.fischer@contosopharma.com\"");
    }

    @Test
    void aFindingIsKnownByTheSameFingerprintInAnotherRun() {
        Assessment run = demo.assessment();
        Assessment later = new Assessment(
                "20261001T080500Z-0a1b2c3d",
                run.tenantId(),
                run.tenantName(),
                run.source(),
                run.takenAt(),
                run.startedAt().plusSeconds(1),
                run.finishedAt().plusSeconds(1),
                run.stages(),
                run.trigger(),
                run.requests(),
                run.results(),
                run.roadmapStart());
        String fingerprint = "/partialFingerprints/parcFinding~1v1";
        JsonNode before = json(SarifReport.write(run)).at("/runs/0/results");
        Set<String> fingerprints = ids(before, result -> true, fingerprint);

        assertThat(fingerprints).hasSize(before.size());
        assertThat(ids(json(SarifReport.write(later)).at("/runs/0/results"), result -> true, fingerprint))
                .isEqualTo(fingerprints);
    }

    @Test
    void everyIdOfOscalThatIsNamedIsThere() {
        JsonNode document = json(OscalReport.write(demo.assessment()));
        List<String> there = document.findValuesAsText("uuid");

        assertThat(there).doesNotHaveDuplicates();
        for (String name : List.of("observation-uuid", "risk-uuid", "subject-uuid", "actor-uuid", "component-uuid")) {
            assertThat(document.findValuesAsText(name)).as(name).isNotEmpty().isSubsetOf(there);
        }
    }

    private static JsonNode json(String document) {
        try {
            return new JsonMapper().readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Set<String> ids(JsonNode nodes, Predicate<JsonNode> which, String path) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .filter(which)
                .map(node -> node.at(path).textValue())
                .collect(Collectors.toSet());
    }

    @Test
    void theReferencesOfAnItemAreInTheExports() {
        JsonNode run = json(SarifReport.write(demo.assessment())).at("/runs/0");
        Set<String> taxa = new HashSet<>();
        run.at("/taxonomies").forEach(taxonomy -> taxa.addAll(ids(taxonomy.at("/taxa"), it -> true, "/guid")));
        for (JsonNode rule : run.at("/tool/driver/rules")) {
            Set<String> named = ids(rule.path("relationships"), it -> true, "/target/guid");
            assertThat(taxa).containsAll(named);
            assertThat(named).hasSameSizeAs(Compliance.of(rule.path("id").textValue()));
        }
        assertThat(CsvReport.findings(demo.assessment()))
                .contains("\"NIST Cybersecurity Framework 2.0\"")
                .contains("\"5.2.2.1\",\"MS.AAD.3.2v1\",\"T1078.004 | T1110 | M1032\",\"PR.AA-03\"");
        assertThat(MarkdownReport.write(demo.assessment()))
                .contains("- Corresponds to: CIS Microsoft 365 Foundations Benchmark 6.0.0 5.2.2.1; ");
        assertThat(OscalReport.write(demo.assessment())).contains("\"value\": \"MS.AAD.3.2v1\"");
    }

    private static void same(String name, String written) throws IOException {
        Path file = GOLDEN.resolve(name);
        if ("write".equals(System.getProperty("generated"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, written);
        }
        assertThat(Files.readString(file).equals(written))
                .as("%s is as before; if it should not be: mvn test -Dtest=ExportsTest -Dgenerated=write", file)
                .isTrue();
    }
}
