package dev.parc.collect.graph;

import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.exchange.RequestTally;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Organization;
import dev.parc.facts.Reading;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads facts through a Graph and an Azure Resource Manager and tells what that took; the same for a live tenant and a replayed one. */
public final class FactsReading {

    private final BatchingGraph graph;
    private final Arm arm;
    private final Instant takenAt;
    private final String knownAs;

    /**
     * @param takenAt when the reading began, or the snapshot was taken
     * @param knownAs the tenant's name where the organisation cannot be read
     */
    public FactsReading(BatchingGraph graph, Arm arm, Instant takenAt, String knownAs) {
        this.graph = graph;
        this.arm = arm;
        this.takenAt = takenAt;
        this.knownAs = knownAs;
    }

    /**
     * Reads these kinds.
     *
     * @throws dev.parc.collect.TenantException if there is no credential, or the snapshot is broken
     */
    public Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress) {
        return collect(kinds, designations, progress, new Estate.Whole());
    }

    /**
     * Reads these kinds, of an estate as it is to be read.
     *
     * @throws dev.parc.collect.TenantException if there is no credential, or the snapshot is broken
     * @throws dev.parc.collect.LargeEstateException if there are more subscriptions than few
     */
    Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress, Estate estate) {
        Map<FactKind, Reading> readings =
                new GraphCollector(graph, arm, takenAt).collect(kinds, designations, progress, estate);
        RequestTally tally = graph.tally();
        RequestTally ofArm = arm.tally();
        Map<String, Integer> byRequest = new HashMap<>(tally.byRequest());
        byRequest.putAll(ofArm.byRequest());
        return new Collected(
                new Facts(takenAt, designations, readings),
                name(readings),
                tally.calls(),
                ofArm.calls(),
                tally.throttled() + ofArm.throttled(),
                byRequest);
    }

    private String name(Map<FactKind, Reading> readings) {
        return readings.get(FactKind.ORGANIZATION) instanceof Reading.Read read
                ? read.values().stream()
                        .filter(Organization.class::isInstance)
                        .map(organization -> ((Organization) organization).displayName())
                        .filter(displayName -> !displayName.isBlank())
                        .findFirst()
                        .orElse(knownAs)
                : knownAs;
    }
}
