package dev.parc.infra;

import static dev.parc.infra.AzureCli.PRINCIPAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.infra.GrantPermissionsTest.Ran;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The hooks of azd, each as a shell script and in PowerShell, where {@code az} and {@code azd} of the test stand in. */
@ParameterizedClass
@EnumSource
class HooksTest {

    /** The two languages; one is skipped where PowerShell is not on the path. */
    enum Language {
        SHELL,
        POWERSHELL
    }

    private final Language language;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DEPLOY = Path.of("docs/deploy.md");
    private static final String ADDRESS = "https://func-parc.azurewebsites.net";
    private static final String AUDIENCE = "api://" + AzureCli.TENANT + "/parc-abc";
    private static final String OLD = "88888888-2222-4333-8444-555555555555";
    private static final String GROUP = "66666666-2222-4333-8444-555555555555";
    private static final String RUN = "20260131T080000Z-0a1b2c3d";
    private static final String ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";

    private static final String DOCUMENT = """
            {"runId": "20260131T080000Z-0a1b2c3d", "state": "DONE", "position": {
              "stages": [
                {"stage": "S1", "open": 3, "words": "due on 2026-03-02, in 30 days"},
                {"stage": "BG", "open": 1, "words": "due on 2026-03-02, in 30 days"}],
              "nextActions": [
                {"checkId": "S1-04", "title": "At least two emergency access accounts exist", "what": "Create two cloud-only accounts"},
                {"checkId": "S1-10", "title": "Legacy authentication is blocked\\u001b\\u0007\\u009b", "what": "Turn the policy on"},
                {"checkId": "BG-03", "title": "Emergency access accounts have a passkey", "what": "Register a security key for each"},
                {"checkId": "S1-12", "title": "A fourth", "what": "Wait"}]},
              "results": [
                {"outcome": "FAIL", "checkId": "S1-04", "summary": "1 of 2 accounts found"},
                {"outcome": "NOT_ASSESSED", "checkId": "S2-21", "summary": "Not assessed: no subscription can be read"}]}
            """;

    /** What a run answers while nothing is granted. */
    private static final String UNGRANTED = """
            {"runId": "20260131T080000Z-0a1b2c3d", "state": "DONE", "position": {
              "stages": [{"stage": "S2", "open": 1, "words": "due on 2026-03-02, in 30 days"}],
              "nextActions": [{"checkId": "S2-21", "title": "The Azure activity log is watched", "what": "Send it to a workspace"}]},
              "results": [
                {"outcome": "NOT_ASSESSED", "checkId": "S1-04", "summary": "Not assessed: WITHHELD"},
                {"outcome": "PASS", "checkId": "S2-19", "summary": "12 subscriptions"},
                {"outcome": "FAIL", "checkId": "S2-21", "summary": "1 subscription is not watched"}]}
            """.replace(
                    "WITHHELD",
                    "Microsoft Graph is not read yet, because PARC has not been told that its identity was granted"
                            + " permissions: infra/grant-permissions.sh grants what is missing and tells PARC");

    @TempDir
    Path folder;

    private AzureCli azure;
    private Path bin;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger unready = new AtomicInteger();
    private final AtomicInteger polls = new AtomicInteger();
    private volatile String userType = "Member";
    private volatile boolean mayRegister = true;
    private volatile String role = "";
    private volatile String key = "";
    private volatile String end = DOCUMENT;
    private volatile boolean registered = true;

    HooksTest(Language language) {
        this.language = language;
    }

