package dev.parc.collect.snapshot;

import dev.parc.collect.Collected;
import dev.parc.collect.Tenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/** A tenant replayed from a snapshot. */
public final class SnapshotTenant implements Tenant {

    private final String source;

    private SnapshotTenant(String source) {
        this.source = source;
    }

    /**
     * A snapshot in a folder or a zip file.
     *
     * @throws dev.parc.collect.TenantException if it is not there or is broken
     */
    public static SnapshotTenant open(Path path) {
        return new SnapshotTenant(path.toString());
    }

    /** The demo tenant that ships with PARC. */
    public static SnapshotTenant demo() {
        return new SnapshotTenant("demo");
    }

    @Override
    public String id() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public Designations designations() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress) {
        throw new UnsupportedOperationException();
    }
}
