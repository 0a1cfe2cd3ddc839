package dev.parc.collect.recording;

import dev.parc.facts.Designations;
import java.time.Instant;

/**
 * What a snapshot says of itself.
 *
 * @param source {@code snapshot} or {@code demo}
 * @param takenAt when the reading began
 * @param designations the operator's, at that time
 */
public record SnapshotHeading(
        String tenantId, String tenantName, String source, Instant takenAt, Designations designations) {}
