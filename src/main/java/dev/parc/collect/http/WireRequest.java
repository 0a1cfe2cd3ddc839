package dev.parc.collect.http;

import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * A request before a credential is added.
 *
 * @param uri absolute
 * @param headers single-valued, by lower-case name
 * @param body JSON, or empty text for none
 * @param users of a usage report, the user principal names whose rows are wanted, lower case; they are neither sent nor
 *     recorded with the request
 */
public record WireRequest(String method, URI uri, Map<String, String> headers, String body, Set<String> users) {

    public WireRequest {
        headers = Map.copyOf(headers);
        users = Set.copyOf(users);
    }

    /** A request for anything but a usage report. */
    public WireRequest(String method, URI uri, Map<String, String> headers, String body) {
        this(method, uri, headers, body, Set.of());
    }

    /** A GET without further headers. */
    public static WireRequest get(URI uri) {
        return new WireRequest("GET", uri, Map.of(), "");
    }
}
