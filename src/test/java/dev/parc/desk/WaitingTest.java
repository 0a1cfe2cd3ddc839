package dev.parc.desk;

import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.app.DeskHost;
import dev.parc.app.FakeTenant;
import dev.parc.collect.TenantException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Prefer: wait=N}. */
class WaitingTest {

    @TempDir
    Path data;

    private DeskHost.Serving serve(FakeTenant tenant) {
        return ServeHostTest.serve(tenant, data);
    }

    @Test
    void whoWaitsGetsTheResultInOneAnswer() throws Exception {
        try (DeskHost.Serving serving = serve(new FakeTenant())) {
            Client client = new Client(serving.address());

            HttpResponse<String> answer =
                    client.send("POST", "/api/runs", "{\"stages\":[\"S1\"]}", "Prefer", "respond-async, wait=30");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait=30");
            assertThat(json(answer).get("state").asText()).isEqualTo("DONE");
            assertThat(json(answer).get("requestedBy").asText()).isEqualTo("this machine");
            assertThat(json(client.get("/api/runs")).get("runs")).hasSize(1);
        }
    }

    @Test
    void aRunThatTakesLongerIsFollowed() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        FakeTenant slow = new FakeTenant(progress -> {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try (DeskHost.Serving serving = serve(slow)) {
            Client client = new Client(serving.address());

            HttpResponse<String> answer = client.send("POST", "/api/runs", "{\"stages\":[\"S1\"]}", "Prefer", "wait=1");
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait=1");
            String location = answer.headers().firstValue("Location").orElseThrow();
            String path = location.substring(serving.address().length());
            HttpResponse<String> still = client.send("GET", path, "", "Prefer", "wait=1");
            assertThat(still.statusCode()).isEqualTo(202);
            assertThat(still.headers().firstValue("Retry-After")).isPresent();
            open.countDown();

            HttpResponse<String> done = client.send("GET", path, "", "Prefer", "wait=30");
            assertThat(done.statusCode()).isEqualTo(200);
            assertThat(json(done).get("state").asText()).isEqualTo("DONE");
        }
    }

    @Test
    void aRunWhoseFirstAttemptFailsIsAttemptedAgain() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        FakeTenant flaky = new FakeTenant(progress -> {
            if (attempts.incrementAndGet() == 1) {
                throw new TenantException("the tenant did not answer");
            }
        });
        try (DeskHost.Serving serving = serve(flaky)) {
            Client client = new Client(serving.address());

            HttpResponse<String> answer =
                    client.send("POST", "/api/runs", "{\"stages\":[\"S1\"]}", "Prefer", "wait=30");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json(answer).get("state").asText()).isEqualTo("DONE");
            assertThat(attempts).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=0", "wait=x", "wait", "return=minimal", "wait=9999999999", "wait=-1"})
    void anotherPreferenceIsNotHeeded(String preference) throws Exception {
        try (DeskHost.Serving serving = serve(new FakeTenant())) {
            HttpResponse<String> answer = new Client(serving.address())
                    .send("POST", "/api/runs", "{\"stages\":[\"S1\"]}", "Prefer", preference);

            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.headers().firstValue("Preference-Applied")).isEmpty();
        }
    }

    @Test
    void nobodyWaitsLongerThanTheLoadBalancerOfThePlatformLets() throws Exception {
        try (DeskHost.Serving serving = serve(new FakeTenant())) {
            HttpResponse<String> answer = new Client(serving.address())
                    .send("POST", "/api/runs", "{\"stages\":[\"S1\"]}", "Prefer", "wait=3600");

            assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait=100");
        }
    }
}
