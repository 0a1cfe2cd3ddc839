package dev.parc.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.webhook.WebhookFilter;
import dev.parc.assessment.webhook.WebhookSubscription;
import dev.parc.collect.http.HttpsStub;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries over real TLS to receivers of every kind on this machine. */
class DelivererTest {

    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");
    private static final String KEY =
            Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.UTF_8));
    private static final String SECRET = "api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sig=se-c%2Bret";
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Deliverer.Names HERE = host -> List.of(InetAddress.getLoopbackAddress());

    private static WebhookSubscription hook(HttpsStub receiver) {
        return new WebhookSubscription(
                "h1",
                URI.create("https://localhost:" + receiver.uri().getPort() + "/hook?" + SECRET),
                KEY,
                WebhookFilter.ALL,
                "ann",
                NOW);
    }

    private static Deliverer deliverer(Set<String> hosts, Deliverer.Names names, Predicate<InetAddress> reachable) {
        return new Deliverer(
                new CallbackPolicy(hosts),
                new Deliverer.Network(
                        names, reachable, Socket::new, HttpsStub.trust().getSocketFactory(), PATIENCE),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Deliverer.Report deliver(HttpsStub receiver) {
        return deliverer(Set.of("localhost"), HERE, address -> true).deliver(hook(receiver), "d1", "{\"a\":1}");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
    @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
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
        try (HttpsStub receiver = new HttpsStub(request -> socket -> pause(PATIENCE.multipliedBy(5)))) {
            assertThat(deliver(receiver))
                    .isEqualTo(new Deliverer.Report(
                            Deliverer.Outcome.FAILED, "it did not answer in time", Optional.empty()));
        }
    }

    /** A limit for each read would wait for it for ever. */
    @Test
    void aReceiverThatAnswersByteByByteIsGivenUp() throws IOException {
        try (HttpsStub receiver = new HttpsStub(request -> socket -> {
            for (byte octet : ("HTTP/1.1 200 OK\r\nX: " + "x".repeat(1000)).getBytes(StandardCharsets.US_ASCII)) {
                socket.getOutputStream().write(octet);
                pause(Duration.ofMillis(100));
            }
        })) {
            assertThat(deliver(receiver).reason()).isEqualTo("it did not answer in time");
        }
    }

    /** What it says besides is not read, so it need not end. */
    @Test
    void aReceiverThatTalksWithoutEndHasTheDelivery() throws IOException {
        try (HttpsStub receiver = new HttpsStub(request -> socket -> {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(new byte[1 << 16]); // until the other side is gone
            }
        })) {
            assertThat(deliver(receiver).outcome()).isEqualTo(Deliverer.Outcome.DELIVERED);
        }
    }

    static List<String> heads() {
        return List.of(
                "HTTP/1.1 200 " + "k".repeat(10_000) + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: " + "x".repeat(10_000) + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(1000) + "\r\n",
                "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                "\r\n".repeat(1000));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void anAnswerThatIsNoneOrTooLongIsAFailure(String head) throws IOException {
        try (HttpsStub receiver = new HttpsStub(
                request -> socket -> socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII)))) {
            Deliverer.Report report = deliver(receiver);
            assertThat(report.outcome()).isEqualTo(Deliverer.Outcome.FAILED);
            assertThat(report.reason()).doesNotContain("xxx", "kkk", "SSH-2").doesNotContain("in time");
        }
    }

    /** The name is looked up once, and what it led to then is what is connected to. */
    @Test
    void itConnectsToTheAddressesThatWereLookedAtAndToNoOthers() throws IOException {
        List<InetAddress> connected = new CopyOnWriteArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        InetAddress first = InetAddress.getByName("127.0.0.2");
        InetAddress second = InetAddress.getLoopbackAddress();
        try (HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.json(202, ""))) {
            Deliverer deliverer = new Deliverer(
                    new CallbackPolicy(Set.of("localhost")),
                    new Deliverer.Network(
                            host -> asked.getAndIncrement() == 0 ? List.of(first, second) : List.of(),
                            address -> true,
                            () -> new Socket() {
                                @Override
                                public void connect(SocketAddress to, int timeout) throws IOException {
                                    connected.add(((InetSocketAddress) to).getAddress());
                                    super.connect(to, timeout);
                                }
                            },
                            HttpsStub.trust().getSocketFactory(),
                            PATIENCE),
                    Clock.systemUTC());

            assertThat(deliverer.deliver(hook(receiver), "d1", "{}").outcome()).isEqualTo(Deliverer.Outcome.DELIVERED);
            assertThat(connected).containsExactly(first, second);
            assertThat(asked).hasValue(1);
            assertThat(receiver.received()).hasSize(1);
        }
    }

    /** Vouched for, but by another name than the callback's. */
    @Test
    void aCertificateOfAnotherNameIsNotTrusted() throws IOException {
        try (HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.json(200, ""))) {
            WebhookSubscription elsewhere = new WebhookSubscription(
                    "h1",
                    URI.create("https://elsewhere.example:" + receiver.uri().getPort() + "/"),
                    KEY,
                    WebhookFilter.ALL,
                    "ann",
                    NOW);
            assertThat(deliverer(Set.of("elsewhere.example"), HERE, address -> true)
                            .deliver(elsewhere, "d1", "{}")
                            .reason())
                    .isEqualTo("its certificate is not trusted, or TLS broke off");
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void aReceiverThatNobodyVouchesForIsNotSpokenTo() throws IOException {
        try (HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.json(200, ""))) {
            Deliverer untrusting = new Deliverer(
                    new CallbackPolicy(Set.of("localhost")),
                    new Deliverer.Network(
                            HERE,
                            address -> true,
                            Socket::new,
                            (SSLSocketFactory) SSLSocketFactory.getDefault(),
                            PATIENCE),
                    Clock.systemUTC());
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
        Deliverer.Names mixed = host -> List.of(InetAddress.getByName("20.50.1.16"), InetAddress.getByName("10.0.0.1"));
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
    void aSubscriptionShowsNoSecret() throws IOException {
        try (HttpsStub receiver = new HttpsStub(request -> HttpsStub.Reply.json(200, ""))) {
            assertThat(hook(receiver)).hasToString("hook h1 to localhost");
        }
    }
}
