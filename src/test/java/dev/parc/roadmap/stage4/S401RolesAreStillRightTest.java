package dev.parc.roadmap.stage4;

import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.account;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S401RolesAreStillRightTest {

    private static final Account KIM = account("kim@contoso.com");
    private static final String ATTESTED = "; attested by Ann until 2027-09-01";

    private final CheckTester check = CheckTester.of(new S401RolesAreStillRight());

    private static TenantBuilder with(String... roles) {
        TenantBuilder tenant = GoodTenant.build().signedIn(KIM, 1);
        for (String role : roles) {
            tenant.holder(KIM, role, AssignmentKind.PERMANENT);
        }
        return tenant;
    }

    @Test
    void theOwnerSaysWhetherARoleIsNeeded() {
        check.given(GoodTenant.build().nothingAttested())
                .isReview("5 hold a role, and 0 of them may hold more than they need; 1 statement to attest")
                .findsNothing();
        check.given(GoodTenant.build())
                .isAttested("5 hold a role, and 0 of them may hold more than they need" + ATTESTED);
    }

    @Test
    void oneStatementIsNotBoth() {
        check.given(GoodTenant.build().nothingAttested().attested("S4-01", 1))
                .isReview("5 hold a role, and 0 of them may hold more than they need; 1 of 2 statements to attest");
    }

    @Test
    void aGlobalAdministratorNeedsNoFurtherRole() {
        check.given(with("Reports Reader").globalAdmin(KIM))
                .isAttested("6 hold a role, and 1 of them may hold more than they need" + ATTESTED)
                .findsOnly("kim@contoso.com", "holds Global Administrator and 1 other role, which that contains");
    }

    @Test
    void moreThanFiveRolesAreMany() {
        check.given(with("a", "b", "c", "d", "e"))
                .isAttested("6 hold a role, and 0 of them may hold more than they need" + ATTESTED);
        check.given(with("a", "b", "c", "d", "e", "f"))
                .isAttested("6 hold a role, and 1 of them may hold more than they need" + ATTESTED)
                .findsOnly("kim@contoso.com", "holds 6 roles");
    }

    @Test
    void anApplicationThatIsGlobalAdministratorIsNamed() {
        check.given(GoodTenant.build()
                        .servicePrincipal(
                                new ServicePrincipal("sp", "Sync", "Application", true, false, "t"),
                                DirectoryRole.GLOBAL_ADMINISTRATOR))
                .isAttested("6 hold a role, and 1 of them may hold more than they need" + ATTESTED)
                .findsOnly(
                        "Sync",
                        "is an application and holds Global Administrator; give it the permissions that it uses"
                                + " instead");
    }

    @Test
    void aCustomRoleIsNamed() {
        check.given(with().account(KIM)
                        .add(FactKind.ROLE_DEFINITIONS, new RoleDefinition("own", "own", "Reader", false))
                        .add(
                                FactKind.PIM_ASSIGNMENTS,
                                new RoleAssignment(
                                        KIM.id(),
                                        PrincipalType.USER,
                                        "kim",
                                        "own",
                                        "/",
                                        AssignmentKind.PERMANENT,
                                        Optional.empty())))
                .isAttested("6 hold a role, and 1 of them may hold more than they need" + ATTESTED)
                .findsOnly("kim@contoso.com", "holds a custom role, which may allow more than its name says");
    }

    @Test
    void anEligibleRoleThatIsNotUsedIsAHintAndNothingWithoutTheLog() {
        TenantBuilder idle = with().holder(KIM, "Reports Reader", AssignmentKind.ELIGIBLE);
        check.given(idle)
                .isAttested("6 hold a role, and 1 of them may hold more than they need" + ATTESTED)
                .findsOnly(
                        "kim@contoso.com",
                        "has not activated in the 30 days that the audit log goes back, which alone does not make it unneeded:"
                                + " Reports Reader (eligible, directly)");
        check.given(idle.gap(FactKind.PIM_ACTIVATIONS, "older ones were not read"))
                .isAttested("6 hold a role, and 0 of them may hold more than they need" + ATTESTED);
    }

    @Test
    void noWordMakesAnUnusedAssignmentRight() {
        check.given(GoodTenant.build()
                        .holder(account("off@contoso.com", DISABLED), "Reports Reader", AssignmentKind.PERMANENT))
                .isFail("1 of 6 who hold a role appear not to need one")
                .findsOnly("off@contoso.com", "is disabled; holds Reports Reader (permanent, directly)");
    }

    @Test
    void anAccountWhoseSignInsAreMissingIsNotAssessed() {
        check.given(GoodTenant.build().holder(KIM, "Reports Reader", AssignmentKind.PERMANENT))
                .isNotAssessed("administrators' last sign-ins: nothing is known of kim@contoso.com");
    }
}
