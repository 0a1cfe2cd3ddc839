package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.Change.GUEST;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.issuedBy;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.check.TenantBuilder.withMail;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.Unseen;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S206NoMicrosoftAccountAdministersTest {

    private static final String INVITED = "hana_outlook.com#EXT#@contoso.onmicrosoft.com";
    private static final String ONE_HOLDER_MAY =
            "1 holder of a directory role may be Microsoft accounts and needs review";
    private static final String HOLDS = "; holds Global Administrator (permanent, directly)";

    private final CheckTester check = CheckTester.of(new S206NoMicrosoftAccountAdministers());

    private static TenantBuilder with(Account account) {
        return tenant().globalAdmin(account);
    }

    @Test
    void nobodyIs() {
        check.given(GoodTenant.build()).isPass("of 5 accounts that hold a directory role none is a Microsoft account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MicrosoftAccount", "Microsoft account", "live.com", "LIVE.COM"})
    void theIssuerTellsEvenOfAMemberWithACompanysAddress(String issuer) {
        Account member = issuedBy(
                withMail(account("hana_fabrikam.com#EXT#@contoso.onmicrosoft.com"), "hana@fabrikam.com"), issuer);
        check.given(with(member))
                .isFail("1 of 1 account that holds a directory role is Microsoft accounts")
                .findsOnly(member.signInName(), "is a personal Microsoft account" + HOLDS);
    }

    @Test
    void anEligibleOneInAnyRoleIsNamed() {
        Account hana = issuedBy(account(INVITED, GUEST), "MicrosoftAccount");
        check.given(GoodTenant.build().holder(hana, "Reports Reader", AssignmentKind.ELIGIBLE))
                .isFail("1 of 6 accounts that holds a directory role is Microsoft accounts")
                .findsOnly(INVITED, "is a personal Microsoft account; holds Reports Reader (eligible, directly)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExternalAzureAD", "mail", "fabrikam.com"})
    void aGuestOfAnotherOrganisationIsNone(String issuer) {
        Account dana = issuedBy(
                withMail(account("dana_fabrikam.com#EXT#@contoso.onmicrosoft.com", GUEST), "dana@fabrikam.com"),
                issuer);
        check.given(with(dana)).isPass("of 1 account that holds a directory role none is a Microsoft account");
    }

    @Test
    void aGuestWithAPersonalAddressIsForAPerson() {
        check.given(with(issuedBy(account(INVITED, GUEST), "contoso.onmicrosoft.com", "mail")))
                .isReview(ONE_HOLDER_MAY)
                .findsOnly(
                        INVITED,
                        "is an external account with the personal address hana@outlook.com, signed in by mail" + HOLDS);
    }

    @Test
    void aGuestWithAPersonalAddressAndNoIssuerIsForAPerson() {
        check.given(with(issuedBy(account(INVITED, GUEST), "contoso.onmicrosoft.com")))
                .isReview(ONE_HOLDER_MAY)
                .findsOnly(
                        INVITED,
                        "is an external account with the personal address hana@outlook.com, signed in by nobody that"
                                + " Graph names" + HOLDS);
    }

    @Test
    void anInvitedAccountOfWhichNothingTellsWhoSignsItInIsForAPerson() {
        Account dana = account("dana_fabrikam.com#EXT#@contoso.onmicrosoft.com", GUEST);
        check.given(with(dana))
                .isReview(ONE_HOLDER_MAY)
                .findsOnly(
                        dana.signInName(), "is an external account, and Graph does not name who signs it in" + HOLDS);
    }

    @Test
    void aGuestMadeInThisDirectoryIsNone() {
        check.given(with(account("temp@contoso.com", GUEST)))
                .isPass("of 1 account that holds a directory role none is a Microsoft account");
    }

    @Test
    void anAccountOfThisDirectoryMayHaveAPersonalAddressToo() {
        check.given(with(withMail(account("ann@contoso.com"), "", "ann@gmail.com")))
                .isPass("of 1 account that holds a directory role none is a Microsoft account");
    }

    @Test
    void onlyApplicationsHoldRoles() {
        check.given(tenant().servicePrincipal(
                                new ServicePrincipal("app", "app", "Application", true, false, ""),
                                DirectoryRole.GLOBAL_ADMINISTRATOR))
                .isNotApplicable("no user account holds a directory role");
    }

    @Test
    void whoeverIsNotInThisDirectoryMayBeAnybody() {
        check.given(GoodTenant.build()
                        .unresolved("partner")
                        .assignment(
                                "partner",
                                PrincipalType.UNKNOWN,
                                "partner",
                                DirectoryRole.GLOBAL_ADMINISTRATOR,
                                AssignmentKind.PERMANENT))
                .isReview("of 5 accounts that hold a directory role none is a Microsoft account; 1 holder is not"
                        + " in this directory and needs review")
                .findsOnly(
                        "partner",
                        Unseen.unresolved("partner").reason() + "; holds Global Administrator (permanent, directly)");
    }

    @Test
    void aDeletedGuestHoldsNothingAnyMore() {
        check.given(GoodTenant.build()
                        .account(Account.deleted("gone", INVITED))
                        .assignment(
                                "gone",
                                PrincipalType.USER,
                                INVITED,
                                DirectoryRole.GLOBAL_ADMINISTRATOR,
                                AssignmentKind.PERMANENT))
                .isPass("of 5 accounts that hold a directory role none is a Microsoft account");
    }
}
