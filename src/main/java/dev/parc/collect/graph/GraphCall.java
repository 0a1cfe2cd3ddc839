package dev.parc.collect.graph;

import dev.parc.collect.http.Answer;
import dev.parc.collect.http.WireRequest;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * One request that somebody waits for.
 *
 * @param version v1.0 or beta
 * @param whole whether its further pages are wanted too
 */
record GraphCall(
        WireRequest request,
        String version,
        ThrottleClass throttleClass,
        boolean whole,
        CompletableFuture<Answer> answer) {

    /** The call that a request becomes at an endpoint. */
    static GraphCall of(GraphRequest request, URI endpoint) {
        return new GraphCall(
                request.at(endpoint),
                request.version(),
                request.throttleClass(),
                request.whole(),
                new CompletableFuture<>());
    }
}
