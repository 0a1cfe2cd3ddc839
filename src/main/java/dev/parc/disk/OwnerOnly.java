package dev.parc.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders that nobody but their owner may read: they hold keys of subscriptions and names of administrators. Where a file
 * system knows no such permissions, as on Windows, they are as safe as the folder that they are in.
 */
public final class OwnerOnly {

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private OwnerOnly() {}

    /**
     * The folder, made for its owner alone if it is not there. One that is there may be somebody's, with other things in it, and stays
     * as it is.
     *
     * @throws IOException if it cannot be made
     */
    public static Path folder(Path folder) throws IOException {
        return isPosix(folder)
                ? Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER))
                : Files.createDirectories(folder);
    }

    /**
     * A folder in which nothing is but what PARC has put there: made if it is not there, and one that others may read, as an earlier
     * release left it, is closed to them with all that is in it.
     *
     * @throws IOException if it cannot be made, or belongs to somebody else and is open to others
     */
    public static Path ownFolder(Path folder) throws IOException {
        folder(folder);
        if (isPosix(folder) && !Files.getPosixFilePermissions(folder).equals(FOLDER)) {
            Files.setPosixFilePermissions(folder, FOLDER);
            close(folder);
        }
        return folder;
    }

    /** With what a file is made there; nothing where the file system has no such permissions. */
    public static FileAttribute<?>[] file(Path folder) {
        return isPosix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)}
                : new FileAttribute<?>[0];
    }

    private static void close(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) throws IOException {
                Files.setPosixFilePermissions(inner, FOLDER);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    Files.setPosixFilePermissions(file, FILE);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult
                        .CONTINUE; // gone meanwhile, or another's; the folder above is closed all the same
            }
        });
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
