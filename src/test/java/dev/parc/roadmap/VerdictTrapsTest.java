package dev.parc.roadmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.roadmap.Traps.Trap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Verdicts that are known to go wrong, by the numbers of {@code docs/verdict-traps.md}: every number has its tests in the classes beside this
 * one, or elsewhere.
 */
class VerdictTrapsTest {

    private static final List<Class<?>> CLASSES =
            List.of(AdministratorTrapsTest.class, ConditionalAccessTrapsTest.class, OwnMistakesTest.class);

    /** The wrong verdicts that touch neither roles nor Conditional Access, with the test that holds them. */
    private static final Map<Integer, String> ELSEWHERE = Map.of(
            16, "dev.parc.roadmap.stage2.S211PasswordHashesAreSynchronisedTest",
            29, "dev.parc.query.AlertQueryTest",
            30, "dev.parc.collect.azure.AzureSettingsReaderTest",
            45, "dev.parc.roadmap.stage3.S315ApplicationsAreProvisionedTest",
            51, "dev.parc.roadmap.stage3.S307LegacyAuthenticationIsBlockedTest",
            52, "dev.parc.roadmap.breakglass.BG01EmergencyAccountsAreWatchedTest",
            53, "dev.parc.roadmap.stage3.S316InformationIsLabelledTest");

    private static SortedMap<Integer, Set<String>> tests() {
        SortedMap<Integer, Set<String>> tests = new TreeMap<>();
        CLASSES.stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Trap.class))
                .forEach(method -> {
                    assertThat(method.isAnnotationPresent(Test.class))
                            .as(method.getName())
                            .isTrue();
                    IntStream.of(method.getAnnotation(Trap.class).value())
                            .forEach(number -> tests.computeIfAbsent(number, key -> new TreeSet<>())
                                    .add(method.getName()));
                });
        return tests;
    }

    @Test
    void everyNumberIsATestHereOrNamesTheOneElsewhere() throws ClassNotFoundException {
        Set<Integer> numbers = new TreeSet<>(tests().keySet());
        numbers.addAll(ELSEWHERE.keySet());
        assertThat(numbers)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 53).boxed().toList());
        assertThat(tests().keySet()).doesNotContainAnyElementsOf(ELSEWHERE.keySet());
        for (String test : ELSEWHERE.values()) {
            assertThat(Class.forName(test).getDeclaredMethods()).isNotEmpty();
        }
    }

    @Test
    void thePageNamesTheTestsOfEachNumber() throws IOException {
        Pattern row = Pattern.compile("\\| (\\d+) \\|.*\\|.*\\| ([^|]*) \\|");
        SortedMap<Integer, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("docs/verdict-traps.md"))) {
            Matcher cells = row.matcher(line);
            if (cells.matches()) {
                assertThat(rows.put(Integer.valueOf(cells.group(1)), cells.group(2)))
                        .isNull();
            }
        }
        SortedMap<Integer, String> expected = new TreeMap<>();
        tests().forEach((number, names) -> expected.put(number, "`" + String.join("`, `", names) + "`"));
        ELSEWHERE.forEach(
                (number, test) -> expected.put(number, "`" + test.substring(test.lastIndexOf('.') + 1) + "`"));
        assertThat(rows).isEqualTo(expected);
    }
}
