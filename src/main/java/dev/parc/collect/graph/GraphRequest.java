package dev.parc.collect.graph;

import com.microsoft.kiota.RequestInformation;
import dev.parc.collect.http.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A question for {@link Graph#ask}: what is asked, not where, for the {@link Graph} knows its own endpoint.
 *
 * @param pathAndQuery with the version, encoded, for example {@code /v1.0/users/1?$select=id}
 * @param headers single-valued, by lower-case name
 * @param body JSON, or empty text for none
 * @param whole whether the further pages of a collection are wanted too
 * @param users of a usage report, the lower-case user principal names whose rows are wanted
 */
public record GraphRequest(
        String method,
        String pathAndQuery,
        Map<String, String> headers,
        String body,
        boolean whole,
        Set<String> users) {

    private static final Pattern ENCODED_DOLLAR = Pattern.compile("(?<=[?&])%24");

    /** Of these a URI makes another path than the one that is written. */
    private static final List<String> NO_SEGMENTS = List.of("", ".", "..");

    public GraphRequest {
        headers = Map.copyOf(headers);
        users = Set.copyOf(users);
    }

    /**
     * The request that a builder of the SDK describes, {@link GraphApi#V1} or {@link GraphApi#BETA}.
     *
     * @throws IllegalArgumentException if a key can be no segment of a path: nothing, or nothing but one or two dots
     */
    public static GraphRequest of(RequestInformation built) {
        String pathAndQuery = spelled(uri(built).toString());
        String path = pathAndQuery.split("\\?", 2)[0];
        for (String segment : path.substring(1).split("/", -1)) {
            if (NO_SEGMENTS.contains(segment)) {
                throw new IllegalArgumentException("\"" + segment + "\" can be no key in " + path);
            }
        }
        return new GraphRequest(
                Objects.requireNonNull(built.httpMethod).name(),
                pathAndQuery,
                headers(built),
                body(built),
                true,
                Set.of());
    }

    /** A text as a filter takes it: one literal, whatever it holds. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /**
     * The same for its first page only: of a list that grows with users. Where there is more, the answer still has its
     * link to the next page.
     */
    public GraphRequest firstPage() {
        return new GraphRequest(method, pathAndQuery, headers, body, false, users);
    }

    /** The same for these properties only; for an action, which the SDK does not let choose any. */
    public GraphRequest selecting(String... properties) {
        return new GraphRequest(
                method, pathAndQuery + "?$select=" + String.join(",", properties), headers, body, whole, users);
    }

    /** The same for a usage report, of which only the rows of these users are wanted: lower-case user principal names. */
    public GraphRequest ofUsers(Set<String> names) {
        return new GraphRequest(method, pathAndQuery, headers, body, whole, names);
    }

    /** v1.0 or beta. */
    String version() {
        return pathAndQuery.substring(1, pathAndQuery.indexOf('/', 1));
    }

    ThrottleClass throttleClass() {
        return ThrottleClass.of(
                pathAndQuery.substring(pathAndQuery.indexOf('/', 1)).split("\\?", 2)[0]);
    }

    /** The request to an endpoint: scheme, host and port. */
    WireRequest at(URI endpoint) {
        return new WireRequest(method, endpoint.resolve(pathAndQuery), headers, body, users);
    }

    /** In one spelling: dollar signs as in Graph's own links, and encoded what RFC 3986 does not leave unreserved. */
    private static String spelled(String uri) {
        return ENCODED_DOLLAR.matcher(uri).replaceAll("\\$").replace("%7E", "~").replace("*", "%2A");
    }

    private static URI uri(RequestInformation built) {
        try {
            return Objects.requireNonNull(built.getUri());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a request to Graph", e);
        }
    }

    /** Without what is accepted, which the transport says for every request alike. */
    private static Map<String, String> headers(RequestInformation built) {
        Map<String, String> headers = new HashMap<>();
        built.headers.forEach((name, values) -> {
            if (!name.equalsIgnoreCase("accept")) {
                headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values));
            }
        });
        return headers;
    }

    private static String body(RequestInformation built) {
        InputStream content = built.content;
        if (content == null) {
            return "";
        }
        try (content) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
