package dev.parc.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release for a desk, as a new administrator has it: unpacked, with a Java runtime and without Maven. */
class DeskReleaseIT {

    private static final String RELEASE = System.getProperty("release");

    /** What the launcher for a shell calls; nothing else is on its path but Java. */
    private static final List<String> TOOLS =
            List.of("sh", "dirname", "uname", "ls", "expr", "which", "readlink", "sed", "cut", "stty");

    @TempDir
    private static Path folder;

    private static Path home;
    private static Path tools;

    @BeforeAll
    static void unpack() throws IOException {
        Path here = Files.createDirectory(folder.resolve("Prüfung ä 漢"));
        try (InputStream file = Files.newInputStream(Path.of(RELEASE + "-cli.zip"));
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = here.resolve(entry.getName()).normalize();
                assertThat(target).startsWithRaw(here);
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
            }
        }
        try (Stream<Path> unpacked = Files.list(here)) {
            home = unpacked.toList().get(0);
        }
        Files.setPosixFilePermissions(home.resolve("bin/parc"), PosixFilePermissions.fromString("rwxr-xr-x"));
        tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), found(tool));
        }
        Files.createSymbolicLink(tools.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java"));
    }

    private static Path found(String tool) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(tool + " is not on the path"));
    }

    private record Ended(int exitCode, String output) {}

    private static Ended run(Map<String, String> environment, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Objects.requireNonNull(home.getParent()).toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    /** Without a locale too, as in cron and containers. */
    @Test
    void aShellRunsItFromAnyFolderWithoutMaven() throws Exception {
        Ended demo = run(
                Map.of("PATH", tools.toString(), "HOME", folder.toString()),
                List.of(
                        home.resolve("bin/parc").toString(),
                        "demo",
                        "--data",
                        "kept é 漢",
                        "--html",
                        "Bericht ä 漢.html"));

        assertThat(demo.exitCode()).as(demo.output()).isZero();
        assertThat(demo.output()).contains("report: Bericht ä 漢.html");
        assertThat(home.resolveSibling("Bericht ä 漢.html")).exists();
        assertThat(home.resolveSibling("kept é 漢")).isDirectory();
        Ended wrong = run(
                Map.of("PATH", tools.toString(), "HOME", folder.toString()),
                List.of(home.resolve("bin/parc").toString(), "nonsense"));
        assertThat(wrong.exitCode()).isEqualTo(2);
    }

    @Test
    void powerShellRunsItFromAnyFolder() throws Exception {
        assumeThat(PowerShell.command()).as("pwsh is not on the path").isPresent();
        Map<String, String> environment = Map.of(
                "PATH",
                tools + ":/usr/bin:/bin",
                "HOME",
                folder.toString(),
                "LANG",
                "C.UTF-8",
                "POWERSHELL_TELEMETRY_OPTOUT",
                "1");
        List<String> parc = List.of(
                PowerShell.command().orElseThrow().toString(),
                "-NoProfile",
                "-NonInteractive",
                "-File",
                home.resolve("bin/parc.ps1").toString());
        Ended attested = run(
                environment,
                with(
                        parc,
                        "attest",
                        "S2-02",
                        "--statement",
                        "2",
                        "--by",
                        "Zoë \"Z\" 漢",
                        "--until",
                        "2027-03-01",
                        "--demo",
                        "--data",
                        "bei é"));
        assertThat(attested.exitCode()).as(attested.output()).isZero();
        assertThat(attested.output()).contains("is attested: by Zoë \"Z\" 漢");
        assertThat(run(environment, with(parc, "nonsense")).exitCode()).isEqualTo(2);
    }

    private static List<String> with(List<String> command, String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        return all;
    }

    /** PARC tells people to run it where a permission is missing. */
    @Test
    void itHasTheScriptsThatGrantPermissionsWithTheirList() throws Exception {
        for (String file : List.of("grant-permissions.sh", "Grant-Permissions.ps1", "graph-app-roles.json")) {
            assertThat(home.resolve("infra").resolve(file)).hasSameBinaryContentAs(Path.of("infra", file));
        }
        Ended helped = run(
                Map.of("PATH", "/usr/bin:/bin"),
                List.of("sh", home.resolve("infra/grant-permissions.sh").toString(), "--help"));
        assertThat(helped.exitCode()).as(helped.output()).isZero();
        assertThat(helped.output()).contains("--principal", "--azure");
        try (ZipFile zip = new ZipFile(RELEASE + "-cli.zip")) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .filteredOn(name -> name.contains("/infra/") && !name.endsWith("/"))
                    .hasSize(3);
        }
    }

    /** What docs/cli.md says of a folder, a file of statements and a copy of all runs; the answers of the demo tenant are kept in between. */
    @Test
    void whatTheManualTellsWorksFromTheReleaseAlone() throws Exception {
        Map<String, String> newcomer = Map.of("PATH", tools.toString(), "HOME", folder.toString(), "LANG", "C");
        List<String> parc = List.of(home.resolve("bin/parc").toString());
        List<String> demo = List.of("--demo", "--data", "Daten ö 漢");
        Path statements = home.resolveSibling("Erklärungen 漢.yaml");

        Ended written =
                run(newcomer, with(with(parc, "attest", "--template", statements.toString(), "--stage", "S2"), demo));
        assertThat(written.exitCode()).as(written.output()).isZero();
        // as an editor on Windows keeps it
        String kept = Files.readString(statements);
        assertThat(kept).contains("validUntil");
        Files.writeString(statements, "\uFEFF" + kept.replace("\n", "\r\n"));
        Ended dry = run(newcomer, with(with(parc, "attest", "--file", statements.toString(), "--dry-run"), demo));
        assertThat(dry.exitCode()).as(dry.output()).isZero();
        assertThat(dry.output()).contains("dry run");
        Ended copied = run(newcomer, with(with(parc, "report", "--all", "--to", "Läufe 漢"), demo));
        assertThat(copied.exitCode()).as(copied.output()).isZero();
        assertThat(copied.output()).contains("copied to Läufe 漢");
        assertThat(home.resolveSibling("Läufe 漢")).isNotEmptyDirectory();
        Ended alone = run(newcomer, with(parc, "assess", "--no-store", "--snapshot", "not there ä.zip"));
        assertThat(alone.exitCode()).isEqualTo(2);
        assertThat(alone.output()).contains("there is no snapshot at not there ä.zip");
    }

    private static List<String> with(List<String> command, List<String> arguments) {
        return with(command, arguments.toArray(String[]::new));
    }

    @Test
    void itHasLaunchersForAllAndTheLicenceOfEveryLibrary() throws IOException {
        assertThat(home.resolve("bin"))
                .isDirectoryContaining("glob:**/parc.cmd")
                .isDirectoryContaining("glob:**/parc.ps1");
        assertThat(Files.readString(home.resolve("bin/parc.cmd"))).contains("dev.parc.cli.Main", "\\lib");
        assertThat(home.resolve("LICENSE")).exists();
        String licences = Files.readString(home.resolve("THIRD-PARTY.txt"));
        try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
            assertThat(libraries
                            .map(library -> library.getFileName().toString())
                            .toList())
                    .contains("azure-functions-java-core-library-1.3.0.jar")
                    .filteredOn(name -> !name.startsWith("parc-"))
                    .allSatisfy(name -> assertThat(licences).contains(name + ": "));
        }
        assertThat(Files.size(Path.of(RELEASE + "-cli.zip"))).isLessThan(17_000_000);
    }
}
