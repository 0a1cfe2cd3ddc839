package dev.parc.collect.tenant;

import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.collect.Estate;
import dev.parc.collect.LargeEstateException;
import dev.parc.collect.SubscriptionBlock;
import dev.parc.collect.TenantException;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.azure.AzureReader;
import dev.parc.collect.azure.AzureResourceReader;
import dev.parc.collect.azure.AzureSettingsReader;
import dev.parc.collect.azure.LogPlaceReader;
import dev.parc.collect.graph.Graph;
import dev.parc.collect.graph.reader.AccessReviewReader;
import dev.parc.collect.graph.reader.AccountReader;
import dev.parc.collect.graph.reader.AppRoleReader;
import dev.parc.collect.graph.reader.ApplicationReader;
import dev.parc.collect.graph.reader.ApplicationUseReader;
import dev.parc.collect.graph.reader.AuditReader;
import dev.parc.collect.graph.reader.ConditionalAccessReader;
import dev.parc.collect.graph.reader.ExcludedGroupReader;
import dev.parc.collect.graph.reader.GroupReader;
import dev.parc.collect.graph.reader.HybridReader;
import dev.parc.collect.graph.reader.Microsoft365Reader;
import dev.parc.collect.graph.reader.OwnerReader;
import dev.parc.collect.graph.reader.PerUserMfaReader;
import dev.parc.collect.graph.reader.PolicyObjectReader;
import dev.parc.collect.graph.reader.PolicyReader;
import dev.parc.collect.graph.reader.PrincipalReader;
import dev.parc.collect.graph.reader.ProtectionReader;
import dev.parc.collect.graph.reader.ProvisioningSupportReader;
import dev.parc.collect.graph.reader.RegistrationReader;
import dev.parc.collect.graph.reader.RiskReader;
import dev.parc.collect.graph.reader.RoleReader;
import dev.parc.collect.graph.reader.SecureScoreReader;
import dev.parc.collect.graph.reader.ServiceRoleReader;
import dev.parc.collect.graph.reader.SignInLogReader;
import dev.parc.collect.graph.reader.TenantReader;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.collect.reading.Slices;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.ServicePlan;
import dev.parc.facts.azure.AzureSubscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads fact kinds from Graph and Azure Resource Manager, and what they build on, each once, side by side. */
public final class GraphCollector {

    /** As many as can have something to ask at the same moment. */
    private static final int THREADS = 64;

    /** What the readers read, each task after those that go before it. */
    private static final List<ReadingTask> TASKS = inOrder(Stream.of(
                    TenantReader.TASKS,
                    RoleReader.TASKS,
                    AccountReader.TASKS,
                    AzureReader.TASKS,
                    AzureSettingsReader.TASKS,
                    AzureResourceReader.TASKS,
                    LogPlaceReader.TASKS,
                    GroupReader.TASKS,
                    AccessReviewReader.TASKS,
                    AuditReader.TASKS,
                    ServiceRoleReader.TASKS,
                    PrincipalReader.TASKS,
                    PolicyReader.TASKS,
                    RegistrationReader.TASKS,
                    Microsoft365Reader.TASKS,
                    ConditionalAccessReader.TASKS,
                    ExcludedGroupReader.TASKS,
                    PolicyObjectReader.TASKS,
                    HybridReader.TASKS,
                    SecureScoreReader.TASKS,
                    OwnerReader.TASKS,
                    AppRoleReader.TASKS,
                    ApplicationReader.TASKS,
                    SignInLogReader.TASKS,
                    RiskReader.TASKS,
                    ProtectionReader.TASKS)
            .flatMap(List::stream)
            .toList());

    private static final System.Logger LOG = System.getLogger(GraphCollector.class.getName());

    private final Graph graph;
    private final Arm arm;
    private final Instant takenAt;

    /** @param takenAt when the reading begins, or the snapshot was taken */
    public GraphCollector(Graph graph, Arm arm, Instant takenAt) {
        this.graph = graph;
        this.arm = arm;
        this.takenAt = takenAt;
    }

    /**
     * What became of each wanted kind, and of every kind that had to be read for one.
     *
     * @throws TenantException if nothing at all can be read
     */
    public Map<FactKind, Reading> collect(Set<FactKind> wanted, Designations designations, Consumer<String> progress) {
        return collect(wanted, designations, progress, new Estate.Whole());
    }

