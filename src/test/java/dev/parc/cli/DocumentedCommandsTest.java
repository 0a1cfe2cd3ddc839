package dev.parc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.cli.console.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command that a document tells to run exists, with its options. */
class DocumentedCommandsTest {

    /** In a code block at the beginning of a line, in text between backticks. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^(?:\\./)?parc ([a-z][^#\\n]*)|`(?:\\./)?parc ([a-z][^`]*)`");

    private static final Pattern OPTION = Pattern.compile("(?<!\\S)--?[a-z][a-z-]*");

    @TempDir
    Path folder;

    /** A command, and where it is written. */
    record Written(Path document, String command) {}

    static List<Written> commands() throws IOException {
        List<Written> commands = new ArrayList<>();
        try (Stream<Path> root = Files.list(Path.of("."));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .forEach(document -> {
                        for (MatchResult found :
                                COMMAND.matcher(read(document)).results().toList()) {
                            String command = found.group(1) == null ? found.group(2) : found.group(1);
                            commands.add(new Written(document, command.strip().replace('\n', ' ')));
                        }
                    });
        }
        return commands;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandThatADocumentTellsToRunExistsWithItsOptions(Written written) {
        Shell shell = new Shell(folder);
        List<String> words = List.of(written.command().split(" ", -1));
        List<String> help =
                new ArrayList<>(words.subList(0, words.get(0).equals("snapshot") ? Math.min(2, words.size()) : 1));
        help.add("--help");

        assertThat(shell.run(help.toArray(String[]::new)))
                .as(written.toString())
                .isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).contains("Usage: parc " + String.join(" ", help.subList(0, help.size() - 1)));
        assertThat(OPTION.matcher(written.command()).results().map(MatchResult::group))
                .as(written.toString())
                .allSatisfy(option -> assertThat(shell.out()).containsPattern("(?<![\\w-])" + option + "\\b"));
    }

    /** The index of docs/cli.md has the commands of {@code parc --help}, and no other. */
    @Test
    void theIndexOfTheManualHasEveryCommand() throws IOException {
        Shell shell = new Shell(folder);
        shell.run("--help");
        List<String> commands = Pattern.compile("(?m)^  ([a-z-]+) {2,}\\S")
                .matcher(shell.out()
                        .substring(shell.out().indexOf("Commands:"), shell.out().indexOf("Exit codes:")))
                .results()
                .map(command -> command.group(1))
                .toList();
        List<String> indexed = Pattern.compile("(?m)^\\| \\[`parc ([a-z-]+)`\\]\\(#")
                .matcher(Files.readString(Path.of("docs", "cli.md")))
                .results()
                .map(command -> command.group(1))
                .toList();

        assertThat(commands).contains("assess", "completion").hasSizeGreaterThan(15);
        assertThat(indexed).containsExactlyInAnyOrderElementsOf(commands);
    }

    @Test
    void theyAreFound() throws IOException {
        assertThat(commands()).extracting(Written::command).contains("demo", "doctor", "assess --check S1-04");
    }
}
