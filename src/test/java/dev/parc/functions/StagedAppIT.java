package dev.parc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The staged app, loaded as the Functions worker loads it: from its own jars and the few of the worker. */
class StagedAppIT {

    private static final Path STAGING = Path.of(System.getProperty("staging"));
    private static final Path WORKER = Path.of(System.getProperty("worker"));

    /** The key whose digest the build puts into PARC_READER_KEYS. */
    private static final Map<String, String> READER = Map.of("x-functions-key", System.getProperty("reader.key"));

    /** An app that has not started within 30 seconds is given up by the platform. */
    private static final Duration MOST_TO_START = Duration.ofSeconds(30);

    /** What takes long to load, and is not needed to answer about PARC itself. */
    private static final List<String> NOT_AT_THE_START = List.of(
            "com.azure.core.http.",
            "com.azure.core.util.",
            "com.azure.identity.",
            "com.azure.data.",
            "com.microsoft.aad.",
            "reactor.",
            "org.apache.hc.",
            "com.sun.jna.",
            "picocli.");

    /** Reached by no class: slf4j looks for its provider by the name of a service. */
    private static final String A_SERVICE = "slf4j-nop";

    @Test
    void everyFunctionIsStaged() {
        Set<String> written = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.parc.functions")
                        .stream()
                        .flatMap(functions -> functions.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(FunctionName.class))
                        .map(StagedAppIT::name)
                        .collect(Collectors.toSet());

        assertThat(Worker.functions(STAGING))
                .contains("RunStage1", "DoRun", "StartRun", "Health")
                .containsExactlyInAnyOrderElementsOf(written);
    }

    private static String name(JavaMethod method) {
        return method.getAnnotationOfType(FunctionName.class).value();
    }

    static List<String> functions() {
        return Worker.functions(STAGING);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aStagedFunctionIsOneMethodOfAnInstanceThatTheInjectorGives(String function) throws Exception {
        try (Worker worker = new Worker(STAGING, WORKER)) {
            Method entryPoint = worker.entryPoint(function);
            assertThat(worker.name(entryPoint)).isEqualTo(function);
            assertThat(worker.instance(entryPoint.getDeclaringClass())).isInstanceOf(entryPoint.getDeclaringClass());
        }
    }

    /** Every function is loaded before the first call, so what one of them needs is waited for by all. */
    @Test
    void theAppStartsInTimeAndWithoutTheLibrariesOfAzure() throws Exception {
        long start = System.nanoTime();
        try (Worker worker = new Worker(STAGING, WORKER)) {
            for (String function : functions()) {
                worker.instance(worker.entryPoint(function).getDeclaringClass());
            }
            long loaded = System.nanoTime();
            Map.Entry<Integer, String> health = worker.get("Health", Map.of());
            Duration answered = Duration.ofNanos(System.nanoTime() - start);
            Map.Entry<Integer, String> checks = worker.get("ListChecks", READER);

            System.out.printf(
                    "%d functions loaded in %d ms, the first HTTP call answered after %d ms, %d classes%n",
                    functions().size(),
                    Duration.ofNanos(loaded - start).toMillis(),
                    answered.toMillis(),
                    worker.loaded().size());
            assertThat(health.getKey()).as(health.getValue()).isEqualTo(200);
            assertThat(health.getValue()).contains("\"status\":\"up\"");
            assertThat(checks.getKey()).as(checks.getValue()).isEqualTo(200);
            assertThat(checks.getValue()).contains("\"S1-01\"", "\"BG-02\"");
            assertThat(answered).isLessThan(MOST_TO_START);
            assertThat(worker.loaded())
                    .contains("dev.parc.app.CompositionRoot")
                    .noneMatch(name -> NOT_AT_THE_START.stream().anyMatch(name::startsWith));
        }
    }

    /** The order of jars is that of a hash set, so of two classes with one name either may win. */
    @Test
    void noClassIsThereTwice() throws IOException {
        Map<String, Set<String>> jars = new TreeMap<>();
        for (Path jar : Stream.of(Worker.jars(WORKER), Worker.jars(STAGING), Worker.jars(STAGING.resolve("lib")))
                .flatMap(List::stream)
                .toList()) {
            try (ZipFile content = new ZipFile(jar.toFile())) {
                content.stream()
                        .map(ZipEntry::getName)
                        .filter(entry -> entry.endsWith(".class")
                                && !entry.startsWith("META-INF/")
                                && !entry.equals("module-info.class"))
                        .forEach(entry -> jars.computeIfAbsent(entry, name -> new TreeSet<>())
                                .add(jar.getFileName().toString()));
            }
        }
        jars.values().removeIf(places -> places.size() == 1);

        assertThat(jars).isEmpty();
    }

    /** What no class of the app reaches, through other jars or at once, is only a longer download. */
    @Test
    void noJarIsThereInVain() {
        Map<String, Set<String>> uses = uses();
        Set<String> reached = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(Worker.jars(STAGING).stream()
                .map(jar -> jar.getFileName().toString())
                .toList());
        while (!next.isEmpty()) {
            uses.getOrDefault(next.pop(), Set.of()).stream()
                    .filter(reached::add)
                    .forEach(next::add);
        }

        assertThat(Worker.jars(STAGING.resolve("lib")).stream()
                        .map(jar -> jar.getFileName().toString())
                        .filter(jar -> !jar.startsWith(A_SERVICE)))
                .containsExactlyInAnyOrderElementsOf(reached);
    }

    /** For each jar those that its classes name, as the JDK's own tool finds. */
    private static Map<String, Set<String>> uses() {
        StringWriter output = new StringWriter();
        PrintWriter out = new PrintWriter(output);
        String libraries = Worker.jars(STAGING.resolve("lib")).stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> arguments = new ArrayList<>(
                List.of("-s", "-R", "--multi-release", "17", "--ignore-missing-deps", "-cp", libraries));
        Worker.jars(STAGING).forEach(jar -> arguments.add(jar.toString()));
        int status = ToolProvider.findFirst("jdeps").orElseThrow().run(out, out, arguments.toArray(String[]::new));
        assertThat(status).as(output.toString()).isZero();
        Map<String, Set<String>> uses = new HashMap<>();
        output.toString()
                .lines()
                .map(line -> line.split(" -> ", 2))
                .filter(arrow -> arrow.length == 2 && arrow[1].endsWith(".jar"))
                .forEach(arrow -> uses.computeIfAbsent(arrow[0], jar -> new TreeSet<>())
                        .add(Path.of(arrow[1]).getFileName().toString()));
        return uses;
    }

    @Test
    void noSettingsOfTheDeskAreStaged() throws IOException {
        try (Stream<Path> files = Files.walk(STAGING)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("host.json")
                    .doesNotContain("local.settings.json");
        }
    }
}
