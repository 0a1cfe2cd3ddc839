package dev.parc.collect.tenant;

import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.SecondReading;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.graph.Graph;
import dev.parc.collect.graph.WithheldGraph;
import dev.parc.collect.http.AccessTokens.Bearer;
import dev.parc.collect.http.RequestTally;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.Organization;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads facts through a Graph and an Azure Resource Manager and tells what that took; the same for a live tenant and a replayed one. */
public final class FactsReading {

    private static final System.Logger LOG = System.getLogger(FactsReading.class.getName());

    private final BatchingGraph graph;
    private final Graph asked;
    private final Arm arm;
    private final Instant takenAt;
    private final String knownAs;

    /** The same where nothing tells what the identity holds. */
    public FactsReading(BatchingGraph graph, Arm arm, Instant takenAt, String knownAs) {
        this(graph, arm, takenAt, knownAs, Optional::empty);
    }

    /**
     * @param takenAt when the reading began, or the snapshot was taken
     * @param knownAs the tenant's name where the organisation cannot be read
     * @param permissions the application permissions that the identity has, or had; empty if nothing tells
     */
    public FactsReading(
            BatchingGraph graph,
            Arm arm,
            Instant takenAt,
            String knownAs,
            Supplier<Optional<Set<String>>> permissions) {
        this(graph, arm, takenAt, knownAs, new PermittedGraph(graph, permissions, Optional::empty));
    }

    /**
     * The same for the identity that asks now.
     *
     * @param bearer the app that the token was given to; empty if nothing tells
     */
    FactsReading(
            BatchingGraph graph,
            Arm arm,
            Instant takenAt,
            String knownAs,
            Supplier<Optional<Set<String>>> permissions,
            Supplier<Optional<Bearer>> bearer) {
        this(graph, arm, takenAt, knownAs, new PermittedGraph(graph, permissions, bearer));
    }

    /** The same while Microsoft Graph is not asked, for a reason. */
    static FactsReading withheld(BatchingGraph graph, Arm arm, Instant takenAt, String knownAs, String reason) {
        return new FactsReading(graph, arm, takenAt, knownAs, new WithheldGraph(reason));
    }

    private FactsReading(BatchingGraph graph, Arm arm, Instant takenAt, String knownAs, Graph asked) {
        this.graph = graph;
        this.asked = asked;
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
        return collect(kinds, designations, progress, new Estate.Whole(), SecondReading.NONE);
    }

    /**
     * Reads these kinds, of an estate as it is to be read, and then what is to be read second.
     *
     * @throws dev.parc.collect.TenantException if there is no credential, or the snapshot is broken
     * @throws dev.parc.collect.LargeEstateException if there are more subscriptions than few
     */
    public Collected collect(
            Set<FactKind> kinds,
            Designations designations,
            Consumer<String> progress,
            Estate estate,
            SecondReading second) {
        GraphCollector collector = new GraphCollector(asked, arm, takenAt);
        Map<FactKind, Reading> readings = collector.collect(kinds, designations, progress, estate);
        if (kinds.stream().anyMatch(FactKind.SECOND::contains)) {
            readings.putAll(secondReading(kinds, designations, progress, second, collector, readings));
        }
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

    /** A fault of the question costs what it asks for, not the run. */
    private Map<FactKind, Reading> secondReading(
            Set<FactKind> kinds,
            Designations designations,
            Consumer<String> progress,
            SecondReading second,
            GraphCollector collector,
            Map<FactKind, Reading> first) {
        Map<FactKind, Set<String>> ids;
        try {
            ids = second.ids(new Facts(takenAt, designations, first));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "determining what else to read failed", e);
            Reading unread = new Reading.Unread("determining what to read failed on "
                    + e.getClass().getSimpleName() + "; please report this as a bug of PARC");
            return FactKind.SECOND.stream()
                    .filter(kinds::contains)
                    .collect(Collectors.toMap(kind -> kind, kind -> unread));
        }
        return collector.collectSecond(kinds, ids, designations, first, progress);
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
