package dev.parc.desk;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpStatusType;
import dev.parc.functions.http.Problem;
import dev.parc.functions.http.Reply;
import dev.parc.functions.http.Waiting;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes HTTP requests to the functions that are routed to. Only requests for a loopback name are answered, so that a
 * web page cannot reach in by a name of its own that leads here; nothing allows another origin.
 */
final class DeskHttp implements DeskServer.Application {

    private static final Logger LOG = Logger.getLogger(DeskHttp.class.getName());

    /** Of a body. */
    static final int MOST_BYTES = 512 * 1024;

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final List<Route> routes;
    private final BiConsumer<String, String> queues;
    private final Later later;

    /** Looks at what is worked on until it has ended. */
    interface Later {

        /**
         * Hands on what a look gives as soon as it has ended, or else what the last look in time gave.
         *
         * @param time how long to look
         */
        void waitFor(
                Supplier<DeskResponse> look,
                Predicate<DeskResponse> ended,
                Duration time,
                Consumer<DeskResponse> answer);
    }

    /** @param queues takes the name of a queue and a message for it */
    DeskHttp(List<DeskFunction> functions, BiConsumer<String, String> queues, Later later) {
        this.routes = functions.stream()
                .flatMap(function -> function.http().stream()
                        .map(trigger ->
                                new Route(segments("/api/" + trigger.route()), Set.of(trigger.methods()), function)))
                .toList();
        this.queues = queues;
        this.later = later;
    }

    private record Route(List<String> segments, Set<HttpMethod> methods, DeskFunction function) {

        /** The route's parameters by name; empty if the path is another one. */
        Optional<Map<String, Object>> match(List<String> path) {
            if (path.size() != segments.size()) {
                return Optional.empty();
            }
            Map<String, Object> parameters = new HashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String segment = segments.get(i);
                int brace = segment.indexOf('{');
                String literal = brace < 0 ? segment : segment.substring(0, brace);
                String value = path.get(i);
                if (brace < 0 ? !segment.equalsIgnoreCase(value) : !beginsWith(value, literal)) {
                    return Optional.empty();
                }
                if (brace >= 0) {
                    parameters.put(segment.substring(brace + 1, segment.length() - 1), value.substring(brace));
                }
            }
            return Optional.of(parameters);
        }

