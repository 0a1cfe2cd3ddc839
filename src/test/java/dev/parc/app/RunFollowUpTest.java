package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Assessments;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.RequestCount;
import dev.parc.assessment.Score;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.FindingRecord;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.decision.Waiver;
import dev.parc.assessment.ledger.HeldLedger;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.register.Acknowledgements;
import dev.parc.assessment.register.Attestations;
import dev.parc.assessment.register.Waivers;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Finding;
import dev.parc.check.NewFinding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import dev.parc.roadmap.Roadmap;
import dev.parc.store.file.FileRunStore;
import dev.parc.store.file.FileTrendStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What daily runs of a stage leave behind. */
class RunFollowUpTest {

    private static final Instant FIRST = Instant.parse("2026-09-01T05:00:00Z");
    private static final Finding ADA = new Finding("ada", SubjectType.USER, "ada@contoso.com", "has no MFA");
    private static final Finding BOB = new Finding("bob", SubjectType.USER, "bob@contoso.com", "has no MFA");

    private static final Logger LOG = Logger.getLogger(RunFollowUpTest.class.getName());

    @TempDir
    Path data;

    private final HeldLedger ledger = new HeldLedger();
    private Instant now = FIRST;
    private RunStore runs;
    private TrendStore trends;
    private Waivers waivers;
    private Attestations attestations;
    private RunFollowUp followUp;

    @BeforeEach
    void open() {
        runs = new FileRunStore(data.resolve("runs"), Assessments.TENANT);
        trends = new FileTrendStore(data.resolve("trends"), Assessments.TENANT, runs);
        InstantSource source = () -> now;
        Clock clock = source.withZone(ZoneOffset.UTC);
        waivers = new Waivers(ledger, Roadmap.checks(), clock);
        attestations = new Attestations(ledger, Roadmap.checks(), clock);
        followUp = new RunFollowUp(
                () -> runs,
                () -> trends,
                () -> attestations,
                () -> waivers,
                () -> new Acknowledgements(ledger, clock, runs::counts),
                NewFinding.of(Roadmap.checks()));
    }

    private static Instant at(int day) {
        return FIRST.plus(Duration.ofDays(day));
    }

    private static CheckResult result(String checkId, Outcome outcome, List<Waiver> waived, Finding... findings) {
        return new CheckResult(
                checkId,
                1,
                Stage.ofItem(checkId),
                "title",
                Severity.HIGH,
                outcome,
                waived.isEmpty() ? CheckResult.Basis.AUTOMATED : CheckResult.Basis.WAIVED,
                "summary",
                outcome == Outcome.NOT_ASSESSED ? List.of("throttled") : List.of(),
                List.of(findings),
                List.of(),
                waived);
    }

    private static CheckResult mfa(Outcome outcome, Finding... findings) {
        return result("S1-05", outcome, List.of(), findings);
    }

    private Assessment begun(int day, CheckResult... results) {
        now = at(day);
        String runId = "2026%02d%02dT050000Z-00000001".formatted(9 + (day / 30), 1 + day % 30);
        List<Stage> stages = List.of(results[0].stage());
        RunRequest request = new RunRequest(runId, now, stages, List.of(), Assessment.Trigger.TIMER);
        runs.begin(new RunRecord(request, RunRecord.State.RUNNING, "working", now));
        Assessment run = new Assessment(
                runId,
                Assessments.TENANT,
                "Contoso",
                "live",
                now,
                now,
                now.plusSeconds(9),
                stages,
                Assessment.Trigger.TIMER,
                RequestCount.NONE,
                List.of(results));
        return run;
    }

    private List<Change> told(Assessment run) {
        return followUp.changes(followUp.finish(run, Optional.empty(), LOG));
    }

    private List<Change.Kind> run(int day, CheckResult... results) {
        return told(begun(day, results)).stream().map(Change::kind).toList();
    }

