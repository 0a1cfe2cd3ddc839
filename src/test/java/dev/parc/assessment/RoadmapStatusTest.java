package dev.parc.assessment;

import static dev.parc.assessment.Assessments.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parc.assessment.StageProgress.State;
import dev.parc.assessment.decision.Waiver;
import dev.parc.check.Effort;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoadmapStatusTest {

    private static final LocalDate START = LocalDate.of(2026, 1, 1);

    @ParameterizedTest
    @CsvSource({
        "S1, 2026-01-03, ON_TIME, 0, 'on time: due on 2026-01-03, today'",
        "S1, 2026-01-04, LATE, 1, '1 day late: was due on 2026-01-03'",
        "BG, 2026-01-03, ON_TIME, 0, 'on time: due on 2026-01-03, today'",
        "BG, 2026-01-05, LATE, 2, '2 days late: was due on 2026-01-03'",
        "S2, 2026-01-29, ON_TIME, 0, 'on time: due on 2026-01-29, today'",
        "S2, 2026-01-30, LATE, 1, '1 day late: was due on 2026-01-29'",
        "S3, 2026-03-31, ON_TIME, 1, 'on time: due on 2026-04-01, in 1 day'",
        "S3, 2026-04-02, LATE, 1, '1 day late: was due on 2026-04-01'",
        "S4, 2026-06-30, ON_TIME, 1, 'on time: due on 2026-07-01, in 1 day, and ongoing from then on'",
        "S4, 2026-07-02, LATE, 1, '1 day late: was due on 2026-07-01, and ongoing from then on'",
    })
    void anOpenStageIsOnTimeUntilTheEndOfItsDeadline(
            Stage stage, LocalDate today, State state, long days, String words) {
        StageProgress progress =
                progress(run(today, Optional.of(START), List.of(stage), answer(stage + "-01", Outcome.REVIEW)), stage);

        assertThat(progress.state()).isEqualTo(state);
        assertThat(progress.days()).isEqualTo(days);
        assertThat(progress.inWords()).isEqualTo(words);
    }

    @Test
    void withoutAStartThereIsNoDeadline() {
        StageProgress progress =
                progress(run(START, Optional.empty(), List.of(Stage.S1), answer("S1-01", Outcome.FAIL)), Stage.S1);

        assertThat(progress.state()).isEqualTo(State.NO_START);
        assertThat(progress.deadline()).isEmpty();
        assertThat(progress.inWords()).contains("PARC_ROADMAP_START");
    }

    @Test
    void aStageIsDoneWhenAllOfItIsMetWhateverTheDay() {
        CheckResult waived = answer("S1-03", Outcome.FAIL, CheckResult.Basis.WAIVED);
        StageProgress progress = progress(
                run(
                        START.plusYears(1),
                        Optional.of(START),
                        List.of(Stage.S1),
                        answer("S1-01", Outcome.PASS),
                        answer("S1-02", Outcome.NOT_APPLICABLE),
                        waived),
                Stage.S1);

        assertThat(progress.state()).isEqualTo(State.DONE);
        assertThat(progress.notApplicable()).isEqualTo(1);
        assertThat(progress.waived()).isEqualTo(1);
        assertThat(progress.score()).isEqualTo(new Score(100, 1, 3));
    }

    @ParameterizedTest
    @CsvSource({"FAIL", "REVIEW", "NOT_ASSESSED"})
    void aStageIsNotDoneWhileOneItemIsOpen(Outcome outcome) {
        Assessment run = run(
                START.plusDays(9),
                Optional.of(START),
                List.of(Stage.S1),
                answer("S1-01", Outcome.PASS),
                answer("S1-02", outcome));

        assertThat(progress(run, Stage.S1).state()).isEqualTo(State.LATE);
        assertThat(progress(run, Stage.S1).open()).isEqualTo(1);
    }

    @Test
    void nothingThatAppliesIsNotDone() {
        Assessment run = run(START, Optional.of(START), List.of(Stage.S1), answer("S1-01", Outcome.NOT_APPLICABLE));

        assertThat(progress(run, Stage.S1).state()).isEqualTo(State.ON_TIME);
    }

    @Test
    void aRunOfSingleItemsNeverSaysThatAStageIsDone() {
        Assessment run = run(START, Optional.of(START), List.of(), answer("S1-01", Outcome.PASS));

        assertThat(progress(run, Stage.S1).state()).isEqualTo(State.PARTIAL);
        assertThat(run.status().stages()).hasSize(1);
    }

    @Test
    void aScoreOverLittleSaysSo() {
        Assessment run = run(
                START,
                Optional.empty(),
                List.of(Stage.S1),
                answer("S1-01", Outcome.PASS),
                answer("S1-02", Outcome.NOT_ASSESSED),
                answer("S1-03", Outcome.NOT_ASSESSED));

        assertThat(run.status().score().inWords()).isEqualTo("score 100%, over only 1 of 3 items");
        assertThat(run.notes()).containsExactly("Stage 1: score 100%, over only 1 of 3 items");
        assertThat(new Score(83, 6, 7).inWords()).isEqualTo("score 83%, over 6 of 7 items");
        assertThat(new Score(-1, 0, 7).inWords()).isEqualTo("no score, over only 0 of 7 items");
        assertThat(new Score(50, 2, 4).isThin()).isFalse();
    }

    @Test
    void actionsComeByDeadlineSeverityCertaintyEffortAndReach() {
        Assessment run = run(
                START,
                Optional.empty(),
                List.of(Stage.values()),
                answer("S1-01", Outcome.PASS),
                answer("S1-02", Outcome.NOT_APPLICABLE),
                answer("S4-01", Severity.CRITICAL, Outcome.FAIL, Effort.HOURS, 9),
                answer("S2-01", Severity.HIGH, Outcome.FAIL, Effort.WEEKS, 9),
                answer("S2-02", Severity.HIGH, Outcome.FAIL, Effort.HOURS, 1),
                answer("S2-03", Severity.HIGH, Outcome.FAIL, Effort.HOURS, 2),
                answer("S2-04", Severity.HIGH, Outcome.REVIEW, Effort.HOURS, 9),
                answer("S2-05", Severity.HIGH, Outcome.NOT_ASSESSED, Effort.HOURS, 9),
                answer("S2-06", Severity.CRITICAL, Outcome.REVIEW, Effort.WEEKS, 0),
                answer("BG-01", Severity.CRITICAL, Outcome.FAIL, Effort.DAYS, 1),
                answer("S1-03", Severity.HIGH, Outcome.FAIL, Effort.HOURS, 1));

        assertThat(run.status().actions())
                .extracting(NextAction::checkId)
                .containsExactly("BG-01", "S1-03", "S2-06", "S2-03", "S2-02", "S2-01", "S2-04", "S2-05", "S4-01");
    }

    @Test
    void anActionSaysWhatToDoForWhomAndWhereTheStepsAre() {
        Assessment run = run(
                START,
                Optional.empty(),
                List.of(Stage.S1),
                answer("S1-05", Severity.CRITICAL, Outcome.FAIL, Effort.HOURS, 5),
                answer("S1-06", Severity.HIGH, Outcome.NOT_ASSESSED, Effort.HOURS, 2),
                answer("S1-07", Outcome.FAIL));

        assertThat(run.status().actions())
                .extracting(
                        NextAction::checkId,
                        NextAction::what,
                        NextAction::subjects,
                        NextAction::concerns,
                        NextAction::page)
                .containsExactly(
                        tuple("S1-05", "Do S1-05", 5, "user 0, user 1, user 2 and 2 more", "docs/checks/S1-05.md"),
                        tuple(
                                "S1-07",
                                "See the page of S1-07, \"How to fix it\"",
                                0,
                                "the tenant",
                                "docs/checks/S1-07.md"),
                        tuple(
                                "S1-06",
                                "Give PARC access to the missing data: Policy.Read.All is missing",
                                0,
                                "the tenant",
                                "docs/checks/S1-06.md"));
    }

    @Test
    void aWaivedItemIsNoActionAndAWaivedSubjectIsNotConcerned() {
        Finding one = new Finding("id-1", SubjectType.USER, "one", "is");
        Finding two = new Finding("id-2", SubjectType.USER, "two", "is");
        CheckResult partly = new CheckResult(
                "S1-03",
                1,
                Stage.S1,
                "asked",
                Severity.HIGH,
                Outcome.FAIL,
                CheckResult.Basis.AUTOMATED,
                "summary",
                List.of(),
                List.of(one, two, two),
                List.of(),
                List.of(new Waiver(
                        "S1-03", Optional.of("id-1"), "Ann", "r", "Ann", Instant.EPOCH, LocalDate.of(2027, 1, 1))));
        Assessment run = run(
                START,
                Optional.empty(),
                List.of(Stage.S1),
                answer("S1-01", Outcome.FAIL, CheckResult.Basis.WAIVED),
                partly);

        assertThat(run.status().actions())
                .extracting(NextAction::checkId, NextAction::subjects, NextAction::concerns)
                .containsExactly(tuple("S1-03", 1, "two"));
    }

    private static StageProgress progress(Assessment run, Stage stage) {
        return run.status().stages().stream()
                .filter(progress -> progress.stage() == stage)
                .findFirst()
                .orElseThrow();
    }

    private static Assessment run(
            LocalDate today, Optional<LocalDate> start, List<Stage> stages, CheckResult... results) {
        Instant at = today.atTime(23, 59).toInstant(java.time.ZoneOffset.UTC);
        return new Assessment(
                "20260131T080000Z-0a1b2c3d",
                TENANT,
                "Contoso",
                "live",
                at,
                at,
                at,
                stages,
                Assessment.Trigger.CLI,
                new RequestCount(0, 0, 0, Map.of()),
                Arrays.asList(results),
                start);
    }

    private static CheckResult answer(String id, Outcome outcome) {
        return answer(id, outcome, CheckResult.Basis.AUTOMATED);
    }

    private static CheckResult answer(String id, Outcome outcome, CheckResult.Basis basis) {
        return new CheckResult(
                id, 1, Stage.ofItem(id), "asked", Severity.HIGH, outcome, basis, "summary", List.of(), List.of());
    }

    private static CheckResult answer(String id, Severity severity, Outcome outcome, Effort effort, int subjects) {
        List<Finding> findings = Stream.iterate(0, number -> number + 1)
                .limit(subjects)
                .map(number -> new Finding("id-" + number, SubjectType.USER, "user " + number, "is"))
                .toList();
        return new CheckResult(
                id,
                1,
                Stage.ofItem(id),
                "asked",
                severity,
                outcome,
                CheckResult.Basis.AUTOMATED,
                "summary",
                outcome == Outcome.NOT_ASSESSED ? List.of("Policy.Read.All is missing") : List.of(),
                findings,
                List.of(),
                List.of(),
                new Remedy("Do " + id, effort),
                false);
    }
}
