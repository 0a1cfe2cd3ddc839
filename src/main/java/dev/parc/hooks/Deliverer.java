package dev.parc.hooks;

import dev.parc.assessment.Hook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import okhttp3.Dns;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends deliveries. It connects only to addresses on the Internet, the very ones that it has looked at, follows no redirect
 * and reads nothing of the answer but its status. Nothing that it says or logs holds the callback.
 */
public final class Deliverer {

    private static final MediaType JSON = MediaType.get("application/json");

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

    private final Callbacks callbacks;
    private final OkHttpClient client;
    private final Clock clock;

    /** Sends over the network of this machine. */
    public Deliverer(Callbacks callbacks, Clock clock) {
        this(callbacks, patient(), Dns.SYSTEM, PublicAddresses::isPublic, clock);
    }

    private static OkHttpClient patient() {
        return new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(10))
                .callTimeout(Duration.ofSeconds(30))
                .build();
    }

    /**
     * @param client with the time limits and what it trusts
     * @param reachable which addresses may be connected to
     */
    Deliverer(Callbacks callbacks, OkHttpClient client, Dns dns, Predicate<InetAddress> reachable, Clock clock) {
        this.callbacks = callbacks;
        this.clock = clock;
        this.client = client.newBuilder()
                .dns(host -> reachable(dns.lookup(host), reachable))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .build();
    }

    /** All addresses of a host; an answer that mixes inside and outside is not trusted at all. */
    private static List<InetAddress> reachable(List<InetAddress> addresses, Predicate<InetAddress> reachable)
            throws UnknownHostException {
        if (addresses.isEmpty() || !addresses.stream().allMatch(reachable)) {
            throw new PrivateAddressException();
        }
        return addresses;
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
    public Report deliver(Hook hook, String id, String body) {
        if (!callbacks.isAllowed(hook.host().toLowerCase(Locale.ROOT))) {
            return new Report(Outcome.REFUSED, "its host is no longer among PARC_HOOK_HOSTS", Optional.empty());
        }
        Request.Builder request = new Request.Builder()
                .url(hook.callback().toString())
                .header("User-Agent", "PARC")
                .post(RequestBody.create(body, JSON));
        new Delivery(id, body).headers(hook.key(), clock.instant()).forEach(request::header);
        try (Response response = client.newCall(request.build()).execute()) {
            return report(response);
        } catch (PrivateAddressException e) {
            return new Report(Outcome.REFUSED, "its name leads to a private address", Optional.empty());
        } catch (UnknownHostException e) {
            return failed("its name leads nowhere");
        } catch (SSLException e) {
            return failed("its certificate is not trusted, or TLS broke off");
        } catch (IOException e) {
            return failed("the connection failed (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Report report(Response response) {
        int status = response.code();
        if (response.isSuccessful()) {
            return new Report(Outcome.DELIVERED, "", Optional.empty());
        }
        String reason = "it answered " + status;
        if (status == 410) {
            return new Report(Outcome.GONE, reason, Optional.empty());
        }
        return new Report(
                response.isRedirect() ? Outcome.REFUSED : Outcome.FAILED,
                response.isRedirect() ? reason + ", and redirects are not followed" : reason,
                Optional.ofNullable(response.header("Retry-After"))
                        .filter(header -> header.matches("\\d{1,6}"))
                        .map(header -> Duration.ofSeconds(Integer.parseInt(header))));
    }

    private static Report failed(String reason) {
        return new Report(Outcome.FAILED, reason, Optional.empty());
    }
}
