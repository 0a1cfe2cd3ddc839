package dev.parc.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpRequest;
import com.azure.data.tables.models.TableEntity;
import dev.parc.Exhaustively;
import dev.parc.app.Stores;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.Assessments;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Score;
import dev.parc.assessment.change.FindingRecord;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.decision.Waiver;
import dev.parc.assessment.json.RunJson;
import dev.parc.assessment.ledger.ChangedException;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.register.Waivers;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Stage;
import dev.parc.roadmap.Roadmap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What it takes to read 400 days of all items. */
class TableSeriesRequestsTest {

    private static final int DAYS = 400;
    private static final Instant FIRST = Instant.parse("2025-01-01T05:00:00Z");
    private static final String TENANT = UUID.randomUUID().toString();
    private static final List<String> ITEMS =
            Roadmap.checks().stream().map(Check::card).map(RoadmapItem::id).toList();
    private static final List<HttpRequest> SENT = Collections.synchronizedList(new ArrayList<>());

    private final Stores stores = WatchedTables.stores(Azurite.connectionString(), TENANT, SENT::add);

    /** The rows of a run a day, in transactions and not by runs, which would be 24,000 requests. */
    @BeforeAll
    static void aRunADay() {
        Tables tables = new Tables(Tables.client(Azurite.connectionString()));
        for (String item : ITEMS) {
            tables.put(
                    TableRunStore.HISTORY,
                    IntStream.range(0, DAYS)
                            .mapToObj(day -> {
                                TableEntity row = new TableEntity(TENANT + "|" + item, Keys.ofRun(run(day)));
                                Chunks.put(row, "Entry", RunJson.write(entry(item, day)));
                                return row;
                            })
                            .toList());
        }
        Stores filling = WatchedTables.stores(Azurite.connectionString(), TENANT, request -> {});
        for (int day = 0; day < DAYS; day++) {
            StagePoint point = point(day);
            filling.trends().put(new TrendStore.Following(point.runId(), "", List.of(), List.of(point), Map.of()));
        }
        tables.put(
                TableRunStore.RUNS,
                IntStream.range(0, DAYS)
                        .mapToObj(day -> {
                            TableEntity row = new TableEntity(TENANT, Keys.ofRun(run(day))).addProperty("Attempt", "a");
                            TableSequence.put(
                                    row,
                                    new Publication(
                                            day + 1L,
                                            Publication.Kind.RUN,
                                            run(day),
                                            "",
                                            FIRST.plus(Duration.ofDays(day))));
                            return row;
                        })
                        .toList());
    }

    private static String run(int day) {
        return FIRST.plus(Duration.ofDays(day)).toString().replaceAll("[-:]", "") + "-%08x".formatted(day);
    }

    private static HistoryEntry entry(String item, int day) {
        return new HistoryEntry(
                run(day),
                FIRST.plus(Duration.ofDays(day)),
                day % 3 == 0 ? Outcome.FAIL : Outcome.PASS,
                day,
                "the answer of " + item + " on day " + day,
                CheckResult.Basis.AUTOMATED);
    }

    private static StagePoint point(int day) {
        TreeMap<String, Outcome> outcomes = new TreeMap<>();
        ITEMS.stream().filter(item -> Stage.ofItem(item) == Stage.S2).forEach(item -> outcomes.put(item, Outcome.PASS));
        return new StagePoint(
                run(day),
                Stage.S2,
                FIRST.plus(Duration.ofDays(day)),
                new Score(70, 20, 23),
                outcomes,
                new TreeSet<>(),
                1,
                1,
                3600);
    }

    private static RunRange page(int limit, Optional<String> after) {
        return new RunRange(Instant.EPOCH, RunRange.END, after, limit);
    }

    @Test
    void eachOfAllSeriesOfAllDaysIsOneRequest() {
        stores.runs().history(ITEMS.get(0), 1);
        SENT.clear();

        for (String item : ITEMS) {
            List<HistoryEntry> series = stores.runs().history(item, page(1000, Optional.empty()));
            assertThat(series).hasSize(DAYS);
            assertThat(series.get(0)).isEqualTo(entry(item, DAYS - 1));
        }

        assertThat(ITEMS).hasSize(59);
        assertThat(SENT)
                .as("and one that tells which of the runs count, for all of them")
                .hasSize(60)
                .filteredOn(request -> request.getUrl().toString().contains("ParcHistory()"))
                .hasSize(59)
                .allSatisfy(request -> assertThat(request.getUrl().toString()).contains("PartitionKey%20eq%20"));
    }

    @Test
    void theScoresAndOutcomesOfAStageOverAllDaysAreOneRequest() {
        stores.trends().series(Stage.S2, RunRange.newest(DAYS));
        SENT.clear();

        List<StagePoint> series = stores.trends().series(Stage.S2, page(1000, Optional.empty()));

        assertThat(series).hasSize(DAYS);
        assertThat(series.get(0).outcomes()).hasSize(23);
        assertThat(SENT).hasSize(1);
    }

