package dev.parc.store.file;

import static dev.parc.assessment.Assessments.TENANT;
import static dev.parc.assessment.Assessments.assessment;
import static dev.parc.assessment.Assessments.queued;
import static dev.parc.assessment.Assessments.request;
import static dev.parc.assessment.Assessments.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import dev.parc.store.RunStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRunStoreTest extends RunStoreContract {

    private static final String RUN = "20260131T080000Z-00000001";

    @TempDir
    private Path folder;

    @Override
    protected RunStore open(String tenantId) {
        return new FileRunStore(folder, tenantId);
    }

    private RunStore finished() {
        RunStore store = open(TENANT);
        store.begin(queued(request(RUN, Stage.S1)));
        store.finish(assessment(RUN, result("S1-01", Outcome.PASS)));
        return store;
    }

    private Path run(String file) {
        return folder.resolve(TENANT).resolve("runs").resolve(RUN).resolve(file);
    }

    @Test
    void aStoreThatIsOnlyReadLeavesNoTrace() {
        open(TENANT).newest(10);

        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"schema\":\"parc-run/2\"}", "\u0000\u0000\u0000"})
    void aBrokenFileIsNamed(String content) throws IOException {
        RunStore store = finished();

        Files.writeString(run("assessment.json"), content);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.results(RUN))
                .withMessageContainingAll(run("assessment.json").toString(), "broken")
                .withMessageNotContaining("\n");
        Files.writeString(run("run.json"), content);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.newest(1))
                .withMessageContainingAll(run("run.json").toString(), "broken");
    }

    @Test
    void aFileThatIsNotTextIsNamed() throws IOException {
        RunStore store = finished();

        Files.write(run("run.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.find(RUN))
                .withMessageContainingAll(run("run.json").toString(), "broken");
    }

    @Test
    void resultsThatAreMissingAreAnError() throws IOException {
        RunStore store = finished();

        Files.delete(run("assessment.json"));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.results(RUN))
                .withMessageContainingAll(RUN, "missing");
    }

    @Test
    void whatACrashLeftHalfWrittenIsNotSeenAndDeletedWithItsRun() throws IOException {
        RunStore store = open(TENANT);
        store.begin(queued(request(RUN, Stage.S1)));
        Files.writeString(run("run.json.new"), "{\"sch");
        Files.writeString(run("assessment.json.new"), "{\"sch");
        Files.createDirectories(folder.resolve(TENANT).resolve("runs").resolve("20260131T070000Z-00000002"));

        assertThat(store.newest(10)).containsExactly(queued(request(RUN, Stage.S1)));
        assertThat(store.results(RUN)).isEmpty();
        assertThat(store.deleteBefore(Instant.parse("2027-01-01T00:00:00Z"), Set.of()))
                .isEqualTo(2);
        assertThat(folder.resolve(TENANT).resolve("runs")).isEmptyDirectory();
    }

    @Test
    void filesOfOthersInTheFolderDoNotMatter() throws IOException {
        RunStore store = finished();
        Files.writeString(folder.resolve(TENANT).resolve("runs").resolve(".DS_Store"), "x");
        Files.writeString(
                folder.resolve(TENANT).resolve("history").resolve("S1-01").resolve("desktop.ini"), "x");
        Files.writeString(folder.resolve(TENANT).resolve("history").resolve(".DS_Store"), "x");
        Files.writeString(run(".DS_Store"), "x");

        assertThat(store.newest(10)).hasSize(1);
        assertThat(store.history("S1-01", 10)).hasSize(1);
        assertThat(store.deleteBefore(Instant.parse("2027-01-01T00:00:00Z"), Set.of()))
                .isEqualTo(1);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("occupied"), "x");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> new FileRunStore(file, TENANT).begin(queued(request(RUN, Stage.S1))))
                .withMessageContaining(file.toString())
                .withMessageNotContaining("\n");
    }

    @Test
    void processesTakeTurns() throws IOException, InterruptedException {
        List<Process> others = new java.util.ArrayList<>();
        for (int number = 0; number < 2; number++) {
            others.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home", ""), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path", ""),
                            Writer.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("writer" + number + ".log").toFile())
                    .start());
        }
        for (Process other : others) {
            assertThat(other.waitFor()).isZero();
        }

        RunStore store = open(TENANT);
        assertThat(store.newest(1000)).hasSize(Writer.RUNS).allSatisfy(run -> {
            assertThat(store.results(run.request().runId())).isPresent();
            assertThat(run.progress()).isEqualTo("done");
        });
        assertThat(store.history("S1-01", 1000)).hasSize(Writer.RUNS);
    }

    /** Another process that begins and finishes the same runs. */
    static final class Writer {

        static final int RUNS = 20;

        private Writer() {}

        public static void main(String[] arguments) {
            RunStore store = new FileRunStore(Path.of(arguments[0]), TENANT);
            IntStream.range(0, RUNS)
                    .mapToObj(second -> String.format("20260131T0800%02dZ-00000001", second))
                    .filter(RunIds::isOne)
                    .forEach(id -> {
                        store.begin(queued(request(id, Stage.S1)));
                        store.update(queued(request(id, Stage.S1)));
                        store.finish(assessment(id, result("S1-01", Outcome.PASS)));
                    });
        }
    }
}
