package dev.parc.assessment.change;

import static dev.parc.check.NewFinding.GAP;
import static dev.parc.report.SampleRun.finding;
import static dev.parc.report.SampleRun.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.entry;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.report.SampleRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private static final Finding ADA = finding("ada", "is disabled");

    private static Assessment run(CheckResult... results) {
        return SampleRun.of("live", "Contoso", List.of(results));
    }

    private static Change change(Change.Kind kind, Optional<Finding> finding, String message) {
        return new Change(
                kind,
                "20260102T030405Z-0a1b2c3d",
                Instant.parse("2026-01-02T03:04:05Z"),
                "S1-03",
                Severity.CRITICAL,
                finding,
                message);
    }

    private static Change ends(Change.Kind kind, Change.Decision decision, String message) {
        Change untold = change(kind, Optional.empty(), message);
        return new Change(
                kind,
                untold.runId(),
                untold.at(),
                untold.checkId(),
                untold.severity(),
                Optional.empty(),
                Optional.of(decision),
                message);
    }

    @Test
    void whatIsNewCameBackIfThatIsKnown() {
        Assessment before = run(result("S1-03", Outcome.PASS));
        Assessment after = run(result("S1-03", Outcome.FAIL, "one", List.of(), List.of(ADA)));
        Change back = change(Change.Kind.REOPENED, Optional.of(finding("ada", "was disabled")), "was disabled");

        assertThat(Difference.of(before, after, List.of(), id -> GAP).changes())
                .extracting(Change::kind)
                .containsExactlyInAnyOrder(Change.Kind.REGRESSED, Change.Kind.NEW);
        assertThat(Difference.of(before, after, List.of(back), id -> GAP).changes())
                .extracting(Change::kind)
                .containsExactlyInAnyOrder(Change.Kind.REGRESSED, Change.Kind.REOPENED);
    }

    @Test
    void whatIsGoneWasAcknowledgedIfThatIsKnownOfIt() {
        Assessment before = run(result("S1-03", Outcome.FAIL, "one", List.of(), List.of(ADA)));
        Assessment after = run(result("S1-03", Outcome.PASS));
        String known = "is known: acknowledged by Ann on 2026-01-01: takes over";

        assertThat(Difference.of(
                                before,
                                after,
                                List.of(change(Change.Kind.ACKNOWLEDGED, Optional.of(ADA), known)),
                                id -> GAP)
                        .changes())
                .extracting(Change::kind)
                .containsExactlyInAnyOrder(Change.Kind.IMPROVED, Change.Kind.ACKNOWLEDGED);
        Finding bob = new Finding("bob", ADA.subjectType(), "bob", "is disabled");
        assertThat(Difference.of(
                                before,
                                after,
                                List.of(change(Change.Kind.ACKNOWLEDGED, Optional.of(bob), known)),
                                id -> GAP)
                        .changes())
                .extracting(Change::kind)
                .containsExactlyInAnyOrder(Change.Kind.IMPROVED, Change.Kind.RESOLVED);
    }

    @Test
    void whatHasEndedIsNotNearItsEnd() {
        Assessment run = run(result("S1-03", Outcome.PASS));
        Change.Decision waiver = Change.Decision.waived(Optional.of("x"));
        Change.Decision other = Change.Decision.waived(Optional.of("y"));
        Change.Decision statement = Change.Decision.attested(1);
        List<Change> kept = List.of(
                ends(Change.Kind.WAIVER_ENDING, waiver, "x ends"),
                ends(Change.Kind.WAIVER_ENDED, waiver, "x has ended"),
                ends(Change.Kind.WAIVER_ENDING, other, "y ends"),
                ends(Change.Kind.ATTESTATION_ENDING, statement, "statement 1 ends"),
                ends(Change.Kind.ATTESTATION_ENDED, statement, "statement 1 has ended"),
                ends(Change.Kind.ATTESTATION_ENDING, Change.Decision.attested(2), "statement 2 ends"));

        assertThat(Difference.of(run, run, kept, id -> GAP).changes())
                .extracting(Change::message)
                .containsExactlyInAnyOrder("x has ended", "y ends", "statement 1 has ended", "statement 2 ends");
    }

    /** A release that did not say which decision ends told these; what is near its end may be another one. */
    @Test
    void anEndThatDoesNotSayOfWhatHidesNone() {
        Assessment run = run(result("S1-03", Outcome.PASS));
        List<Change> kept = List.of(
                change(Change.Kind.WAIVER_ENDING, Optional.empty(), "the waiver of y (o: r) ends on 2026-01-10"),
                change(Change.Kind.WAIVER_ENDED, Optional.empty(), "the waiver of x (o: r) ended on 2026-01-09; more"));

        assertThat(Difference.of(run, run, kept, id -> GAP).changes()).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    void whatOneRunDidNotAssessIsNamedAndNotCompared() {
        Assessment before = run(
                result("S1-01", Outcome.NOT_ASSESSED, "not assessed, because x", List.of("x"), List.of()),
                result("S1-02", Outcome.PASS),
                result("S1-03", Outcome.PASS));
        Assessment after = run(
                result("S1-01", Outcome.FAIL, "one", List.of(), List.of(ADA)),
                result("S1-02", Outcome.NOT_ASSESSED, "not assessed, because y", List.of("y"), List.of()),
                result("S1-04", Outcome.FAIL, "one", List.of(), List.of(ADA)));

        Difference difference = Difference.of(before, after, List.of(), id -> GAP);

        assertThat(difference.changes()).isEmpty();
        assertThat(difference.untold())
                .containsExactly(
                        entry("S1-01", "in the earlier run not assessed, because x; now FAIL"),
                        entry("S1-02", "in the later run not assessed, because y"),
                        entry("S1-03", "the later run did not ask it"),
                        entry("S1-04", "the earlier run did not ask it"));
    }

    @Test
    void aFileThatNamesAnItemTwiceIsComparedToo() {
        Assessment twice = run(result("S1-03", Outcome.PASS), result("S1-03", Outcome.FAIL));

        assertThatCode(() -> Difference.of(twice, twice, List.of(), id -> GAP)).doesNotThrowAnyException();
    }
}
