package dev.parc.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.app.CompositionRoot;
import dev.parc.assessment.Assessment;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.MergedStatement;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Summary;
import dev.parc.cli.Shell;
import dev.parc.report.docs.CheckPage;
import dev.parc.report.html.HtmlReport;
import dev.parc.report.html.ReportInput;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/style.md says, as far as a program can see it, over what users read. */
class PlainWordsTest {

    /** Words and shapes that docs/style.md does not allow. */
    private static final List<Pattern> BANNED = Stream.of(
                    "\\bfor good\\b(?! news)",
                    "\\bleft out of\\b",
                    "\\bleaves? out of\\b",
                    "\\bvouch(?:es|ed|ing)?\\b",
                    "\\blive with\\b",
                    "\\bcannot be told\\b",
                    "\\banew\\b",
                    "\\bany more\\b",
                    "\\b(?:a person|somebody|people|you) must look\\b",
                    "\\bmust be looked at\\b",
                    "\\bspeaks? against\\b(?! it)",
                    "\\blooks? as if\\b",
                    "\\btakes? something else\\b",
                    "\\banswers? for it\\b",
                    "\\bput(?:s|ting)? (?:it|them) right\\b",
                    "\\bput right\\b",
                    "\\btenant the tenant\\b",
                    "\\bis worked on\\b",
                    "\\bthrottled \\d",
                    "\\blaid over\\b",
                    "\\bnobody certainly\\b",
                    "\\btakes a role\\b")
            .map(words -> Pattern.compile(words, Pattern.CASE_INSENSITIVE))
            .toList();

    private static final String NOUNS =
            "account|administrator|answer|application|assignment|change|day|device|entry|finding"
                    + "|group|hour|item|holder|identity|licence|member|method|permission|policy|request|role|run|statement"
                    + "|subject|subscription|user|workspace";

    /** "1 findings", and "2 finding"; not "10 items of 1 accounts' ..." nor "2 user accounts". */
    private static final List<Pattern> NUMBERS = List.of(
            Pattern.compile("(?<![\\d.,:/%-])1 (?:" + NOUNS.replace("y|", "ie|") + ")s\\b(?!')"),
            Pattern.compile("(?<![\\w.,:/-])(?!365 )(?:[02-9]|\\d*[02-9]|\\d+1) (?:" + NOUNS
                    + ")(?=[,.;:)]|$| (?:is|are|has|have)\\b)"));

    /** What is wrong with a text; empty if nothing is. */
    private static List<String> faults(String text) {
        return Stream.concat(BANNED.stream(), NUMBERS.stream())
                .flatMap(pattern -> pattern.matcher(text).results())
                .map(found -> "'" + found.group() + "' in: "
                        + text.substring(Math.max(0, found.start() - 60), Math.min(text.length(), found.end() + 40))
                                .replaceAll("\\s+", " "))
                .toList();
    }

