package dev.parc.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A staged app in the class loaders of the <a href="https://github.com/Azure/azure-functions-java-worker">Functions worker
 * for Java</a>: what the worker itself has comes first, then the jars of lib in the order of a hash set, and the app's own.
 */
final class Worker implements AutoCloseable {

    private static final String CORE = "com.microsoft.azure.functions.";

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
        Method entryPoint = entryPoint(function);
        Object request = proxy(
                CORE + "HttpRequestMessage",
                Map.of(
                        "getHttpMethod",
                                own.loadClass(CORE + "HttpMethod")
                                        .getField("GET")
                                        .get(null),
                        "getUri", URI.create("https://localhost/api/" + function),
                        "getHeaders", headers,
                        "getQueryParameters", Map.of(),
                        "getBody", Optional.empty()));
        Object context = proxy(
                CORE + "ExecutionContext",
                Map.of("getLogger", Logger.getLogger("worker"), "getInvocationId", "1", "getFunctionName", function));
        Object response = entryPoint.invoke(instance(entryPoint.getDeclaringClass()), request, context);
        Class<?> type = own.loadClass(CORE + "HttpResponseMessage");
        return Map.entry((Integer) type.getMethod("getStatusCode").invoke(response), (String)
                type.getMethod("getBody").invoke(response));
    }

    /** Something of the worker: it answers what is said, and builds the response. */
    private Object proxy(String type, Map<String, Object> answers) throws ClassNotFoundException {
        return proxy(type, (self, method, arguments) -> switch (method.getName()) {
            case "createResponseBuilder" -> builder(arguments);
            default ->
                Optional.ofNullable(answers.get(method.getName()))
                        .orElseThrow(() -> new UnsupportedOperationException(method.toString()));
        });
    }

    private Object builder(Object[] status) throws ReflectiveOperationException {
        Map<String, Object> response = new HashMap<>();
        Class<?> statusType = own.loadClass(CORE + "HttpStatusType");
        response.put("getStatusCode", statusType.getMethod("value").invoke(status[0]));
        return proxy(CORE + "HttpResponseMessage$Builder", (self, method, arguments) -> switch (method.getName()) {
            case "body" -> {
                response.put("getBody", arguments[0]);
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
