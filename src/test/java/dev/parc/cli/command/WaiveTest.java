package dev.parc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.CheckResult;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.check.Outcome;
import dev.parc.cli.Shell;
import dev.parc.cli.console.ExitCode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person waives on the command line, and the next run counts it apart. */
class WaiveTest {

    private final String until = LocalDate.now(ZoneOffset.UTC).plusDays(200).toString();

    @TempDir
    private Path folder = Path.of("");

    private Shell shell = new Shell(folder);

    /** A new shell over what is kept. */
    private Shell again() {
        shell = new Shell(folder);
        return shell;
    }

    private int waive(String... more) {
        String[] command = {"waive", "s1-04", "--owner", "Ann", "--reason", "is <b>replaced", "--until", until};
        String[] all = Stream.of(command, more).flatMap(Stream::of).toArray(String[]::new);
        return again().run(all);
    }

    private CheckResult answer() {
        assertThat(again().run("assess", "--check", "S1-04", "--json", "-")).isEqualTo(ExitCode.DONE);
        return AssessmentJson.read(shell.out()).results().get(0);
    }

    @Test
    void whatIsWaivedStaysAFailThatNoLongerFailsTheRun() {
        assertThat(again().run("assess", "--check", "S1-04", "--fail-on", "fail"))
                .isEqualTo(ExitCode.FINDINGS);

        assertThat(waive()).isEqualTo(ExitCode.DONE);

        assertThat(shell.out())
                .startsWith(
                        "S1-04 is waived: the whole item, until " + until + ", owner Ann, \"is <b>replaced\" (by Ann");
        assertThat(answer().outcome()).isEqualTo(Outcome.FAIL);
        assertThat(answer().basis()).isEqualTo(CheckResult.Basis.WAIVED);
        assertThat(again().run("assess", "--check", "S1-04", "--fail-on", "review"))
                .isEqualTo(ExitCode.DONE);
        assertThat(shell.out())
                .contains("S1-04  FAIL waived")
                .contains("; waived by Ann until " + until)
                .contains("Stage 1: no score, over only 0 of 1 item (1 waived)");
    }

    @Test
    void theReportShowsIt() {
        waive();
        Path html = folder.resolve("report.html");

        again().run("assess", "--check", "S1-04", "--html", html.toString());

        assertThat(html)
                .content()
                .contains("Waivers", "The whole item", "<bdi>is &lt;b&gt;replaced</bdi>", "<bdi>Ann</bdi>")
                .contains("data-outcome=\"WAIVED\"")
                .contains("<span class=\"badge waived\"><span aria-hidden=\"true\">~</span> Waived</span>");
    }

    @Test
    void whatIsWithdrawnCountsAgain() {
        waive();

        assertThat(again().run("waive", "S1-04", "--withdraw", "--by", "Ben")).isEqualTo(ExitCode.DONE);

        assertThat(shell.out()).contains("S1-04 is no longer waived", "; withdrawn by Ben on ");
        assertThat(answer().basis()).isEqualTo(CheckResult.Basis.AUTOMATED);
        assertThat(again().run("waive", "S1-04", "--withdraw", "--by", "Ben")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theListHasWhatStandsAndWhatDoesNot() {
        assertThat(again().run("waive", "--list")).isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).isEqualToNormalizingNewlines("no findings are waived\n");

        waive("--subject", "id of admin");
        waive("--subject", "id of admin", "--by", "Cid");
        waive("--subject", "another");
        again().run("waive", "S1-04", "--subject", "another", "--withdraw", "--by", "Ben");

        assertThat(again().run("waive", "--list")).isEqualTo(ExitCode.DONE);
        assertThat(shell.out().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("S1-04     waived: subject id of admin"))
                .anyMatch(line -> line.startsWith("S1-04     not waived: subject another"));
        assertThat(again().run("waive", "--list", "S1-04")).isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).contains("earlier: subject id of admin");
        assertThat(again().run("waive", "--list", "S1-05")).isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).contains("no findings are waived");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        waive                                                   | parc waive ITEM [--subject ID] --owner WHO
        waive S1-04                                             | --owner and --reason are needed
        waive S1-04 --owner Ann --reason x                      | --until is missing
        waive S1-04 --owner Ann --reason x --until 1999-01-01   | the last day must be from
        waive S1-04 --owner Ann --reason x --until 2999-01-01   | the last day must be from
        waive S9-99 --owner Ann --reason x --until 2999-01-01   | unknown item; the items are
        waive S1-04 --withdraw                                  | --by is missing: name who makes the decision or takes it back
        waive --list --demo --snapshot x                        | use either --demo or --snapshot, not both
        """)
    void wrongUsageIsOneLineThatSaysWhatToDo(String command, String line) {
        assertThat(shell.run(command.split(" +"))).isEqualTo(ExitCode.USAGE);

        assertThat(shell.err()).startsWith("parc: " + line).hasLineCount(1);
        assertThat(shell.out()).isEmpty();
    }
}
