package dev.parc.webhook;

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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Delivers what is for a host of Logic Apps to a receiver on this machine instead; names that begin with {@code inside}
 * lead to a private address.
 */
public final class Receivers {

    /** How long a receiver may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private Receivers() {}

    /** What delivers to the receiver on this port, whatever its certificate. */
    public static Function<CallbackPolicy, Deliverer> at(int port) {
        Deliverer.Names names = host -> List.of(
                host.startsWith("inside") ? InetAddress.getByName("10.0.0.1") : InetAddress.getLoopbackAddress());
        return callbacks -> new Deliverer(
                callbacks,
                new Deliverer.Network(
                        names,
                        address -> address.isLoopbackAddress() || PublicAddresses.isPublic(address),
                        () -> new Detour(port),
                        tls(),
                        PATIENCE),
                Clock.systemUTC());
    }

    private static SSLSocketFactory tls() {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {ANYBODY}, null);
            return tls.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }

    private static final X509ExtendedTrustManager ANYBODY = new X509ExtendedTrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    };

    /** A socket that connects to one port of this machine wherever it is told to. */
    private static final class Detour extends Socket {

        private final int port;

        Detour(int port) {
            this.port = port;
        }

        @Override
        public void connect(SocketAddress to, int timeout) throws IOException {
            super.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeout);
        }
    }
}
