package dev.parc.collect.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** JSON bodies as the transport reads and writes them; nesting is bounded by Jackson's own limits. */
public final class JsonBody {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private JsonBody() {}

    /** The object that a text holds; empty if it holds anything else or nothing whole. */
    public static Optional<ObjectNode> parse(String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The object that an answer tells; empty if it tells of something wrong, or holds no whole one. */
    public static Optional<ObjectNode> told(WireResponse answer) {
        return answer.status() == 200 ? parse(answer.body()) : Optional.empty();
    }

    /**
     * The object that an answer holds.
     *
     * @throws CutOffException if it does not hold a whole one
     */
    public static ObjectNode whole(String text) throws CutOffException {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new CutOffException(e);
        }
        throw new CutOffException();
    }

    /** Maps, lists, text, numbers and nodes as an object. */
    public static ObjectNode object(Map<String, ?> members) {
        return JSON.valueToTree(members);
    }

    /** A node as indented text, for people to read. */
    public static String pretty(JsonNode node) {
        return node.toPrettyString();
    }

    /** One text for equal JSON: members in order of their names, and lists of nothing but text in order too. */
    public static String canonical(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(member -> TextNode.valueOf(member.getKey()) + ":" + canonical(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            Stream<String> items =
                    StreamSupport.stream(node.spliterator(), false).map(JsonBody::canonical);
            boolean onlyText = StreamSupport.stream(node.spliterator(), false).allMatch(JsonNode::isTextual);
            return (onlyText ? items.sorted() : items).collect(Collectors.joining(",", "[", "]"));
        }
        return node.toString();
    }
}
