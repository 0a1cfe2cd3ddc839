package dev.parc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Installs what a test needs from npm, in pinned versions, into a folder under target/; a second time it is there already. */
public final class NodePackages {

    private NodePackages() {}

    /**
     * Copies the files of the source folder, and installs what its lock file lists. Test processes that need the same wait for
     * each other.
     *
     * @param source holds package.json, package-lock.json and scripts
     * @throws IllegalStateException if npm fails; the message says where its log is
     */
    public static void install(Path source, Path folder) throws IOException, InterruptedException {
        alone(folder, () -> installed(source, folder));
    }

    /** What is done in a folder. */
    public interface Work {
        /** Does it. */
        void work() throws IOException, InterruptedException;
    }

    /** Works while no other test process works in the folder, which is made if it is not there. */
    public static synchronized void alone(Path folder, Work work) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            work.work();
        }
    }

    private static void installed(Path source, Path folder) throws IOException, InterruptedException {
        Path lock = source.resolve("package-lock.json");
        Path installed = folder.resolve("installed-package-lock.json");
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(file.getFileName());
                // another process may be reading it
                if (!Files.exists(copy) || Files.mismatch(file, copy) != -1) {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        if (Files.exists(installed) && Files.mismatch(lock, installed) == -1) {
            return;
        }
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        run(
                folder,
                List.of(windows ? "npm.cmd" : "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
                folder.resolve("npm.log"));
        Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void run(Path folder, List<String> command, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("\"" + String.join(" ", command) + "\" failed, see " + log);
        }
    }
}
