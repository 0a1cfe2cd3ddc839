package dev.parc.functions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures a cold start: the time from the start of a JVM with the flags of the Functions worker until a function of the
 * staged app has answered, beside what an empty program takes, and until the clients of Azure are there, which PARC makes
 * only when something asks for them. Rounds are interleaved, so compare the ratios inside one run.
 *
 * <p>Arguments: the staged app, the folder of the worker's libraries, and staged apps of other versions to compare with.
 */
final class StartBench {

    private static final int ROUNDS = 9;

    /** As in worker.config.json of the Functions worker for Java; the two for -noverify do the same without a warning. */
    private static final List<String> FLAGS = List.of(
            "-XX:+TieredCompilation",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote",
            "-Djava.net.preferIPv4Stack=true",
            "-Xshare:auto");

    private enum Until {
        STARTED,
        ANSWERED,
        CLIENTS
    }

    private StartBench() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 3 && arguments[0].startsWith("--")) {
            child(Until.valueOf(arguments[0].substring(2)), Path.of(arguments[1]), Path.of(arguments[2]));
            return;
        }
        Path worker = Path.of(arguments[1]);
        Map<String, List<Long>> times = new LinkedHashMap<>();
        for (int round = 0; round <= ROUNDS; round++) {
            Map<String, Long> taken = round(arguments, worker);
            if (round > 0) { // the first fills the caches of the disk
                taken.forEach((what, millis) ->
                        times.computeIfAbsent(what, name -> new ArrayList<>()).add(millis));
            }
        }
        times.forEach((what, millis) -> System.out.printf(
                "%6d ms (%d to %d)  %s%n",
                millis.stream().sorted().toList().get(ROUNDS / 2),
                millis.stream().min(Long::compare).orElseThrow(),
                millis.stream().max(Long::compare).orElseThrow(),
                what));
    }

    private static Map<String, Long> round(String[] arguments, Path worker) throws IOException, InterruptedException {
        Map<String, Long> taken = new LinkedHashMap<>();
        Path staging = Path.of(arguments[0]);
        taken.put("an empty program", start(Until.STARTED, staging, worker));
        taken.put("all functions loaded, one HTTP call answered", start(Until.ANSWERED, staging, worker));
        taken.put("the same and the clients of Azure made", start(Until.CLIENTS, staging, worker));
        for (int other = 2; other < arguments.length; other++) {
            Path before = Path.of(arguments[other]);
            taken.put("all functions loaded, one HTTP call answered: " + before, start(Until.ANSWERED, before, worker));
        }
        return taken;
    }

    private static void child(Until until, Path staging, Path libraries) throws Exception {
        if (until != Until.STARTED) {
            Worker worker = new Worker(staging, libraries);
            for (String function : Worker.functions(staging)) {
                worker.instance(worker.entryPoint(function).getDeclaringClass());
            }
            int status = worker.get("Health", Map.of()).getKey();
            if (status != 200) {
                throw new IllegalStateException("Health answered " + status);
            }
            if (until == Until.CLIENTS) {
                clients(worker);
            }
        }
        System.out.println("done");
    }

    private static void clients(Worker worker) throws ReflectiveOperationException {
        Object http = worker.load("com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder")
                .getConstructor()
                .newInstance();
        Object client = http.getClass().getMethod("build").invoke(http);
        Class<?> clientType = worker.load("com.azure.core.http.HttpClient");
        Object identity = worker.load("com.azure.identity.DefaultAzureCredentialBuilder")
                .getConstructor()
                .newInstance();
        identity.getClass().getMethod("httpClient", clientType).invoke(identity, client);
        Object credential = identity.getClass().getMethod("build").invoke(identity);
        Object tables = worker.load("com.azure.data.tables.TableServiceClientBuilder")
                .getConstructor()
                .newInstance();
        tables.getClass().getMethod("endpoint", String.class).invoke(tables, "https://parc.table.core.windows.net");
        tables.getClass().getMethod("httpClient", clientType).invoke(tables, client);
        tables.getClass()
                .getMethod("credential", worker.load("com.azure.core.credential.TokenCredential"))
                .invoke(tables, credential);
        tables.getClass().getMethod("buildClient").invoke(tables);
    }

    /** The milliseconds until a JVM says that it is there. */
    private static long start(Until until, Path staging, Path worker) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", ownClasses(), StartBench.class.getName()));
        command.addAll(List.of("--" + until.name(), staging.toString(), worker.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PARC_TABLES", "https://parc.table.core.windows.net");
        long start = System.nanoTime();
        Process process = builder.start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            @Nullable String line = output.readLine();
            long taken = Duration.ofNanos(System.nanoTime() - start).toMillis();
            if (!"done".equals(line) || process.waitFor() != 0) {
                throw new IllegalStateException(until + " failed: " + line);
            }
            return taken;
        }
    }

    private static String ownClasses() {
        return Path.of(StartBench.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }
}
