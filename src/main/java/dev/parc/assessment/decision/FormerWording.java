package dev.parc.assessment.decision;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Earlier wordings of statements that ask for the same as the present ones, from the resource {@code former-wording.txt}. */
final class FormerWording {

    private static final String RESOURCE = "former-wording.txt";

    private static final Map<String, Set<String>> BY_KEY = read();

    private FormerWording() {}

    /** All wordings that a statement had, by what it is kept under; see {@link Question#key}. */
    static Map<String, Set<String>> all() {
        return BY_KEY;
    }

    /** Whether a statement once had this wording. */
    static boolean had(String key, String words) {
        return BY_KEY.getOrDefault(key, Set.of()).contains(words);
    }

    private static Map<String, Set<String>> read() {
        try (InputStream resource = FormerWording.class.getResourceAsStream(RESOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        Objects.requireNonNull(resource, RESOURCE + " is missing from the build"),
                        StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .collect(Collectors.groupingBy(
                            parts -> parts[0], Collectors.mapping(parts -> parts[1], Collectors.toUnmodifiableSet())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
