package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.Change.MAILBOX;
import static dev.parc.check.TenantBuilder.Change.NEW;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Microsoft365Service;
import dev.parc.facts.roles.AssignmentKind;
import org.junit.jupiter.api.Test;

class S216UnusedMicrosoft365IsNoticedTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final String USED = "the only administrator signed in or used Microsoft 365 in the last 90 days";

    private final CheckTester check = CheckTester.of(new S216UnusedMicrosoft365IsNoticed());

    @Test
    void everybodySignsIn() {
        check.given(GoodTenant.build())
                .isPass("all 3 administrators signed in or used Microsoft 365 in the last 90 days");
    }

    @Test
    void ninetyDaysAreLatelyAndNinetyOneAreNot() {
        check.given(tenant().globalAdmin(ANN).usedNoMicrosoft365(ANN).signedIn(ANN, 90))
                .isPass(USED);
        check.given(tenant().globalAdmin(ANN).usedNoMicrosoft365(ANN).signedIn(ANN, 91))
                .isFail("1 of 1 administrator neither signs in nor uses Microsoft 365")
                .findsOnly(
                        "ann@contoso.com",
                        "last signed in on 2026-06-02, 91 days ago; no use of Microsoft 365 in the 90 days before"
                                + " 2026-08-30");
    }

    @Test
    void anEligibleHolderOfAnyRoleIsAsked() {
        check.given(GoodTenant.build()
                        .holder(ANN, "Reports Reader", AssignmentKind.ELIGIBLE)
                        .usedNoMicrosoft365(ANN)
                        .neverSignedIn(ANN))
                .isFail("1 of 4 administrators neither signs in nor uses Microsoft 365")
                .findsOnly(
                        "ann@contoso.com",
                        "has never signed in; no use of Microsoft 365 in the 90 days before 2026-08-30");
    }

    @Test
    void useOfAnyServiceIsUse() {
        check.given(tenant().globalAdmin(ANN).neverSignedIn(ANN).usedMicrosoft365(ANN, Microsoft365Service.YAMMER, 80))
                .isPass(USED);
    }

    @Test
    void aLicenceThatNobodyUsesIsForAPerson() {
        Account ben = account("ben@contoso.com", MAILBOX);
        check.given(tenant().globalAdmin(ben).signedIn(ben, 1).usedNoMicrosoft365(ben))
                .isReview("1 of 1 administrator needs review")
                .findsOnly(
                        "ben@contoso.com",
                        "has a licence for a mailbox; no use of Microsoft 365 in the 90 days before 2026-08-30");
    }

    @Test
    void aNewAccountHasTime() {
        Account fresh = account("new@contoso.com", NEW);
        check.given(tenant().globalAdmin(fresh).neverSignedIn(fresh).usedNoMicrosoft365(fresh))
                .isPass(USED);
    }

    @Test
    void anAccountOfWhichNothingIsKnownIsNoPass() {
        check.given(tenant().globalAdmin(ANN).signedIn(ANN, 1))
                .isNotAssessed("administrators' activity in Microsoft 365: nothing is known of ann@contoso.com");
        check.given(tenant().globalAdmin(ANN).usedNoMicrosoft365(ANN))
                .isNotAssessed("administrators' last sign-ins: nothing is known of ann@contoso.com");
    }

    @Test
    void concealedNamesAreNotUnusedAccounts() {
        check.given(tenant().globalAdmin(ANN)
                        .neverSignedIn(ANN)
                        .unread(FactKind.MICROSOFT_365_ACTIVITY, "user names are concealed"))
                .isNotAssessed("administrators' activity in Microsoft 365: user names are concealed");
    }

    @Test
    void emergencyAccountsAreNotAsked() {
        check.given(tenant().globalAdmin(ANN).emergency(ANN.id()))
                .isNotApplicable(
                        "no user account that can sign in, besides emergency accounts, holds a directory role");
    }
}
