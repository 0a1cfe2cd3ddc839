package dev.parc.collect.http;

import java.util.Map;

/**
 * What was asked of Graph.
 *
 * @param calls HTTP calls, a batch counted once, retries and pages included
 * @param answered HTTP calls that brought an answer, whatever its status
 * @param throttled answers 429, inside a batch too
 * @param byRequest requests by method and path with {@code {id}} for ids, batched ones counted singly
 */
public record RequestTally(int calls, int answered, int throttled, Map<String, Integer> byRequest) {

    public RequestTally {
        byRequest = Map.copyOf(byRequest);
    }
}
