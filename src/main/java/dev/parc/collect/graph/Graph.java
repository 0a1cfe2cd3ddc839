package dev.parc.collect.graph;

import dev.parc.collect.AwaitedPermissions;
import dev.parc.collect.http.Answer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks Microsoft Graph. Counting, batching, throttling classes, paging, retry, recording and replay are behind it;
 * callers on different threads share batches.
 */
public interface Graph {

    /**
     * Answers each request under its own key, collections to their last page unless it is a
     * {@link GraphRequest#firstPage}; blocks until all are answered.
     */
    <K> Map<K, Answer> ask(Map<K, GraphRequest> requests);

    /** The application permissions that the identity has, or had when the snapshot was taken; empty if nothing tells. */
    default Optional<Set<String>> held() {
        return Optional.empty();
    }

    /** What was granted to the identity and is not in its token yet; empty if nothing tells. */
    default Optional<AwaitedPermissions> awaited() {
        return Optional.empty();
    }

    /** Answers one request. */
    default Answer ask(GraphRequest request) {
        Answer answer = ask(Map.of("", request)).get("");
        if (answer == null) {
            throw new IllegalStateException("a request got no answer");
        }
        return answer;
    }
}
