package dev.parc.roadmap.stage1;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.Change.GUEST;
import static dev.parc.check.TenantBuilder.Change.MAILBOX;
import static dev.parc.check.TenantBuilder.Change.MICROSOFT_ACCOUNT;
import static dev.parc.check.TenantBuilder.Change.SYNCED;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.CheckTester;
import dev.parc.check.Finding;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.Category;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.DirectoryRole;
import org.junit.jupiter.api.Test;

class S102AccountsAreCategorisedTest {

    private final CheckTester check = CheckTester.of(new S102AccountsAreCategorised());

    @Test
    void theOperatorsWordForEveryAccountIsEnough() {
        check.given(GoodTenant.build()).isPass("all 4 accounts are categorised: 2 dedicated, 2 break-glass");
    }

    @Test
    void aCategoryOfNobodyIsAFinding() {
        check.given(GoodTenant.build().category(account("gone@contoso.com"), Category.SHARED))
                .isReview("all 4 accounts are categorised, but 1 category belongs to no administrator")
                .finds(
                        "id of gone@contoso.com",
                        "is categorised as shared and holds no role: correct the id, or take the category back");
    }

    @Test
    void whatOnlyLooksDedicatedMustBeConfirmed() {
        check.given(tenant().globalAdmin("a@contoso.com"))
                .isReview("1 of 1 account needs its category confirmed: 1 dedicated")
                .findsOnly(
                        "a@contoso.com",
                        "Global Administrator (permanent, directly); to be confirmed: an account used for administration"
                                + " only, because it is a cloud-only account without a mailbox");
    }

    @Test
    void aMailboxOrASynchronisedAccountLooksLikeDayToDayUse() {
        check.given(tenant().globalAdmin(account("m@contoso.com", MAILBOX))
                        .globalAdmin(account("s@contoso.com", SYNCED)))
                .isReview("2 of 2 accounts need their category confirmed: 2 dual-use")
                .finds(
                        "m@contoso.com",
                        "Global Administrator (permanent, directly); to be confirmed: an account also used for day-to-day"
                                + " work, because it has an Exchange Online mailbox")
                .finds(
                        "s@contoso.com",
                        "Global Administrator (permanent, directly); to be confirmed: an account also used for day-to-day"
                                + " work, because it is synchronised from on-premises");
    }

    @Test
    void automationAndExternalAccountsLeaveNoChoice() {
        check.given(tenant().globalAdmin(account("g@contoso.com", GUEST))
                        .globalAdmin(account("p@contoso.com", MICROSOFT_ACCOUNT))
                        .servicePrincipal(
                                new ServicePrincipal("sp", "Backup", "Application", true, false, "tenant"),
                                DirectoryRole.EXCHANGE_ADMINISTRATOR))
                .isPass("all 3 accounts are categorised: 1 automation, 2 external");
    }

    @Test
    void anAccountThatConditionalAccessLeavesOutLooksLikeBreakGlassAndMustBeConfirmed() {
        Account one = account("one@contoso.onmicrosoft.com");
        check.given(tenant().globalAdmin(one)
                        .inGroups(one)
                        .policy(policy("MFA").notForUser(one.id()).build()))
                .isReview("1 of 1 account needs its category confirmed: 1 break-glass")
                .findsOnly(
                        "one@contoso.onmicrosoft.com",
                        "Global Administrator (permanent, directly); to be confirmed: an account for break-glass"
                                + " emergency access, because it is a permanent, cloud-only Global Administrator that"
                                + " Conditional Access excludes");
    }

    @Test
    void wordsInANameNeverMakeABreakGlassAccount() {
        check.given(tenant().globalAdmin("breakglass-emergency@contoso.onmicrosoft.com"))
                .isReview("1 of 1 account needs its category confirmed: 1 dedicated");
    }

    @Test
    void theOperatorsWordWinsOverTheFacts() {
        Account shared = account("desk@contoso.com", MAILBOX);
        check.given(tenant().globalAdmin(shared).category(shared, Category.SHARED))
                .isPass("the only account is categorised: 1 shared");
    }

    @Test
    void twoAccountsOfOneNameAreTwo() {
        Account a = account("same@contoso.com");
        Account b = new Account(
                "another id",
                a.signInName(),
                a.displayName(),
                a.state(),
                a.sync(),
                a.guest(),
                a.identityIssuers(),
                a.invitation(),
                a.mail(),
                a.otherMails(),
                a.mailbox(),
                a.createdAt(),
                a.passwordChangedAt(),
                a.initialDomain());
        TenantBuilder tenant = tenant().globalAdmin(a).globalAdmin(b);
        assertThat(check.given(tenant).verdict().findings())
                .extracting(Finding::subjectId)
                .containsExactlyInAnyOrder(a.id(), "another id");
    }
}
