package dev.parc.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A staged app in the class loaders of the <a href="https://github.com/Azure/azure-functions-java-worker">Functions worker
 * for Java</a>: what the worker itself has comes first, then the jars of lib in the order of a hash set, and the app's own.
 */
final class Worker implements AutoCloseable {

    private static final String CORE = "com.microsoft.azure.functions.";
    private static final String HEADER = "header ";

    private final Path staging;
    private final URLClassLoader own;
    private final Loader app;

    /** @param libraries a folder with what the worker has for the app */
    Worker(Path staging, Path libraries) {
        this.staging = staging;
        this.own = new URLClassLoader(urls(jars(libraries)), ClassLoader.getPlatformClassLoader());
        List<Path> jars = new ArrayList<>(new HashSet<>(jars(staging.resolve("lib"))));
        jars.addAll(jars(staging));
        this.app = new Loader(urls(jars), own);
    }

    /** The jars of a folder. */
    static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL[] urls(List<Path> jars) {
        return jars.stream()
                .map(jar -> {
                    try {
                        return jar.toUri().toURL();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toArray(URL[]::new);
    }

    /** Keeps the names of the classes that it made. */
    private static final class Loader extends URLClassLoader {

        private final Set<String> made = ConcurrentHashMap.newKeySet();

        static {
            registerAsParallelCapable();
        }

        Loader(URL[] jars, ClassLoader parent) {
            super(jars, parent);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            Class<?> found = super.findClass(name);
            made.add(name);
            return found;
        }
    }

    /** The classes of the app and its libraries that were loaded so far. */
    Set<String> loaded() {
        return Set.copyOf(app.made);
    }

    /** The names of the staged functions. */
    static List<String> functions(Path staging) {
        try (Stream<Path> files = Files.list(staging)) {
            return files.filter(folder -> Files.exists(folder.resolve("function.json")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one method that a function enters by. */
    Method entryPoint(String function) throws ReflectiveOperationException, IOException {
        String description = Files.readString(staging.resolve(function).resolve("function.json"));
        Path script = staging.resolve(function).resolve(text(description, "scriptFile"));
        if (!Files.isRegularFile(script)) {
            throw new IllegalStateException(function + " is said to be in " + script + ", which does not exist");
        }
        String entryPoint = text(description, "entryPoint");
        int dot = entryPoint.lastIndexOf('.');
        List<Method> named = Stream.of(
                        app.loadClass(entryPoint.substring(0, dot)).getMethods())
                .filter(method -> method.getName().equals(entryPoint.substring(dot + 1)))
                .toList();
        if (named.size() != 1) {
            throw new IllegalStateException(entryPoint + " is the name of " + named.size() + " methods");
        }
        return named.get(0);
    }

    /** Without a JSON library: what the benchmark starts is to load nothing but the app. */
    private static String text(String json, String name) {
        Matcher member =
                Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"\\\\]+)\"").matcher(json);
        if (!member.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return member.group(1);
    }

    /** A class of the app. */
    Class<?> load(String name) throws ClassNotFoundException {
        return app.loadClass(name);
    }

    /** What a function calls itself in the code. */
    String name(Method entryPoint) throws ReflectiveOperationException {
        for (var annotation : entryPoint.getAnnotations()) {
            if (annotation.annotationType().getName().equals(CORE + "annotation.FunctionName")) {
                return (String) annotation.annotationType().getMethod("value").invoke(annotation);
            }
        }
        return "";
    }

    /** The instance that the app's own injector gives for a call. */
    Object instance(Class<?> functions) throws ReflectiveOperationException {
        Class<?> injection = own.loadClass(CORE + "spi.inject.FunctionInstanceInjector");
        List<?> injectors = ServiceLoader.load(injection, app).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (injectors.size() != 1) {
            throw new IllegalStateException("the worker takes one injector, not " + injectors.size());
        }
        return injection.getMethod("getInstance", Class.class).invoke(injectors.get(0), functions);
    }

    /** Status and body with which an HTTP function without path parameters answers a GET. */
    Map.Entry<Integer, String> get(String function, Map<String, String> headers)
            throws ReflectiveOperationException, IOException {
        Object request =
                request("GET", URI.create("https://localhost/api/" + function), headers, Map.of(), Optional.empty());
        Answer answer = answer(Objects.requireNonNull(call(function, request, Map.of(), (queue, value) -> {})));
        return Map.entry(answer.status(), answer.body());
    }

    /** What an HTTP function answers. */
    record Answer(int status, Map<String, String> headers, String body) {}

    /** A request as the worker hands it to a function. */
    Object request(
            String method, URI uri, Map<String, String> headers, Map<String, String> query, Optional<String> body)
            throws ReflectiveOperationException {
        return proxy(
                CORE + "HttpRequestMessage",
                Map.of(
                        "getHttpMethod",
                        Objects.requireNonNull(own.loadClass(CORE + "HttpMethod")
                                .getField(method)
                                .get(null)),
                        "getUri",
                        uri,
                        "getHeaders",
                        headers,
                        "getQueryParameters",
                        query,
                        "getBody",
                        body));
    }

    /** What a function returned for a request. */
    Answer answer(Object response) throws ReflectiveOperationException {
        Answers answers = (Answers) Proxy.getInvocationHandler(response);
        Map<String, String> headers = new LinkedHashMap<>();
        answers.said().forEach((name, value) -> {
            if (name.startsWith(HEADER)) {
                headers.put(name.substring(HEADER.length()), (String) value);
            }
        });
        return new Answer((Integer) Objects.requireNonNull(answers.said().get("getStatusCode")), headers, (String)
                Objects.requireNonNull(answers.said().get("getBody")));
    }

    /**
     * Calls a function with what the annotations of its parameters bind them to.
     *
     * @param trigger the request, the message
     * @param parts by binding name
     * @param queues takes the name of a queue and what the function puts out there
     */
    @Nullable Object call(String function, Object trigger, Map<String, Object> parts, BiConsumer<String, String> queues)
            throws ReflectiveOperationException, IOException {
        Method entryPoint = entryPoint(function);
        Map<String, String> put = new LinkedHashMap<>();
        List<@Nullable Object> arguments = new ArrayList<>();
        for (Parameter parameter : entryPoint.getParameters()) {
            Optional<String> part = said(parameter, "BindingName", "value");
            Optional<String> queue = said(parameter, "QueueOutput", "queueName");
            if (part.isPresent()) {
                arguments.add(parts.get(part.get()));
            } else if (queue.isPresent()) {
                arguments.add(proxy(CORE + "OutputBinding", (self, method, values) -> {
                    if (method.getName().equals("setValue")) {
                        put.put(queue.get(), (String) values[0]);
                    }
                    return put.get(queue.get());
                }));
            } else if (parameter.getType().getName().equals(CORE + "ExecutionContext")) {
                arguments.add(proxy(
                        CORE + "ExecutionContext",
                        Map.of(
                                "getLogger",
                                Logger.getLogger("worker"),
                                "getInvocationId",
                                "1",
                                "getFunctionName",
                                function)));
            } else {
                arguments.add(trigger);
            }
        }
        Object answer = entryPoint.invoke(instance(entryPoint.getDeclaringClass()), arguments.toArray());
        put.forEach(queues);
        return answer;
    }

    /** What an annotation of a parameter says under a name. */
    private static Optional<String> said(Parameter parameter, String annotation, String name)
            throws ReflectiveOperationException {
        for (Annotation one : parameter.getAnnotations()) {
            if (one.annotationType().getName().equals(CORE + "annotation." + annotation)) {
                return Optional.of((String) one.annotationType().getMethod(name).invoke(one));
            }
        }
        return Optional.empty();
    }

    /** Something of the worker: it answers what is said, and builds the response. */
    private record Answers(Map<String, Object> said, Worker worker) implements InvocationHandler {

        @Override
        public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
            return method.getName().equals("createResponseBuilder")
                    ? worker.builder(arguments)
                    : Optional.ofNullable(said.get(method.getName()))
                            .orElseThrow(() -> new UnsupportedOperationException(method.toString()));
        }
    }

    private Object proxy(String type, Map<String, Object> said) throws ClassNotFoundException {
        return proxy(type, new Answers(said, this));
    }

    private Object builder(Object[] status) throws ReflectiveOperationException {
        Map<String, Object> response = new LinkedHashMap<>();
        Class<?> statusType = own.loadClass(CORE + "HttpStatusType");
        response.put("getStatusCode", statusType.getMethod("value").invoke(status[0]));
        return proxy(CORE + "HttpResponseMessage$Builder", (self, method, arguments) -> switch (method.getName()) {
            case "body" -> {
                response.put("getBody", arguments[0]);
                yield self;
            }
            case "header" -> {
                response.put(HEADER + arguments[0], arguments[1]);
                yield self;
            }
            case "build" -> proxy(CORE + "HttpResponseMessage", response);
            default -> self;
        });
    }

    private Object proxy(String type, InvocationHandler handler) throws ClassNotFoundException {
        return Proxy.newProxyInstance(own, new Class<?>[] {own.loadClass(type)}, handler);
    }

    @Override
    public void close() throws IOException {
        app.close();
        own.close();
    }
}
