package dev.parc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a project of its own whose {@code mvn} and {@code java} only write down how they are called. */
class LauncherTest {

    @TempDir
    private Path folder = Path.of("");

    private Path home = folder;
    private Path tools = folder;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectory(folder.resolve("a project"));
        tools = Files.createDirectory(folder.resolve("tools"));
        Files.createDirectories(home.resolve("src/main"));
        Files.createDirectories(home.resolve("docs/checks"));
        Files.writeString(home.resolve("pom.xml"), "");
        Files.writeString(home.resolve("host.json"), "");
        Files.copy(Path.of("parc"), home.resolve("parc"));
        assertThat(home.resolve("parc").toFile().setExecutable(true)).isTrue();
        tool("java", """
                [ "$1" = -XshowSettings:properties ] && { echo "    java.specification.version = 17" >&2; exit 0; }
                for last; do :; done; echo "java runs: $last"; exit 7""");
        tool("mvn", """
                mkdir -p target/azure-functions/parc && : > target/azure-functions/parc/parc-1.jar""");
    }

    @Test
    void itBuildsOnceAndPassesArgumentsAndExitCodeThrough() throws Exception {
        Ended first = run(home.resolve("parc"), "assess", "a b");
        Ended second = run(home.resolve("parc"), "assess", "a b");

        assertThat(first.output()).contains("parc: building", "java runs: a b");
        assertThat(first.exitCode()).isEqualTo(7);
        assertThat(second.output()).isEqualTo("java runs: a b\n");
    }

    @Test
    void itBuildsAgainWhenASourceIsNewer() throws Exception {
        run(home.resolve("parc"), "demo");
        Path source = Files.writeString(home.resolve("src/main/New.java"), "");
        assertThat(source.toFile().setLastModified(System.currentTimeMillis() + 60_000))
                .isTrue();

        assertThat(run(home.resolve("parc"), "demo").output()).contains("parc: building");
    }

    @Test
    void itWorksThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(tools.resolve("parc"), Path.of("../a project/parc"));

        assertThat(run(link, "demo").output()).contains("java runs: demo");
        assertThat(home.resolve("target")).isDirectory();
    }

    /** As the one for a shell: builds once, passes arguments and exit code through. */
    @Test
    void theOneForPowerShellDoesTheSame() throws Exception {
        Path pwsh = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, "pwsh"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(pwsh != null, "pwsh is not on the path");
        Path launcher = Files.copy(Path.of("parc.ps1"), home.resolve("parc.ps1"));
        String[] arguments = {"-NoProfile", "-File", launcher.toString(), "assess", "Zoë 漢 b"};

        Ended first = run(java.util.Objects.requireNonNull(pwsh), arguments);
        Ended second = run(java.util.Objects.requireNonNull(pwsh), arguments);

        assertThat(first.output()).contains("parc: building", "java runs: Zoë 漢 b");
        assertThat(first.exitCode()).isEqualTo(7);
        assertThat(second.output().strip()).isEqualTo("java runs: Zoë 漢 b");
    }

    /** It runs on Windows only, where the workflow ci does; here it is held to lead to the one for PowerShell, and to say what that says. */
    @Test
    void theOneForTheCommandPromptCallsTheOneForPowerShell() throws Exception {
        String launcher = Files.readString(Path.of("parc.cmd"));

        assertThat(launcher.replace("\r\n", ""))
                .as("every line ends as on Windows")
                .doesNotContain("\n");
        assertThat(launcher.lines())
                .contains(
                        "%PARC_SHELL% -NoLogo -NoProfile -ExecutionPolicy Bypass -File \"%~dp0parc.ps1\" %*",
                        "exit /b %ERRORLEVEL%")
                .allMatch(line -> StandardCharsets.US_ASCII.newEncoder().canEncode(line));
        assertThat(Files.readString(Path.of(".gitattributes"))).contains("*.cmd text eol=crlf");
        assertThat(Files.readString(Path.of(".github/workflows/ci.yml"))).contains(".\\parc.cmd check S1-04");
    }

    @Test
    void anOldJavaIsRefusedInOneLine() throws Exception {
        tool("java", "echo '    java.specification.version = 1.8' >&2");

        Ended ended = run(home.resolve("parc"), "demo");

        assertThat(ended.output())
                .startsWith("parc: needs a JDK, version 17 or newer")
                .hasLineCount(1);
        assertThat(ended.exitCode()).isEqualTo(2);
    }

    @Test
    void aBuildThatFailsIsSaid() throws Exception {
        tool("mvn", "exit 1");

        Ended ended = run(home.resolve("parc"), "demo");

        assertThat(ended.output()).endsWith("parc: the build failed; see the lines above\n");
        assertThat(ended.exitCode()).isEqualTo(2);
    }

    /** What CI goes by: a tool that is missing there shows as the test that was skipped for it. */
    @Test
    void theSummaryNamesEveryTestThatWasSkippedAndWhy() throws Exception {
        Path one = Files.writeString(folder.resolve("TEST-one.xml"), """
                <testsuite name="one" time="1" tests="3" errors="0" skipped="2" failures="0">
                  <testcase name="passes" classname="dev.parc.One" time="0.1"/>
                  <testcase name="builds" classname="dev.parc.One" time="0.0">
                    <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: Assumption failed: bicep is missing
                	at org.junit.jupiter.api.Assumptions.assumeTrue(Assumptions.java:127)]]></skipped>
                  </testcase>
                  <testcase name="write(Path)" classname="dev.parc.One" time="0.0">
                    <skipped message="System property [pictures] does not exist"/>
                  </testcase>
                </testsuite>
                """);
        Path two = Files.writeString(
                folder.resolve("TEST-two.xml"),
                "<testsuite name=\"two\" tests=\"4\" errors=\"0\" skipped=\"0\" failures=\"0\"></testsuite>\n");

        Ended ended = run(Path.of(".ci/summary").toAbsolutePath(), one.toString(), two.toString());

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output()).isEqualTo("""
                skipped: dev.parc.One builds: bicep is missing
                skipped: dev.parc.One write(Path): System property [pictures] does not exist

                5 passed, 0 failed, 2 skipped
                """);
    }

    @Test
    void theScriptsAreCleanByShellcheck() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "shellcheck"))),
                "shellcheck is not installed");

        Process process = new ProcessBuilder("shellcheck", "parc", ".ci/run", ".ci/summary")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
    }

    private void tool(String name, String script) throws IOException {
        Path tool = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }

    private Ended run(Path launcher, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments))
                .toList());
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", tools + File.pathSeparator + System.getenv("PATH"));
        Process process =
                builder.directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    private record Ended(int exitCode, String output) {}
}
