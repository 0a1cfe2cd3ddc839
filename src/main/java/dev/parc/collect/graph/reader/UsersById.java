package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.graph.Graph;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.Slices;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Asks for users by their ids: one request each where they are few, and by blocks of ids where they are many. Each gets the answer that it
 * would have got alone: whom its block does not tell of, and a block that Graph takes no such filter for, or that a snapshot does not
 * have, is asked for one by one.
 */
final class UsersById {

    /** Up to so many a request each costs little, and a snapshot answers whoever else is asked for later. */
    static final int FEW = 100;

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private UsersById() {}

    /**
     * The answers about these users.
     *
     * @param ids object ids, and sign-in names, which are asked for one by one
     */
    static Map<String, Answer> ask(Graph graph, Collection<String> ids, String... properties) {
        Map<String, Answer> found = new HashMap<>(ids.size() > FEW ? askInBlocks(graph, ids, properties) : Map.of());
        Map<String, GraphRequest> single = new LinkedHashMap<>();
        ids.stream().filter(id -> !found.containsKey(id)).forEach(id -> single.put(id, one(id, properties)));
        found.putAll(graph.ask(single));
        Map<String, Answer> answers = new LinkedHashMap<>(); // in the order in which they were asked for
        ids.forEach(id -> Optional.ofNullable(found.get(id)).ifPresent(answer -> answers.put(id, answer)));
        return answers;
    }

    private static GraphRequest one(String id, String... properties) {
        return GraphRequest.of(
                V1.users().byUserId(id).toGetRequestInformation(it -> it.queryParameters.select = properties));
    }

    private static Map<String, Answer> askInBlocks(Graph graph, Collection<String> ids, String... properties) {
        List<String> guids = ids.stream()
                .filter(id -> Item.guid(id).isPresent())
                .distinct()
                .sorted()
                .toList();
        Map<List<String>, GraphRequest> requests = new LinkedHashMap<>();
        for (List<String> block : Slices.of(guids, Slices.ALTERNATIVES)) {
            String filter = block.stream().map(GraphRequest::literal).collect(Collectors.joining(",", "id in (", ")"));
            requests.put(block, GraphRequest.of(V1.users().toGetRequestInformation(it -> {
                it.queryParameters.filter = filter;
                it.queryParameters.select = properties;
            })));
        }
        Map<String, Answer> answers = new LinkedHashMap<>();
        graph.ask(requests).forEach((block, answer) -> answers.putAll(ofBlock(block, answer)));
        return answers;
    }

    private static Map<String, Answer> ofBlock(List<String> block, Answer answer) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        if (answer instanceof Answer.Value value) {
            Map<String, List<JsonNode>> rows = new TreeMap<>();
            value.body()
                    .path("value")
                    .forEach(row -> rows.computeIfAbsent(
                                    row.path("id").asText().toLowerCase(Locale.ROOT), id -> new ArrayList<>())
                            .add(row));
            block.forEach(id -> {
                List<JsonNode> found = rows.getOrDefault(id.toLowerCase(Locale.ROOT), List.of());
                if (found.size() == 1) {
                    answers.put(id, new Answer.Value(found.get(0)));
                }
            });
        } else if (answer instanceof Answer.Refused refused
                && refused.status() != BAD_REQUEST
                && refused.status() != NOT_FOUND) {
            block.forEach(id -> answers.put(id, answer));
        }
        return answers;
    }
}
