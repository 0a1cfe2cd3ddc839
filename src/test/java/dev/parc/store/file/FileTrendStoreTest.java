package dev.parc.store.file;

import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.publishing.Publications;
import dev.parc.store.TrendStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileTrendStoreTest extends TrendStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected TrendStore open(String tenantId, Publications publications) {
        return new FileTrendStore(folder, tenantId, publications);
    }
}
