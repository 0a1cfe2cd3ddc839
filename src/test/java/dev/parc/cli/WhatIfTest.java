package dev.parc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.app.Parc;
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

/** {@code parc whatif} on the demo tenant. */
class WhatIfTest {

    /** A compliant device for everybody, without an exclusion. */
    private static final String BAD = policy("All", "compliantDevice");

    private static final String GOOD = policy("All", "mfa");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private static String policy(String users, String control) {
        return """
            {"schema":"parc-change/1","requests":[{"id":"new","method":"POST",
             "url":"https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies","why":"a test",
             "body":{"displayName":"Zürich: %s","state":"enabled",
               "conditions":{"users":{"includeUsers":["%s"]},"applications":{"includeApplications":["All"]}},
               "grantControls":{"operator":"OR","builtInControls":["%s"]}}}]}
            """.formatted(control, users, control);
    }

    private int run(String... arguments) {
        Wiring wiring = new Wiring() {
            @Override
            public Parc live(Map<String, String> environment, Optional<Path> record, Path data) {
                throw new IllegalStateException("the live tenant is not to be asked");
            }

            @Override
            public Parc snapshot(Map<String, String> environment, Path snapshot, Path data) {
                return new DeskWiring().snapshot(environment, snapshot, folder);
            }

            @Override
            public Parc demo(Path data) {
                return new DeskWiring().demo(folder);
            }
        };
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true), false, false, Map.of());
        return Main.run(console, wiring, arguments);
    }

    private String file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("change.json"), bytes).toString();
    }

    private String file(String text) throws IOException {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aBadChangeIsObjectedToAndNamesWhomItLocksOut() throws IOException {
        int exit = run(
                "whatif",
                file(BAD),
                "--demo",
                "--json",
                folder.resolve("proof.json").toString());

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .contains("! emergency account bg-one@contosopharma.onmicrosoft.com is locked out")
                .contains("! emergency account bg-two@contosopharma.onmicrosoft.com is locked out")
                .contains("bg-one@contosopharma.onmicrosoft.com is LOCKED OUT by 'Zürich: compliantDevice'")
                .contains("bg-two@contosopharma.onmicrosoft.com is LOCKED OUT by 'Zürich: compliantDevice'")
                .contains("S1-04  PASS -> FAIL");
        JsonNode proof =
                new ObjectMapper().readTree(folder.resolve("proof.json").toFile());
        assertThat(proof.path("schema").asText()).isEqualTo("parc-proof/1");
        assertThat(proof.path("accounts").path(0).path("emergency").asBoolean()).isTrue();
        assertThat(proof.path("accounts")
                        .path(0)
                        .path("after")
                        .path("by")
                        .path(0)
                        .asText())
                .isEqualTo("Zürich: compliantDevice");
    }

    @Test
    void aGoodChangeIsNotObjectedTo() throws IOException {
        int exit = run("whatif", file(GOOD), "--demo");

        assertThat(out.toString())
                .contains("No emergency account is locked out, and no item gets worse.")
                .contains("S1-06  FAIL -> PASS")
                .contains("MFA: bg-one@contosopharma.onmicrosoft.com")
                .contains("Stage 1     50% -> 72%");
        assertThat(exit).isZero();
    }

    /** UTF-16 as Windows PowerShell writes it, from standard input. */
    @Test
    void aChangeIsReadAsWindowsPowerShellWritesIt() throws IOException {
        byte[] bytes = ("\uFEFF" + BAD.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_16LE);
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(bytes));
            assertThat(run("whatif", "-", "--demo")).isEqualTo(1);
        } finally {
            System.setIn(before);
        }
        assertThat(out.toString()).contains("is LOCKED OUT by 'Zürich: compliantDevice'");
    }

    @Test
    void whatGraphWouldRefuseIsRefusedWithItsProperty() throws IOException {
        int exit = run("whatif", file(BAD.replace("\"state\":\"enabled\"", "\"state\":\"on\"")), "--demo");

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString())
                .contains("parc: request new (POST /v1.0/identity/conditionalAccess/policies): Microsoft Graph would"
                        + " refuse it: \"state\" must be one of disabled, enabled, enabledForReportingButNotEnforced");
    }
}
