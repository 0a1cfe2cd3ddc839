package dev.parc.collect.tenant;

import static dev.parc.collect.graph.GraphApi.V1;

import com.azure.core.credential.TokenCredential;
import dev.parc.collect.AwaitedPermissions;
import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.SecondReading;
import dev.parc.collect.SubscriptionBlock;
import dev.parc.collect.Tenant;
import dev.parc.collect.TenantException;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.arm.ArmRequest;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.AccessTokens;
import dev.parc.collect.http.Answer;
import dev.parc.collect.http.ExplicitNulls;
import dev.parc.collect.http.HttpDownload;
import dev.parc.collect.http.HttpWire;
import dev.parc.collect.http.Layered;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.RetryBudget;
import dev.parc.collect.http.UsageReports;
import dev.parc.collect.http.Waiting;
import dev.parc.collect.http.Wire;
import dev.parc.collect.recording.BlockWire;
import dev.parc.collect.recording.RecordingWire;
import dev.parc.collect.recording.SnapshotHeading;
import dev.parc.collect.recording.SnapshotWriter;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tenant of the credential, read over the wire. */
public final class LiveTenant implements Layered {

    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Where somebody waits to hear whether a service can be reached. */
    private static final RetryBudget ONCE_MORE = new RetryBudget(2, Duration.ofSeconds(5));

    private final URI endpoint;
    private final AccessTokens tokens;
    private final Wire wire;
    private final Optional<String> expectedId;
    private final Optional<Path> record;
    private final Function<Wire, BatchingGraph> graphs;
    private final Function<Wire, Arm> arms;
    private final Clock clock;
    private @Nullable String id;

    /**
     * @param endpoint where Graph is, for example https://graph.microsoft.com
     * @param armEndpoint where Azure Resource Manager is, for example https://management.azure.com
     * @param tokens those for Graph; while they are withheld, it is not asked
     * @param credential for Azure Resource Manager
     * @param tenantId the id that the operator expects; one that is no GUID is left aside
     * @param record where to record a snapshot while reading: a folder or a file ending in .zip
     */
    public LiveTenant(
            URI endpoint,
            URI armEndpoint,
            AccessTokens tokens,
            TokenCredential credential,
            Optional<String> tenantId,
            Optional<Path> record) {
        this(
                tokens,
                it -> new UsageReports(new HttpWire(endpoint, it), new HttpDownload()),
                endpoint,
                tenantId,
                record,
                wire -> BatchingGraph.live(wire, endpoint),
                new HttpWire(armEndpoint, new AccessTokens(armEndpoint, credential)),
                wire -> Arm.live(wire, armEndpoint),
                Clock.systemUTC());
    }

