package dev.parc.collect.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The network: one endpoint, reached with a token that is sent nowhere else. It follows no redirect. */
public final class HttpWire implements Wire {

    /**
     * Bounds of one exchange.
     *
     * @param connect longest wait for a connection
     * @param answer longest wait for the whole answer
     * @param bytes largest answer
     */
    public record Limits(Duration connect, Duration answer, long bytes) {

        /** Ten seconds, two minutes, 64 MB. */
        public static final Limits DEFAULT = new Limits(Duration.ofSeconds(10), Duration.ofMinutes(2), 64L << 20);
    }

    private final URI endpoint;
    private final AccessTokens tokens;
    private final Limits limits;
    private final HttpClient client;

    public HttpWire(URI endpoint, AccessTokens tokens) {
        this(endpoint, tokens, Limits.DEFAULT, HttpCall.trustOfThisJvm());
    }

    /** @param trust which certificates to accept */
    public HttpWire(URI endpoint, AccessTokens tokens, Limits limits, SSLContext trust) {
        this.endpoint = endpoint;
        this.tokens = tokens;
        this.limits = limits;
        this.client = HttpCall.client(limits.connect(), trust);
    }

    /** @throws dev.parc.collect.TenantException if there is no credential */
    @Override
    public WireResponse send(WireRequest request) throws IOException, InterruptedException {
        if (!isAtEndpoint(request.uri())) {
            return WireResponse.unanswered("it leads away from " + endpoint + ", to which alone PARC sends its token");
        }
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .method(
                        request.method(),
                        request.body().isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach(builder::setHeader);
        builder.setHeader("Accept", "application/json");
        builder.setHeader("User-Agent", HttpCall.USER_AGENT);
        builder.setHeader("Authorization", "Bearer " + tokens.token());
        HttpResponse<Optional<byte[]>> response =
                HttpCall.send(client, builder.build(), head -> new BoundedBody(limits.bytes()), limits.answer());
        Optional<byte[]> body = response.body();
        if (body.isEmpty()) {
            return WireResponse.unanswered("the answer was larger than " + (limits.bytes() >> 20) + " MB");
        }
        return new WireResponse(
                response.statusCode(), HttpCall.headers(response), new String(body.get(), StandardCharsets.UTF_8));
    }

    private boolean isAtEndpoint(URI uri) {
        return endpoint.getScheme().equalsIgnoreCase(uri.getScheme())
                && endpoint.getHost().equalsIgnoreCase(uri.getHost())
                && port(endpoint) == port(uri);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
    }
}
