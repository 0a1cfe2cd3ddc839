package dev.parc.store.table;

import com.azure.core.credential.TokenCredential;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/** Which tables a storage account has: a question that changes nothing. */
public final class TableNames implements Supplier<List<String>> {

    private static final String OURS = "Parc";

    private final Tables tables;

    private TableNames(Tables tables) {
        this.tables = tables;
    }

    /** Those of the storage account that a connection string leads to. */
    public static TableNames of(String connectionString) {
        return new TableNames(new Tables(
                () -> Tables.builder().connectionString(connectionString).buildClient()));
    }

    /** Those at the URI of a storage account's table service. */
    public static TableNames of(URI account, TokenCredential credential) {
        return new TableNames(new Tables(() -> Tables.builder()
                .endpoint(account.toString())
                .credential(credential)
                .buildClient()));
    }

    /**
     * The names of PARC's tables, sorted.
     *
     * @throws dev.parc.assessment.ledger.StoreException if they cannot be read
     */
    @Override
    public List<String> get() {
        return tables.names().stream()
                .filter(name -> name.startsWith(OURS))
                .sorted()
                .toList();
    }
}
