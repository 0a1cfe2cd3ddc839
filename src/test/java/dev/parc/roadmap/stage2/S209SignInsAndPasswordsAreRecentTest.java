package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.Change.DATELESS;
import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.Change.GUEST;
import static dev.parc.check.TenantBuilder.Change.NEW;
import static dev.parc.check.TenantBuilder.Change.SYNCED;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.passwordChanged;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.AssignmentKind;
import org.junit.jupiter.api.Test;

class S209SignInsAndPasswordsAreRecentTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final String ONE_OF_ONE =
            "1 of 1 administrator did not sign in or change their password in the last 90 days";
    private static final String FINE = "the only administrator signed in, and no password is older than 90 days";
    private static final String LOOK = "1 of 1 administrator needs review";

    private final CheckTester check = CheckTester.of(new S209SignInsAndPasswordsAreRecent());

    private static TenantBuilder with(Account account) {
        return tenant().globalAdmin(account).signedIn(account, 1);
    }

    @Test
    void everybodyDidBoth() {
        check.given(GoodTenant.build()).isPass("all 3 administrators signed in, and no password is older than 90 days");
    }

    @Test
    void ninetyDaysAreEnoughForBoth() {
        Account old = passwordChanged(ANN, 90);
        check.given(tenant().globalAdmin(old).signedIn(old, 90)).isPass(FINE);
    }

    @Test
    void aPasswordOfNinetyOneDaysIsTooOld() {
        check.given(with(passwordChanged(ANN, 91)))
                .isFail(ONE_OF_ONE)
                .findsOnly("ann@contoso.com", "last changed its password on 2026-06-02, 91 days ago");
    }

    @Test
    void aSignInOfNinetyOneDaysIsTooLongAgo() {
        check.given(tenant().globalAdmin(ANN).signedIn(ANN, 91))
                .isFail(ONE_OF_ONE)
                .findsOnly("ann@contoso.com", "last signed in on 2026-06-02, 91 days ago");
    }

    @Test
    void bothAreToldTogether() {
        Account old = passwordChanged(ANN, 200);
        check.given(tenant().globalAdmin(old).neverSignedIn(old))
                .isFail(ONE_OF_ONE)
                .findsOnly(
                        "ann@contoso.com",
                        "has never signed in; last changed its password on 2026-02-13, 200 days ago");
    }

    @Test
    void theFirstPasswordWasNeverChanged() {
        check.given(with(passwordChanged(ANN, 365)))
                .isFail(ONE_OF_ONE)
                .findsOnly("ann@contoso.com", "has kept the password it was created with on 2025-09-01, 365 days ago");
    }

    @Test
    void aNewAccountHasTimeToSignIn() {
        Account fresh = account("new@contoso.com", NEW);
        check.given(tenant().globalAdmin(fresh).neverSignedIn(fresh)).isPass(FINE);
    }

    @Test
    void anEligibleHolderOfAnyRoleIsAsked() {
        Account reader = passwordChanged(account("reader@contoso.com"), 91);
        check.given(GoodTenant.build()
                        .holder(reader, "Reports Reader", AssignmentKind.ELIGIBLE)
                        .signedIn(reader, 1))
                .isFail("1 of 4 administrators did not sign in or change their password in the last 90 days")
                .findsOnly("reader@contoso.com", "last changed its password on 2026-06-02, 91 days ago");
    }

    @Test
    void anOldDateOfASynchronisedAccountMayOnlyMeanThatNobodyTold() {
        check.given(with(passwordChanged(account("ann@contoso.com", SYNCED), 91)))
                .isReview(LOOK)
                .findsOnly(
                        "ann@contoso.com",
                        "has its password on-premises; the last change that Microsoft Entra ID heard of was on"
                                + " 2026-06-02, 91 days ago, and without password hash synchronisation it hears of none");
    }

    @Test
    void aLaterDateOfASynchronisedAccountIsThatOfAChange() {
        check.given(with(passwordChanged(account("ann@contoso.com", SYNCED), 90)))
                .isPass(FINE);
    }

    @Test
    void theDateOnWhichASynchronisedAccountWasMadeIsThatOfNoChange() {
        check.given(with(passwordChanged(account("ann@contoso.com", NEW, SYNCED), 30)))
                .isReview(LOOK)
                .findsOnly(
                        "ann@contoso.com",
                        "has its password on-premises; the last change that Microsoft Entra ID heard of was on"
                                + " 2026-08-02, 30 days ago, and without password hash synchronisation it hears of none");
    }

    @Test
    void aFederatedPasswordIsKeptElsewhere() {
        Account fed = account("fed@fabrikam.com");
        check.given(with(fed).domain("fabrikam.com", true))
                .isReview(LOOK)
                .findsOnly(
                        "fed@fabrikam.com",
                        "has its password with the identity provider of fabrikam.com, and when it was changed cannot be"
                                + " told from here");
    }

    @Test
    void thePasswordOfAnExternalAccountIsForAPerson() {
        Account guest = passwordChanged(account("guest@contoso.com", GUEST), 300);
        check.given(with(guest))
                .isReview(LOOK)
                .findsOnly("guest@contoso.com", "has its password in its home directory");
        check.given(tenant().globalAdmin(guest).signedIn(guest, 91))
                .isFail(ONE_OF_ONE)
                .findsOnly("guest@contoso.com", "last signed in on 2026-06-02, 91 days ago");
    }

    @Test
    void withoutP1AnOldPasswordIsAFailAllTheSame() {
        check.given(tenant().without(Licence.ENTRA_ID_P1).globalAdmin(passwordChanged(ANN, 91)))
                .isFail(ONE_OF_ONE)
                .findsOnly("ann@contoso.com", "last changed its password on 2026-06-02, 91 days ago");
    }

    @Test
    void withoutP1FreshPasswordsAreNoPass() {
        check.given(tenant().without(Licence.ENTRA_ID_P1).globalAdmin(ANN))
                .isNotApplicable(
                        "the tenant has no Microsoft Entra ID P1 licence, without which Graph does not tell who"
                                + " signed in; no password is older than 90 days");
    }

    @Test
    void anAccountWithoutAnEntryIsNoPass() {
        check.given(tenant().globalAdmin(ANN))
                .isNotAssessed("administrators' last sign-ins: nothing is known of ann@contoso.com");
    }

    @Test
    void anAccountWithoutADateIsNoPass() {
        check.given(with(account("ann@contoso.com", DATELESS)))
                .isNotAssessed("administrators' accounts: ann@contoso.com has no date of a password change");
    }

    @Test
    void emergencyAndDisabledAccountsAreNotAsked() {
        check.given(tenant().globalAdmin(passwordChanged(account("d@contoso.com", DISABLED), 400))
                        .globalAdmin(passwordChanged(ANN, 400))
                        .emergency(ANN.id()))
                .isNotApplicable(
                        "no user account that can sign in, besides emergency accounts, holds a directory role");
    }
}
