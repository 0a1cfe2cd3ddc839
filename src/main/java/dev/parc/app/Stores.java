package dev.parc.app;

import com.azure.core.credential.TokenCredential;
import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.run.RunStore;
import dev.parc.disk.OwnerOnly;
import dev.parc.store.TenantRuns;
import dev.parc.store.file.FileLedger;
import dev.parc.store.file.FileRunStore;
import dev.parc.store.file.FileTrendStore;
import dev.parc.store.table.TableLedger;
import dev.parc.store.table.TableRunStore;
import dev.parc.store.table.TableTrendStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where one tenant's runs and what people decide about it are kept. */
public record Stores(RunStore runs, Ledger ledger, TrendStore trends) {

    private static final Logger LOG = Logger.getLogger(Stores.class.getName());

    /** In files below a folder. */
    public static Stores files(Path folder, String tenantId) {
        String own = new TenantRuns(tenantId).tenantId();
        List.of("runs", "ledger", "trends")
                .forEach(kind -> closed(folder.resolve(kind).resolve(own)));
        RunStore runs = new FileRunStore(folder.resolve("runs"), tenantId);
        return new Stores(
                runs,
                new FileLedger(folder.resolve("ledger"), tenantId),
                new FileTrendStore(folder.resolve("trends"), tenantId, runs));
    }

    /** What an earlier release left open to others is closed to them. */
    private static void closed(Path folder) {
        if (Files.isDirectory(folder)) {
            try {
                OwnerOnly.ownFolder(folder);
            } catch (IOException e) {
                LOG.log(
                        Level.WARNING,
                        "the folder " + folder
                                + " can be read by other users, and its permissions could not be changed",
                        e);
            }
        }
    }

    /**
     * In Azure tables.
     *
     * @param tables a connection string, or the URI of a table service, for which the credential is asked
     */
    static Stores tables(String tables, String tenantId, Supplier<TokenCredential> credential) {
        if (!tables.startsWith("http")) {
            RunStore runs = TableRunStore.of(tables, tenantId);
            return new Stores(runs, TableLedger.of(tables, tenantId), TableTrendStore.of(tables, tenantId, runs));
        }
        URI account = URI.create(tables);
        RunStore runs = TableRunStore.of(account, credential.get(), tenantId);
        return new Stores(
                runs,
                TableLedger.of(account, credential.get(), tenantId),
                TableTrendStore.of(account, credential.get(), tenantId, runs));
    }
}
