package dev.parc.assessment;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.check.Stage;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** JSON trees and what is in them. What is not as it must be throws {@link IllegalArgumentException}, in one line. */
final class Json {

    /** Surrogates are escaped, so that an unpaired one survives every encoding; all else stays readable. */
    private static final JsonMapper MAPPER = JsonMapper.builder(
                    new JsonFactoryBuilder().highestNonEscapedChar(0xD7FF).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }

    /** The object that the text holds, which must name this schema. */
    static JsonNode read(String text, String schema) {
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON, in line " + line(e), e);
        }
        if (!node.isObject() || !text(node, "schema").equals(schema)) {
            throw new IllegalArgumentException("not a document of schema " + schema);
        }
        return node;
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
    }

    static String text(JsonNode parent, String name) {
        JsonNode node = parent.path(name);
        if (!node.isTextual()) {
            throw new IllegalArgumentException("\"" + name + "\" must be a text");
        }
        return node.textValue();
    }

    /** The text under a name; empty where there is none. */
    static Optional<String> optionalText(JsonNode parent, String name) {
        return parent.has(name) ? Optional.of(text(parent, name)) : Optional.empty();
    }

    /** The objects of an array; none where there is no array. */
    static List<JsonNode> optionalChildren(JsonNode parent, String name) {
        return parent.has(name) ? children(parent, name) : List.of();
    }

    static boolean flag(JsonNode parent, String name) {
        JsonNode node = parent.path(name);
        if (!node.isBoolean()) {
            throw new IllegalArgumentException("\"" + name + "\" must be true or false");
        }
        return node.booleanValue();
    }

    static int number(JsonNode parent, String name) {
        JsonNode node = parent.path(name);
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
            throw new IllegalArgumentException("\"" + name + "\" must be a whole number of 0 or more");
        }
        return node.intValue();
    }

    static Instant time(JsonNode parent, String name) {
        try {
            return Instant.parse(text(parent, name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + name + "\" must be a time like 2026-01-31T08:00:00Z", e);
        }
    }

    static LocalDate day(JsonNode parent, String name) {
        try {
            return LocalDate.parse(text(parent, name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + name + "\" must be a day like 2026-01-31", e);
        }
    }

    static String runId(JsonNode parent) {
        String id = text(parent, "runId");
        if (!RunIds.isOne(id)) {
            throw new IllegalArgumentException("\"runId\" must be the id of a run");
        }
        return id;
    }

    static String itemId(String id) {
        if (!ItemIds.isOne(id)) {
            throw new IllegalArgumentException("the id of an item must be like S1-04");
        }
        return id;
    }

    /** The constant that is written by its own name. */
    static <E extends Enum<E>> E constant(Class<E> type, JsonNode parent, String name) {
        return constant(type, E::name, name, text(parent, name));
    }

    /** The constant that is written like this text. */
    static <E extends Enum<E>> E constant(Class<E> type, Function<E, String> written, String name, String text) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> written.apply(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" must be one of "
                        + Stream.of(type.getEnumConstants()).map(written).collect(Collectors.joining(", "))));
    }

    static List<Stage> stages(JsonNode parent) {
        return texts(parent, "stages").stream()
                .map(text -> constant(Stage.class, Stage::name, "stages", text))
                .distinct()
                .toList();
    }

    static Assessment.Trigger trigger(JsonNode parent) {
        return constant(Assessment.Trigger.class, Json::written, "trigger", text(parent, "trigger"));
    }

    static String written(Assessment.Trigger trigger) {
        return trigger.name().toLowerCase(Locale.ROOT);
    }

    static JsonNode child(JsonNode parent, String name) {
        JsonNode node = parent.path(name);
        if (!node.isObject()) {
            throw new IllegalArgumentException("\"" + name + "\" must be an object");
        }
        return node;
    }

    /** The objects of an array. */
    static List<JsonNode> children(JsonNode parent, String name) {
        List<JsonNode> children = array(parent, name);
        if (!children.stream().allMatch(JsonNode::isObject)) {
            throw new IllegalArgumentException("\"" + name + "\" must be a list of objects");
        }
        return children;
    }

    /** The texts of an array. */
    static List<String> texts(JsonNode parent, String name) {
        List<JsonNode> texts = array(parent, name);
        if (!texts.stream().allMatch(JsonNode::isTextual)) {
            throw new IllegalArgumentException("\"" + name + "\" must be a list of texts");
        }
        return texts.stream().map(JsonNode::textValue).toList();
    }

    private static List<JsonNode> array(JsonNode parent, String name) {
        JsonNode node = parent.path(name);
        if (!node.isArray()) {
            throw new IllegalArgumentException("\"" + name + "\" must be a list");
        }
        List<JsonNode> elements = new ArrayList<>(node.size());
        node.forEach(elements::add);
        return elements;
    }
}
