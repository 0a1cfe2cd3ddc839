package dev.parc.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of {@code infra/}, as text. */
record Template(String text) {

    static final Path INFRA = Path.of("infra");

    private static final Pattern PARAMETER = Pattern.compile("(?m)^param (\\w+) ");
    private static final Pattern TEXT = Pattern.compile("'([^']+)'");

    static Template of(String name) {
        return new Template(read(INFRA.resolve(name)));
    }

    /** All Bicep files, with their paths below {@code infra/}. */
    static List<String> all() {
        try (Stream<Path> files = Files.walk(INFRA)) {
            return files.map(INFRA::relativize)
                    .map(file -> file.toString().replace('\\', '/'))
                    .filter(file -> file.endsWith(".bicep"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> parameters() {
        return groups(PARAMETER, text);
    }

    /** The texts of the variable that is an array of texts. */
    List<String> array(String variable) {
        Matcher array =
                Pattern.compile("(?ms)^var " + variable + " = \\[(.*?)^\\]").matcher(text);
        if (!array.find()) {
            throw new IllegalArgumentException("no array " + variable);
        }
        return groups(TEXT, array.group(1));
    }

    /** What the first group of the expression matches. */
    List<String> groups(String expression) {
        return groups(Pattern.compile(expression), text);
    }

    private static List<String> groups(Pattern pattern, String text) {
        List<String> groups = new ArrayList<>();
        for (MatchResult match : pattern.matcher(text).results().toList()) {
            groups.add(match.group(1));
        }
        return groups;
    }
}
