package dev.parc.collect.graph;

import dev.parc.collect.wire.JsonBody;
import dev.parc.collect.wire.WireRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A question for {@link Graph#ask}: what is asked, not where, for the {@link Graph} knows its own endpoint.
 *
 * @param path with the version, encoded, for example {@code /v1.0/users/1}
 * @param query values by name, as many as there are, not encoded
 * @param body JSON, or empty text for none
 * @param whole whether the further pages of a collection are wanted too
 * @param users of a usage report, the lower-case user principal names whose rows are wanted
 */
public record GraphRequest(
        String method,
        String path,
        SortedMap<String, List<String>> query,
        String body,
        boolean whole,
        Set<String> users) {

    private static final String BETA = "/beta/";
    private static final String COUNT = "$count";
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    public GraphRequest {
        query = Collections.unmodifiableSortedMap(new TreeMap<>(query));
        users = Set.copyOf(users);
    }

    /**
     * A GET.
     *
     * @param template a path of v1.0, or one that begins with {@code /beta}, for example {@code /users/{id}/owners}
     * @param keys for the places in braces, in their order; each becomes one segment, whatever it holds
     * @throws IllegalArgumentException if a key can be no segment, or there are more or fewer of them than places
     */
    public static GraphRequest get(String template, String... keys) {
        return new GraphRequest("GET", path(template, keys), new TreeMap<>(), "", true, Set.of());
    }

    /** A POST that asks and changes nothing; template and keys as in {@link #get}. */
    public static GraphRequest post(String template, Map<String, ?> body, String... keys) {
        return new GraphRequest(
                "POST",
                path(template, keys),
                new TreeMap<>(),
                JsonBody.object(body).toString(),
                true,
                Set.of());
    }

    /** The same with these properties only. */
    public GraphRequest select(String... properties) {
        return with("$select", properties);
    }

    /** The same with what these properties point to. */
    public GraphRequest expand(String... properties) {
        return with("$expand", properties);
    }

    /**
     * The same for what an OData expression is true of.
     *
     * @param texts for the places in braces, in their order; each becomes a text literal, whatever it holds
     * @throws IllegalArgumentException if there are more or fewer of them than places
     */
    public GraphRequest filter(String expression, String... texts) {
        return with("$filter", fill(expression, texts, text -> "'" + text.replace("'", "''") + "'"));
    }

    /** The same with so many items a page. */
    public GraphRequest top(int items) {
        return with("$top", Integer.toString(items));
    }

    /** The same with how many items there are in all, which Graph tells of its eventually consistent copies only. */
    public GraphRequest counted() {
        return with(COUNT, "true");
    }

    /**
     * The same for its first page only: of a list that grows with users. Where there is more, the answer still has its
     * link to the next page.
     */
    public GraphRequest firstPage() {
        return new GraphRequest(method, path, query, body, false, users);
    }

    /** The same for a usage report, of which only the rows of these users are wanted: lower-case user principal names. */
    public GraphRequest ofUsers(Set<String> names) {
        return new GraphRequest(method, path, query, body, whole, names);
    }

    /** v1.0 or beta. */
    String version() {
        return path.substring(1, path.indexOf('/', 1));
    }

    ThrottleClass throttleClass() {
        return ThrottleClass.of(path.substring(path.indexOf('/', 1)));
    }

    /** The request to an endpoint: scheme, host and port. */
    WireRequest at(URI endpoint) {
        return new WireRequest(method, endpoint.resolve(pathAndQuery()), headers(), body, users);
    }

    private Map<String, String> headers() {
        if (!body.isEmpty()) {
            return Map.of("content-type", "application/json");
        }
        return query.containsKey(COUNT) ? Map.of("consistencylevel", "eventual") : Map.of();
    }

    private String pathAndQuery() {
        String parameters = query.entrySet().stream()
                .map(parameter -> parameter.getKey() + "="
                        + parameter.getValue().stream()
                                .map(GraphRequest::encode)
                                .collect(Collectors.joining(",")))
                .collect(Collectors.joining("&"));
        return parameters.isEmpty() ? path : path + "?" + parameters;
    }

    private GraphRequest with(String name, String... values) {
        SortedMap<String, List<String>> more = new TreeMap<>(query);
        more.put(name, List.of(values));
        return new GraphRequest(method, path, more, body, whole, users);
    }

    private static String path(String template, String... keys) {
        if (!template.startsWith("/")) {
            throw new IllegalArgumentException("not a path: " + template);
        }
        return (template.startsWith(BETA) ? "" : "/v1.0") + fill(template, keys, GraphRequest::segment);
    }

    private static String fill(String template, String[] texts, UnaryOperator<String> written) {
        Matcher places = PLACE.matcher(template);
        StringBuilder filled = new StringBuilder();
        for (String text : texts) {
            if (!places.find()) {
                throw new IllegalArgumentException("more than there is room for in " + template);
            }
            places.appendReplacement(filled, Matcher.quoteReplacement(written.apply(text)));
        }
        if (places.find()) {
            throw new IllegalArgumentException("nothing for " + places.group() + " in " + template);
        }
        return places.appendTail(filled).toString();
    }

    /** Dots alone would lead to another path, and so would nothing at all. */
    private static String segment(String key) {
        if (Stream.of("", ".", "..").anyMatch(key::equals)) {
            throw new IllegalArgumentException("\"" + key + "\" can be no key");
        }
        return encode(key);
    }

    /** All but the unreserved characters of RFC 3986. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
