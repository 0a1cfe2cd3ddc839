package dev.parc.roadmap.stage3;

import static dev.parc.check.TenantBuilder.NOW;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.AccessReview;
import dev.parc.facts.roles.AccessReview.Assignments;
import dev.parc.facts.roles.AccessReview.Decisions;
import dev.parc.facts.roles.AccessReview.Instance;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S301AccessReviewsAreCompletedTest {

    private static final DirectoryRole GLOBAL = DirectoryRole.GLOBAL_ADMINISTRATOR;
    private static final Account KIM = account("kim@contoso.com");
    private static final String NOT_REVIEWED = "1 of 1 highly privileged role in use is not reviewed regularly";
    private static final String LOOK = "1 review needs a closer look";
    private static final String PASS =
            "the only highly privileged role in use, and 0 groups that hold one, were reviewed"
                    + " within their period";

    private final CheckTester check = CheckTester.of(new S301AccessReviewsAreCompleted());

    /** One permanent Global Administrator. */
    private static TenantBuilder one() {
        return tenant().globalAdmin(KIM);
    }

    private static AccessReview review(
            Assignments assignments, boolean everybody, boolean independent, int periodDays, Instance... instances) {
        return new AccessReview(
                "r",
                "quarterly",
                GLOBAL.templateId(),
                true,
                assignments,
                everybody,
                independent,
                periodDays == 0 ? Optional.empty() : Optional.of(Duration.ofDays(periodDays)),
                Optional.empty(),
                List.of(instances));
    }

    private static Instance ended(int daysAgo, boolean finished, int byPeople, int open) {
        Instant end = NOW.minus(Duration.ofDays(daysAgo));
        return new Instance(
                end.minus(Duration.ofDays(14)), end, finished, Optional.of(new Decisions(byPeople, open, byPeople)));
    }

    private static TenantBuilder with(AccessReview review) {
        return one().add(FactKind.ACCESS_REVIEWS, review);
    }

    @Test
    void aRoleThatOnlyApplicationsHoldIsNotAskedAbout() {
        ServicePrincipal archive = new ServicePrincipal("sp", "Archive", "Application", true, false, "t");
        TenantBuilder tenant = with(review(Assignments.ALL, true, true, 93, ended(60, true, 1, 0)))
                .servicePrincipal(archive, DirectoryRole.EXCHANGE_ADMINISTRATOR);
        check.given(tenant).isPass(PASS);
        check.given(tenant.holder(
                        account("bob@contoso.com"), DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT))
                .isFail("1 of 2 highly privileged roles in use is not reviewed regularly")
                .findsOnly("Exchange Administrator", "no access review asks about its active assignments");
    }

    /** Everybody is eligible and reviewed, but for these, who hold the role for good. */
    private static TenantBuilder eligibleBeside(Account... permanent) {
        TenantBuilder tenant = tenant().holder(KIM, GLOBAL, AssignmentKind.ELIGIBLE)
                .add(FactKind.ACCESS_REVIEWS, review(Assignments.ELIGIBLE, true, true, 93, ended(60, true, 1, 0)));
        Stream.of(permanent).forEach(tenant::globalAdmin);
        return tenant;
    }

    @Test
    void emergencyAccountsNeedNoReview() {
        check.given(eligibleBeside(GoodTenant.ONE, GoodTenant.TWO).emergency(GoodTenant.ONE.id(), GoodTenant.TWO.id()))
                .isPass(PASS);
        check.given(eligibleBeside(GoodTenant.ONE, account("bob@contoso.com")).emergency(GoodTenant.ONE.id()))
                .isFail(NOT_REVIEWED)
                .findsOnly("Global Administrator", "no access review asks about its active assignments");
    }

    @Test
    void accountsThatMayBeEmergencyAccountsAreForAPerson() {
        check.given(eligibleBeside(GoodTenant.ONE, GoodTenant.TWO))
                .isReview(LOOK)
                .findsOnly(
                        "Global Administrator",
                        "no access review asks about its active assignments, which only accounts have that may be"
                                + " emergency accounts: name these in PARC_EMERGENCY_ACCOUNTS");
        check.given(eligibleBeside(GoodTenant.ONE, GoodTenant.TWO, account("three@contoso.onmicrosoft.com")))
                .isFail(NOT_REVIEWED);
        check.given(eligibleBeside(GoodTenant.ONE, GoodTenant.TWO).unread(FactKind.ACCOUNTS, "X"))
                .isNotAssessed("administrators' accounts: X");
    }

    @Test
    void whereOnlyApplicationsAndEmergencyAccountsHoldARoleNothingIsToBeReviewed() {
        check.given(tenant().globalAdmin(GoodTenant.ONE).emergency(GoodTenant.ONE.id()))
                .isNotApplicable(
                        "no highly privileged role is held by anybody but applications and designated emergency"
                                + " accounts");
    }

    @Test
    void rolesThatWereReviewedInTimePass() {
        check.given(GoodTenant.build())
                .isPass("all 2 highly privileged roles in use, and 0 groups that hold one, were reviewed within their"
                        + " period");
    }

    @Test
    void aRoleThatNoReviewNamesIsNotReviewed() {
        check.given(one())
                .isFail(NOT_REVIEWED)
                .findsOnly("Global Administrator", "no access review asks about its active assignments");
    }

    @ParameterizedTest
    @CsvSource({"93, true", "94, false"})
    void theLastOneMustNotBeOlderThanThePeriod(int daysAgo, boolean pass) {
        var expectation = check.given(with(review(Assignments.ALL, true, true, 93, ended(daysAgo, true, 2, 0))));
        if (pass) {
            expectation.isPass(PASS);
        } else {
            expectation
                    .isFail(NOT_REVIEWED)
                    .findsOnly(
                            "Global Administrator",
                            "access review 'quarterly', which ended on 2026-05-30, should have run again since");
        }
    }

    @Test
    void aReviewThatRunsOnceDoesNotCount() {
        check.given(with(review(Assignments.ALL, true, true, 0, ended(10, true, 2, 0))))
                .isFail(NOT_REVIEWED)
                .findsOnly(
                        "Global Administrator",
                        "no recurring access review asks about all of its active assignments: 'quarterly' runs once,"
                                + " has ended, or asks about some only");
    }

    @Test
    void aReviewOfGuestsOnlyDoesNotCount() {
        check.given(with(review(Assignments.ALL, false, true, 93, ended(10, true, 2, 0))))
                .isFail(NOT_REVIEWED);
    }

    @Test
    void aReviewThatHasEndedDoesNotCount() {
        AccessReview review = review(Assignments.ALL, true, true, 93, ended(10, true, 2, 0));
        check.given(with(new AccessReview(
                        "r",
                        "quarterly",
                        review.subjectId(),
                        true,
                        Assignments.ALL,
                        true,
                        true,
                        review.period(),
                        Optional.of(NOW.minusSeconds(1)),
                        review.instances())))
                .isFail(NOT_REVIEWED);
    }

    @Test
    void eligibleAndActiveAssignmentsMustBothBeAskedAbout() {
        TenantBuilder both = one().holder(account("e@contoso.com"), GLOBAL, AssignmentKind.ELIGIBLE);
        AccessReview active = review(Assignments.ACTIVE, true, true, 93, ended(10, true, 2, 0));
        check.given(both.add(FactKind.ACCESS_REVIEWS, active))
                .isFail(NOT_REVIEWED)
                .findsOnly("Global Administrator", "no access review asks about its eligible assignments");
        check.given(both.add(
                        FactKind.ACCESS_REVIEWS, review(Assignments.ELIGIBLE, true, true, 93, ended(9, true, 2, 0))))
                .isPass(PASS);
    }

    @Test
    void anInstanceThatNobodyAnsweredIsNoReview() {
        check.given(with(review(Assignments.ALL, true, true, 93, ended(10, true, 0, 4))))
                .isFail(NOT_REVIEWED)
                .findsOnly(
                        "Global Administrator",
                        "access review 'quarterly', which ended on 2026-08-22, was answered by nobody");
    }

    @Test
    void someWhoWereLeftOutAreForAPersonToLookAt() {
        check.given(with(review(Assignments.ALL, true, true, 93, ended(10, true, 3, 1))))
                .isReview(LOOK)
                .findsOnly(
                        "Global Administrator",
                        "access review 'quarterly', which ended on 2026-08-22, was left unanswered for 1 of 4");
    }

    @Test
    void theReviewedPeopleThemselvesAreNoReviewers() {
        check.given(with(review(Assignments.ALL, true, false, 93, ended(10, true, 3, 0))))
                .isReview(LOOK)
                .findsOnly(
                        "Global Administrator",
                        "access review 'quarterly', which ended on 2026-08-22, was answered by the reviewed people"
                                + " themselves");
    }

    @Test
    void theFirstTimeIsWaitedForAndNotForEver() {
        check.given(with(review(Assignments.ALL, true, true, 93, ended(-5, false, 0, 0))))
                .isReview(LOOK)
                .findsOnly("Global Administrator", "access review 'quarterly' has not finished for the first time yet");
        check.given(with(review(Assignments.ALL, true, true, 93, ended(94, false, 0, 0))))
                .isFail(NOT_REVIEWED)
                .findsOnly("Global Administrator", "access review 'quarterly' was never finished");
    }

    @Test
    void anInstanceWithoutDecisionsIsForAPersonToLookAt() {
        Instant end = NOW.minus(Duration.ofDays(10));
        check.given(with(review(Assignments.ALL, true, true, 93, new Instance(end, end, true, Optional.empty()))))
                .isReview(LOOK)
                .findsOnly(
                        "Global Administrator",
                        "access review 'quarterly', which ended on 2026-08-22, does not tell what was decided");
        check.given(with(review(Assignments.ALL, true, true, 93, ended(10, true, 0, 0))))
                .isReview(LOOK)
                .findsOnly(
                        "Global Administrator",
                        "access review 'quarterly', which ended on 2026-08-22, asked about nobody");
    }

    @Test
    void oneGoodReviewIsEnough() {
        check.given(with(review(Assignments.ALL, true, true, 93, ended(10, true, 0, 4)))
                        .add(FactKind.ACCESS_REVIEWS, review(Assignments.ALL, true, true, 366, ended(300, true, 4, 0))))
                .isPass(PASS);
    }

    @Test
    void theMembersOfAGroupThatHoldsTheRoleNeedAReviewOfTheGroup() {
        TenantBuilder byGroup = one().reviewed(GLOBAL, 10)
                .group("admins", GLOBAL, AssignmentKind.PERMANENT)
                .member("admins", account("m@contoso.com"));
        check.given(byGroup)
                .isReview(LOOK)
                .findsOnly("admins", "holds such a role; no access review asks about its members");
        check.given(byGroup.add(
                        FactKind.ACCESS_REVIEWS,
                        new AccessReview(
                                "g",
                                "group review",
                                id("admins"),
                                false,
                                Assignments.ALL,
                                true,
                                true,
                                Optional.of(Duration.ofDays(93)),
                                Optional.empty(),
                                List.of(ended(10, true, 1, 0)))))
                .isPass("the only highly privileged role in use, and 1 group that hold one, were reviewed within"
                        + " their period");
    }

    @Test
    void withoutAccessReviewsItDoesNotApply() {
        check.given(GoodTenant.build().without(Licence.ENTRA_ID_P2_OR_GOVERNANCE))
                .isNotApplicable("the tenant has no Microsoft Entra ID P2 or ID Governance licence");
    }

    @Test
    void aCertainFailStandsWhenAReviewCouldNotBeUsed() {
        check.given(one().gap(FactKind.ACCESS_REVIEWS, "one came without status"))
                .isFail(NOT_REVIEWED);
    }
}
