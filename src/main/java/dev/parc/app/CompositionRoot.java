package dev.parc.app;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.register.AccountCategories;
import dev.parc.assessment.register.Acknowledgements;
import dev.parc.assessment.register.AdministratorLists;
import dev.parc.assessment.register.Attestations;
import dev.parc.assessment.register.Waivers;
import dev.parc.assessment.register.WebhookSubscriptions;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Check;
import dev.parc.check.NewFinding;
import dev.parc.collect.Estate;
import dev.parc.collect.Tenant;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.AccessTokens;
import dev.parc.collect.http.Layered;
import dev.parc.collect.recording.SnapshotRedaction;
import dev.parc.collect.tenant.LiveTenant;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.facts.Designations;
import dev.parc.report.portal.Cloud;
import dev.parc.report.portal.Portals;
import dev.parc.roadmap.Roadmap;
import dev.parc.store.queue.QueueLengths;
import dev.parc.store.table.TableNames;
import dev.parc.webhook.CallbackPolicy;
import dev.parc.webhook.Deliverer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The parts of PARC, put together; each is made when it is first asked for. Only what starts PARC sees it and hands on what is used of
 * it: the factory of the functions, the command line, the host of a desk.
 */
public final class CompositionRoot {

    /** When the demo's organisation began: before its facts were read, so that some deadlines have passed. */
    static final String DEMO_START = "2026-07-20";

    /**
     * How many subscriptions one message reads: four calls each, eight at a time, are a few minutes, well within the half
     * hour that a function may take even where Azure throttles.
     */
    private static final Estate.Few FEW = new Estate.Few(500, 250);

    private final Settings settings;
    private final List<Check> checks;
    private final Clock clock;
    private final Supplier<Tenant> tenant;
    private final Supplier<RunStore> store;
    private final Supplier<Attestations> attestations;
    private final Supplier<Waivers> waivers;
    private final Supplier<AccountCategories> categories;
    private final Supplier<Acknowledgements> acknowledgements;
    private final Supplier<TrendStore> trends;
    private final Webhooks webhooks;
    private final ChangeFeed published;
    private final Place place;
    private final Supplier<Engine> engine;
    private final Runs runs;
    private final Supplier<TokenCredential> credential;
    private final LocalFacts own;

    /** Where PARC runs. */
    public enum Place {
        /** Behind the platform's HTTP, where everybody can knock. */
        AZURE,
        /** On somebody's machine, which nobody else reaches. */
        DESK
    }

    /**
     * The function app: the live tenant, and the store that the settings name.
     *
     * @throws SettingsException if they name none
     */
    public static CompositionRoot live(Settings settings) {
        String tables = settings.tables()
                .orElseThrow(() -> new SettingsException("PARC_TABLES is not set; set it to the URI of the storage"
                        + " account's table service, like https://<account>.table.core.windows.net"));
        return live(
                settings,
                Optional.empty(),
                (tenant, credential) -> Stores.tables(tables, tenant.id(), credential),
                Place.AZURE);
    }

    /**
     * The live tenant on a desk: like {@link #live}, but without PARC_TABLES the runs are kept in files.
     *
     * @param record where to record a snapshot of what is read
     * @param data the folder for the files
     */
    public static CompositionRoot desk(Settings settings, Optional<Path> record, Path data) {
        return live(
                settings,
                record,
                (tenant, credential) -> settings.tables()
                        .map(tables -> Stores.tables(tables, tenant.id(), credential))
                        .orElseGet(() -> files(data, tenant)),
                Place.DESK);
    }

