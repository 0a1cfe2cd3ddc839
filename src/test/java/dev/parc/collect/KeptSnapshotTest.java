package dev.parc.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.graph.FactsReading;
import dev.parc.collect.recording.ReplayWire;
import dev.parc.collect.recording.SnapshotSource;
import dev.parc.collect.wire.BatchBody;
import dev.parc.collect.wire.WireRequest;
import dev.parc.collect.wire.WireResponse;
import dev.parc.facts.FactKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A snapshot that the release before the SDK's builders recorded, and every request that this release asked of it. */
class KeptSnapshotTest {

    private static final Path FOLDER = Path.of("src/test/resources/release-before-the-sdk");

    /** The answers by request, each with what is sent, byte for byte. */
    private static Map<String, WireResponse> asked() {
        Map<String, WireResponse> asked = new ConcurrentHashMap<>();
        try (SnapshotSource source = SnapshotSource.open(FOLDER.resolve("snapshot.zip"))) {
            ReplayWire replay = new ReplayWire(source, Clock.systemUTC());
            BatchingGraph graph = BatchingGraph.replaying(request -> {
                WireResponse response = replay.send(request);
                if (BatchBody.isBatch(request)) {
                    BatchBody.requests(request).values().forEach(one -> asked.put(line(one), replay.send(one)));
                } else {
                    asked.put(line(request), response);
                }
                return response;
            });
            try (graph;
                    Arm arm = Arm.replaying(replay)) {
                new FactsReading(graph, arm, replay.heading().takenAt(), "")
                        .collect(FactKind.OF_TENANT, replay.heading().designations(), phrase -> {});
            }
        }
        return asked;
    }

    private static String line(WireRequest request) {
        return request.method() + " " + request.uri() + " " + new TreeMap<>(request.headers()) + " " + request.body();
    }

    /** Whoever changes a request on purpose changes its line, and thinks of the snapshots that customers have kept. */
    @Test
    void everyRequestIsAskedInTheSameBytesAndAnswered() throws IOException {
        Map<String, WireResponse> asked = asked();
        List<String> before = Files.readAllLines(FOLDER.resolve("requests.txt"));
        assertThat(before).hasSizeGreaterThan(100);
        assertThat(asked).containsKeys(before.toArray(String[]::new));
        asked.keySet().retainAll(before);
        assertThat(asked.values()).noneMatch(response -> response.status() == WireResponse.NO_ANSWER);
    }
}
