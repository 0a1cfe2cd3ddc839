package dev.parc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Installs what a test needs from npm, in pinned versions, into a folder under target/; a second time it is there already. */
public final class NodePackages {

    private NodePackages() {}

    /**
     * Copies the files of the source folder, and installs what its lock file lists.
     *
     * @param source holds package.json, package-lock.json and scripts
     * @throws IllegalStateException if npm fails; the message says where its log is
     */
    public static void install(Path source, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path lock = source.resolve("package-lock.json");
        Path installed = folder.resolve("installed-package-lock.json");
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
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