    private static CompositionRoot live(
            Settings settings,
            Optional<Path> record,
            BiFunction<Tenant, Supplier<TokenCredential>, Stores> stores,
            Place place) {
        Supplier<TokenCredential> credential = Lazy.of(CompositionRoot::credential);
        return Setup.of(
                        settings,
                        () -> new LiveTenant(
                                settings.graphEndpoint(),
                                settings.armEndpoint(),
                                GraphTokens.of(settings, credential.get()),
                                credential.get(),
                                settings.tenantId(),
                                record),
                        tenant -> stores.apply(tenant, credential),
                        Roadmap.checks(),
                        Clock.systemUTC())
                .in(place)
                .with(credential)
                .root();
    }

    /**
     * The demo tenant that ships with PARC, whatever the environment says, with its past and in its own time.
     *
     * @param data the folder to keep its runs in
     */
    public static CompositionRoot demo(Path data) {
        return demo(data, Duration.ZERO);
    }

    /**
     * The same, whose runs look for changes that fix what they leave open.
     *
     * @param fixTime how long a run may take for that
     */
    public static CompositionRoot demo(Path data, Duration fixTime) {
        Supplier<SnapshotTenant> tenant = Lazy.of(SnapshotTenant::demo);
        DemoPast past = new DemoPast(
                data.resolve("demo"), Clock.systemUTC(), () -> tenant.get().takenAt());
        return Setup.of(
                        Settings.of(Map.of(
                                "PARC_ROADMAP_START",
                                DEMO_START,
                                "PARC_FIX_SECONDS",
                                Long.toString(fixTime.toSeconds()))),
                        tenant::get,
                        opened -> past.in(files(data, opened), Roadmap.checks()),
                        Roadmap.checks(),
                        past.clock())
                .root();
    }

    /**
     * A tenant replayed from a snapshot.
     *
     * @param data the folder to keep its runs in, apart from those of the live tenant
     */
    public static CompositionRoot snapshot(Path snapshot, Settings settings, Path data) {
        return replayed(() -> SnapshotTenant.open(snapshot), settings, data);
    }

    /**
     * Copies a snapshot with stand-ins for everything that names somebody or something of the tenant.
     *
     * @throws dev.parc.collect.TenantException if it is broken, or the copy cannot be written
     */
    public static int redact(Path snapshot, Path copy) {
        return SnapshotRedaction.copy(snapshot, copy);
    }

    private static CompositionRoot replayed(Supplier<Tenant> tenant, Settings settings, Path data) {
        return Setup.of(settings, tenant, opened -> files(data, opened), Roadmap.checks(), Clock.systemUTC())
                .root();
    }

    /** A method, because naming the constructor would load the HTTP library with this class, at every cold start. */
    private static Deliverer deliverer(CallbackPolicy callbacks) {
        return new Deliverer(callbacks);
    }

    private static TokenCredential credential() {
        try {
            return new DefaultAzureCredentialBuilder()
                    .httpClient(new JdkHttpClientBuilder().build())
                    .build();
        } catch (IllegalArgumentException e) {
            throw new SettingsException("the Azure library refuses its settings (AZURE_...): " + e.getMessage());
        }
    }

    private static Stores files(Path data, Tenant tenant) {
        return Stores.files(data.resolve(tenant.source()), tenant.id());
    }

