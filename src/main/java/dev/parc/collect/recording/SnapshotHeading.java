package dev.parc.collect.recording;

import dev.parc.facts.Designations;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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

    private static final Pattern TENANT_ID = Pattern.compile("(?i)[a-z0-9]([a-z0-9.-]{0,126}[a-z0-9])?");

    /** Whether a text can be the id of a tenant: a GUID or a domain name. Runs are kept under it. */
    static boolean isTenantId(String text) {
        return TENANT_ID.matcher(text).matches();
    }

    public SnapshotHeading {
        permissions = permissions.map(Set::copyOf);
    }

    /** One that does not tell which permissions were held. */
    public SnapshotHeading(
            String tenantId, String tenantName, String source, Instant takenAt, Designations designations) {
        this(tenantId, tenantName, source, takenAt, designations, Optional.empty());
    }
}
