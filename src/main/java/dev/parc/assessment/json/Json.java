package dev.parc.assessment.json;

import static dev.parc.assessment.json.Shapes.DOCUMENTS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.ledger.ItemIds;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.check.Stage;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** JSON trees and what is in them. What is not as it must be throws {@link IllegalArgumentException}, in one line. */
public final class Json {

    private Json() {}

    public static ObjectNode object() {
        return DOCUMENTS.object();
    }

    public static String write(JsonNode node) {
        return DOCUMENTS.write(node);
    }

    /** The object that the text holds, which must name this schema. */
    static JsonNode read(String text, String schema) {
        return DOCUMENTS.read(text, schema);
    }

    public static String text(JsonNode parent, String name) {
        JsonNode node = parent.path(name);
        if (!node.isTextual()) {
            throw new IllegalArgumentException("\"" + name + "\" must be a string");
        }
        return node.textValue();
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

    public static int number(JsonNode parent, String name) {
        JsonNode node = parent.path(name);
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
            throw new IllegalArgumentException("\"" + name + "\" must be a whole number of 0 or more");
        }
        return node.intValue();
    }

    public static Instant time(JsonNode parent, String name) {
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

    public static String runId(JsonNode parent) {
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
        return constant(Assessment.Trigger.class, Assessment.Trigger::written, "trigger", text(parent, "trigger"));
    }

    static JsonNode child(JsonNode parent, String name) {
        JsonNode node = parent.path(name);
        if (!node.isObject()) {
            throw new IllegalArgumentException("\"" + name + "\" must be an object");
        }
        return node;
    }

    /** The objects of an array. */
    public static List<JsonNode> children(JsonNode parent, String name) {
        List<JsonNode> children = array(parent, name);
        if (!children.stream().allMatch(JsonNode::isObject)) {
            throw new IllegalArgumentException("\"" + name + "\" must be a list of objects");
        }
        return children;
    }

    /** The texts of an array. */
    public static List<String> texts(JsonNode parent, String name) {
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
