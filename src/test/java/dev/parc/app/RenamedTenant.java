package dev.parc.app;

import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.SecondReading;
import dev.parc.collect.SubscriptionBlock;
import dev.parc.collect.Tenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import java.util.Set;
import java.util.function.Consumer;

/** A tenant under another id, so that tests which share a store do not meet. */
public record RenamedTenant(Tenant tenant, String id) implements Tenant {

    @Override
    public String source() {
        return tenant.source();
    }

    @Override
    public Designations designations() {
        return tenant.designations();
    }

    @Override
    public Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress) {
        return tenant.collect(kinds, designations, progress);
    }

    @Override
    public Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress, Estate estate) {
        return tenant.collect(kinds, designations, progress, estate);
    }

    @Override
    public Collected collect(
            Set<FactKind> kinds,
            Designations designations,
            Consumer<String> progress,
            Estate estate,
            SecondReading second) {
        return tenant.collect(kinds, designations, progress, estate, second);
    }

    @Override
    public String readBlock(Set<FactKind> kinds, SubscriptionBlock block, Consumer<String> progress) {
        return tenant.readBlock(kinds, block, progress);
    }
}
