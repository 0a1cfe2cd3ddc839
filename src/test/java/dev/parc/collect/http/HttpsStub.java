package dev.parc.collect.http;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import reactor.core.publisher.Mono;

/** A server on https://localhost that answers as it is told, and breaks off where it is told. */
public final class HttpsStub implements AutoCloseable {

    /** A request as it came over the wire. */
    public record Request(String method, String target, Map<String, String> headers, String body) {

        /** Without encoding, to compare with. */
        public String decodedTarget() {
            return RequestTarget.of(target).toString().replace("%20", " ");
        }
    }

    /** What goes back over the socket. */
    @FunctionalInterface
    public interface Reply {

        void write(Socket socket) throws IOException;

        /** A whole answer; headers as {@code Name: value}. */
        static Reply json(int status, String body, String... headers) {
            return socket -> send(socket, head(status, headers) + length(body) + "\r\n" + body);
        }

        /** The answer of something else, with the address that it redirects to. */
        static Reply of(WireResponse response) {
            String[] headers = response.header("location").map(to -> "Location: " + to).stream()
                    .toArray(String[]::new);
            return json(response.status(), response.body(), headers);
        }

        /** The connection is reset before any answer. */
        static Reply reset() {
            return socket -> {
                socket.setSoLinger(true, 0);
                socket.close();
            };
        }

        /** An answer that ends before the length it announced. */
        static Reply cutOff(String body) {
            return socket -> {
                send(socket, head(200) + "Content-Length: " + (body.length() + 100) + "\r\n\r\n" + body);
                socket.close();
            };
        }

        /** An answer in chunks whose last one never comes. */
        static Reply cutOffInChunks(String body) {
            return socket -> {
                send(
                        socket,
                        head(200, "Transfer-Encoding: chunked") + "\r\n" + Integer.toHexString(body.length()) + "\r\n"
                                + body + "\r\n");
                socket.close();
            };
        }

        private static String head(int status, String... headers) {
            String all = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            return "HTTP/1.1 " + status + " Stub\r\nContent-Type: application/json\r\n" + all;
        }

        private static String length(String body) {
            return "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n";
        }

        private static void send(Socket socket, String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private static final char[] PASSWORD = "throw-away".toCharArray();

    /** The token that {@link #credential} gives. */
    public static final String TOKEN = "test-token";

    private static final X509TrustManager TRUSTED;
    private static final SSLContext TLS;

    static {
        KeyStore keys = keys();
        TRUSTED = trusted(keys);
        TLS = tls(keys);
    }

    private final SSLServerSocket server;
    private final Function<Request, Reply> answers;
    private final List<Request> received = new CopyOnWriteArrayList<>();

    public HttpsStub(Function<Request, Reply> answers) throws IOException {
        this.answers = answers;
        this.server = (SSLServerSocket)
                TLS.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** The certificate of every stub, and no other. */
    public static SSLContext trust() {
        return TLS;
    }

    /** What trusts the certificate of every stub, and no other. */
    public static X509TrustManager trustManager() {
        return TRUSTED;
    }

    /** A credential that always gives {@link #TOKEN}. */
    public static TokenCredential credential() {
        return request -> Mono.just(
                new AccessToken(TOKEN, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
    }

    public URI uri() {
        return URI.create("https://localhost:" + server.getLocalPort());
    }

    /** A wire to this stub. */
    public HttpWire wire() {
        return new HttpWire(uri(), new AccessTokens(uri(), credential()), HttpWire.Limits.DEFAULT, TLS);
    }

    /** What was asked so far. */
    public List<Request> received() {
        return received;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(() -> serve(socket));
            } catch (SocketException e) {
                return; // closed
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String line = line(in); !line.isEmpty(); line = socket.isClosed() ? "" : line(in)) {
                Request request = read(line, in);
                received.add(request);
                answers.apply(request).write(socket);
            }
        } catch (IOException e) {
            // the client went away, or was made to
        }
    }

    private static Request read(String first, InputStream in) throws IOException {
        String[] parts = first.split(" ", -1);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] sides = line.split(": ?", 2);
            headers.put(sides[0].toLowerCase(Locale.ROOT), sides[1]);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(parts[0], parts[1], headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "https-stub");
        thread.setDaemon(true);
        thread.start();
    }

    private static KeyStore keys() {
        try {
            Path store = Files.createTempDirectory("stub").resolve("stub.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "stub",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=dns:localhost,ip:127.0.0.1",
                            "-keystore",
                            store.toString(),
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            new String(PASSWORD))
                    .inheritIO()
                    .start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool failed");
            }
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
            Files.delete(store);
            Files.delete(store.getParent());
            return keys;
        } catch (Exception e) {
            throw new IllegalStateException("no certificate for the stub", e);
        }
    }

    private static X509TrustManager trusted(KeyStore keys) {
        try {
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(keys);
            return (X509TrustManager) trusted.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no trust for the stub", e);
        }
    }

    private static SSLContext tls(KeyStore keys) {
        try {
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), new TrustManager[] {TRUSTED}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS for the stub", e);
        }
    }
}