    @Test
    void aContinuationIsOneRequestMoreAndNeitherSkipsNorRepeats() {
        stores.runs().history(ITEMS.get(0), 1);
        SENT.clear();
        List<HistoryEntry> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        List<HistoryEntry> page;
        do {
            page = stores.runs().history("S1-04", page(150, after));
            all.addAll(page);
            after = page.isEmpty()
                    ? after
                    : Optional.of(page.get(page.size() - 1).runId());
        } while (page.size() == 150);

        assertThat(all)
                .extracting(HistoryEntry::runId)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(RunIds.NEWEST_FIRST)
                .hasSize(DAYS);
        assertThat(SENT).as("and one a page that tells which of its runs count").hasSize(6);
    }

    @Test
    void aMonthOfASeriesIsOneRequestThatReadsNoOtherDay() {
        stores.runs().history(ITEMS.get(0), 1);
        SENT.clear();

        List<HistoryEntry> month = stores.runs()
                .history(
                        "S3-02",
                        new RunRange(
                                Instant.parse("2025-03-01T00:00:00Z"),
                                Instant.parse("2025-04-01T00:00:00Z"),
                                Optional.empty(),
                                1000));

        assertThat(month).hasSize(31);
        assertThat(SENT)
                .as("and one that tells which of the runs count")
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.getUrl().toString()).contains("RowKey%20g", "RowKey%20l"));
    }

    /** An entity holds 480,000 characters, a transaction eight of them, a page a thousand rows. */
    @Test
    void tenThousandFindingsOfOneItemAreAHandfulOfRequests() {
        String other = UUID.randomUUID().toString();
        List<HttpRequest> sent = Collections.synchronizedList(new ArrayList<>());
        Stores kept = WatchedTables.stores(Azurite.connectionString(), other, sent::add);
        Assessment run = Assessments.assessment(
                run(0), other, Assessments.result("S1-04", Outcome.FAIL, Assessments.findings(10_000)));
        kept.runs().begin(Assessments.queued(Assessments.request(run(0), Stage.S1)));
        kept.trends().findings("S1-04");
        kept.runs().finish(run);
        sent.clear();

        assertThat(kept.runs().results(run(0)).orElseThrow().results().get(0).findings())
                .hasSize(10_000);
        assertThat(sent).as("the record, and the rows").hasSizeLessThanOrEqualTo(3);

        int rows = Exhaustively.or(2_100, 10_000);
        int pages = (rows + 999) / 1_000;
        List<FindingRecord> records = run.results().get(0).findings().stream()
                .limit(rows)
                .map(finding -> new FindingRecord(finding, FIRST, FIRST, FIRST, Optional.empty(), 0))
                .toList();
        sent.clear();
        kept.trends().putFindings("S1-04", records);
        assertThat(sent).as("a hundred to a transaction").hasSize(rows / 100);
        sent.clear();
        assertThat(kept.trends().findings("S1-04")).hasSize(rows);
        assertThat(sent).as("a thousand to a page").hasSizeBetween(pages, pages + 1);
    }

    /** Conflicts are seen by the ETag, and whoever loses reads again. */
    @Test
    void writersAtTheSameTimeNeitherLoseNorOvertakeEachOther() throws Exception {
        String other = UUID.randomUUID().toString();
        List<HttpRequest> sent = Collections.synchronizedList(new ArrayList<>());
        Waivers waivers = new Waivers(
                WatchedTables.stores(Azurite.connectionString(), other, sent::add)
                        .ledger(),
                Roadmap.checks(),
                Clock.systemUTC());
        LocalDate until = LocalDate.now(ZoneOffset.UTC).plusDays(30);
        Revision<Waiver> first =
                waivers.waive("S1-04", Optional.empty(), "Bo", "first", "Ann", until, Precondition.ABSENT);
        sent.clear();

        List<CompletableFuture<Boolean>> writers = IntStream.range(0, 6)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> {
                    try {
                        waivers.waive(
                                "S1-04",
                                Optional.empty(),
                                "Bo",
                                "writer " + number,
                                "Ann",
                                until,
                                Precondition.revision(first.revision()));
                        return true;
                    } catch (ChangedException e) {
                        return false;
                    }
                }))
                .toList();
        List<Boolean> outcomes = writers.stream().map(CompletableFuture::join).toList();

        assertThat(outcomes).containsOnlyOnce(true).hasSize(6);
        assertThat(waivers.history("S1-04", 9)).extracting(Revision::revision).containsExactly(2, 1);
        assertThat(sent)
                .as("two each: what is there, and the attempt or what is there now")
                .hasSizeLessThanOrEqualTo(24);
    }
}
