package dev.parc.check.phrase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.change.Comparison;
import dev.parc.assessment.change.Difference;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.check.Finding;
import dev.parc.check.NewFinding;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every phrase of the book is said in other words, and nothing but the words is different. */
class RewordedTest {

    private static final String BOOK = "dev/parc/check/phrase/phrases.properties";
    /** A question about a sentence that PARC itself made. */
    private static final Pattern READS_PROSE = Pattern.compile(
            "\\b(?:summary|reasons|remedy|inWords|words|because|why|sentence)\\(\\)(?:\\s*\\.get\\(\\d+\\))?"
                    + "\\s*\\.(?:startsWith|endsWith|contains|matches|split|replace\\w*|indexOf|lastIndexOf|substring)\\((?!0,)");

    private static final Pattern SLOT = Pattern.compile("\\{[^}]*}|\\[[^\\]]*]|<|>");

    @TempDir
    Path folder;

    @Test
    void nothingButTheWordsIsDifferent() throws Exception {
        String data = folder.resolve("data").toString();
        Assessment first = results(RewordedRun.run(data, "2026-09-01T08:05:00Z", ""));
        CheckResult unneeded = first.results().stream()
                .filter(result -> result.checkId().equals("S1-03"))
                .findFirst()
                .orElseThrow();
        String waived = "S1-03/" + unneeded.findings().get(0).subjectId();
        RewordedRun.run(data, "2026-09-01T09:05:00Z", waived);
        Map<String, String> before = RewordedRun.run(data, "2026-09-01T10:05:00Z", "");

        Map<String, String> after = reworded(data, "2026-09-01T11:05:00Z");

        Assessment earlier = results(before);
        Assessment later = results(after);
        assertThat(messages(later)).isNotEmpty().hasSameSizeAs(messages(earlier));
        assertThat(messages(later)).allMatch(message -> message.startsWith("RATHER: "));
        assertThat(after.get("changes")).as("the history").isEmpty();
        assertThat(Comparison.between(earlier, later, NewFinding.of(Roadmap.checks())))
                .as("the comparison")
                .isEmpty();
        assertThat(Difference.of(earlier, later, List.of(), NewFinding.of(Roadmap.checks()))
                        .changes())
                .as("the difference")
                .isEmpty();
        assertThat(skeleton(later)).isEqualTo(skeleton(earlier));
        assertThat(later.results().stream().filter(result -> !result.waivers().isEmpty()))
                .as("waivers")
                .hasSize(1);
        assertThat(fingerprints(after)).isNotEmpty().isEqualTo(fingerprints(before));
    }

    @Test
    void whatIsFoundInTheDemoTenantHasDetails() {
        Assessment run = results(RewordedRun.run(folder.toString(), "2026-09-01T08:05:00Z", ""));
        assertThat(run.results().stream().flatMap(result -> result.findings().stream()))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.details())
                        .as(finding.message())
                        .hasValueSatisfying(
                                details -> assertThat(details.inWords()).isEqualTo(finding.message())));
    }

    @Test
    void noCodeReadsItsOwnProse() throws IOException {
        List<String> readers = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                READS_PROSE
                        .matcher(Files.readString(source))
                        .results()
                        .forEach(found -> readers.add(source + ": " + found.group()));
            }
        }

        assertThat(READS_PROSE.matcher("result.summary().endsWith(").find()).isTrue();
        assertThat(READS_PROSE
                        .matcher("result.reasons().get(0)\n    .startsWith(")
                        .find())
                .isTrue();
        assertThat(readers).isEmpty();
    }

    /** The run by the same classes, loaded once more with another book before the one of PARC. */
    @SuppressWarnings("unchecked")
    private Map<String, String> reworded(String data, String at) throws Exception {
        write(folder.resolve("book").resolve(BOOK));
        List<URL> path = new ArrayList<>(List.of(folder.resolve("book").toUri().toURL()));
        for (String entry :
                System.getProperty("java.class.path").split(Pattern.quote(java.io.File.pathSeparator), -1)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            return (Map<String, String>) loader.loadClass(RewordedRun.class.getName())
                    .getMethod("run", String.class, String.class, String.class)
                    .invoke(null, data, at, "");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static void write(Path to) throws IOException {
        Properties words = new Properties();
        try (var book = Files.newBufferedReader(Path.of("src/main/resources").resolve(BOOK))) {
            words.load(book);
        }
        words.replaceAll((key, template) -> "RATHER: " + shouted(template.toString()));
        Files.createDirectories(to.getParent());
        try (var book = Files.newBufferedWriter(to)) {
            words.store(book, null);
        }
    }

    /** In capitals, but for the slots. */
    private static String shouted(String template) {
        StringBuilder other = new StringBuilder();
        Matcher slot = SLOT.matcher(template);
        int end = 0;
        while (slot.find()) {
            other.append(template.substring(end, slot.start()).toUpperCase(Locale.ROOT))
                    .append(slot.group());
            end = slot.end();
        }
        return other.append(template.substring(end).toUpperCase(Locale.ROOT)).toString();
    }

    private static List<String> messages(Assessment run) {
        return run.results().stream()
                .flatMap(result -> result.findings().stream())
                .map(Finding::message)
                .toList();
    }

    /** The answers without words: outcomes, subjects in their order, what is waived, phrases. */
    private static List<String> skeleton(Assessment run) {
        return run.results().stream()
                .flatMap(result -> Stream.concat(
                        Stream.of(result.checkId() + " " + result.outcome() + " " + result.basis()),
                        result.findings().stream()
                                .map(finding -> finding.subjectType() + " " + finding.subjectId() + " "
                                        + result.isWaived(finding)
                                        + finding.details().map(Details::phrase))))
                .toList();
    }

    private static List<String> fingerprints(Map<String, String> run) throws IOException {
        List<String> found = new ArrayList<>();
        for (JsonNode result : new ObjectMapper()
                .readTree(Optional.ofNullable(run.get("sarif")).orElseThrow())
                .at("/runs/0/results")) {
            found.add(result.path("partialFingerprints") + " " + result.path("correlationGuid"));
        }
        return found;
    }

    private static Assessment results(Map<String, String> run) {
        return AssessmentJson.read(Optional.ofNullable(run.get("results")).orElseThrow());
    }
}
