package dev.parc.functions.host;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
    private final Map<String, Instant> hiddenUntil = new HashMap<>();
    private final Semaphore news = new Semaphore(0);

    /**
     * @param queues the folder of all queues
     * @param pause between the attempts at one message
     */
    DeskQueue(Path queues, String name, Duration pause, Clock clock) {
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
        String id = "%013d-%s".formatted(clock.millis(), UUID.randomUUID());
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

    /** Takes the oldest message that may be tried now, and counts the attempt; empty if there is none. */
    synchronized Optional<Message> take() {
        Instant now = clock.instant();
        try {
            for (Path file : files()) {
                Matcher parts = FILE.matcher(file.getFileName().toString());
                if (parts.matches() && isWornOut(parts)) {
                    bury(file, parts.group(1));
                } else if (parts.matches()
                        && !hiddenUntil.getOrDefault(parts.group(1), now).isAfter(now)) {
                    long attempt = Long.parseLong(parts.group(2)) + 1;
                    Path counted = file.resolveSibling(parts.group(1) + "." + attempt + ".msg");
                    Files.move(file, counted, StandardCopyOption.ATOMIC_MOVE);
                    return Optional.of(new Message(counted, parts.group(1), attempt, text(counted)));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the queue " + name + " cannot be read", e);
        }
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
    }

    /** Gives the message back for another attempt after a pause; after the last one it goes to the poison queue. */
    synchronized void failed(Message message) {
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
