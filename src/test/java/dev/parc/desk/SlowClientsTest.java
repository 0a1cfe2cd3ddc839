package dev.parc.desk;

import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.HttpStatus;
import dev.parc.app.DeskHost;
import dev.parc.app.FakeTenant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody holds the host of a desk, by being slow or by waiting. */
class SlowClientsTest {

    private static final int MANY = 200;
    private static final int TIMED_OUT = -2;

    @TempDir
    Path data;

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Socket say(String address, String text) throws IOException {
        URI uri = URI.create(address);
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        sockets.add(socket);
        socket.getOutputStream()
                .write(text.replace("{host}", uri.getAuthority()).getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    private static FakeTenant readsUntil(CountDownLatch end) {
        return new FakeTenant(progress -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The id of a run that has begun. */
    private static String begun(Client client) throws Exception {
        return json(client.post("/api/runs", "{\"stages\":[\"1\"]}"))
                .get("runId")
                .asText();
    }

    private static final String HEAD = "Host: {host}\r\nContent-Type: application/json\r\n";

    /** Of each kind as many as the issue asks for in all: unfinished heads, unfinished bodies, and waits. */
    @Test
    @Timeout(60)
    void healthAnswersBesideTwoHundredOfEachKind() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (DeskHost.Serving serving = ServeHostTest.serve(readsUntil(end), data)) {
            Client client = new Client(serving.address());
            String run = begun(client);
            for (int i = 0; i < MANY; i++) {
                say(serving.address(), "GET /api/health HTTP/1.1\r\nHost: {host}\r\nX-Slow: ");
                say(serving.address(), "POST /api/runs HTTP/1.1\r\n" + HEAD + "Content-Length: 1000\r\n\r\n{");
                say(
                        serving.address(),
                        "GET /api/runs/" + run + " HTTP/1.1\r\nHost: {host}\r\nPrefer: wait=100\r\n\r\n");
            }

            long asked = System.nanoTime();
            HttpResponse<String> health = client.get("/api/health");

            assertThat(health.statusCode()).isEqualTo(200);
            System.out.printf(
                    "health answered beside %d slow clients in %d ms%n",
                    sockets.size(), Duration.ofNanos(System.nanoTime() - asked).toMillis());
            end.countDown();
        }
    }

    @Test
    @Timeout(60)
    void theWaitEndsWithTheRun() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (DeskHost.Serving serving = ServeHostTest.serve(readsUntil(end), data)) {
            Client client = new Client(serving.address());
            String run = begun(client);
            Socket waiting = say(
                    serving.address(),
                    "GET /api/runs/" + run + " HTTP/1.1\r\nHost: {host}\r\nPrefer: wait=100\r\n\r\n");
            end.countDown();
            String answer = new String(waiting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 ")
                    .contains("Preference-Applied: wait=100", "Connection: close", "\"DONE\"");
        }
    }

    /** A server that answers nothing, by a clock that the test moves. */
    private static DeskServer server(AtomicLong nanos, ExecutorService threads) throws IOException {
        return new DeskServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                threads,
                (asked, answer) -> answer.accept(new DeskResponse(HttpStatus.OK).body("ok")),
                Duration.ofSeconds(15),
                nanos::get);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n1",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12"
            })
    @Timeout(60)
    void whoDoesNotSendAWholeRequestIsCutOff(String text) throws Exception {
        AtomicLong nanos = new AtomicLong();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (DeskServer server = server(nanos, threads)) {
            String address = "http://127.0.0.1:" + server.port();
            Socket slow = say(address, text);
            Socket quick = say(address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(new String(quick.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("ok");

            nanos.set(TimeUnit.SECONDS.toNanos(14));
            server.cutOff();
            Socket later = say(address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(new String(later.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("ok");
            // a busy machine may have met the slow one only after the quick ones
            slow.setSoTimeout(500);
            int read = TIMED_OUT;
            for (int i = 0; i < 50 && read == TIMED_OUT; i++) {
                nanos.addAndGet(TimeUnit.SECONDS.toNanos(15));
                server.cutOff();
                read = read(slow);
            }
            assertThat(read).isEqualTo(-1);
        } finally {
            threads.shutdownNow();
        }
    }

    private static int read(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            return TIMED_OUT;
        } catch (IOException e) {
            return -1; // reset by the server
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/checks/%zz",
                "/api/[",
                "/api/checks/a|b",
                "/api/stages?stage=%",
                "*",
                "api",
                "/api/%e0%a4%a\\"
            })
    void aMalformedAddressIsAProblem(String target) throws Exception {
        try (DeskHost.Serving serving = ServeHostTest.serve(new FakeTenant(), data)) {
            Socket socket =
                    say(serving.address(), "GET " + target + " HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json", "invalid-request");
        }
    }
}
