package dev.parc.store.file;

import dev.parc.assessment.RunStore;
import dev.parc.store.RunStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileRunStoreTest extends RunStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected RunStore open(String tenantId) {
        return new FileRunStore(folder, tenantId);
    }
}