    /**
     * What differs between the ways in which PARC is started.
     *
     * @param tenant opened when it is first asked for
     * @param stores opened for that tenant when they are first asked for
     * @param place whether others than this machine can call
     * @param credential of the live tenant
     * @param deliverers what delivers to subscribers, within what they may name
     * @param few what counts as few subscriptions
     */
    public record Setup(
            Settings settings,
            Supplier<Tenant> tenant,
            Function<Tenant, Stores> stores,
            List<Check> checks,
            Clock clock,
            Place place,
            Supplier<TokenCredential> credential,
            Function<CallbackPolicy, Deliverer> deliverers,
            Estate.Few few) {

        public Setup {
            checks = List.copyOf(checks);
        }

        /** On a desk. */
        public static Setup of(
                Settings settings,
                Supplier<Tenant> tenant,
                Function<Tenant, Stores> stores,
                List<Check> checks,
                Clock clock) {
            return new Setup(
                    settings,
                    tenant,
                    stores,
                    checks,
                    clock,
                    Place.DESK,
                    Lazy.of(CompositionRoot::credential),
                    CompositionRoot::deliverer,
                    FEW);
        }

        /** The same elsewhere. */
        public Setup in(Place other) {
            return new Setup(settings, tenant, stores, checks, clock, other, credential, deliverers, few);
        }

        /** The same with this credential. */
        Setup with(Supplier<TokenCredential> other) {
            return new Setup(settings, tenant, stores, checks, clock, place, other, deliverers, few);
        }

        /** The same with something else that delivers. */
        public Setup delivering(Function<CallbackPolicy, Deliverer> other) {
            return new Setup(settings, tenant, stores, checks, clock, place, credential, other, few);
        }

        /** The same where so many subscriptions are few. */
        public Setup few(Estate.Few other) {
            return new Setup(settings, tenant, stores, checks, clock, place, credential, deliverers, other);
        }

        /** The parts, put together. */
        public CompositionRoot root() {
            return new CompositionRoot(this);
        }
    }

    private CompositionRoot(Setup setup) {
        Settings settings = setup.settings();
        List<Check> checks = setup.checks();
        Clock clock = setup.clock();
        this.settings = settings;
        this.credential = setup.credential();
        this.checks = checks;
        this.clock = clock;
        this.tenant = Lazy.of(setup.tenant());
        Supplier<Stores> stored = Lazy.of(() -> setup.stores().apply(this.tenant.get()));
        this.store = () -> stored.get().runs();
        this.attestations = Lazy.of(() -> new Attestations(stored.get().ledger(), checks, clock));
        this.waivers = Lazy.of(() -> new Waivers(stored.get().ledger(), checks, clock));
        this.categories = Lazy.of(() -> new AccountCategories(stored.get().ledger(), clock));
        this.acknowledgements = Lazy.of(() -> new Acknowledgements(
                stored.get().ledger(), clock, runId -> stored.get().runs().counts(runId)));
        Supplier<AdministratorLists> lists = Lazy.of(() -> AdministratorLists.compared(
                stored.get().ledger(), runId -> stored.get().runs().counts(runId)));
        NewAdministratorAlert alert = new NewAdministratorAlert(Lazy.of(() -> AdministratorLists.watched(
                stored.get().ledger(), runId -> stored.get().runs().counts(runId))));
        this.own = new LocalFacts(attestations, waivers, categories, lists, acknowledgements);
        this.engine = Lazy.of(() -> new Engine(
                this.tenant.get(), designations(), settings.roadmapStart(), checks, own, clock, settings.fixTime()));
        this.trends = () -> stored.get().trends();
        this.place = setup.place();
        RunFollowUp followUp =
                new RunFollowUp(this.store, trends, attestations, waivers, acknowledgements, NewFinding.of(checks));
        CallbackPolicy callbacks = new CallbackPolicy(settings.hookHosts());
        this.webhooks = new Webhooks(
                Lazy.of(() -> new WebhookSubscriptions(stored.get().ledger(), clock)),
                this.store,
                trends,
                callbacks,
                Lazy.of(() -> setup.deliverers().apply(callbacks)::deliver),
                () -> tenant().id(),
                time -> Thread.sleep(time.toMillis()));
        this.published = new ChangeFeed(this.store, followUp);
        this.runs =
                new Runs(engine, this.store, lists, setup.few(), alert, followUp, checks, settings.retention(), clock);
    }

    /** What the settings designate; where that is nothing, the tenant's own count. */
    private Designations designations() {
        return settings.designations().equals(Designations.NONE)
                ? tenant.get().designations()
                : settings.designations();
    }

    public Settings settings() {
        return settings;
    }

    public Clock clock() {
        return clock;
    }

    public List<Check> checks() {
        return checks;
    }

    public Tenant tenant() {
        return tenant.get();
    }

