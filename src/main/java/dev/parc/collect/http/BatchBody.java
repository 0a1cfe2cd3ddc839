package dev.parc.collect.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The JSON of {@code POST /v1.0/$batch} and {@code /beta/$batch}. */
public final class BatchBody {

    private static final String SUFFIX = "/$batch";

    private BatchBody() {}

    /** Whether a request is a batch. */
    public static boolean isBatch(WireRequest request) {
        return request.method().equals("POST") && request.uri().getPath().endsWith(SUFFIX);
    }

    /**
     * One batch of requests of one version.
     *
     * @param endpoint scheme, host and port
     * @param version v1.0 or beta
     * @param requests by the ids under which they are to be answered
     */
    public static WireRequest of(URI endpoint, String version, Map<String, WireRequest> requests) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        requests.forEach((id, request) -> {
            ObjectNode one = array.addObject()
                    .put("id", id)
                    .put("method", request.method())
                    .put("url", relative(request.uri(), "/" + version));
            if (!request.headers().isEmpty()) {
                request.headers().forEach(one.putObject("headers")::put);
            }
            JsonBody.parse(request.body()).ifPresent(body -> one.set("body", body));
        });
        return new WireRequest(
                "POST",
                endpoint.resolve("/" + version + SUFFIX),
                Map.of("content-type", "application/json"),
                JsonBody.object(Map.of("requests", array)).toString());
    }

    /**
     * The requests inside a batch, by id, in their order.
     *
     * @throws IllegalArgumentException if it is no batch
     */
    public static Map<String, WireRequest> requests(WireRequest batch) {
        String path = batch.uri().getPath();
        String version = path.substring(0, path.length() - SUFFIX.length());
        ObjectNode body = JsonBody.parse(batch.body())
                .orElseThrow(() -> new IllegalArgumentException("the body of a batch is no JSON object"));
        Map<String, WireRequest> requests = new LinkedHashMap<>();
        for (JsonNode one : body.path("requests")) {
            JsonNode content = one.path("body");
            requests.put(
                    one.path("id").asText(),
                    new WireRequest(
                            one.path("method").asText(),
                            batch.uri().resolve(version + one.path("url").asText()),
                            headers(one.path("headers")),
                            content.isMissingNode() ? "" : content.toString()));
        }
        return requests;
    }

    /** The answers inside a batch's answer, by id; one without a body has empty text, one without status is none. */
    public static Map<String, WireResponse> answers(ObjectNode body) {
        Map<String, WireResponse> answers = new HashMap<>();
        for (JsonNode one : body.path("responses")) {
            JsonNode content = one.path("body");
            if (one.path("status").isInt()) {
                answers.put(
                        one.path("id").asText(),
                        new WireResponse(
                                one.path("status").intValue(),
                                headers(one.path("headers")),
                                content.isMissingNode() ? "" : content.toString()));
            }
        }
        return answers;
    }

    /** The answer to a batch that holds these answers. */
    public static WireResponse answer(Map<String, WireResponse> answers) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        answers.forEach((id, answer) -> {
            ObjectNode one = array.addObject().put("id", id).put("status", answer.status());
            answer.headers().forEach(one.putObject("headers")::put);
            JsonBody.parse(answer.body()).ifPresent(content -> one.set("body", content));
        });
        return new WireResponse(
                200,
                Map.of("content-type", "application/json"),
                JsonBody.object(Map.of("responses", array)).toString());
    }

    private static String relative(URI uri, String version) {
        String path = uri.getRawPath().substring(version.length());
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static Map<String, String> headers(JsonNode node) {
        Map<String, String> headers = new HashMap<>();
        node.properties()
                .forEach(entry -> headers.put(
                        entry.getKey().toLowerCase(Locale.ROOT),
                        entry.getValue().asText()));
        return headers;
    }
}
