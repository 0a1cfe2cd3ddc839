package dev.parc.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release: the staged app as one file, and its bill of materials. */
class ReleaseIT {

    private static final Path STAGING = Path.of(System.getProperty("staging"));
    private static final String RELEASE = System.getProperty("release");

    /** A cold instance fetches and unpacks it before the first answer. */
    private static final long MOST_BYTES = 17_000_000;

    private static final Pattern LICENCE = Pattern.compile("(\\S+\\.jar): (.+?)( \\(https?://\\S+\\))?");

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

    private static JsonNode bill() throws IOException {
        Path bill = Path.of(RELEASE + "-sbom.json");
        assumeThat(bill).as("it is not written offline").exists();
        return new ObjectMapper().readTree(bill.toFile());
    }

    /** Two of them are shrunk, and the bill says so, with what they were made of. */
    @Test
    void theBillOfMaterialsHasTheHashesOfTheFilesThatAreShipped() throws Exception {
        Set<String> shrunk = new TreeSet<>();
        for (JsonNode part : bill().path("components")) {
            String jar = part.path("name").asText() + "-" + part.path("version").asText() + ".jar";
            if (libraries().contains(jar)) {
                byte[] staged = Files.readAllBytes(STAGING.resolve("lib").resolve(jar));
                assertThat(part.path("hashes"))
                        .as(jar)
                        .hasSizeGreaterThan(4)
                        .allSatisfy(hash -> assertThat(hash.path("content").asText())
                                .as(jar)
                                .isEqualTo(HexFormat.of()
                                        .formatHex(MessageDigest.getInstance(
                                                        hash.path("alg").asText())
                                                .digest(staged))));
            }
            if (part.has("pedigree")) {
                shrunk.add(part.path("name").asText());
                JsonNode whole = part.path("pedigree").path("ancestors").path(0);
                assertThat(whole.path("purl")).isEqualTo(part.path("purl"));
                assertThat(whole.path("hashes"))
                        .hasSameSizeAs(part.path("hashes"))
                        .isNotEqualTo(part.path("hashes"));
            }
        }

        assertThat(shrunk).containsExactly("microsoft-graph", "microsoft-kiota-abstractions");
    }

    @Test
    void theBillOfMaterialsListsEveryLibrary() throws IOException {
        JsonNode bill = bill();
        Set<String> listed = new TreeSet<>();
        bill.path("components")
                .forEach(part -> listed.add(
                        part.path("name").asText() + "-" + part.path("version").asText() + ".jar"));

        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        // the worker has its own
        assertThat(listed)
                .filteredOn(part -> !part.startsWith("azure-functions-java-core-library-"))
                .isNotEmpty()
                .containsExactlyElementsOf(libraries());
    }

    /** Skipped where the compiler is not on the path, as the release has no such file then. */
    @Test
    void theCompiledTemplatesAreWhatTheSourcesGive(@TempDir Path folder) throws Exception {
        Bicep bicep = Bicep.in(folder);

        for (String template : List.of("main", "app")) {
            Bicep.Said said = bicep.run(Map.of(), "build", template + ".bicep", "--outfile", "compiled.json");
            assertThat(said.exit()).as(said.err()).isZero();
            assertThat(Path.of(RELEASE + "-" + template + ".json"))
                    .hasSameTextualContentAs(bicep.infra().resolve("compiled.json"));
        }
    }

    @Test
    void theReleaseNamesTheLicenceOfEveryLibrary() throws IOException {
        Map<String, String> licences = new TreeMap<>();
        try (ZipFile zip = new ZipFile(RELEASE + ".zip");
                InputStream list = zip.getInputStream(zip.getEntry("THIRD-PARTY.txt"))) {
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(LICENCE::matcher)
                    .filter(Matcher::matches)
                    .forEach(line -> licences.put(line.group(1), line.group(2)));
        }

        assertThat(licences.keySet()).containsExactlyElementsOf(libraries());
        assertThat(licences.values().stream().flatMap(all -> Stream.of(all.split(", or ", -1))))
                .as("a licence that is new here is to be read before it is shipped")
                .isSubsetOf("Apache License 2.0", "BSD 2-Clause License", "LGPL-2.1-or-later", "MIT License", "MIT-0");
    }

    private static Set<String> libraries() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> libraries = Files.list(STAGING.resolve("lib"))) {
            libraries.forEach(library -> names.add(library.getFileName().toString()));
        }
        return names;
    }
}
