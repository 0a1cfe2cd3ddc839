package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.Exhaustively;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.FindingKeys;
import dev.parc.assessment.json.DeliveryJson;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.register.WebhookSubscriptions;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.webhook.WebhookFilter;
import dev.parc.assessment.webhook.WebhookSubscription;
import dev.parc.check.Stage;
import dev.parc.store.file.WatchedFiles;
import dev.parc.webhook.CallbackPolicy;
import dev.parc.webhook.Deliverer;
import dev.parc.webhook.Deliverer.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * Runs of any order on two hosts that die at any step of a write, with pollers that ask at any time, one receiver of a webhook, and
 * an operator who deletes runs: every change is told exactly once by polling and in order, and at least once, under one id, to
 * the receiver.
 */
class ToldOnceTest {

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void everyChangeIsToldExactlyOnceByPollingAndAtLeastOnceUnderOneIdToAReceiver(@ForAll long seed)
            throws IOException {
        try (World world = new World(seed)) {
            world.live();
        }
    }

    @Property(tries = 10_000, seed = "19", edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(Exhaustively.class)
    void everyChangeIsToldExactlyOnceInTenThousandSequences(@ForAll long seed) throws IOException {
        try (World world = new World(seed)) {
            world.live();
        }
    }

    /** The process is gone. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death() {
            super("the process is gone", null, false, false);
        }
    }

    /** A message of either queue. */
    private record Message(String text, boolean isRun, int attempts) {}

    /** Who polls, and what was heard so. */
    private static final class Poller {
        private long state;
        private long gap;
        private final List<String> heard = new ArrayList<>();
    }

    private static final class World implements AutoCloseable {

        private static final List<String> PEOPLE = List.of("ann", "ben", "cem", "dan", "eve");

        private final Random random;
        private final Path data;
        private final Scene scene = new Scene(FakeTenant.ID, "S1-07");
        private final Logger log = Logger.getAnonymousLogger();
        private final List<Message> messages = new ArrayList<>();
        private final List<Poller> pollers = List.of(new Poller(), new Poller());
        private final Map<String, Set<String>> delivered = new ConcurrentHashMap<>();
        private final Set<String> refusedOnce = ConcurrentHashMap.newKeySet();
        private final TreeMap<Long, List<String>> published = new TreeMap<>();
        private final Map<Long, Publication> publications = new TreeMap<>();
        private volatile Instant now = Scene.FIRST;
        private int asked;

        World(long seed) throws IOException {
            random = new Random(seed);
            log.setUseParentHandlers(false);
            Path memory = Path.of("/dev/shm");
            data = Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "parc-told-once")
                    : Files.createTempDirectory("parc-told-once");
        }

        @Override
        public void close() throws IOException {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }

        private Clock clock() {
            InstantSource source = () -> now;
            return source.withZone(ZoneOffset.UTC);
        }

        /** New objects with nothing in their memory, which do not die. */
        private Stores stores() {
            return WatchedFiles.stores(data, FakeTenant.ID, file -> {});
        }

        private Stores doomed(int steps, boolean watched) {
            int[] left = {steps};
            int poll = watched ? random.nextInt(Math.max(1, Math.min(steps, 40))) : -1;
            return WatchedFiles.stores(data, FakeTenant.ID, file -> {
                if (left[0] == steps - poll) {
                    poll(pollers.get(0));
                }
                if (--left[0] < 0) {
                    throw new Death();
                }
            });
        }

        private CompositionRoot parc(Stores stores, List<String> administrators) {
            return scene.on(clock(), administrators, stores);
        }

        private Webhooks subscriptions(Stores stores) {
            return new Webhooks(
                    () -> new WebhookSubscriptions(stores.ledger(), clock()),
                    stores::runs,
                    stores::trends,
                    new CallbackPolicy(Set.of()),
                    () -> this::receive,
                    () -> FakeTenant.ID,
                    time -> {});
        }

        /** The receiver, who is out when the first delivery of some ids comes. */
        private Deliverer.Report receive(WebhookSubscription hook, String id, String body) {
            if (id.hashCode() % 4 == 0 && refusedOnce.add(id)) {
                return new Deliverer.Report(Outcome.FAILED, "out", Optional.empty());
            }
            delivered.computeIfAbsent(id, any -> ConcurrentHashMap.newKeySet()).add(body);
            return new Deliverer.Report(Outcome.DELIVERED, "", Optional.empty());
        }

        void live() {
            new WebhookSubscriptions(stores().ledger(), clock())
                    .subscribe(
                            URI.create("https://prod-1.westeurope.logic.azure.com/x"),
                            "a2V5",
                            WebhookFilter.ALL,
                            "Ann");
            int acts = 8 + random.nextInt(16);
            for (int act = 0; act < acts; act++) {
                now = now.plus(Duration.ofMinutes(1));
                switch (random.nextInt(8)) {
                    case 0, 1 -> ask();
                    case 2, 3, 4 -> workOne(random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt(70));
                    case 5 -> workTwo();
                    case 6 -> poll(pollers.get(random.nextInt(2)));
                    default -> delete(random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(20));
                }
                look();
            }
            end();
        }

        /** Asks for a run, by an id that may be of an earlier time. */
        private void ask() {
            Instant at = now.minus(Duration.ofMinutes(random.nextInt(120)));
            String id = at.toString().replaceAll("[-:]", "") + "-%08x".formatted(++asked);
            RunRequest run = new RunRequest(id, at, List.of(Stage.S1), List.of("S3-19"), Trigger.TIMER);
            messages.add(new Message(dev.parc.assessment.json.RunJson.write(run), true, 0));
        }

        private List<String> administrators() {
            return PEOPLE.stream().filter(name -> random.nextInt(3) > 0).toList();
        }

        private Optional<Message> take() {
            return messages.isEmpty()
                    ? Optional.empty()
                    : Optional.of(messages.remove(random.nextInt(messages.size())));
        }

        private void workOne(int steps) {
            take().ifPresent(message -> work(message, doomed(steps, true), administrators()));
        }

        private void workTwo() {
            Optional<Message> one = take();
            Optional<Message> other = take();
            List<CompletableFuture<Void>> hosts = Stream.of(one, other)
                    .flatMap(Optional::stream)
                    .map(message -> {
                        Stores stores = doomed(random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(70), false);
                        List<String> administrators = administrators();
                        return CompletableFuture.runAsync(() -> work(message, stores, administrators));
                    })
                    .toList();
            try {
                hosts.forEach(CompletableFuture::join);
            } catch (CompletionException e) {
                throw new AssertionError(e);
            }
        }

        /** As the platform does: what a function puts out is sent when it has ended, and what fails comes again. */
        private void work(Message message, Stores stores, List<String> administrators) {
            List<Message> out = new ArrayList<>();
            try {
                if (!message.isRun()) {
                    subscriptions(stores)
                            .work(message.text(), log)
                            .forEach(text -> out.add(new Message(text, false, 0)));
                } else {
                    RunMessage run = dev.parc.assessment.json.RunJson.readMessage(message.text());
                    Optional<Publication> publication =
                            stores.runs().publication(run.run().runId());
                    if (message.attempts() < Runs.ATTEMPTS) {
                        publication = parc(stores, administrators)
                                .runs()
                                .work(run, message.attempts() + 1L, log)
                                .publication();
                    } else if (publication.isEmpty()) {
                        parc(stores, administrators).runs().giveUp(run, "given up");
                    }
                    publication.ifPresent(it -> out.add(new Message(DeliveryJson.telling(it.position()), false, 0)));
                }
            } catch (Death | RuntimeException e) {
                if (!(e instanceof Death) && !(e instanceof DeliveryException)) {
                    throw e;
                }
                out.clear();
                if (message.isRun() || message.attempts() < Runs.ATTEMPTS) {
                    out.add(new Message(message.text(), message.isRun(), message.attempts() + 1));
                }
            }
            synchronized (messages) {
                messages.addAll(out);
            }
        }

        private void delete(int steps) {
            List<RunRecord> done = stores().runs().newest(99).stream()
                    .filter(run -> run.state() == State.DONE)
                    .toList();
            if (done.isEmpty()) {
                return;
            }
            RunRecord run = done.get(random.nextInt(done.size()));
            try {
                Stores stores = doomed(steps, false);
                parc(stores, List.of()).runs().delete(run, "Ann", "of a test").ifPresent(deletion -> {
                    messages.add(new Message(DeliveryJson.telling(deletion.position()), false, 0));
                });
            } catch (Death e) {
                // the operator tries again, or not
            }
        }

        private void poll(Poller poller) {
            ChangeFeed.Told told = parc(stores(), List.of()).published().after(poller.state, WebhookFilter.ALL);
            assertThat(told.position()).isGreaterThanOrEqualTo(poller.state);
            poller.state = told.position();
            poller.gap += told.gap();
            told.changes().forEach(change -> poller.heard.add(name(change)));
        }

        /** What is published since somebody looked last, and whether all that is DONE is published. */
        private void look() {
            Stores stores = stores();
            long last = published.isEmpty() ? 0 : published.lastKey();
            for (Publication publication : stores.runs().published(last, 99)) {
                published.put(
                        publication.position(),
                        stores.trends().changes(publication).stream()
                                .map(World::name)
                                .toList());
                publications.put(publication.position(), publication);
            }
            stores.runs().newest(99).stream()
                    .filter(run -> run.state() == State.DONE)
                    .map(run -> stores.runs().publication(run.request().runId()).orElseThrow())
                    .forEach(publication -> assertThat(publications).containsKey(publication.position()));
        }

        private void end() {
            for (int rounds = 0; !messages.isEmpty() && rounds < 1000; rounds++) {
                now = now.plus(Duration.ofMinutes(1));
                work(take().orElseThrow(), stores(), administrators());
            }
            // what was lost of messages is made up for by the next run
            ask();
            for (int rounds = 0; !messages.isEmpty() && rounds < 1000; rounds++) {
                now = now.plus(Duration.ofMinutes(1));
                work(messages.remove(0), stores(), administrators());
            }
            assertThat(messages).isEmpty();
            look();
            pollers.forEach(this::poll);
            assertThat(publications.keySet().stream().toList())
                    .isEqualTo(Stream.iterate(1L, it -> it + 1)
                            .limit(publications.size())
                            .toList());
            Set<String> deleted = new HashSet<>();
            publications.values().stream()
                    .filter(publication -> !publication.isRun())
                    .forEach(publication ->
                            assertThat(deleted.add(publication.runId())).isTrue());
            assertThat(publications.values().stream().filter(Publication::isRun).map(Publication::runId))
                    .doesNotHaveDuplicates();
            for (Poller poller : pollers) {
                assertThat(poller.gap).isZero();
                assertThat(poller.state).isEqualTo(published.lastKey());
                heard(poller, deleted);
            }
            received(deleted);
            alternating();
        }

        private List<String> told(Publication publication) {
            return Objects.requireNonNull(published.get(publication.position()), publication.runId());
        }

        /** Each change once and in order; of a run that is deleted the poller may have been told all or nothing. */
        private void heard(Poller poller, Set<String> deleted) {
            int at = 0;
            for (Publication publication : publications.values()) {
                List<String> changes = told(publication);
                int end = Math.min(poller.heard.size(), at + changes.size());
                boolean isNext = poller.heard.subList(at, end).equals(changes);
                if (publication.isRun() && deleted.contains(publication.runId()) && !isNext) {
                    continue;
                }
                assertThat(poller.heard.subList(at, end)).isEqualTo(changes);
                at = end;
            }
            assertThat(poller.heard).hasSize(at);
        }

        private void received(Set<String> deleted) {
            String hook = new WebhookSubscriptions(stores().ledger(), clock())
                    .all()
                    .get(0)
                    .id();
            Set<String> ids = new HashSet<>();
            for (Publication publication : publications.values()) {
                String id = publication.runId() + (publication.isRun() ? "." : ".deleted.") + hook;
                ids.add(id);
                boolean isWithdrawn = publication.isRun() && deleted.contains(publication.runId());
                if (!told(publication).isEmpty() && !isWithdrawn) {
                    var bodies = Objects.requireNonNull(delivered.get(id), id);
                    assertThat(bodies).hasSize(1);
                    told(publication)
                            .forEach(change -> assertThat(bodies.iterator().next())
                                    .contains(change.substring(change.lastIndexOf(' ') + 1)));
                }
            }
            assertThat(ids).containsAll(delivered.keySet());
        }

        /** What is opened is not opened again before it is closed, and the other way round. */
        private void alternating() {
            Map<String, Boolean> open = new HashMap<>();
            published.values().stream().flatMap(List::stream).forEach(change -> {
                String[] parts = change.split("[ .]", -1);
                boolean opens = List.of("NEW", "REOPENED", "NEW_ADMINISTRATOR", "LOST_MFA")
                        .contains(parts[2]);
                if (opens || parts[2].equals("RESOLVED")) {
                    Boolean before = open.put(parts[1] + parts[3], opens);
                    assertThat(before).as(change).isNotEqualTo(opens);
                }
            });
        }

        /** A run, what is changed, and the item that it is about. */
        private static String name(Change change) {
            return change.runId() + " " + FindingKeys.of(change) + " " + change.checkId();
        }
    }
}
