package dev.parc.collect.recording;

import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.WireRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * One request in a snapshot, in one spelling whatever the host, the encoding and the order of its query.
 *
 * @param body canonical JSON, or empty text for none
 */
record Recorded(String method, RequestTarget target, String body) {

    /** The request that a transport carries. */
    static Recorded of(WireRequest request) {
        return new Recorded(request.method(), RequestTarget.of(request.uri()), canonical(request.body()));
    }

    /** A request as a manifest writes it. */
    static Recorded of(String method, String request, String body) {
        return new Recorded(method, RequestTarget.of(request), canonical(body));
    }

    private static String canonical(String body) {
        return JsonBody.parse(body).map(JsonBody::canonical).orElse(body);
    }

    /** The file of its answer: path of the request, with query and body folded in. */
    String file() {
        String distinct = target.canonicalQuery() + (body.isEmpty() ? "" : "\n" + body);
        return distinct.isEmpty() ? plainFile() : stem() + "~" + digest(distinct) + ".json";
    }

    /** The file of the path alone, whatever the query. */
    String plainFile() {
        return stem() + ".json";
    }

    private String stem() {
        return Arrays.stream(target.path().split("/", -1))
                .map(Recorded::safe)
                .collect(Collectors.joining("/", target.isOfGraph() ? "graph" : "arm", ""));
    }

    private static String safe(String segment) {
        StringBuilder safe = new StringBuilder();
        for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet > ' ' && "\"%*/:<>?\\|~".indexOf(octet) < 0 && octet < 0x7f;
            safe.append(plain ? Character.toString(octet) : "%%%02X".formatted(octet & 0xff));
        }
        return safe.toString().matches("\\.+") ? safe.toString().replace(".", "%2E") : safe.toString();
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
