package dev.parc.collect.recording;

import dev.parc.collect.TenantException;
import dev.parc.collect.WrittenText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Where the files of a snapshot are. What it holds is not trusted. */
public interface SnapshotSource extends AutoCloseable {

    /** The largest file that is read. */
    long MOST_BYTES = 64L << 20;

    /**
     * A file's text; empty if it is not there.
     *
     * @param name relative, with slashes
     * @throws TenantException if it lies outside, is too large or cannot be read
     */
    Optional<String> read(String name);

    @Override
    void close();

    /**
     * The files in a folder or a zip file.
     *
     * @throws TenantException if it is not there or is neither
     */
    static SnapshotSource open(Path path) {
        if (Files.isDirectory(path)) {
            return new Folder(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new TenantException("there is no snapshot at " + path + ": give a folder or a .zip file");
        }
        return new Zip(path);
    }

    /**
     * The files in a folder of the class path.
     *
     * @param folder absolute, with a slash at its end
     */
    static SnapshotSource ofClassPath(String folder) {
        return new ClassPath(folder);
    }

    /** Whether a name stays inside the folder it is resolved in. */
    static boolean isInside(String name) {
        return !name.isEmpty()
                && name.indexOf('\\') < 0
                && name.indexOf('\0') < 0
                && name.indexOf(':') < 0
                && Arrays.stream(name.split("/", -1))
                        .noneMatch(segment -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
    }

    private static String text(String name, InputStream stream) throws IOException {
        byte[] bytes = stream.readNBytes((int) MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new TenantException("the snapshot's " + name + " is larger than " + (MOST_BYTES >> 20)
                    + " MB: take the snapshot again");
        }
        return WrittenText.of(bytes);
    }

    private static TenantException noSnapshot(Path path) {
        return new TenantException(
                path + " is not a snapshot: it has neither " + Manifest.NAME + " nor a folder graph");
    }

    private static TenantException unreadable(String name, IOException cause) {
        return new TenantException(
                "the snapshot's " + name + " cannot be read: check the file, or take the snapshot again", cause);
    }

    /** A folder on disk; links that lead out of it are refused. */
    final class Folder implements SnapshotSource {

        private final Path root;

        private Folder(Path path) {
            try {
                this.root = path.toRealPath();
            } catch (IOException e) {
                throw unreadable("folder " + path, e);
            }
            if (!Files.exists(root.resolve(Manifest.NAME)) && !Files.isDirectory(root.resolve("graph"))) {
                throw noSnapshot(path);
            }
        }

        @Override
        public Optional<String> read(String name) {
            if (!isInside(name)) {
                throw new TenantException("the snapshot names the file " + name + ", which is not inside it");
            }
            Path file = root.resolve(name);
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            try {
                Path real = file.toRealPath();
                if (!real.startsWith(root)) {
                    throw new TenantException(
                            "the snapshot's " + name + " is a link that leads out of it: remove the link");
                }
                if (!Files.isRegularFile(real)) {
                    throw new TenantException(
                            "the snapshot's " + name + " is a folder, a pipe or a device instead of a file: remove it");
                }
                try (InputStream stream = Files.newInputStream(file)) {
                    return Optional.of(text(name, stream));
                }
            } catch (IOException e) {
                throw unreadable(name, e);
            }
        }

        @Override
        public void close() {
            // a folder holds nothing open
        }
    }

    /** A zip file; nothing of it is ever unpacked to disk. */
    final class Zip implements SnapshotSource {

        private static final int MOST_ENTRIES = 200_000;
        private static final long MOST_IN_ALL = 1L << 30;

        private final Path path;
        private static final Pattern BEGINNING = Pattern.compile("((?:[^/]+/)?)(?:manifest\\.json|graph/.*)");

        private final ZipFile zip;
        private final String top;
        private long read;

        private Zip(Path path) {
            this.path = path;
            try {
                this.zip = new ZipFile(path.toFile());
            } catch (ZipException e) {
                throw new TenantException(
                        path + " is not a complete zip file: use a folder or a .zip file that PARC wrote", e);
            } catch (IOException e) {
                throw unreadable("file " + path, e);
            }
            try {
                check();
                this.top = top();
            } catch (TenantException e) {
                close();
                throw e;
            }
        }

        private void check() {
            if (zip.size() > MOST_ENTRIES) {
                throw new TenantException(path + " holds more than " + MOST_ENTRIES + " files: it is no snapshot");
            }
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                String bare = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
                if (!isInside(bare)) {
                    throw new TenantException(path + " holds a file named " + name.replaceAll("\\p{Cntrl}", "?")
                            + ", which leads out of it: take the snapshot again");
                }
            }
        }

        /** The folder that was zipped, with a slash at its end; empty if its files were. */
        private String top() {
            return zip.stream()
                    .map(entry -> BEGINNING.matcher(entry.getName()))
                    .filter(Matcher::matches)
                    .map(found -> found.group(1))
                    .min(Comparator.comparingInt(String::length))
                    .orElseThrow(() -> noSnapshot(path));
        }

        @Override
        public synchronized Optional<String> read(String name) {
            ZipEntry entry = zip.getEntry(top + name);
            if (entry == null || entry.isDirectory()) {
                return Optional.empty();
            }
            try (InputStream stream = zip.getInputStream(entry)) {
                String text = text(name, stream);
                read += text.length();
                if (read > MOST_IN_ALL) {
                    throw new TenantException(path + " unpacks to more than " + (MOST_IN_ALL >> 30)
                            + " GB: it is not a snapshot of a tenant");
                }
                return Optional.of(text);
            } catch (IOException e) {
                throw unreadable(name, e);
            }
        }

        @Override
        public void close() {
            try {
                zip.close();
            } catch (IOException e) {
                throw unreadable("file " + path, e);
            }
        }
    }

    /** A folder of the class path, which is part of PARC. */
    final class ClassPath implements SnapshotSource {

        private final String folder;

        private ClassPath(String folder) {
            this.folder = folder;
        }

        @Override
        public Optional<String> read(String name) {
            try (InputStream stream = ClassPath.class.getResourceAsStream(folder + name)) {
                return stream == null ? Optional.empty() : Optional.of(text(name, stream));
            } catch (IOException e) {
                throw unreadable(name, e);
            }
        }

        @Override
        public void close() {
            // the class path stays open
        }
    }
}
