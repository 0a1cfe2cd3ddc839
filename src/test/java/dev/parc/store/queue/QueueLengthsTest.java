package dev.parc.store.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import dev.parc.assessment.ledger.StoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class QueueLengthsTest {

    private final List<HttpRequest> requests = new ArrayList<>();

    @Test
    void theLengthIsAskedForWithTheIdentity() {
        assertThat(lengths(answering(200, "7")).apply("parc-runs")).contains(7L);

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.getUrl()).hasToString("https://stparc.queue.core.windows.net/parc-runs?comp=metadata");
            assertThat(request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION))
                    .isEqualTo("Bearer of https://storage.azure.com/.default");
            assertThat(request.getHeaders().getValue(HttpHeaderName.fromString("x-ms-version")))
                    .isNotBlank();
        });
    }

    @Test
    void aQueueThatIsNotThereHasNoLength() {
        assertThat(lengths(answering(404, null)).apply("parc-runs")).isEmpty();
    }

    @Test
    void aRefusalSaysWhatToGrant() {
        assertThatThrownBy(() -> lengths(answering(403, null)).apply("parc-runs"))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "The queue storage stparc.queue.core.windows.net answered 403: give the identity of PARC the"
                                + " role Storage Queue Data Contributor there");
    }

    @Test
    void anAnswerWithoutALengthIsNoZero() {
        assertThatThrownBy(() -> lengths(answering(200, null)).apply("parc-runs"))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> lengths(answering(200, "many")).apply("parc-runs"))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void withoutANetworkItSaysSo() {
        assertThatThrownBy(() -> lengths(request -> Mono.error(new IOException("refused")))
                        .apply("parc-runs"))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("The queue storage stparc.queue.core.windows.net cannot be reached (");
    }

    private QueueLengths lengths(HttpClient client) {
        return new QueueLengths(
                URI.create("https://stparc.queue.core.windows.net/"),
                context -> Mono.just(new AccessToken(
                        "of " + String.join(" ", context.getScopes()),
                        OffsetDateTime.now(ZoneOffset.UTC).plusHours(1))),
                client);
    }

    private HttpClient answering(int status, @Nullable String length) {
        return request -> {
            requests.add(request);
            return Mono.just(new Bodiless(request, status, length));
        };
    }

    private static final class Bodiless extends HttpResponse {

        private final int status;
        private final HttpHeaders headers = new HttpHeaders();

        Bodiless(HttpRequest request, int status, @Nullable String length) {
            super(request);
            this.status = status;
            if (length != null) {
                headers.set(HttpHeaderName.fromString("x-ms-approximate-messages-count"), length);
            }
        }

        @Override
        public int getStatusCode() {
            return status;
        }

        @Override
        @Deprecated
        @SuppressWarnings("NullAway") // the library's contract
        public String getHeaderValue(String name) {
            return headers.getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            return Flux.empty();
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return Mono.just(new byte[0]);
        }

        @Override
        public Mono<String> getBodyAsString() {
            return Mono.just("");
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return Mono.just(new String(new byte[0], StandardCharsets.UTF_8));
        }
    }
}
