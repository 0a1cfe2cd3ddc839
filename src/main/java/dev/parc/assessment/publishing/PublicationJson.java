package dev.parc.assessment.publishing;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/**
 * The documents of the sequence. Reading ignores unknown fields, and throws {@link IllegalArgumentException} with one line if
 * the document is not one.
 */
public final class PublicationJson {

    private static final String PUBLICATION = "parc-publication/1";
    private static final String TOMBSTONE = "parc-tombstone/1";

    /** Surrogates are escaped, so that an unpaired one survives every encoding. */
    private static final JsonMapper MAPPER = new JsonMapper(
            new JsonFactoryBuilder().highestNonEscapedChar(0xD7FF).build());

    private PublicationJson() {}

    /** The publication as schema {@code parc-publication/1}. */
    public static String write(Publication publication) {
        return written(MAPPER.createObjectNode()
                .put("schema", PUBLICATION)
                .put("position", publication.position())
                .put("kind", publication.kind().name())
                .put("runId", publication.runId())
                .put("tag", publication.tag())
                .put("at", publication.at().toString()));
    }

    /** The publication of a document. */
    public static Publication read(String document) {
        JsonNode node = node(document, PUBLICATION);
        long position = node.path("position").asLong(-1);
        if (position < 0) {
            throw new IllegalArgumentException("\"position\" must be a whole number of 0 or more");
        }
        return new Publication(
                position,
                Arrays.stream(Publication.Kind.values())
                        .filter(kind -> kind.name().equals(node.path("kind").asText()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("\"kind\" must be RUN or DELETION")),
                text(node, "runId"),
                text(node, "tag"),
                time(node, "at"));
    }

    /** The tombstone as schema {@code parc-tombstone/1}. */
    public static String write(Tombstone tombstone) {
        return written(MAPPER.createObjectNode()
                .put("schema", TOMBSTONE)
                .put("by", tombstone.by())
                .put("at", tombstone.at().toString())
                .put("reason", tombstone.reason())
                .put("results", tombstone.results())
                .put("findings", tombstone.findings())
                .put("changes", tombstone.changes()));
    }

    /** The tombstone of a document. */
    public static Tombstone readTombstone(String document) {
        JsonNode node = node(document, TOMBSTONE);
        return new Tombstone(
                text(node, "by"),
                time(node, "at"),
                text(node, "reason"),
                node.path("results").asInt(),
                node.path("findings").asInt(),
                node.path("changes").asInt());
    }

    private static String written(ObjectNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }

    private static JsonNode node(String document, String schema) {
        JsonNode node;
        try {
            node = MAPPER.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        if (!node.isObject() || !node.path("schema").asText().equals(schema)) {
            throw new IllegalArgumentException("not a document of schema " + schema);
        }
        return node;
    }

    private static String text(JsonNode node, String name) {
        if (!node.path(name).isTextual()) {
            throw new IllegalArgumentException("\"" + name + "\" must be a text");
        }
        return node.path(name).textValue();
    }

    private static Instant time(JsonNode node, String name) {
        try {
            return Instant.parse(text(node, name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + name + "\" must be a time like 2026-01-31T08:00:00Z", e);
        }
    }
}
