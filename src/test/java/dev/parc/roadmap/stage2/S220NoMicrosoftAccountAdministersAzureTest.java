package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.Change.GUEST;
import static dev.parc.check.TenantBuilder.Change.MICROSOFT_ACCOUNT;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.AzureBuilder;
import dev.parc.check.CheckTester;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S220NoMicrosoftAccountAdministersAzureTest {

    private static final String PRODUCTION = "/subscriptions/" + id("Production");

    private final CheckTester check = CheckTester.of(new S220NoMicrosoftAccountAdministersAzure());
    private final TenantBuilder tenant = tenant().globalAdmin("root@contoso.onmicrosoft.com");
    private final AzureBuilder azure = AzureBuilder.in(tenant).subscription("Production");
    private final Account ann = account("ann@contoso.com");
    private final Account hana = account("hana_sato.test#EXT#@contoso.onmicrosoft.com", MICROSOFT_ACCOUNT);

    @Test
    void workAccountsPass() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE);
        check.given(azure.build()).isPass("of 1 user who can change something in Azure none is a Microsoft account");
    }

    @ParameterizedTest
    @CsvSource({
        "OWNER, ACTIVE, 'Owner (active, directly, on subscription ''Production'')'",
        "VIRTUAL_MACHINE_ADMINISTRATOR_LOGIN, ACTIVE, 'Virtual Machine Administrator Login (active, directly, on"
                + " subscription ''Production'')'",
        "CONTRIBUTOR, ELIGIBLE, 'Contributor (eligible, directly, on subscription ''Production'')'"
    })
    void aMicrosoftAccountFailsWithWhateverRoleAndHowever(AzureRole role, AssignmentKind kind, String holds) {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE).holder(hana, role, PRODUCTION, kind);
        check.given(azure.build())
                .isFail("1 of 2 users who can change something in Azure is Microsoft accounts")
                .findsOnly(hana.signInName(), "is a personal Microsoft account; holds " + holds);
    }

    @Test
    void whoOnlyReadsAdministersNothing() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE)
                .holder(hana, AzureRole.READER, PRODUCTION, AssignmentKind.ACTIVE);
        check.given(azure.build()).isPass("of 1 user who can change something in Azure none is a Microsoft account");
    }

    @Test
    void aMicrosoftAccountInAGroupFails() {
        azure.holder(id("owners"), PrincipalType.GROUP, "owners", AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE);
        check.given(azure.build().member("owners", hana))
                .isFail("1 of 1 user who can change something in Azure is Microsoft accounts")
                .findsOnly(
                        hana.signInName(),
                        "is a personal Microsoft account; holds Owner (active, through group 'owners', on subscription"
                                + " 'Production')");
    }

    @Test
    void aMicrosoftAccountInTheDirectoryAloneIsAnotherItemsMatter() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE);
        check.given(azure.build().globalAdmin(hana))
                .isPass("of 1 user who can change something in Azure none is a Microsoft account");
    }

    @Test
    void aConvertedClassicAdministratorIsForAPerson() {
        azure.convertedOwner(ann, "Production");
        check.given(azure.build())
                .isReview("1 of 1 user who can change something in Azure may be Microsoft accounts, or were"
                        + " classic administrators; review them")
                .findsOnly(
                        "ann@contoso.com",
                        "was a classic administrator, as Microsoft accounts often were, and Azure made it Owner when it"
                                + " retired these; holds Owner (active, directly, on subscription 'Production')");
    }

    @Test
    void aGuestWithAPersonalAddressIsForAPerson() {
        Account guest = account("joe_outlook.com#EXT#@contoso.onmicrosoft.com", GUEST);
        azure.holder(guest, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE);
        check.given(azure.build())
                .isReview("1 of 1 user who can change something in Azure may be Microsoft accounts, or were"
                        + " classic administrators; review them");
    }

    @Test
    void aDeletedHolderIsNoMicrosoftAccount() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE)
                .holder(Account.deleted(id("gone"), "gone"), AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE);
        check.given(azure.build()).isPass("of 1 user who can change something in Azure none is a Microsoft account");
    }

    @Test
    void anAccountThatWasNotReadIsNoPass() {
        azure.holder("bob", PrincipalType.USER, "bob", AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE);
        check.given(azure.build()).isNotAssessed("administrators' accounts: nothing was read of bob");
    }

    @Test
    void applicationsAreNoUsers() {
        azure.holder("app", PrincipalType.SERVICE_PRINCIPAL, "app", AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE);
        check.given(azure.build()).isReview("no user was found who can change something in Azure");
    }

    @Test
    void aMicrosoftAccountFailsWhateverElseIsMissing() {
        azure.holder(hana, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE);
        check.given(azure.build().gap(FactKind.AZURE_ROLE_ASSIGNMENTS, "throttled"))
                .isFail("1 of 1 user who can change something in Azure is Microsoft accounts");
    }

    @Test
    void aTenantWithoutSubscriptionsHasNoRolesInThem() {
        check.given(AzureBuilder.in(tenant().globalAdmin("root@contoso.onmicrosoft.com"))
                        .build())
                .isNotApplicable("the tenant has no Azure subscription");
    }
}