    /**
     * The same, of an estate as it is to be read.
     *
     * @throws TenantException if nothing at all can be read
     * @throws LargeEstateException if there are more subscriptions than few
     */
    Map<FactKind, Reading> collect(
            Set<FactKind> wanted, Designations designations, Consumer<String> progress, Estate estate) {
        Map<FactKind, Reading> read = new ConcurrentHashMap<>();
        ReadingContext context = new ReadingContext(graph, arm, takenAt, designations, read);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Map<FactKind, CompletableFuture<Void>> started = new EnumMap<>(FactKind.class);
            Set<ReadingTask> tasks = closure(wanted);
            Set<ReadingTask> first =
                    estate instanceof Estate.Few && tasks.stream().anyMatch(ReadingTask::ofEachSubscription)
                            ? closure(Set.of(AZURE_SUBSCRIPTIONS))
                            : Set.of();
            CompletableFuture<Void> few = CompletableFuture.allOf(TASKS.stream()
                            .filter(first::contains)
                            .map(task -> start(task, context, started, Optional.empty(), progress, threads))
                            .toArray(CompletableFuture<?>[]::new))
                    .thenRun(() -> requireFew(context, estate));
            List<CompletableFuture<Void>> all = TASKS.stream()
                    .filter(tasks::contains)
                    .filter(task -> !first.contains(task))
                    .map(task -> start(task, context, started, Optional.of(few), progress, threads))
                    .toList();
            CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).get();
            return reconciled(read);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TenantException("reading the tenant was interrupted; start the run again", e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * What became of those wanted kinds that are read second, of these ids.
     *
     * @param ids by kind; a kind that has none here is not read
     * @param first what became of all others
     * @throws TenantException if nothing can be read any more
     */
    public Map<FactKind, Reading> collectSecond(
            Set<FactKind> wanted,
            Map<FactKind, Set<String>> ids,
            Designations designations,
            Map<FactKind, Reading> first,
            Consumer<String> progress) {
        ReadingContext context = new ReadingContext(graph, arm, takenAt, designations, new ConcurrentHashMap<>(first));
        Map<FactKind, Reading> second = new EnumMap<>(FactKind.class);
        ids.forEach((kind, of) -> {
            if (wanted.contains(kind)) {
                ReadingTask task = ReadingTask.of(kind, it -> second(it, kind, of));
                run(task, context, of.isEmpty() ? phrase -> {} : progress);
                second.put(kind, context.reading(kind));
            }
        });
        return second;
    }

    private static Reading second(ReadingContext context, FactKind kind, Set<String> ids) {
        return switch (kind) {
            case PER_USER_MFA -> new PerUserMfaReader(context).read(ids);
            case APPLICATION_USE -> new ApplicationUseReader(context).read(ids);
            case AZURE_WATCHLISTS -> new LogPlaceReader(context).watchlists(ids);
            case PROVISIONING_SUPPORT -> new ProvisioningSupportReader(context).read(ids);
            default -> throw new IllegalStateException(kind + " is read first");
        };
    }

    private static void requireFew(ReadingContext context, Estate estate) {
        if (!(estate instanceof Estate.Few few) || !context.read().containsKey(AZURE_SUBSCRIPTIONS)) {
            return;
        }
        List<AzureSubscription> own = context.values(AZURE_SUBSCRIPTIONS, AzureSubscription.class).stream()
                .filter(subscription -> AzureReader.isOwn(context, subscription))
                .toList();
        if (own.size() > few.most()) {
            List<SubscriptionBlock> blocks = new ArrayList<>();
            for (List<AzureSubscription> some : Slices.of(own, few.block())) {
                Map<Boolean, List<String>> ids = some.stream()
                        .collect(Collectors.partitioningBy(
                                AzureSubscription::running,
                                Collectors.mapping(AzureSubscription::id, Collectors.toList())));
                blocks.add(
                        new SubscriptionBlock(ids.getOrDefault(true, List.of()), ids.getOrDefault(false, List.of())));
            }
            throw new LargeEstateException(blocks);
        }
    }

    /**
     * Asks the subscriptions of a block for what only they can tell, as far as these kinds ask for it; the answers are for
     * whoever listens on the wire.
     */
    void readBlock(Set<FactKind> wanted, SubscriptionBlock block, Consumer<String> progress) {
        List<AzureSubscription> subscriptions = Stream.concat(
                        block.running().stream().map(id -> subscription(id, AzureSubscription.State.ENABLED)),
                        block.idle().stream().map(id -> subscription(id, AzureSubscription.State.DISABLED)))
                .toList();
        Map<FactKind, Reading> read = new ConcurrentHashMap<>(Map.of(
                AZURE_MANAGEMENT_GROUPS, new Reading.Read(List.of(), List.of()),
                AZURE_SUBSCRIPTIONS, new Reading.Read(subscriptions, List.of())));
        ReadingContext context = new ReadingContext(graph, arm, takenAt, Designations.NONE, read);
        closure(wanted).stream().filter(ReadingTask::ofEachSubscription).forEach(task -> run(task, context, progress));
    }

    private static AzureSubscription subscription(String id, AzureSubscription.State state) {
        return new AzureSubscription(id, id, "", state, false);
    }

    /**
     * The kinds that are read for the wanted ones, themselves included: those they build on, those that are read in one
     * go with them, and the service plans where a licence decides what an answer means.
     */
    static Set<FactKind> kindsFor(Set<FactKind> wanted) {
        return closure(wanted).stream()
                .flatMap(task -> task.kinds().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FactKind.class)));
    }

    private static List<ReadingTask> inOrder(List<ReadingTask> tasks) {
        Map<FactKind, ReadingTask> byKind = new EnumMap<>(FactKind.class);
        tasks.forEach(task -> task.kinds().forEach(kind -> byKind.put(kind, task)));
        Set<ReadingTask> ordered = new LinkedHashSet<>();
        tasks.forEach(task -> addInOrder(task, byKind, ordered));
        return List.copyOf(ordered);
    }

    private static void addInOrder(ReadingTask task, Map<FactKind, ReadingTask> byKind, Set<ReadingTask> ordered) {
        if (!ordered.contains(task)) {
            Stream.concat(task.after().stream(), task.afterIfRead().stream())
                    .forEach(kind -> addInOrder(Objects.requireNonNull(byKind.get(kind)), byKind, ordered));
            ordered.add(task);
        }
    }

    private static ReadingTask taskOf(FactKind kind) {
        return TASKS.stream()
                .filter(task -> task.kinds().contains(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing reads " + kind));
    }

    private static Set<ReadingTask> closure(Set<FactKind> wanted) {
        Set<ReadingTask> tasks = new LinkedHashSet<>();
        wanted.stream()
                .filter(kind -> !FactKind.OWN.contains(kind) && !FactKind.SECOND.contains(kind))
                .forEach(kind -> add(kind, tasks));
        return tasks;
    }

    private static void add(FactKind kind, Set<ReadingTask> tasks) {
        ReadingTask task = taskOf(kind);
        if (tasks.add(task)) {
            task.after().forEach(before -> add(before, tasks));
            if (task.kinds().stream().anyMatch(it -> it.licence().isPresent())) {
                add(SERVICE_PLANS, tasks);
            }
        }
    }

    /** Starts a task as soon as those it builds on are done. */
    private static CompletableFuture<Void> start(
            ReadingTask task,
            ReadingContext context,
            Map<FactKind, CompletableFuture<Void>> started,
            Optional<CompletableFuture<Void>> condition,
            Consumer<String> progress,
            ExecutorService threads) {
        CompletableFuture<?>[] before = Stream.concat(
                        condition.stream(),
                        Stream.concat(
                                        task.after().stream(),
                                        task.afterIfRead().stream().filter(started::containsKey))
                                .map(started::get))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> done =
                CompletableFuture.allOf(before).thenRunAsync(() -> run(task, context, progress), threads);
        task.kinds().forEach(kind -> started.put(kind, done));
        return done;
    }

    private static void run(ReadingTask task, ReadingContext context, Consumer<String> progress) {
        progress.accept("reading " + task.kinds().get(0).title());
        try {
            context.read().putAll(task.read().apply(context));
        } catch (TenantException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "reading " + task.kinds() + " broke off", e);
            Reading unread = new Reading.Unread("reading it broke off on "
                    + e.getClass().getSimpleName() + ": " + ReadingBuilder.oneLine(String.valueOf(e.getMessage()))
                    + "; please report this as a bug of PARC");
            task.kinds().forEach(kind -> context.read().put(kind, unread));
        }
    }

    /** An answer that the licence is missing is not believed where the service plans show it. */
    private static Map<FactKind, Reading> reconciled(Map<FactKind, Reading> read) {
        List<ServicePlan> plans = read.get(SERVICE_PLANS) instanceof Reading.Read it
                ? it.values().stream().map(ServicePlan.class::cast).toList()
                : List.of();
        Map<FactKind, Reading> reconciled = new EnumMap<>(FactKind.class);
        read.forEach((kind, reading) -> reconciled.put(
                kind,
                reading instanceof Reading.Unlicensed unlicensed
                                && unlicensed.licence().isIn(plans)
                        ? new Reading.Unread(contradiction(kind, unlicensed.licence()))
                        : reading));
        return reconciled;
    }

    private static String contradiction(FactKind kind, Licence licence) {
        return ReadingBuilder.service(kind) + " answered that the tenant has no " + licence.title()
                + " licence, but its service plans show one: wait until it is provisioned everywhere, then run again";
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }
}
