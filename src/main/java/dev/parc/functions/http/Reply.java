package dev.parc.functions.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param headers besides the content type
 */
public record Reply(int status, String contentType, Map<String, String> headers, String body) {

    public Reply {
        headers = Map.copyOf(headers);
    }

    /** Without further headers. */
    public Reply(int status, String contentType, String body) {
        this(status, contentType, Map.of(), body);
    }

    public static Reply json(int status, String body) {
        return new Reply(status, "application/json", body);
    }

    /** Done, with nothing to say. */
    public static Reply none() {
        return new Reply(204, "application/json", "");
    }

    /** The same reply with one header more. */
    public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, more, body);
    }
}
