package dev.parc.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.http.WireResponse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers of Graph: pages of what is selected, single objects, errors. */
final class FakePages {

    private static final int LARGEST_PAGE = 999;
    private static final int LARGEST_PAGE_OF_LOG = 1000;

    private final FakeComplaints complaints;
    int pageSize = 100;

    /** An error that is answered. */
    record Refusal(int status, String code, String message) {}

    FakePages(FakeComplaints complaints) {
        this.complaints = complaints;
    }

    /** What is selected of what a GET asks for. */
    List<ObjectNode> select(FakeRequest ask, List<ObjectNode> items) {
        return selected(get(ask), items);
    }

    List<ObjectNode> selected(FakeRequest ask, List<ObjectNode> items) {
        String select = ask.query().getOrDefault("$select", "");
        complaints.require(!select.isEmpty(), "no $select on " + ask.path());
        Set<String> names = new LinkedHashSet<>(List.of(select.split(",", -1)));
        names.add("@odata.type");
        return items.stream().map(item -> item.deepCopy().retain(names)).toList();
    }

    ObjectNode page(FakeRequest ask, List<ObjectNode> items) {
        int top = Integer.parseInt(ask.query().getOrDefault("$top", String.valueOf(pageSize)));
        int largest = ask.path().startsWith("/auditLogs/") ? LARGEST_PAGE_OF_LOG : LARGEST_PAGE;
        complaints.require(top >= 1 && top <= largest, "a page of " + top);
        int from = Integer.parseInt(ask.query().getOrDefault("$skiptoken", "0"));
        int to = Math.min(items.size(), from + Math.min(top, pageSize));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        items.subList(from, to).forEach(answer.withArray("value")::add);
        if (to < items.size()) {
            Map<String, String> query = new LinkedHashMap<>(ask.query());
            query.put("$skiptoken", String.valueOf(to));
            answer.put(
                    "@odata.nextLink",
                    ask.root()
                            + ask.path()
                            + query.entrySet().stream()
                                    .map(it -> it.getKey() + "=" + FakeRequest.encode(it.getValue()))
                                    .collect(Collectors.joining("&", "?", "")));
        }
        return ok(answer);
    }

    FakeRequest get(FakeRequest ask) {
        complaints.require(ask.method().equals("GET"), ask.method() + " on " + ask.path());
        return ask;
    }

    static ObjectNode ok(ObjectNode body) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("status", 200);
        answer.putObject("headers").put("Content-Type", "application/json");
        answer.set("body", body);
        return answer;
    }

    static ObjectNode notFound(String path) {
        return error(new Refusal(404, "Request_ResourceNotFound", "Resource '" + path + "' does not exist"));
    }

    static ObjectNode filterRefused() {
        return error(new Refusal(400, "BadRequest", "The filter is not supported."));
    }

    static ObjectNode error(Refusal refusal) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("status", refusal.status());
        answer.putObject("headers").put("Content-Type", "application/json");
        answer.putObject("body").putObject("error").put("code", refusal.code()).put("message", refusal.message());
        return answer;
    }

    static WireResponse response(int status, JsonNode body) {
        return new WireResponse(status, Map.of("content-type", "application/json"), body.toString());
    }
}
