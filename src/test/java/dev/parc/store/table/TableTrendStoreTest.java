package dev.parc.store.table;

import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.publishing.Publications;
import dev.parc.store.TrendStoreContract;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

class TableTrendStoreTest extends TrendStoreContract {

    private String test = "";

    @BeforeEach
    void aTenantOfItsOwn() {
        test = UUID.randomUUID().toString().substring(0, 8);
    }

    @Override
    protected TrendStore open(String tenantId, Publications publications) {
        return TableTrendStore.of(Azurite.connectionString(), test + tenantId, publications);
    }
}
