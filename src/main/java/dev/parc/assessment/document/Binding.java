package dev.parc.assessment.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Documents whose properties are the components of a record. All that have no default must be there and be of their kind:
 * nothing is taken for something else, not 1 for "1", null for 0 or a text for a list of one; only an {@link Optional} may be missing,
 * and is left out where it is empty. Numbers are whole and 0 or more. What is not known is ignored, for later versions add to documents. What is no
 * document throws {@link IllegalArgumentException}, in one line that has nothing of what the document says.
 */
public final class Binding {

    /** Of what is refused, this says what it must be; the name is put before it. */
    static final String MUST_BE = "must be ";

    private static final String OTHER = "of its kind";
    private static final String NUMBER = "a whole number of 0 or more";
    private static final Map<Class<?>, String> KINDS = Map.of(
            String.class, "a string",
            Instant.class, "a time like 2026-01-31T08:00:00Z",
            LocalDate.class, "a date like 2026-01-31",
            URI.class, "an address",
            int.class, NUMBER,
            Integer.class, NUMBER,
            long.class, NUMBER,
            boolean.class, "true or false",
            Optional.class, "left out or have a value",
            OptionalInt.class, "left out or have a value");

    private final JsonMapper mapper;

    /**
     * @param mixIns annotations for records that name or order their properties otherwise than their components
     * @param defaults what stands for properties that earlier versions did not write, by the ids with which mix-ins inject them
     * @param types how single types are written
     */
    public Binding(Map<Class<?>, Class<?>> mixIns, Map<String, ?> defaults, Module types) {
        // surrogates are escaped, so that an unpaired one survives every encoding; all else stays readable
        JsonMapper.Builder builder = JsonMapper.builder(new JsonFactoryBuilder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .highestNonEscapedChar(0xD7FF)
                        .build())
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(
                        MapperFeature.ALLOW_COERCION_OF_SCALARS,
                        MapperFeature.AUTO_DETECT_IS_GETTERS,
                        MapperFeature.USE_GETTERS_AS_SETTERS)
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .annotationIntrospector(new Required())
                .injectableValues(new InjectableValues.Std(new HashMap<>(defaults)))
                .withConfigOverride(Optional.class, Binding::leftOutIfEmpty)
                .withConfigOverride(OptionalInt.class, Binding::leftOutIfEmpty)
                .addModules(new StrictTypes(), types);
        mixIns.forEach(builder::addMixIn);
        mapper = builder.build();
    }

    private static void leftOutIfEmpty(com.fasterxml.jackson.databind.cfg.MutableConfigOverride type) {
        type.setInclude(JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS));
    }

    /**
     * A record as a document of a schema, which it names before all else.
     *
     * @param schema with its version, like {@code parc-history/1}
     */
    @JsonPropertyOrder("schema")
    public record Document<T extends Record>(
            String schema, @JsonUnwrapped T content) {}

    /** Whatever is no {@link Optional} is required. */
    private static final class Required extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasRequiredMarker(AnnotatedMember member) {
            return !List.of(Optional.class, OptionalInt.class).contains(member.getRawType());
        }
    }

    /** An object without properties. */
    public ObjectNode object() {
        return mapper.createObjectNode();
    }

    /** The record as an object. */
    public ObjectNode tree(Record value) {
        return mapper.valueToTree(value);
    }

    /** The record as a document of this schema. */
    public String write(String schema, Record value) {
        return write(new Document<>(schema, value));
    }

    /** The record, or an object, as a text. */
    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document could not be written", e);
        }
    }

    /** The object that the text holds, which must name this schema. */
    public JsonNode read(String text, String schema) {
        return read(text, List.of(schema));
    }

    private JsonNode read(String text, List<String> schemas) {
        JsonNode tree = understood(() -> mapper.readTree(text));
        if (!tree.isObject()
                || !tree.path("schema").isTextual()
                || !schemas.contains(tree.path("schema").textValue())) {
            throw new IllegalArgumentException("not a document of schema " + schemas.get(0));
        }
        return tree;
    }

    /** The record that the text holds, a document of this schema. */
    public <T extends Record> T read(String text, String schema, Class<T> type) {
        return read(text, List.of(schema), type);
    }

    /** The record that the text holds, a document of one of these schemas, the present one first. */
    public <T extends Record> T read(String text, List<String> schemas, Class<T> type) {
        // PARC writes the schema first, and then the rest need not become a tree
        Optional<T> read = understood(() -> {
            try (JsonParser parser = mapper.createParser(text)) {
                if (parser.nextToken() == JsonToken.START_OBJECT
                        && "schema".equals(parser.nextFieldName())
                        && isOne(schemas, parser.nextTextValue())
                        && parser.nextToken() == JsonToken.FIELD_NAME) {
                    return Optional.of(mapper.readValue(parser, type));
                }
                return Optional.empty();
            }
        });
        return read.orElseGet(() -> value(read(text, schemas), type));
    }

    private static boolean isOne(List<String> schemas, @Nullable String text) {
        return text != null && schemas.contains(text);
    }

    /** The record that an object holds. */
    public <T extends Record> T value(JsonNode object, Class<T> type) {
        return understood(() -> mapper.treeToValue(object, type));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private <T> T understood(Reading<T> reading) {
        try {
            return reading.read();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(refusal(e), e);
        } catch (IOException e) {
            throw new IllegalStateException("a text could not be read", e);
        }
    }

    private String refusal(JsonProcessingException e) {
        if (e.getCause() instanceof IllegalArgumentException cause && cause.getMessage() != null) {
            return cause.getMessage();
        }
        if (e instanceof JsonMappingException refused && !(e.getCause() instanceof JsonProcessingException)) {
            String message = refused.getOriginalMessage();
            return name(refused.getPath()) + " "
                    + (message.startsWith(MUST_BE)
                            ? message
                            : MUST_BE
                                    + (refused instanceof MismatchedInputException it
                                            ? kind(it.getTargetType())
                                            : OTHER));
        }
        return "not JSON, in line "
                + (e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr()));
    }

    /** Of the property or element that is refused. Keys of maps are left aside: they may be any text. */
    private static String name(List<JsonMappingException.Reference> path) {
        boolean inside = false;
        for (int last = path.size() - 1; last >= 0; last--) {
            JsonMappingException.Reference here = path.get(last);
            if (here.getFieldName() != null && !(here.getFrom() instanceof Map)) {
                return (inside ? "what is in \"" : "\"") + here.getFieldName() + "\"";
            }
            inside = true;
        }
        return "it";
    }

    private String kind(@Nullable Class<?> type) {
        if (type == null) {
            return OTHER;
        }
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(constant -> mapper.valueToTree(constant).asText())
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return KINDS.getOrDefault(
                type, Collection.class.isAssignableFrom(type) ? "a list" : type.isPrimitive() ? OTHER : "an object");
    }
}
