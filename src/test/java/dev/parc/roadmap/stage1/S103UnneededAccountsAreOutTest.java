package dev.parc.roadmap.stage1;

import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.Change.NEW;
import static dev.parc.check.TenantBuilder.Change.NOT_QUITE_NEW;
import static dev.parc.check.TenantBuilder.Change.PENDING;
import static dev.parc.check.TenantBuilder.NOW;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.ApplicationUse;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S103UnneededAccountsAreOutTest {

    private static final String HOLDS = "; holds Global Administrator (permanent, directly)";

    private final CheckTester check = CheckTester.of(new S103UnneededAccountsAreOut());

    @Test
    void whetherAnApplicationIsUsedWasNotLookedAt() {
        TenantBuilder one = GoodTenant.build()
                .servicePrincipal(
                        new ServicePrincipal("sp", "Backup", "Application", true, false, "t"),
                        DirectoryRole.EXCHANGE_ADMINISTRATOR);
        check.given(one)
                .isPass("all 5 accounts in the highly privileged roles are enabled and, one application aside, in use;"
                        + " whether Backup is used was not looked at");
        check.given(one.servicePrincipal(
                        new ServicePrincipal("sp2", "Archive", "Application", true, false, "t"),
                        DirectoryRole.EXCHANGE_ADMINISTRATOR))
                .isPass("all 6 accounts in the highly privileged roles are enabled and, 2 applications aside, in use;"
                        + " whether these are used was not looked at");
    }

    private static TenantBuilder backupUsed(Optional<Instant> lastUse) {
        return GoodTenant.build()
                .servicePrincipal(
                        new ServicePrincipal("sp", "Backup", "Application", true, false, "t"),
                        DirectoryRole.EXCHANGE_ADMINISTRATOR)
                .add(FactKind.APPLICATION_USE, new ApplicationUse("sp", lastUse));
    }

    @Test
    void anApplicationThatIsUsedIsInUse() {
        check.given(backupUsed(Optional.of(NOW.minus(Duration.ofDays(90)))))
                .isPass("all 5 accounts in the highly privileged roles are enabled and in use");
    }

    @Test
    void anApplicationThatNobodyUsesAnyMoreIsUnneeded() {
        check.given(backupUsed(Optional.of(NOW.minus(Duration.ofDays(91)))))
                .isFail("1 of 5 accounts in the highly privileged roles looks unneeded")
                .findsOnly(
                        "Backup",
                        "was last used on 2026-06-02, 91 days ago; holds Exchange Administrator (permanent, directly)");
    }

    @Test
    void anApplicationThatTheReportDoesNotKnowIsForAPerson() {
        check.given(backupUsed(Optional.empty()))
                .isReview("of 1 of 5 accounts in the highly privileged roles no use is on record")
                .findsOnly(
                        "Backup",
                        "has no use on record: ask its owner whether it is still needed; the report may miss new"
                                + " applications and managed identities; holds Exchange Administrator (permanent,"
                                + " directly)");
    }

    @Test
    void useThatWasRefusedIsSaidAndNoAnswer() {
        check.given(backupUsed(Optional.empty()).unread(FactKind.APPLICATION_USE, "403 from Graph"))
                .names("use of service principals that hold a role: 403 from Graph")
                .isPass("all 5 accounts in the highly privileged roles are enabled and, one application aside, in use;"
                        + " whether Backup is used was not looked at");
    }

    @Test
    void accountsInUseAreNeeded() {
        check.given(GoodTenant.build()).isPass("all 4 accounts in the highly privileged roles are enabled and in use");
    }

    @ParameterizedTest
    @CsvSource({"90, true", "91, false"})
    void ninetyDaysWithoutASignInAreTheLimit(int days, boolean pass) {
        Account account = account("a@contoso.com");
        var expectation = check.given(tenant().globalAdmin(account).signedIn(account, days));
        if (pass) {
            expectation.isPass("the only account in the highly privileged roles are enabled and in use");
        } else {
            expectation
                    .isFail("1 of 1 account in the highly privileged roles looks unneeded")
                    .findsOnly("a@contoso.com", "last signed in on 2026-06-02, 91 days ago" + HOLDS);
        }
    }

    @Test
    void anAccountThatNeverSignedInIsUnneededAfterThirtyDays() {
        Account fresh = account("new@contoso.com", NEW);
        Account old = account("old@contoso.com", NOT_QUITE_NEW);
        check.given(tenant().globalAdmin(fresh)
                        .globalAdmin(old)
                        .neverSignedIn(fresh)
                        .neverSignedIn(old))
                .isFail("1 of 2 accounts in the highly privileged roles looks unneeded")
                .findsOnly("old@contoso.com", "has never signed in" + HOLDS);
    }

    @Test
    void aFailedAttemptIsNoSignIn() {
        Account account = account("a@contoso.com");
        check.given(tenant().globalAdmin(account)
                        .add(
                                FactKind.SIGN_INS,
                                new SignIn(account.id(), Optional.empty(), Optional.of(NOW.minus(Duration.ofDays(2))))))
                .isFail("1 of 1 account in the highly privileged roles looks unneeded")
                .findsOnly(
                        "a@contoso.com",
                        "has no successful sign-in on record, the last attempt was on 2026-08-30" + HOLDS);
    }

    @Test
    void disabledDeletedAndWaitingAccountsAreNamed() {
        check.given(tenant().globalAdmin(account("d@contoso.com", DISABLED))
                        .globalAdmin(account("p@contoso.com", PENDING))
                        .globalAdmin(Account.deleted("gone", "gone"))
                        .servicePrincipal(
                                new ServicePrincipal("sp", "Backup", "Application", false, false, "t"),
                                DirectoryRole.EXCHANGE_ADMINISTRATOR)
                        .servicePrincipal(
                                ServicePrincipal.deleted("sp2", "Old app"), DirectoryRole.EXCHANGE_ADMINISTRATOR))
                .isFail("5 of 5 accounts in the highly privileged roles look unneeded")
                .finds("d@contoso.com", "is disabled" + HOLDS)
                .finds("p@contoso.com", "was invited and never accepted" + HOLDS)
                .finds("gone", "no longer exists" + HOLDS)
                .finds("Backup", "is disabled; holds Exchange Administrator (permanent, directly)")
                .finds("Old app", "no longer exists; holds Exchange Administrator (permanent, directly)");
    }

    @Test
    void anEligibleAccountIsAskedToo() {
        Account account = account("a@contoso.com");
        check.given(tenant().globalAdmin("g@contoso.com")
                        .signedIn(account("g@contoso.com"), 1)
                        .holder(account, DirectoryRole.SHAREPOINT_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                        .signedIn(account, 200))
                .isFail("1 of 2 accounts in the highly privileged roles looks unneeded")
                .findsOnly(
                        "a@contoso.com",
                        "last signed in on 2026-02-13, 200 days ago; holds SharePoint Administrator (eligible,"
                                + " directly)");
    }

    @Test
    void anEmergencyAccountMayStaySilentButNotDisabled() {
        Account one = account("one@contoso.onmicrosoft.com", DISABLED);
        check.given(tenant().globalAdmin(one).neverSignedIn(one).emergency(one.id()))
                .isFail("1 of 1 account in the highly privileged roles looks unneeded")
                .findsOnly("one@contoso.onmicrosoft.com", "is disabled" + HOLDS);
    }

    @Test
    void withoutP1OnlyTheCertainFindingsCount() {
        check.given(tenant().globalAdmin(account("d@contoso.com", DISABLED)).without(Licence.ENTRA_ID_P1))
                .isFail("1 of 1 account in the highly privileged roles looks unneeded");
        check.given(tenant().globalAdmin("a@contoso.com").without(Licence.ENTRA_ID_P1))
                .isNotApplicable(
                        "the tenant has no Microsoft Entra ID P1 licence, without which Graph does not tell who"
                                + " still signs in; none of the accounts is disabled, deleted or waiting");
    }

    @Test
    void aCertainFindingStandsWhenSignInsAreUnread() {
        check.given(tenant().globalAdmin(account("d@contoso.com", DISABLED))
                        .unread(FactKind.SIGN_INS, "permission X is missing"))
                .isFail("1 of 1 account in the highly privileged roles looks unneeded");
    }

    @Test
    void anAccountWhoseSignInsAreMissingIsNotInUse() {
        check.given(tenant().globalAdmin("a@contoso.com"))
                .isNotAssessed("administrators' last sign-ins: nothing is known of a@contoso.com");
    }

    @Test
    void anAdministratorOfWhomNothingWasReadIsNotInUse() {
        check.given(GoodTenant.build()
                        .assignment(
                                "unknown",
                                PrincipalType.UNKNOWN,
                                "unknown",
                                DirectoryRole.EXCHANGE_ADMINISTRATOR,
                                AssignmentKind.PERMANENT))
                .isNotAssessed("administrators' accounts: nothing was read of unknown");
    }
}
