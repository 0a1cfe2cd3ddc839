package dev.parc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.cli.console.ExitCode;
import dev.parc.report.ExportFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportCommandsTest {

    @TempDir
    private Path folder = Path.of("");

    private Shell shell = new Shell(folder);

    @BeforeEach
    void open() {
        shell = new Shell(folder.resolve("runs"));
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatIsWrittenToItsFile(ExportFormat format) throws IOException {
        Path json = folder.resolve("run.json");
        Path file = folder.resolve("run." + format.extension());
        String option = "--" + format.name().toLowerCase(Locale.ROOT);

        assertThat(shell.run("assess", "--stage", "1", option, file.toString(), "--quiet"))
                .isEqualTo(ExitCode.DONE);
        assertThat(new Shell(folder.resolve("runs")).run("report", "--json", json.toString()))
                .isEqualTo(ExitCode.DONE);

        Assessment run = AssessmentJson.read(Files.readString(json));
        assertThat(Files.readString(file)).isEqualTo(format.write(run));
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"json, {", "csv, \"", "markdown, # PARC", "sarif, {", "oscal, {", "junit, <?xml"})
    void aFormatOnStandardOutputStandsAlone(String format, String beginning) {
        assertThat(shell.run("assess", "--stage", "1", "--format", format)).isEqualTo(ExitCode.DONE);

        assertThat(shell.out()).startsWith(beginning).doesNotContain("ITEM   OUTCOME");
        assertThat(shell.err()).contains("reading the live tenant").doesNotContain("S1-01");
    }

    @Test
    void aDashIsStandardOutput() {
        assertThat(shell.run("assess", "--stage", "1", "--sarif", "-")).isEqualTo(ExitCode.DONE);

        assertThat(shell.out()).startsWith("{\n  \"$schema\"");
        assertThat(shell.err()).contains("S1-01");
    }

    @Test
    void twoDocumentsOnStandardOutputAreRefusedBeforeAnythingIsRead() {
        shell.reading(() -> {
            throw new AssertionError("read");
        });

        assertThat(shell.run("assess", "--json", "-", "--csv", "-")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("assess", "--format", "sarif", "--csv", "-")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("only one document can go to standard output");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--html", "--administrators-csv"})
    void whatIsOnlyWrittenToFilesDoesNotGoToStandardOutput(String option) {
        assertThat(shell.run("assess", option, "-")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("need a file name; they cannot write to standard output");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--csv", "--administrators-csv", "--junit"})
    void aFileThatCannotBeWrittenIsRefusedBeforeAnythingIsRead(String option) {
        shell.reading(() -> {
            throw new AssertionError("read");
        });

        assertThat(shell.run("assess", option, folder.resolve("no/such/folder").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("cannot write");
    }

    @Test
    void theAdministratorsAreWrittenWhereTheRunListsThem() throws IOException {
        Path file = folder.resolve("administrators.csv");

        shell.run("assess", "--check", "S1-04", "--administrators-csv", file.toString());
        assertThat(file).doesNotExist();
        assertThat(shell.err()).contains("does not list the administrators");

        Shell other = new Shell(folder.resolve("others"));
        other.run("assess", "--stage", "1");
        other.run("report", "--administrators-csv", file.toString());
        assertThat(Files.readString(file)).startsWith("\"Administrator\"").contains("id of admin");
    }

    @Test
    void quietStillTellsWhatIsWrong() {
        assertThat(shell.run("report", "--quiet")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("no runs are stored yet; 'parc assess' makes one");
        assertThat(shell.run("assess", "--check", "S1-04", "--quiet", "--fail-on", "fail"))
                .isEqualTo(ExitCode.FINDINGS);
        assertThat(shell.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"20260101T000000Z-00000000", "../../etc/passwd", "x"})
    void anUnknownRunIsOneLine(String run) {
        assertThat(shell.run("report", "--run", run)).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err())
                .isEqualToIgnoringNewLines(
                        "parc: no finished run has the id '" + run + "'; 'parc history' lists the newest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "diff | fewer than two finished runs",
                "diff one | name two runs",
                "diff one two | 'one' is neither the id of a run",
                "history S9-99 | Unknown item",
                "history --limit 0 | --limit must be from 1 to 1000",
                "trend --stage 9 | Unknown stage",
                "trend --format nonsense | Invalid value for option '--format'"
            })
    void wrongUsageIsToldInOneLine(String command, String message) {
        assertThat(shell.run(command.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).startsWith("parc: ").contains(message);
        assertThat(shell.err().strip()).doesNotContain("\n");
    }

    @Test
    void beforeTheFirstRunThereIsNoHistory() {
        assertThat(shell.run("history")).isEqualTo(ExitCode.DONE);
        assertThat(shell.run("trend")).isEqualTo(ExitCode.DONE);
        assertThat(shell.run("history", "S1-04")).isEqualTo(ExitCode.DONE);
        assertThat(shell.out())
                .contains(
                        "no runs are stored yet",
                        "no run has assessed a whole stage yet",
                        "no run has assessed this item yet");
    }

    @Test
    void theCompletionIsAScriptThatBashTakes() throws IOException, InterruptedException {
        assertThat(shell.run("completion")).isEqualTo(ExitCode.DONE);
        Path script = Files.writeString(folder.resolve("completion"), shell.out());

        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "set -e; source \"$0\"; COMP_WORDS=(parc as); COMP_CWORD=1; complete -p parc; "
                                + "$(complete -p parc | sed 's/.*-F \\([^ ]*\\).*/\\1/'); echo \"${COMPREPLY[@]}\"",
                        script.toString())
                .redirectErrorStream(true)
                .start();
        bash.getOutputStream().close();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).as(said).isZero();
        assertThat(said).contains("assess");
    }
}
