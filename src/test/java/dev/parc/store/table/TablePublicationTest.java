package dev.parc.store.table;

import com.azure.data.tables.TableServiceClient;
import dev.parc.assessment.run.RunStore;
import dev.parc.store.PublicationContract;
import org.junit.jupiter.api.BeforeEach;

class TablePublicationTest extends PublicationContract {

    @BeforeEach
    void emptyTheTables() {
        TableServiceClient service =
                Tables.builder().connectionString(Azurite.connectionString()).buildClient();
        service.listTables().forEach(table -> service.deleteTable(table.getName()));
    }

    @Override
    protected RunStore open(String tenantId) {
        return TableRunStore.of(Azurite.connectionString(), tenantId);
    }
}
