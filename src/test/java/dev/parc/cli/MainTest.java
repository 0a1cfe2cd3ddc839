package dev.parc.cli;

import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.check.Check;
import dev.parc.check.Stage;
import dev.parc.check.TenantBuilder;
import dev.parc.cli.console.ExitCode;
import dev.parc.collect.TenantException;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    private static final List<String> IDS =
            Roadmap.checks().stream().map(check -> Check.card(check).id()).toList();
    private static final String[] STAGE_1 = {"S1-01", "S1-02", "S1-03", "S1-04", "S1-05", "S1-06", "S1-07"};

    @TempDir
    private Path folder = Path.of("");

    private Shell shell = new Shell(folder);

    @BeforeEach
    void open() {
        shell = new Shell(folder.resolve("runs"));
    }

    @Test
    void assessAnswersEveryItem() {
        assertThat(shell.run("assess")).isEqualTo(ExitCode.DONE);

        assertThat(shell.out())
                .contains(STAGE_1)
                .contains("Contoso (tenant), live")
                .contains(IDS)
                .contains("41 Graph calls (GET /users/{id} 14, GET /organization 1), 2 throttled")
                .doesNotContainIgnoringCase("demo");
    }

    @Test
    void thePositionAndWhatToDoNextFollowTheAnswers() {
        shell.run("assess");

        assertThat(shell.out())
                .contains("no deadline, because PARC_ROADMAP_START is not set")
                .contains("All: ")
                .containsPattern(
                        "(?s)\\nWHAT TO DO FIRST\\n1\\. S1-0\\d .*\\n   critical, .*Steps: parc check S1-0\\d");
    }

    @Test
    void oneItemIsAnsweredAlone() {
        assertThat(shell.run("assess", "--check", "s1-04")).isEqualTo(ExitCode.DONE);

        assertThat(shell.out()).contains("S1-04  FAIL").doesNotContain("S1-01", "S1-07", "Not built yet");
    }

    @Test
    void theAnswersAreKept() {
        shell.run("assess", "--stage", "1");

        assertThat(shell.store().latest(Stage.S1))
                .hasValueSatisfying(run -> assertThat(run.results()).hasSize(7));
    }

    @Test
    void noStoreKeepsNothing() {
        assertThat(shell.run("assess", "--no-store")).isEqualTo(ExitCode.DONE);

        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void demoSaysDemoInEveryOutput() throws IOException {
        Path html = folder.resolve("report.html");
        Path json = folder.resolve("run.json");

        assertThat(shell.run("demo", "--html", html.toString(), "--json", json.toString()))
                .isEqualTo(ExitCode.DONE);

        assertThat(shell.out()).startsWith("demo: ").contains("report: " + html).contains("results: " + json);
        assertThat(html).content().contains("<title>Demo: PARC report: Contoso</title>");
        assertThat(AssessmentJson.read(Files.readString(json)).source()).isEqualTo("demo");
    }

    /** A page: the stages, what to do first, what changed, and how to see the rest. */
    @Test
    void theDemoPrintsAPageAndAllOnRequest() {
        String html = folder.resolve("report.html").toString();
        shell.run("demo", "--html", html);
        String first = shell.out();
        shell.run("demo", "--html", html, "--all");

        assertThat(first.lines()).hasSizeLessThan(50);
        assertThat(first)
                .containsPattern("Stage 1 +\\d+% .*\\d fail")
                .contains("WHAT TO DO FIRST\n1. S1-0", "\nAll %d answers: --all".formatted(IDS.size()))
                .doesNotContain("ITEM ", "Since the run");
        assertThat(shell.out().substring(first.length())).contains(IDS).contains("ITEM ");
    }

    @Test
    void singleItemsOfTheDemoAreShownWhole() {
        shell.run(
                "demo",
                "--check",
                "S1-04",
                "--html",
                folder.resolve("report.html").toString());

        assertThat(shell.out()).contains("S1-04  FAIL");
    }

    @Test
    void theReportListsTheAdministratorsWhereTheRunReadWhatThatTakes() {
        Path stage = folder.resolve("stage.html");
        Path item = folder.resolve("item.html");

        shell.run("assess", "--stage", "1", "--html", stage.toString());
        shell.run("assess", "--check", "S1-04", "--html", item.toString());

        assertThat(stage).content().contains("<h2 id=\"administrators\">", "id of admin");
        assertThat(item).content().doesNotContain("<h2 id=\"administrators\">");
    }

    @Test
    void jsonOnStandardOutputStandsAlone() {
        assertThat(shell.run("assess", "--json", "-")).isEqualTo(ExitCode.DONE);

        Assessment assessment = AssessmentJson.read(shell.out());
        assertThat(assessment.results()).hasSameSizeAs(Roadmap.checks());
        assertThat(shell.err()).contains(STAGE_1);
    }

    @ParameterizedTest
    @CsvSource({"fail, 1", "review, 1", "FAIL, 1"})
    void failOnTurnsAFindingIntoTheExitCode(String failOn, int exitCode) {
        assertThat(shell.run("assess", "--check", "S1-04", "--fail-on", failOn)).isEqualTo(exitCode);
    }

    @Test
    void whereNothingCouldBeReadNothingIsAssessed() {
        shell.reading(MainTest::unreadable);

        assertThat(shell.run("assess", "--fail-on", "review")).isEqualTo(ExitCode.NOTHING_ASSESSED);
        assertThat(shell.out())
                .contains("NOT ASSESSED")
                .contains("403 from Graph")
                .contains("no score");
    }

    @Test
    void aTenantThatCannotBeReachedIsOneLine() {
        shell.reading(() -> {
            throw new TenantException("no credential was found; sign in with az login");
        });

        assertThat(shell.run("assess")).isEqualTo(ExitCode.NOTHING_ASSESSED);
        assertThat(lastLine(shell.err()))
                .isEqualTo("parc: no credential was found; sign in with az login; 'parc demo' shows PARC without a"
                        + " tenant");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void whatIsUnexpectedIsOneLineUnlessDetailsAreAskedFor() {
        shell.reading(() -> {
            throw new IllegalStateException("secret detail");
        });

        assertThat(shell.run("assess")).isEqualTo(ExitCode.NOTHING_ASSESSED);
        assertThat(lastLine(shell.err()))
                .isEqualTo("parc: an unexpected IllegalStateException; PARC_DEBUG=1 shows its details");
        assertThat(shell.err()).doesNotContain("\tat ");

        shell.with("PARC_DEBUG", "1").run("assess");
        assertThat(shell.err()).contains("secret detail", "\tat ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        assess --stage 7              | Unknown stage; the stages are S1, S2, S3, S4, BG
        assess --demo --snapshot x    | use either --demo or --snapshot, not both
        assess --demo --record x      | --record needs a live tenant; leave out --demo and --snapshot
        snapshot export x --snapshot y | --snapshot needs --redact; without it, copy the file
        assess --html /no/such/a.html | cannot write /no/such/a.html; name a file in a folder that exists
        assess --json /no/such/a.json | cannot write /no/such/a.json; name a file in a folder that exists
        assess --fail-on never        | Invalid value for option '--fail-on': expected one of [FAIL, REVIEW] (case-insensitive) but was 'never'; see parc assess --help
        assess --nonsense             | unknown option '--nonsense'; see parc assess --help
        assess --htlm=x               | unknown option '--htlm=x'; did you mean '--html'? See parc assess --help
        demo --nostore x              | unknown option '--nostore'; did you mean '--no-store'? See parc demo --help
        nonsense                      | unknown command 'nonsense'; see parc --help
        asess                         | unknown command 'asess'; did you mean 'assess'? See parc --help
        Explian ada                   | unknown command 'Explian'; did you mean 'explain'? See parc --help
        snapshot exprot x.zip         | unknown command 'exprot'; did you mean 'export'? See parc snapshot --help
        check S1-04 S1-05             | unknown argument 'S1-05'; see parc check --help
        snapshot                      | Missing required subcommand; see parc snapshot --help
        serve --port 70000            | --port must be from 0 to 65535
        """)
    void wrongUsageIsOneLineThatSaysWhatToDo(String command, String line) {
        assertThat(shell.run(command.split(" "))).isEqualTo(ExitCode.USAGE);

        assertThat(shell.err()).isEqualToNormalizingNewlines("parc: " + line + "\n");
        assertThat(shell.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"assess --check S9-99", "check S9-99"})
    void aWrongItemIsOneLineThatNamesTheRightOnes(String command) {
        assertThat(shell.run(command.split(" "))).isEqualTo(ExitCode.USAGE);

        assertThat(shell.err())
                .hasLineCount(1)
                .startsWith("parc: Unknown item; the items are S1-01, S1-02, ")
                .contains(IDS);
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void aWrongSettingIsOneLineThatNamesIt() {
        assertThat(shell.with("PARC_GRAPH_ENDPOINT", "http://graph.example").run("assess"))
                .isEqualTo(ExitCode.USAGE);

        assertThat(shell.err()).startsWith("parc: PARC_GRAPH_ENDPOINT must be").hasLineCount(1);
    }

    @Test
    void hostileNamesCannotDriveTheTerminal() {
        shell.tenantName("Con\u001B[2Jtoso\u202E\n\u0007");
        shell.run("assess");

        assertThat(shell.out())
                .contains("Con[U+001B][2Jtoso[U+202E][U+000A][U+0007] (tenant)")
                .doesNotContain("\u001B", "\u202E");
    }

    @Test
    void coloursAreForTerminalsOnly() {
        shell.onTerminal().run("assess");

        assertThat(shell.out()).contains("\u001B[31;1mFAIL          \u001B[0m");
    }

    @Test
    void noColorIsHeeded() {
        shell.onTerminal().with("NO_COLOR", "1").run("assess");

        assertThat(shell.out()).doesNotContain("\u001B");
    }

    @Test
    void progressIsOneLineThatIsClearedOnATerminal() {
        shell.onTerminal().run("assess");

        assertThat(shell.err())
                .contains("\r\u001B[Kreading role assignments")
                .endsWith("\r\u001B[K")
                .doesNotContain("\n");
    }

    @Test
    void elsewhereProgressIsOnlyHowItBegins() {
        shell.run("assess");

        assertThat(shell.err()).isEqualToNormalizingNewlines("parc: reading the live tenant\n");
    }

    @Test
    void manyFindingsAreBounded() {
        TenantBuilder many = tenant();
        for (int number = 0; number < 30; number++) {
            many.globalAdmin("admin" + number);
        }

        shell.reading(many::facts).run("assess", "--check", "S1-07");

        assertThat(shell.out()).containsOnlyOnce("and 25 more (--json and --html have all)");
    }

    @Test
    void checkListsAllChecks() {
        assertThat(shell.run("check")).isEqualTo(ExitCode.DONE);

        assertThat(shell.out().lines())
                .hasSameSizeAs(IDS)
                .allMatch(line -> Pattern.matches("(S\\d|BG)-\\d\\d  \\S+ +\\S.*", line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"S1-04", "s1-04"})
    void checkPrintsThePage(String id) {
        assertThat(shell.run("check", id)).isEqualTo(ExitCode.DONE);

        assertThat(shell.out()).startsWith("# S1-04 ").contains("## How to fix it");
    }

    @Test
    void anExportSaysWhatItHoldsAndWhatNot() {
        shell.reading(() -> tenant().globalAdmin("admin")
                .unread(FactKind.DOMAINS, "403 from Graph")
                .facts());

        assertThat(shell.run("snapshot", "export", "tenant.zip")).isEqualTo(ExitCode.DONE);

        assertThat(shell.out()).isEqualToNormalizingNewlines("snapshot: tenant.zip (41 Graph calls)\n");
        assertThat(shell.err()).contains("not in the snapshot: domains: 403 from Graph");
    }

    @Test
    void anExportOverwritesNothing() throws IOException {
        Path there = Files.writeString(folder.resolve("tenant.zip"), "kept");

        assertThat(shell.run("snapshot", "export", there.toString())).isEqualTo(ExitCode.USAGE);

        assertThat(shell.err()).isEqualToNormalizingNewlines("parc: " + there + " already exists; name a new file\n");
        assertThat(there).hasContent("kept");
    }

    @Test
    void aSnapshotIsRedactedIntoACopy() {
        Path copy = folder.resolve("copy.zip");

        assertThat(shell.run(
                        "snapshot", "export", copy.toString(), "--redact", "--snapshot", "src/main/resources/demo"))
                .isEqualTo(ExitCode.DONE);

        assertThat(shell.out()).isEqualToNormalizingNewlines("snapshot: " + copy + " (redacted)\n");
        assertThat(copy).isNotEmptyFile();
    }

    @Test
    void aSnapshotIsNotMistakenForALiveTenant() {
        shell.run("assess", "--snapshot", "tenant.zip");

        assertThat(shell.out()).contains("Contoso (tenant), snapshot", "41 replayed Graph calls");
    }

    @Test
    void aBrokenSnapshotIsOneLineWithoutAHint() {
        shell.reading(() -> {
            throw new TenantException("tenant.zip is no snapshot");
        });

        assertThat(shell.run("assess", "--snapshot", "tenant.zip")).isEqualTo(ExitCode.USAGE);
        assertThat(lastLine(shell.err())).isEqualTo("parc: tenant.zip is no snapshot");
    }

    @Test
    void helpAndVersionAreThere() {
        assertThat(shell.run("--version")).isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).startsWith("parc ");
        for (String command :
                new String[] {"assess", "demo", "explain", "attest", "waive", "check", "serve", "snapshot"}) {
            assertThat(shell.run(command, "--help")).isEqualTo(ExitCode.DONE);
            assertThat(shell.out()).contains("Usage: parc " + command);
        }
    }

    @Test
    void withoutACommandTheUsageIsShown() {
        assertThat(shell.run()).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("Usage: parc", "assess", "demo", "Exit codes:");
    }

    private static Facts unreadable() {
        TenantBuilder tenant = tenant();
        Stream.of(FactKind.values()).forEach(kind -> tenant.unread(kind, "403 from Graph"));
        return tenant.facts();
    }

    private static String lastLine(String text) {
        return text.lines().reduce("", (earlier, later) -> later);
    }
}
