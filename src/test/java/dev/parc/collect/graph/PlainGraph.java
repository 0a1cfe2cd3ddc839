package dev.parc.collect.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.http.Answer;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends every request by itself, so that tests of readers meet nothing but readers. */
public final class PlainGraph implements Graph {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Wire wire;

    public PlainGraph(Wire wire) {
        this.wire = wire;
    }

    @Override
    public <K> Map<K, Answer> ask(Map<K, GraphRequest> requests) {
        Map<K, Answer> answers = new LinkedHashMap<>();
        requests.forEach((key, request) -> answers.put(key, answer(request)));
        return answers;
    }

    private Answer answer(GraphRequest request) {
        try {
            WireResponse first = wire.send(request.at(URI.create("https://graph.microsoft.com")));
            return first.status() == 200
                    ? new Answer.Value(
                            request.whole() ? pages(JSON.readTree(first.body())) : JSON.readTree(first.body()))
                    : refused(first);
        } catch (IOException e) {
            return new Answer.Failed("the connection broke: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode pages(JsonNode first) throws IOException, InterruptedException {
        JsonNode page = first;
        while (page.has("@odata.nextLink")) {
            URI next = URI.create(page.get("@odata.nextLink").asText());
            page = JSON.readTree(wire.send(WireRequest.get(next)).body());
            ((ArrayNode) first.get("value")).addAll((ArrayNode) page.get("value"));
        }
        if (first instanceof ObjectNode object) {
            object.remove("@odata.nextLink");
        }
        return first;
    }

    private static Answer refused(WireResponse response) {
        try {
            JsonNode error = JSON.readTree(response.body()).path("error");
            return new Answer.Refused(
                    response.status(),
                    error.path("code").asText(),
                    error.path("message").asText());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
