package dev.parc.collect;

import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.http.ExplicitNulls;
import dev.parc.collect.http.Layered;
import dev.parc.collect.http.Wire;
import dev.parc.collect.tenant.FactsReading;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A {@link FakeTenant} that is read as a live one is, without its pace. */
public record WireTenant(Wire wire, Designations designations) implements Layered {

    /** The tenant as Graph tells of it. */
    public static WireTenant of(FakeTenant tenant, Designations designations) {
        return new WireTenant(new ExplicitNulls(tenant), designations);
    }

    @Override
    public Tenant through(UnaryOperator<Wire> layer, Optional<Instant> takenAt) {
        return new WireTenant(layer.apply(wire), designations);
    }

    @Override
    public Tenant heard(UnaryOperator<Wire> listener) {
        return through(listener, Optional.empty());
    }

    @Override
    public String id() {
        return FakeTenant.TENANT_ID;
    }

    @Override
    public String source() {
        return "snapshot";
    }

    @Override
    public Collected collect(Set<FactKind> kinds, Designations designated, Consumer<String> progress) {
        return collect(kinds, designated, progress, new Estate.Whole(), SecondReading.NONE);
    }

    @Override
    public Collected collect(
            Set<FactKind> kinds,
            Designations designated,
            Consumer<String> progress,
            Estate estate,
            SecondReading second) {
        try (BatchingGraph graph = BatchingGraph.replaying(wire);
                Arm arm = Arm.replaying(wire)) {
            return new FactsReading(graph, arm, DemoTenant.TAKEN_AT, "Contoso")
                    .collect(kinds, designated, progress, estate, second);
        }
    }
}
