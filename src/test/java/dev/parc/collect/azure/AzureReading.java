package dev.parc.collect.azure;

import static dev.parc.facts.FactKind.AZURE_ROLE_ASSIGNMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a made-up Azure. */
final class AzureReading {

    static final String ELIGIBILITIES = "/providers/Microsoft.Authorization/roleEligibilityScheduleInstances";

    final FakeTenant tenant = FakeTenant.licensed();

    final FakeArm arm = tenant.arm();

    final String ann = tenant.user("ann");

    static final String TERMS = "/providers/Microsoft.Authorization/roleAssignmentScheduleInstances";

    static Readings azure(FakeTenant tenant, FactKind... more) {
        Set<FactKind> kinds = EnumSet.copyOf(FactKind.AZURE_ADMINISTRATORS);
        kinds.addAll(FactKind.ADMINISTRATORS);
        kinds.addAll(List.of(more));
        return Readings.of(tenant, kinds.toArray(FactKind[]::new));
    }

    Map<String, String> held(FactKind... more) {
        Facts facts =
                new Facts(Instant.EPOCH, Designations.NONE, azure(tenant, more).byKind());
        assertThat(facts.gapsOf(AZURE_ROLE_ASSIGNMENTS)).isEmpty();
        Administrators administrators = Administrators.of(facts);
        assertThat(administrators.all()).isEmpty();
        Map<String, String> held = new TreeMap<>();
        for (Administrator one : administrators.inAzure()) {
            held.put(one.name(), administrators.inWords(one));
        }
        return held;
    }
}
