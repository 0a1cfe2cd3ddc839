package dev.parc.desk;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.bootstrap.AsyncServerBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.nio.support.BasicResponseProducer;
import org.apache.hc.core5.http.nio.support.BasicServerExchangeHandler;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.http.protocol.ResponseDate;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.IOSessionListener;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HTTP on this machine. A request takes a thread only when it is there as a whole, and an answer may come later from anywhere, so that
 * nobody who is slow, or waits, holds one. Who has not sent a whole request in time, or not taken the answer, is cut off. Each
 * connection carries one request.
 */
final class DeskServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DeskServer.class.getName());
    private static final Http1Config BOUNDS = Http1Config.custom()
            .setMaxLineLength(16 * 1024)
            .setMaxHeaderCount(100)
            .setMaxEmptyLineCount(10)
            .build();

    /** What a body may have, and one byte more, by which it is known to be too large. */
    private static final int MOST_BYTES = DeskHttp.MOST_BYTES + 1;

    /** So many connections may be open; the oldest that has not sent its request goes first. */
    static final int MOST_OPEN = 1_024;

    /** Longer than anything that is answered takes; what is bounded here is bounded closer by {@link #cutOff}. */
    private static final Timeout SILENCE = Timeout.ofMinutes(4);

    private final HttpAsyncServer server;
    private final int port;
    private final Executor threads;
    private final Application application;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Map<SocketAddress, Waited> open = new ConcurrentHashMap<>();

    /** What answers requests. */
    interface Application {

        /**
         * Answers a request, now or later, from any thread.
         *
         * @param answer takes the answer, once
         */
        void answer(DeskHttp.Asked asked, Consumer<DeskResponse> answer);
    }

    /**
     * A connection on which something is to come or to be taken.
     *
     * @param since by the clock of this server; none while an answer is being made
     */
    private record Waited(IOSession session, @Nullable Long since) {}

    /**
     * Begins to listen.
     *
     * @param threads what requests are answered on; refuses what is too much
     * @param patience for a whole request, and for an answer to be taken
     * @throws IOException if the address cannot be had
     */
    DeskServer(
            InetSocketAddress address,
            Executor threads,
            Application application,
            Duration patience,
            LongSupplier nanoTime)
            throws IOException {
        this.threads = threads;
        this.application = application;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.server = AsyncServerBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(2)
                        .setSoTimeout(SILENCE)
                        .setSoReuseAddress(true)
                        .setTcpNoDelay(true)
                        .build())
                .setHttp1Config(BOUNDS)
                .setHttpProcessor(HttpProcessorBuilder.create()
                        .addAll(new ResponseDate(), ResponseContent.INSTANCE, ResponseConnControl.INSTANCE)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setRequestRouter((request, context) -> () -> new BasicServerExchangeHandler<>(new Handler()))
                .setIOSessionListener(new Connections())
                .setExceptionCallback(e -> LOG.log(Level.FINE, "a connection failed", e))
                .create();
        server.start();
        try {
            this.port = ((InetSocketAddress)
                            server.listen(address, URIScheme.HTTP).get().getAddress())
                    .getPort();
        } catch (ExecutionException e) {
            server.close(CloseMode.IMMEDIATE);
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            server.close(CloseMode.IMMEDIATE);
            Thread.currentThread().interrupt();
            throw new IOException("the start was interrupted", e);
        }
    }

    int port() {
        return port;
    }

    /** Cuts off who has not sent a whole request in time, or not taken the answer. To be called every second. */
    void cutOff() {
        long now = nanoTime.getAsLong();
        open.forEach((address, waited) -> {
            Long since = waited.since();
            if (since != null && now - since >= patience.toNanos()) {
                waited.session().close(CloseMode.IMMEDIATE);
            }
        });
    }

    @Override
    public void close() {
        server.initiateShutdown();
        server.close(CloseMode.GRACEFUL);
    }

    private void keepWithinBounds() {
        if (open.size() <= MOST_OPEN) {
            return;
        }
        List<Waited> unfinished = new ArrayList<>();
        open.values().stream().filter(waited -> waited.since() != null).forEach(unfinished::add);
        unfinished.stream()
                .min((one, other) -> Long.compare(nanos(one), nanos(other)))
                .ifPresent(oldest -> oldest.session().close(CloseMode.IMMEDIATE));
    }

    private static long nanos(Waited waited) {
        Long since = waited.since();
        return since == null ? Long.MAX_VALUE : since;
    }

    private final class Connections implements IOSessionListener {

        @Override
        public void connected(IOSession session) {
            open.put(session.getRemoteAddress(), new Waited(session, nanoTime.getAsLong()));
            keepWithinBounds();
        }

        @Override
        public void disconnected(IOSession session) {
            open.values().removeIf(waited -> waited.session().getId().equals(session.getId()));
        }

        @Override
        public void exception(IOSession session, Exception e) {
            LOG.log(Level.FINE, "a connection failed", e);
        }

        @Override
        public void startTls(IOSession session) {
            // there is none here
        }

        @Override
        public void inputReady(IOSession session) {
            // what counts is the whole request
        }

        @Override
        public void outputReady(IOSession session) {
            // what counts is the whole answer
        }

        @Override
        public void timeout(IOSession session) {
            // it is closed by who sees it
        }
    }

    private final class Handler implements AsyncServerRequestHandler<Message<HttpRequest, byte[]>> {

        @Override
        public AsyncRequestConsumer<Message<HttpRequest, byte[]>> prepare(
                HttpRequest request, @Nullable EntityDetails body, HttpContext context) {
            return new BasicRequestConsumer<>(body == null ? null : new Body());
        }

        @Override
        public void handle(Message<HttpRequest, byte[]> message, ResponseTrigger trigger, HttpContext context) {
            SocketAddress client =
                    HttpCoreContext.cast(context).getEndpointDetails().getRemoteAddress();
            open.computeIfPresent(client, (address, waited) -> new Waited(waited.session(), null));
            byte[] body = message.getBody();
            DeskHttp.Asked asked = new DeskHttp.Asked(
                    message.getHead().getMethod(),
                    target(message.getHead()),
                    headers(message.getHead()),
                    body == null ? new byte[0] : body,
                    port);
            try {
                threads.execute(() -> application.answer(asked, answer -> send(answer, trigger, client, context)));
            } catch (RejectedExecutionException e) {
                send(DeskHttp.tooMuch(), trigger, client, context);
            }
        }

        private void send(DeskResponse answer, ResponseTrigger trigger, SocketAddress client, HttpContext context) {
            open.computeIfPresent(client, (address, waited) -> new Waited(waited.session(), nanoTime.getAsLong()));
            BasicHttpResponse head = new BasicHttpResponse(answer.getStatusCode());
            answer.headers().forEach(head::setHeader);
            head.setHeader("Connection", "close");
            byte[] body = String.valueOf(answer.getBody()).getBytes(StandardCharsets.UTF_8);
            Header type = head.getFirstHeader("Content-Type");
            try {
                trigger.submitResponse(
                        body.length == 0
                                ? new BasicResponseProducer(head)
                                : new BasicResponseProducer(
                                        head,
                                        new BasicAsyncEntityProducer(
                                                body, type == null ? null : ContentType.parse(type.getValue()))),
                        context);
            } catch (HttpException | IOException | RuntimeException e) {
                LOG.log(Level.FINE, "an answer could not be sent", e);
            }
        }
    }

    private static String target(HttpRequest request) {
        return String.valueOf(request.getPath());
    }

    private static Map<String, List<String>> headers(HttpRequest request) {
        Map<String, List<String>> headers = new ConcurrentHashMap<>();
        for (Header header : request.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(java.util.Locale.ROOT), name -> new ArrayList<>())
                    .add(String.valueOf(header.getValue()));
        }
        return headers;
    }

    /** A body up to its bound; what comes after it is let go. */
    private static final class Body extends AbstractBinAsyncEntityConsumer<byte[]> {

        private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();

        @Override
        protected void streamStart(ContentType type) {
            // whatever it is
        }

        @Override
        protected int capacityIncrement() {
            return Integer.MAX_VALUE;
        }

        @Override
        protected void data(ByteBuffer source, boolean end) {
            byte[] some = new byte[Math.min(source.remaining(), MOST_BYTES - bytes.size())];
            source.get(some);
            bytes.writeBytes(some);
            source.position(source.limit());
        }

        @Override
        protected byte[] generateContent() {
            return bytes.toByteArray();
        }

        @Override
        public void releaseResources() {
            bytes.reset();
        }
    }
}
