package dev.parc.store.file;

import dev.parc.assessment.run.RunStore;
import dev.parc.store.PublicationContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FilePublicationTest extends PublicationContract {

    @TempDir
    private Path folder;

    @Override
    protected RunStore open(String tenantId) {
        return new FileRunStore(folder, tenantId);
    }
}
