package dev.parc.collect.recording;

import dev.parc.facts.Designations;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a snapshot says of itself.
 *
 * @param source {@code snapshot} or {@code demo}
 * @param takenAt when the reading began
 * @param designations the operator's, at that time
 * @param permissions the application permissions of Microsoft Graph that were held; empty if nothing told
 */
public record SnapshotHeading(
        String tenantId,
        String tenantName,
        String source,
        Instant takenAt,
        Designations designations,
        Optional<Set<String>> permissions) {

    public SnapshotHeading {
        permissions = permissions.map(Set::copyOf);
    }

    /** One that does not tell which permissions were held. */
    public SnapshotHeading(
            String tenantId, String tenantName, String source, Instant takenAt, Designations designations) {
        this(tenantId, tenantName, source, takenAt, designations, Optional.empty());
    }
}
