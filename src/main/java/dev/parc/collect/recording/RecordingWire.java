package dev.parc.collect.recording;

import dev.parc.collect.http.BatchBody;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers every answer that passes, those inside batches singly, to be written as a snapshot. */
public final class RecordingWire implements Wire {

    private final Wire wire;
    private final Map<Recorded, RecordedAnswer> answers = new ConcurrentHashMap<>();

    public RecordingWire(Wire wire) {
        this.wire = wire;
    }

    @Override
    public WireResponse send(WireRequest request) throws IOException, InterruptedException {
        WireResponse response = wire.send(request);
        if (BatchBody.isBatch(request) && response.status() == 200) {
            Map<String, WireResponse> inside = BatchBody.answers(JsonBody.whole(response.body()));
            BatchBody.requests(request).forEach((id, one) -> {
                WireResponse answer = inside.get(id);
                if (answer != null) {
                    remember(one, answer);
                }
            });
        } else if (!BatchBody.isBatch(request)) {
            remember(request, response);
        }
        return response;
    }

    private void remember(WireRequest request, WireResponse response) {
        if (response.status() != WireResponse.NO_ANSWER) {
            answers.merge(
                    Recorded.of(request),
                    new RecordedAnswer(response.status(), response.body()),
                    (earlier, later) -> earlier.givesWayTo(later) ? later : earlier);
        }
    }

    /** What was remembered and will stay so, as one text; empty if that is nothing. */
    public Optional<String> packed() {
        Map<Recorded, RecordedAnswer> lasting = new HashMap<>(answers);
        lasting.values().removeIf(RecordedAnswer::isPassing);
        return lasting.isEmpty() ? Optional.empty() : Optional.of(PackedAnswers.pack(lasting));
    }

    /**
     * Writes what was remembered.
     *
     * @param path a folder, or a file ending in .zip
     * @throws dev.parc.collect.TenantException if it cannot be written
     */
    public void write(Path path, SnapshotHeading heading) {
        SnapshotWriter.write(path, snapshot(heading));
    }

    /** What was remembered. */
    Snapshot snapshot(SnapshotHeading heading) {
        return new Snapshot(heading, answers);
    }
}
