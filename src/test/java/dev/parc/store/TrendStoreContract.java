package dev.parc.store;

import static dev.parc.assessment.Assessments.HOSTILE;
import static dev.parc.assessment.Assessments.TENANT;
import static dev.parc.assessment.Assessments.findings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.parc.Exhaustively;
import dev.parc.assessment.Score;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.FindingRecord;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.publishing.Publications;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of changes does. */
public abstract class TrendStoreContract {

    private static final Instant AT = Instant.parse("2026-01-31T08:00:00Z");
    private static final String ONE = "20260131T080000Z-00000001";
    private static final String TWO = "20260131T080000Z-00000002";
    private static final String LATER = "20260201T080000Z-00000003";
    private static final Finding ADA = new Finding("ada", SubjectType.USER, "ada@contoso.com", "has no MFA");
    private static final Finding HOSTILE_ONE = new Finding(HOSTILE, SubjectType.PRINCIPAL, HOSTILE, HOSTILE);

    /**
     * The store of a tenant, opened anew over what this test has kept so far.
     *
     * @param publications tells which runs count
     */
    protected abstract TrendStore open(String tenantId, Publications publications);

    private TrendStore open(String tenantId) {
        return open(tenantId, Publications.ALL);
    }

    private TrendStore open() {
        return open(TENANT);
    }

    private static void putChanges(TrendStore store, String runId, List<Change> changes) {
        store.put(new TrendStore.Following(runId, "", changes, List.of(), Map.of()));
    }

    private static void putPoint(TrendStore store, StagePoint point) {
        store.put(new TrendStore.Following(point.runId(), "", List.of(), List.of(point), Map.of()));
    }

    private static FindingRecord open(Finding finding) {
        return new FindingRecord(finding, AT, AT, AT, Optional.empty(), 0);
    }

    private static FindingRecord resolved(Finding finding, Instant at) {
        return new FindingRecord(finding, AT, AT, AT, Optional.of(at), 0);
    }

    private static RunRange span(Instant from, Instant to, int limit) {
        return new RunRange(from, to, Optional.empty(), limit);
    }

    private static Change change(Change.Kind kind, String runId, String checkId, Finding... finding) {
        return new Change(
                kind, runId, AT, checkId, Severity.HIGH, Stream.of(finding).findFirst(), "the message " + HOSTILE);
    }

    private static StagePoint point(String runId, Stage stage, int percent) {
        return new StagePoint(
                runId,
                stage,
                AT,
                new Score(percent, 1, 2),
                new TreeMap<>(Map.of(stage + "-01", Outcome.FAIL, stage + "-02", Outcome.NOT_ASSESSED)),
                new TreeSet<>(Set.of(stage + "-01")),
                1,
                2,
                3_000_000_000L);
    }

    @Test
    void nothingIsThereAtFirst() {
        assertThat(open().findings("S1-04")).isEmpty();
        assertThat(open().changes(ONE)).isEmpty();
        assertThat(open().changes(RunRange.newest(100))).isEmpty();
        assertThat(open().series(Stage.S1, RunRange.newest(100))).isEmpty();
    }

    @Test
    void aRecordTakesThePlaceOfTheOneOfTheSameSubject() {
        open().putFindings("S1-04", List.of(open(ADA), open(HOSTILE_ONE)));
        FindingRecord gone = resolved(new Finding("ADA", SubjectType.USER, "Ada", "has none"), AT.plusSeconds(60));
        open().putFindings("S1-04", List.of(gone));
        assertThat(open().findings("S1-04")).containsExactlyInAnyOrder(gone, open(HOSTILE_ONE));
        assertThat(open().findings("S1-05")).isEmpty();
    }

    /** A page of a table is a thousand rows, a transaction a hundred. */
    @Test
    void thousandsOfFindingsAreAllKept() {
        List<FindingRecord> many = Stream.of(findings(Exhaustively.or(2_100, 10_000)))
                .map(TrendStoreContract::open)
                .toList();
        open().putFindings("S1-04", many);
        assertThat(open().findings("S1-04")).hasSameSizeAs(many).containsAll(many.subList(0, 100));
    }

