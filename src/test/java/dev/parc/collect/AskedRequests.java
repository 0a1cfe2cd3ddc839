package dev.parc.collect;

import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.http.BatchBody;
import dev.parc.collect.http.ExplicitNulls;
import dev.parc.collect.http.HttpsStub;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RetryBudget;
import dev.parc.collect.http.UsageReports;
import dev.parc.collect.http.Waiting;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.collect.recording.ReplayWire;
import dev.parc.collect.recording.SnapshotSource;
import dev.parc.collect.tenant.FactsReading;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Every request that PARC makes of a tenant, byte for byte. */
public final class AskedRequests {

    /** What the release before the SDK's builders recorded. */
    static final Path KEPT = Path.of("src/test/resources/release-before-the-sdk/snapshot.zip");

    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");

    private AskedRequests() {}

    /** Writes {@link #all} into the file that is named, a line each. */
    public static void main(String[] arguments) throws IOException {
        Files.write(Path.of(arguments[0]), all());
    }

    /** What is asked of the kept snapshot, of the demo tenant, and of a tenant on a local https port, sorted. */
    public static List<String> all() throws IOException {
        try (SnapshotSource kept = SnapshotSource.open(KEPT);
                SnapshotSource demo = SnapshotSource.ofClassPath("/demo/")) {
            return new TreeSet<>(Stream.of(of(kept), of(demo), live())
                            .flatMap(asked -> asked.keySet().stream())
                            .toList())
                    .stream().toList();
        }
    }

    /** The answers of a snapshot, by what was sent for them. */
    static SortedMap<String, WireResponse> of(SnapshotSource snapshot) {
        SortedMap<String, WireResponse> asked = new ConcurrentSkipListMap<>();
        ReplayWire replay = new ReplayWire(snapshot, Clock.systemUTC());
        try (BatchingGraph graph = BatchingGraph.replaying(noting(replay, asked));
                Arm arm = Arm.replaying(replay)) {
            new FactsReading(graph, arm, replay.heading().takenAt(), "")
                    .collect(FactKind.OF_TENANT, replay.heading().designations(), phrase -> {});
        }
        return asked;
    }

    private static SortedMap<String, WireResponse> live() throws IOException {
        FakeTenant tenant = FakeTenant.ofSize(40, 5);
        SortedMap<String, WireResponse> asked = new ConcurrentSkipListMap<>();
        try (HttpsStub stub = new HttpsStub(request -> HttpsStub.Reply.of(tenant.answer(new WireRequest(
                        request.method(),
                        URI.create("https://" + request.headers().get("host") + request.target()),
                        request.headers(),
                        request.body()))));
                BatchingGraph graph = new BatchingGraph(
                        new ExplicitNulls(new UsageReports(noting(stub.wire(), asked), tenant.reports())),
                        stub.uri(),
                        RetryBudget.DEFAULT,
                        Waiting.virtual(NOW),
                        Duration.ofMillis(25));
                Arm arm = Arm.live(stub.wire(), stub.uri())) {
            new FactsReading(graph, arm, NOW, "").collect(FactKind.OF_TENANT, Designations.NONE, phrase -> {});
        }
        if (!tenant.complaints().isEmpty()) {
            throw new IllegalStateException(String.join(", ", tenant.complaints()));
        }
        return asked;
    }

    private static Wire noting(Wire wire, Map<String, WireResponse> asked) {
        return request -> {
            WireResponse response = wire.send(request);
            if (BatchBody.isBatch(request)) {
                Map<String, WireResponse> answers = response.status() == 200 ? answers(response) : Map.of();
                BatchBody.requests(request)
                        .forEach((id, one) -> asked.put(line(one), answers.getOrDefault(id, response)));
            } else {
                asked.put(line(request), response);
            }
            return response;
        };
    }

    private static Map<String, WireResponse> answers(WireResponse batch) {
        return BatchBody.answers(JsonBody.parse(batch.body()).orElseThrow());
    }

    /** Ports differ from run to run. */
    private static String line(WireRequest request) {
        return request.method() + " "
                + request.uri().toString().replaceFirst("^https://localhost:\\d+", "https://graph.microsoft.com") + " "
                + new TreeMap<>(request.headers()) + " " + request.body();
    }
}
