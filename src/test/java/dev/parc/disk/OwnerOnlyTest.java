package dev.parc.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parc.app.Stores;
import dev.parc.assessment.ledger.Ledger;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of subscriptions and names of administrators are for the owner of the files alone. */
class OwnerOnlyTest {

    @TempDir
    Path data;

    @BeforeEach
    void onlyWhereThereAreSuchPermissions() {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    }

    private static List<String> permissionsBelow(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(path -> (Files.isDirectory(path) ? "d" : "-") + permissions(path))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatIsKeptIsForItsOwnerAlone() throws IOException {
        Path folder = data.resolve(".parc/live");
        Stores.files(folder, "contoso.com")
                .ledger()
                .append(Ledger.Book.HOOKS, new Ledger.Entry("a", 1, "{\"key\":\"secret\"}"));

        assertThat(permissionsBelow(data.resolve(".parc"))).containsExactly("-rw-------", "drwx------");
    }

    @Test
    void whatAnEarlierReleaseLeftOpenIsClosedWhenItIsOpened() throws IOException {
        Path folder = data.resolve("live");
        Path file = Files.createDirectories(folder.resolve("ledger/contoso.com/hooks"))
                .resolve("a.json");
        Files.writeString(file, "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Path own = folder.resolve("ledger/contoso.com");
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(own.resolve("link"), data.resolve("elsewhere"));
        Files.writeString(data.resolve("elsewhere"), "");
        Files.setPosixFilePermissions(data.resolve("elsewhere"), PosixFilePermissions.fromString("rw-r--r--"));

        Stores.files(folder, "contoso.com");

        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(own)).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("elsewhere"))).isEqualTo("rw-r--r--");
    }

    /** A folder that is named for PARC's data may be a home, a share or a work tree. */
    @Test
    void whatIsNotOfPARCStaysAsItIs() throws IOException {
        Path home = Files.createDirectories(data.resolve("home/runs/other"));
        Path script = Files.writeString(home.resolve("run.sh"), "");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(data.resolve("home"), PosixFilePermissions.fromString("rwxr-xr-x"));

        Stores.files(data.resolve("home"), "contoso.com")
                .ledger()
                .append(Ledger.Book.HOOKS, new Ledger.Entry("a", 1, "{}"));
        OwnerOnly.folder(data.resolve("home"));

        assertThat(permissions(script)).isEqualTo("rwxr-xr-x");
        assertThat(permissions(data.resolve("home"))).isEqualTo("rwxr-xr-x");
        assertThat(permissionsBelow(data.resolve("home/ledger"))).containsExactly("-rw-------", "drwx------");
    }

    @Test
    void aFolderThatIsClosedAlreadyIsNotWalked() throws IOException {
        Path folder = OwnerOnly.ownFolder(data.resolve("closed"));
        Path inside = Files.writeString(folder.resolve("file"), "");
        Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("rw-r--r--"));

        OwnerOnly.ownFolder(folder);

        assertThat(permissions(inside)).isEqualTo("rw-r--r--");
        assertThat(Optional.of(OwnerOnly.file(folder)))
                .hasValueSatisfying(attributes -> assertThat(attributes).hasSize(1));
    }
}
