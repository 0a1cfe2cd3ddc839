package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.Change.MAILBOX;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.check.TenantBuilder.withMail;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.MailboxPurpose.Purpose;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import org.junit.jupiter.api.Test;

class S208MailIsForwardedTest {

    private static final Account ANN = withMail(account("ann@contoso.com", MAILBOX), "ann@contoso.com");
    private static final String SEEN =
            "the only Global Administrator's account has an e-mail address; Microsoft Graph does not"
                    + " tell whether mail is forwarded; ";
    private static final String ONE_OF_ONE =
            "the mail of 1 of 1 Global Administrator's account cannot reach a working mailbox";

    private final CheckTester check = CheckTester.of(new S208MailIsForwarded());

    @Test
    void itIsAttested() {
        check.given(GoodTenant.build())
                .isAttested(SEEN + "attested by Ann until 2027-09-01")
                .findsOnly(
                        "ann.admin@contoso.com",
                        "has no mailbox in Exchange Online that is known of; its mail goes to: ann@contoso.com");
    }

    @Test
    void unattestedAPersonMustLook() {
        check.given(tenant().globalAdmin(ANN))
                .isReview(SEEN + "1 statement to attest")
                .findsOnly(
                        "ann@contoso.com",
                        "has a licence for a mailbox, whose forwarding must be looked up: ann@contoso.com");
    }

    @Test
    void whatTheMailboxIsForIsShown() {
        check.given(tenant().globalAdmin(ANN).mailbox(ANN, Purpose.SHARED))
                .isReview(SEEN + "1 statement to attest")
                .findsOnly(
                        "ann@contoso.com", "has a shared mailbox, whose forwarding must be looked up: ann@contoso.com");
        Account plain = withMail(account("ben@contoso.com"), "ben@contoso.com");
        check.given(tenant().globalAdmin(plain).mailbox(plain, Purpose.NONE))
                .isReview(SEEN + "1 statement to attest")
                .findsOnly(
                        "ben@contoso.com",
                        "has no mailbox in Exchange Online that is known of; its mail goes to: ben@contoso.com");
    }

    @Test
    void anAccountWithoutAnAddressIsAFailWhateverIsAttested() {
        check.given(tenant().attested("S2-08", 1)
                        .holder(
                                account("new@contoso.com"),
                                DirectoryRole.GLOBAL_ADMINISTRATOR,
                                AssignmentKind.ELIGIBLE))
                .isFail(ONE_OF_ONE)
                .findsOnly("new@contoso.com", "has no e-mail address, so nothing can be forwarded");
    }

    @Test
    void aPersonalAddressAloneIsUnacceptable() {
        check.given(tenant().globalAdmin(withMail(account("ann@contoso.com"), "", "ann@gmail.com")))
                .isFail(ONE_OF_ONE)
                .findsOnly("ann@contoso.com", "has none but personal e-mail addresses: ann@gmail.com");
    }

    @Test
    void aPersonalAddressBesideAnotherIsForAPerson() {
        check.given(tenant().globalAdmin(withMail(account("ann@contoso.com"), "ann@contoso.com", "ann@gmail.com")))
                .isReview(SEEN + "1 statement to attest")
                .findsOnly(
                        "ann@contoso.com",
                        "has no mailbox in Exchange Online that is known of; its mail goes to: ann@contoso.com,"
                                + " ann@gmail.com");
    }

    @Test
    void otherRolesAndEmergencyAccountsAreNotAsked() {
        Account emergency = account("e@contoso.onmicrosoft.com");
        check.given(tenant().globalAdmin(emergency)
                        .emergency(emergency.id())
                        .holder(
                                account("x@contoso.com"),
                                DirectoryRole.EXCHANGE_ADMINISTRATOR,
                                AssignmentKind.PERMANENT))
                .isNotApplicable(
                        "no Global Administrator besides emergency accounts is a user account that can sign in");
    }
}
