package dev.parc.collect.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Downloads by https from the hosts that Microsoft keeps usage reports on, and from nowhere else. It sends no token and
 * no cookie, follows no redirect, and holds no more of the body than its reader keeps.
 */
public final class HttpDownload implements Download {

    /**
     * reports.office.com, and its twins of a region: reportsncu.office.com, reportsweu.office.com ... and of the other
     * clouds: office365.us of GCC High, apps.mil of the DoD, office365.cn of China.
     */
    private static final Pattern REPORT_HOST =
            Pattern.compile("(?i)reports[a-z]{0,8}\\.(office\\.com|office365\\.(com|us|cn)|apps\\.mil)");

    /** Ten seconds, ten minutes, 512 MB: some hundred bytes for each of a million users. */
    private static final HttpWire.Limits LIMITS =
            new HttpWire.Limits(Duration.ofSeconds(10), Duration.ofMinutes(10), 512L << 20);

    private final Predicate<URI> known;
    private final HttpWire.Limits limits;
    private final HttpClient client;

    /** The body is larger than allowed. */
    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    public HttpDownload() {
        this(HttpDownload::isOfReports, LIMITS, HttpCall.trustOfThisJvm());
    }

    /**
     * A download with its own bounds.
     *
     * @param known which https addresses may be asked
     */
    HttpDownload(Predicate<URI> known, HttpWire.Limits limits, SSLContext trust) {
        this.known = known;
        this.limits = limits;
        this.client = HttpCall.client(limits.connect(), trust);
    }

    /** Whether it is an address on a host of usage reports, on the port of https. */
    static boolean isOfReports(URI link) {
        return link.getHost() != null
                && REPORT_HOST.matcher(link.getHost()).matches()
                && (link.getPort() < 0 || link.getPort() == 443);
    }

    @Override
    public WireResponse fetch(URI link, Body body) throws IOException, InterruptedException {
        if (!"https".equalsIgnoreCase(link.getScheme()) || link.getRawUserInfo() != null || !known.test(link)) {
            return WireResponse.unanswered("it leads to " + host(link) + ", which is no host of usage reports");
        }
        HttpRequest request = HttpRequest.newBuilder(link)
                .setHeader("User-Agent", HttpCall.USER_AGENT)
                .build();
        HttpResponse<InputStream> response =
                HttpCall.send(client, request, HttpResponse.BodyHandlers.ofInputStream(), limits.answer());
        try (InputStream stream = response.body()) {
            return response.statusCode() == 200
                    ? read(stream, body)
                    : new WireResponse(response.statusCode(), HttpCall.headers(response), "{}");
        }
    }

    private static String host(URI link) {
        String host = String.valueOf(link.getHost()).replaceAll("[^A-Za-z0-9.-]", "?");
        return host.length() > 80 ? host.substring(0, 80) + "..." : host;
    }

    /** Reads on a thread of its own, so that a body that stops coming can be given up. */
    private WireResponse read(InputStream stream, Body body) throws IOException, InterruptedException {
        FutureTask<WireResponse> reading = new FutureTask<>(() -> body.read(new Bounded(stream, limits.bytes())));
        Thread thread = new Thread(reading, "parc-download");
        thread.setDaemon(true);
        thread.start();
        try {
            return reading.get(limits.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            stream.close();
            throw new IOException("no whole report within " + limits.answer().toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TooLargeException) {
                return WireResponse.unanswered("the report is larger than " + (limits.bytes() >> 20) + " MB");
            }
            if (e.getCause() instanceof CutOffException cutOff) {
                throw cutOff;
            }
            if (e.getCause() instanceof IOException trouble) {
                throw new CutOffException(trouble);
            }
            throw new IllegalStateException("reading a report failed", e);
        } finally {
            reading.cancel(true);
        }
    }

    /** A body up to a size. */
    private static final class Bounded extends FilterInputStream {

        private long left;

        Bounded(InputStream stream, long most) {
            super(stream);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            if (octet >= 0) {
                take(1);
            }
            return octet;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            take(Math.max(count, 0));
            return count;
        }

        private void take(int count) throws IOException {
            left -= count;
            if (left < 0) {
                throw new TooLargeException();
            }
        }
    }
}
