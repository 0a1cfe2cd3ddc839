package dev.parc.store.file;

import dev.parc.assessment.StoreException;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A folder of text files, each written whole or not at all. Paths are relative to it and made of safe names only. */
final class Folder {

    /** File locks are held by the process, so the threads of one process take turns by these. */
    private static final Map<Path, Lock> TURNS = new ConcurrentHashMap<>();

    private final Path root;

    Folder(Path root) {
        this.root = root;
    }

    Path path(Path file) {
        return root.resolve(file);
    }

    /** Does the work while no other writer does, in this process or another. */
    <T> T alone(Supplier<T> work) {
        Lock turn = TURNS.computeIfAbsent(root, path -> new ReentrantLock());
        turn.lock();
        try {
            Files.createDirectories(root);
            try (FileChannel channel = FileChannel.open(
                            root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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

    /** Replaces the file, and returns when the disk has it. Only for who is {@link #alone}. */
    void write(Path file, String text) {
        Path target = path(file);
        Path parent = target.resolveSibling("");
        Path whole = unfinished(target);
        try {
            Files.createDirectories(parent);
            try (FileChannel channel = FileChannel.open(
                    whole, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
            if (isPosix(parent)) {
                try (FileChannel names = FileChannel.open(parent, StandardOpenOption.READ)) {
                    names.force(true);
                }
            }
        } catch (IOException e) {
            throw failure("written", target, e);
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
        return new StoreException(
                path + " could not be " + verb + " (" + reason(e)
                        + "): see to its permissions and the space on its disk",
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
