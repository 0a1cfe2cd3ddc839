package dev.parc.store.file;

import dev.parc.assessment.ledger.StoreException;
import dev.parc.disk.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** A folder of text files, each written whole or not at all. Paths are relative to it and made of safe names only. */
final class Folder {

    private static final Logger LOG = Logger.getLogger(Folder.class.getName());

    /** File locks are held by the process, so the threads of one process take turns by these. */
    private static final Map<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();

    /** Nobody. */
    static final Watcher UNWATCHED = file -> {};

    private final Path root;
    private final Watcher watcher;

    /** Is told of every step before it is taken. */
    interface Watcher {

        /** Before a file is written aside, takes its place, or is deleted. */
        void before(Path file) throws IOException;
    }

    Folder(Path root, Watcher watcher) {
        this.root = root;
        this.watcher = watcher;
    }

    Path path(Path file) {
        return root.resolve(file);
    }

    /** Does the work while no other writer does, in this process or another; it may be part of such work. */
    <T> T alone(Supplier<T> work) {
        ReentrantLock turn = TURNS.computeIfAbsent(root, path -> new ReentrantLock());
        turn.lock();
        try {
            if (turn.getHoldCount() > 1) {
                return work.get();
            }
            OwnerOnly.ownFolder(root);
            try (FileChannel channel = FileChannel.open(
                            root.resolve("lock"),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            OwnerOnly.file(root));
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("the lock was lost");
                }
                return work.get();
            }
        } catch (IOException e) {
            throw failure("written to", root, e);
        } finally {
            turn.unlock();
        }
    }

    /** The text of a file; empty if there is no such file. */
    Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(path(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw new StoreException(
                    "The file " + path(file) + " is broken (not UTF-8): restore it or delete the run's files", e);
        } catch (IOException e) {
            throw failure("read", path(file), e);
        }
    }

    /** Whether there is such a file. */
    boolean exists(Path file) {
        return Files.exists(path(file));
    }

    /** Replaces the file, and returns when the disk has it. Only for who is {@link #alone}. */
    void write(Path file, String text) {
        Path target = path(file);
        Path parent = target.resolveSibling("");
        Path whole = unfinished(target);
        try {
            OwnerOnly.folder(parent);
            watcher.before(whole);
            try (FileChannel channel = FileChannel.open(
                    whole,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                    OwnerOnly.file(parent))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            watcher.before(target);
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
            if (isPosix(parent)) {
                try (FileChannel names = FileChannel.open(parent, StandardOpenOption.READ)) {
                    names.force(true);
                }
            }
        } catch (IOException e) {
            forget(whole);
            throw failure("written", target, e);
        }
    }

    /** What is left of a file that could not be written takes the space of others. */
    private static void forget(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            LOG.log(Level.FINE, "half a file stays", e);
        }
    }

    /** The names in a folder; none if there is no such folder. */
    List<String> names(Path folder) {
        try (Stream<Path> children = Files.list(path(folder))) {
            return children.map(child -> child.getFileName().toString()).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | UncheckedIOException e) {
            throw failure("read", path(folder), e);
        }
    }

    /** Deletes the file, if there is one. Only for who is {@link #alone}. */
    void delete(Path file) {
        try {
            watcher.before(path(file));
            Files.deleteIfExists(path(file));
            Files.deleteIfExists(unfinished(path(file)));
        } catch (IOException e) {
            throw failure("deleted", path(file), e);
        }
    }

    private static Path unfinished(Path target) {
        return target.resolveSibling(target.getFileName() + ".new");
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    private static StoreException failure(String verb, Path path, Exception e) {
        if (String.valueOf(e.getMessage()).contains("No space left")
                || String.valueOf(e.getMessage()).contains("quota exceeded")) {
            return new StoreException(
                    "no space left on " + path + ": free some space, or choose another folder with --data", e);
        }
        return new StoreException(
                path + " could not be " + verb + " (" + reason(e)
                        + "): check its permissions and the space on its disk",
                e);
    }

    private static String reason(Exception e) {
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
