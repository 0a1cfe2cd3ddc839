package dev.parc.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Hook;
import dev.parc.assessment.HookFilter;
import dev.parc.collect.wire.HttpsStub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries over real TLS to receivers of every kind on this machine. */
class DelivererTest {

    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");
    private static final String KEY =
            Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.UTF_8));
    private static final String SECRET = "sig=secret";
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Dns HERE = host -> List.of(InetAddress.getLoopbackAddress());

    private static Hook hook(HttpsStub receiver) {
        return new Hook(
                "h1",
                URI.create("https://localhost:" + receiver.uri().getPort() + "/hook?" + SECRET),
                KEY,
                HookFilter.ALL,
                "ann",
                NOW);
    }

    private static Deliverer deliverer(Set<String> hosts, Dns dns, Predicate<InetAddress> reachable) {
        OkHttpClient client = new OkHttpClient.Builder()
                .sslSocketFactory(HttpsStub.trust().getSocketFactory(), HttpsStub.trustManager())
                .callTimeout(PATIENCE)
                .build();
        return new Deliverer(new Callbacks(hosts), client, dns, reachable, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Deliverer.Report deliver(HttpsStub receiver) {
        return deliverer(Set.of("localhost"), HERE, address -> true).deliver(hook(receiver), "d1", "{\"a\":1}");
    }

    @Test
    void aDeliveryIsSignedOverItsIdTimeAndBody() throws Exception {
        try (HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.json(202, ""))) {
            assertThat(deliver(receiver))
                    .isEqualTo(new Deliverer.Report(Deliverer.Outcome.DELIVERED, "", Optional.empty()));
            HttpsStub.Request request = receiver.received().get(0);
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/hook?" + SECRET);
            assertThat(request.body()).isEqualTo("{\"a\":1}");
            assertThat(request.headers())
                    .containsEntry("webhook-id", "d1")
                    .containsEntry("webhook-timestamp", "1788249600")
                    .containsEntry("content-type", "application/json; charset=utf-8");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
            String signed = "d1.1788249600.{\"a\":1}";
            assertThat(request.headers().get("webhook-signature"))
                    .isEqualTo("v1,"
                            + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws IOException {
        try (HttpsStub inside = new HttpsStub(request -> HttpsStub.Reply.json(200, ""));
                HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.json(
                        status,
                        "",
                        "Location: https://localhost:" + inside.uri().getPort() + "/admin"))) {
            assertThat(deliver(receiver).outcome()).isEqualTo(Deliverer.Outcome.REFUSED);
            assertThat(inside.received()).isEmpty();
        }
    }

    @Test
    void aReceiverThatFailsIsToldWithWhatItAsksFor() throws IOException {
        try (HttpsStub receiver =
                new HttpsStub(request -> HttpsStub.Reply.json(503, "secret things", "Retry-After: 7"))) {
            assertThat(deliver(receiver))
                    .isEqualTo(new Deliverer.Report(
                            Deliverer.Outcome.FAILED, "it answered 503", Optional.of(Duration.ofSeconds(7))));
        }
    }

    @Test
    void aReceiverThatIsGoneIsGone() throws IOException {
        try (HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.json(410, ""))) {
            assertThat(deliver(receiver).outcome()).isEqualTo(Deliverer.Outcome.GONE);
        }
    }

    @Test
    void aConnectionThatBreaksIsAFailureWithoutTheAddress() throws IOException {
        try (HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.reset())) {
            Deliverer.Report report = deliver(receiver);
            assertThat(report.outcome()).isEqualTo(Deliverer.Outcome.FAILED);
            assertThat(report.reason()).doesNotContain("secret").doesNotContain("localhost");
        }
    }

    @Test
    void aReceiverThatDoesNotAnswerIsGivenUp() throws IOException {
        try (HttpsStub receiver = new HttpsStub(request -> socket -> {
            try {
                Thread.sleep(PATIENCE.multipliedBy(5).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            assertThat(deliver(receiver))
                    .isEqualTo(new Deliverer.Report(
                            Deliverer.Outcome.FAILED,
                            "the connection failed (InterruptedIOException)",
                            Optional.empty()));
        }
    }

    @Test
    void aReceiverThatNobodyVouchesForIsNotSpokenTo() throws IOException {
        try (HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.json(200, ""))) {
            Deliverer untrusting = new Deliverer(
                    new Callbacks(Set.of("localhost")), new OkHttpClient(), HERE, address -> true, Clock.systemUTC());
            assertThat(untrusting.deliver(hook(receiver), "d1", "{}").reason())
                    .isEqualTo("its certificate is not trusted, or TLS broke off");
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void aNameThatLeadsInsideIsNotConnectedTo() throws IOException {
        try (HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.json(200, ""))) {
            Deliverer.Report report = deliverer(Set.of("localhost"), HERE, PublicAddresses::isPublic)
                    .deliver(hook(receiver), "d1", "{}");
            assertThat(report.outcome()).isEqualTo(Deliverer.Outcome.REFUSED);
            assertThat(report.reason()).isEqualTo("its name leads to a private address");
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void aNameThatLeadsInsideAndOutsideIsNotConnectedTo() throws IOException {
        Dns mixed = host -> List.of(InetAddress.getByName("20.50.1.16"), InetAddress.getByName("10.0.0.1"));
        try (HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.json(200, ""))) {
            assertThat(deliverer(Set.of("localhost"), mixed, PublicAddresses::isPublic)
                            .deliver(hook(receiver), "d1", "{}")
                            .outcome())
                    .isEqualTo(Deliverer.Outcome.REFUSED);
        }
    }

    @Test
    void aHostThatIsNoLongerAllowedIsNotConnectedTo() throws IOException {
        try (HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.json(200, ""))) {
            assertThat(deliverer(Set.of(), HERE, address -> true)
                            .deliver(hook(receiver), "d1", "{}")
                            .reason())
                    .isEqualTo("its host is no longer among PARC_HOOK_HOSTS");
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void aHookShowsNoSecret() throws IOException {
        try (HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.json(200, ""))) {
            assertThat(hook(receiver)).hasToString("hook h1 to localhost");
        }
    }
}
