package dev.parc.functions.host;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpStatusType;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.parc.functions.Problem;
import dev.parc.functions.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes HTTP requests to the functions that are routed to. Only requests for a loopback name are answered, so that a
 * web page cannot reach in by a name of its own that leads here; nothing allows another origin.
 */
final class DeskHttp implements HttpHandler {

    private static final Logger LOG = Logger.getLogger(DeskHttp.class.getName());
    private static final int MOST_BYTES = 512 * 1024;
    private static final long MOST_DRAINED = 1024L * 1024;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final List<Route> routes;
    private final BiConsumer<String, String> queues;

    /** @param queues takes the name of a queue and a message for it */
    DeskHttp(List<DeskFunction> functions, BiConsumer<String, String> queues) {
        this.routes = functions.stream()
                .flatMap(function -> function.http().stream()
                        .map(trigger ->
                                new Route(segments("/api/" + trigger.route()), Set.of(trigger.methods()), function)))
                .toList();
        this.queues = queues;
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
                if (segment.startsWith("{")) {
                    parameters.put(segment.substring(1, segment.length() - 1), path.get(i));
                } else if (!segment.equalsIgnoreCase(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(parameters);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            DeskResponse response;
            try {
                response = respond(exchange);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "a request failed", e);
                response = response(Problem.INTERNAL.reply("The log has the details."));
            }
            byte[] body = String.valueOf(response.getBody()).getBytes(StandardCharsets.UTF_8);
            response.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(response.getStatusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private DeskResponse respond(HttpExchange exchange) throws IOException {
        Optional<String> host = loopbackHost(exchange);
        if (host.isEmpty()) {
            return response(Problem.UNKNOWN_HOST.reply("Use http://127.0.0.1 or http://localhost."));
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            // a client that is cut off while it sends does not read the answer
            exchange.getRequestBody().skip(MOST_DRAINED);
            return response(Problem.TOO_LARGE.reply("Send at most 512 KiB."));
        }
        List<String> path = segments(exchange.getRequestURI().getRawPath());
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        Set<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, Object>> parameters = route.match(path);
            if (parameters.isPresent()) {
                for (HttpMethod method : route.methods()) {
                    allowed.add(method.name());
                    if (method.name().equals(exchange.getRequestMethod())) {
                        DeskRequest request = new DeskRequest(
                                method,
                                URI.create("http://" + host.get()
                                        + exchange.getRequestURI().getRawPath()),
                                headers(exchange),
                                query,
                                Optional.of(new String(body, StandardCharsets.UTF_8))
                                        .filter(text -> !text.isEmpty()));
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
    private static Optional<String> loopbackHost(HttpExchange exchange) {
        List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        if (hosts.size() != 1) {
            return Optional.empty();
        }
        String host = hosts.get(0).toLowerCase(Locale.ROOT);
        String port = ":" + exchange.getLocalAddress().getPort();
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

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return headers;
    }
}
