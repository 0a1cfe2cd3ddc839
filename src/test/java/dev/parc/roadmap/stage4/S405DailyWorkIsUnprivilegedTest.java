package dev.parc.roadmap.stage4;

import static dev.parc.check.TenantBuilder.Change.MAILBOX;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Microsoft365Service;
import dev.parc.facts.roles.AssignmentKind;
import org.junit.jupiter.api.Test;

class S405DailyWorkIsUnprivilegedTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final String MAY = "1 of 4 administrators may do day-to-day work with an account that has a role";

    private final CheckTester check = CheckTester.of(new S405DailyWorkIsUnprivileged());

    @Test
    void nobodyWorksWithAnAdministratorsAccount() {
        check.given(GoodTenant.build())
                .isPass("of 3 administrators' accounts nothing tells that one is used for day-to-day work");
    }

    @Test
    void whoeverReadsMailWithAnAccountThatHoldsARoleDoes() {
        check.given(GoodTenant.build()
                        .holder(ANN, "Reports Reader", AssignmentKind.TIME_BOUND)
                        .usedMicrosoft365(ANN, Microsoft365Service.TEAMS, 30))
                .isFail("1 of 4 administrators does day-to-day work with an account that holds a role")
                .findsOnly("ann@contoso.com", "used Teams on 2026-08-02; holds Reports Reader (time-bound, directly)");
    }

    @Test
    void thirtyOneDaysAgoIsNotDayToDay() {
        check.given(GoodTenant.build()
                        .holder(ANN, "Reports Reader", AssignmentKind.TIME_BOUND)
                        .usedMicrosoft365(ANN, Microsoft365Service.TEAMS, 31))
                .isPass("of 4 administrators' accounts nothing tells that one is used for day-to-day work");
    }

    @Test
    void anAccountThatMustActivateItsRoleIsUnprivilegedUntilThen() {
        check.given(GoodTenant.build()
                        .holder(ANN, "Reports Reader", AssignmentKind.ELIGIBLE)
                        .usedMicrosoft365(ANN, Microsoft365Service.TEAMS, 2))
                .isReview(MAY)
                .findsOnly("ann@contoso.com", "used Teams on 2026-08-30; holds Reports Reader (eligible, directly)");
    }

    @Test
    void aMailboxThatNobodyReadsIsForAPerson() {
        Account ben = account("ben@contoso.com", MAILBOX);
        check.given(GoodTenant.build()
                        .holder(ben, "Reports Reader", AssignmentKind.PERMANENT)
                        .usedMicrosoft365(ben, Microsoft365Service.EXCHANGE, 40))
                .isReview(MAY)
                .findsOnly("ben@contoso.com", "has a mailbox; holds Reports Reader (permanent, directly)");
    }

    @Test
    void concealedNamesAreNotUnusedAccounts() {
        check.given(GoodTenant.build().unread(FactKind.MICROSOFT_365_ACTIVITY, "user names are concealed"))
                .isNotAssessed("administrators' activity in Microsoft 365: user names are concealed");
    }

    @Test
    void anAccountOfWhoseUseNothingIsKnownIsNoPass() {
        check.given(tenant().globalAdmin(ANN))
                .isNotAssessed("administrators' activity in Microsoft 365: nothing is known of ann@contoso.com");
    }

    @Test
    void emergencyAccountsAreNotAsked() {
        check.given(tenant().globalAdmin(ANN).emergency(ANN.id()))
                .isNotApplicable(
                        "no user account that can sign in, besides emergency accounts, holds a directory role");
    }
}
