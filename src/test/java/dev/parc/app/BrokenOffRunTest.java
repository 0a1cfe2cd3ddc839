package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.webhook.WebhookFilter;
import dev.parc.store.file.WatchedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that ends at one step of a write to files after the other, and what goes on after it with new objects: what is there in
 * the end is what runs leave that nobody disturbed, and at no time is there half of one.
 */
class BrokenOffRunTest {

    private static final int BROKEN = 2;
    private static final int NEXT = 3;
    static final String[] ITEMS = {"S1-01", "S1-03", "S1-05", "S1-07"};
    private static final String TENANT = FakeTenant.ID;

    private final Scene scene = new Scene(TENANT, ITEMS);
    private Path data;

    /** The process is gone. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void inMemoryWhereThereIsSuchADisk() throws IOException {
        Path memory = Path.of("/dev/shm");
        data = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "parc-broken-off")
                : Files.createTempDirectory("parc-broken-off");
    }

    @AfterEach
    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Stores stores(String name) {
        return WatchedFiles.stores(data.resolve(name), TENANT, file -> {});
    }

    /** A store in which the first runs are done. */
    private Stores begun(String name, WatchedFiles.Watcher watcher) {
        begin(stores(name));
        return WatchedFiles.stores(data.resolve(name), TENANT, watcher);
    }

    private void begin(Stores stores) {
        scene.work(0, stores, 1);
        scene.work(1, stores, 1);
    }

    /** Dies at this step, and does nothing after it. */
    private static WatchedFiles.Watcher dyingAt(int step) {
        AtomicInteger steps = new AtomicInteger();
        return file -> {
            if (steps.incrementAndGet() >= step) {
                throw new Death();
            }
        };
    }

    private List<String> undisturbed(int... days) {
        Stores stores = stores("undisturbed");
        for (int day : days) {
            scene.work(day, stores, 1);
        }
        return scene.left(stores);
    }

    /** Tells only what is different, since there is much of it. */
    private static void same(String when, List<String> seen, List<String> expected) {
        assertThat(seen.stream().filter(line -> !expected.contains(line)))
                .as("%s: too much", when)
                .isEmpty();
        assertThat(expected.stream().filter(line -> !seen.contains(line)))
                .as("%s: too little", when)
                .isEmpty();
        assertThat(seen).as("%s: order", when).isEqualTo(expected);
    }

    private boolean isDone(Stores stores) {
        return stores.runs().publication(scene.run(BROKEN).runId()).isPresent();
    }

    @Test
    void aRunThatDiesAtAnyStepAndIsDoneAgainLeavesWhatAnUndisturbedOneDoes() {
        List<String> first = undisturbed(0, 1);
        List<String> second = undisturbed(BROKEN);
        List<String> third = undisturbed(NEXT);
        int done = 0;
        int step = 0;
        for (boolean died = true; died; ) {
            step++;
            String name = "step" + step;
            Stores doomed = begun(name, dyingAt(step));
            died = diesAt(doomed);
            // whoever looks now sees all of it or nothing, but for the record
            List<String> seen = scene.left(stores(name));
            if (isDone(stores(name))) {
                done++;
                same("step " + step, seen, second);
            } else {
                same(
                        "step " + step,
                        seen.stream()
                                .filter(line ->
                                        !line.startsWith(scene.run(BROKEN).runId()))
                                .toList(),
                        first);
                assertThat(scene.on(BROKEN, stores(name))
                                .published()
                                .after(2, WebhookFilter.ALL)
                                .changes())
                        .isEmpty();
            }
            scene.work(BROKEN, stores(name), 2);
            same("done again after step " + step, scene.left(stores(name)), second);
            scene.work(NEXT, stores(name), 1);
            same("the next after step " + step, scene.left(stores(name)), third);
        }
        assertThat(step).isGreaterThan(40);
        assertThat(done).as("steps after it is done").isBetween(5, step / 2);
    }

    private boolean diesAt(Stores doomed) {
        try {
            scene.work(BROKEN, doomed, 1);
            return false;
        } catch (Death e) {
            return true;
        }
    }

