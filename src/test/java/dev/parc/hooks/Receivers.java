package dev.parc.hooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.Dns;
import okhttp3.OkHttpClient;

/**
 * Delivers what is for a host of Logic Apps to a receiver on this machine instead; names that begin with {@code inside}
 * lead to a private address.
 */
public final class Receivers {

    /** How long a receiver may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private Receivers() {}

    /** What delivers to the receiver on this port, whatever its certificate. */
    public static Function<Callbacks, Deliverer> at(int port) {
        Dns dns = host -> List.of(
                host.startsWith("inside") ? InetAddress.getByName("10.0.0.1") : InetAddress.getLoopbackAddress());
        return callbacks -> new Deliverer(
                callbacks,
                client(port),
                dns,
                address -> address.isLoopbackAddress() || PublicAddresses.isPublic(address),
                Clock.systemUTC());
    }

    private static OkHttpClient client(int port) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {ANYBODY}, null);
            return new OkHttpClient.Builder()
                    .socketFactory(new Detour(port))
                    .sslSocketFactory(tls.getSocketFactory(), ANYBODY)
                    .hostnameVerifier((host, session) -> true)
                    .callTimeout(PATIENCE)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }

    private static final X509TrustManager ANYBODY = new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    };

    /** Sockets that connect to one port of this machine wherever they are told to. */
    private static final class Detour extends SocketFactory {

        private final int port;

        Detour(int port) {
            this.port = port;
        }

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public void connect(SocketAddress to, int timeout) throws IOException {
                    super.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeout);
                }
            };
        }

        @Override
        public Socket createSocket(String host, int to) throws IOException {
            throw new IOException("not asked for by the client");
        }

        @Override
        public Socket createSocket(String host, int to, InetAddress local, int from) throws IOException {
            return createSocket(host, to);
        }

        @Override
        public Socket createSocket(InetAddress host, int to) throws IOException {
            return createSocket("", to);
        }

        @Override
        public Socket createSocket(InetAddress host, int to, InetAddress local, int from) throws IOException {
            return createSocket("", to);
        }
    }
}
