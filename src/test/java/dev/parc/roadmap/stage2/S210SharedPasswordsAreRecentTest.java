package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.Change.DATELESS;
import static dev.parc.check.TenantBuilder.Change.GUEST;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.passwordChanged;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.Category;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.MailboxPurpose;
import dev.parc.facts.roles.AssignmentKind;
import org.junit.jupiter.api.Test;

class S210SharedPasswordsAreRecentTest {

    private static final Account DESK = account("desk@contoso.com");

    private final CheckTester check = CheckTester.of(new S210SharedPasswordsAreRecent());

    private static TenantBuilder shared(Account account) {
        return tenant().globalAdmin(account).category(account, Category.SHARED);
    }

    @Test
    void everySharedPasswordIsFresh() {
        check.given(GoodTenant.build())
                .isPass("the passwords of the only shared account were changed in the last 90 days");
    }

    @Test
    void ninetyDaysAreRecent() {
        check.given(shared(passwordChanged(DESK, 90)))
                .isPass("the passwords of the only shared account were changed in the last 90 days");
    }

    @Test
    void ninetyOneDaysAreNot() {
        check.given(shared(passwordChanged(DESK, 91)))
                .isFail("the passwords of 1 of 1 shared account are older than 90 days")
                .findsOnly("desk@contoso.com", "last changed its password on 2026-06-02, 91 days ago");
    }

    @Test
    void anAccountThatNobodyCategorisedMayBeShared() {
        check.given(GoodTenant.build().holder(account("x@contoso.com"), "Reports Reader", AssignmentKind.ELIGIBLE))
                .isReview("1 account is known to be shared, and 1 needs review")
                .findsOnly("x@contoso.com", "may be shared: nobody has said what it is for");
    }

    @Test
    void nobodySaidAnythingIsNotNoneIsShared() {
        check.given(tenant().globalAdmin(DESK))
                .isReview("0 accounts are known to be shared, and 1 needs review")
                .findsOnly("desk@contoso.com", "may be shared: nobody has said what it is for");
    }

    @Test
    void aSharedMailboxIsAHint() {
        check.given(tenant().globalAdmin(DESK).mailbox(DESK, MailboxPurpose.Purpose.SHARED))
                .isReview("0 accounts are known to be shared, and 1 needs review")
                .findsOnly(
                        "desk@contoso.com",
                        "may be shared: nobody has said what it is for, and it has a shared mailbox");
    }

    @Test
    void allAreCategorisedAndNoneAsShared() {
        check.given(tenant().globalAdmin(DESK).category(DESK, Category.DEDICATED))
                .isNotApplicable("every account is categorised, and none as shared");
    }

    @Test
    void aPasswordThatIsKeptElsewhereIsForAPerson() {
        check.given(shared(account("guest@contoso.com", GUEST)))
                .isReview("1 account is known to be shared, and 1 needs review")
                .findsOnly("guest@contoso.com", "has its password in its home directory");
        check.given(shared(account("desk@fabrikam.com")).domain("fabrikam.com", true))
                .isReview("1 account is known to be shared, and 1 needs review")
                .findsOnly(
                        "desk@fabrikam.com",
                        "has its password with the identity provider of fabrikam.com, and when it was changed cannot be"
                                + " told from here");
    }

    @Test
    void aPasswordWithoutADateIsNoPass() {
        check.given(shared(account("desk@contoso.com", DATELESS)))
                .isNotAssessed("administrators' accounts: desk@contoso.com has no date of a password change");
    }

    @Test
    void emergencyAccountsAreAskedAboutElsewhere() {
        check.given(tenant().globalAdmin(DESK).emergency(DESK.id()))
                .isNotApplicable("every account is categorised, and none as shared");
    }
}
