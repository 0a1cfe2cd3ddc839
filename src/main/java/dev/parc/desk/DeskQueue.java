package dev.parc.desk;

import dev.parc.app.Runs;
import dev.parc.app.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A queue in a folder, one file a message, so that messages outlive the process. The name of a file is
 * {@code <time>-<id>.<attempts>.msg}: an attempt is counted before it is made, so one that kills the process counts too.
 */
final class DeskQueue {

    private static final String POISON = "-poison";
    private static final Duration POISON_PAUSE = Duration.ofMinutes(10);
    private static final Pattern FILE = Pattern.compile("(.+)\\.(\\d{1,6})\\.msg");
    private static final int MOST_BYTES = 64 * 1024;

    private final Path queues;
    private final String name;
    private final Duration pause;
    private final Clock clock;
    private final Function<String, Optional<String>> receiver;
    private final Map<String, Instant> hiddenUntil = new HashMap<>();
    private final Map<String, Optional<String>> receivers = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<String> served = new HashSet<>();
    private long newest;
    private final Semaphore news = new Semaphore(0);

    /** A queue whose messages have nothing to do with each other. */
    DeskQueue(Path queues, String name, Duration pause, Clock clock) {
        this(queues, name, pause, clock, text -> Optional.empty());
    }

    /**
     * @param queues the folder of all queues
     * @param pause between the attempts at one message
     * @param receiver for whom the text of a message is: messages for one are taken one after the other, in order, while others
     *     get theirs; empty for nobody in particular
     */
    DeskQueue(Path queues, String name, Duration pause, Clock clock, Function<String, Optional<String>> receiver) {
        this.receiver = receiver;
        this.queues = queues;
        this.name = name;
        this.pause = pause;
        this.clock = clock;
        folder(name);
    }

    /** A message that was taken from the queue. */
    record Message(Path file, String id, long attempt, String text) {}

    /** Adds a message; when this returns it is on the disk. */
    synchronized void put(String text) {
        newest = Math.max(clock.millis(), newest + 1); // two in one millisecond keep their order
        String id = "%013d-%s".formatted(newest, UUID.randomUUID());
        Path draft = folder(name).resolve(id + ".draft");
        try {
            try (FileChannel channel =
                    FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                channel.write(StandardCharsets.UTF_8.encode(text));
                channel.force(true);
            }
            Files.move(draft, folder(name).resolve(id + ".0.msg"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("a message could not be put on the queue " + name, e);
        }
        wake();
    }

    /**
     * Takes the oldest message that may be tried now, and counts the attempt; empty if there is none. What comes after a
     * message for the same receiver that is tried, or waits to be tried again, waits too.
     */
    synchronized Optional<Message> take() {
        Instant now = clock.instant();
        Set<String> waiting = new HashSet<>(served);
        try {
            for (Path file : files()) {
                Matcher parts = FILE.matcher(file.getFileName().toString());
                if (parts.matches() && !taken.contains(parts.group(1)) && isWornOut(parts)) {
                    bury(file, parts.group(1));
                } else if (parts.matches() && isNext(file, parts.group(1), now, waiting)) {
                    of(file, parts.group(1)).ifPresent(served::add);
                    long attempt = Long.parseLong(parts.group(2)) + 1;
                    Path counted = file.resolveSibling(parts.group(1) + "." + attempt + ".msg");
                    Files.move(file, counted, StandardCopyOption.ATOMIC_MOVE);
                    taken.add(parts.group(1));
                    return Optional.of(new Message(counted, parts.group(1), attempt, text(counted)));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the queue " + name + " cannot be read", e);
        }
    }

    private boolean isNext(Path file, String id, Instant now, Set<String> waiting) throws IOException {
        Optional<String> whose = of(file, id);
        boolean hidden = taken.contains(id) || hiddenUntil.getOrDefault(id, now).isAfter(now);
        if (hidden) {
            whose.ifPresent(waiting::add);
        }
        return !hidden && whose.filter(waiting::contains).isEmpty();
    }

    private Optional<String> of(Path file, String id) throws IOException {
        Optional<String> known = receivers.get(id);
        if (known == null) {
            known = receiver.apply(text(file));
            receivers.put(id, known);
        }
        return known;
    }

    private void release(Message message) {
        taken.remove(message.id());
        Optional.ofNullable(receivers.get(message.id())).flatMap(whose -> whose).ifPresent(served::remove);
        wake();
    }

    /** Waits for a message to be put, and no longer than this. */
    void await(Duration longest) throws InterruptedException {
        if (news.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
    }

    /** Ends every {@link #await}. */
    void wake() {
        news.release();
    }

    /** Takes the message off for good. */
    synchronized void done(Message message) {
        try {
            Files.deleteIfExists(message.file());
        } catch (IOException e) {
            throw new UncheckedIOException("a message of the queue " + name + " cannot be deleted", e);
        }
        hiddenUntil.remove(message.id());
        release(message);
        receivers.remove(message.id());
    }

    /** Gives the message back for another attempt after a pause; after the last one it goes to the poison queue. */
    synchronized void failed(Message message) {
        release(message);
        if (name.endsWith(POISON)) {
            hiddenUntil.put(message.id(), clock.instant().plus(POISON_PAUSE));
        } else if (message.attempt() < Runs.ATTEMPTS) {
            hiddenUntil.put(message.id(), clock.instant().plus(pause));
        } else {
            try {
                bury(message.file(), message.id());
            } catch (IOException e) {
                throw new UncheckedIOException("a message cannot be moved to the queue " + name + POISON, e);
            }
        }
    }

    /** Whether no attempt is left, because the last one ended with the process. */
    private boolean isWornOut(Matcher parts) {
        return !name.endsWith(POISON) && Long.parseLong(parts.group(2)) >= Runs.ATTEMPTS;
    }

    private void bury(Path file, String id) throws IOException {
        Path poison = folder(name + POISON).resolve(id + ".0.msg");
        Files.move(file, poison, StandardCopyOption.ATOMIC_MOVE);
        hiddenUntil.remove(id);
        receivers.remove(id);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder(name))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The text of a message; what is longer than a message can be is cut off, and is then no run. */
    private static String text(Path file) throws IOException {
        try (InputStream message = Files.newInputStream(file)) {
            return new String(message.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    private Path folder(String queue) {
        try {
            return Files.createDirectories(queues.resolve(queue));
        } catch (IOException e) {
            throw new SettingsException("the folder " + queues + " cannot be written; choose another one with --data");
        }
    }
}
