package dev.parc.assessment.decision;

import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Assessments;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Score;
import dev.parc.check.Asking;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import dev.parc.check.TenantBuilder;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What waivers make of an answer; the tenant's now is 1 September 2026. */
class WaiverRuleTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 9, 1);

    private final List<Waiver> waivers = new ArrayList<>();

    /** Answers with the outcome that the number of domains' gaps tells: none of that matters here. */
    @RoadmapItem(
            id = "S2-95",
            title = "Two subjects are in order",
            severity = Severity.HIGH,
            needs = {},
            completedBy = FactKind.DOMAINS)
    private record TwoSubjects(Outcome outcome) implements Check {
        @Override
        public Verdict evaluate(Facts facts) {
            return new Verdict(
                    outcome,
                    "2 subjects are not in order",
                    List.of(),
                    List.of(
                            new Finding("id-a", SubjectType.USER, "A", "is wrong"),
                            new Finding("id-b", SubjectType.USER, "B", "is wrong"),
                            new Finding("id-b", SubjectType.USER, "B", "is wrong twice")));
        }
    }

    private WaiverRuleTest waive(String checkId, String subject, LocalDate until) {
        waivers.add(new Waiver(
                checkId,
                Optional.of(subject).filter(one -> !one.isEmpty()),
                "Ann",
                "is replaced",
                "Ben",
                Instant.parse("2026-08-01T00:00:00Z"),
                until));
        return this;
    }

    private WaiverRuleTest waive(String subject) {
        return waive("S2-95", subject, TODAY.plusDays(100));
    }

    private CheckResult answer(Check check, TenantBuilder tenant) {
        return CheckResult.of(check, tenant.facts(), WaiverRule.of(waivers));
    }

    private CheckResult answer(Outcome outcome) {
        return answer(new TwoSubjects(outcome), tenant());
    }

    private static List<Boolean> flags(CheckResult result) {
        return result.findings().stream().map(result::isWaived).toList();
    }

    @Test
    void oneSubjectIsFlaggedAndTheAnswerCountsAsBefore() {
        CheckResult result = waive("ID-B").answer(Outcome.FAIL);

        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.basis()).isEqualTo(CheckResult.Basis.AUTOMATED);
        assertThat(result.summary()).isEqualTo("2 subjects are not in order; 2 of 3 findings waived");
        assertThat(flags(result)).containsExactly(false, true, true);
        assertThat(result.reasons()).isEmpty();
        assertThat(Score.of(List.of(result))).isEqualTo(new Score(0, 1, 1));
    }

    @Test
    void allSubjectsWaivedCountApartAndStayWhatTheyAre() {
        for (Outcome outcome : List.of(Outcome.FAIL, Outcome.REVIEW)) {
            waivers.clear();
            CheckResult result = waive("id-a").waive("id-b").answer(outcome);

            assertThat(result.outcome()).isEqualTo(outcome);
            assertThat(result.basis()).isEqualTo(CheckResult.Basis.WAIVED);
            assertThat(result.summary()).isEqualTo("2 subjects are not in order; waived by Ann until 2026-12-10");
            assertThat(Score.of(List.of(result))).isEqualTo(new Score(-1, 0, 1));
            Assessment run = Assessments.assessment("20260131T080000Z-00000001", result);
            assertThat(run.counts()).containsEntry(outcome, 0);
            assertThat(run.waived()).isEqualTo(1);
        }
    }

    @Test
    void theWholeItemCoversWhateverIsFound() {
        CheckResult result = waive("").answer(Outcome.FAIL);

        assertThat(result.basis()).isEqualTo(CheckResult.Basis.WAIVED);
        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(flags(result)).containsOnly(true);
    }

    @Test
    void nothingThatIsNotBadIsWaived() {
        for (Outcome outcome : List.of(Outcome.PASS, Outcome.NOT_APPLICABLE)) {
            waivers.clear();
            CheckResult result = waive("").waive("id-a").answer(outcome);

            assertThat(result.outcome()).isEqualTo(outcome);
            assertThat(result.basis()).isEqualTo(CheckResult.Basis.AUTOMATED);
            assertThat(result.waivers()).isEmpty();
            assertThat(result.reasons())
                    .containsExactly(
                            "the waiver of the whole item (Ann: is replaced) covers no finding: the finding is fixed or"
                                    + " gone, so withdraw it",
                            "the waiver of subject id-a (Ann: is replaced) covers no finding: the finding is fixed or gone,"
                                    + " so withdraw it");
        }
    }

    @Test
    void whatIsNotAssessedIsNeverWaived() {
        CheckResult result = waive("")
                .waive("id-a")
                .waive("id-b")
                .answer(new TwoSubjects(Outcome.REVIEW), tenant().unread(FactKind.DOMAINS, "403 from Graph"));

        assertThat(result.outcome()).isEqualTo(Outcome.NOT_ASSESSED);
        assertThat(result.basis()).isEqualTo(CheckResult.Basis.AUTOMATED);
        assertThat(result.reasons())
                .startsWith("domains: 403 from Graph")
                .contains("the waiver of the whole item (Ann: is replaced) does not apply: an item that is not assessed"
                        + " cannot be waived");
    }

    @Test
    void subjectsThatNobodySawAreNotWaivedWithTheOthers() {
        CheckResult result = waive("id-a")
                .waive("id-b")
                .answer(new TwoSubjects(Outcome.FAIL), tenant().unread(FactKind.DOMAINS, "403 from Graph"));

        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.basis()).isEqualTo(CheckResult.Basis.AUTOMATED);
        assertThat(flags(result)).containsOnly(true);
    }

    @Test
    void aSubjectDoesNotStandForWhatAPersonHasNotAttested() {
        CheckResult result = waive("S2-90", "tenant", TODAY.plusDays(100)).answer(new Asking.TwoStatements(), tenant());

        assertThat(result.outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(result.basis()).isEqualTo(CheckResult.Basis.AUTOMATED);
        waive("S2-90", "", TODAY.plusDays(100));
        assertThat(answer(new Asking.TwoStatements(), tenant()).basis()).isEqualTo(CheckResult.Basis.WAIVED);
    }

    @Test
    void anAttestedPassStaysAttested() {
        CheckResult result = waive("S2-90", "tenant", TODAY.plusDays(100))
                .answer(
                        new Asking.TwoStatements(),
                        tenant().attested("S2-90", 1).attested("S2-90", 2));

        assertThat(result.outcome()).isEqualTo(Outcome.PASS);
        assertThat(result.basis()).isEqualTo(CheckResult.Basis.ATTESTED);
        assertThat(flags(result)).containsOnly(false);
    }

    @Test
    void itCountsOnItsLastDayAndReopensOnTheNext() {
        assertThat(waive("S2-95", "", TODAY).answer(Outcome.FAIL).basis()).isEqualTo(CheckResult.Basis.WAIVED);
        waivers.clear();

        CheckResult result = waive("S2-95", "id-a", TODAY.minusDays(1))
                .waive("S2-95", "id-z", TODAY.minusDays(1))
                .answer(Outcome.FAIL);

        assertThat(flags(result)).containsOnly(false);
        assertThat(result.reasons())
                .containsExactly(
                        "the waiver of subject id-a (Ann: is replaced) ended on 2026-08-31: its findings count again",
                        "the waiver of subject id-z (Ann: is replaced) ended on 2026-08-31 and covers no finding:"
                                + " withdraw it");
    }

    @Test
    void itsEndIsAnnouncedFourteenDaysAhead() {
        assertThat(waive("S2-95", "id-a", TODAY.plusDays(14))
                        .answer(Outcome.FAIL)
                        .reasons())
                .isEmpty();
        waivers.clear();
        assertThat(waive("S2-95", "id-a", TODAY.plusDays(13))
                        .answer(Outcome.FAIL)
                        .reasons())
                .containsExactly(
                        "the waiver of subject id-a (Ann: is replaced) ends on 2026-09-14: fix it or waive it again");
    }

    @Test
    void aSubjectThatIsInNoFindingIsReported() {
        assertThat(waive("id-gone").answer(Outcome.FAIL).reasons())
                .containsExactly(
                        "the waiver of subject id-gone (Ann: is replaced) covers no finding: the finding is fixed or"
                                + " gone, so withdraw it");
    }

    @Test
    void theWaiverOfAnotherItemDoesNotMatter() {
        CheckResult result = waive("S2-96", "", TODAY.plusDays(100)).answer(Outcome.FAIL);

        assertThat(result.basis()).isEqualTo(CheckResult.Basis.AUTOMATED);
        assertThat(result.reasons()).isEmpty();
    }

    @Test
    void waiversThatCouldNotBeReadWaiveNothingAndAreTold() {
        CheckResult result = CheckResult.of(
                new TwoSubjects(Outcome.FAIL), tenant().facts(), WaiverRule.unread("the store did not answer"));

        assertThat(result.basis()).isEqualTo(CheckResult.Basis.AUTOMATED);
        assertThat(result.reasons()).containsExactly("waivers were not read, so none counts: the store did not answer");
        assertThat(result.stage()).isEqualTo(Stage.S2);
    }
}
