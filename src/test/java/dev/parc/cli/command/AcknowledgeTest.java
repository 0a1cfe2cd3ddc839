package dev.parc.cli.command;

import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.app.Stores;
import dev.parc.assessment.register.AdministratorLists;
import dev.parc.cli.Shell;
import dev.parc.cli.console.ExitCode;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person acknowledges a new administrator on the command line. */
class AcknowledgeTest {

    private static final Pattern KEY = Pattern.compile("key (\\S+)");

    @TempDir
    private Path folder = Path.of("");

    private Shell shell = new Shell(folder);

    private int run(String... command) {
        shell = new Shell(folder);
        return shell.run(command);
    }

    private String list() {
        assertThat(run("acknowledge", "--demo", "--list")).isEqualTo(ExitCode.DONE);
        return shell.out();
    }

    private void kimBecomesGlobalAdministrator() {
        AdministratorLists lists =
                AdministratorLists.compared(Stores.files(folder, "tenant").ledger(), run -> true);
        lists.keep("20260901T120000Z-00000001", tenant().globalAdmin("ann").facts());
        Facts later = tenant().globalAdmin("ann").globalAdmin("kim").facts();
        lists.keep(
                "20260902T120000Z-00000002",
                later.with(Map.of(
                        FactKind.EARLIER_ADMINISTRATORS,
                        lists.before(
                                "20260902T120000Z-00000002", later.takenAt().plusSeconds(1)))));
    }

    @Test
    void whoIsNewIsListedAcknowledgedAndOpenedAgain() {
        assertThat(list()).isEqualTo("no new administrators, and no acknowledgements\n");
        kimBecomesGlobalAdministrator();
        Matcher key = KEY.matcher(list());
        assertThat(key.find()).isTrue();

        assertThat(run("acknowledge", "--demo", key.group(1), "--reason", "takes over", "--by", "Ann"))
                .isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).startsWith("acknowledged: ").contains("\"takes over\" (by Ann on ");
        assertThat(list()).contains("acknowledged: ").contains("key " + key.group(1));

        assertThat(run("acknowledge", "--demo", key.group(1), "--withdraw", "--by", "Ben"))
                .isEqualTo(ExitCode.DONE);
        assertThat(list()).contains("not acknowledged: ").contains("withdrawn by Ben");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(run("acknowledge", "--demo")).isEqualTo(ExitCode.USAGE);
        assertThat(run("acknowledge", "--demo", "x.y", "--by", "Ann")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("--reason is missing");
        assertThat(run("acknowledge", "--demo", "x.y", "--reason", "because", "--by", "Ann"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("no new administrator in the latest run has this key");
        assertThat(run("acknowledge", "--demo", "x.y", "--withdraw", "--by", "Ann"))
                .isEqualTo(ExitCode.USAGE);
    }
}