    /** Runs that are published with these tags, in the order of their ids. */
    private static Publications tags(Map<String, String> tags) {
        return ids -> ids.stream()
                .filter(tags::containsKey)
                .collect(Collectors.toMap(
                        id -> id,
                        id -> new Publication(
                                new TreeSet<>(tags.keySet()).headSet(id).size() + 1L,
                                Publication.Kind.RUN,
                                id,
                                Objects.requireNonNull(tags.get(id)),
                                AT)));
    }

    private static TrendStore.Following following(String runId, String tag, Finding finding) {
        return new TrendStore.Following(
                runId,
                tag,
                List.of(change(Change.Kind.NEW, runId, "S1-04", finding)),
                List.of(point(runId, Stage.S1, 40)),
                Map.of("S1-04", List.of(open(finding))));
    }

    @Test
    void whatFollowsFromARunIsSeenByNobodyBeforeItIsPublished() {
        open().put(following(ONE, "a", ADA));
        TrendStore before = open(TENANT, tags(Map.of()));
        before.settle();

        assertThat(before.changes(ONE)).isEmpty();
        assertThat(before.changes(RunRange.newest(9))).isEmpty();
        assertThat(before.series(Stage.S1, RunRange.newest(9))).isEmpty();
        assertThat(before.findings("S1-04")).isEmpty();

        TrendStore after = open(TENANT, tags(Map.of(ONE, "a")));
        assertThat(after.changes(ONE)).hasSize(1);
        assertThat(after.changes(RunRange.newest(9))).hasSize(1);
        assertThat(after.series(Stage.S1, RunRange.newest(9))).hasSize(1);
        assertThat(after.findings("S1-04")).containsExactly(open(ADA));
        assertThat(after.settled("S1-04")).isEmpty();
        after.settle();
        assertThat(after.settled("S1-04")).containsExactly(open(ADA));
        after.settle();
        assertThat(open(TENANT, tags(Map.of())).findings("S1-04")).containsExactly(open(ADA));
    }

    @Test
    void onlyTheAttemptThatIsPublishedCounts() {
        Finding bob = new Finding("bob", SubjectType.USER, "bob", "has no MFA");
        open().put(following(ONE, "a", ADA));
        open().put(following(ONE, "b", bob));
        open().put(following(TWO, "c", ADA));
        TrendStore store = open(TENANT, tags(Map.of(ONE, "b")));

        assertThat(store.changes(ONE))
                .singleElement()
                .satisfies(change -> assertThat(change.finding()).contains(bob));
        assertThat(store.changes(RunRange.newest(9))).hasSize(1);
        assertThat(store.series(Stage.S1, RunRange.newest(9))).hasSize(1);
        assertThat(store.changes(new Publication(9, Publication.Kind.RUN, ONE, "a", AT)))
                .singleElement()
                .satisfies(change -> assertThat(change.finding()).contains(ADA));
        store.settle();
        assertThat(store.findings("S1-04")).containsExactly(open(bob));
        store.forget(ONE, "b");
        assertThat(store.changes(new Publication(9, Publication.Kind.RUN, ONE, "a", AT)))
                .isEmpty();
        assertThat(store.changes(ONE)).hasSize(1);
        assertThat(open(TENANT, tags(Map.of(ONE, "a"))).series(Stage.S1, RunRange.newest(9)))
                .isEmpty();
        // another run, which may still be published
        assertThat(open(TENANT, tags(Map.of(TWO, "c"))).findings("S1-04")).contains(open(ADA));
    }

    @Test
    void findingsAreCarriedOverInTheOrderInWhichTheirRunsWerePublished() {
        open().put(new TrendStore.Following(
                LATER, "b", List.of(), List.of(), Map.of("S1-04", List.of(resolved(ADA, AT.plusSeconds(5))))));
        open().put(new TrendStore.Following(ONE, "a", List.of(), List.of(), Map.of("S1-04", List.of(open(ADA)))));
        TrendStore store = open(TENANT, tags(Map.of(ONE, "a", LATER, "b")));

        assertThat(store.findings("S1-04")).containsExactly(resolved(ADA, AT.plusSeconds(5)));
        store.settle();
        assertThat(store.settled("S1-04")).containsExactly(resolved(ADA, AT.plusSeconds(5)));
    }

