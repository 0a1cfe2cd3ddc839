package dev.parc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Kusto's own analyser of queries, from npm, in a process of Node. */
public final class KustoAnalyser {

    private static final Path FOLDER = Path.of("target", "kusto");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What the analyser makes of a query.
     *
     * @param wrong what it finds wrong, the severity first
     * @param words without comments
     * @param tables the tables that the query asks, by name, in order
     * @param columns the columns of tables that it names, in order
     */
    public record Analysed(List<String> wrong, List<Word> words, List<String> tables, List<String> columns) {

        /** Whether the service would refuse the query. */
        public boolean fails() {
            return wrong.stream().anyMatch(word -> word.startsWith("Error"));
        }
    }

    /**
     * A word of a query.
     *
     * @param isText whether it is a text literal
     * @param text what the literal says, or the word as it is written
     */
    public record Word(boolean isText, String text) {}

    private KustoAnalyser() {}

    /** Installs it; whoever calls is skipped where Node is not on the path. */
    public static void install() throws IOException, InterruptedException {
        assumeThat(isThere("node") && isThere("npm"))
                .as("Node, node and npm, is on the path")
                .isTrue();
        NodePackages.install(Path.of("src", "test", "kusto"), FOLDER);
    }

    private static boolean isThere(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /**
     * Analyses each query.
     *
     * @param tables the schema of each table, as {@code (Name: type, ...)}
     */
    public static List<Analysed> analysed(Map<String, String> tables, List<String> queries)
            throws IOException, InterruptedException {
        return answers(Map.of("tables", tables, "queries", queries), queries.size());
    }

    /** The words of each query, and what is no word; no more than that, in less time. */
    public static List<Analysed> words(List<String> queries) throws IOException, InterruptedException {
        return answers(Map.of("tables", Map.of(), "queries", queries, "only", "words"), queries.size());
    }

    private static List<Analysed> answers(Map<String, ?> question, int count) throws IOException, InterruptedException {
        Path input = Files.createTempFile(FOLDER, "queries", ".json");
        JSON.writeValue(input.toFile(), question);
        Process process = new ProcessBuilder(
                        "node", "analyse.mjs", input.getFileName().toString())
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        Files.delete(input);
        List<Analysed> analysed = new ArrayList<>();
        for (String line : output.lines().toList()) {
            analysed.add(analysed(JSON.readTree(line)));
        }
        assertThat(analysed).hasSize(count);
        return analysed;
    }

    private static Analysed analysed(JsonNode node) {
        List<Word> words = new ArrayList<>();
        for (JsonNode word : node.path("words")) {
            words.add(new Word(
                    word.has("text"),
                    word.path(word.has("text") ? "text" : "word").asText()));
        }
        return new Analysed(texts(node.path("wrong")), words, texts(node.path("tables")), texts(node.path("columns")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }
}
