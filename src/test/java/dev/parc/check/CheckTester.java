package dev.parc.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parc.assessment.Assessor;
import dev.parc.facts.Facts;

/** Runs one check as production does and states what is expected of its verdict. */
public final class CheckTester {

    private final Check check;

    private CheckTester(Check check) {
        this.check = check;
    }

    public static CheckTester of(Check check) {
        return new CheckTester(check);
    }

    public Expectation given(TenantBuilder tenant) {
        return given(tenant.facts());
    }

    public Expectation given(Facts facts) {
        return new Expectation(Assessor.assess(check, facts));
    }

    /** The verdict, and what may be said of it. */
    public record Expectation(Verdict verdict) {

        public Expectation isPass(String summary) {
            is(Outcome.PASS, summary);
            assertThat(verdict.findings()).isEmpty();
            return this;
        }

        /** A PASS on somebody's word; what was seen stays beside it. */
        public Expectation isAttested(String summary) {
            assertThat(verdict.word()).as(verdict.toString()).isEqualTo(Verdict.Word.GIVEN);
            return is(Outcome.PASS, summary);
        }

        public Expectation isFail(String summary) {
            return is(Outcome.FAIL, summary);
        }

        public Expectation isReview(String summary) {
            return is(Outcome.REVIEW, summary);
        }

        public Expectation isNotApplicable(String reason) {
            return is(Outcome.NOT_APPLICABLE, reason);
        }

        public Expectation isNotAssessed(String reason) {
            assertThat(verdict.reasons()).as(verdict.toString()).contains(reason);
            return is(
                    Outcome.NOT_ASSESSED,
                    Summary.of("not assessed, because " + verdict.reasons().get(0)));
        }

        public Expectation findsOnly(String subject, String message) {
            assertThat(verdict.findings())
                    .extracting(Finding::subjectName, Finding::message)
                    .containsExactly(tuple(subject, message));
            return this;
        }

        public Expectation finds(String subject, String message) {
            assertThat(verdict.findings())
                    .extracting(Finding::subjectName, Finding::message)
                    .contains(tuple(subject, message));
            return this;
        }

        /** A reason stands beside the answer. */
        public Expectation names(String reason) {
            assertThat(verdict.reasons()).contains(reason);
            return this;
        }

        /** Exactly these messages, in this order. */
        public Expectation findsInOrder(String... messages) {
            assertThat(verdict.findings()).extracting(Finding::message).containsExactly(messages);
            return this;
        }

        public Expectation findsNothing() {
            assertThat(verdict.findings()).isEmpty();
            return this;
        }

        private Expectation is(Outcome outcome, String summary) {
            assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(outcome);
            assertThat(verdict.summary()).isEqualTo(summary);
            return this;
        }
    }
}