    public RunStore store() {
        return store.get();
    }

    /** What people attest about this tenant. */
    public Attestations attestations() {
        return attestations.get();
    }

    /** What is waived of this tenant's findings. */
    public Waivers waivers() {
        return waivers.get();
    }

    /** What the operator says that this tenant's administrators' accounts are for. */
    public AccountCategories categories() {
        return categories.get();
    }

    /** Which of this tenant's new administrators people know of. */
    public Acknowledgements acknowledgements() {
        return acknowledgements.get();
    }

    /** How answers change. */
    public TrendStore trends() {
        return trends.get();
    }

    /** What was published, in order. */
    public ChangeFeed published() {
        return published;
    }

    /** What reports show. */
    public Reports reports() {
        return new Reports(this::store, this::trends, Cloud.ofGraph(settings.graphEndpoint()));
    }

    /** Where the things of this tenant stand in Microsoft's portals; nowhere in a cloud whose portals are not known. */
    public Portals portals() {
        return Cloud.ofGraph(settings.graphEndpoint())
                .map(cloud -> Portals.of(cloud, tenant().id()))
                .orElse(Portals.NONE);
    }

    /** Who is told of changes. */
    public Webhooks webhooks() {
        return webhooks;
    }

    /** Whether only this machine can call. */
    public boolean isDesk() {
        return place == Place.DESK;
    }

    public Engine engine() {
        return engine.get();
    }

    /** Explains accounts of the tenant. */
    public Explanations explanations() {
        return new Explanations(tenant.get(), own.designated(designations()).designations());
    }

    /**
     * Proves changes on one reading of the tenant.
     *
     * @throws dev.parc.collect.TenantException if the tenant's answers cannot be kept
     */
    public ChangeProver changes() {
        if (!(tenant.get() instanceof Layered layered)) {
            throw new TenantException("a change cannot be proved on this tenant");
        }
        return new ChangeProver(
                layered,
                through -> new Engine(through, designations(), settings.roadmapStart(), checks, own, clock),
                () -> runs.request(List.of(), List.of(), Assessment.Trigger.CLI));
    }

    /** Changes that callers have proved. */
    public WhatIfs whatIfs() {
        return new WhatIfs(store, this::changes, clock);
    }

    public Runs runs() {
        return runs;
    }

    /** Looks at what the identity may read. */
    public PermissionProbe permissions() {
        return new PermissionProbe(tenant.get(), checks);
    }

    /** Lines for the log, one for each stage whose newest run is older than its schedule allows. */
    public List<String> overdueStages() {
        return OverdueStages.events(
                settings.schedules(), store.get().newest(OverdueStages.RUNS_LOOKED_AT), clock.instant());
    }

    /** Looks at everything that the live tenant's parts need. */
    public Doctor doctor() {
        Supplier<AccessTokens> graph = Lazy.of(() -> GraphTokens.of(settings, credential.get()));
        Supplier<AccessTokens> azure = Lazy.of(() -> new AccessTokens(settings.armEndpoint(), credential.get()));
        return new Doctor(
                settings,
                checks,
                clock,
                new Doctor.Sources(
                        graph,
                        azure,
                        () -> LiveTenant.organization(settings.graphEndpoint(), graph.get()),
                        () -> LiveTenant.awaited(settings.graphEndpoint(), graph.get()),
                        () -> LiveTenant.subscriptions(settings.armEndpoint(), azure.get()),
                        settings.tables().map(tables -> () -> tableNames(tables)),
                        settings.queues()
                                .map(account -> queue -> new QueueLengths(
                                                account, credential.get(), new JdkHttpClientBuilder().build())
                                        .apply(queue)),
                        store));
    }

    private List<String> tableNames(String tables) {
        return tables.startsWith("http")
                ? TableNames.of(URI.create(tables), credential.get()).get()
                : TableNames.of(tables).get();
    }
}
