package dev.parc.report;

import static dev.parc.report.SampleRun.finding;
import static dev.parc.report.SampleRun.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Score;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.decision.SignedStatement;
import dev.parc.assessment.decision.Waiver;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.facts.Attestation;
import dev.parc.report.html.HtmlReport;
import dev.parc.report.html.ReportInput;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of the report that stand beside the items. */
class ReportSectionsTest {

    private static final Instant WEEK_BEFORE = Instant.parse("2025-12-26T03:04:05Z");

    @Test
    void whatIsNotAssessedIsToldByWhatIsMissing() {
        Document page = page(
                result("S1-05", Outcome.NOT_ASSESSED, "x", List.of("grant A"), List.of()),
                result("S1-06", Outcome.NOT_ASSESSED, "x", List.of("grant A", "grant B"), List.of()),
                result("S1-07", Outcome.NOT_APPLICABLE, "x", List.of("no licence"), List.of()));

        assertThat(page.expectFirst("#not-assessed").text()).contains("2 items");
        assertThat(page.select(".missing tbody tr").eachText())
                .containsExactly("grant A S1-05, S1-06", "grant B S1-06");
        assertThat(page(result("S1-05", Outcome.PASS)).select("#not-assessed")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01, Expired",
        "2026-01-02, Ends today",
        "2026-01-03, Ends in 1 day",
        "2026-01-16, Ends in 14 days",
        "2026-01-17, ''"
    })
    void whatEndsSoonOrHasEndedIsMarked(LocalDate end, String mark) {
        Waiver waiver = new Waiver("S1-04", Optional.of("a-subject"), "Ann", "<b>why", "Ben", WEEK_BEFORE, end);
        Attestation said =
                new Attestation("S1-04", 1, "Cleo", WEEK_BEFORE, end, Optional.of("https://e.example"), "<i>note");
        CheckResult result = new CheckResult(
                "S1-04",
                1,
                Stage.S1,
                "title",
                Severity.HIGH,
                Outcome.FAIL,
                CheckResult.Basis.AUTOMATED,
                "x",
                List.of(),
                List.of(finding("ada", "is x")),
                List.of(new SignedStatement(said, "All is <b>well")),
                List.of(waiver));
        Document page = page(result);

        assertThat(page.expectFirst("section[aria-labelledby=decisions] .waivers tbody tr")
                        .text())
                .contains("a-subject", "S1-04", "<b>why", "Ann", "by Ben", mark);
        assertThat(page.expectFirst("section[aria-labelledby=decisions] .attestations tbody tr")
                        .text())
                .contains("All is <b>well", "Cleo", "https://e.example", "<i>note", mark);
        assertThat(page.select(".decided table")).hasSize(2);
        if (mark.isEmpty()) {
            assertThat(page.select("time + .badge")).isEmpty();
        }
    }

    @Test
    void changesAreToldTheUrgentFirst() {
        ReportInput.Earlier earlier = new ReportInput.Earlier(
                WEEK_BEFORE,
                OptionalInt.of(40),
                List.of(
                        change(Change.Kind.RESOLVED, Severity.CRITICAL, "was found"),
                        change(Change.Kind.NEW, Severity.CRITICAL, "is found"),
                        change(Change.Kind.WAIVER_ENDING, Severity.CRITICAL, "ends"),
                        change(Change.Kind.REGRESSED, Severity.HIGH, "is no longer met"),
                        change(Change.Kind.LOST_MFA, Severity.HIGH, "<b>can sign in without MFA")));
        Assessment run = SampleRun.of("live", "x", List.of(result("S1-04", Outcome.PASS)));
        Document page = page(new ReportInput(run, Optional.empty(), Optional.of(earlier), Map.of()));

        assertThat(page.select(".changes tbody tr .badge").eachText())
                .containsExactly("▲ Lost MFA", "▲ Worse", "▲ New", "! Waiver ending", "✓ Resolved");
        assertThat(page.expectFirst(".changed li").text()).contains("ada <b>can sign in without MFA");
        assertThat(page.expectFirst(".changed .tally").text())
                .contains(
                        "1 administrator lost MFA", "1 item no longer met", "1 waiver ends soon", "1 finding resolved");
        assertThat(page.expectFirst(".score").text()).contains("Since 26 Dec 2025 ▲ up 60 points");
    }

    private static Change change(Change.Kind kind, Severity severity, String message) {
        return new Change(
                kind,
                "20260102T030405Z-0a1b2c3d",
                WEEK_BEFORE,
                "S1-04",
                severity,
                kind == Change.Kind.REGRESSED ? Optional.empty() : Optional.of(finding("ada", "is x")),
                message);
    }

