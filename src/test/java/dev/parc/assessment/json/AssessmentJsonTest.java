package dev.parc.assessment.json;

import static dev.parc.assessment.Assessments.HOSTILE;
import static dev.parc.assessment.Assessments.TENANT;
import static dev.parc.assessment.Assessments.assessment;
import static dev.parc.assessment.Assessments.findings;
import static dev.parc.assessment.Assessments.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Remedy;
import dev.parc.assessment.RequestCount;
import dev.parc.assessment.decision.SignedStatement;
import dev.parc.assessment.decision.Waiver;
import dev.parc.check.Effort;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import dev.parc.facts.Attestation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssessmentJsonTest {

    private static final String RUN = "20260131T080000Z-0a1b2c3d";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Assessment GOLDEN = new Assessment(
            RUN,
            TENANT,
            "Contoso",
            "demo",
            Instant.parse("2026-01-31T07:59:59Z"),
            Instant.parse("2026-01-31T08:00:00Z"),
            Instant.parse("2026-01-31T08:00:09.250Z"),
            List.of(Stage.S1, Stage.S2),
            Assessment.Trigger.CLI,
            new RequestCount(41, 7, 1, Map.of("GET /users/{id}", 40, "GET /organization", 1)),
            List.of(
                    new CheckResult(
                            "S1-04",
                            1,
                            Stage.S1,
                            "At least two emergency access accounts exist",
                            Severity.CRITICAL,
                            Outcome.FAIL,
                            CheckResult.Basis.AUTOMATED,
                            "1 of 2 emergency access accounts found",
                            List.of("sign-ins were not read"),
                            List.of(new Finding(
                                    "aaaaaaaa-0000-0000-0000-000000000001",
                                    SubjectType.SERVICE_PRINCIPAL,
                                    "Zoë \"B\"",
                                    "is synchronised from on-premises")),
                            List.of(),
                            List.of(),
                            new Remedy("Create two cloud-only accounts", Effort.HOURS),
                            true),
                    result("S1-05", Outcome.PASS),
                    result("S1-06", Outcome.NOT_ASSESSED),
                    new CheckResult(
                            "BG-01",
                            3,
                            Stage.BG,
                            "Emergency accounts are watched",
                            Severity.LOW,
                            Outcome.REVIEW,
                            CheckResult.Basis.WAIVED,
                            "a person must look; waived by Ann until 2026-06-30",
                            List.of(),
                            List.of(new Finding(
                                    "aaaaaaaa-0000-0000-0000-000000000002", SubjectType.USER, "bg1", "is new")),
                            List.of(),
                            List.of(
                                    waiver(Optional.of("AAAAAAAA-0000-0000-0000-000000000002"), "Ann"),
                                    waiver(Optional.empty(), "Ann"))),
                    new CheckResult(
                            "BG-02",
                            1,
                            Stage.BG,
                            "The playbook is on file",
                            Severity.HIGH,
                            Outcome.PASS,
                            CheckResult.Basis.ATTESTED,
                            "no interface tells this; attested by Ann, valid until 2026-06-30",
                            List.of(),
                            List.of(),
                            List.of(
                                    attested(1, "Ann", Optional.of("https://wiki.example.com/playbook"), "read"),
                                    attested(2, "Ann", Optional.empty(), "")),
                            List.of())),
            Optional.of(LocalDate.of(2026, 1, 10)));

    private static Waiver waiver(Optional<String> subject, String owner) {
        return new Waiver(
                "BG-01",
                subject,
                owner,
                "is replaced in June",
                "Ben",
                Instant.parse("2026-01-30T09:00:00Z"),
                LocalDate.of(2026, 6, 30));
    }

    private static SignedStatement attested(int statement, String by, Optional<String> evidence, String note) {
        return new SignedStatement(
                new Attestation(
                        "BG-02",
                        statement,
                        by,
                        Instant.parse("2026-01-30T09:00:00Z"),
                        LocalDate.of(2026, 6, 30),
                        evidence,
                        note),
                "Step " + statement + " is on file");
    }

    @Test
    void theDocumentIsTheOneThatIsPublished() throws IOException {
        String published = Files.readString(Path.of("src/test/resources/dev/parc/assessment/parc-run-1.json"));

        assertThat(MAPPER.readTree(AssessmentJson.write(GOLDEN)).toPrettyString())
                .isEqualToNormalizingNewlines(published.strip());
        assertThat(AssessmentJson.read(published)).isEqualTo(GOLDEN);
    }

    @Test
    void everythingComesBackAsItWas() {
        Assessment hostile = new Assessment(
                RUN,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                Instant.EPOCH,
                Instant.MIN,
                Instant.MAX,
                List.of(Stage.values()),
                Assessment.Trigger.TIMER,
                new RequestCount(0, 0, 0, Map.of("", 0, "\u0000 漢 \"\ud83d\ude80", Integer.MAX_VALUE)),
                List.of(
                        new CheckResult(
                                "S1-01",
                                0,
                                Stage.S1,
                                HOSTILE,
                                Severity.LOW,
                                Outcome.REVIEW,
                                CheckResult.Basis.ATTESTED,
                                HOSTILE,
                                List.of(HOSTILE, ""),
                                List.of(new Finding(HOSTILE, SubjectType.POLICY, HOSTILE, HOSTILE)),
                                List.of(attested(8, HOSTILE, Optional.of(HOSTILE), HOSTILE)),
                                List.of(waiver(Optional.of(HOSTILE), HOSTILE))),
                        result("S1-02", Outcome.FAIL, findings(20))));

        String document = AssessmentJson.write(hostile);

        assertThat(AssessmentJson.read(document)).isEqualTo(hostile);
        assertThat(AssessmentJson.read(new String(document.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)))
                .as("after a way through UTF-8, which has no unpaired surrogates")
                .isEqualTo(hostile);
        assertThat(document).doesNotContainPattern("[\\x00-\\x1f\\ud800-\\udfff]");
    }

    @Test
    void aDocumentInPartsIsTheSameRun() {
        List<CheckResult> results = GOLDEN.results().stream()
                .map(AssessmentJson::writeResult)
                .map(AssessmentJson::readResult)
                .toList();

        assertThat(AssessmentJson.readHead(AssessmentJson.writeHead(GOLDEN), results))
                .isEqualTo(GOLDEN);
    }

    @Test
    void withoutAnythingAssessedThereIsNoScore() throws IOException {
        JsonNode document =
                MAPPER.readTree(AssessmentJson.write(assessment(RUN, result("S1-01", Outcome.NOT_ASSESSED))));

        assertThat(document.at("/score/overall").isNull()).isTrue();
        assertThat(document.at("/score/byStage/S1").isNull()).isTrue();
        assertThat(document.at("/coverage/overall/assessed").intValue()).isZero();
        assertThat(document.at("/coverage/overall/items").intValue()).isOne();
    }

    @Test
    void fieldsOfLaterVersionsAreIgnored() {
        String document = AssessmentJson.write(GOLDEN).replaceFirst("\\{", "{\"later\":{\"a\":[1,null]},");

        assertThat(AssessmentJson.read(document)).isEqualTo(GOLDEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "parc-run/1"                           | "parc-run/2"      | parc-run/1
        "20260131T080000Z-0a1b2c3d"            | "../../x"         | runId
        "FAIL"                                 | "SURE"            | outcome
        "outcome":"FAIL"                       | "outcome":null    | outcome
        "graph":41                             | "graph":-1        | graph
        "graph":41                             | "graph":4.5       | graph
        "graph":41                             | "graph":99999999999 | graph
        "stages":["S1","S2"]                   | "stages":"S1"     | stages
        "stages":["S1","S2"]                   | "stages":["S9"]   | stages
        "2026-01-31T08:00:00Z"                 | "yesterday"       | startedAt
        "servicePrincipal"                     | "dog"             | subjectType
        "S1-04"                                | "S1-4/.."         | item
        "cli"                                  | "clı"             | trigger
        "reasons":[]                           | "reasons":[[]]    | reasons
        """)
    void whatIsWrongIsNamed(String right, String wrong, String named) {
        String document = AssessmentJson.write(GOLDEN);
        assertThat(document).contains(right);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AssessmentJson.read(document.replace(right, wrong)))
                .withMessageContaining(named)
                .withMessageNotContainingAny("\n", wrong);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "{", "{}", "\"parc-run/1\"", "{\"schema\":\"parc-run/1\"}", "<a/>"})
    void whatIsNoDocumentIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AssessmentJson.read(text))
                .withMessageNotContaining("\n");
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> AssessmentJson.read("[".repeat(100_000)));
    }
}
