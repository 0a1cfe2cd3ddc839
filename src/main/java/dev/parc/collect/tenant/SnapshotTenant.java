package dev.parc.collect.tenant;

import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.SecondReading;
import dev.parc.collect.Tenant;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.http.Layered;
import dev.parc.collect.http.Wire;
import dev.parc.collect.recording.ReplayWire;
import dev.parc.collect.recording.SnapshotHeading;
import dev.parc.collect.recording.SnapshotSource;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A tenant replayed from a snapshot. Its request counts are of requests to the snapshot; none reaches Graph. */
public final class SnapshotTenant implements Layered {

    private static final String DEMO = "/demo/";

    private final Supplier<SnapshotSource> files;
    private final Clock clock;
    private final SnapshotHeading heading;
    private final UnaryOperator<Wire> layer;

    SnapshotTenant(Supplier<SnapshotSource> files, Clock clock) {
        this.files = files;
        this.clock = clock;
        try (SnapshotSource source = files.get()) {
            this.heading = new ReplayWire(source, clock).heading();
        }
        this.layer = UnaryOperator.identity();
    }

    private SnapshotTenant(
            Supplier<SnapshotSource> files, Clock clock, SnapshotHeading heading, UnaryOperator<Wire> layer) {
        this.files = files;
        this.clock = clock;
        this.heading = heading;
        this.layer = layer;
    }

    /**
     * A snapshot in a folder or a zip file.
     *
     * @throws dev.parc.collect.TenantException if it is not there or is broken
     */
    public static SnapshotTenant open(Path path) {
        return new SnapshotTenant(() -> SnapshotSource.open(path), Clock.systemUTC());
    }

    /** The demo tenant that ships with PARC. */
    public static SnapshotTenant demo() {
        return new SnapshotTenant(() -> SnapshotSource.ofClassPath(DEMO), Clock.systemUTC());
    }

    @Override
    public String id() {
        return heading.tenantId();
    }

    @Override
    public String source() {
        return heading.source();
    }

    /** When the snapshot was taken. */
    public Instant takenAt() {
        return heading.takenAt();
    }

    @Override
    public Optional<Set<String>> permissions() {
        return heading.permissions();
    }

    @Override
    public Designations designations() {
        return heading.designations();
    }

    /** {@inheritDoc} A snapshot has its own time already. */
    @Override
    public Tenant through(UnaryOperator<Wire> layer, Optional<Instant> takenAt) {
        return new SnapshotTenant(files, clock, heading, layer);
    }

    @Override
    public Tenant heard(UnaryOperator<Wire> listener) {
        return through(listener, Optional.empty());
    }

    @Override
    public Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress) {
        return collect(kinds, designations, progress, new Estate.Whole(), SecondReading.NONE);
    }

    @Override
    public Collected collect(
            Set<FactKind> kinds,
            Designations designations,
            Consumer<String> progress,
            Estate estate,
            SecondReading second) {
        try (SnapshotSource source = files.get()) {
            ReplayWire replay = new ReplayWire(source, clock);
            try (BatchingGraph graph = BatchingGraph.replaying(layer.apply(replay));
                    Arm arm = Arm.replaying(layer.apply(replay))) {
                SnapshotHeading now = replay.heading();
                String knownAs = now.tenantName().isBlank() ? now.tenantId() : now.tenantName();
                return new FactsReading(graph, arm, now.takenAt(), knownAs, now::permissions)
                        .collect(kinds, designations, progress, new Estate.Whole(), second);
            }
        }
    }
}
