package dev.parc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.CheckResult;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.check.Asking;
import dev.parc.check.Outcome;
import dev.parc.cli.Shell;
import dev.parc.cli.console.ExitCode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person attests on the command line, and the next run counts it. */
class AttestTest {

    private final String until = LocalDate.now(ZoneOffset.UTC).plusDays(200).toString();

    @TempDir
    private Path folder = Path.of("");

    private Shell shell = new Shell(folder);

    @BeforeEach
    void open() {
        again();
    }

    /** A new shell over what is kept. */
    private Shell again() {
        shell = new Shell(folder).asking(new Asking.TwoStatements()).asking(new Asking.OneStatement());
        return shell;
    }

    private CheckResult answer(String item) {
        assertThat(again().run("assess", "--check", item, "--json", "-")).isEqualTo(ExitCode.DONE);
        return AssessmentJson.read(shell.out()).results().get(0);
    }

    @Test
    void whatIsAttestedCountsInTheNextRun() {
        assertThat(answer("S2-93").outcome()).isEqualTo(Outcome.REVIEW);

        assertThat(again().run(
                                "attest",
                                "s2-93",
                                "--by",
                                "Ann",
                                "--until",
                                until,
                                "--evidence",
                                "https://wiki.example.com/plan",
                                "--note",
                                "read it all"))
                .isEqualTo(ExitCode.DONE);

        assertThat(shell.out())
                .startsWith("S2-93, statement 1 is attested: by Ann on ")
                .contains("until " + until + ", https://wiki.example.com/plan, \"read it all\"", "\"All is well\"");
        CheckResult answer = answer("S2-93");
        assertThat(answer.outcome()).isEqualTo(Outcome.PASS);
        assertThat(answer.basis()).isEqualTo(CheckResult.Basis.ATTESTED);
        assertThat(answer.attestations()).singleElement().satisfies(signed -> {
            assertThat(signed.words()).isEqualTo("All is well");
            assertThat(signed.attestation().by()).isEqualTo("Ann");
            assertThat(signed.attestation().evidence()).contains("https://wiki.example.com/plan");
            assertThat(signed.attestation().validUntil()).isEqualTo(until);
        });
    }

    @Test
    void halfOfItIsAReviewThatShowsTheHalf() {
        shell.run("attest", "S2-90", "--statement", "2", "--by", "Ann", "--until", until);

        CheckResult answer = answer("S2-90");

        assertThat(answer.outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(answer.basis()).isEqualTo(CheckResult.Basis.AUTOMATED);
        assertThat(answer.reasons()).containsExactly("\"The plan exists\" is not attested");
        assertThat(answer.attestations())
                .singleElement()
                .satisfies(signed -> assertThat(signed.words()).isEqualTo("The plan is tested"));
    }

    @Test
    void whatIsWithdrawnCountsNoLonger() {
        shell.run("attest", "S2-93", "--by", "Ann", "--until", until);

        assertThat(again().run("attest", "S2-93", "--withdraw", "--by", "Ben")).isEqualTo(ExitCode.DONE);

        assertThat(shell.out()).contains("no longer attested: by Ann on ", "; withdrawn by Ben on ");
        assertThat(answer("S2-93").outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(again().run("attest", "S2-93", "--withdraw", "--by", "Ben")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("S2-93, statement 1 is not attested, so there is nothing to withdraw");
    }

    @Test
    void theListHasEveryStatementAndWhatIsSaidOfIt() {
        shell.run("attest", "S2-90", "--statement", "1", "--by", "Ann", "--until", until);
        again().run("attest", "S2-90", "--statement", "1", "--by", "Ben", "--until", until);

        assertThat(again().run("attest", "--list")).isEqualTo(ExitCode.DONE);
        assertThat(shell.out())
                .contains("1. \"The plan exists\"", "attested: by Ben on ", "2. \"The plan is tested\"", "not attested")
                .contains("S2-93")
                .doesNotContain("by Ann");

        assertThat(again().run("attest", "--list", "S2-90")).isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).contains("earlier: by Ann on ").doesNotContain("S2-93");
    }

    @Test
    void theReportShowsWhoAttests() {
        shell.run("attest", "S2-93", "--by", "<b>Ann", "--until", until, "--evidence", "https://a.example/?a=1&b='2");
        Path html = folder.resolve("report.html");

        again().run("assess", "--check", "S2-93", "--html", html.toString());

        assertThat(html)
                .content()
                .contains("Attestations", "All is well", "<bdi>&lt;b&gt;Ann</bdi>", "<time datetime=\"" + until + "\">")
                .contains("<a href=\"https://a.example/?a=1&amp;b=&#39;2\" rel=\"noopener noreferrer\">")
                .doesNotContain("<b>Ann");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            attest                                                 | parc attest ITEM --by WHO --until DATE, parc attest --list [ITEM], parc attest ITEM --withdraw --by WHO, parc attest --template FILE, or parc attest --file FILE
            attest --list --withdraw                               | parc attest ITEM --by WHO --until DATE, parc attest --list [ITEM], parc attest ITEM --withdraw --by WHO, parc attest --template FILE, or parc attest --file FILE
            attest S2-93 --by Ann                                  | --until is missing: name the last day it is valid, for example 2026-12-31
            attest S2-93 --until 2999-01-01                        | --by is missing: name who makes the decision or takes it back
            attest S2-90 --by Ann --until 2999-01-01               | S2-90 has 2 statements; choose one with --statement, see 'parc attest --list S2-90'
            attest S2-90 --statement 3 --by Ann --until 2999-01-01 | S2-90 has the statements 1 to 2
            attest S1-04 --by Ann --until 2999-01-01               | this item has no statements to attest; the items that have some are
            attest S2-93 --by Ann --until 1999-01-01               | the last day must be from
            attest S2-93 --by Ann --until 2999-01-01               | the last day must be from
            attest S2-93 --by Ann --until tomorrow                 | Invalid value for option '--until'
            attest S2-93 --withdraw                                | --by is missing: name who makes the decision or takes it back
            """)
    void wrongUsageIsOneLineThatSaysWhatToDo(String command, String line) {
        assertThat(shell.run(command.split(" +"))).isEqualTo(ExitCode.USAGE);

        assertThat(shell.err()).startsWith("parc: " + line).hasLineCount(1);
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void hostileWordsCannotDriveTheTerminal() {
        assertThat(shell.run("attest", "S2-93", "--by", "Ann\u001b[2J", "--until", until))
                .isEqualTo(ExitCode.USAGE);

        assertThat(shell.err()).doesNotContain("\u001b");
    }
}
