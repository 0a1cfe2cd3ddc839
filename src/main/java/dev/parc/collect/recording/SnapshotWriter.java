package dev.parc.collect.recording;

import dev.parc.collect.TenantException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a snapshot whole or not at all. */
public final class SnapshotWriter {

    private SnapshotWriter() {}

    /**
     * Makes sure, before anything is read, that a snapshot may be written there.
     *
     * @throws TenantException if something else is there
     */
    public static void check(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new TenantException("no folder to write the snapshot " + path + " in: create it first");
        }
        if (isZip(path) ? Files.isDirectory(path) : Files.isRegularFile(path)) {
            throw new TenantException("the snapshot " + path + " must be a folder or a file ending in .zip");
        }
        if (Files.exists(path) && !isEmptyFolder(path) && !isSnapshot(path)) {
            throw new TenantException(path + " exists and is not a snapshot: choose another name");
        }
    }

    static void write(Path path, Snapshot snapshot) {
        check(path);
        Map<String, String> files = new TreeMap<>();
        snapshot.answers().forEach((request, answer) -> files.put(request.file(), answer.body()));
        files.put(Manifest.NAME, Manifest.write(snapshot));
        try {
            if (isZip(path)) {
                writeZip(path.toAbsolutePath(), files);
            } else {
                writeFolder(path.toAbsolutePath(), files);
            }
        } catch (IOException e) {
            throw new TenantException(
                    "the snapshot " + path + " could not be written: check the disk and the permissions of its folder",
                    e);
        }
    }

    private static boolean isZip(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    private static boolean isEmptyFolder(Path path) {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new TenantException("the folder " + path + " cannot be read: check its permissions", e);
        }
    }

    private static boolean isSnapshot(Path path) {
        try (SnapshotSource source = SnapshotSource.open(path)) {
            return source.read(Manifest.NAME).map(Manifest::read).isPresent();
        } catch (TenantException e) {
            return false; // what cannot be read as a snapshot is none
        }
    }

    private static void writeZip(Path path, Map<String, String> files) throws IOException {
        Path beside = Files.createTempFile(folderOf(path), ".parc-", ".zip");
        try {
            try (OutputStream stream = Files.newOutputStream(beside);
                    ZipOutputStream zip = new ZipOutputStream(stream, StandardCharsets.UTF_8)) {
                for (Map.Entry<String, String> file : files.entrySet()) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                    zip.closeEntry();
                }
            }
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void writeFolder(Path path, Map<String, String> files) throws IOException {
        Path beside = Files.createTempDirectory(folderOf(path), ".parc-");
        try {
            Path written = Files.createDirectory(beside.resolve("new"));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path target = written.resolve(file.getKey());
                Files.createDirectories(folderOf(target));
                Files.writeString(target, file.getValue());
            }
            replace(path, written, beside.resolve("old"));
        } finally {
            deleteAll(beside);
        }
    }

    private static void replace(Path path, Path written, Path old) throws IOException {
        if (Files.exists(path)) {
            Files.move(path, old, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (Files.exists(old)) {
                Files.move(old, path, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
    }

    private static Path folderOf(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " is in no folder");
        }
        return parent;
    }

    private static void deleteAll(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
