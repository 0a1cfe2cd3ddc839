package dev.parc.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.azure.functions.HttpRequestMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The body of {@code POST /api/runs}: the stages and checks to answer, all of them if it names none. */
record RunOrder(List<String> stages, List<String> checks) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    private static final Set<String> FIELDS = Set.of("stages", "checks");
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_NAMES = 100;

    RunOrder {
        stages = List.copyOf(stages);
        checks = List.copyOf(checks);
    }

    static RunOrder of(HttpRequestMessage<Optional<String>> request) {
        if (!Http.isJson(request)) {
            throw new ProblemException(
                    Problem.UNSUPPORTED_MEDIA_TYPE.reply("Send the request with Content-Type: application/json."));
        }
        String body = request.getBody().orElse("");
        if (body.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new ProblemException(Problem.TOO_LARGE.reply("Send at most 64 KiB."));
        }
        JsonNode order = parsed(body);
        if (!order.isObject()) {
            throw invalid("The body must be a JSON object such as {\"stages\":[\"S1\"]}; {} asks for everything.");
        }
        order.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw invalid("The body may have the fields stages and checks, and no other.");
            }
        });
        return new RunOrder(names(order, "stages"), names(order, "checks"));
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw invalid("The body is not JSON; it must be an object such as {\"stages\":[\"S1\"]}.");
        }
    }

    private static List<String> names(JsonNode order, String field) {
        JsonNode array = order.path(field);
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

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.INVALID_REQUEST.reply(detail));
    }
}
