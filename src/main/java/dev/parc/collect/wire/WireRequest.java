package dev.parc.collect.wire;

import java.net.URI;
import java.util.Map;

/**
 * A request before a credential is added.
 *
 * @param uri absolute
 * @param headers single-valued, by lower-case name
 * @param body JSON, or empty text for none
 */
public record WireRequest(String method, URI uri, Map<String, String> headers, String body) {

    public WireRequest {
        headers = Map.copyOf(headers);
    }

    /** A GET without further headers. */
    public static WireRequest get(URI uri) {
        return new WireRequest("GET", uri, Map.of(), "");
    }
}
