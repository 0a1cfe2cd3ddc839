package dev.parc.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parc.app.Stores;
import dev.parc.assessment.Ledger;
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
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(folder.resolve("link"), data.resolve("elsewhere"));
        Files.writeString(data.resolve("elsewhere"), "");
        Files.setPosixFilePermissions(data.resolve("elsewhere"), PosixFilePermissions.fromString("rw-r--r--"));

        Stores.files(folder, "contoso.com");

        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("elsewhere"))).isEqualTo("rw-r--r--");
    }

    @Test
    void aFolderThatIsClosedAlreadyIsNotWalked() throws IOException {
        Path folder = OwnerOnly.folder(data.resolve("closed"));
        Path inside = Files.writeString(folder.resolve("file"), "");
        Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("rw-r--r--"));

        OwnerOnly.folder(folder);

        assertThat(permissions(inside)).isEqualTo("rw-r--r--");
        assertThat(Optional.of(OwnerOnly.file(folder)))
                .hasValueSatisfying(attributes -> assertThat(attributes).hasSize(1));
    }
}
