package dev.parc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.app.CompositionRoot;
import dev.parc.change.fix.items.Fixes;
import dev.parc.cli.DeskWiring;
import dev.parc.cli.Main;
import dev.parc.cli.Wiring;
import dev.parc.cli.console.Console;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code parc fix} on the demo tenant, and {@code parc whatif} on what it writes. */
class FixCommandTest {

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        Wiring wiring = new Wiring() {
            @Override
            public CompositionRoot live(Map<String, String> environment, Optional<Path> record, Path data) {
                throw new IllegalStateException("the live tenant is not to be asked");
            }

            @Override
            public CompositionRoot snapshot(Map<String, String> environment, Path snapshot, Path data) {
                return new DeskWiring().snapshot(environment, snapshot, folder);
            }

            @Override
            public CompositionRoot demo(Path data) {
                return new DeskWiring().demo(folder);
            }
        };
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true), false, false, Map.of());
        return Main.run(console, wiring, arguments);
    }

    private int piped(String text, String... arguments) {
        InputStream in = System.in;
        try {
            System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            return run(arguments);
        } finally {
            System.setIn(in);
        }
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    /** What is written, with its undo, is what whatif proves and takes back. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--enforce"})
    void theFixOfMfaPassesAndLocksNobodyOut(String enforce) throws IOException {
        Path undo = folder.resolve("undo.json");
        assertThat(
                        enforce.isEmpty()
                                ? run("fix", "s1-06", "--demo", "--undo", undo.toString())
                                : run("fix", "S1-06", "--demo", enforce, "--undo", undo.toString()))
                .isZero();
        assertThat(err.toString())
                .contains("1 request that closes 3 of 3 findings. Nobody is locked out")
                .contains("S1-06 goes from FAIL to PASS.")
                .contains(
                        enforce.isEmpty()
                                ? "A new policy for administrators only may close as much"
                                : "3 administrators are newly asked for MFA.")
                .contains("which restores every outcome");
        String change = out.toString();
        assertThat(json(change).path("schema").asText()).isEqualTo("parc-change/1");
        assertThat(json(Files.readString(undo)).path("requests")).hasSize(1);

        assertThat(piped(change, "whatif", "-", "--demo", "--json", "-")).isZero();
        JsonNode proof = json(out.toString());
        assertThat(proof.path("items").valueStream().map(JsonNode::toString))
                .anyMatch(item -> item.contains("S1-06") && item.contains("\"PASS\""));
        assertThat(proof.path("lockedOut").toString()).doesNotContain("bg-one");
    }

    /** Of what is new, and in report-only mode, it is said that it closes nothing yet. */
    @Test
    void aNewPolicyIsInReportOnlyMode() throws IOException {
        Path file = folder.resolve("change.json");
        assertThat(run("fix", "S2-13", "--demo", "--output", file.toString())).isZero();

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("closes 8 of 9 findings once what is new is switched on")
                .contains("in report-only mode, in which it closes nothing")
                .contains("For a person\n  adm.berg@contosopharma.onmicrosoft.com is at medium risk since"
                        + " 2026-08-29; look into the detections");
        assertThat(json(Files.readString(file)).at("/requests/0/body/state").asText())
                .isEqualTo("enabledForReportingButNotEnforced");
        assertThat(run("whatif", file.toString(), "--demo")).isZero();
        assertThat(out.toString()).contains("no outcome changes");
    }

    /** A sign-in that happened is undone by no request. */
    @Test
    void whatNoRequestPutsRightIsForAPerson() {
        assertThat(run("fix", "S3-07", "--snapshot", "src/main/resources/demo")).isEqualTo(1);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("For a person\n  svc-scanner@contosopharma.com signed in by");
    }

    @Test
    void wrongInputIsToldInOneLine() {
        assertThat(run("fix", "S9-99", "--demo")).isEqualTo(2);
        assertThat(err.toString()).contains("the items are S1-01");
        assertThat(run("fix", "S2-15", "--demo")).isEqualTo(2);
        assertThat(err.toString().lines().toList())
                .last()
                .asString()
                .startsWith("parc: PARC has no fix for S2-15")
                .endsWith(String.join(", ", Fixes.items()));
        assertThat(run("fix", "--demo")).isEqualTo(2);
        assertThat(run("fix", "S1-06", "--demo", "--output", "/nowhere/x.json")).isEqualTo(2);
        assertThat(run("fix", "S1-06", "--demo", "--snapshot", "x")).isEqualTo(2);
    }
}
