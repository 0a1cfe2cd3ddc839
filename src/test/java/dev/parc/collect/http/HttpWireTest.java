package dev.parc.collect.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.identity.CredentialUnavailableException;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.HttpsStub.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class HttpWireTest {

    private static WireResponse get(HttpsStub stub, String path) throws IOException, InterruptedException {
        return stub.wire().send(WireRequest.get(stub.uri().resolve(path)));
    }

    @Test
    void anAnswerComesBackWithStatusHeadersAndBody() throws Exception {
        try (HttpsStub stub = new HttpsStub(request -> Reply.json(403, "{\"a\":\"ü\"}", "Retry-After: 7"))) {
            WireResponse response = get(stub, "/v1.0/users");
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.header("retry-after")).contains("7");
            assertThat(response.body()).isEqualTo("{\"a\":\"ü\"}");
        }
    }

    @Test
    void theRequestCarriesTheTokenAndSaysWhoAsks() throws Exception {
        try (HttpsStub stub = new HttpsStub(request -> Reply.json(200, "{}"))) {
            get(stub, "/v1.0/users");
            assertThat(stub.received()).hasSize(1);
            assertThat(stub.received().get(0).headers())
                    .containsEntry("authorization", "Bearer " + HttpsStub.TOKEN)
                    .containsEntry("accept", "application/json")
                    .hasEntrySatisfying("user-agent", agent -> assertThat(agent).startsWith("PARC/"));
        }
    }

    @Test
    void anotherHostIsNotAskedAtAll() throws Exception {
        try (HttpsStub stub = new HttpsStub(request -> Reply.json(200, "{}"));
                HttpsStub foreign = new HttpsStub(request -> Reply.json(200, "{}"))) {
            WireResponse response =
                    stub.wire().send(WireRequest.get(foreign.uri().resolve("/v1.0/users")));
            assertThat(response.status()).isEqualTo(WireResponse.NO_ANSWER);
            assertThat(response.body()).contains("it leads away from " + stub.uri());
            assertThat(foreign.received()).isEmpty();
        }
    }

    @Test
    void aHostThatOnlyLooksLikeTheEndpointIsNotAskedEither() throws Exception {
        try (HttpsStub stub = new HttpsStub(request -> Reply.json(200, "{}"))) {
            String port = ":" + stub.uri().getPort();
            for (String other : new String[] {
                "http://localhost" + port,
                "https://localhost.evil.test" + port,
                "https://localhost" + port + "@evil.test"
            }) {
                assertThat(stub.wire()
                                .send(WireRequest.get(URI.create(other + "/v1.0/users")))
                                .status())
                        .as(other)
                        .isEqualTo(WireResponse.NO_ANSWER);
            }
            assertThat(stub.received()).isEmpty();
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (HttpsStub foreign = new HttpsStub(request -> Reply.json(200, "{}"));
                HttpsStub stub =
                        new HttpsStub(request -> Reply.json(302, "", "Location: " + foreign.uri() + "/v1.0/users"))) {
            assertThat(get(stub, "/v1.0/users").status()).isEqualTo(302);
            assertThat(foreign.received()).isEmpty();
        }
    }

    @Test
    void aBodyShorterThanAnnouncedIsCutOff() throws Exception {
        try (HttpsStub stub = new HttpsStub(request -> Reply.cutOff("{\"value\":[]}"))) {
            assertThatThrownBy(() -> get(stub, "/v1.0/users")).isInstanceOf(CutOffException.class);
        }
    }

    @Test
    void aBodyWithoutItsLastChunkIsCutOff() throws Exception {
        try (HttpsStub stub = new HttpsStub(request -> Reply.cutOffInChunks("{\"value\":[]}"))) {
            assertThatThrownBy(() -> get(stub, "/v1.0/users")).isInstanceOf(CutOffException.class);
        }
    }

    @Test
    void aResetConnectionIsNoAnswer() throws Exception {
        try (HttpsStub stub = new HttpsStub(request -> Reply.reset())) {
            assertThatThrownBy(() -> get(stub, "/v1.0/users"))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(CutOffException.class);
        }
    }

    @Test
    void aPortWhereNobodyListensRefuses() throws Exception {
        HttpsStub stub = new HttpsStub(request -> Reply.json(200, "{}"));
        stub.close();
        assertThatThrownBy(() -> get(stub, "/v1.0/users"))
                .isInstanceOf(IOException.class)
                .hasMessage("connection refused");
    }

    @Test
    void aServerWithoutATrustedCertificateIsNotAsked() throws Exception {
        try (HttpsStub stub = new HttpsStub(request -> Reply.json(200, "{}"))) {
            HttpWire wire = new HttpWire(stub.uri(), new AccessTokens(stub.uri(), HttpsStub.credential()));
            assertThatThrownBy(() -> wire.send(WireRequest.get(stub.uri().resolve("/v1.0/users"))))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no trusted TLS connection");
            assertThat(stub.received()).isEmpty();
        }
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() throws Exception {
        try (HttpsStub stub =
                new HttpsStub(request -> socket -> socket.getInputStream().read())) {
            HttpWire wire = new HttpWire(
                    stub.uri(),
                    new AccessTokens(stub.uri(), HttpsStub.credential()),
                    new HttpWire.Limits(Duration.ofSeconds(5), Duration.ofMillis(50), 1000),
                    HttpsStub.trust());
            assertThatThrownBy(() -> wire.send(WireRequest.get(stub.uri().resolve("/v1.0/users"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("no answer within");
        }
    }

    @Test
    void anAnswerLargerThanTheLimitIsNotTaken() throws Exception {
        try (HttpsStub stub = new HttpsStub(request -> Reply.json(200, "{\"a\":\"" + "x".repeat(3 << 20) + "\"}"))) {
            HttpWire wire = new HttpWire(
                    stub.uri(),
                    new AccessTokens(stub.uri(), HttpsStub.credential()),
                    new HttpWire.Limits(Duration.ofSeconds(5), Duration.ofSeconds(30), 2 << 20),
                    HttpsStub.trust());
            WireResponse response = wire.send(WireRequest.get(stub.uri().resolve("/v1.0/users")));
            assertThat(response.status()).isEqualTo(WireResponse.NO_ANSWER);
            assertThat(response.body()).contains("larger than 2 MB");
        }
    }

    @Test
    void withoutACredentialOneLineSaysWhatToDo() throws Exception {
        try (HttpsStub stub = new HttpsStub(request -> Reply.json(200, "{}"))) {
            AccessTokens none = new AccessTokens(
                    stub.uri(), request -> Mono.error(new CredentialUnavailableException("line 1\nline 2")));
            HttpWire wire = new HttpWire(stub.uri(), none, HttpWire.Limits.DEFAULT, HttpsStub.trust());
            assertThatThrownBy(() -> wire.send(WireRequest.get(stub.uri().resolve("/v1.0/users"))))
                    .isInstanceOf(TenantException.class)
                    .hasMessageStartingWith("no Azure credential was found: sign in with 'az login'")
                    .hasMessageNotContaining("\n");
            assertThat(stub.received()).isEmpty();
        }
    }
}
