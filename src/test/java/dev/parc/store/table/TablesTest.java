package dev.parc.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.data.tables.models.TableEntity;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rows in the real table service's stand-in. */
class TablesTest {

    private static final String TABLE = "ParcTablesTest";

    private final String partition = UUID.randomUUID().toString();
    private final Tables tables = new Tables(
            () -> Tables.builder().connectionString(Azurite.connectionString()).buildClient());

    private List<TableEntity> rows(String... keys) {
        return Stream.of(keys).map(key -> new TableEntity(partition, key)).toList();
    }

    private List<String> kept() {
        return tables.query(TABLE, "PartitionKey eq '" + partition + "'", List.of(), 100).stream()
                .map(TableEntity::getRowKey)
                .toList();
    }

    @Test
    void rowsThatSomebodyElseDeletedDoNotKeepTheOthersFromBeingDeleted() {
        tables.put(TABLE, rows("1", "2", "3", "4"));
        tables.delete(TABLE, partition, "2");
        tables.delete(TABLE, rows("1", "2", "3"));
        assertThat(kept()).containsExactly("4");
    }

    @Test
    void rowsThatAreAllGoneAreDeletedAlready() {
        tables.put(TABLE, rows("1"));
        tables.delete(TABLE, rows("1", "2"));
        tables.delete(TABLE, rows("1", "2"));
        assertThat(kept()).isEmpty();
    }
}