    @Test
    void whatWasToldNeverGoesBack() {
        assertThat(open().told()).isZero();
        open().putTold(7);
        open().putTold(5);
        assertThat(open().told()).isEqualTo(7);
    }

    @Test
    void changesOfATimeComeNewestRunFirst() {
        Change one = change(Change.Kind.NEW, ONE, "S1-04", ADA);
        Change two = change(Change.Kind.NEW, TWO, "S1-04", ADA);
        Change later = change(Change.Kind.RESOLVED, LATER, "S1-04", ADA);
        putChanges(open(), ONE, List.of(one));
        putChanges(open(), LATER, List.of(later));
        putChanges(open(), TWO, List.of(two));
        Instant next = Instant.parse("2026-02-01T08:00:00Z");
        assertThat(open().changes(span(AT, next.plusSeconds(1), 10)))
                .startsWith(later)
                .containsExactlyInAnyOrder(later, one, two);
        assertThat(open().changes(span(AT, next, 10))).containsExactlyInAnyOrder(one, two);
        assertThat(open().changes(span(AT.plusSeconds(1), next.plusSeconds(1), 10)))
                .containsExactly(later);
        assertThat(open().changes(span(AT, next.plusSeconds(1), 1))).containsExactly(later);
    }

    @Test
    void aSeriesComesNewestFirstAndHoldsARunOnce() {
        putPoint(open(), point(ONE, Stage.S1, 40));
        putPoint(open(), point(LATER, Stage.S1, 60));
        putPoint(open(), point(ONE, Stage.S1, 50));
        putPoint(open(), point(LATER, Stage.S2, 99));
        assertThat(open().series(Stage.S1, span(AT, AT.plus(Duration.ofDays(2)), 10)))
                .containsExactly(point(LATER, Stage.S1, 60), point(ONE, Stage.S1, 50));
        assertThat(open().series(Stage.S1, span(AT, AT.plus(Duration.ofDays(1)), 10)))
                .containsExactly(point(ONE, Stage.S1, 50));
    }

    @Test
    void fourHundredDaysAreOneSeries() {
        TrendStore store = open();
        IntStream.range(0, 400).forEach(day -> putPoint(store, point(runOf(day), Stage.S1, day % 101)));
        List<StagePoint> series = store.series(Stage.S1, span(AT, AT.plus(Duration.ofDays(400)), 1000));
        assertThat(series).hasSize(400);
        assertThat(series.get(0).runId()).isEqualTo(runOf(399));
    }

    private static String runOf(int day) {
        return AT.plus(Duration.ofDays(day)).toString().replaceAll("[-:]", "") + "-%08x".formatted(day);
    }

    @Test
    void whatIsOldIsDeletedAndWhatIsOpenStays() {
        Finding bob = new Finding("bob", SubjectType.USER, "bob", "has no MFA");
        Finding cem = new Finding("cem", SubjectType.USER, "cem", "has no MFA");
        Instant end = AT.plus(Duration.ofDays(1));
        open().putFindings("S1-04", List.of(open(ADA), resolved(bob, AT.plusSeconds(1)), resolved(cem, end)));
        putChanges(open(), ONE, List.of(change(Change.Kind.NEW, ONE, "S1-04", ADA)));
        putChanges(open(), LATER, List.of(change(Change.Kind.NEW, LATER, "S1-04", ADA)));
        putPoint(open(), point(ONE, Stage.S1, 40));
        putPoint(open(), point(LATER, Stage.S1, 60));

        open().deleteBefore(end, Set.of());
        open().deleteBefore(end, Set.of());

        assertThat(open().findings("S1-04")).containsExactlyInAnyOrder(open(ADA), resolved(cem, end));
        assertThat(open().changes(ONE)).isEmpty();
        assertThat(open().changes(LATER)).hasSize(1);
        assertThat(open().series(Stage.S1, span(Instant.EPOCH, end.plus(Duration.ofDays(9)), 10)))
                .containsExactly(point(LATER, Stage.S1, 60));
    }