    /** In the middle of the history, at the position, at what makes it count, and while the findings are carried over. */
    @ParameterizedTest
    @ValueSource(ints = {9, 27, 31, 36})
    void aProcessThatIsKilledLeavesNothingThatTheNextCouldNotGoOnWith(int step)
            throws IOException, InterruptedException {
        List<String> second = undisturbed(0, 1, BROKEN);
        begin(stores("killed"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedRun.class.getName(),
                        data.resolve("killed").toString(),
                        Integer.toString(BROKEN),
                        Integer.toString(step))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isEqualTo(DoomedRun.GONE);

        scene.work(BROKEN, stores("killed"), 2);

        same("killed at step " + step, scene.left(stores("killed")), second);
    }

    @Test
    void aRunThatIsGivenUpTakesNobodyFromTheSightOfTheNext() {
        Stores without = stores("without");
        begin(without);
        List<String> lines = scene.work(NEXT, without, 1);
        List<String> told =
                Scene.matters(without.trends().changes(scene.run(NEXT).runId()));
        assertThat(lines)
                .filteredOn(line -> line.contains("new-global-administrator"))
                .hasSize(2);
        assertThat(told).anyMatch(line -> line.contains("NEW_ADMINISTRATOR"));
        int given = 0;
        boolean died = true;
        for (int step = 1; died; step++) {
            String name = "given-up" + step;
            died = diesAt(begun(name, dyingAt(step)));
            Stores stores = stores(name);
            scene.on(BROKEN, stores).runs().giveUp(RunMessage.of(scene.run(BROKEN)), "given up");
            if (!isDone(stores)) {
                given++;
                assertThat(stores.runs()
                                .find(scene.run(BROKEN).runId())
                                .orElseThrow()
                                .state())
                        .isEqualTo(RunRecord.State.FAILED);
                List<String> next = scene.work(NEXT, stores, 1);
                assertThat(next.stream().filter(line -> line.contains("new-global-administrator")))
                        .as("step %d", step)
                        .containsExactlyElementsOf(lines.stream()
                                .filter(line -> line.contains("new-global-administrator"))
                                .toList());
                assertThat(Scene.matters(stores.trends().changes(scene.run(NEXT).runId())))
                        .as("step %d", step)
                        .isEqualTo(told);
            }
        }
        assertThat(given).isGreaterThan(30);
    }

    @Test
    void aDiskThatIsFullFromAnyStepOnLeavesNoHalfAndTheRunIsDoneWhenThereIsSpace() {
        List<String> second = undisturbed(0, 1, BROKEN);
        boolean failed = true;
        int refused = 0;
        for (int step = 1; failed; step++) {
            int full = step;
            AtomicInteger steps = new AtomicInteger();
            String name = "full" + step;
            Stores doomed = begun(name, file -> {
                if (steps.incrementAndGet() >= full) {
                    throw new IOException("No space left on device");
                }
            });
            try {
                scene.work(BROKEN, doomed, 1);
            } catch (StoreException e) {
                refused++;
                assertThat(e).as("step %d", step).hasMessageStartingWith("no space left on ");
            }
            failed = steps.get() >= full;
            assertThat(unfinished(data.resolve(name))).isEmpty();
            scene.work(BROKEN, stores(name), 2);
            same("step " + step, scene.left(stores(name)), second);
        }
        assertThat(refused).isGreaterThan(30);
    }

    private static List<Path> unfinished(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".new")).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDeletionThatDiesAtAnyStepIsDoneByTheNextOrNotAtAll() {
        Stores whole = begun("whole", file -> {});
        scene.work(BROKEN, whole, 1);
        RunRecord run = whole.runs().find(scene.run(BROKEN).runId()).orElseThrow();
        scene.on(NEXT, whole).runs().delete(run, "Ann", "of a test");
        scene.work(NEXT, whole, 1);
        List<String> end = scene.left(stores("whole"));
        boolean died = true;
        for (int step = 1; died; step++) {
            String name = "deletion" + step;
            begin(stores(name));
            scene.work(BROKEN, stores(name), 1);
            Stores doomed = WatchedFiles.stores(data.resolve(name), TENANT, dyingAt(step));
            try {
                scene.on(NEXT, doomed).runs().delete(run, "Ann", "of a test");
                died = false;
            } catch (Death e) {
                if (stores(name).runs().tombstone(run.request().runId()).isEmpty()) {
                    assertThat(isDone(stores(name))).isTrue();
                    scene.on(NEXT, stores(name)).runs().delete(run, "Ann", "of a test");
                }
            }
            assertThat(stores(name).runs().results(run.request().runId())).isEmpty();
            scene.work(NEXT, stores(name), 1);
            same("step " + step, scene.left(stores(name)), end);
            assertThat(data.resolve(name)
                            .resolve("runs")
                            .resolve(TENANT)
                            .resolve("runs")
                            .resolve(run.request().runId()))
                    .isDirectoryNotContaining("glob:**/assessment.json");
        }
    }

    @Test
    void aRunThatIsDeletedCannotBeDoneAgain() {
        Stores stores = begun("deleted", file -> {});
        scene.work(BROKEN, stores, 1);
        Runs runs = scene.on(NEXT, stores).runs();
        RunRecord run = stores.runs().find(scene.run(BROKEN).runId()).orElseThrow();
        List<String> before =
                Scene.matters(stores.trends().changes(scene.run(BROKEN).runId()));
        runs.delete(run, "Ann", "of a test");
        runs.delete(run, "Bob", "again");

        scene.work(BROKEN, stores, 2);

        assertThat(stores.runs()
                        .tombstone(scene.run(BROKEN).runId())
                        .orElseThrow()
                        .by())
                .isEqualTo("Ann");
        assertThat(stores.runs()
                        .tombstone(scene.run(BROKEN).runId())
                        .orElseThrow()
                        .changes())
                .isEqualTo(before.size());
        assertThat(stores.runs().results(scene.run(BROKEN).runId())).isEmpty();
        ChangeFeed.Told told = scene.on(NEXT, stores).published().after(2, WebhookFilter.ALL);
        assertThat(told.gap()).isZero();
        assertThat(told.position()).isEqualTo(4);
        assertThat(told.changes())
                .hasSize(5)
                .allSatisfy(change -> assertThat(change.message()).contains("deleted by Ann"));
        RunRecord queued = new RunRecord(scene.run(3), RunRecord.State.QUEUED, "", Scene.FIRST);
        assertThatExceptionOfType(dev.parc.assessment.ledger.RefusedException.class)
                .isThrownBy(() -> runs.delete(queued, "Ann", "of a test"));
    }
}
