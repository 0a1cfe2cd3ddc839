package dev.parc.collect.recording;

import dev.parc.collect.http.BatchBody;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was answered, those inside batches singly, and answers the same again without asking; what passes, such as
 * a throttled request, is asked for again. It may be put over one transport after the other.
 */
public final class RememberedWire {

    private final Map<Recorded, WireResponse> answers = new ConcurrentHashMap<>();
    /** Of a usage report, whose rows were wanted: those of others are not in its answer. */
    private final Map<Recorded, Set<String>> users = new ConcurrentHashMap<>();

    private volatile @Nullable URI graph;

    private final Map<String, Queue<Recorded>> byPath = new ConcurrentHashMap<>();

    /**
     * One request that was answered.
     *
     * @param body canonical JSON, or empty text for none
     */
    public record Asked(String method, RequestTarget target, String body, WireResponse answer) {}

    /** The layer over a transport. */
    public Wire over(Wire wire) {
        return request -> send(request, wire);
    }

    /** What was asked under a path, with the version, whatever the query, in any order. */
    public Collection<Asked> asked(String path) {
        List<Asked> asked = new ArrayList<>();
        for (Recorded one : byPath.getOrDefault(path, new ConcurrentLinkedQueue<>())) {
            WireResponse answer = answers.get(one);
            if (answer != null) {
                asked.add(new Asked(one.method(), one.target(), one.body(), answer));
            }
        }
        return asked;
    }

    /** Where Microsoft Graph is, as it was asked: scheme, host and port; empty if it was not asked yet. */
    public Optional<URI> graph() {
        return Optional.ofNullable(graph);
    }

    /** Every path that was answered, with its version. */
    public Collection<String> paths() {
        return List.copyOf(byPath.keySet());
    }

    private WireResponse send(WireRequest request, Wire wire) throws IOException, InterruptedException {
        if (graph == null && RequestTarget.of(request.uri()).isOfGraph()) {
            graph = request.uri().resolve("/");
        }
        if (!BatchBody.isBatch(request)) {
            Recorded recorded = Recorded.of(request);
            WireResponse known = answers.get(recorded);
            if (known != null && users.getOrDefault(recorded, Set.of()).containsAll(request.users())) {
                return known;
            }
            WireResponse answer = remembered(recorded, wire.send(request));
            users.put(recorded, request.users());
            return answer;
        }
        Map<String, WireRequest> asked = BatchBody.requests(request);
        Map<String, WireResponse> known = new LinkedHashMap<>();
        asked.forEach((id, one) -> {
            WireResponse answer = answers.get(Recorded.of(one));
            if (answer != null) {
                known.put(id, answer);
            }
        });
        if (known.size() == asked.size()) {
            return BatchBody.answer(known);
        }
        Map<String, WireRequest> open = new LinkedHashMap<>(asked);
        open.keySet().removeAll(known.keySet());
        WireResponse response =
                wire.send(known.isEmpty() ? request : BatchBody.of(request.uri(), version(request), open));
        if (response.status() != 200) {
            return response;
        }
        Map<String, WireResponse> answered = BatchBody.answers(JsonBody.whole(response.body()));
        open.forEach((id, one) -> {
            WireResponse answer = answered.get(id);
            if (answer != null) {
                remembered(Recorded.of(one), answer);
            }
        });
        if (known.isEmpty()) {
            return response;
        }
        answered.forEach(known::put);
        return BatchBody.answer(known);
    }

    private static String version(WireRequest batch) {
        return batch.uri().getPath().split("/", 3)[1];
    }

    private WireResponse remembered(Recorded recorded, WireResponse response) {
        if (!new RecordedAnswer(response.status(), response.body()).isPassing()
                && answers.put(recorded, response) == null) {
            byPath.computeIfAbsent(recorded.target().path(), path -> new ConcurrentLinkedQueue<>())
                    .add(recorded);
        }
        return response;
    }
}
