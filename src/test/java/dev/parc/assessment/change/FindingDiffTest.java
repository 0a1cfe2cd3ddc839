package dev.parc.assessment.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.RequestCount;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.check.Finding;
import dev.parc.check.NewFinding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import dev.parc.roadmap.Roadmap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What one answer after the other makes of the records of findings, and which changes it tells. */
class FindingDiffTest {

    private static final Function<String, NewFinding> MEANINGS = NewFinding.of(Roadmap.checks());

    private static final Instant DAY = Instant.parse("2026-09-01T05:00:00Z");
    private static final Finding ADA = user("ada", "has no MFA");
    private static final Finding BOB = user("bob", "has no MFA");

    /** Runs of one check, one after the other. */
    private static final class Series {

        private final String checkId;
        private List<FindingRecord> records = List.of();
        private Optional<HistoryEntry> previous = Optional.empty();

        Series(String checkId) {
            this.checkId = checkId;
        }

        List<Change> run(int day, Outcome outcome, List<String> reasons, Finding... findings) {
            CheckResult result = new CheckResult(
                    checkId,
                    1,
                    Stage.ofItem(checkId),
                    "title",
                    Severity.HIGH,
                    outcome,
                    CheckResult.Basis.AUTOMATED,
                    "the summary of day " + day,
                    reasons,
                    List.of(findings));
            Instant at = at(day);
            Assessment run = new Assessment(
                    "20260901T050000Z-%08d".formatted(day),
                    "contoso.com",
                    "Contoso",
                    "live",
                    at,
                    at,
                    at,
                    List.of(Stage.ofItem(checkId)),
                    Assessment.Trigger.TIMER,
                    RequestCount.NONE,
                    List.of(result));
            FindingDiff tracking = FindingDiff.of(run, result, MEANINGS.apply(checkId), records, previous);
            records = tracking.records();
            if (outcome != Outcome.NOT_ASSESSED && outcome != Outcome.NOT_APPLICABLE) {
                previous = Optional.of(HistoryEntry.of(run, result));
            }
            return tracking.changes();
        }

        List<Change> run(int day, Outcome outcome, Finding... findings) {
            return run(day, outcome, List.of(), findings);
        }
    }

    private static Instant at(int day) {
        return DAY.plus(Duration.ofDays(day));
    }

    private static Finding user(String name, String message) {
        return new Finding("id of " + name, SubjectType.USER, name + "@contoso.com", message);
    }

    private static void assertTold(List<Change> changes, Change.Kind kind, Finding finding) {
        assertThat(changes)
                .extracting(Change::kind, Change::finding)
                .containsExactly(tuple(kind, Optional.of(finding)));
    }

    @Test
    void whatTheFirstRunFindsIsNotNew() {
        Series series = new Series("S2-05");
        assertThat(series.run(0, Outcome.FAIL, ADA)).isEmpty();
        assertThat(series.records).containsExactly(new FindingRecord(ADA, at(0), at(0), at(0), Optional.empty(), 0));
    }

    @Test
    void whatWasNotThereBeforeIsNew() {
        Series series = new Series("S2-05");
        series.run(0, Outcome.FAIL, ADA);
        assertTold(series.run(1, Outcome.FAIL, ADA, BOB), Change.Kind.NEW, BOB);
        assertThat(series.records).extracting(FindingRecord::firstSeen).containsExactly(at(0), at(1));
        assertThat(series.records).extracting(FindingRecord::lastSeen).containsExactly(at(1), at(1));
    }

    @Test
    void itStaysTheSameFindingWhateverItSays() {
        Series series = new Series("S2-05");
        series.run(0, Outcome.FAIL, user("ada", "signed in 91 days ago"));
        assertThat(series.run(1, Outcome.FAIL, user("ada", "signed in 92 days ago")))
                .isEmpty();
        assertThat(series.records).singleElement().satisfies(record -> {
            assertThat(record.finding().message()).isEqualTo("signed in 92 days ago");
            assertThat(record.firstSeen()).isEqualTo(at(0));
        });
    }

    @Test
    void whatIsGoneIsResolvedAndKeepsHowLongItTook() {
        Series series = new Series("S2-05");
        series.run(0, Outcome.FAIL, ADA, BOB);
        assertTold(series.run(3, Outcome.FAIL, BOB), Change.Kind.RESOLVED, ADA);
        assertThat(series.records.get(0).timeToRemediate()).contains(Duration.ofDays(3));
        assertThat(series.records.get(1).timeToRemediate()).isEmpty();
        assertThat(series.run(4, Outcome.FAIL, BOB)).isEmpty();
    }

