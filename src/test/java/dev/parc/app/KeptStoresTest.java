package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.webhook.WebhookFilter;
import dev.parc.check.Stage;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.roadmap.Roadmap;
import dev.parc.store.table.WatchedTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stores as the release before left them: a run in which all was in order, one that was followed up, and one that is DONE and whose
 * process ended before what it changed was kept. Nothing of them is lost, and nothing is told twice.
 */
class KeptStoresTest {

    private static final Path KEPT = Path.of("src/test/resources/kept/release-before");
    private static final String TENANT = FakeTenant.ID;
    private static final String FIRST = Past.RUN;
    private static final String SECOND = "20260201T080000Z-00000002";
    private static final String THIRD = "20260202T080000Z-00000003";
    private static final Logger LOG = Logger.getLogger(KeptStoresTest.class.getName());

    @TempDir
    Path data;

    private Stores files() throws IOException {
        Path from = KEPT.resolve("files");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = data.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        return Stores.files(data, TENANT);
    }

    /** The rows, under the name of a tenant that nobody else has. */
    private static Stores tables(String tenant) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(KEPT.resolve("tables.jsonl"))) {
            rows.add(new ObjectMapper().readTree(line.replace(TENANT, tenant)));
        }
        WatchedTables.load(WatchedTables.azurite(), rows);
        return WatchedTables.stores(WatchedTables.azurite(), tenant, request -> {});
    }

    private static CompositionRoot parc(Stores stores, String tenant) {
        return CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        () -> new RenamedTenant(SnapshotTenant.demo(), tenant),
                        opened -> stores,
                        Roadmap.checks(),
                        Clock.fixed(Instant.parse("2026-02-03T08:00:00Z"), ZoneOffset.UTC))
                .root();
    }

    @Test
    void aStoreInFilesGoesOn() throws IOException {
        goesOn(files(), TENANT);
    }

    @Test
    void aStoreInTablesGoesOn() throws IOException {
        String tenant = UUID.randomUUID().toString();
        goesOn(tables(tenant), tenant);
    }

    @Test
    void aRunThatAnEarlierReleaseDidNotComeToTheEndOfIsFollowedUpWhenItsMessageComesAgain() throws IOException {
        Stores stores = files();
        RunRequest third = stores.runs().find(THIRD).orElseThrow().request();

        Runs.Work work = parc(stores, TENANT).runs().work(RunMessage.of(third), 2, LOG);

        assertThat(work.publication().orElseThrow().position()).isEqualTo(3);
        assertThat(work.changes()).extracting(Change::kind).contains(Change.Kind.IMPROVED);
        assertThat(stores.trends().series(Stage.S1, RunRange.newest(9)))
                .extracting(StagePoint::runId)
                .contains(THIRD);
    }

    private void goesOn(Stores stores, String tenant) {
        CompositionRoot parc = parc(stores, tenant);
        List<Change> told = stores.trends().changes(SECOND);
        assertThat(told).isNotEmpty();
        assertThat(stores.runs().history("S1-03", 9)).hasSize(3);
        // kept when a permanent assignment was called standing
        assertThat(stores.runs().inventory(SECOND).orElseThrow().explained().administrators())
                .flatExtracting(one -> one.roles())
                .flatExtracting(role -> role.ways())
                .extracting(way -> way.kind())
                .contains(AssignmentKind.PERMANENT);
        assertThat(stores.runs().latestId(Stage.S1)).contains(THIRD);
        assertThat(stores.runs().lastPublished()).isZero();

        ChangeFeed.Told afterSecond = parc.published().afterRun(SECOND, WebhookFilter.ALL);
        assertThat(afterSecond.gap()).isZero();
        assertThat(afterSecond.position()).isEqualTo(3);
        assertThat(afterSecond.changes())
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.runId()).isEqualTo(THIRD))
                .extracting(Change::kind)
                .contains(Change.Kind.IMPROVED, Change.Kind.RESOLVED);
        assertThat(parc.published().afterRun(THIRD, WebhookFilter.ALL).changes())
                .isEmpty();
        assertThat(parc.published().afterRun(FIRST, WebhookFilter.ALL).changes())
                .hasSize(told.size() + afterSecond.changes().size())
                .containsAll(told);
        assertThat(parc.published()
                        .afterRun("20250101T000000Z-00000009", WebhookFilter.ALL)
                        .gap())
                .isPositive();
        assertThat(parc.published()
                        .afterRun("19700101T000000Z-00000009", WebhookFilter.ALL)
                        .gap())
                .isZero();
        // an earlier release has told subscribers itself
        assertThat(stores.trends().told()).isEqualTo(3);

        RunRequest next = parc.runs().request(List.of("S1"), List.of(), Trigger.TIMER);
        Runs.Work work = parc.runs().work(RunMessage.of(next), 1, LOG);

        assertThat(work.publication().orElseThrow().position()).isEqualTo(4);
        assertThat(work.changes()).extracting(Change::kind).contains(Change.Kind.REOPENED, Change.Kind.REGRESSED);
        assertThat(parc.published().after(3, WebhookFilter.ALL).changes())
                .containsExactlyInAnyOrderElementsOf(work.changes());
        assertThat(stores.runs().results(SECOND)).isPresent();
        assertThat(stores.trends().changes(SECOND)).isEqualTo(told);
        assertThat(stores.runs().history("S1-03", 9)).hasSize(4);
    }
}
