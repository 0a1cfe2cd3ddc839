package dev.parc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parc.app.Stores;
import dev.parc.assessment.decision.AccountCategory;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.register.AccountCategories;
import dev.parc.cli.Shell;
import dev.parc.cli.console.ExitCode;
import dev.parc.facts.Category;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
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
        shell = new Shell(folder);
        return shell;
    }

    private List<Revision<AccountCategory>> kept() {
        return new AccountCategories(Stores.files(folder, "tenant").ledger(), Clock.systemUTC()).newest();
    }

    @Test
    void whatIsSaidIsKeptWithWhoSaidItAndWhy() {
        assertThat(again().run("categorise", ID, "shared", "--reason", "of the night shift", "--by", "Ann"))
                .isEqualTo(ExitCode.DONE);

        assertThat(shell.out())
                .startsWith(ID + " is shared (shared by several people): \"of the night shift\" (by Ann on ");
        assertThat(kept())
                .extracting(Revision::value)
                .extracting(AccountCategory::category, AccountCategory::reason, AccountCategory::by)
                .containsExactly(tuple(Category.SHARED, "of the night shift", "Ann"));
    }

    @Test
    void whatIsTakenBackNoLongerCounts() {
        again().run("categorise", ID, "shared", "--reason", "one", "--by", "Ann");

        assertThat(again().run("categorise", ID, "--withdraw", "--by", "Ben")).isEqualTo(ExitCode.DONE);

        assertThat(shell.out()).contains("is no longer categorised as shared", "withdrawn by Ben on ");
        assertThat(kept()).singleElement().matches(one -> !one.stands());
        assertThat(again().run("categorise", ID, "--withdraw", "--by", "Ben")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theListHasWhatWasSaid() {
        assertThat(again().run("categorise", "--list")).isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).startsWith("no account has a category");
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
        categorise x shared --reason y --by Ann             | name the account by its object id
        categorise x shared --withdraw --by Ann             | parc categorise ACCOUNT CATEGORY --reason TEXT
        categorise x --withdraw                             | --by is missing
        """)
    void wrongUsageIsOneLineThatSaysWhatToDo(String command, String line) {
        assertThat(again().run(command.split(" +"))).isEqualTo(ExitCode.USAGE);

        assertThat(shell.err()).startsWith("parc: " + line).hasLineCount(1);
    }
}