    @Test
    void whatIsKeptStaysWhateverItsAge() {
        putChanges(open(), ONE, List.of(change(Change.Kind.NEW, ONE, "S1-04", ADA)));
        putChanges(open(), TWO, List.of(change(Change.Kind.NEW, TWO, "S1-04", ADA)));
        putPoint(open(), point(ONE, Stage.S1, 40));
        putPoint(open(), point(TWO, Stage.S1, 50));
        open().putDelivered(ONE, "h1");
        open().putDelivered(TWO, "h1");

        open().deleteBefore(AT.plus(Duration.ofDays(9)), Set.of(TWO));

        assertThat(open().changes(RunRange.newest(9))).extracting(Change::runId).containsExactly(TWO);
        assertThat(open().series(Stage.S1, RunRange.newest(9)))
                .extracting(StagePoint::runId)
                .containsExactly(TWO);
        assertThat(open().isDelivered(ONE, "h1")).isFalse();
        assertThat(open().isDelivered(TWO, "h1")).isTrue();
    }

    @Test
    void whoHasTheChangesOfARunIsKept() {
        assertThat(open().isDelivered(ONE, "h1")).isFalse();
        open().putDelivered(ONE, "h1");
        open().putDelivered(ONE, "h1");

        assertThat(open().isDelivered(ONE, "h1")).isTrue();
        assertThat(open().isDelivered(ONE, "h2")).isFalse();
        assertThat(open().isDelivered(TWO, "h1")).isFalse();
        assertThat(open().changes(RunRange.newest(9))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> open().putDelivered(ONE, "../h1"));
        assertThatIllegalArgumentException().isThrownBy(() -> open().putDelivered("..", "h1"));
    }

    @Test
    void onlyOneRunAtATimeHasItsTurn() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Integer>> turns = Stream.of(ONE, TWO, LATER)
                .map(run -> CompletableFuture.supplyAsync(() -> open().alone(run, () -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    putPoint(open(), point(run, Stage.S1, 40));
                    return inside.getAndDecrement();
                })))
                .toList();

        turns.forEach(turn -> assertThat(turn.join()).isEqualTo(1));
        assertThat(most).hasValue(1);
        assertThat(open().series(Stage.S1, RunRange.newest(9))).hasSize(3);
    }

    @Test
    void aTurnThatEndsBadlyEnds() {
        assertThatIllegalStateException()
                .isThrownBy(() -> open().alone(ONE, () -> {
                    throw new IllegalStateException("it went wrong");
                }));

        assertThat(open().alone(TWO, () -> "done")).isEqualTo("done");
    }

    @Test
    void tenantsDoNotSeeEachOther() {
        TrendStore other = open("other.example");
        other.putFindings("S1-04", List.of(open(ADA), resolved(HOSTILE_ONE, AT)));
        putChanges(other, ONE, List.of(change(Change.Kind.NEW, ONE, "S1-04", ADA)));
        putPoint(other, point(ONE, Stage.S1, 40));
        open().deleteBefore(AT.plus(Duration.ofDays(9)), Set.of());
        assertThat(open().findings("S1-04")).isEmpty();
        assertThat(open().changes(ONE)).isEmpty();
        assertThat(other.findings("S1-04")).hasSize(2);
        assertThat(other.changes(ONE)).hasSize(1);
        assertThat(other.series(Stage.S1, span(AT, AT.plusSeconds(1), 10))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../S1-04", "S1-04' or PartitionKey ne '", "s1-04"})
    void whatIsNoIdFindsNothing(String id) {
        assertThat(open().findings(id)).isEmpty();
        assertThat(open().changes(id)).isEmpty();
    }
}
