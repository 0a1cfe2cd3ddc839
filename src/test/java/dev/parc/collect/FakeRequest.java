package dev.parc.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One request, by itself or in a batch.
 *
 * @param root scheme, host and version
 * @param template the path with {@code {id}} for ids, from {@code /beta} on if it is of beta
 * @param eventual whether it says that it takes eventual consistency
 */
record FakeRequest(
        String root,
        String method,
        String path,
        String template,
        Map<String, String> query,
        JsonNode body,
        boolean eventual) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    static FakeRequest of(String root, String method, String pathAndQuery, String body, boolean eventual) {
        int mark = pathAndQuery.indexOf('?');
        String path = decode(mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark));
        return new FakeRequest(
                root,
                method,
                path,
                (root.endsWith("/beta") ? "/beta" : "") + template(path),
                query(mark < 0 ? "" : pathAndQuery.substring(mark + 1)),
                body.isEmpty() ? MissingNode.getInstance() : parse(body),
                eventual);
    }

    /** The path from {@code /beta} on if it is of beta. */
    String versioned() {
        return (root.endsWith("/beta") ? "/beta" : "") + path;
    }

    /** The key of the object that the path begins with. */
    String owner() {
        return path.split("/", -1)[2];
    }

    String filter() {
        return query.getOrDefault("$filter", "");
    }

    private static String template(String path) {
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean key = GUID.matcher(segments[i]).matches()
                    || segments[i - 1].equals("jobs")
                    || (i == 2
                            && Set.of("users", "groups", "servicePrincipals", "domains")
                                    .contains(segments[1]));
            segments[i] = key ? "{id}" : segments[i];
        }
        return String.join("/", segments);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        Stream.of(raw.split("&", -1)).filter(part -> !part.isEmpty()).forEach(part -> {
            int equals = part.indexOf('=');
            query.put(decode(part.substring(0, equals)), decode(part.substring(equals + 1)));
        });
        return query;
    }

    private static String decode(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    static String encode(String text) {
        return text.replace("%", "%25")
                .replace(" ", "%20")
                .replace("&", "%26")
                .replace("+", "%2B")
                .replace("#", "%23");
    }

    static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a body that is no JSON", e);
        }
    }
}
