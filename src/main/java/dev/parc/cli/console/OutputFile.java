package dev.parc.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Files that a command writes for its user. */
public final class OutputFile {

    private static final Logger LOG = Logger.getLogger(OutputFile.class.getName());

    /** Stands for standard output where a file could be named. */
    public static final String STANDARD_OUTPUT = "-";

    private OutputFile() {}

    /**
     * Before anything is asked of a tenant: that the answer can be written at all.
     *
     * @throws UsageException if it cannot
     */
    public static void requireWritable(@Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new UsageException("cannot write " + file + "; name a file in a folder that exists");
        }
    }

    /**
     * Writes the file whole or not at all: an earlier one of its name stays until the new one is there.
     *
     * @throws UsageException with the reason if it cannot be written
     */
    public static void write(Path file, String content) {
        Path beside = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            if ((Files.exists(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    || !Files.isWritable(file.toAbsolutePath().getParent())) {
                // a device, a link, or a file in a folder of others: there is nothing that could take its place
                Files.writeString(file, content);
                return;
            }
            Files.writeString(beside, content);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            forget(beside);
            throw new UsageException(
                    hasNoSpace(e)
                            ? "no space left on " + file + ": free some, or name a file elsewhere"
                            : "cannot write " + file + ": " + e.getClass().getSimpleName(),
                    e);
        }
    }

    private static void forget(Path beside) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            LOG.log(Level.FINE, "half a file stays", e);
        }
    }

    private static boolean hasNoSpace(IOException e) {
        String reason = String.valueOf(e.getMessage());
        return reason.contains("No space left") || reason.contains("quota exceeded");
    }
}