    @Test
    void whatComesBackIsReopenedAndItsTimeBeginsAnew() {
        Series series = new Series("S2-05");
        series.run(0, Outcome.FAIL, ADA, BOB);
        series.run(1, Outcome.FAIL, BOB);
        assertTold(series.run(5, Outcome.FAIL, ADA, BOB), Change.Kind.REOPENED, ADA);
        series.run(7, Outcome.FAIL, BOB);
        assertThat(series.records.get(0)).isEqualTo(new FindingRecord(ADA, at(0), at(5), at(5), Optional.of(at(7)), 1));
        assertThat(series.records.get(0).timeToRemediate()).contains(Duration.ofDays(2));
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_ASSESSED", "NOT_APPLICABLE"})
    void whatCouldNotBeSeenIsNotResolved(Outcome outcome) {
        Series series = new Series("S2-05");
        series.run(0, Outcome.FAIL, ADA);
        assertThat(series.run(1, outcome, List.of("sign-ins: throttled"))).isEmpty();
        assertThat(series.records)
                .singleElement()
                .extracting(FindingRecord::resolvedAt)
                .isEqualTo(Optional.empty());
        assertThat(series.run(2, Outcome.FAIL, ADA)).isEmpty();
    }

    @Test
    void aFailThatLeavesSomethingOutResolvesNothing() {
        Series series = new Series("S2-05");
        series.run(0, Outcome.FAIL, ADA, BOB);
        assertThat(series.run(1, Outcome.FAIL, List.of("accounts: page 2 was throttled"), BOB))
                .isEmpty();
        assertTold(series.run(2, Outcome.FAIL, BOB), Change.Kind.RESOLVED, ADA);
    }

    @Test
    void aPassResolvesAllWhateverItShows() {
        Series series = new Series("S2-02");
        series.run(0, Outcome.REVIEW, ADA);
        assertThat(series.run(1, Outcome.PASS, ADA))
                .extracting(Change::kind)
                .containsExactly(Change.Kind.RESOLVED, Change.Kind.IMPROVED);
    }

    @ParameterizedTest
    @CsvSource({
        "PASS, FAIL, REGRESSED",
        "PASS, REVIEW, REGRESSED",
        "FAIL, PASS, IMPROVED",
        "REVIEW, PASS, IMPROVED",
        "REVIEW, FAIL,",
        "FAIL, FAIL,",
        "PASS, PASS,",
        "PASS, NOT_ASSESSED,",
        "FAIL, NOT_APPLICABLE,"
    })
    void anItemChangesWhereItIsMetOrNoLongerMet(Outcome before, Outcome after, Change.Kind kind) {
        Series series = new Series("S2-05");
        series.run(0, before);
        assertThat(series.run(1, after)).extracting(Change::kind).isEqualTo(kind == null ? List.of() : List.of(kind));
    }

    @Test
    void anItemThatWasNotAssessedInBetweenIsComparedWithItsLastAnswer() {
        Series series = new Series("S2-05");
        series.run(0, Outcome.PASS);
        series.run(1, Outcome.NOT_ASSESSED, List.of("sign-ins: throttled"));
        assertThat(series.run(2, Outcome.FAIL, ADA))
                .extracting(Change::kind)
                .containsExactly(Change.Kind.NEW, Change.Kind.REGRESSED);
    }

    @ParameterizedTest
    @CsvSource({
        "S1-05, FAIL, LOST_MFA",
        "S1-06, FAIL, LOST_MFA",
        "S2-03, FAIL, LOST_MFA",
        "S1-06, REVIEW, NEW",
        "S3-19, REVIEW, NEW_ADMINISTRATOR",
        "S1-03, FAIL, NEW"
    })
    void administratorsWhoAreNewOrWithoutMfaAreTold(String checkId, Outcome outcome, Change.Kind kind) {
        Series series = new Series(checkId);
        series.run(0, Outcome.FAIL, BOB);
        assertTold(series.run(1, outcome, ADA, BOB), kind, ADA);
    }

    @Test
    void anAnswerThatComesLateChangesNothingThatIsKnown() {
        Series series = new Series("S2-05");
        series.run(0, Outcome.FAIL, ADA, BOB);
        series.run(5, Outcome.FAIL, BOB);
        List<FindingRecord> known = series.records;
        assertThat(series.run(3, Outcome.FAIL, ADA)).isEmpty();
        assertThat(series.records).isEqualTo(known);
    }

    @Test
    void theSameRunTwiceEndsInTheSameRecords() {
        Series series = new Series("S2-05");
        series.run(0, Outcome.FAIL, ADA, BOB);
        series.run(1, Outcome.FAIL, BOB);
        List<FindingRecord> known = series.records;
        assertThat(series.run(1, Outcome.FAIL, BOB)).isEmpty();
        assertThat(series.records).isEqualTo(known);
    }

    @Test
    void subjectsOfTheSameNameAreTwo() {
        Series series = new Series("S2-05");
        Finding one = new Finding("1", SubjectType.USER, "John Smith", "is not needed");
        Finding other = new Finding("2", SubjectType.USER, "John Smith", "is not needed");
        series.run(0, Outcome.FAIL, one);
        assertTold(series.run(1, Outcome.FAIL, one, other), Change.Kind.NEW, other);
    }
}