    @BeforeEach
    void aDeployedApp() throws IOException {
        bin = folder.resolve("bin");
        azure = new AzureCli(bin);
        assumeThat(language == Language.SHELL || PowerShell.isHere())
                .as("PowerShell, pwsh, is on the path")
                .isTrue();
        azure.beyond = this::answer;
        Path azd = bin.resolve("azd");
        Files.writeString(
                azd,
                "#!/bin/sh\nprintf '%s|' \"$@\" >>" + folder.resolve("azd.log") + "\necho >>"
                        + folder.resolve("azd.log") + "\n");
        Files.setPosixFilePermissions(azd, PosixFilePermissions.fromString("rwx------"));
        Path hooks = Files.createDirectories(folder.resolve("infra/hooks"));
        try (Stream<Path> files = Files.list(Template.INFRA.resolve("hooks"))) {
            for (Path file : files.toList()) {
                Files.copy(file, hooks.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        for (String script : List.of("grant-permissions.sh", "Grant-Permissions.ps1")) {
            Files.copy(
                    Template.INFRA.resolve(script),
                    folder.resolve("infra").resolve(script),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        List<String> lines = new ArrayList<>();
        for (String set : List.of("core", "recommended")) {
            Files.readAllLines(Template.INFRA.resolve("graph-app-roles.json")).stream()
                    .filter(line -> line.contains("\"set\": \"" + set + "\""))
                    .map(line -> line.replaceFirst(",$", ""))
                    .limit(2)
                    .forEach(lines::add);
        }
        Files.writeString(folder.resolve("infra/graph-app-roles.json"), "[\n" + String.join(",\n", lines) + "\n]\n");
        environment.putAll(Map.of(
                "PARC_RETRY_SECONDS",
                "0",
                "PARC_POLL_SECONDS",
                "0",
                "PARC_PRINCIPAL_ID",
                PRINCIPAL,
                "PARC_ADDRESS",
                ADDRESS,
                "PARC_API_AUDIENCE",
                AUDIENCE,
                "AZURE_LOCATION",
                "westeurope"));
    }

    @AfterEach
    void theEnd() throws IOException {
        azure.close();
    }

    private Optional<JsonNode> answer(String command, Map<String, String> options) throws IOException {
        String url = options.getOrDefault("--url", "");
        if (command.equals("functionapp") && !options.containsKey("--ids")) {
            return json("[{\"name\": \"westeurope\"}, {\"name\": \"northeurope\"}]");
        }
        if (command.equals("ad")) {
            AzureCli.permit("Security readers".equals(options.get("--group")), "404 No group matches");
            return json("{\"id\": \"" + GROUP + "\"}");
        }
        if (url.contains("/me?$select=userType")) {
            return json("{\"userType\": \"" + userType + "\"}");
        }
        if (url.contains("/policies/authorizationPolicy")) {
            return json("{\"defaultUserRolePermissions\": {\"allowedToCreateApps\": " + mayRegister + "}}");
        }
        if (url.contains("/me/memberOf/")) {
            return json(role.isEmpty() ? "{\"value\": []}" : "{\"value\": [{\"roleTemplateId\": \"" + role + "\"}]}");
        }
        if (url.contains("/applications") || url.contains("/deletedItems")) {
            calls.add(options.get("--method") + " " + url.replaceFirst("^.*v1.0", ""));
            AzureCli.permit(registered, "404 Request_ResourceNotFound");
            return json("{\"id\": \"" + GROUP + "\"}");
        }
        return url.startsWith(ADDRESS) ? api(options.getOrDefault("--method", ""), url, options) : Optional.empty();
    }

    private Optional<JsonNode> api(String method, String url, Map<String, String> options) throws IOException {
        if (key.isEmpty()) {
            AzureCli.permit(AUDIENCE.equals(options.get("--resource")), "401 Unauthorized");
        } else {
            String headers = options.getOrDefault("--headers", "");
            AzureCli.permit(headers.startsWith("@") && !options.containsKey("--resource"), "401 Unauthorized");
            AzureCli.permit(
                    Files.readString(Path.of(headers.substring(1))).contains("\"" + key + "\""), "401 Unauthorized");
        }
        calls.add(method + " " + url.substring(ADDRESS.length()));
        if (method.equals("post")) {
            AzureCli.permit(unready.getAndUpdate(left -> Math.max(0, left - 1)) == 0, "503 Service Unavailable");
            return json("{\"runId\": \"" + RUN + "\"}");
        }
        assertThat(url).endsWith("/api/runs/" + RUN);
        return polls.getAndIncrement() < 3
                ? json("{\"state\": \"RUNNING\", \"progress\": \"reading the tenant\"}")
                : json(end);
    }

    private static Optional<JsonNode> json(String text) throws IOException {
        return Optional.of(JSON.readTree(text));
    }

    // --- before provisioning

    @Test
    void whoMayRegisterApplicationsGetsSignInByEntra() throws Exception {
        newEnvironment();

        assertThat(run("preprovision").output()).contains("Sign-in: Microsoft Entra ID.");
        assertThat(set()).containsExactly("env|set|PARC_ENTRA|true|");
    }

    @Test
    void whoMayNotGetsKeysAndARoleDecidesOtherwise() throws Exception {
        newEnvironment();
        mayRegister = false;
        assertThat(run("preprovision").output()).contains("Sign-in: keys");
        assertThat(set()).containsExactly("env|set|PARC_ENTRA|false|");

        role = ADMINISTRATOR;
        run("preprovision");
        assertThat(set()).last().isEqualTo("env|set|PARC_ENTRA|true|");
    }

    @Test
    void aGuestMayNotThoughMembersMay() throws Exception {
        newEnvironment();
        userType = "Guest";

        run("preprovision");

        assertThat(set()).containsExactly("env|set|PARC_ENTRA|false|");
    }

    @Test
    void whatIsDecidedStaysAndAnAppThatIsThereKeepsItsKeys() throws Exception {
        granted();
        run("preprovision");
        assertThat(set()).containsExactly("env|set|PARC_ENTRA|false|");

        newEnvironment();
        environment.put("PARC_ENTRA", "true");
        run("preprovision");
        environment.remove("PARC_ENTRA");
        environment.put("PARC_API_CLIENT_ID", GROUP);
        run("preprovision");
        assertThat(set()).hasSize(1);
    }

    @Test
    void aRegionWithoutThePlanIsSaidAndDoesNotEndIt() throws Exception {
        environment.put("PARC_ENTRA", "true");
        environment.put("AZURE_LOCATION", "Nowhere East");
        assertThat(run("preprovision").output())
                .contains("NOTE: Nowhere East does not offer the Flex Consumption plan", "  northeurope westeurope");

        environment.put("AZURE_LOCATION", "North Europe");
        assertThat(run("preprovision").output()).isEmpty();
    }

    @Test
    void itAsksForWhatIsNotSet() throws Exception {
        newEnvironment();
        environment.put("PARC_ASK", "true");
        environment.put("PARC_ALERT_EMAILS", "security@contoso.com");

        Ran ran = process("preprovision", " bg-one@contoso.com, bg-two@contoso.com \nSecurity readers\n");

        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(set())
                .containsExactly(
                        "env|set|PARC_ENTRA|true|",
                        "env|set|PARC_EMERGENCY_ACCOUNTS|bg-one@contoso.com, bg-two@contoso.com|",
                        "env|set|PARC_READERS|" + GROUP + "|");
    }

    @Test
    void itKeepsThatNothingWasAnsweredAndNothingThatIsWrong() throws Exception {
        newEnvironment();
        environment.put("PARC_ASK", "true");

        Ran ran = process("preprovision", "\nnobody\nNo such group\n");

        assertThat(ran.output()).contains("That is no mail address", "There is no such group");
        assertThat(set()).containsExactly("env|set|PARC_ENTRA|true|", "env|set|PARC_EMERGENCY_ACCOUNTS||");
    }

    private void newEnvironment() {
        environment.remove("PARC_PRINCIPAL_ID");
        environment.put("PARC_GRAPH_GRANTED", "false");
    }

    @Test
    void aNewAppWaitsForTheFirstGrantAndOneThatReadsAlreadyDoesNot() throws Exception {
        newEnvironment();
        environment.put("PARC_ENTRA", "true");
        environment.remove("PARC_GRAPH_GRANTED");
        run("preprovision");
        assertThat(set()).containsExactly("env|set|PARC_GRAPH_GRANTED|false|");

        environment.put("PARC_PRINCIPAL_ID", PRINCIPAL); // of an earlier version, and nobody has granted anything
        run("preprovision");
        assertThat(set()).hasSize(2).last().isEqualTo("env|set|PARC_GRAPH_GRANTED|false|");

        granted();
        run("preprovision");
        assertThat(set()).hasSize(2);
    }

    /** Whoever granted later has told the app and not azd, whose next deployment would take it back. */
    @Test
    void whatTheAppWasToldIsKept() throws Exception {
        environment.putAll(Map.of("PARC_ENTRA", "true", "PARC_GRAPH_GRANTED", "false", "PARC_APP_ID", AzureCli.APP));
        run("preprovision");
        assertThat(set()).isEmpty();

        azure.settings.put("PARC_GRAPH_GRANTED", "true");
        run("preprovision");
        assertThat(set()).containsExactly("env|set|PARC_GRAPH_GRANTED|true|");
    }

    // --- after provisioning

    @Test
    void anUpgradeMovesOnceTheNewIdentityHoldsWhatTheOldOneHeld() throws Exception {
        azure.raised();
        environment.putAll(Map.of("PARC_PREVIOUS_PRINCIPAL_ID", OLD, "PARC_IDENTITIES", "both"));

        Ran ran = run("postprovision");

        assertThat(ran.exit()).isZero();
        assertThat(ran.output()).contains("The next azd provision moves the app over");
        assertThat(set())
                .containsExactly("env|set|PARC_RETIRED_PRINCIPAL_ID|" + OLD + "|", "env|set|PARC_IDENTITIES|user|");
    }

    @Test
    void anUpgradeWaitsAsLongAsSomethingIsRefused() throws Exception {
        environment.putAll(Map.of("PARC_PREVIOUS_PRINCIPAL_ID", OLD, "PARC_IDENTITIES", "both"));

        Ran ran = run("postprovision");

        assertThat(ran.exit()).isZero();
        assertThat(ran.output()).contains("goes on reading as its old identity " + OLD);
        assertThat(set()).containsExactly("env|set|PARC_RETIRED_PRINCIPAL_ID|" + OLD + "|");
    }

    @Test
    void whatTheOldIdentityHeldIsTakenBackAfterTheMoveAndNotBefore() throws Exception {
        azure.raised();
        String permission = "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30";
        azure.grants.add(new AzureCli.Grant("1", OLD, AzureCli.GRAPH_PRINCIPAL, permission));
        environment.putAll(
                Map.of("PARC_RETIRED_PRINCIPAL_ID", OLD, "PARC_IDENTITIES", "user", "PARC_PREVIOUS_PRINCIPAL_ID", OLD));
        run("postprovision"); // the hook run by hand before the next deployment
        assertThat(azure.log).noneMatch(entry -> entry.startsWith("revoke"));

        environment.remove("PARC_PREVIOUS_PRINCIPAL_ID");
        Ran ran = run("postprovision");

        assertThat(ran.output()).contains("gone         the identity " + OLD); // deleted with the move
        assertThat(set()).last().isEqualTo("env|set|PARC_RETIRED_PRINCIPAL_ID||");
    }

    // --- after the app is there

    @Test
    void allRights() throws Exception {
        azure.raised();
        deployed("all rights");
        assertThat(calls).startsWith("post /api/runs", "get /api/runs/" + RUN);
    }

    @Test
    void noRightsInMicrosoftGraph() throws Exception {
        azure.raised();
        azure.mayGrant = false;
        end = UNGRANTED;
        deployed("no rights in Microsoft Graph");
        assertThat(calls).contains("post /api/runs");
        assertThat(azure.settings)
                .containsEntry("PARC_GRAPH_GRANTED", "false"); // so the run asks Microsoft Graph nothing
    }

    /** An app of an earlier version would ask, and keep a token without permissions for a day. */
    @Test
    void anAppThatDoesNotWaitIsNotStartedBeforeTheFirstGrant() throws Exception {
        Ran ran = run("postdeploy");

        assertThat(ran.output()).contains("so no run is started", "A Privileged Role Administrator");
        assertThat(calls).isEmpty();
    }

    @Test
    void noRightsInAzure() throws Exception {
        deployed("no rights in Azure");
        assertThat(calls).contains("post /api/runs");
    }

    @Test
    void microsoftGraphIsSlowToKnowTheIdentity() throws Exception {
        azure.raised();
        azure.unknownFor.set(2);
        deployed("an identity that Microsoft Graph does not know yet");
    }

    /** What both hooks print after a deployment; that of the shell stands in the document, word for word. */
    private void deployed(String situation) throws Exception {
        environment.putAll(Map.of("PARC_GRAPH_GRANTED", "false", "PARC_APP_ID", AzureCli.APP));
        Ran grants = run("postprovision");
        Ran answers = run("postdeploy");

        assertThat(List.of(grants.exit(), answers.exit())).as(grants.output()).containsOnly(0);
        assertThat(set()).isEqualTo(azure.mayGrant ? List.of("env|set|PARC_GRAPH_GRANTED|true|") : List.of());
        assertThat(answers.output())
                .doesNotContain("\u001b", "\u0007", "\u009b", "S1-12")
                .contains("The report: " + ADDRESS);
        String block = block(situation);
        String printed = (grants.output() + answers.output()).replaceAll(" +\n", "\n");
        if (language == Language.SHELL) {
            if (System.getProperty("generated", "").equals("write")) {
                String text = Template.read(DEPLOY);
                int begin = begin(text, situation);
                Files.writeString(DEPLOY, text.substring(0, begin) + printed + text.substring(begin + block.length()));
            } else {
                assertThat(block).isEqualTo(printed);
            }
        } else {
            assertThat(block)
                    .endsWith(answers.output()
                            .replace(
                                    "infra/Grant-Permissions.ps1 -Principal " + PRINCIPAL + " -Azure -Elevate",
                                    "infra/grant-permissions.sh --principal " + PRINCIPAL + " --azure --elevate")
                            .replace(" -App ", " --app "));
        }
    }

    private static String block(String situation) {
        String text = Template.read(DEPLOY);
        int begin = begin(text, situation);
        return text.substring(begin, text.indexOf("```", begin));
    }

    private static int begin(String text, String situation) {
        int mark = text.indexOf("**With " + situation + "**");
        assertThat(mark).as(situation).isPositive();
        return text.indexOf("```text\n", mark) + "```text\n".length();
    }

    @Test
    void anAppThatIsNotReadyIsWaitedForAndAFailedRunIsSaid() throws Exception {
        granted();
        unready.set(2);
        end = "{\"state\": \"FAILED\", \"reason\": \"the tenant cannot be reached\"}";

        Ran ran = run("postdeploy");

        assertThat(ran.exit()).isZero();
        assertThat(ran.output())
                .containsSubsequence(
                        "waiting      until the app answers",
                        "Run " + RUN + " has begun.",
                        "  reading the tenant",
                        "The run failed: the tenant cannot be reached");
    }

    @Test
    void aRunThatMayNotBeStartedIsSaid() throws Exception {
        granted();
        unready.set(1000);

        Ran ran = run("postdeploy");

        assertThat(ran.exit()).isZero();
        assertThat(ran.output()).contains("No run could be started: ERROR: 503 Service Unavailable");
    }

    @Test
    void withoutEntraItTakesAnOperatorsKeyAndKeepsItToItself() throws Exception {
        granted();
        key = "0123456789";
        environment.remove("PARC_API_AUDIENCE");
        Ran without = run("postdeploy");
        assertThat(without.output()).contains("it takes an operator's key");
        assertThat(calls).isEmpty();

        environment.put("PARC_OPERATOR_KEY", key);
        Ran with = run("postdeploy");
        assertThat(with.output()).contains("Where you stand:").doesNotContain(key);
        assertThat(set()).isEmpty();
    }

    private void granted() {
        azure.grants.add(new AzureCli.Grant("1", PRINCIPAL, AzureCli.GRAPH_PRINCIPAL, GROUP));
    }

    // --- before it is taken down

    @Test
    void whatIsOutsideOfTheResourceGroupIsTakenBack() throws Exception {
        azure.raised();
        run("postprovision");
        assertThat(azure.grants).isNotEmpty();

        Ran ran = run("predown");

        assertThat(ran.exit()).isZero();
        assertThat(azure.grants).isEmpty();
        assertThat(set()).containsExactly("env|set|PARC_GRAPH_GRANTED|false|"); // the next identity holds nothing
        assertThat(azure.assignments).hasSize(1); // that of whoever deploys
        assertThat(calls)
                .containsExactly(
                        "get /applications(uniqueName='parc-abc')?$select=id",
                        "delete /applications/" + GROUP,
                        "delete /directory/deletedItems/" + GROUP);
        assertThat(ran.output()).contains("purged       the app registration", "Nothing of PARC stays in the tenant");
    }

    @Test
    void anIdentityAndARegistrationThatAreGoneAreNoReasonToStop() throws Exception {
        azure.raised();
        azure.deleted = true;
        registered = false;

        Ran ran = run("predown");

        assertThat(ran.exit()).isZero();
        assertThat(ran.output())
                .contains("gone         the identity", "gone         the app registration", "Nothing of PARC stays");
    }

    @Test
    void whatStaysIsSaid() throws Exception {
        environment.put("PARC_LOCK_HISTORY", "true");
        environment.put("PARC_API_CLIENT_ID", GROUP); // somebody's own registration

        Ran ran = run("predown");

        assertThat(ran.exit()).isZero();
        assertThat(calls).isEmpty();
        assertThat(ran.output())
                .contains(
                        "This stays in the tenant",
                        "what the identity " + PRINCIPAL + " holds: infra/",
                        "parc-history");
    }

    // --- how they are run

    @Test
    void azdRunsEachOfThem() {
        String azd = Template.read(Path.of("azure.yaml"));
        for (String hook : List.of("preprovision", "postprovision", "postdeploy", "predown")) {
            assertThat(azd).contains("\n  " + hook + ":\n", "run: infra/hooks/" + file(hook));
        }
        assertThat(azd.split("continueOnError: true", -1)).hasSize(9);
    }

    /** A carriage return breaks a shell script, so git never puts one in. */
    @Test
    void noScriptGetsCarriageReturns() throws Exception {
        assertThat(Files.readAllLines(Path.of(".gitattributes"))).contains("*.sh text eol=lf", "/parc text eol=lf");
        try (Stream<Path> files = Files.walk(Template.INFRA)) {
            assertThat(files.filter(file -> file.toString().endsWith(".sh")).toList())
                    .hasSizeGreaterThan(4)
                    .allSatisfy(file -> assertThat(Template.read(file))
                            .startsWith("#!/bin/sh\n")
                            .doesNotContain("\r"));
        }
    }

    /** The lines that azd was told, each argument ended by a bar. */
    private List<String> set() throws IOException {
        Path log = folder.resolve("azd.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private String file(String hook) {
        return language == Language.SHELL
                ? hook + ".sh"
                : hook.substring(0, 1).toUpperCase(Locale.ROOT) + hook.substring(1) + ".ps1";
    }

    private Ran run(String hook) throws Exception {
        if (language == Language.SHELL) {
            return process(hook, "");
        }
        Map<String, String> all = new HashMap<>(environment);
        all.put("PATH", bin + File.pathSeparator + System.getenv("PATH"));
        return PowerShell.run(folder.resolve("infra/hooks").resolve(file(hook)), bin, all);
    }

    private Ran process(String hook, String input) throws Exception {
        String script = folder.resolve("infra/hooks").resolve(file(hook)).toString();
        ProcessBuilder builder = new ProcessBuilder(
                        language == Language.SHELL
                                ? List.of("sh", script)
                                : List.of("pwsh", "-NoProfile", "-File", script))
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PARC_"));
        builder.environment().put("PATH", bin + File.pathSeparator + System.getenv("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ran(process.exitValue(), output);
    }
}
