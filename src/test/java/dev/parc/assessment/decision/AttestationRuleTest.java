package dev.parc.assessment.decision;

import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.parc.check.Asking;
import dev.parc.check.Check;
import dev.parc.check.CheckTester;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Severity;
import dev.parc.check.TenantBuilder;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What attestations make of an answer that waits for them; the tenant's now is 1 September 2026. */
class AttestationRuleTest {

    private static final CheckTester TWO = CheckTester.of(new Asking.TwoStatements());

    @RoadmapItem(
            id = "S2-91",
            title = "Fails whatever is attested",
            severity = Severity.LOW,
            needs = {},
            attests = "All is well")
    private record Failing() implements Check {
        @Override
        public Verdict evaluate(Facts facts) {
            return Verdict.fail("no contact was found", List.of());
        }
    }

    @RoadmapItem(
            id = "S2-92",
            title = "Asks for nothing",
            severity = Severity.LOW,
            needs = {})
    private record Mute() implements Check {
        @Override
        public Verdict evaluate(Facts facts) {
            return Verdict.attest("nothing was found", List.of());
        }
    }

    private static TenantBuilder attested(int daysOfFirst, int daysOfSecond) {
        return tenant().attested("S2-90", 1, daysOfFirst).attested("S2-90", 2, daysOfSecond);
    }

    @Test
    void allOfItAttestedIsAPassThatShowsWhatWasSeen() {
        TWO.given(attested(100, 50))
                .isAttested("one contact was found; attested by Ann until 2026-10-21")
                .findsOnly("the tenant", "has one contact");
    }

    @Test
    void oneStatementIsNotTheOther() {
        CheckTester.Expectation answer =
                TWO.given(tenant().attested("S2-90", 1)).isReview("one contact was found; 1 of 2 statements to attest");
        assertThat(answer.verdict().reasons()).containsExactly("\"The plan is tested\" is not attested");
    }

    @RoadmapItem(
            id = "S2-90",
            title = "Asks for the second statement only",
            severity = Severity.LOW,
            needs = {},
            attests = {"The plan exists", "The plan is tested"})
    private record Second() implements Check {
        @Override
        public Verdict evaluate(Facts facts) {
            return Verdict.attest("the plan was found", List.of(), new TreeSet<>(Set.of(2)));
        }
    }

    @Test
    void whatWasReadMakesAStatementNeedlessAndNoOtherOne() {
        CheckTester second = CheckTester.of(new Second());
        second.given(tenant().attested("S2-90", 2, 50))
                .isAttested("the plan was found; attested by Ann until 2026-10-21");
        assertThat(second.given(tenant().attested("S2-90", 1, 50))
                        .isReview("the plan was found; 1 statement to attest")
                        .verdict()
                        .reasons())
                .containsExactly("\"The plan is tested\" is not attested");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Verdict.attest("nothing is left", List.of(), new TreeSet<>()));
    }

    @Test
    void theLastDayCountsAndTheNextDoesNot() {
        TWO.given(attested(0, 50)).isAttested("one contact was found; attested by Ann until 2026-09-01");
        CheckTester.Expectation answer =
                TWO.given(attested(-1, 50)).isReview("one contact was found; 1 of 2 statements to attest");
        assertThat(answer.verdict().reasons())
                .containsExactly("\"The plan exists\" was attested by Ann until 2026-08-31, which has passed");
    }

    @Test
    void itsEndIsAnnouncedFourteenDaysAhead() {
        assertThat(TWO.given(attested(14, 50)).verdict().reasons()).isEmpty();
        assertThat(TWO.given(attested(13, 50)).verdict().reasons())
                .containsExactly("\"The plan exists\" is attested until 2026-09-14 only: attest it again");
    }

    @Test
    void whatIsAttestedForAnotherItemDoesNotCount() {
        TWO.given(tenant().attested("S2-91", 1).attested("S2-91", 2))
                .isReview("one contact was found; 2 of 2 statements to attest");
    }

    @Test
    void aFailStandsWhateverIsAttested() {
        CheckTester.of(new Failing()).given(tenant().attested("S2-91", 1)).isFail("no contact was found");
    }

    @Test
    void attestationsThatCouldNotBeReadAreNotMissing() {
        TWO.given(attested(100, 100).unread(FactKind.ATTESTATIONS, "the table service did not answer"))
                .isNotAssessed("attestations: the table service did not answer");
    }

    /** S2-94. */
    @RoadmapItem(
            id = "S2-94",
            title = "Asks nothing of this tenant",
            severity = Severity.LOW,
            needs = FactKind.ORGANIZATION,
            completedBy = FactKind.DOMAINS,
            attests = "All is well")
    private record Elsewhere() implements Check {
        @Override
        public Verdict evaluate(Facts facts) {
            return Verdict.notApplicable("the tenant is cloud-only");
        }
    }

    @Test
    void whatDoesNotApplyStaysSoWhereAttestationsCouldNotBeRead() {
        CheckTester elsewhere = CheckTester.of(new Elsewhere());

        elsewhere.given(tenant().unread(FactKind.ATTESTATIONS, "down")).isNotApplicable("the tenant is cloud-only");
        elsewhere.given(tenant().unread(FactKind.DOMAINS, "down")).isNotAssessed("domains: down");
    }

    @Test
    void aCardThatAsksForNothingCannotWaitForIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CheckTester.of(new Mute()).given(tenant()))
                .withMessage("S2-92 leaves its result to a person but has no statement to attest");
    }
}
