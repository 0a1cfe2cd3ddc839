package dev.parc.store.file;

import dev.parc.app.Stores;
import dev.parc.assessment.run.RunStore;
import java.io.IOException;
import java.nio.file.Path;

/** The stores of a tenant in files, with somebody who sees every step of a write before it is taken. */
public final class WatchedFiles {

    private WatchedFiles() {}

    /** Sees a file that is about to be written aside, to take its place, or to be deleted. */
    public interface Watcher {
        void before(Path file) throws IOException;
    }

    /** The stores of a tenant, laid out as {@link Stores#files} does. */
    public static Stores stores(Path folder, String tenantId, Watcher watcher) {
        Folder.Watcher seen = watcher::before;
        RunStore runs = new FileRunStore(folder.resolve("runs"), tenantId, seen);
        return new Stores(
                runs,
                new FileLedger(folder.resolve("ledger"), tenantId, seen),
                new FileTrendStore(folder.resolve("trends"), tenantId, runs, seen));
    }
}
