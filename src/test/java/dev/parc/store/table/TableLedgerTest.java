package dev.parc.store.table;

import static dev.parc.assessment.Assessments.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.TableEntity;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Ledger.Book;
import dev.parc.assessment.ledger.Ledger.Entry;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.store.LedgerContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableLedgerTest extends LedgerContract {

    private final TableServiceClient service =
            Tables.client(Azurite.connectionString()).get();

    @BeforeEach
    void emptyTheTables() {
        service.listTables().forEach(table -> service.deleteTable(table.getName()));
    }

    @Override
    protected Ledger open(String tenantId) {
        return TableLedger.of(Azurite.connectionString(), tenantId);
    }

    @Test
    void everyBookIsInItsTable() {
        for (Book book : Book.values()) {
            open(TENANT).append(book, new Entry("a", 1, "{}"));
        }

        assertThat(service.listTables())
                .extracting(table -> table.getName())
                .containsExactlyInAnyOrder("ParcAttestations", "ParcWaivers", "ParcAccounts", "ParcHooks");
    }

    /** Three books are in one table: what is acknowledged is neither a category nor somebody who held a role. */
    @Test
    void booksOfOneTableAreApart() {
        Ledger ledger = open(TENANT);
        ledger.append(Book.CATEGORIES, new Entry("a", 1, "{\"category\":1}"));
        ledger.append(Book.ACKNOWLEDGEMENTS, new Entry("a", 1, "{\"known\":1}"));
        ledger.append(Book.ACKNOWLEDGEMENTS, new Entry("a", 2, "{\"known\":2}"));

        assertThat(open(TENANT).newest(Book.ACKNOWLEDGEMENTS)).containsExactly(new Entry("a", 2, "{\"known\":2}"));
        assertThat(open(TENANT).newest(Book.CATEGORIES)).containsExactly(new Entry("a", 1, "{\"category\":1}"));
        assertThat(open(TENANT).newest(Book.ADMINISTRATORS)).isEmpty();
    }

    @Test
    void aRowThatIsBrokenIsNamed() {
        open(TENANT).append(Book.WAIVERS, new Entry("a", 1, "{}"));
        service.getTableClient("ParcWaivers")
                .createEntity(new TableEntity(TENANT + "|waivers", "b|2147483646|000").addProperty("Parts", 2));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> open(TENANT).newest(Book.WAIVERS))
                .withMessage(
                        "Row b|2147483646|000 of table ParcWaivers is broken (not all of its parts are there): restore or delete it");
    }

    @Test
    void aServiceThatDoesNotAnswerIsAStoreThatIsDown() {
        Ledger down = TableLedger.of(
                "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;TableEndpoint=http://127.0.0.1:1/a;",
                TENANT);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> down.newest(Book.ATTESTATIONS))
                .withMessageContaining("cannot be reached");
    }
}