    @Test
    void withoutAnEarlierRunThePageSaysSo() {
        Document page = page(result("S1-04", Outcome.PASS));

        assertThat(page.expectFirst(".changed").text()).contains("There is no earlier run");
        assertThat(page.select("#changes, #scores")).isEmpty();
        assertThat(page.expectFirst("#standing").text()).isEqualTo("Stage 1 is done");
    }

    @Test
    void scoresOverTimeAreInNumbersToo() {
        List<StagePoint> points =
                List.of(point("20251226T030405Z-0a1b2c3d", 20), point("20260102T030405Z-0a1b2c3d", 50));
        Assessment run = SampleRun.of("live", "x", List.of(result("S1-04", Outcome.PASS)));
        Document page = page(new ReportInput(
                run, Optional.empty(), Optional.empty(), Map.of(Stage.S1, points, Stage.S2, points.subList(0, 1))));

        assertThat(page.select(".scores li").eachText())
                .containsExactly("Stage 1 50% ▲ up 30 points 100% 26 Dec 2025: 20% 2 Jan 2026");
        assertThat(page.select(".scores circle").eachAttr("cy")).containsExactly("52.80", "36.00");
        assertThat(page.select("section[aria-labelledby=scores] tbody tr").eachText())
                .containsExactly("2 Jan 2026, 03:04 UTC 50% of 6/7", "26 Dec 2025, 03:04 UTC 20% of 6/7");
    }

    @Test
    void allStagesTogetherAreWeighedBySeverityAndWhatIsWaivedDoesNotCount() {
        Assessment run = SampleRun.of(
                "live",
                "x",
                List.of(
                        result("S1-04", Outcome.PASS),
                        result("S1-05", Outcome.PASS),
                        result("S2-01", Outcome.FAIL),
                        result("S2-02", Outcome.FAIL)));
        StagePoint first = StagePoint.of(run, Stage.S1, 0, List.of());
        StagePoint second = StagePoint.of(run, Stage.S2, 0, List.of());
        Document page = page(new ReportInput(
                run,
                Optional.empty(),
                Optional.empty(),
                Map.of(
                        Stage.S1, List.of(moved(first, WEEK_BEFORE, Outcome.FAIL, "S1-05"), first),
                        Stage.S2, List.of(moved(second, WEEK_BEFORE, Outcome.FAIL, "S2-02"), second))));

        assertThat(page.select(".scores li:first-child").text())
                .isEqualTo("All stages 50% ▲ up 50 points 100% 26 Dec 2025: 0% 2 Jan 2026");
        assertThat(page.select("section[aria-labelledby=scores] tbody tr:last-child td:nth-child(2)")
                        .text())
                .isEqualTo("0% of 2/4");
    }

    private static StagePoint moved(StagePoint point, Instant at, Outcome outcome, String waived) {
        TreeMap<String, Outcome> outcomes = new TreeMap<>(point.outcomes());
        outcomes.replaceAll((id, before) -> outcome);
        return new StagePoint(
                "20251226T030405Z-0a1b2c3d",
                point.stage(),
                at,
                new Score(0, 1, 2),
                outcomes,
                new TreeSet<>(List.of(waived)),
                0,
                0,
                0);
    }

    private static StagePoint point(String runId, int score) {
        Instant at = runId.startsWith("2025") ? WEEK_BEFORE : Instant.parse("2026-01-02T03:04:05Z");
        return new StagePoint(runId, Stage.S1, at, new Score(score, 6, 7), new TreeMap<>(), new TreeSet<>(), 0, 0, 0);
    }

    @Test
    void outcomesAreCountedByStage() {
        Document page = page(
                result("S1-04", Outcome.PASS), result("S1-05", Outcome.FAIL), result("S2-01", Outcome.NOT_APPLICABLE));

        assertThat(page.select(".outcomes tbody tr, .outcomes tfoot tr").eachText())
                .containsExactly(
                        "Stage 1 50% 2 of 2 1 1 0 0 0 0", "Stage 2 – 0 of 1 0 0 0 0 1 0", "All 50% 2 of 3 1 1 0 0 1 0");
        assertThat(page.select(".outcomes tbody tr:first-child rect").eachAttr("width"))
                .containsExactly("50.00%", "50.00%");
    }

    @Test
    void itemsNameWhatTheyCorrespondTo() {
        assertThat(page(result("S1-04", Outcome.PASS)).expectFirst("#S1-04").text())
                .contains("Corresponds to", "NIST Cybersecurity Framework");
    }

    private static Document page(CheckResult... results) {
        return page(ReportInput.of(
                SampleRun.of("live", "Contoso", Stream.of(results).toList())));
    }

    private static Document page(ReportInput input) {
        return Jsoup.parse(new HtmlReport(id -> Optional.empty()).html(input));
    }
}