    private FindingRecord record(Finding finding) {
        return trends.findings("S1-05").stream()
                .filter(record -> record.finding().subjectId().equals(finding.subjectId()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFindingIsFirstAndLastSeenAndHasTheTimeThatItTook() {
        assertThat(run(0, mfa(Outcome.FAIL, ADA))).isEmpty();
        assertThat(run(1, mfa(Outcome.FAIL, ADA, BOB))).containsExactly(Change.Kind.LOST_MFA);
        assertThat(run(4, mfa(Outcome.FAIL, BOB))).containsExactly(Change.Kind.RESOLVED);
        assertThat(run(5, mfa(Outcome.PASS))).containsExactlyInAnyOrder(Change.Kind.RESOLVED, Change.Kind.IMPROVED);
        assertThat(run(9, mfa(Outcome.FAIL, ADA)))
                .containsExactlyInAnyOrder(Change.Kind.REOPENED, Change.Kind.REGRESSED);
        assertThat(run(11, mfa(Outcome.PASS))).containsExactlyInAnyOrder(Change.Kind.RESOLVED, Change.Kind.IMPROVED);

        assertThat(record(ADA)).isEqualTo(new FindingRecord(ADA, at(0), at(9), at(9), Optional.of(at(11)), 1));
        assertThat(record(BOB)).isEqualTo(new FindingRecord(BOB, at(1), at(4), at(1), Optional.of(at(5)), 0));
        List<StagePoint> points = trends.series(Stage.S1, RunRange.newest(9));
        assertThat(points).extracting(StagePoint::resolved).containsExactly(1, 0, 1, 1, 0, 0);
        assertThat(points).extracting(StagePoint::opened).containsExactly(0, 1, 0, 0, 1, 0);
        assertThat(points)
                .extracting(
                        point -> Duration.ofSeconds(point.secondsToRemediate()).toDays())
                .containsExactly(2L, 0L, 4L, 4L, 0L, 0L);
    }

    @Test
    void doneAgainItTellsTheSameAndChangesNothing() {
        run(0, mfa(Outcome.PASS));
        Assessment second = begun(1, mfa(Outcome.FAIL, ADA, BOB));
        List<Change> told = told(second);
        List<FindingRecord> records = trends.findings("S1-05");
        List<StagePoint> points = trends.series(Stage.S1, RunRange.newest(9));

        assertThat(told(second)).isEqualTo(told).hasSize(3);

        assertThat(trends.findings("S1-05")).isEqualTo(records);
        assertThat(trends.series(Stage.S1, RunRange.newest(9))).isEqualTo(points);
    }

    @Test
    void anAnswerThatCouldNotBeGivenChangesNothing() {
        run(0, mfa(Outcome.FAIL, ADA));

        assertThat(run(1, mfa(Outcome.NOT_ASSESSED))).isEmpty();
        assertThat(run(2, mfa(Outcome.FAIL, ADA))).isEmpty();

        assertThat(record(ADA).resolvedAt()).isEmpty();
        assertThat(trends.series(Stage.S1, RunRange.newest(9)))
                .extracting(point -> point.score().assessed())
                .containsExactly(1, 0, 1);
    }

    @Test
    void anOlderRunThatEndsLaterTellsNothingThatTheNewerOneTold() {
        run(0, mfa(Outcome.PASS));
        Assessment older = begun(1, mfa(Outcome.FAIL, ADA));
        Assessment newer = begun(2, mfa(Outcome.FAIL, ADA));
        assertThat(told(newer)).hasSize(2);

        assertThat(told(older)).isEmpty();
    }

    @Test
    void theEndOfAWaiverIsToldOnceEvenWhileItsItemCannotBeAnswered() {
        run(0, mfa(Outcome.FAIL, ADA));
        waivers.waive(
                "S1-05", Optional.of("ada"), "Bo", "leaves", "Ann", LocalDate.parse("2026-09-21"), Precondition.NONE);
        assertThat(run(5, mfa(Outcome.FAIL, ADA))).isEmpty();
        assertThat(run(8, mfa(Outcome.NOT_ASSESSED))).containsExactly(Change.Kind.WAIVER_ENDING);
        assertThat(run(9, mfa(Outcome.NOT_ASSESSED))).isEmpty();
        assertThat(run(21, mfa(Outcome.FAIL, ADA))).containsExactly(Change.Kind.WAIVER_ENDED);
        assertThat(run(22, mfa(Outcome.FAIL, ADA))).isEmpty();
    }

    @Test
    void aWaiverThatIsTakenBackOrRenewedIsNotToldToEnd() {
        run(0, mfa(Outcome.FAIL, ADA));
        LocalDate end = LocalDate.parse("2026-09-21");
        waivers.waive("S1-05", Optional.of("ada"), "Bo", "leaves", "Ann", end, Precondition.NONE);
        waivers.waive("S1-06", Optional.empty(), "Bo", "leaves", "Ann", end, Precondition.NONE);
        waivers.withdraw("S1-06", "Ann", Precondition.NONE);
        run(5, mfa(Outcome.FAIL, ADA), result("S1-06", Outcome.FAIL, List.of()));
        waivers.waive("S1-05", Optional.of("ada"), "Bo", "stays", "Ann", end.plusDays(60), Precondition.NONE);

        assertThat(run(8, mfa(Outcome.FAIL, ADA), result("S1-06", Outcome.FAIL, List.of())))
                .isEmpty();
        assertThat(run(25, mfa(Outcome.FAIL, ADA), result("S1-06", Outcome.FAIL, List.of())))
                .isEmpty();
    }

    @Test
    void aTrendKeepsWhatIsWaivedApart() {
        Waiver whole = new Waiver("S1-05", Optional.empty(), "Bo", "why", "Ann", FIRST, LocalDate.parse("2027-01-01"));
        run(0, mfa(Outcome.FAIL, ADA), result("S1-06", Outcome.PASS, List.of()));
        run(1, result("S1-05", Outcome.FAIL, List.of(whole), ADA), result("S1-06", Outcome.PASS, List.of()));

        List<StagePoint> points = trends.series(Stage.S1, RunRange.newest(9));

        assertThat(points)
                .extracting(StagePoint::waived)
                .containsExactly(new TreeSet<>(Set.of("S1-05")), new TreeSet<>());
        assertThat(points).extracting(StagePoint::score).containsExactly(new Score(100, 1, 2), new Score(50, 2, 2));
        assertThat(points).allSatisfy(point -> assertThat(point.counts()).containsEntry(Outcome.FAIL, 1));
        assertThat(runs.history("S1-05", 9))
                .extracting(entry -> entry.basis())
                .containsExactly(CheckResult.Basis.WAIVED, CheckResult.Basis.AUTOMATED);
    }

    // --- new administrators that are acknowledged -------------------------------------------------------------------

    private static Finding newAdministrator(String id, String role) {
        return new Finding(id, SubjectType.USER, id + "@contoso.com", "is new: " + role);
    }

    private static CheckResult newAdministrators(Finding... findings) {
        return result("S3-19", findings.length == 0 ? Outcome.PASS : Outcome.REVIEW, List.of(), findings);
    }

    /** Keeps an acknowledgement as {@link Acknowledgements} does. */
    private void acknowledge(String id, String role, int day) {
        ledger.append(Ledger.Book.ACKNOWLEDGEMENTS, new Ledger.Entry(id + "." + role, 1, """
                        {"schema":"parc-acknowledgement/1","principalId":"%s","name":"%s","roleId":"%s","scope":"/",
                         "since":"2026-09-01T00:00:00Z","by":"Ann","at":"%s","reason":"takes over"}\
                        """.formatted(
                        id, id, role, at(day).minusSeconds(60))));
    }

    @Test
    void anAcknowledgedNewAdministratorIsToldAsKnownAndNotAsGone() {
        run(0, newAdministrators());
        assertThat(run(1, newAdministrators(newAdministrator("kim", "a"))))
                .containsExactly(Change.Kind.NEW_ADMINISTRATOR, Change.Kind.REGRESSED);
        acknowledge("kim", "a", 2);

        List<Change> told = told(begun(2, newAdministrators()));

        assertThat(told)
                .extracting(Change::kind)
                .containsExactlyInAnyOrder(Change.Kind.ACKNOWLEDGED, Change.Kind.IMPROVED);
        assertThat(told)
                .filteredOn(change -> change.kind() == Change.Kind.ACKNOWLEDGED)
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.finding().map(Finding::subjectId)).contains("kim");
                    assertThat(change.message()).isEqualTo("is known: acknowledged by Ann on 2026-09-03: takes over");
                    assertThat(change.opens()).isFalse();
                });
        assertThat(run(3, newAdministrators())).isEmpty();
    }

