package dev.parc.app;

import dev.parc.collect.Collected;
import dev.parc.collect.Tenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A tenant of which nothing could be read; what happens while it is read is the test's to say. */
public final class FakeTenant implements Tenant {

    public static final String ID = "11111111-2222-3333-4444-555555555555";

    private final Consumer<Consumer<String>> whileReading;
    private final AtomicInteger readings = new AtomicInteger();

    /** @param whileReading is given what takes the progress */
    public FakeTenant(Consumer<Consumer<String>> whileReading) {
        this.whileReading = whileReading;
    }

    public FakeTenant() {
        this(progress -> progress.accept("reading"));
    }

    /** How often it was read. */
    public int readings() {
        return readings.get();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String source() {
        return "demo";
    }

    @Override
    public Designations designations() {
        return Designations.NONE;
    }

    @Override
    public Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress) {
        readings.incrementAndGet();
        whileReading.accept(progress);
        Facts facts = new Facts(Instant.parse("2026-01-31T08:00:00Z"), designations, Map.of());
        return new Collected(facts, "Contoso", 3, 0, 0, Map.of("GET /organization", 3));
    }
}
