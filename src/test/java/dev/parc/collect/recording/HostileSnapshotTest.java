package dev.parc.collect.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parc.collect.TenantException;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever somebody hands over as a snapshot, it is read or refused in one line. */
class HostileSnapshotTest {

    private static final String HEADING =
            "{\"format\":\"parc-snapshot/1\",\"tenantId\":\"t\",\"takenAt\":\"2026-01-31T12:00:00Z\"";

    @TempDir
    Path folder;

    private Path tenant(Map<String, String> files) throws IOException {
        Path path = folder.resolve("tenant");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = path.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.writeString(target, file.getValue());
        }
        return path;
    }

    private Path zip(String name, byte[] content) throws IOException {
        Path path = folder.resolve("tenant.zip");
        try (OutputStream stream = Files.newOutputStream(path);
                ZipOutputStream zip = new ZipOutputStream(stream)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }
        return path;
    }

    private static String listing(String file) {
        return HEADING + ",\"requests\":[{\"method\":\"GET\",\"request\":\"/v1.0/users\",\"file\":\"" + file
                + "\",\"status\":200}]}";
    }

    private static WireResponse users(Path path) {
        try (SnapshotSource source = SnapshotSource.open(path)) {
            return new ReplayWire(source, Clock.systemUTC())
                    .send(WireRequest.get(URI.create("https://graph.microsoft.com/v1.0/users")));
        }
    }

    private static void isRefused(ThrowingCallable reading, String saying) {
        assertThatThrownBy(reading)
                .isInstanceOf(TenantException.class)
                .hasMessageContaining(saying)
                .hasMessageContaining(": ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void nothingThereIsSaid() {
        isRefused(() -> users(folder.resolve("none")), "there is no snapshot at");
    }

    @Test
    void aFolderOrZipOfSomethingElseIsSaid() throws IOException {
        Path other = tenant(Map.of("photos/a.json", "{}"));
        isRefused(() -> users(other), "is not a snapshot: it has neither manifest.json nor a folder graph");
        Path zip = zip("photos/a.json", new byte[] {'x'});
        isRefused(() -> users(zip), "is not a snapshot: it has neither manifest.json nor a folder graph");
    }

    @Test
    void aZipOfTheFolderInsteadOfItsFilesIsReadToo() throws IOException {
        Path zip = zip("tenant/graph/v1.0/users.json", "{\"value\":[]}".getBytes(StandardCharsets.UTF_8));
        assertThat(users(zip).body()).isEqualTo("{\"value\":[]}");
    }

    @Test
    void aFileThatIsNoZipIsRefused() throws IOException {
        Path path = Files.writeString(folder.resolve("tenant.zip"), "PK no zip");
        isRefused(() -> users(path), "is not a complete zip file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.json", "/etc/evil.json", "graph/../../evil.json", "..\\evil.json", "C:evil.json"})
    void aZipWithAnEntryThatLeadsOutIsRefused(String name) throws IOException {
        Path path = zip(name, new byte[] {'x'});
        isRefused(() -> users(path), "which leads out of it");
    }

    @Test
    void aFileInAZipThatUnpacksToTooMuchIsRefused() throws IOException {
        Path path = zip("graph/v1.0/users.json", new byte[(64 << 20) + 1]);
        assertThat(Files.size(path)).isLessThan(1 << 20);
        isRefused(() -> users(path), "graph/v1.0/users.json is larger than 64 MB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.json",
                "/etc/passwd.json",
                "graph/../../evil.json",
                "graph/..\\\\evil.json",
                "graph//evil.json",
                "manifest.json",
                "graph/evil",
                ""
            })
    void aManifestThatNamesAFileOutsideIsRefused(String file) throws IOException {
        Files.writeString(folder.resolve("evil.json"), "{\"value\":[]}");
        Path path = tenant(Map.of("manifest.json", listing(file)));
        isRefused(() -> users(path), "which is no file of a snapshot");
    }

    @Test
    void aLinkThatLeadsOutIsRefused() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.json"), "{\"value\":[1]}");
        Path path = tenant(Map.of("graph/v1.0/domains.json", "{}"));
        Files.createSymbolicLink(path.resolve("graph/v1.0/users.json"), secret);
        isRefused(() -> users(path), "graph/v1.0/users.json is a link that leads out of it");
    }

    @Test
    void aFileThatTheManifestNamesAndThatIsMissingIsSaid() throws IOException {
        Path path = tenant(Map.of("manifest.json", listing("graph/v1.0/users.json")));
        isRefused(() -> users(path), "graph/v1.0/users.json is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"value\":[1}", "{}{}", "null", "<html>"})
    void aBodyThatIsNoWholeObjectIsRefused(String body) throws IOException {
        Path path = tenant(Map.of("manifest.json", listing("graph/v1.0/users.json"), "graph/v1.0/users.json", body));
        isRefused(() -> users(path), "graph/v1.0/users.json is not a complete JSON object");
    }

    @Test
    void jsonThatIsNestedTooDeeplyIsRefused() throws IOException {
        String deep = "{\"value\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        Path path = tenant(Map.of("graph/v1.0/users.json", deep));
        isRefused(() -> users(path), "graph/v1.0/users.json is not a complete JSON object");
    }

    @Test
    void aManifestOfAnotherFormatIsRefused() throws IOException {
        Path path = tenant(Map.of("manifest.json", "{\"format\":\"parc-snapshot/2\\nx\"}"));
        isRefused(
                () -> users(path), "is of format 'parc-snapshot/2?x', and this version of PARC reads parc-snapshot/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not JSON",
                "{\"format\":\"parc-snapshot/1\"}",
                "{\"format\":\"parc-snapshot/1\",\"tenantId\":\"t\",\"takenAt\":\"yesterday\"}",
                HEADING + ",\"source\":\"live\"}",
                HEADING + ",\"designations\":{\"categories\":{\"a\":\"BOSS\"}}}",
                HEADING + ",\"requests\":[{\"request\":\"/v1.0/users\",\"file\":\"graph/v1.0/users.json\"}]}",
                HEADING + ",\"requests\":[{\"request\":\"/v1.0/%zz\",\"file\":\"graph/a.json\",\"status\":200}]}"
            })
    void aManifestThatIsBrokenIsRefused(String manifest) throws IOException {
        Path path = tenant(Map.of("manifest.json", manifest));
        isRefused(() -> users(path), "manifest.json");
    }

    @Test
    void bytesThatAreNoTextDoNoHarm() throws IOException {
        Path path = tenant(Map.of("graph/v1.0/domains.json", "{}"));
        Files.write(path.resolve("graph/v1.0/users.json"), "{\"a\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(users(path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "x y", "%s", "ä", ".", "a|b", "x#y", "-", "a\\nb"})
    void anOddTenantIdIsRefused(String id) throws IOException {
        Path path = tenant(Map.of(
                "manifest.json",
                "{\"format\":\"parc-snapshot/1\",\"takenAt\":\"2026-01-31T12:00:00Z\",\"tenantId\":\"" + id + "\"}"));
        isRefused(() -> users(path), "where a GUID or a domain name belongs");
    }

    @Test
    void anOddTenantIdOfAnExportIsRefused() throws IOException {
        Path path = tenant(Map.of("graph/v1.0/organization.json", "{\"value\":[{\"id\":\"../x\"}]}"));
        isRefused(() -> users(path), "neither a GUID nor a domain name");
    }

    /** Reading a pipe would wait for whoever writes into it, and a device may never end. */
    @ParameterizedTest
    @ValueSource(strings = {"pipe", "folder", "device", "link"})
    @Timeout(60)
    void whatIsNoFileIsRefused(String what) throws Exception {
        Path path = tenant(Map.of("manifest.json", listing("graph/v1.0/users.json")));
        Path file = path.resolve("graph/v1.0/users.json");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        switch (what) {
            case "pipe" -> {
                assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
                assertThat(new ProcessBuilder("/usr/bin/mkfifo", file.toString())
                                .start()
                                .waitFor())
                        .isZero();
            }
            case "folder" -> Files.createDirectories(file);
            case "device" -> Files.createSymbolicLink(file, Path.of("/dev/zero"));
            default -> Files.createSymbolicLink(file, Files.writeString(folder.resolve("outside"), "{}"));
        }
        isRefused(() -> users(path), "users.json is a ");
    }
}
