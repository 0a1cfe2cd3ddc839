package dev.parc.cli;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.AssessmentJson;
import dev.parc.assessment.CheckResult;
import dev.parc.check.Finding;
import dev.parc.facts.Account;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person says on the command line what an account is for, and the next run goes by it. */
class CategoriseTest {

    private static final String ID = "aaaaaaaa-0000-0000-0000-000000000001";

    @TempDir
    private Path folder = Path.of("");

    private Shell shell = new Shell(folder);

    private Shell again() {
        shell = new Shell(folder)
                .reading(
                        () -> tenant().globalAdmin(night()).globalAdmin("admin").facts());
        return shell;
    }

    private static Account night() {
        Account plain = account("night@contoso.com");
        return new Account(
                ID,
                plain.signInName(),
                plain.displayName(),
                plain.state(),
                plain.sync(),
                plain.guest(),
                plain.identityIssuers(),
                plain.invitation(),
                plain.mail(),
                plain.otherMails(),
                plain.mailbox(),
                plain.createdAt(),
                plain.passwordChangedAt());
    }

    private CheckResult answer(String check) {
        assertThat(again().run("assess", "--check", check, "--json", "-")).isEqualTo(ExitCode.DONE);
        return AssessmentJson.read(shell.out()).results().get(0);
    }

    @Test
    void theNextRunGoesByIt() {
        assertThat(answer("S1-02").findings())
                .extracting(Finding::message)
                .noneMatch(message -> message.contains("shared by several people"));

        assertThat(again().run("categorise", ID, "shared", "--reason", "of the night shift", "--by", "Ann"))
                .isEqualTo(ExitCode.DONE);

        assertThat(shell.out())
                .startsWith(ID + " is shared (shared by several people): \"of the night shift\" (by Ann on ");
        assertThat(answer("S1-02").findings())
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("shared by several people"));
        assertThat(answer("S2-10").summary()).startsWith("1 accounts are known to be shared");
    }

    @Test
    void whatIsTakenBackNoLongerCounts() {
        again().run("categorise", ID, "shared", "--reason", "one", "--by", "Ann");

        assertThat(again().run("categorise", ID, "--withdraw", "--by", "Ben")).isEqualTo(ExitCode.DONE);

        assertThat(shell.out()).contains("is no longer said to be shared", "withdrawn by Ben on ");
        assertThat(answer("S1-02").findings())
                .extracting(Finding::message)
                .noneMatch(message -> message.contains("shared by several people"));
        assertThat(again().run("categorise", ID, "--withdraw", "--by", "Ben")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theListHasWhatWasSaid() {
        assertThat(again().run("categorise", "--list")).isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).startsWith("nothing is said");
        again().run("categorise", ID, "shared", "--reason", "one", "--by", "Ann");
        again().run("categorise", ID, "dedicated", "--reason", "two", "--by", "Ben");

        again().run("categorise", "--list");
        assertThat(shell.out()).startsWith(ID + " is dedicated").hasLineCount(1);
        again().run("categorise", "--list", ID);
        assertThat(shell.out()).contains(" is dedicated", "earlier: " + ID + " is shared");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        categorise                                          | parc categorise ACCOUNT CATEGORY --reason TEXT
        categorise x                                        | parc categorise ACCOUNT CATEGORY --reason TEXT
        categorise x shared --by Ann                        | --reason is missing
        categorise x shared --reason y                      | --by is missing
        categorise x shared --reason y --by Ann             | an account is named by its object id
        categorise x shared --withdraw --by Ann             | parc categorise ACCOUNT CATEGORY --reason TEXT
        categorise x --withdraw                             | --by is missing
        """)
    void wrongUsageIsOneLineThatSaysWhatToDo(String command, String line) {
        assertThat(again().run(command.split(" +"))).isEqualTo(ExitCode.USAGE);

        assertThat(shell.err()).startsWith("parc: " + line).hasLineCount(1);
    }
}
