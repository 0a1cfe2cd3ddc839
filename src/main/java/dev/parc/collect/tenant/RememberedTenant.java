package dev.parc.collect.tenant;

import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.SecondReading;
import dev.parc.collect.Tenant;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.http.BatchBody;
import dev.parc.collect.http.Layered;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.collect.recording.RememberedWire;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A tenant as it was read before, by the answers that were remembered then. Nothing is asked of anybody; what was not asked then is
 * unread.
 */
public final class RememberedTenant implements Layered {

    private final Tenant tenant;
    private final RememberedWire memory;
    private final String name;
    private final Instant takenAt;
    private final UnaryOperator<Wire> layer;

    /**
     * @param tenant the tenant that was read
     * @param memory what it answered
     * @param name the organisation's, or the tenant's id
     * @param takenAt when it was read
     */
    public RememberedTenant(Tenant tenant, RememberedWire memory, String name, Instant takenAt) {
        this(tenant, memory, name, takenAt, UnaryOperator.identity());
    }

    private RememberedTenant(
            Tenant tenant, RememberedWire memory, String name, Instant takenAt, UnaryOperator<Wire> layer) {
        this.tenant = tenant;
        this.memory = memory;
        this.name = name;
        this.takenAt = takenAt;
        this.layer = layer;
    }

    /** {@inheritDoc} What was read has its own time already. */
    @Override
    public Tenant through(UnaryOperator<Wire> layer, Optional<Instant> takenAt) {
        return new RememberedTenant(tenant, memory, name, this.takenAt, layer);
    }

    @Override
    public Tenant heard(UnaryOperator<Wire> listener) {
        return through(listener, Optional.empty());
    }

    @Override
    public String id() {
        return tenant.id();
    }

    @Override
    public String source() {
        return tenant.source();
    }

    @Override
    public Designations designations() {
        return tenant.designations();
    }

    @Override
    public Optional<Set<String>> permissions() {
        return tenant.permissions();
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
        Wire wire = memory.over(RememberedTenant::unread);
        try (BatchingGraph graph = BatchingGraph.replaying(layer.apply(wire));
                Arm arm = Arm.replaying(layer.apply(wire))) {
            return new FactsReading(graph, arm, takenAt, name, this::permissions)
                    .collect(kinds, designations, progress, new Estate.Whole(), second);
        }
    }

    private static WireResponse unread(WireRequest request) {
        if (!BatchBody.isBatch(request)) {
            return WireResponse.unanswered("the run did not read it");
        }
        Map<String, WireResponse> answers = new LinkedHashMap<>();
        BatchBody.requests(request).forEach((id, one) -> answers.put(id, unread(one)));
        return BatchBody.answer(answers);
    }
}
