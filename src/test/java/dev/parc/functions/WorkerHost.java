package dev.parc.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands before the functions of a staged app in Azure, for one process of them: App Service, which signs people in and says by
 * headers who they are, whatever headers they send themselves; the host, which finds the function by its route; and the queues.
 *
 * <p>It is a process of its own, because the app reads its settings from the environment. Arguments: the staged app, and the folder of
 * the worker's libraries. It prints its address and ends with its standard input.
 */
final class WorkerHost {

    private static final Logger LOG = Logger.getLogger(WorkerHost.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "/api/";
    private static final String SIGN_IN = "/.auth/login/aad";
    private static final Pattern SIGNED_IN = Pattern.compile("AppServiceAuthSession=([a-z]+)\\.([A-Za-z]+)");
    private static final int ATTEMPTS = 5;

    /** A function that answers requests. */
    private record Routed(String function, List<String> methods, Pattern path, List<String> parts) {}

    private final Worker worker;
    private final List<Routed> routes = new ArrayList<>();
    private final Map<String, String> queues = new HashMap<>();
    private final ExecutorService messages = Executors.newSingleThreadExecutor();

    private WorkerHost(Path staging, Path libraries) throws IOException {
        worker = new Worker(staging, libraries);
        for (String function : Worker.functions(staging)) {
            for (JsonNode binding : JSON.readTree(
                            Files.readString(staging.resolve(function).resolve("function.json")))
                    .path("bindings")) {
                String type = binding.path("type").asText().toLowerCase(Locale.ROOT);
                if (type.equals("httptrigger")) {
                    routes.add(routed(function, binding));
                } else if (type.equals("queuetrigger")) {
                    queues.put(binding.path("queueName").asText(), function);
                }
            }
        }
    }

    private static Routed routed(String function, JsonNode binding) {
        List<String> parts = new ArrayList<>();
        StringBuilder path = new StringBuilder(PREFIX);
        Matcher part = Pattern.compile("\\{([A-Za-z]+)[^}]*}|[^{]+")
                .matcher(binding.path("route").asText(function));
        while (part.find()) {
            if (part.group(1) == null) {
                path.append(Pattern.quote(part.group()));
            } else {
                parts.add(part.group(1));
                path.append("([^/]+)");
            }
        }
        return new Routed(
                function,
                binding.path("methods")
                        .valueStream()
                        .map(method -> method.asText().toUpperCase(Locale.ROOT))
                        .toList(),
                Pattern.compile(path.toString(), Pattern.CASE_INSENSITIVE),
                parts);
    }

    public static void main(String[] arguments) throws IOException {
        WorkerHost host = new WorkerHost(Path.of(arguments[0]), Path.of(arguments[1]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", host::handle);
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
        while (System.in.read() >= 0) {
            // until whoever started it is gone
        }
        System.exit(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().equals(SIGN_IN)) {
                signIn(exchange);
                return;
            }
            String path = exchange.getRequestURI().getPath();
            for (Routed route : routes) {
                Matcher match = route.path().matcher(path);
                if (route.methods().contains(exchange.getRequestMethod()) && match.matches()) {
                    Map<String, Object> parts = new HashMap<>();
                    for (int i = 0; i < route.parts().size(); i++) {
                        parts.put(route.parts().get(i), match.group(i + 1));
                    }
                    answer(exchange, route.function(), parts);
                    return;
                }
            }
            send(exchange, 404, "");
        }
    }

    /** Whoever names themselves and a role is signed in as that; else there is a page to do so. */
    private static void signIn(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI());
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        if (query.containsKey("role")) {
            // to be sent with what other sites make the browser ask for, as the cookie of App Service is
            exchange.getResponseHeaders()
                    .set(
                            "Set-Cookie",
                            "AppServiceAuthSession=" + query.get("name") + "." + query.get("role")
                                    + "; Path=/; HttpOnly; Secure; SameSite=None");
        }
        send(exchange, 200, "<!doctype html><html lang=\"en\"><title>Sign in</title><p>Sign in</p>");
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
            String[] sides = pair.split("=", 2);
            if (!sides[0].isEmpty()) {
                query.put(
                        URLDecoder.decode(sides[0], StandardCharsets.UTF_8),
                        sides.length == 1 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private void answer(HttpExchange exchange, String function, Map<String, Object> parts) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!name.regionMatches(true, 0, "X-MS-", 0, 5)) {
                headers.put(name, String.join(",", values));
            }
        });
        Stream.ofNullable(exchange.getRequestHeaders().getFirst("Cookie"))
                .map(SIGNED_IN::matcher)
                .filter(Matcher::find)
                .forEach(who -> headers.put("X-MS-CLIENT-PRINCIPAL", principal(who.group(1), who.group(2))));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try {
            Object request = worker.request(
                    exchange.getRequestMethod(),
                    URI.create("http://" + exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI()),
                    headers,
                    query(exchange.getRequestURI()),
                    Optional.of(body).filter(text -> !text.isEmpty()));
            Worker.Answer answer =
                    worker.answer(Objects.requireNonNull(worker.call(function, request, parts, this::put)));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            send(exchange, answer.status(), answer.body());
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.WARNING, function, e);
            send(exchange, 500, "");
        }
    }

    private static String principal(String name, String role) {
        String claims = """
                {"auth_typ":"aad","claims":[{"typ":"oid","val":"0a1b0000-0000-4000-8000-%012x"},\
                {"typ":"preferred_username","val":"%s@contoso.com"},{"typ":"roles","val":"%s"}]}""".formatted(name.hashCode() & 0xffff, name, role);
        return Base64.getEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    /** A list of JSON is as many messages. */
    private void put(String queue, String value) {
        try {
            JsonNode written = value.startsWith("[")
                    ? JSON.readTree(value)
                    : JSON.createArrayNode().add(value);
            for (JsonNode one : written) {
                deliver(queue, one.isTextual() ? one.asText() : one.toString(), new AtomicInteger());
            }
        } catch (IOException e) {
            throw new IllegalStateException("what " + queue + " was given is a list and no JSON", e);
        }
    }

    private void deliver(String queue, String message, AtomicInteger attempts) {
        String function = queues.get(queue);
        if (function == null) {
            return;
        }
        messages.execute(() -> {
            try {
                worker.call(function, message, Map.of("DequeueCount", (long) attempts.incrementAndGet()), this::put);
            } catch (ReflectiveOperationException | IOException e) {
                LOG.log(Level.WARNING, function, e);
                if (attempts.get() < ATTEMPTS) {
                    deliver(queue, message, attempts);
                } else {
                    deliver(queue + "-poison", message, new AtomicInteger());
                }
            }
        });
    }
}
