package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.run.RunMessage;
import dev.parc.store.table.WatchedTables;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What {@link BrokenOffRunTest} asks, of runs in the tables of Azurite: of some of their writes, and of each with -Pexhaustive. */
class BrokenOffOnTablesTest {

    private static final String CONNECTION = WatchedTables.azurite();
    private static final int STRIDE = Boolean.getBoolean("parc.exhaustive") ? 1 : 9;

    /** The process is gone. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static Stores stores(String tenant) {
        return WatchedTables.stores(CONNECTION, tenant, request -> {});
    }

    /** Dies before this write, and does nothing after it. */
    private static Consumer<HttpRequest> dyingAt(int write, AtomicInteger writes) {
        return request -> {
            boolean isWrite = request.getHttpMethod() != HttpMethod.GET
                    && !request.getUrl().getPath().endsWith("/Tables");
            if (writes.get() >= write || (isWrite && writes.incrementAndGet() >= write)) {
                throw new Death();
            }
        };
    }

    private static List<String> left(Scene scene, String tenant) {
        return scene.left(stores(tenant)).stream()
                .map(line -> line.replace(tenant, "TENANT"))
                .toList();
    }

    @Test
    void aRunThatDiesAtAnyWriteAndIsDoneAgainLeavesWhatAnUndisturbedOneDoes() {
        String calm = UUID.randomUUID().toString();
        Scene scene = new Scene(calm, "S1-07");
        scene.work(0, stores(calm), 1);
        scene.work(1, stores(calm), 1);
        List<String> first = left(scene, calm);
        scene.work(2, stores(calm), 1);
        List<String> second = left(scene, calm);
        scene.work(3, stores(calm), 1);
        List<String> third = left(scene, calm);

        int deaths = 0;
        int seen = 0;
        boolean died = true;
        for (int write = 1; died; write += STRIDE) {
            String tenant = UUID.randomUUID().toString();
            Scene doomed = new Scene(tenant, "S1-07");
            doomed.work(0, stores(tenant), 1);
            doomed.work(1, stores(tenant), 1);
            AtomicInteger writes = new AtomicInteger();
            try {
                doomed.work(2, WatchedTables.stores(CONNECTION, tenant, dyingAt(write, writes)), 1);
            } catch (Death | StoreException e) {
                deaths++;
            }
            died = writes.get() >= write;
            String id = doomed.run(2).runId();
            if (stores(tenant).runs().publication(id).isPresent()) {
                seen++;
                assertThat(left(doomed, tenant)).as("write %d", write).isEqualTo(second);
            } else {
                assertThat(left(doomed, tenant).stream().filter(line -> !line.startsWith(id)))
                        .as("write %d", write)
                        .containsExactlyElementsOf(first);
            }
            doomed.work(2, stores(tenant), 2);
            assertThat(left(doomed, tenant)).as("write %d, done again", write).isEqualTo(second);
            doomed.work(3, stores(tenant), 1);
            assertThat(left(doomed, tenant)).as("write %d, and the next", write).isEqualTo(third);
        }
        assertThat(deaths).isGreaterThanOrEqualTo(STRIDE == 1 ? 20 : 2);
        assertThat(seen).isPositive();
    }

    @Test
    void aRunThatIsGivenUpTakesNobodyFromTheSightOfTheNext() {
        String calm = UUID.randomUUID().toString();
        Scene scene = new Scene(calm, "S1-07");
        scene.work(0, stores(calm), 1);
        scene.work(1, stores(calm), 1);
        scene.work(3, stores(calm), 1);
        List<String> told =
                Scene.matters(stores(calm).trends().changes(scene.run(3).runId()));
        assertThat(told).anyMatch(line -> line.contains("NEW_ADMINISTRATOR"));

        // the last write before it counts, and the one before the turn
        for (int write = 5; write <= 5 + STRIDE; write += STRIDE) {
            String tenant = UUID.randomUUID().toString();
            Scene doomed = new Scene(tenant, "S1-07");
            doomed.work(0, stores(tenant), 1);
            doomed.work(1, stores(tenant), 1);
            try {
                doomed.work(2, WatchedTables.stores(CONNECTION, tenant, dyingAt(write, new AtomicInteger())), 1);
            } catch (Death | StoreException e) {
                WatchedTables.endTurn(CONNECTION, tenant);
            }
            doomed.on(2, stores(tenant)).runs().giveUp(RunMessage.of(doomed.run(2)), "given up");
            if (stores(tenant).runs().publication(doomed.run(2).runId()).isEmpty()) {
                doomed.work(3, stores(tenant), 1);
                assertThat(Scene.matters(
                                stores(tenant).trends().changes(doomed.run(3).runId())))
                        .as("write %d", write)
                        .isEqualTo(told);
            }
        }
    }
}
