package dev.parc.assessment;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a run asked of the services.
 *
 * @param graph HTTP calls to Microsoft Graph, a batch counted once, retries included
 * @param arm HTTP calls to Azure Resource Manager, retries included
 * @param throttled answers that said "too many requests", inside a batch too
 * @param byRequest how often each request was made, batched ones counted singly, by method and path with {@code {id}}
 *     for ids
 */
public record RequestCount(int graph, int arm, int throttled, Map<String, Integer> byRequest) {

    /** Nothing asked. */
    public static final RequestCount NONE = new RequestCount(0, 0, 0, Map.of());

    public RequestCount {
        byRequest = java.util.Collections.unmodifiableMap(new TreeMap<>(byRequest));
    }
}
