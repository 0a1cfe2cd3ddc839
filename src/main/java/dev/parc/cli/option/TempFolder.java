package dev.parc.cli.option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders that do not outlive the process. */
final class TempFolder {

    private TempFolder() {}

    /** A new folder for the temporary files of this process. */
    static Path folder() {
        try {
            Path folder = Files.createTempDirectory("parc-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "parc-passing"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("parc: " + folder + " could not be deleted");
        }
    }
}
