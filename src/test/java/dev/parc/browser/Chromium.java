package dev.parc.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.NodePackages;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium, started once for all tests and driven by the Chrome DevTools Protocol over a pipe, with which it
 * ends when this JVM does. It is the one on the path, or else one that comes from npm (Linux on x64).
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">the protocol</a>
 */
public final class Chromium {

    static final Path FOLDER = Path.of("target", "chromium");
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Path SOURCE = Path.of("src", "test", "chromium");
    private static final Path LOG =
            FOLDER.resolve("chromium-" + ProcessHandle.current().pid() + ".log");
    private static final int PATIENCE_SECONDS = 60;
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome");
    private static final List<String> OPTIONS = List.of(
            "--headless",
            "--remote-debugging-pipe",
            "--no-sandbox", // tests run as root in containers, and nothing but our own page is opened
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-extensions",
            "--disable-sync",
            "--metrics-recording-only",
            "--no-first-run",
            "--no-default-browser-check",
            "--hide-scrollbars",
            "--font-render-hinting=none",
            "--force-color-profile=srgb",
            "--lang=en-US");

    private static @Nullable Chromium started;
    private static @Nullable String failure;

    private final Process process;
    private final OutputStream out;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final Map<String, Tab> tabs = new ConcurrentHashMap<>();

    private Chromium(Process process) {
        this.process = process;
        this.out = process.getOutputStream();
        Thread reader = new Thread(this::read, "chromium");
        reader.setDaemon(true);
        reader.start();
    }

    /** A new empty tab. */
    public static Tab tab() {
        Chromium browser = shared();
        String target = browser.call("", "Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
        String session = browser.call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        Tab tab = new Tab(browser, target, session);
        browser.tabs.put(session, tab);
        return tab.ready();
    }

    private static synchronized Chromium shared() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        if (started == null) {
            try {
                started = start();
            } catch (IOException | IllegalStateException e) {
                failure = "Chromium could not be started: the tests of the report need it on the path, or Linux on x64"
                        + " with Node.js 20 or newer, node and npm on the path (" + e.getMessage() + ")";
                throw new IllegalStateException(failure, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while Chromium was being started", e);
            }
        }
        return started;
    }

    private static Chromium start() throws IOException, InterruptedException {
        NodePackages.install(SOURCE, FOLDER);
        Optional<Path> own = onPath();
        // the shell hands its input and output on as the descriptors 3 and 4 that the pipe uses
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "exec \"$@\" 3<&0 4>&1 1>&2 0</dev/null",
                "sh",
                own.isPresent() ? own.get().toString() : unpacked().toString()));
        command.addAll(OPTIONS);
        command.add("--user-data-dir="
                + Files.createTempDirectory(FOLDER, "profile").toAbsolutePath());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(LOG.toFile());
        builder.environment()
                .put(
                        "FONTCONFIG_FILE",
                        FOLDER.resolve("fonts.conf").toAbsolutePath().toString());
        if (own.isEmpty()) {
            // behind the machine's own libraries, which are newer
            builder.environment()
                    .merge(
                            "LD_LIBRARY_PATH",
                            FOLDER.resolve("unpacked/al2023/lib")
                                    .toAbsolutePath()
                                    .toString(),
                            (before, added) -> before + ":" + added);
        }
        return new Chromium(builder.start());
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path unpacked() throws IOException, InterruptedException {
        Path folder = FOLDER.resolve("unpacked").toAbsolutePath();
        NodePackages.alone(FOLDER, () -> unpack(folder));
        return folder.resolve("chromium");
    }

    private static void unpack(Path folder) throws IOException, InterruptedException {
        Path whole = FOLDER.resolve("unpacked.whole");
        if (!Files.exists(whole)) {
            Files.createDirectories(folder);
            Path log = FOLDER.resolve("unpack.log");
            ProcessBuilder node = new ProcessBuilder("node", "unpack.js")
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            node.environment().put("TMPDIR", folder.toString());
            if (node.start().waitFor() != 0) {
                throw new IllegalStateException("it could not be unpacked, see " + log);
            }
            Files.createFile(whole);
        }
    }

    /** Calls a method of the protocol, and waits for what it returns. */
    JsonNode call(String session, String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        try {
            synchronized (out) {
                out.write(JSON.writeValueAsBytes(message));
                out.write(0);
                out.flush();
            }
            JsonNode node = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (node.has("error")) {
                throw new IllegalStateException(method + ": " + node.path("error"));
            }
            return node.path("result");
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Chromium did not answer " + method + ", see " + LOG, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    void forget(String session) {
        tabs.remove(session);
    }

    private void read() {
        try (InputStream in = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            for (int read = in.read(); read >= 0; read = in.read()) {
                if (read == 0) {
                    take(message.toString(StandardCharsets.UTF_8));
                    message.reset();
                } else {
                    message.write(read);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            answers.values().forEach(answer -> answer.completeExceptionally(new IOException("the browser has ended")));
        }
    }

    private void take(String text) throws JsonProcessingException {
        JsonNode message = JSON.readTree(text);
        CompletableFuture<JsonNode> answer =
                message.has("id") ? answers.remove(message.path("id").asInt()) : null;
        if (answer != null) {
            answer.complete(message);
            return;
        }
        Tab tab = tabs.get(message.path("sessionId").asText());
        if (tab != null) {
            tab.heard(message.path("method").asText(), message.path("params"));
        }
    }
}
