package dev.parc.collect.graph;

import com.microsoft.kiota.RequestInformation;
import dev.parc.collect.exchange.Answer;
import dev.parc.collect.wire.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

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

    private static final Pattern ENCODED_DOLLAR = Pattern.compile("(?<=[?&])%24");

    /** The call at an endpoint that a builder of the SDK describes. */
    static GraphCall of(RequestInformation information, URI endpoint) {
        URI built = uri(information);
        String pathAndQuery =
                built.getRawQuery() == null ? built.getRawPath() : built.getRawPath() + "?" + built.getRawQuery();
        URI uri = endpoint.resolve(ENCODED_DOLLAR.matcher(pathAndQuery).replaceAll("\\$"));
        String[] parts = built.getPath().split("/", 3);
        if (parts.length < 3) {
            throw new IllegalArgumentException("not a path of Graph with its version: " + built.getPath());
        }
        return new GraphCall(
                new WireRequest(
                        information.httpMethod.name(),
                        uri,
                        headers(information),
                        body(information),
                        GraphRequests.users(information)),
                parts[1],
                ThrottleClass.of("/" + parts[2]),
                !GraphRequests.isForFirstPage(information),
                new CompletableFuture<>());
    }

    private static URI uri(RequestInformation information) {
        try {
            return Objects.requireNonNull(information.getUri());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a request to Graph", e);
        }
    }

    private static Map<String, String> headers(RequestInformation information) {
        Map<String, String> headers = new HashMap<>();
        information.headers.forEach((name, values) -> {
            if (!name.equalsIgnoreCase("accept")) {
                headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values));
            }
        });
        return headers;
    }

    private static String body(RequestInformation information) {
        InputStream content = information.content;
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
