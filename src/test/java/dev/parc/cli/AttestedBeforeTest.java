package dev.parc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.app.CompositionRoot;
import dev.parc.app.DeskHost;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.check.Outcome;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.desk.ServeHost;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the release before kept of attestations counts on where statements were merged. The files were written by it: the
 * demo tenant's, and with {@code parc attest} BG-02.1 to 7, BG-01.3, S2-12.1, S3-05.1, S4-08.1 and 2, and S3-08.1, which
 * was withdrawn.
 */
class AttestedBeforeTest {

    private static final Path KEPT = Path.of("src/test/resources/attestations-of-the-release-before");
    private static final Path LEDGER = Path.of("demo/ledger/5f1c3f6a-0d6f-4f6e-9a55-3d1b7a3f0001/attestations");
    private static final String LAST = "The playbook says which logs to save as evidence, and where.";
    private static final String PLAYBOOK = "Our attack playbook was reviewed within the last year";
    private static final String UNTIL = "2027-03-31";

    @TempDir
    private Path data = Path.of("");

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void restore() throws IOException {
        Path to = data.resolve(LEDGER);
        try (Stream<Path> files = Files.walk(KEPT)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(KEPT.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Files.writeString(data.resolve("demo/began"), Instant.now().toString());
    }

    private String parc(String... arguments) {
        out.getBuffer().setLength(0);
        StringWriter err = new StringWriter();
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--demo", "--data", String.valueOf(data)))
                .toArray(String[]::new);
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true), false, false, Map.of());
        assertThat(Main.run(console, new DeskWiring(), all)).as(err.toString()).isEqualTo(ExitCode.DONE);
        return out.toString();
    }

    private CheckResult answer(String item) {
        return AssessmentJson.read(parc("assess", "--check", item, "--json", "-"))
                .results()
                .get(0);
    }

    @Test
    void whatWasNeverSaidIsAllThatIsAskedFor() {
        CheckResult playbook = answer("BG-02");

        assertThat(playbook.outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(playbook.summary()).endsWith("; 1 of 8 statements to attest");
        assertThat(playbook.reasons()).contains("\"" + LAST + "\" is not attested");
        assertThat(playbook.attestations())
                .extracting(it -> it.attestation().statement())
                .containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(parc("attest", "--list", "BG-02"))
                .contains("8. \"" + LAST, "not attested", "7. \"", "attested: by Ann Lee on ")
                .doesNotContain(PLAYBOOK);
    }

    @Test
    void thePartThatIsLeftMakesItWhole() {
        parc("attest", "BG-02", "--statement", "8", "--by", "Eve Orr", "--until", UNTIL);

        CheckResult playbook = answer("BG-02");
        assertThat(playbook.outcome()).isEqualTo(Outcome.PASS);
        assertThat(playbook.summary()).contains("; attested by Ann Lee, ", "Eve Orr until ");
    }

    @Test
    void aWordOnTheWholeCountsForEachItem() {
        assertThat(answer("S4-03").reasons())
                .anyMatch(reason -> reason.startsWith("\"We have assessed everyone who holds an administrator role")
                        && reason.endsWith("(statement 3 of S4-01) is not attested"));

        parc("attest", "S4-01", "--by", "Eve Orr", "--until", UNTIL);

        for (String item : List.of("S2-04", "S4-03")) {
            assertThat(answer(item).reasons()).as(item).noneMatch(reason -> reason.contains("not attested"));
        }
        assertThat(answer("S4-03").attestations())
                .extracting(
                        it -> it.attestation().item() + "." + it.attestation().statement())
                .containsExactly("S4-01.3");
    }

    @Test
    void partsThatAreAllAttestedNeedNoNewWord() {
        assertThat(answer("S4-08").reasons()).noneMatch(reason -> reason.contains("attested"));
        assertThat(parc("attest", "--list", "S4-08")).doesNotContain("not attested");
    }

    @Test
    void whoTakesTheWholeBackTakesItsPartsBack() {
        assertThat(parc("attest", "BG-02", "--withdraw", "--by", "Eve Orr"))
                .contains("statement 9 is no longer attested");

        assertThat(answer("BG-02").summary()).endsWith("; 1 statement to attest");
        assertThat(parc("attest", "--list", "BG-02")).contains("9. \"" + PLAYBOOK);
    }

    @Test
    void theApiAndTheReportAskTheSame() throws Exception {
        try (DeskHost.Serving serving = new ServeHost().start(CompositionRoot.demo(data), 0, data)) {
            JsonNode statements = new ObjectMapper()
                    .readTree(get(serving.address() + "/api/attestations"))
                    .path("statements");
            assertThat(statement(statements, "BG-02", 8).path("asked").asBoolean())
                    .isTrue();
            assertThat(statement(statements, "BG-02", 8).has("attestation")).isFalse();
            assertThat(statement(statements, "BG-02", 8).path("partOf").asText())
                    .isEqualTo("BG-02.9");
            assertThat(statement(statements, "BG-02", 1).at("/attestation/by").asText())
                    .isEqualTo("Ann Lee");
            assertThat(statement(statements, "BG-02", 9).path("asked").asBoolean())
                    .isFalse();
            assertThat(statement(statements, "BG-02", 9).path("parts")).hasSize(9);
            assertThat(statement(statements, "S3-18", 4).path("asked").asBoolean())
                    .isTrue();
            assertThat(statement(statements, "S3-18", 1).path("asked").asBoolean())
                    .isFalse();
        }

        Path report = data.resolve("report.html");
        parc("assess", "--check", "BG-02", "--html", report.toString());
        String page = Files.readString(report);
        assertThat(page)
                .contains("which logs to save as evidence, and where.&quot; is not attested")
                .doesNotContain(PLAYBOOK);
    }

    private static JsonNode statement(JsonNode statements, String item, int number) {
        for (JsonNode one : statements) {
            if (one.path("checkId").asText().equals(item)
                    && one.path("statement").asInt() == number) {
                return one;
            }
        }
        throw new AssertionError(item + "." + number + " is not listed");
    }

    private static String get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
