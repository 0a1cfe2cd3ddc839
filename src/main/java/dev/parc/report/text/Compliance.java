package dev.parc.report.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the items correspond to in frameworks that auditors ask for. Only clear correspondences are listed; meeting an item
 * does not prove that a reference is met. The resource {@code compliance.json} holds them all.
 */
public final class Compliance {

    /**
     * A framework.
     *
     * @param id a short name for programs
     * @param version the version whose ids the references are
     */
    public record Framework(String id, String title, String version, String organization, String url) {

        /** Its title with its version. */
        public String inWords() {
            return title + " " + version;
        }
    }

    /**
     * A part of a framework that an item corresponds to.
     *
     * @param id as the framework has it
     * @param title what it is about, in PARC's words
     */
    public record Reference(Framework framework, String id, String title) {

        /** Where a person can read it. */
        public String link() {
            return switch (framework.id()) {
                case "attack" ->
                    framework.url() + (id.startsWith("M") ? "/mitigations/" : "/techniques/") + id.replace('.', '/')
                            + "/";
                case "scuba" ->
                    framework.url() + "#" + id.toLowerCase(Locale.ROOT).replace(".", "");
                default -> framework.url();
            };
        }
    }

    private static final JsonNode TABLE = table();
    private static final List<Framework> FRAMEWORKS = stream(TABLE.path("frameworks"))
            .map(node -> new Framework(
                    text(node, "id"),
                    text(node, "title"),
                    text(node, "version"),
                    text(node, "organization"),
                    text(node, "url")))
            .toList();
    private static final Map<String, List<Reference>> ITEMS = items();

    private Compliance() {}

    /** All frameworks. */
    public static List<Framework> frameworks() {
        return FRAMEWORKS;
    }

    /** What an item corresponds to, in the order of the frameworks; nothing for an item without any. */
    public static List<Reference> of(String itemId) {
        return ITEMS.getOrDefault(itemId, List.of());
    }

    /** What an item corresponds to in one framework. */
    public static List<Reference> of(String itemId, Framework framework) {
        return of(itemId).stream()
                .filter(reference -> reference.framework().equals(framework))
                .toList();
    }

    /** What an item corresponds to, by framework, in one line; empty if to nothing. */
    public static Optional<String> inWords(String itemId) {
        String references = FRAMEWORKS.stream()
                .filter(framework -> !of(itemId, framework).isEmpty())
                .map(framework -> framework.inWords() + " "
                        + of(itemId, framework).stream().map(Reference::id).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return Optional.of(references).filter(words -> !words.isEmpty());
    }

    private static Map<String, List<Reference>> items() {
        Map<String, List<Reference>> items = new LinkedHashMap<>();
        TABLE.path("items").properties().forEach(item -> {
            List<Reference> references = new ArrayList<>();
            for (Framework framework : FRAMEWORKS) {
                JsonNode titles = stream(TABLE.path("frameworks"))
                        .filter(node -> text(node, "id").equals(framework.id()))
                        .findFirst()
                        .orElseThrow()
                        .path("references");
                stream(item.getValue().path(framework.id()))
                        .map(JsonNode::textValue)
                        .map(id -> new Reference(framework, id, text(titles, id)))
                        .forEach(references::add);
            }
            items.put(item.getKey(), List.copyOf(references));
        });
        return items;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return array.valueStream();
    }

    private static String text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).textValue())
                .orElseThrow(() -> new IllegalStateException("compliance.json lacks " + name));
    }

    private static JsonNode table() {
        try (InputStream resource = Compliance.class.getResourceAsStream("compliance.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The items that correspond to this. */
    public static List<String> itemsOf(Reference reference) {
        return ITEMS.entrySet().stream()
                .filter(item -> item.getValue().contains(reference))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Everything that some item corresponds to in a framework, by id. */
    public static List<Reference> references(Framework framework) {
        return ITEMS.values().stream()
                .flatMap(List::stream)
                .filter(reference -> reference.framework().equals(framework))
                .distinct()
                .sorted(Comparator.comparing(Reference::id))
                .toList();
    }
}
