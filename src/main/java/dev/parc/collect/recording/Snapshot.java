package dev.parc.collect.recording;

import dev.parc.collect.TenantException;
import java.util.HashMap;
import java.util.Map;

/** A whole recording: what it says of itself, and every answer by its request. */
record Snapshot(SnapshotHeading heading, Map<Recorded, RecordedAnswer> answers) {

    Snapshot {
        answers = Map.copyOf(answers);
    }

    /**
     * Everything in a snapshot that PARC recorded.
     *
     * @throws TenantException if it is broken, or lists no requests
     */
    static Snapshot load(SnapshotSource source) {
        Manifest manifest = source.read(Manifest.NAME)
                .map(Manifest::read)
                .filter(found -> found.files().isPresent())
                .orElseThrow(() -> new TenantException(
                        "the snapshot lists no requests in its manifest.json: use one that PARC recorded"));
        Map<Recorded, RecordedAnswer> answers = new HashMap<>();
        manifest.files()
                .orElse(Map.of())
                .forEach(
                        (request, file) -> answers.put(
                                request,
                                new RecordedAnswer(
                                        file.status(),
                                        source.read(file.name())
                                                .orElseThrow(
                                                        () -> new TenantException(
                                                                "the snapshot's " + file.name()
                                                                        + " is missing although its manifest lists it: take the snapshot again")))));
        return new Snapshot(manifest.heading(), answers);
    }
}
