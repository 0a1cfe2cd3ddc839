package dev.parc.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The release: the staged app as one file, and its bill of materials. */
class ReleaseIT {

    private static final Path STAGING = Path.of(System.getProperty("staging"));
    private static final String RELEASE = System.getProperty("release");

    /** A cold instance fetches and unpacks it before the first answer. */
    private static final long MOST_BYTES = 17_000_000;

    @Test
    void theZipIsSmall() throws IOException {
        long bytes = Files.size(Path.of(RELEASE + ".zip"));

        System.out.printf("the package has %,d bytes%n", bytes);
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    @Test
    void theZipHoldsTheStagedAppAndNothingElse() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(STAGING)) {
            files.filter(Files::isRegularFile)
                    .forEach(file ->
                            names.add(STAGING.relativize(file).toString().replace('\\', '/')));
        }
        try (ZipFile zip = new ZipFile(RELEASE + ".zip")) {
            List<? extends ZipEntry> entries =
                    zip.stream().filter(entry -> !entry.isDirectory()).toList();
            assertThat(entries.stream().map(ZipEntry::getName))
                    .containsExactlyInAnyOrderElementsOf(names)
                    .contains("host.json")
                    .doesNotContain("local.settings.json");
            for (ZipEntry entry : entries) {
                try (InputStream content = zip.getInputStream(entry)) {
                    byte[] staged = Files.readAllBytes(STAGING.resolve(entry.getName()));
                    assertThat(Arrays.equals(content.readAllBytes(), staged))
                            .as(entry.getName() + " is what was staged")
                            .isTrue();
                }
            }
        }
    }

    /** What depends on when and where it was built would make the bytes differ. */
    @Test
    void noEntryTellsWhenItWasMade() throws IOException {
        try (ZipFile zip = new ZipFile(RELEASE + ".zip")) {
            assertThat(zip.stream().map(ZipEntry::getTime).distinct()).hasSize(1);
        }
    }

    @Test
    void theBillOfMaterialsListsEveryLibrary() throws IOException {
        assumeThat(Path.of(RELEASE + "-sbom.json"))
                .as("it is not written offline")
                .exists();
        JsonNode bill =
                new ObjectMapper().readTree(Path.of(RELEASE + "-sbom.json").toFile());
        Set<String> listed = new TreeSet<>();
        bill.path("components")
                .forEach(part -> listed.add(
                        part.path("name").asText() + "-" + part.path("version").asText() + ".jar"));

        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        Set<String> parts = new TreeSet<>();
        try (Stream<Path> libraries = Files.list(STAGING.resolve("lib"))) {
            libraries.forEach(library -> parts.add(library.getFileName().toString()));
        }
        // the worker has its own
        assertThat(listed)
                .filteredOn(part -> !part.startsWith("azure-functions-java-core-library-"))
                .isNotEmpty()
                .containsExactlyElementsOf(parts);
    }
}
