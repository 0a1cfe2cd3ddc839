package dev.parc.collect.wire;

import java.util.Map;
import java.util.Optional;

/**
 * A whole answer.
 *
 * @param headers single-valued, by lower-case name
 * @param body as text; empty if there is none
 */
public record WireResponse(int status, Map<String, String> headers, String body) {

    public WireResponse {
        headers = Map.copyOf(headers);
    }

    /** The value of a header, by its lower-case name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
