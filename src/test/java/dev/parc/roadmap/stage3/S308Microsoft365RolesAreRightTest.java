package dev.parc.roadmap.stage3;

import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.ServiceRole;
import org.junit.jupiter.api.Test;

class S308Microsoft365RolesAreRightTest {

    private final CheckTester check = CheckTester.of(new S308Microsoft365RolesAreRight());

    @Test
    void itIsForAPersonToSay() {
        check.given(GoodTenant.build().nothingAttested())
                .isReview("4 hold 2 roles that administer Microsoft 365; 1 statement to attest")
                .finds("ann.admin@contoso.com", "holds Global Administrator (eligible, directly)")
                .finds("bob.admin@contoso.com", "holds Exchange Administrator (time-bound, directly)");
        check.given(GoodTenant.build())
                .isAttested("4 hold 2 roles that administer Microsoft 365; attested by Ann until 2027-09-01");
    }

    @Test
    void rolesOfExchangeAreCountedBesideIt() {
        check.given(GoodTenant.build()
                        .add(FactKind.EXCHANGE_ROLES, new ServiceRole("/RoleGroups/A", "A", "Mail Recipients"))
                        .add(FactKind.EXCHANGE_ROLES, new ServiceRole("/RoleGroups/A", "A", "Journaling")))
                .isAttested("4 hold 2 roles that administer Microsoft 365; attested by Ann until 2027-09-01")
                .finds("the tenant", "has roles of Exchange Online's own, held by 1 role group, policies or users");
    }

    @Test
    void noWordMakesADisabledAdministratorRight() {
        check.given(GoodTenant.build()
                        .holder(
                                account("off@contoso.com", DISABLED),
                                DirectoryRole.SHAREPOINT_ADMINISTRATOR,
                                AssignmentKind.PERMANENT))
                .isFail("1 of 5 who administer Microsoft 365 appear not to need a role")
                .findsOnly("off@contoso.com", "is disabled");
    }

    @Test
    void whoHoldsAnotherRoleIsNotAsked() {
        check.given(GoodTenant.build()
                        .holder(account("x@contoso.com", DISABLED), "Printer Administrator", AssignmentKind.PERMANENT))
                .isAttested("4 hold 2 roles that administer Microsoft 365; attested by Ann until 2027-09-01");
    }

    @Test
    void withoutMicrosoft365ItDoesNotApply() {
        check.given(tenant().globalAdmin("a@contoso.com")).isNotApplicable("the tenant does not use Microsoft 365");
    }

    @Test
    void anAccountWhoseSignInsAreMissingIsNotAssessed() {
        check.given(GoodTenant.build()
                        .holder(
                                account("new@contoso.com"),
                                DirectoryRole.SHAREPOINT_ADMINISTRATOR,
                                AssignmentKind.ELIGIBLE))
                .isNotAssessed("administrators' last sign-ins: nothing is known of new@contoso.com");
    }
}
