package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.NOW;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.ServicePlan;
import dev.parc.facts.activity.SecureScore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S214SecureScoreIsTrackedTest {

    private final CheckTester check = CheckTester.of(new S214SecureScoreIsTracked());

    private static TenantBuilder office() {
        return tenant().microsoft365();
    }

    @Test
    void aScoreThatRisesPasses() {
        check.given(GoodTenant.build())
                .isPass(
                        "Secure Score is 9.0 % (9 of 100 points) and rose by 1 percentage point since 2026-08-02, compared by the 1 control of both days");
    }

    @Test
    void aScoreThatStaysPasses() {
        check.given(office().secureScore(30, Map.of("A", 8.0)).secureScore(0, Map.of("A", 8.0)))
                .isPass(
                        "Secure Score is 8.0 % (8 of 100 points) and has not moved since 2026-08-02, compared by the 1 control of both days");
    }

    @Test
    void onePointLessIsNoiseAndAHundredthMoreIsAFall() {
        check.given(office().secureScore(30, Map.of("A", 8.0)).secureScore(0, Map.of("A", 7.0)))
                .isPass(
                        "Secure Score is 7.0 % (7 of 100 points) and fell by no more than 1 percentage point since 2026-08-02, compared by the 1 control of both days");
        check.given(office().secureScore(30, Map.of("A", 8.0)).secureScore(0, Map.of("A", 6.99)))
                .isFail(
                        "Secure Score is 7.0 % (6.99 of 100 points) and fell by 1.01 percentage points since 2026-08-02, compared by the 1 control of both days")
                .findsOnly("the tenant", "lost points on the control A: 6.99, and 8 on 2026-08-02");
    }

    @Test
    void theLargestLossIsNamedFirstAndWhatRoseIsNot() {
        check.given(office().secureScore(30, Map.of("A", 8.0, "B", 9.0, "C", 0.0))
                        .secureScore(0, Map.of("A", 7.5, "B", 0.0, "C", 4.0)))
                .isFail(
                        "Secure Score is 11.5 % (11.5 of 100 points) and fell by 5.5 percentage points since 2026-08-02, compared by the 3 controls of both days")
                .findsInOrder(
                        "lost points on the control B: 0, and 9 on 2026-08-02",
                        "lost points on the control A: 7.5, and 8 on 2026-08-02");
    }

    @Test
    void aControlThatMicrosoftAddsOrRetiresMovesNothing() {
        check.given(office().secureScore(30, Map.of("A", 8.0, "B", 5.0, "gone", 10.0))
                        .secureScore(0, Map.of("A", 8.0, "B", 5.0, "new", 0.0)))
                .isPass(
                        "Secure Score is 13.0 % (13 of 100 points) and has not moved since 2026-08-02, compared by the 2 controls of both days");
    }

    @Test
    void aNewControlDoesNotHideThatAnOldOneFell() {
        check.given(office().secureScore(30, Map.of("A", 8.0, "B", 5.0))
                        .secureScore(0, Map.of("A", 2.0, "B", 5.0, "new", 10.0)))
                .isFail(
                        "Secure Score is 17.0 % (17 of 100 points) and fell by 6 percentage points since 2026-08-02, compared by the 2 controls of both days");
    }

    @Test
    void aHigherMaximumIsNoFall() {
        SecureScore before = new SecureScore(NOW.minus(Duration.ofDays(30)), 50, 100, Map.of("A", 50.0));
        SecureScore now = new SecureScore(NOW, 50, 200, Map.of("A", 50.0));
        check.given(office().add(FactKind.SECURE_SCORES, before).add(FactKind.SECURE_SCORES, now))
                .isPass(
                        "Secure Score is 25.0 % (50 of 200 points) and has not moved since 2026-08-02, compared by the 1 control of both days");
    }

    @Test
    void aMonthAgoCountsEvenIfTheScoreWasLowerBefore() {
        check.given(office().secureScore(60, Map.of("A", 1.0))
                        .secureScore(30, Map.of("A", 8.0))
                        .secureScore(10, Map.of("A", 8.0))
                        .secureScore(0, Map.of("A", 4.0)))
                .isFail(
                        "Secure Score is 4.0 % (4 of 100 points) and fell by 4 percentage points since 2026-08-02, compared by the 1 control of both days");
    }

    @Test
    void aWeekIsEnoughForATrendAndSixDaysAreNot() {
        check.given(office().secureScore(7, Map.of("A", 8.0)).secureScore(0, Map.of("A", 8.0)))
                .isPass(
                        "Secure Score is 8.0 % (8 of 100 points) and has not moved since 2026-08-25, compared by the 1 control of both days");
        check.given(office().secureScore(6, Map.of("A", 8.0)).secureScore(0, Map.of("A", 8.0)))
                .isNotAssessed(
                        "Secure Score: no two days at least a week apart can be compared yet; the newest is 8.0 % (8 of"
                                + " 100 points)");
    }

    @Test
    void daysWithFewControlsInCommonAreNotCompared() {
        check.given(office().secureScore(30, Map.of("A", 8.0, "B", 1.0, "C", 1.0))
                        .secureScore(0, Map.of("A", 8.0, "D", 1.0)))
                .isNotAssessed(
                        "Secure Score: no two days at least a week apart can be compared yet; the newest is 9.0 % (9 of"
                                + " 100 points)");
    }

    @Test
    void aScoreOfThreeDaysIsCurrentAndAnOlderOneIsNot() {
        check.given(office().secureScore(40, Map.of("A", 8.0)).secureScore(3, Map.of("A", 8.0)))
                .isPass(
                        "Secure Score is 8.0 % (8 of 100 points) and has not moved since 2026-07-23, compared by the 1 control of both days");
        check.given(office().secureScore(40, Map.of("A", 8.0)).secureScore(4, Map.of("A", 8.0)))
                .isNotAssessed("Secure Score: the newest is of 2026-08-28, and Microsoft computes one every day");
    }

    @Test
    void noScoreIsNoGoodScore() {
        check.given(office()).isNotAssessed("Secure Score: Graph holds none of this tenant yet");
    }

    @Test
    void aMaximumOfNothingIsNotDividedBy() {
        SecureScore before = new SecureScore(NOW.minus(Duration.ofDays(30)), 0, 0, Map.of("A", 0.0));
        SecureScore now = new SecureScore(NOW, 0, 0, Map.of("A", 0.0));
        check.given(office().add(FactKind.SECURE_SCORES, before).add(FactKind.SECURE_SCORES, now))
                .isNotAssessed(
                        "Secure Score: no two days at least a week apart can be compared yet; the newest is 0.0 % (0 of"
                                + " 0 points)");
    }

    @Test
    void withoutMicrosoft365ItDoesNotApply() {
        check.given(tenant().add(FactKind.SERVICE_PLANS, new ServicePlan("x", "EXCHANGE_S_FOUNDATION", true))
                        .add(FactKind.SERVICE_PLANS, new ServicePlan("y", "SHAREPOINTSTANDARD", false)))
                .isNotApplicable("the tenant has no Microsoft 365 plan");
    }
}
