package dev.parc.store.file;

import static dev.parc.assessment.Assessments.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parc.assessment.ledger.Ledger;
import dev.parc.store.LedgerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest extends LedgerContract {

    @TempDir
    private Path folder;

    @Override
    protected Ledger open(String tenantId) {
        return new FileLedger(folder, tenantId);
    }

    @Test
    void aLedgerThatIsOnlyReadLeavesNoTrace() {
        open(TENANT).newest(Ledger.Book.WAIVERS);
        open(TENANT).history(Ledger.Book.WAIVERS, "a", 1);
        open(TENANT).trim(Ledger.Book.WAIVERS, "a", 1);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void filesThatAreNoneOfItsOwnDoNotMatter() throws IOException {
        open(TENANT).append(Ledger.Book.WAIVERS, new Ledger.Entry("a", 1, "{}"));
        Path key = folder.resolve(TENANT).resolve("waivers").resolve("a");
        Files.writeString(key.resolve("0000000002.json.new"), "half of it");
        Files.writeString(key.resolve("0000000000.json"), "{}");
        Files.writeString(key.resolve("note.txt"), "{}");
        Files.createDirectory(folder.resolve(TENANT).resolve("waivers").resolve(".git"));

        assertThat(open(TENANT).newest(Ledger.Book.WAIVERS)).containsExactly(new Ledger.Entry("a", 1, "{}"));
    }

    @Test
    void aTenantIdThatIsAPathIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> open("../elsewhere"));
    }
}
