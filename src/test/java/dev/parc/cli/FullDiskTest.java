package dev.parc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parc.assessment.run.RunRecord;
import dev.parc.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small one in memory, where this user may mount one. */
class FullDiskTest {

    @TempDir
    Path folder;

    private Path small;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(
                done("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", small.toString()),
                "a disk in memory can be mounted");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        done("umount", small.toString());
    }

    private static boolean done(String... command) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void resultsThatDoNotFitTheirFileAreNamedAndKept() throws IOException {
        Path json = small.resolve("results.json");
        Files.writeString(json, "the earlier ones");
        Shell shell = new Shell(folder.resolve("data"));

        int exitCode = shell.run("assess", "--demo", "--quiet", "--json", json.toString());

        assertThat(shell.err()).contains("no space left on " + json);
        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(json).hasContent("the earlier ones");
        assertThat(files(small)).containsExactly(json);
        assertThat(shell.store().newest(9))
                .singleElement()
                .satisfies(run ->
                        assertThat(shell.store().results(run.request().runId())).isPresent());
    }

    @Test
    void aRunThatDoesNotFitTheStoreIsWrittenElsewhereAndLeavesNoneThatIsWorkedOn() throws IOException {
        Path json = folder.resolve("results.json");
        Shell shell = new Shell(small);

        int exitCode = shell.run("assess", "--demo", "--quiet", "--json", json.toString());

        assertThat(shell.err()).contains("no space left on " + small);
        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(json).content().contains("parc-run/1");
        assertThat(shell.store().newest(9))
                .singleElement()
                .satisfies(run -> assertThat(run.state()).isEqualTo(RunRecord.State.FAILED));
        assertThat(files(small)).noneMatch(file -> file.toString().endsWith(".new"));
    }

    private static List<Path> files(Path of) throws IOException {
        try (Stream<Path> files = Files.walk(of)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
