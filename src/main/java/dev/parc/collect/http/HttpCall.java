package dev.parc.collect.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** One call by HTTP within a time, with phrases for what goes wrong. */
final class HttpCall {

    static final String USER_AGENT =
            "PARC/" + Objects.requireNonNullElse(HttpCall.class.getPackage().getImplementationVersion(), "dev");

    private HttpCall() {}

    /** A client that follows no redirect. */
    static HttpClient client(Duration connect, SSLContext trust) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect)
                .sslContext(trust)
                .build();
    }

    static SSLContext trustOfThisJvm() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    /** The headers of a response, single-valued, by lower-case name. */
    static Map<String, String> headers(HttpResponse<?> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return headers;
    }

    /**
     * Makes the call.
     *
     * @param longest the longest wait until the handler has its body
     * @throws CutOffException if the answer began and broke off
     */
    static <T> HttpResponse<T> send(
            HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> handler, Duration longest)
            throws IOException, InterruptedException {
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, head -> {
            begun.set(true);
            return handler.apply(head);
        });
        try {
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException && begun.get()) {
                throw new CutOffException(cause);
            }
            if (cause instanceof IOException trouble) {
                throw new IOException(phrase(trouble), trouble);
            }
            throw new IllegalStateException("the HTTP client failed", e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + longest.toSeconds() + " seconds", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static String phrase(IOException trouble) {
        if (trouble instanceof HttpTimeoutException) {
            return "no connection in time";
        }
        if (Stream.<Throwable>iterate(trouble, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause ->
                        cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException)) {
            return "the host name is not known";
        }
        if (trouble instanceof ConnectException) {
            return "connection refused";
        }
        if (trouble instanceof SSLException) {
            return "no trusted TLS connection";
        }
        return "connection reset";
    }
}