    LiveTenant(
            AccessTokens tokens,
            Function<AccessTokens, Wire> network,
            URI endpoint,
            Optional<String> tenantId,
            Optional<Path> record,
            Function<Wire, BatchingGraph> graphs,
            Wire armNetwork,
            Function<Wire, Arm> arms,
            Clock clock) {
        this.endpoint = endpoint;
        this.tokens = tokens;
        Wire graph = new ExplicitNulls(network.apply(tokens));
        this.wire =
                request -> RequestTarget.of(request.uri()).isOfGraph() ? graph.send(request) : armNetwork.send(request);
        this.expectedId = tenantId.map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> GUID.matcher(text).matches());
        this.record = record;
        this.graphs = graphs;
        this.arms = arms;
        this.clock = clock;
    }

    private LiveTenant(LiveTenant tenant, Wire wire, Clock clock, Optional<Path> record) {
        this.endpoint = tenant.endpoint;
        this.tokens = tenant.tokens;
        this.wire = wire;
        this.expectedId = tenant.expectedId;
        this.record = record;
        this.graphs = tenant.graphs;
        this.arms = tenant.arms;
        this.clock = clock;
    }

    @Override
    public Tenant through(UnaryOperator<Wire> layer, Optional<Instant> takenAt) {
        return new LiveTenant(
                this,
                layer.apply(wire),
                takenAt.map(time -> Clock.fixed(time, ZoneOffset.UTC)).orElse(clock),
                Optional.empty());
    }

    @Override
    public Tenant heard(UnaryOperator<Wire> listener) {
        return new LiveTenant(this, listener.apply(wire), clock, record);
    }

    /** The id that the operator set, else that of the access token, else that of the organisation. */
    @Override
    public synchronized String id() {
        if (id == null) {
            id = expectedId.or(this::idOfToken).orElseGet(this::idOfOrganization);
        }
        return id;
    }

    private Optional<String> idOfToken() {
        if (tokens.withheld().isPresent()) {
            return Optional.empty();
        }
        return tokens.tenantId().map(text -> text.toLowerCase(Locale.ROOT));
    }

    private String idOfOrganization() {
        try (BatchingGraph graph = graphs.apply(wire)) {
            GraphRequest request = GraphRequest.of(
                    V1.organization().toGetRequestInformation(it -> it.queryParameters.select = new String[] {"id"}));
            Answer answer = graph.ask(request);
            String found = answer instanceof Answer.Value value
                    ? value.body().path("value").path(0).path("id").asText()
                    : "";
            if (found.isBlank()) {
                throw new TenantException("the tenant's id could not be read from " + endpoint
                        + ": set AZURE_TENANT_ID, and grant Organization.Read.All");
            }
            return found;
        }
    }

    /** What Microsoft Graph answers when it is asked for the organisation: whether it can be reached at all. */
    public static Answer organization(URI endpoint, AccessTokens tokens) {
        try (BatchingGraph graph =
                new BatchingGraph(new HttpWire(endpoint, tokens), endpoint, ONCE_MORE, Waiting.real(), Duration.ZERO)) {
            return graph.ask(GraphRequest.of(V1.organization()
                    .toGetRequestInformation(it -> it.queryParameters.select = new String[] {"id", "displayName"})));
        }
    }

    /**
     * What was granted to the app that the tokens are for, and is not in them yet.
     *
     * @return empty if nothing is, nothing tells, or the token is a person's
     * @throws TenantException if there is no credential
     */
    public static Optional<AwaitedPermissions> awaited(URI endpoint, AccessTokens tokens) {
        return awaited(
                tokens,
                () -> new BatchingGraph(
                        new HttpWire(endpoint, tokens), endpoint, ONCE_MORE, Waiting.real(), Duration.ZERO));
    }

    private static Optional<AwaitedPermissions> awaited(AccessTokens tokens, Supplier<BatchingGraph> graphs) {
        return tokens.applicationPermissions()
                .flatMap(held -> tokens.bearer().flatMap(app -> {
                    try (BatchingGraph graph = graphs.get()) {
                        return PermittedGraph.awaited(graph, held, app);
                    }
                }));
    }

    /** What Azure Resource Manager answers when it is asked for the subscriptions. */
    public static Answer subscriptions(URI endpoint, AccessTokens tokens) {
        try (Arm arm = new Arm(new HttpWire(endpoint, tokens), endpoint, ONCE_MORE, Waiting.real())) {
            return arm.ask(ArmRequest.get("/subscriptions", "2022-12-01"));
        }
    }

    @Override
    public String source() {
        return "live";
    }

    @Override
    public Optional<Set<String>> permissions() {
        return tokens.withheld().isPresent() ? Optional.of(Set.of()) : tokens.applicationPermissions();
    }

    @Override
    public Optional<AwaitedPermissions> awaited() {
        return tokens.withheld().isPresent() ? Optional.empty() : awaited(tokens, () -> graphs.apply(wire));
    }

    @Override
    public Designations designations() {
        return Designations.NONE;
    }

    @Override
    public Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress) {
        return collect(kinds, designations, progress, new Estate.Whole());
    }

    @Override
    public Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress, Estate estate) {
        return collect(kinds, designations, progress, estate, SecondReading.NONE);
    }

    @Override
    public String readBlock(Set<FactKind> kinds, SubscriptionBlock block, Consumer<String> progress) {
        RecordingWire recording = new RecordingWire(wire);
        try (BatchingGraph graph = graphs.apply(recording);
                Arm arm = arms.apply(recording)) {
            new GraphCollector(graph, arm, clock.instant()).readBlock(kinds, block, progress);
        }
        return recording
                .packed()
                .orElseThrow(() -> new TenantException("no subscription of the block gave an answer: check the network"
                        + " and PARC_ARM_ENDPOINT, then run again"));
    }

    @Override
    public Collected collect(
            Set<FactKind> kinds,
            Designations designations,
            Consumer<String> progress,
            Estate estate,
            SecondReading second) {
        record.ifPresent(SnapshotWriter::check);
        String tenant = id();
        idOfToken().filter(actual -> !actual.equals(tenant)).ifPresent(actual -> {
            throw new TenantException("AZURE_TENANT_ID is " + tenant + " but the credential is of tenant " + actual
                    + ": sign in to the right tenant, or change the setting");
        });
        Wire through = estate instanceof Estate.InBlocks blocks ? new BlockWire(wire, blocks) : wire;
        RecordingWire recording = new RecordingWire(through);
        Instant takenAt = clock.instant();
        Collected collected =
                read(record.isPresent() ? recording : through, takenAt, kinds, designations, progress, estate, second);
        record.ifPresent(path -> recording.write(
                path,
                new SnapshotHeading(tenant, collected.tenantName(), "snapshot", takenAt, designations, permissions())));
        return collected;
    }

    private Collected read(
            Wire through,
            Instant takenAt,
            Set<FactKind> kinds,
            Designations designations,
            Consumer<String> progress,
            Estate estate,
            SecondReading second) {
        try (BatchingGraph graph = graphs.apply(through);
                Arm arm = arms.apply(through)) {
            Collected collected = tokens.withheld()
                    .map(reason -> FactsReading.withheld(graph, arm, takenAt, id(), reason))
                    .orElseGet(() -> new FactsReading(graph, arm, takenAt, id(), this::permissions, tokens::bearer))
                    .collect(kinds, designations, progress, estate, second);
            graph.unreachable().ifPresent(reason -> {
                throw new TenantException("nothing could be read from " + endpoint + ": " + reason
                        + "; check the network and PARC_GRAPH_ENDPOINT, then run again");
            });
            return collected;
        }
    }
}
