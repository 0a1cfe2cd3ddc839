package dev.parc.collect.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Graph leaves out a selected property that has no value. This layer writes it as null, so that behind it an absent
 * property always means that it was not read. A 200 whose JSON is not whole counts as cut off.
 */
public final class ExplicitNulls implements Wire {

    private final Wire wire;

    public ExplicitNulls(Wire wire) {
        this.wire = wire;
    }

    @Override
    public WireResponse send(WireRequest request) throws IOException, InterruptedException {
        WireResponse response = wire.send(request);
        if (response.status() != 200) {
            return response;
        }
        ObjectNode body = JsonBody.whole(response.body());
        if (BatchBody.isBatch(request)) {
            fillBatch(request, body);
        } else {
            fill(RequestTarget.of(request.uri()), body);
        }
        return new WireResponse(response.status(), response.headers(), body.toString());
    }

    private static void fillBatch(WireRequest request, ObjectNode body) {
        Map<String, RequestTarget> targets = new HashMap<>();
        BatchBody.requests(request).forEach((id, asked) -> targets.put(id, RequestTarget.of(asked.uri())));
        for (JsonNode answer : body.path("responses")) {
            RequestTarget target = targets.get(answer.path("id").asText());
            if (target != null
                    && answer.path("status").asInt() == 200
                    && answer.path("body") instanceof ObjectNode answered) {
                fill(target, answered);
            }
        }
    }

    private static void fill(RequestTarget target, ObjectNode body) {
        if (body.path("value").isArray()) {
            body.path("value").forEach(item -> fillObject(target, item));
        } else {
            fillObject(target, body);
        }
    }

    private static void fillObject(RequestTarget target, JsonNode node) {
        if (node instanceof ObjectNode object) {
            target.selected().stream().filter(name -> !object.has(name)).forEach(object::putNull);
        }
    }
}
