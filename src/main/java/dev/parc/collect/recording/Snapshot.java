package dev.parc.collect.recording;

import java.util.Map;

/** A whole recording: what it says of itself, and every answer by its request. */
record Snapshot(SnapshotHeading heading, Map<Recorded, RecordedAnswer> answers) {

    Snapshot {
        answers = Map.copyOf(answers);
    }
}
