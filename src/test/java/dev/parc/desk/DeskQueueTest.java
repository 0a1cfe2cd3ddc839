package dev.parc.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskQueueTest {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-01-31T08:00:00Z");
    private DeskQueue queue;

    @BeforeEach
    void open() {
        queue = queue("work");
    }

    private DeskQueue queue(String name) {
        InstantSource source = () -> now;
        Clock clock = source.withZone(ZoneOffset.UTC);
        return new DeskQueue(folder, name, PAUSE, clock);
    }

    @Test
    void messagesComeInTheOrderInWhichTheyWerePut() {
        queue.put("first");
        now = now.plusMillis(1);
        queue.put("second");

        assertThat(take(queue).text()).isEqualTo("first");
    }

    @Test
    void aMessageThatIsDoneIsGone() {
        queue.put("one");

        queue.done(take(queue));

        assertThat(queue.take()).isEmpty();
        assertThat(queue("work").take()).isEmpty();
    }

    @Test
    void aMessageThatNobodyFinishedIsThereAfterARestartAndItsAttemptCounts() {
        queue.put("one");
        take(queue);

        DeskQueue.Message again = take(queue("work"));

        assertThat(again.text()).isEqualTo("one");
        assertThat(again.attempt()).isEqualTo(2);
    }

    @Test
    void aMessageThatFailedIsHiddenForThePause() {
        queue.put("one");
        queue.failed(take(queue));

        assertThat(queue.take()).isEmpty();
        now = now.plus(PAUSE);
        assertThat(take(queue).attempt()).isEqualTo(2);
    }

    @Test
    void afterTheFifthAttemptAMessageGoesToThePoisonQueue() {
        queue.put("one");
        for (int attempt = 1; attempt <= 5; attempt++) {
            queue.failed(take(queue));
            now = now.plus(PAUSE);
        }

        assertThat(queue.take()).isEmpty();
        assertThat(take(queue("work-poison")).text()).isEqualTo("one");
    }

    @Test
    void aPoisonQueueNeverLosesAMessage() {
        DeskQueue poison = queue("work-poison");
        poison.put("one");
        for (int attempt = 1; attempt <= 7; attempt++) {
            poison.failed(take(poison));
            now = now.plus(Duration.ofMinutes(10));
        }

        assertThat(take(poison).text()).isEqualTo("one");
    }

    @Test
    void whatIsNoMessageIsLeftAlone() throws Exception {
        Files.writeString(folder.resolve("work/notes.txt"), "mine");
        Files.writeString(folder.resolve("work/half.draft"), "{");

        assertThat(queue.take()).isEmpty();
        assertThat(folder.resolve("work/notes.txt")).exists();
    }

    @Test
    void aMessageThatIsTooLargeIsCutOff() throws Exception {
        Files.writeString(folder.resolve("work/large.0.msg"), "x".repeat(1_000_000));

        assertThat(take(queue).text()).hasSize(64 * 1024);
    }

    private static DeskQueue.Message take(DeskQueue queue) {
        return queue.take().orElseThrow();
    }
}
