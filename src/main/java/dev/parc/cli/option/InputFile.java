package dev.parc.cli.option;

import dev.parc.cli.console.UsageException;
import dev.parc.collect.WrittenText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files that a command takes from its user. */
public final class InputFile {

    /** Stands for standard input where a file could be named. */
    static final String STANDARD_INPUT = "-";

    private static final int MOST_BYTES = 64 << 20;

    private InputFile() {}

    /**
     * The text of a file, however it was written, or of standard input.
     *
     * @throws UsageException if it cannot be read or is too large
     */
    public static String read(String name) {
        try (InputStream stream = name.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(name))) {
            byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new UsageException(inWords(name) + " is larger than " + (MOST_BYTES >> 20) + " MB");
            }
            return WrittenText.of(bytes);
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(
                    "cannot read " + inWords(name) + ": " + e.getClass().getSimpleName(), e);
        }
    }

    private static String inWords(String name) {
        return name.equals(STANDARD_INPUT) ? "standard input" : name;
    }
}
