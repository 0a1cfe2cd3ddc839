package dev.parc.assessment.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.RequestCount;
import dev.parc.assessment.decision.Waiver;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.facts.Attestation;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which ends of attestations and waivers daily runs tell. */
class ExpiryChangesTest {

    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final LocalDate FIRST = LocalDate.parse("2026-09-01");

    private static Attestation attestation(Instant at, int days) {
        return new Attestation("S2-15", 1, "Ann", at, FIRST.plusDays(days), Optional.empty(), "");
    }

    private static Waiver waiver(Instant at, int days) {
        return new Waiver("S2-15", Optional.of("ada"), "Bo", "leaves in spring", "Ann", at, FIRST.plusDays(days));
    }

    /** What the runs of these days tell, each a day after the one before, as day and kind. */
    private static List<String> told(List<Attestation> given, List<Waiver> waivers, int days) {
        List<String> told = new ArrayList<>();
        for (int day = 1; day <= days; day++) {
            Instant at = NOON.plus(Duration.ofDays(day));
            for (Change change : told(given, waivers, at, at.minus(Duration.ofDays(1)))) {
                told.add(day + " " + change.kind());
            }
        }
        return told;
    }

    private static List<Change> told(List<Attestation> given, List<Waiver> waivers, Instant at, Instant before) {
        CheckResult result = new CheckResult(
                "S2-15",
                1,
                Stage.S2,
                "title",
                Severity.LOW,
                Outcome.REVIEW,
                CheckResult.Basis.AUTOMATED,
                "summary",
                List.of(),
                List.of());
        Assessment run = new Assessment(
                "20260901T050000Z-00000001",
                "contoso.com",
                "Contoso",
                "live",
                at,
                at.minusSeconds(30),
                at,
                List.of(Stage.S2),
                Assessment.Trigger.TIMER,
                RequestCount.NONE,
                List.of(result));
        return ExpiryChanges.of(run, result, given, waivers, before);
    }

    @Test
    void aWaiverIsToldFourteenDaysAheadAndAtItsEndAndOnceEach() {
        assertThat(told(List.of(), List.of(waiver(NOON, 20)), 40))
                .containsExactly("7 WAIVER_ENDING", "21 WAIVER_ENDED");
    }

    @Test
    void anAttestationIsToldFourteenDaysAheadAndAtItsEndAndOnceEach() {
        assertThat(told(List.of(attestation(NOON, 20)), List.of(), 40))
                .containsExactly("7 ATTESTATION_ENDING", "21 ATTESTATION_ENDED");
    }

    @Test
    void whatIsGivenForLessThanFourteenDaysIsToldByTheNextRun() {
        Instant afterTheFirstRun = NOON.plusSeconds(1);
        assertThat(told(List.of(attestation(afterTheFirstRun, 10)), List.of(waiver(afterTheFirstRun, 10)), 40))
                .containsExactly("1 ATTESTATION_ENDING", "1 WAIVER_ENDING", "11 ATTESTATION_ENDED", "11 WAIVER_ENDED");
    }

    @Test
    void anEndThatNoRunSawComingIsToldAsAnEnd() {
        assertThat(told(List.of(), List.of(waiver(NOON, 20)), NOON.plus(Duration.ofDays(50)), NOON))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.kind()).isEqualTo(Change.Kind.WAIVER_ENDED);
                    assertThat(change.message())
                            .isEqualTo("the waiver of subject ada (Bo: leaves in spring) ended on 2026-09-21; what it"
                                    + " covered counts again");
                    assertThat(change.opens()).isFalse();
                });
    }

    @Test
    void aRunAcrossMidnightNeitherSkipsAnEndNorTellsItTwice() {
        Waiver untilToday = waiver(NOON.minus(Duration.ofDays(30)), 0);
        Instant justAfter = Instant.parse("2026-09-02T00:00:10Z");
        Instant before = Instant.parse("2026-09-01T12:00:00Z");

        assertThat(told(List.of(), List.of(untilToday), justAfter, before)).hasSize(1);
        assertThat(told(List.of(), List.of(untilToday), justAfter.plusSeconds(60), justAfter))
                .isEmpty();
    }

    @Test
    void whatIsOfAnotherItemIsNotTold() {
        Waiver other = new Waiver("S2-16", Optional.empty(), "Bo", "why", "Ann", NOON, FIRST.plusDays(20));
        assertThat(told(List.of(), List.of(other), 40)).isEmpty();
    }
}
