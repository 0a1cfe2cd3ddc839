package dev.parc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.app.CompositionRoot;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code parc whatif} on the demo tenant. */
class WhatIfCommandTest {

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

    /** A snapshot does not have who is in a group that nobody asked about. */
    @Test
    void whatASnapshotDoesNotHaveIsUndecidedAndObjectedTo() throws IOException {
        String unknown = "\"includeGroups\":[\"11111111-2222-3333-4444-555555555555\"]";
        int exit = run("whatif", file(BAD.replace("\"includeUsers\":[\"All\"]", unknown)), "--demo");

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .contains("emergency account bg-one@contosopharma.onmicrosoft.com may be locked out")
                .contains("Unknown")
                .contains("S1-06  FAIL -> NOT_ASSESSED")
                .doesNotContain("Newly needed");
    }

    /** Who leaves a group is told by its members, which the snapshot has. */
    @Test
    void whoLeavesAGroupIsProvedOnASnapshot() throws IOException {
        String leave = "{\"requests\":[{\"id\":\"1\",\"method\":\"DELETE\",\"url\":\"/groups/"
                + "b62c3005-f371-302e-997b-76ac34d911bb/members/731e8dd5-6303-39c2-b04d-da96b0f76df9/$ref\"}]}";

        run("whatif", file(leave), "--demo");

        assertThat(out.toString())
                .doesNotContain("Unknown")
                .contains("Newly needed at every sign-in")
                .contains("legacy authentication blocked: bg-one@contosopharma.onmicrosoft.com");
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

    private static final String BASELINE = "src/test/resources/ca-baseline";
    private static final String EXCLUDED = "CA-BreakGlassAccounts - Exclude";

    private JsonNode adopted(String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("whatif", "--policies", BASELINE, "--replace", "--demo", "--json"));
        Path file = folder.resolve("proof.json");
        arguments.add(file.toString());
        arguments.addAll(List.of(options));
        run(arguments.toArray(new String[0]));
        return new ObjectMapper().readTree(file.toFile());
    }

    private static List<String> signIns(JsonNode proof, String name) {
        List<String> open = new ArrayList<>();
        proof.path("openSignIns").forEach(one -> {
            if (one.path("name").asText().startsWith(name)) {
                open.add(one.path("requirement").asText() + ": "
                        + one.path("signIn").asText());
            }
        });
        return open;
    }

    private static List<String> outcomes(JsonNode proof) {
        List<String> items = new ArrayList<>();
        proof.path("items")
                .forEach(item -> items.add(item.path("checkId").asText() + " "
                        + item.path("before").asText() + " "
                        + item.path("after").asText()));
        return items;
    }

    private static List<String> lockedOut(JsonNode proof) {
        List<String> names = new ArrayList<>();
        proof.path("accounts").forEach(account -> {
            if (account.at("/after/reachability").asText().equals("LOCKED_OUT")
                    && !account.at("/before/reachability").asText().equals("LOCKED_OUT")) {
                names.add(account.path("name").asText().replaceAll("[@#].*", "") + " by "
                        + account.at("/after/by/0").asText().substring(0, 5));
            }
        });
        return names;
    }

    /** Looked up by hand in the exported policies: CA001 lets in from the allowed countries only, and CA401 leaves guests Office. */
    @Test
    void aBaselineAsExportedLetsEmergencyAccountsInFromItsCountriesOnly() throws IOException {
        JsonNode proof = adopted();

        assertThat(proof.path("objections"))
                .extracting(JsonNode::asText)
                .containsExactly("S1-04 goes from PASS to REVIEW");
        assertThat(outcomes(proof)).containsExactly("S1-04 PASS REVIEW", "S1-06 FAIL PASS", "S2-12 FAIL PASS");
        assertThat(proof.at("/accounts/0/after/signIn").asText()).contains("from the location 'ALLOWED COUNTRIES'");
        assertThat(lockedOut(proof))
                .containsExactly("dana.reyes_fabrikam.com by CA401", "hana.sato_outlook.com by CA401");
        assertThat(signIns(proof, "adm.keller"))
                .containsExactly("phishing-resistant MFA: Windows, browser, from the location 'ALLOWED COUNTRIES'");
        assertThat(out.toString())
                .contains("is in nothing that was read; it is taken as new and empty")
                .contains("CA501-Agents")
                .contains("has settings that PARC does not know");
    }

    /** CA105, which is report-only as exported, leaves out Microsoft Graph Command Line Tools. */
    @Test
    void aBaselineEnforcedStillLeavesTheToolsOfGraphToAdministrators() throws IOException {
        assertThat(signIns(adopted("--enforce"), "adm.keller"))
                .containsExactly("phishing-resistant MFA: Windows, browser, to application Microsoft Graph Command Line"
                        + " Tools, from the location 'ALLOWED COUNTRIES'");
    }

    @Test
    void withTheEmergencyAccountsInItsExcludeGroupNothingGetsWorse() throws IOException {
        for (String[] options : new String[][] {{}, {"--enforce"}}) {
            List<String> all = new ArrayList<>(List.of(options));
            all.addAll(List.of("--map", EXCLUDED + "=b62c3005-f371-302e-997b-76ac34d911bb"));
            JsonNode proof = adopted(all.toArray(new String[0]));

            assertThat(proof.path("objections")).isEmpty();
            assertThat(outcomes(proof)).containsExactly("S1-06 FAIL PASS", "S2-12 FAIL PASS");
            assertThat(proof.at("/accounts/0/after/signIn").asText()).doesNotContain("location");
            assertThat(signIns(proof, "bg-one")).contains("MFA: Windows, browser");
        }
    }

    /** What --write gives is the change that was proved. */
    @Test
    void theRequestsOfABaselineAreWritten() throws IOException {
        Path written = folder.resolve("written.json");
        adopted("--write", written.toString());

        assertThat(run("whatif", written.toString(), "--demo")).isEqualTo(1);
        assertThat(out.toString()).contains("78 requests").doesNotContain("Changed since");
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() throws IOException {
        assertThat(run("whatif", "--demo")).isEqualTo(2);
        assertThat(run("whatif", file(GOOD), "--demo", "--enforce")).isEqualTo(2);
        assertThat(run("whatif", "--policies", folder.toString(), "--demo")).isEqualTo(2);
        assertThat(run("whatif", "--policies", BASELINE, "--map", "x=y", "--demo"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("name a change file, or a folder with --policies")
                .contains("--replace, --enforce and --map need --policies")
                .contains("has no exported Conditional Access policies")
                .contains("--map has a target that is not an object id");
    }

    @Test
    void theInverseAndTheScriptAreWritten() throws IOException {
        Path undo = folder.resolve("undo.json");

        assertThat(run("whatif", file(GOOD), "--demo", "--undo", undo.toString(), "--script", "sh"))
                .isZero();
        assertThat(undo).content().contains("\"method\" : \"DELETE\"");
        assertThat(out.toString()).startsWith("#!/bin/sh").contains("az rest --method post");
        assertThat(err.toString()).contains("which restores every outcome");
    }

    @Test
    void noScriptIsWrittenForAChangeThatTheProofObjectsTo() throws IOException {
        assertThat(run("whatif", file(BAD), "--demo", "--script", "ps1")).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("no script was written");
    }
}
