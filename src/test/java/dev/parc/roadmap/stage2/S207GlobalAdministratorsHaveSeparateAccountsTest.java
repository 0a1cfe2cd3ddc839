package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.Change.MAILBOX;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.facts.Category;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Microsoft365Service;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import org.junit.jupiter.api.Test;

class S207GlobalAdministratorsHaveSeparateAccountsTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final String ONE_OF_ONE = "1 of 1 Global Administrator's account is not kept for administration";
    private static final String MAY = "1 Global Administrator's account may be used for day-to-day work";

    private final CheckTester check = CheckTester.of(new S207GlobalAdministratorsHaveSeparateAccounts());

    @Test
    void nobodyWorksWithIt() {
        check.given(GoodTenant.build())
                .isPass("of 1 Global Administrator's account nothing tells that it is used for day-to-day work");
    }

    @Test
    void whoeverReadsMailWithItDoes() {
        Account ben = account("ben@contoso.com", MAILBOX);
        check.given(tenant().holder(ben, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                        .usedMicrosoft365(ben, Microsoft365Service.EXCHANGE, 2))
                .isFail(ONE_OF_ONE)
                .findsOnly("ben@contoso.com", "used mail on 2026-08-30");
        check.given(tenant().holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                        .usedMicrosoft365(ANN, Microsoft365Service.EXCHANGE, 2))
                .isReview(MAY)
                .findsOnly("ann@contoso.com", "used mail on 2026-08-30, and has no mailbox any more");
    }

    @Test
    void aSharedAccountIsNobodysOwn() {
        check.given(tenant().globalAdmin(ANN).usedNoMicrosoft365(ANN).category(ANN, Category.SHARED))
                .isFail(ONE_OF_ONE)
                .findsOnly("ann@contoso.com", "is shared by several people, the operator says");
    }

    @Test
    void aMailboxThatNobodyReadsIsForAPerson() {
        Account ben = account("ben@contoso.com", MAILBOX);
        check.given(tenant().globalAdmin(ben).usedMicrosoft365(ben, Microsoft365Service.EXCHANGE, 60))
                .isReview(MAY)
                .findsOnly("ben@contoso.com", "has a mailbox");
    }

    @Test
    void otherRolesAreNotAsked() {
        check.given(GoodTenant.build()
                        .holder(ANN, DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .usedMicrosoft365(ANN, Microsoft365Service.EXCHANGE, 2))
                .isPass("of 1 Global Administrator's account nothing tells that it is used for day-to-day work");
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
    void whatTheOperatorSaysNeedsNoReport() {
        check.given(tenant().globalAdmin(ANN)
                        .category(ANN, Category.DUAL_USE)
                        .unread(FactKind.MICROSOFT_365_ACTIVITY, "user names are concealed"))
                .isFail(ONE_OF_ONE)
                .findsOnly("ann@contoso.com", "is also used for day-to-day work, the operator says");
    }

    @Test
    void withoutMicrosoft365ThereIsNoMailToRead() {
        check.given(tenant().without(Licence.MICROSOFT_365).globalAdmin(ANN))
                .isPass("of 1 Global Administrator's account nothing tells that it is used for day-to-day work");
    }

    @Test
    void emergencyAndDisabledAccountsAreNotAsked() {
        check.given(tenant().globalAdmin(ANN).emergency(ANN.id()).globalAdmin(account("d@contoso.com", DISABLED)))
                .isNotApplicable(
                        "no Global Administrator besides emergency accounts is a user account that can sign in");
    }
}
