package dev.parc.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.http.WireResponse;
import dev.parc.collect.recording.SnapshotSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A snapshot that the release before the SDK's builders recorded, and every request that this release asked of it. */
class KeptSnapshotTest {

    /** Whoever changes a request on purpose changes its line, and thinks of the snapshots that customers have kept. */
    @Test
    void everyRequestIsAskedInTheSameBytesAndAnswered() throws IOException {
        List<String> before = Files.readAllLines(AskedRequests.KEPT.resolveSibling("requests.txt"));
        assertThat(before).hasSizeGreaterThan(100);
        try (SnapshotSource kept = SnapshotSource.open(AskedRequests.KEPT)) {
            Map<String, WireResponse> asked = AskedRequests.of(kept);
            assertThat(asked).containsKeys(before.toArray(String[]::new));
            asked.keySet().retainAll(before);
            assertThat(asked.values()).noneMatch(response -> response.status() == WireResponse.NO_ANSWER);
        }
    }
}
