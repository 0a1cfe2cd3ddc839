package dev.parc.collect.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a request asks for, whatever the host and however it was encoded: two spellings of one request are equal.
 *
 * @param path with the version, decoded, for example {@code /v1.0/users}
 * @param query decoded values by name
 */
public record RequestTarget(String path, SortedMap<String, String> query) {

    /** Names in paths of Graph and Resource Manager; every other segment is a key. */
    private static final Pattern NAME = Pattern.compile(
            "|v1\\.0|beta|[A-Za-z][A-Za-z0-9_]{0,60}(\\(.*\\))?|(microsoft\\.)?graph\\.[A-Za-z]+|[Mm]icrosoft\\.[A-Za-z]+");

    /** A management group may be called anything. */
    private static final Pattern MANAGEMENT_GROUP = Pattern.compile("(?i)(?<=/managementGroups/)[^/]+");

    /** So may what belongs to a resource group, as far as the name tells. */
    private static final Pattern RESOURCE =
            Pattern.compile("(?i)(?<=/(resourceGroups|workspaces|storageAccounts|watchlists|jobs)/)[^/]+");

    public RequestTarget {
        query = Collections.unmodifiableSortedMap(new TreeMap<>(query));
    }

    /** The target of a URI. */
    public static RequestTarget of(URI uri) {
        String query = uri.getRawQuery();
        return of(query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query);
    }

    /**
     * The target of an encoded path and query.
     *
     * @throws IllegalArgumentException if the encoding is broken
     */
    public static RequestTarget of(String pathAndQuery) {
        String[] parts = pathAndQuery.split("\\?", 2);
        SortedMap<String, String> query = new TreeMap<>();
        if (parts.length == 2) {
            for (String pair : parts[1].split("&", -1)) {
                String[] sides = pair.split("=", 2);
                query.put(decode(sides[0]), sides.length == 2 ? decode(sides[1]) : "");
            }
        }
        return new RequestTarget(decode(parts[0]), query);
    }

    /** Whether it is one for Graph; any other is for Azure Resource Manager. */
    public boolean isOfGraph() {
        return path.startsWith("/v1.0/") || path.startsWith("/beta/");
    }

    /** The path with {@code {id}} for keys: the same for every request of its kind. */
    public String template() {
        String named = RESOURCE.matcher(MANAGEMENT_GROUP.matcher(path).replaceAll("{id}"))
                .replaceAll("{id}");
        return Arrays.stream(named.split("/", -1))
                .map(segment -> NAME.matcher(segment).matches() ? segment : "{id}")
                .collect(Collectors.joining("/"));
    }

    /** The names in {@code $select}, without those that reach into a property. */
    public Set<String> selected() {
        return Arrays.stream(query.getOrDefault("$select", "").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !name.contains("/"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The query in one spelling, without the question mark; empty if there is none. */
    public String canonicalQuery() {
        return query.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Path and query in one spelling, encoded only where it must be. */
    @Override
    public String toString() {
        String path = encode(this.path);
        return query.isEmpty() ? path : path + "?" + canonicalQuery();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return text.replace("%", "%25")
                .replace("&", "%26")
                .replace("#", "%23")
                .replace("?", "%3F")
                .replace("+", "%2B")
                .replace(" ", "%20");
    }
}