        /** Whether something is left for a parameter that stands after a literal, as in {@code report.{format}}. */
        private static boolean beginsWith(String segment, String literal) {
            return segment.length() > literal.length() && segment.regionMatches(true, 0, literal, 0, literal.length());
        }
    }

    /**
     * A request as it came.
     *
     * @param target what the request line asks for
     * @param headers by lower-case name
     * @param body at most one byte more than it may have
     * @param port of this server
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, and never compared
    record Asked(String method, String target, Map<String, List<String>> headers, byte[] body, int port) {}

    @Override
    public void answer(Asked asked, Consumer<DeskResponse> answer) {
        try {
            respond(asked, answer);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "a request failed", e);
            answer.accept(failed());
        }
    }

    /** What is said where something inside went wrong. */
    static DeskResponse failed() {
        return response(Problem.INTERNAL.reply("The log has the details."));
    }

    /** What is said where too many requests are worked on already. */
    static DeskResponse tooMuch() {
        return response(Problem.BUSY.reply("Ask again in a moment.").with("Retry-After", "5"));
    }

    private void respond(Asked asked, Consumer<DeskResponse> answer) {
        Optional<String> host = loopbackHost(asked);
        if (host.isEmpty()) {
            answer.accept(response(Problem.UNKNOWN_HOST.reply("Use http://127.0.0.1 or http://localhost.")));
            return;
        }
        if (asked.body().length > MOST_BYTES) {
            answer.accept(response(Problem.TOO_LARGE.reply("Send at most 512 KiB.")));
            return;
        }
        URI uri;
        List<String> path;
        Map<String, String> query;
        try {
            if (!asked.target().startsWith("/")) {
                throw new IllegalArgumentException("no path");
            }
            uri = URI.create("http://" + host.get() + asked.target());
            path = segments(uri.getRawPath());
            query = query(uri.getRawQuery());
        } catch (IllegalArgumentException e) {
            answer.accept(response(Problem.INVALID_REQUEST.reply(
                    "The address is no URI: encode what is no letter, digit or one of -._~ with per cent signs.")));
            return;
        }
        Map<String, String> headers = new HashMap<>();
        asked.headers().forEach((name, values) -> headers.put(name, values.get(0)));
        DeskRequest request = new DeskRequest(
                HttpMethod.value(asked.method()),
                URI.create("http://" + host.get() + uri.getRawPath()),
                headers,
                query,
                Optional.of(new String(asked.body(), StandardCharsets.UTF_8)).filter(text -> !text.isEmpty()));
        Optional<Waiting> waiting = Waiting.of(request);
        if (waiting.isEmpty()) {
            answer.accept(routed(request, path));
            return;
        }
        headers.remove("prefer");
        DeskRequest atOnce = new DeskRequest(request.method(), request.uri(), headers, query, request.body());
        waited(atOnce, routed(atOnce, path), waiting.get(), answer);
    }

    /** Follows what an answer says is worked on, until it has ended or the time is over; no thread is held meanwhile. */
    private void waited(DeskRequest request, DeskResponse first, Waiting waiting, Consumer<DeskResponse> answer) {
        Optional<String> location = first.getStatusCode() != 202
                ? Optional.empty()
                : request.method().name().equals("GET")
                        ? Optional.of(request.uri().toString())
                        : Optional.ofNullable(first.getHeader("Location"));
        if (location.isEmpty()) {
            answer.accept(first.getStatusCode() < 300 ? first.header(Waiting.APPLIED, waiting.toString()) : first);
            return;
        }
        URI followed = URI.create(location.get());
        DeskRequest look = new DeskRequest(HttpMethod.GET, followed, request.headers(), Map.of(), Optional.empty());
        later.waitFor(
                () -> routed(look, segments(followed.getRawPath())),
                response -> response.getStatusCode() != 202,
                waiting.time(),
                response -> answer.accept(response.header(Waiting.APPLIED, waiting.toString())));
    }

    private DeskResponse routed(DeskRequest request, List<String> path) {
        Set<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, Object>> parameters = route.match(path);
            if (parameters.isPresent()) {
                for (HttpMethod method : route.methods()) {
                    allowed.add(method.name());
                    if (method.name().equals(request.method().name())) {
                        return called(route.function(), request, parameters.get());
                    }
                }
            }
        }
        if (allowed.isEmpty()) {
            return response(Problem.UNKNOWN_ROUTE.reply("The API is under /api, for example /api/stages."));
        }
        String methods = String.join(", ", allowed);
        return response(Problem.METHOD_NOT_ALLOWED.reply("Use " + methods + ".").with("Allow", methods));
    }

    private DeskResponse called(DeskFunction function, DeskRequest request, Map<String, Object> parameters) {
        if (function.call(request, parameters, queues) instanceof DeskResponse response) {
            return response;
        }
        throw new IllegalStateException("the function " + function.name() + " gave no response");
    }

    private static DeskResponse response(Reply reply) {
        DeskResponse response = new DeskResponse(HttpStatusType.custom(reply.status()))
                .header("Content-Type", reply.contentType())
                .body(reply.body());
        reply.headers().forEach(response::header);
        return response;
    }

    /** The one Host header, if it names this machine and the port of this server. */
    private static Optional<String> loopbackHost(Asked asked) {
        List<String> hosts = asked.headers().getOrDefault("host", List.of());
        if (hosts.size() != 1) {
            return Optional.empty();
        }
        String host = hosts.get(0).toLowerCase(Locale.ROOT);
        String port = ":" + asked.port();
        return LOOPBACK.stream()
                .filter(name -> host.equals(name + port))
                .map(name -> host)
                .findFirst();
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                // a plus is itself in a path
                segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return segments;
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            query.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return query;
    }
}
