package dev.parc.webhook;

import dev.parc.assessment.webhook.WebhookSubscription;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.http.protocol.RequestUserAgent;
import org.apache.hc.core5.io.CloseMode;

/**
 * Sends deliveries. It connects only to addresses on the Internet, the very ones that it has looked at, follows no redirect
 * and reads nothing of the answer but its head, in bounds. Nothing that it says or logs holds the callback.
 */
public final class Deliverer {

    private static final ContentType JSON = ContentType.parse("application/json; charset=utf-8");
    private static final int HTTPS = 443;
    private static final int REDIRECTS = 3;

    /** Milliseconds for one address; a host may have others. */
    private static final int MOST_TO_CONNECT = 10_000;

    /** Of an answer's head: the longest line, and how many. */
    private static final Http1Config BOUNDS = Http1Config.custom()
            .setMaxLineLength(8 * 1024)
            .setMaxHeaderCount(100)
            .setMaxEmptyLineCount(10)
            .build();

    /** The body goes with the head: a receiver that knows no "100 Continue" would be waited for. */
    private static final HttpProcessor HEADERS = HttpProcessorBuilder.create()
            .addAll(RequestTargetHost.INSTANCE, RequestContent.INSTANCE, new RequestUserAgent("PARC"))
            .build();

    /** How a delivery ended. */
    public enum Outcome {
        /** The receiver has it. */
        DELIVERED,
        /** The receiver is gone for good: it answered 410. */
        GONE,
        /** The receiver did not take it this time. */
        FAILED,
        /** The address is not, or no longer, allowed. */
        REFUSED
    }

    /**
     * What came of one attempt.
     *
     * @param reason why it was not delivered, for the log; empty if it was
     * @param retryAfter how long the receiver asks to be left alone
     */
    public record Report(Outcome outcome, String reason, Optional<Duration> retryAfter) {}

    /** The addresses that a name leads to. */
    @FunctionalInterface
    interface Names {
        List<InetAddress> lookUp(String host) throws UnknownHostException;
    }

    /**
     * What it sends over.
     *
     * @param reachable which addresses may be connected to
     * @param sockets not connected yet
     * @param tls with what it trusts
     * @param patience for one delivery, from the first packet to the head of the answer
     */
    record Network(
            Names names,
            Predicate<InetAddress> reachable,
            Supplier<Socket> sockets,
            SSLSocketFactory tls,
            Duration patience) {

        /** That of this machine, without a proxy, which would connect to what it likes. */
        static Network ofThisMachine() {
            return new Network(
                    host -> List.of(InetAddress.getAllByName(host)),
                    PublicAddresses::isPublic,
                    () -> new Socket(Proxy.NO_PROXY),
                    (SSLSocketFactory) SSLSocketFactory.getDefault(),
                    Duration.ofSeconds(30));
        }
    }

    private final CallbackPolicy callbacks;
    private final Network network;
    private final Clock clock;

    /** Sends over the network of this machine, and says when by its time: receivers refuse what seems old, as the demo's would. */
    public Deliverer(CallbackPolicy callbacks) {
        this(callbacks, Network.ofThisMachine(), Clock.systemUTC());
    }

    Deliverer(CallbackPolicy callbacks, Network network, Clock clock) {
        this.callbacks = callbacks;
        this.network = network;
        this.clock = clock;
    }

    private static final class PrivateAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Sends once.
     *
     * @param id of the delivery, the same at every attempt
     * @param body JSON
     */
    public Report deliver(WebhookSubscription hook, String id, String body) {
        if (!callbacks.isAllowed(hook.host().toLowerCase(Locale.ROOT))) {
            return new Report(Outcome.REFUSED, "its host is no longer among PARC_HOOK_HOSTS", Optional.empty());
        }
        ClassicHttpRequest request = new BasicClassicHttpRequest("POST", hook.callback());
        request.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), JSON));
        request.setHeader("Connection", "close");
        new Delivery(id, body).headers(hook.key(), clock.instant()).forEach(request::setHeader);
        try (Deadline deadline = new Deadline(network.patience())) {
            return send(hook, request, deadline);
        } catch (PrivateAddressException e) {
            return new Report(Outcome.REFUSED, "its name leads to a private address", Optional.empty());
        } catch (UnknownHostException e) {
            return failed("its name leads nowhere");
        } catch (InterruptedIOException e) {
            return failed("it did not answer in time");
        } catch (SSLException e) {
            return failed("its certificate is not trusted, or TLS broke off");
        } catch (HttpException e) {
            return failed("it did not answer by HTTP (" + e.getClass().getSimpleName() + ")");
        } catch (IOException e) {
            return failed("the connection failed (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Whatever fails because the time is over, fails with an {@link InterruptedIOException}. */
    private Report send(WebhookSubscription hook, ClassicHttpRequest request, Deadline deadline)
            throws IOException, HttpException {
        int port = hook.callback().getPort() < 0 ? HTTPS : hook.callback().getPort();
        HttpCoreContext context = HttpCoreContext.create();
        HttpRequestExecutor exchange = new HttpRequestExecutor();
        try (Socket socket = connected(reachable(hook.host()), port, deadline);
                DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(BOUNDS)) {
            connection.bind(secured(socket, hook.host(), port), socket);
            exchange.preProcess(request, HEADERS, context);
            Report report = report(exchange.execute(request, connection, context));
            connection.close(CloseMode.IMMEDIATE); // what else there is of the answer is not read
            return report;
        } catch (IOException | HttpException e) {
            deadline.check();
            throw e;
        }
    }

    /** All addresses of a host; an answer that mixes inside and outside is not trusted at all. */
    private List<InetAddress> reachable(String host) throws UnknownHostException {
        List<InetAddress> addresses = network.names().lookUp(host);
        if (addresses.isEmpty() || !addresses.stream().allMatch(network.reachable())) {
            throw new PrivateAddressException();
        }
        return addresses;
    }

    /** Connected to the first of these addresses that takes it; nothing has been sent. */
    private Socket connected(List<InetAddress> addresses, int port, Deadline deadline) throws IOException {
        IOException failure = new IOException("no address");
        for (InetAddress address : addresses) {
            Socket socket = network.sockets().get();
            deadline.ends(socket);
            try {
                socket.connect(new InetSocketAddress(address, port), MOST_TO_CONNECT);
                return socket;
            } catch (IOException e) {
                socket.close();
                deadline.check();
                failure = e;
            }
        }
        throw failure;
    }

    /** TLS with whoever shows a trusted certificate for this name, whatever the address. */
    private SSLSocket secured(Socket socket, String host, int port) throws IOException {
        SSLSocket tls = (SSLSocket) network.tls().createSocket(socket, host, port, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private static Report report(HttpResponse response) {
        int status = response.getCode();
        if (status / 100 == 2) {
            return new Report(Outcome.DELIVERED, "", Optional.empty());
        }
        String reason = "it answered " + status;
        if (status == 410) {
            return new Report(Outcome.GONE, reason, Optional.empty());
        }
        boolean redirect = status / 100 == REDIRECTS;
        return new Report(
                redirect ? Outcome.REFUSED : Outcome.FAILED,
                redirect ? reason + ", and redirects are not followed" : reason,
                Optional.ofNullable(response.getFirstHeader("Retry-After"))
                        .map(Header::getValue)
                        .filter(header -> header.matches("\\d{1,6}"))
                        .map(header -> Duration.ofSeconds(Integer.parseInt(header))));
    }

    private static Report failed(String reason) {
        return new Report(Outcome.FAILED, reason, Optional.empty());
    }
}
