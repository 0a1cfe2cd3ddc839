package dev.parc.store.table;

import static dev.parc.assessment.Assessments.assessment;
import static dev.parc.assessment.Assessments.findings;
import static dev.parc.assessment.Assessments.queued;
import static dev.parc.assessment.Assessments.request;
import static dev.parc.assessment.Assessments.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RetryOptions;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What the store asks of the service: how often, how much at once, and what a failure in between leaves behind. */
class TableRunStoreRequestsTest {

    private static final String RUN = "20260131T080000Z-00000001";

    private final String tenant = UUID.randomUUID().toString();
    private final Requests requests = new Requests();
    private final RunStore store = new TableRunStore(
            tenant,
            () -> Tables.builder()
                    .connectionString(Azurite.connectionString())
                    .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ZERO)))
                    .addPolicy(requests)
                    .buildClient());

    /** Counts requests, and breaks the connection instead of sending those that it is told to. */
    private static final class Requests implements HttpPipelinePolicy {

        private final List<HttpRequest> sent = Collections.synchronizedList(new ArrayList<>());
        private Predicate<HttpRequest> broken = request -> false;

        @Override
        public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
            count(context.getHttpRequest());
            return next.process();
        }

        @Override
        public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
            count(context.getHttpRequest());
            return next.processSync();
        }

        private void count(HttpRequest request) {
            if (broken.test(request)) {
                throw new IllegalStateException("the connection broke");
            }
            sent.add(request);
        }
    }

    @Test
    void aStoreAsksNothingBeforeItIsUsed() {
        assertThat(requests.sent).isEmpty();
    }

    @Test
    void aSeriesIsOneQueryPage() {
        for (int second = 10; second < 30; second++) {
            keep("20260131T0800" + second + "Z-00000001", result("S1-01", Outcome.PASS));
        }
        requests.sent.clear();

        assertThat(store.history("S1-01", 15)).hasSize(15);

        assertThat(requests.sent)
                .as("and one that tells which of the runs count")
                .hasSize(2)
                .first()
                .satisfies(request -> assertThat(request.getUrl().toString()).contains("ParcHistory()", "top=15"));
    }

    @Test
    void theLatestOfAStageIsThreeRequestsHoweverManyRunsThereAre() {
        keep("20260131T080000Z-00000001", result("S1-01", Outcome.PASS));
        for (int second = 10; second < 40; second++) {
            store.begin(queued(request("20260131T0800" + second + "Z-00000001", Stage.S2)));
        }
        requests.sent.clear();

        assertThat(store.latest(Stage.S1)).isPresent();

        assertThat(requests.sent).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aRunIsFoundByItsKeysAlone() {
        keep(RUN, result("S1-01", Outcome.PASS));
        requests.sent.clear();

        assertThat(store.find(RUN)).isPresent();

        assertThat(requests.sent)
                .hasSize(1)
                .allSatisfy(request -> assertThat(request.getUrl().toString()).contains("RowKey='"));
    }

    @Test
    void finishingSevenResultsIsFourteenRequests() {
        store.begin(queued(request(RUN, Stage.S1)));
        Assessment assessment = assessment(RUN, tenant, sevenResults());
        keep("20260131T070000Z-00000001", result("S1-01", Outcome.PASS));
        requests.sent.clear();

        store.finish(assessment);

        assertThat(requests.sent)
                .as("the record, a transaction of results, seven series, the head and the record, the publication, the"
                        + " record, what to clear")
                .hasSizeLessThanOrEqualTo(14);
        assertThat(store.results(RUN)).contains(assessment);
    }

    @Test
    void noTransactionIsLargerThanTheServiceTakes() {
        keep(RUN, result("S1-01", Outcome.FAIL, findings(10_000)));

        List<HttpRequest> transactions = requests.sent.stream()
                .filter(request -> request.getUrl().getPath().endsWith("$batch"))
                .toList();
        assertThat(transactions)
                .hasSizeGreaterThan(1)
                .allSatisfy(request ->
                        assertThat(request.getBodyAsBinaryData().getLength()).isBetween(1L, 4L * 1024 * 1024));
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.getProperties()).hasSizeLessThan(255);
            assertThat(row.getProperties().values().stream()
                            .mapToInt(value -> value.toString().length() * 2)
                            .sum())
                    .isLessThan(1024 * 1024 - 4096);
            assertThat(row.getProperties().values())
                    .allSatisfy(value -> assertThat(value.toString().length()).isLessThanOrEqualTo(32 * 1024));
        });
    }

    @Test
    void aFinishThatBrokeOffShowsNothingAndItsRepetitionLeavesNothingOfItBehind() {
        store.begin(queued(request(RUN, Stage.S1)));
        requests.broken = request -> request.getUrl().getPath().endsWith("$batch")
                && request.getBodyAsBinaryData().toString().contains("ParcRuns(");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.finish(assessment(
                        RUN, tenant, result("S1-01", Outcome.FAIL, findings(3_000)), result("S1-02", Outcome.FAIL))));
        assertThat(rows()).hasSizeGreaterThan(2);
        assertThat(store.results(RUN)).isEmpty();
        assertThat(store.latest(Stage.S1)).isEmpty();

        requests.broken = request -> false;
        Assessment again = assessment(RUN, tenant, result("S1-01", Outcome.PASS), result("S1-02", Outcome.FAIL));
        store.finish(again);

        assertThat(store.results(RUN)).contains(again);
        assertThat(rows()).hasSize(2);
        assertThat(store.history("S1-01", 9))
                .containsExactly(HistoryEntry.of(again, again.results().get(0)));
    }

    @Test
    void anUpdateThatTheFinishOvertakesChangesNothing() {
        Assessment assessment = assessment(RUN, tenant, result("S1-01", Outcome.FAIL));
        RunRecord run = queued(request(RUN, Stage.S1));
        store.begin(run);
        requests.broken = request -> {
            if (request.getHttpMethod() == HttpMethod.PUT) {
                requests.broken = any -> false;
                TableRunStore.of(Azurite.connectionString(), tenant).finish(assessment);
            }
            return false;
        };

        store.update(run);

        assertThat(store.find(RUN)).map(RunRecord::state).contains(RunRecord.State.DONE);
        assertThat(store.results(RUN)).contains(assessment);
    }

    @Test
    void whatFollowsIsWorkedOutAgainWhereAnotherRunIsPublishedInTheMeantime() {
        String other = "20260131T090000Z-00000002";
        store.begin(queued(request(RUN, Stage.S1)));
        store.begin(queued(request(other, Stage.S1)));
        List<Long> heads = new ArrayList<>();

        Publication publication = store.finish(assessment(RUN, tenant), Optional.empty(), head -> {
            heads.add(head);
            TableRunStore.of(Azurite.connectionString(), tenant).finish(assessment(other, tenant));
            return "after" + head;
        });

        assertThat(heads).containsExactly(0L, 1L);
        assertThat(publication.position()).isEqualTo(2);
        assertThat(publication.tag()).isEqualTo("after1");
        assertThat(store.published(0, 9)).extracting(Publication::runId).containsExactly(other, RUN);
    }

    @Test
    void ofTwoAttemptsAtARunTheSecondTakesNoPlace() {
        store.begin(queued(request(RUN, Stage.S1)));
        Assessment first = assessment(RUN, tenant, result("S1-01", Outcome.FAIL));

        Publication publication =
                store.finish(assessment(RUN, tenant, result("S1-01", Outcome.PASS)), Optional.empty(), head -> {
                    TableRunStore.of(Azurite.connectionString(), tenant)
                            .finish(first, Optional.empty(), same -> "first");
                    return "second";
                });

        assertThat(publication.tag()).isEqualTo("first");
        assertThat(store.lastPublished()).isEqualTo(1);
        assertThat(store.results(RUN)).contains(first);
        assertThat(store.history("S1-01", 9))
                .containsExactly(HistoryEntry.of(first, first.results().get(0)));
    }

    @Test
    void aLateAttemptAtAFinishedRunTakesItsHistoryBack() {
        Assessment first = assessment(RUN, tenant, result("S1-01", Outcome.FAIL));
        store.begin(queued(request(RUN, Stage.S1)));
        requests.broken = request -> {
            if (request.getUrl().getPath().endsWith("$batch")) {
                requests.broken = any -> false;
                TableRunStore.of(Azurite.connectionString(), tenant).finish(first);
            }
            return false;
        };

        store.finish(assessment(RUN, tenant, result("S1-01", Outcome.PASS, findings(3_000))));

        assertThat(store.results(RUN)).contains(first);
        assertThat(rows()).hasSize(1);
        assertThat(store.history("S1-01", 9))
                .containsExactly(HistoryEntry.of(first, first.results().get(0)));
    }

    @Test
    void aDeletionThatBrokeOffShowsNothingAndIsFinishedByTheNext() {
        keep(RUN, result("S1-01", Outcome.FAIL, findings(3_000)), result("S1-02", Outcome.FAIL));
        Instant later = Instant.parse("2026-02-01T00:00:00Z");
        requests.broken = request -> request.getUrl().getPath().endsWith("$batch");
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.deleteBefore(later, Set.of()));
        assertThat(store.results(RUN)).isEmpty();
        assertThat(store.latest(Stage.S1)).isEmpty();

        requests.broken = request -> false;
        assertThat(store.deleteBefore(later, Set.of())).isEqualTo(1);

        assertThat(rows()).isEmpty();
        assertThat(store.find(RUN)).isEmpty();
    }

    @Test
    void resultsWithARowMissingAreAnErrorAndNotAPart() {
        keep(RUN, result("S1-01", Outcome.FAIL), result("S1-02", Outcome.PASS));
        table("ParcResults").deleteEntity(rows().get(0));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.results(RUN))
                .withMessageContainingAll(RUN, "not complete");
    }

    @Test
    void aBrokenRowIsNamed() {
        keep(RUN, result("S1-01", Outcome.FAIL));
        TableEntity row = rows().get(0);
        table("ParcResults").upsertEntity(row.addProperty("Result0", "{\"schema\":\"parc-result/1\"}"));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.results(RUN))
                .withMessageContainingAll("ParcResults", RUN, "checkId");
    }

    private void keep(String runId, CheckResult... results) {
        store.begin(queued(request(runId, Stage.S1)));
        store.finish(assessment(runId, tenant, results));
    }

    private static CheckResult[] sevenResults() {
        return IntStream.rangeClosed(1, 7)
                .mapToObj(number -> result("S1-0" + number, Outcome.FAIL, findings(5)))
                .toArray(CheckResult[]::new);
    }

    private static TableClient table(String name) {
        return Tables.builder()
                .connectionString(Azurite.connectionString())
                .buildClient()
                .getTableClient(name);
    }

    private List<TableEntity> rows() {
        ListEntitiesOptions ours = new ListEntitiesOptions().setFilter("PartitionKey eq '" + tenant + "|" + RUN + "'");
        return table("ParcResults").listEntities(ours, null, null).stream().toList();
    }
}
