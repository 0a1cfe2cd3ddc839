package dev.parc.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A tab of the browser. */
public final class Tab implements AutoCloseable {

    private static final Path AXE = Chromium.FOLDER.resolve("node_modules/axe-core/axe.min.js");
    private static final Map<String, Integer> CODES = Map.of("Enter", 13, "Tab", 9, " ", 32, "Escape", 27);

    private final Chromium browser;
    private final String target;
    private final String session;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

    Tab(Chromium browser, String target, String session) {
        this.browser = browser;
        this.target = target;
        this.session = session;
    }

    Tab ready() {
        List.of("Page", "Runtime", "Log", "Network").forEach(domain -> call(domain + ".enable", Map.of()));
        return this;
    }

    /** A screen of so many CSS pixels. */
    public Tab screen(int width, int height) {
        return screen(width, height, 1);
    }

    /** A screen of so many CSS pixels, each of so many of the device's. */
    public Tab screen(int width, int height, double scale) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", width < 600));
        return this;
    }

    /** Prefers {@code light} or {@code dark}, shows {@code screen} or {@code print}. */
    public Tab media(String scheme, String type) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        type,
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        return this;
    }

    /** Turns scripts of pages off. */
    public Tab withoutScript() {
        call("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        return this;
    }

    /** Sends these headers with every request, as a proxy before the server would. */
    public Tab headers(Map<String, String> headers) {
        call("Network.setExtraHTTPHeaders", Map.of("headers", headers));
        return this;
    }

    /** Forgets every cookie of the browser. */
    public Tab withoutCookies() {
        call("Network.clearBrowserCookies", Map.of());
        return this;
    }

    /** Opens a file and waits until it is loaded. */
    public Tab open(Path file) {
        return open(file.toUri().toString());
    }

    /** Opens an address and waits until it is loaded. */
    public Tab open(String address) {
        complaints.clear();
        requests.clear();
        return leading(() -> call("Page.navigate", Map.of("url", address)));
    }

    /** Does what leads to another page, and waits until that is loaded. */
    public Tab leading(Runnable action) {
        loaded = new CompletableFuture<>();
        action.run();
        try {
            loaded.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no page was loaded", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return this;
    }

    /** The value of an expression; of a promise, what it becomes. */
    public JsonNode value(String expression) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(
                    expression + ": " + answer.path("exceptionDetails").toPrettyString());
        }
        return answer.path("result").path("value");
    }

    /** Waits until this is so, on whatever page is there by then. */
    public Tab awaitTrue(String expression) {
        Instant end = Instant.now().plusSeconds(60);
        while (!isTrue(expression)) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("it never came that " + expression);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return this;
    }

    private boolean isTrue(String expression) {
        try {
            return value(expression).asBoolean();
        } catch (IllegalStateException e) {
            return false; // the page went away meanwhile
        }
    }

    /** The text of an expression's value. */
    public String text(String expression) {
        return value(expression).asText();
    }

    /** The texts of an expression's value, an array. */
    public List<String> texts(String expression) {
        return value(expression).valueStream().map(JsonNode::asText).toList();
    }

    /** Presses a key: a letter, or the name of one such as {@code Tab}. */
    public Tab press(String key) {
        String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
        int code = CODES.getOrDefault(key, 0);
        call(
                "Input.dispatchKeyEvent",
                Map.of(
                        "type",
                        text.isEmpty() ? "rawKeyDown" : "keyDown",
                        "key",
                        key,
                        "text",
                        text,
                        "windowsVirtualKeyCode",
                        code));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
        return this;
    }

    /** Types into what has the focus. */
    public Tab type(String text) {
        call("Input.insertText", Map.of("text", text));
        return this;
    }

    /** What went wrong since the page was opened: errors on the console, exceptions, violations of its policy. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** The addresses that were asked for since the page was opened, its own among them. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** What axe-core finds against WCAG 2.2 AA and good practice, a line each. */
    public List<String> axe() {
        try {
            value(Files.readString(AXE) + "; 0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts("axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.flatMap(rule =>"
                + " rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`)))");
    }

    /** The role and the name of everything that a screen reader meets, in order: {@code role "name"}. */
    public List<String> accessibleTree() {
        return call("Accessibility.getFullAXTree", Map.of())
                .path("nodes")
                .valueStream()
                .filter(node -> !node.path("ignored").asBoolean())
                .map(node -> "%s \"%s\""
                        .formatted(
                                node.path("role").path("value").asText(),
                                node.path("name").path("value").asText()))
                .toList();
    }

    /** A picture of what is on the screen, as PNG. */
    public byte[] picture() {
        return data(call("Page.captureScreenshot", Map.of("format", "png")));
    }

    /** The page printed on A4, as PDF. */
    public byte[] pdf() {
        return data(call("Page.printToPDF", Map.of("paperWidth", 8.27, "paperHeight", 11.69, "printBackground", true)));
    }

    private static byte[] data(JsonNode answer) {
        return Base64.getDecoder().decode(answer.path("data").asText());
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        return browser.call(session, method, parameters);
    }

    void heard(String event, JsonNode details) {
        switch (event) {
            case "Page.loadEventFired" -> loaded.complete(null);
            case "Network.requestWillBeSent" ->
                requests.add(details.path("request").path("url").asText());
            case "Runtime.exceptionThrown" ->
                complaints.add(details.path("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" ->
                complaints.add(details.path("type").asText() + ": " + details.path("args"));
            case "Log.entryAdded" -> complaints.add(details.path("entry").toString());
            default -> {}
        }
    }

    @Override
    public void close() {
        browser.forget(session);
        browser.call("", "Target.closeTarget", Map.of("targetId", target));
    }
}
