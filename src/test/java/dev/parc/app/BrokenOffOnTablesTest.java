package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.run.RunMessage;
import dev.parc.store.table.WatchedTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link BrokenOffRunTest} asks, of runs in the tables of Azurite, and of each of their writes. */
class BrokenOffOnTablesTest {

    private static final String CONNECTION = WatchedTables.azurite();
    private static final String ITEM = "S1-07";

    /** The process is gone. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static Stores stores(String tenant) {
        return WatchedTables.stores(CONNECTION, tenant, request -> {});
    }

    private static boolean isWrite(HttpRequest request) {
        return request.getHttpMethod() != HttpMethod.GET
                && !request.getUrl().getPath().endsWith("/Tables");
    }

    /** How a run is broken off: in an ordinary build the writes take turns, with -Pexhaustive each is broken off either way. */
    private enum Way {
        /** The process dies before the write and does nothing after it. */
        DEATH,
        /** The service refuses the write and everything after it, as one that is full or gone, and the process lives. */
        REFUSAL;

        Consumer<HttpRequest> at(int write) {
            AtomicInteger writes = new AtomicInteger();
            return request -> {
                if (writes.get() >= write || (isWrite(request) && writes.incrementAndGet() >= write)) {
                    if (this == DEATH) {
                        throw new Death();
                    }
                    throw new UncheckedIOException(new IOException("no space left"));
                }
            };
        }

        static Stream<Way> of(int write) {
            return Boolean.getBoolean("parc.exhaustive") ? Stream.of(values()) : Stream.of(values()[write % 2]);
        }
    }

    /** A tenant with the first two runs, what they left, and how many writes the third takes. */
    private record Begun(String tenant, List<String> left, int writes, String calm) {

        static Begun of() {
            String calm = UUID.randomUUID().toString();
            Scene scene = new Scene(calm, ITEM);
            scene.work(0, stores(calm), 1);
            scene.work(1, stores(calm), 1);
            String tenant = UUID.randomUUID().toString();
            WatchedTables.copy(CONNECTION, calm, tenant);
            List<String> left = BrokenOffOnTablesTest.left(scene, calm);
            assertThat(BrokenOffOnTablesTest.left(new Scene(tenant, ITEM), tenant))
                    .isEqualTo(left);
            AtomicInteger writes = new AtomicInteger();
            scene.work(
                    2,
                    WatchedTables.stores(CONNECTION, calm, request -> writes.addAndGet(isWrite(request) ? 1 : 0)),
                    1);
            return new Begun(tenant, left, writes.get(), calm);
        }

        /** Breaks the third run off at each of its writes, each time in a tenant of its own. */
        void brokenOff(Broken then) {
            IntStream.rangeClosed(1, writes)
                    .parallel()
                    .forEach(write -> Way.of(write).forEach(way -> brokenOff(write, way, then)));
        }

        private void brokenOff(int write, Way way, Broken then) {
            String copy = UUID.randomUUID().toString();
            WatchedTables.copy(CONNECTION, tenant, copy);
            Scene doomed = new Scene(copy, ITEM);
            try {
                doomed.work(2, WatchedTables.stores(CONNECTION, copy, way.at(write)), 1);
            } catch (Death | StoreException e) {
                // as it must be, unless it is only tidied up any more
            }
            then.look(write, copy, doomed);
        }
    }

    /** What is looked at after a run was broken off. */
    private interface Broken {
        void look(int write, String tenant, Scene scene);
    }

    private static boolean counts(String tenant, Scene scene) {
        return stores(tenant).runs().publication(scene.run(2).runId()).isPresent();
    }

    private static List<String> left(Scene scene, String tenant) {
        return scene.left(stores(tenant)).stream()
                .map(line -> line.replace(tenant, "TENANT"))
                .toList();
    }

    @Test
    void aRunThatDiesAtAnyWriteAndIsDoneAgainLeavesWhatAnUndisturbedOneDoes() {
        Begun begun = Begun.of();
        Scene calm = new Scene(begun.calm(), ITEM);
        List<String> second = left(calm, begun.calm());
        calm.work(3, stores(begun.calm()), 1);
        List<String> third = left(calm, begun.calm());
        AtomicInteger seen = new AtomicInteger();

        begun.brokenOff((write, tenant, scene) -> {
            String id = scene.run(2).runId();
            if (counts(tenant, scene)) {
                seen.incrementAndGet();
                assertThat(left(scene, tenant)).as("write %d", write).isEqualTo(second);
            } else {
                assertThat(left(scene, tenant).stream().filter(line -> !line.startsWith(id)))
                        .as("write %d", write)
                        .containsExactlyElementsOf(begun.left());
            }
            scene.work(2, stores(tenant), 2);
            assertThat(left(scene, tenant)).as("write %d, done again", write).isEqualTo(second);
            // else the next would wait for minutes
            assertThat(stores(tenant).trends().hasTurn(id))
                    .as("write %d", write)
                    .isFalse();
            scene.work(3, stores(tenant), 1);
            assertThat(left(scene, tenant)).as("write %d, and the next", write).isEqualTo(third);
        });

        System.out.printf(
                "a run was broken off at each of its %d writes to tables, at %d of them when it counted already%n",
                begun.writes(), seen.get());
        assertThat(begun.writes()).isGreaterThan(15);
        assertThat(seen.get()).isBetween(2, begun.writes() / 2);
    }

    @Test
    void aRunThatIsGivenUpTakesNobodyFromTheSightOfTheNext() {
        Begun begun = Begun.of();
        String without = UUID.randomUUID().toString();
        WatchedTables.copy(CONNECTION, begun.tenant(), without);
        Scene calm = new Scene(without, ITEM);
        calm.work(3, stores(without), 1);
        List<String> told =
                Scene.matters(stores(without).trends().changes(calm.run(3).runId()));
        assertThat(told).anyMatch(line -> line.contains("NEW_ADMINISTRATOR"));
        AtomicInteger givenUp = new AtomicInteger();

        begun.brokenOff((write, tenant, scene) -> {
            if (!counts(tenant, scene)) {
                givenUp.incrementAndGet();
                WatchedTables.endTurn(CONNECTION, tenant);
                scene.on(2, stores(tenant)).runs().giveUp(RunMessage.of(scene.run(2)), "given up");
                scene.work(3, stores(tenant), 1);
                assertThat(Scene.matters(
                                stores(tenant).trends().changes(scene.run(3).runId())))
                        .as("write %d", write)
                        .isEqualTo(told);
            }
        });

        assertThat(givenUp.get()).isGreaterThan(8);
    }
}