    @Test
    void whoIsGoneOrWhoseAcknowledgementIsOldIsNoAcknowledgedOne() {
        acknowledge("kim", "a", 0);
        run(0, newAdministrators());
        run(1, newAdministrators(newAdministrator("kim", "a"), newAdministrator("lee", "a")));
        acknowledge("bob", "a", 2);

        assertThat(run(2, newAdministrators()))
                .containsExactlyInAnyOrder(Change.Kind.RESOLVED, Change.Kind.RESOLVED, Change.Kind.IMPROVED);
    }

    @Test
    void oneOfTwoRolesIsAcknowledgedWhileTheOtherStaysOpen() {
        run(0, newAdministrators());
        run(1, newAdministrators(newAdministrator("kim", "a"), newAdministrator("kim", "b")));
        acknowledge("kim", "a", 2);

        assertThat(run(2, newAdministrators(newAdministrator("kim", "b")))).containsExactly(Change.Kind.ACKNOWLEDGED);
        assertThat(run(3, newAdministrators())).containsExactlyInAnyOrder(Change.Kind.RESOLVED, Change.Kind.IMPROVED);
    }

    @Test
    void anotherItemThatNamesTheHolderIsNotAcknowledged() {
        run(0, mfa(Outcome.PASS));
        run(1, mfa(Outcome.FAIL, ADA));
        acknowledge("ada", "a", 2);

        assertThat(run(2, mfa(Outcome.PASS))).containsExactlyInAnyOrder(Change.Kind.RESOLVED, Change.Kind.IMPROVED);
    }

    @Test
    void whereTheItemCouldNotBeAnsweredNothingIsToldOfAnAcknowledgementYet() {
        run(0, newAdministrators());
        run(1, newAdministrators(newAdministrator("kim", "a")));
        acknowledge("kim", "a", 2);

        assertThat(run(2, result("S3-19", Outcome.NOT_ASSESSED, List.of()))).isEmpty();
        assertThat(run(3, newAdministrators()))
                .contains(Change.Kind.ACKNOWLEDGED)
                .doesNotContain(Change.Kind.RESOLVED);
    }
}
