package dev.parc.collect.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.FakeTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphCollectorTest {

    @Test
    void smoke() {
        FakeTenant tenant = FakeTenant.ofSize(40, 200);
        long t0 = System.nanoTime();
        Map<FactKind, Reading> read = new GraphCollector(BatchingGraph.live(
                        new dev.parc.collect.wire.ExplicitNulls(tenant),
                        java.net.URI.create("https://graph.microsoft.com")))
                .collect(EnumSet.allOf(FactKind.class), Designations.NONE, x -> {});
        read.forEach((k, v) -> System.out.println(k + " "
                + (v instanceof Reading.Read r
                        ? r.values().size() + " " + r.gaps() + " "
                                + (r.values().isEmpty() ? "" : r.values().get(0))
                        : v)));
        System.out.println(tenant.requests() + " " + tenant.calls() + " ms " + (System.nanoTime() - t0) / 1000000);
        assertThat(read).hasSize(FactKind.values().length);
    }
}
