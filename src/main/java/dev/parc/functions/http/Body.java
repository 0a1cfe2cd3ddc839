package dev.parc.functions.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.azure.functions.HttpRequestMessage;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The JSON object that a request sends; what is not as it must be is a problem that says how it must be. */
public final class Body {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_NAMES = 100;

    private final JsonNode object;

    private Body(JsonNode object) {
        this.object = object;
    }

    /**
     * The body of a request.
     *
     * @param fields the fields that it may have
     * @param example a whole body, to show to who sends none
     */
    public static Body of(HttpRequestMessage<Optional<String>> request, Set<String> fields, String example) {
        if (!Http.isJson(request)) {
            throw new ProblemException(
                    Problem.UNSUPPORTED_MEDIA_TYPE.reply("Send the request with Content-Type: application/json."));
        }
        String body = request.getBody().orElse("");
        if (body.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new ProblemException(Problem.TOO_LARGE.reply("Send at most 64 KiB."));
        }
        JsonNode object = parsed(body, example);
        if (!object.isObject()) {
            throw invalid("The body must be a JSON object such as " + example + ".");
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                throw invalid("The body can have the fields "
                        + String.join(", ", fields.stream().sorted().toList()) + ", and no others.");
            }
        });
        return new Body(object);
    }

    private static JsonNode parsed(String body, String example) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw invalid("The body is not JSON; it must be an object such as " + example + ".");
        }
    }

    /** A text that must be there. */
    public String text(String field) {
        return optionalText(field)
                .orElseThrow(() -> invalid("The field " + field + " is required and must be a string."));
    }

    /** A text that may be left out, or be null. */
    public Optional<String> optionalText(String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw invalid("The field " + field + " must be a string.");
        }
        return Optional.of(value.asText());
    }

    /** One of the names of an enumeration, whatever the case; it must be there. */
    public <E extends Enum<E>> E constant(String field, Class<E> type) {
        return constant(field, type, text(field));
    }

    /** A day that must be there. */
    public LocalDate day(String field) {
        try {
            return LocalDate.parse(text(field));
        } catch (DateTimeException e) {
            throw invalid("The field " + field + " must be a date like 2026-01-31.");
        }
    }

    /** A list of names; empty if it is left out. */
    public List<String> names(String field) {
        JsonNode array = object.path(field);
        if (array.isMissingNode()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        array.forEach(element -> names.add(element.isTextual() ? element.asText() : ""));
        if (!array.isArray() || names.size() > MOST_NAMES || names.contains("")) {
            throw invalid("The field " + field + " must be a list of at most " + MOST_NAMES + " names.");
        }
        return names;
    }

    /** The field as it was sent; missing if it was not. */
    JsonNode field(String field) {
        return object.path(field);
    }

    /** A problem with the body. */
    public static ProblemException invalid(String detail) {
        return new ProblemException(Problem.INVALID_REQUEST.reply(detail));
    }

    /** The constant with this name, whatever the case; a problem that lists the names if there is none. */
    public static <E extends Enum<E>> E constant(String field, Class<E> type, String text) {
        return Stream.of(type.getEnumConstants())
                .filter(one -> one.name().equals(text.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> invalid(field + " may be "
                        + Stream.of(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "))
                        + "."));
    }
}
