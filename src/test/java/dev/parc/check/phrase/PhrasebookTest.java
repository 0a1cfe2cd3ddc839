package dev.parc.check.phrase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasebookTest {

    private static final Pattern KEY = Pattern.compile("\"((?:S\\d-\\d\\d|BG-\\d\\d|[a-z][a-z-]+)\\.[a-z][a-z-]+)\"");

    @ParameterizedTest
    @CsvSource({"0, 0 days are", "1, 1 day is", "2, 2 days are"})
    void aFormGoesByItsNumber(int days, String said) {
        assertThat(say("{days} [days:day is|days are]", Details.of("key").with("days", days)))
                .isEqualTo(said);
    }

    @Test
    void whatIsInAPhraseIsShownAsItIs() {
        assertThat(say(
                        "{role} of {policy} on {date}",
                        Details.of("key")
                                .with("role", "62e90394-69f5-4237-9190-012177145e10", "Global Administrator")
                                .with("policy", "$1 {role} <{date}> [role:a|b] \\")
                                .with("date", LocalDate.parse("2026-02-28"))))
                .isEqualTo("Global Administrator of $1 {role} <{date}> [role:a|b] \\ on 2026-02-28");
    }

    @Test
    void aPartIsLeftOutWhereADetailOfItIsNotThereOrEmpty() {
        String template = "is new<; holds {roles}>; see {where}";
        Details without = Details.of("key").with("where", "PIM");
        assertThat(say(template, without)).isEqualTo("is new; see PIM");
        assertThat(say(template, without.with("roles", ""))).isEqualTo("is new; see PIM");
        assertThat(say(template, without.with("roles", "two"))).isEqualTo("is new; holds two; see PIM");
    }

    @Test
    void whatIsMissingIsAFault() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> say("{role}", Details.of("key")))
                .withMessageContaining("role");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> say("words", Details.of("other")))
                .withMessageContaining("other");
    }

    @Test
    void everyPhraseIsSaidSomewhereAndEveryPhraseThatIsSaidIsInTheBook() throws IOException {
        Set<String> said = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/parc"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                if (source.contains("Details")) {
                    KEY.matcher(source).results().map(found -> found.group(1)).forEach(said::add);
                }
            }
        }
        assertThat(Phrasebook.ENGLISH.keys()).isNotEmpty();
        assertThat(said).containsAll(Phrasebook.ENGLISH.keys());
        assertThat(Stream.of("roadmap", "check")
                        .flatMap(PhrasebookTest::phrases)
                        .collect(Collectors.toSet()))
                .isNotEmpty()
                .isSubsetOf(Phrasebook.ENGLISH.keys());
    }

    /** What stands literally where a phrase is begun. */
    private static Stream<String> phrases(String room) {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/parc", room))) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> Pattern.compile("Details\\.of\\(([^;]*?\")\\)")
                            .matcher(read(file))
                            .results()
                            .map(MatchResult::group))
                    .flatMap(begun -> KEY.matcher(begun).results().map(found -> found.group(1)))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String say(String template, Details details) {
        return new Phrasebook(Map.of("key", template)).say(details);
    }
}