    private static void assertPlain(Map<String, String> texts) {
        assertThat(texts).isNotEmpty();
        List<String> faults = new ArrayList<>();
        texts.forEach((where, text) -> faults(text).forEach(fault -> faults.add(where + ": " + fault)));
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "holds the role for good",
                "1 findings",
                "1 policies exclude it",
                "2 finding, 3 accounts",
                "21 account is listed",
                "throttled 0",
                "who vouches for it",
                "tenant the tenant: lets",
                "for 2 accounts a person must look"
            })
    void whatIsNotAllowedIsFound(String text) {
        assertThat(faults(text)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no good news for good news",
                "1 finding, 2 findings, 11 findings",
                "2 user accounts",
                "0 throttled"
            })
    void whatIsAllowedIsNotFound(String text) {
        assertThat(faults(text)).isEmpty();
    }

    @Test
    void cardsAndStatements() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Check check : Roadmap.checks()) {
            RoadmapItem card = Check.card(check);
            texts.put(card.id() + " title", card.title());
            texts.put(card.id() + " remedy", card.remedy());
            int number = 1;
            for (String statement : card.attests()) {
                texts.put(card.id() + "." + number++, statement);
            }
        }
        Stream.of(MergedStatement.values())
                .forEach(merged -> texts.put(merged.item() + "." + merged.statement(), merged.words()));

        assertPlain(texts);
        texts.forEach((where, text) -> {
            if (where.contains(".")) {
                assertThat(text).as(where).matches("[A-Z].*\\.").doesNotContain("?", ". ");
            } else {
                assertThat(text).as(where).matches("[A-Z].*[^.!]").hasSizeLessThanOrEqualTo(Summary.LONGEST);
            }
        });
    }

    @Test
    void helpOfTheCommandLine(@TempDir Path folder) {
        Map<String, String> texts = new LinkedHashMap<>();
        Shell root = new Shell(folder);
        root.run("--help");
        texts.put("parc", root.out());
        Pattern.compile("(?m)^  ([a-z-]+) {2,}\\S")
                .matcher(root.out()
                        .substring(root.out().indexOf("Commands:"), root.out().indexOf("Exit codes:")))
                .results()
                .map(command -> command.group(1))
                .forEach(command -> {
                    Shell shell = new Shell(folder);
                    shell.run(command, "--help");
                    texts.put("parc " + command, shell.out().replaceAll("\\s+", " "));
                });

        assertThat(texts).hasSizeGreaterThan(15);
        assertPlain(texts);
    }

    @Test
    void descriptionsOfTheApi() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        described(
                "",
                new ObjectMapper()
                        .readTree(Path.of("src/main/resources/openapi.json").toFile()),
                texts);

        assertThat(texts).hasSizeGreaterThan(200);
        assertPlain(texts);
        texts.forEach((where, text) -> {
            if (where.endsWith("/summary")) {
                assertThat(text).as(where).matches("[A-Z].*[^.]").hasSizeLessThan(80);
            }
        });
    }

    private static void described(String place, JsonNode node, Map<String, String> texts) {
        node.properties().forEach(entry -> {
            if (Set.of("description", "summary").contains(entry.getKey())
                    && entry.getValue().isTextual()) {
                texts.put(place + "/" + entry.getKey(), entry.getValue().textValue());
            } else {
                described(place + "/" + entry.getKey(), entry.getValue(), texts);
            }
        });
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            described(place + "/" + index, node.get(index), texts);
        }
    }

    @Test
    void documents() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Path document : DocumentLinksTest.documents()) {
            if (!document.endsWith("style.md")) { // names the words that it forbids
                texts.put(document.toString(), Files.readString(document).replaceAll("(?s)```.*?```|`[^`\n]*`", "x"));
            }
        }

        assertPlain(texts);
    }

    /** Everything on the page but what items say of the tenant. */
    @Test
    void labelsOfTheReport(@TempDir Path folder) {
        CompositionRoot parc = CompositionRoot.demo(folder);
        ReportInput input = parc.reports()
                .of(parc.engine()
                        .answer(parc.runs().request(List.of(), List.of(), Assessment.Trigger.CLI), phrase -> {}));
        Document html = Jsoup.parse(new HtmlReport(CheckPage::of).html(input));
        html.select("section[aria-labelledby=changes], .changed, .urgent").remove(); // has words of earlier runs
        String page = html.text();
        List<String> said = input.assessment().results().stream()
                .flatMap(item -> Stream.of(
                                Stream.of(item.summary()),
                                item.reasons().stream(),
                                item.findings().stream().map(Finding::message))
                        .flatMap(words -> words))
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        for (String words : said) {
            page = page.replace(words.strip().replaceAll("\\s+", " "), "x");
        }

        assertThat(page).contains("Next actions", "Attestations", "Based on");
        assertPlain(Map.of("report", page));
    }

    private static Stream<JsonNode> itemsOfTheDemo() throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("src/test/resources/exports/demo.json").toFile())
                .path("results")
                .valueStream();
    }

    /** What an item says of the tenant, by where it says it. */
    private static Map<String, String> saidBy(JsonNode item) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("summary", item.path("summary").asText());
        item.path("reasons").forEach(reason -> said.put("reason " + said.size(), reason.asText()));
        item.path("findings")
                .forEach(finding -> said.put(
                        "finding " + said.size(), finding.path("message").asText()));
        return said;
    }

    @Test
    void whatItemsSayOfTheDemoTenant() throws IOException {
        Map<String, List<String>> faults = itemsOfTheDemo()
                .collect(Collectors.toMap(
                        item -> item.path("checkId").asText(),
                        item -> {
                            List<String> found = new ArrayList<>();
                            saidBy(item)
                                    .forEach((where, text) ->
                                            faults(text).forEach(fault -> found.add(where + ": " + fault)));
                            if (item.path("summary").asText().length() > Summary.LONGEST) {
                                found.add("a summary of "
                                        + item.path("summary").asText().length() + " characters");
                            }
                            return found;
                        },
                        (one, other) -> one,
                        LinkedHashMap::new));
        assertThat(faults).hasSizeGreaterThan(50);
        faults.values().removeIf(List::isEmpty);

        assertThat(faults).isEmpty();
    }
}
