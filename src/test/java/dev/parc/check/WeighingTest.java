package dev.parc.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeighingTest {

    private static final Finding ONE = new Finding(Finding.TENANT, SubjectType.TENANT, "the tenant", "one");
    private static final Finding TWO = new Finding(Finding.TENANT, SubjectType.TENANT, "the tenant", "two");

    private final Weighing weighing = new Weighing();

    private Optional<Verdict> verdict() {
        return weighing.verdict(count -> count + " bad", count -> count + " unclear");
    }

    @Test
    void nothingSpeaksAgainstIt() {
        assertThat(verdict()).isEmpty();
    }

    @Test
    void whatIsCertainOutweighsEverything() {
        weighing.doubtful(TWO);
        weighing.unknown("a: b");
        weighing.certain(ONE);
        assertThat(verdict()).contains(Verdict.fail("1 bad", List.of(ONE, TWO)));
    }

    @Test
    void whatIsNotKnownOutweighsADoubt() {
        weighing.doubtful(TWO);
        weighing.unknown("a: b");
        assertThat(verdict()).contains(Verdict.notAssessed(List.of("a: b")).withFindings(List.of(TWO)));
    }

    @Test
    void aDoubtIsForAPerson() {
        weighing.doubtful(ONE);
        weighing.doubtful(TWO);
        assertThat(verdict()).contains(Verdict.review("2 unclear", List.of(ONE, TWO)));
    }
}
