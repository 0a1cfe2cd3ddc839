package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.Change.MAILBOX;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.check.TenantBuilder.withMail;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.Unseen;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import org.junit.jupiter.api.Test;

class S202MailAddressesWorkTest {

    private static final Account ANN = withMail(account("ann@contoso.com", MAILBOX), "ann@contoso.com");

    private final CheckTester check = CheckTester.of(new S202MailAddressesWork());

    @Test
    void everybodyHasAnAddressAndItIsAttested() {
        check.given(GoodTenant.build())
                .isAttested(
                        "all 3 administrators' accounts have an e-mail address, 3 of them without a mailbox in Exchange"
                                + " Online; attested by Ann until 2027-09-01")
                .finds(
                        "ann.admin@contoso.com",
                        "has no mailbox in Exchange Online; whether mail to ann@contoso.com arrives, only trying tells");
    }

    @Test
    void thatSomebodyReadsItIsForAPersonToSay() {
        check.given(tenant().globalAdmin(ANN))
                .isReview("the only administrator's account has an e-mail address, 0 of them without a mailbox in"
                        + " Exchange Online; 1 statement to attest")
                .findsNothing();
    }

    @Test
    void anAccountWithoutAnAddressIsAFailWhateverIsAttested() {
        check.given(GoodTenant.build().holder(account("new@contoso.com"), "Reports Reader", AssignmentKind.ELIGIBLE))
                .isFail("1 of 4 administrators' accounts has no e-mail address")
                .findsOnly("new@contoso.com", "has no e-mail address");
    }

    @Test
    void aMailboxWithoutAnAddressIsNoAddress() {
        check.given(tenant().globalAdmin(account("ben@contoso.com", MAILBOX)))
                .isFail("1 of 1 administrator's account has no e-mail address")
                .findsOnly("ben@contoso.com", "has no e-mail address");
    }

    @Test
    void whatIsNoAddressDoesNotCount() {
        check.given(tenant().globalAdmin(withMail(account("ben@contoso.com"), "none", "@contoso.com")))
                .isFail("1 of 1 administrator's account has no e-mail address")
                .findsOnly("ben@contoso.com", "has no e-mail address");
    }

    @Test
    void theAddressOfAnInvitationCounts() {
        check.given(tenant().globalAdmin(account("dana.reyes_fabrikam.com#EXT#@contoso.onmicrosoft.com"))
                        .attested("S2-02", 1))
                .isAttested("the only administrator's account has an e-mail address, 1 of them without a mailbox in"
                        + " Exchange Online; attested by Ann until 2027-09-01")
                .findsOnly(
                        "dana.reyes_fabrikam.com#EXT#@contoso.onmicrosoft.com",
                        "has no mailbox in Exchange Online; whether mail to dana.reyes@fabrikam.com arrives, only trying"
                                + " tells");
    }

    @Test
    void emergencyAndDisabledAccountsAndApplicationsAreNotAsked() {
        check.given(tenant().globalAdmin(account("e@contoso.onmicrosoft.com"))
                        .globalAdmin(account("d@contoso.com", DISABLED))
                        .servicePrincipal(
                                new ServicePrincipal("app", "app", "Application", true, false, ""),
                                DirectoryRole.EXCHANGE_ADMINISTRATOR)
                        .emergency("e@contoso.onmicrosoft.com"))
                .isNotApplicable(
                        "no user account that can sign in, besides emergency accounts, holds a directory role");
    }

    @Test
    void whoeverIsNotInThisDirectoryCannotBeWrittenTo() {
        check.given(tenant().globalAdmin(ANN)
                        .unresolved("partner")
                        .assignment(
                                "partner",
                                PrincipalType.UNKNOWN,
                                "partner",
                                DirectoryRole.EXCHANGE_ADMINISTRATOR,
                                AssignmentKind.PERMANENT))
                .isReview("the only administrator's account has an e-mail address, 0 of them without a mailbox in"
                        + " Exchange Online; 1 statement to attest")
                .findsOnly(
                        "partner",
                        Unseen.unresolved("partner").reason() + "; holds Exchange Administrator (permanent, directly)");
    }

    @Test
    void anAccountOfWhichNothingWasReadIsNoPass() {
        check.given(GoodTenant.build()
                        .assignment(
                                "who",
                                PrincipalType.USER,
                                "who",
                                DirectoryRole.EXCHANGE_ADMINISTRATOR,
                                AssignmentKind.PERMANENT))
                .isNotAssessed(FactKind.ACCOUNTS.title() + ": nothing was read of who");
    }
}
