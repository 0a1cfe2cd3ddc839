package dev.parc.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.parc.assessment.json.DeliveryJson;
import dev.parc.functions.WebhooksApi;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries to several receivers: none waits for another, and each gets its own in order. */
class SideBySideTest {

    private static final String QUEUE = "parc-deliveries";

    @TempDir
    Path folder;

    /** Receivers of whom some never answer and one fails at first. */
    public static final class Receivers {

        private final List<String> got = new CopyOnWriteArrayList<>();
        private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
        private final Set<String> never;
        private final CountDownLatch end = new CountDownLatch(1);
        private final CountDownLatch all;

        Receivers(Set<String> never, int expected) {
            this.never = never;
            this.all = new CountDownLatch(expected);
        }

        @FunctionName("DeliverInTest")
        public void deliver(@QueueTrigger(name = "message", queueName = QUEUE) String message)
                throws InterruptedException {
            DeliveryJson.Due due = DeliveryJson.readMessage(message);
            if (never.contains(due.hookId())) {
                end.await();
            }
            if (due.hookId().equals(hook('c')) && attempts.merge(due.runId(), 1, Integer::sum) == 1) {
                throw new IllegalStateException("not now");
            }
            got.add(due.runId());
            all.countDown();
        }
    }

    private static String run(int number) {
        return "20260131T08000" + number + "Z-00000000";
    }

    private static String hook(char letter) {
        return String.valueOf(letter).repeat(8) + "-0000-4000-8000-000000000000";
    }

    private static Stream<String> messages(char letter, int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(run -> DeliveryJson.message(new DeliveryJson.Due(hook(letter), run(run), false)));
    }

    private List<String> delivered(Receivers receivers, Stream<String> messages) throws InterruptedException {
        DeskQueue queue = new DeskQueue(folder, QUEUE, Duration.ZERO, Clock.systemUTC(), WebhooksApi.receivers(QUEUE));
        messages.forEach(queue::put);
        DeskFunction function = DeskFunction.of(receivers).findFirst().orElseThrow();
        DeskWorker worker = new DeskWorker(function, queue, (name, text) -> {}, WebhooksApi.sideBySide(QUEUE));
        Thread thread = new Thread(worker);
        thread.setDaemon(true);
        thread.start();
        receivers.all.await();
        List<String> got = List.copyOf(receivers.got);
        worker.stop();
        receivers.end.countDown();
        thread.join();
        worker.awaitEnd(Duration.ofSeconds(10));
        return got;
    }

    @Test
    @Timeout(60)
    void twoThatNeverAnswerDelayNobody() throws InterruptedException {
        Receivers receivers = new Receivers(Set.of(hook('a'), hook('b')), 3);

        assertThat(delivered(
                        receivers,
                        Stream.of(messages('a', 2), messages('b', 2), messages('d', 3))
                                .flatMap(all -> all)))
                .containsExactly(run(1), run(2), run(3));
    }

    @Test
    @Timeout(60)
    void whatIsTriedAgainIsNotOvertaken() throws InterruptedException {
        Receivers receivers = new Receivers(Set.of(), 3);

        assertThat(delivered(receivers, messages('c', 3))).containsExactly(run(1), run(2), run(3));
        assertThat(receivers.attempts.values()).containsOnly(2);
    }
}
