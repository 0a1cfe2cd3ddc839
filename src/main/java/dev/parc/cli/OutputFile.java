package dev.parc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files that a command writes for its user. */
final class OutputFile {

    /** Stands for standard output where a file could be named. */
    static final String STANDARD_OUTPUT = "-";

    private OutputFile() {}

    /**
     * Before anything is asked of a tenant: that the answer can be written at all.
     *
     * @throws UsageException if it cannot
     */
    static void requireWritable(@Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new UsageException("cannot write " + file + "; name a file in a folder that exists");
        }
    }

    static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UsageException(
                    "cannot write " + file + ": " + e.getClass().getSimpleName(), e);
        }
    }
}
