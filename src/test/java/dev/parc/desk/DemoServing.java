package dev.parc.desk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.app.CompositionRoot;
import dev.parc.app.DeskHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** The demo tenant, served on this machine after one run of everything. */
final class DemoServing implements AutoCloseable {

    private final Path data;
    private final DeskHost.Serving serving;
    private final Client client;
    private final JsonNode run;

    DemoServing() throws IOException, InterruptedException {
        data = Files.createTempDirectory("parc-demo");
        serving = new ServeHost(Duration.ZERO, Duration.ofSeconds(1)).start(CompositionRoot.demo(data), 0, data);
        client = new Client(serving.address());
        run = client.run("{}");
    }

    String address() {
        return serving.address();
    }

    Client client() {
        return client;
    }

    /** The result document of the run. */
    JsonNode run() {
        return run;
    }

    String runId() {
        return run.path("runId").asText();
    }

    @Override
    public void close() throws IOException {
        serving.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
