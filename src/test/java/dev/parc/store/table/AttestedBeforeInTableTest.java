package dev.parc.store.table;

import static dev.parc.collect.FakeTenant.TENANT_ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.TableEntity;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.assessment.Assessor;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.register.Attestations;
import dev.parc.check.Check;
import dev.parc.check.Verdict;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.facts.Attestation;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the release before kept of attestations in a table counts on where statements were merged. The rows were written by
 * its own code into a table service, of the same attestations that {@code AttestedBeforeTest} has as files, and taken from there.
 */
class AttestedBeforeInTableTest {

    private static final Path ROWS = Path.of("src/test/resources/attestations-in-a-table-of-the-release-before.json");

    private final TableServiceClient service =
            Tables.client(Azurite.connectionString()).get();
    private final SnapshotTenant demo = SnapshotTenant.demo();
    private final Facts read =
            demo.collect(FactKind.OF_TENANT, demo.designations(), phrase -> {}).facts();

    @BeforeEach
    void restore() throws IOException {
        service.listTables().forEach(table -> service.deleteTable(table.getName()));
        for (JsonNode row : new ObjectMapper().readTree(ROWS.toFile())) {
            TableEntity entity = new TableEntity(
                    row.path("PartitionKey").asText(), row.path("RowKey").asText());
            row.properties().forEach(property -> {
                JsonNode value = property.getValue();
                if (!List.of("table", "PartitionKey", "RowKey").contains(property.getKey())) {
                    entity.addProperty(property.getKey(), value.isInt() ? value.intValue() : value.asText());
                }
            });
            service.createTableIfNotExists(row.path("table").asText());
            service.getTableClient(row.path("table").asText()).createEntity(entity);
        }
    }

    private Attestations attestations() {
        return new Attestations(
                TableLedger.of(Azurite.connectionString(), TENANT_ID),
                Roadmap.checks(),
                Clock.fixed(read.takenAt(), ZoneOffset.UTC));
    }

    private Verdict answer(String item) {
        Check asked = Roadmap.checks().stream()
                .filter(check -> Check.card(check).id().equals(item))
                .findFirst()
                .orElseThrow();
        Reading.Read given = new Reading.Read(attestations().given(), List.of());
        return Assessor.assess(asked, read.with(Map.of(FactKind.ATTESTATIONS, given)));
    }

    private static List<String> names(List<Attestation> given, String item) {
        return given.stream()
                .filter(one -> one.item().equals(item))
                .map(one -> one.item() + "." + one.statement())
                .sorted()
                .toList();
    }

    @Test
    void everyPartThatStandsIsReadAndTheWithdrawnOneIsNone() {
        List<Attestation> given = attestations().given();
        assertThat(names(given, "BG-02"))
                .containsExactly("BG-02.1", "BG-02.2", "BG-02.3", "BG-02.4", "BG-02.5", "BG-02.6", "BG-02.7");
        assertThat(names(given, "S4-08")).containsExactly("S4-08.1", "S4-08.2");
        assertThat(names(given, "S3-08")).isEmpty();
        assertThat(attestations().history("S3-08", 1, 10)).hasSize(2);
    }

    @Test
    void whatWasNeverSaidIsAllThatIsAskedFor() {
        assertThat(answer("BG-02").summary()).endsWith("; 1 of 8 statements to attest");
        assertThat(answer("S4-08").reasons()).noneMatch(reason -> reason.contains("attested"));
    }

    @Test
    void aWordOfTodayJoinsThemAndNoRowIsLost() {
        LocalDate until = read.takenAt().atOffset(ZoneOffset.UTC).toLocalDate().plusMonths(6);
        List<String> before = rows();
        attestations().attest("BG-02", 8, "Eve Orr", until, Optional.empty(), "", Precondition.NONE);
        assertThat(rows()).hasSize(before.size() + 1).containsAll(before);
        assertThat(answer("BG-02").word()).isEqualTo(Verdict.Word.GIVEN);
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        service.getTableClient("ParcAttestations").listEntities().forEach(row -> rows.add(row.getRowKey()));
        return rows;
    }
}
