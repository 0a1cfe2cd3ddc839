package dev.parc.roadmap.stage3;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.NOW;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.Unseen;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S302AdministratorsAreEligibleTest {

    private static final Account KIM = account("kim@contoso.com");

    private final CheckTester check = CheckTester.of(new S302AdministratorsAreEligible());

    private static TenantBuilder with(AssignmentKind kind) {
        return GoodTenant.build().holder(KIM, DirectoryRole.SHAREPOINT_ADMINISTRATOR, kind);
    }

    private static TenantBuilder holding(String roleId, String roleName) {
        return GoodTenant.build()
                .account(KIM)
                .inGroups(KIM)
                .add(FactKind.ROLE_DEFINITIONS, new RoleDefinition(roleId, roleId, roleName, true))
                .add(
                        FactKind.PIM_ASSIGNMENTS,
                        new RoleAssignment(
                                KIM.id(),
                                PrincipalType.USER,
                                KIM.signInName(),
                                roleId,
                                "/",
                                AssignmentKind.PERMANENT,
                                Optional.empty()));
    }

    @Test
    void eligibleAndTimeBoundAdministratorsAreJustInTime() {
        check.given(GoodTenant.build())
                .isPass("of 3 administrators none permanently holds a role: 2 are eligible, 1 holds one until a set"
                        + " date");
    }

    @Test
    void aPermanentAdministratorIsNot() {
        check.given(with(AssignmentKind.PERMANENT).inGroups(KIM))
                .isFail("1 of 4 administrators permanently holds a privileged role")
                .findsOnly("kim@contoso.com", "holds SharePoint Administrator (permanent, directly)");
    }

    private static RoleAssignment.Later later(Account account, DirectoryRole role, AssignmentKind kind) {
        return new RoleAssignment.Later(
                new RoleAssignment(
                        account.id(),
                        PrincipalType.USER,
                        account.signInName(),
                        role.templateId(),
                        "/",
                        kind,
                        Optional.empty()),
                Instant.parse("2099-12-24T23:00:00Z"));
    }

    @Test
    void whoWillHoldARoleForGoodDoesNotHoldItYetAndIsNotForgotten() {
        check.given(GoodTenant.build()
                        .add(
                                FactKind.LATER_ASSIGNMENTS,
                                later(KIM, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)))
                .isReview("no permanent assignment confirmed; 1 needs review")
                .findsOnly(
                        "kim@contoso.com", "does not hold Global Administrator yet: permanent, begins on 2099-12-24");
    }

    @Test
    void whoWillBeEligibleOrHoldARoleForATimeIsFine() {
        String pass =
                "of 3 administrators none permanently holds a role: 2 are eligible, 1 holds one until a set" + " date";
        for (AssignmentKind kind : List.of(AssignmentKind.ELIGIBLE, AssignmentKind.TIME_BOUND)) {
            check.given(GoodTenant.build()
                            .add(FactKind.LATER_ASSIGNMENTS, later(KIM, DirectoryRole.GLOBAL_ADMINISTRATOR, kind)))
                    .isPass(pass);
        }
        check.given(GoodTenant.build()
                        .add(
                                FactKind.LATER_ASSIGNMENTS,
                                later(GoodTenant.ONE, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)))
                .isPass(pass);
    }

    @Test
    void withoutTheListOfWhatBeginsLaterTheAnswerStandsAndSaysSo() {
        check.given(GoodTenant.build().unread(FactKind.LATER_ASSIGNMENTS, "403"))
                .isPass("of 3 administrators none permanently holds a role: 2 are eligible, 1 holds one until a set"
                        + " date");
    }

    @Test
    void anActivatedRoleIsNotPermanent() {
        check.given(with(AssignmentKind.ACTIVATED))
                .isPass("of 4 administrators none permanently holds a role: 3 are eligible, 1 holds one until a set"
                        + " date");
    }

    @Test
    void aPermanentMemberOfAGroupThatHoldsTheRoleForGoodIsNamedWithThePath() {
        check.given(GoodTenant.build()
                        .group("admins", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .member("admins", KIM)
                        .inGroups(KIM))
                .isFail("1 of 4 administrators permanently holds a privileged role")
                .findsOnly("kim@contoso.com", "holds Exchange Administrator (permanent, through group 'admins')");
    }

    @Test
    void anEligibleMemberOfSuchAGroupIsJustInTime() {
        check.given(GoodTenant.build()
                        .group("admins", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .grant("admins", KIM, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE))
                .isPass("of 4 administrators none permanently holds a role: 3 are eligible, 1 holds one until a set"
                        + " date");
    }

    @Test
    void aDisabledAccountHoldsItForGoodAllTheSame() {
        check.given(GoodTenant.build()
                        .holder(
                                account("off@contoso.com", DISABLED),
                                DirectoryRole.GLOBAL_ADMINISTRATOR,
                                AssignmentKind.PERMANENT))
                .isFail("1 of 4 administrators permanently holds a privileged role");
    }

    @Test
    void designatedEmergencyAccountsAndApplicationsAreNotAsked() {
        Account one = GoodTenant.ONE;
        check.given(tenant().globalAdmin(one)
                        .emergency(one.id())
                        .servicePrincipal(
                                new ServicePrincipal("sp", "Backup", "Application", true, false, "t"),
                                DirectoryRole.EXCHANGE_ADMINISTRATOR))
                .isNotApplicable("nobody besides emergency accounts and applications holds a role");
    }

    @Test
    void whatLooksLikeAnEmergencyAccountIsForAPersonToConfirm() {
        Account spare = account("spare@contoso.onmicrosoft.com");
        check.given(GoodTenant.build()
                        .globalAdmin(spare)
                        .inGroups(spare)
                        .policy(policy("all but spare").notForUser(spare.id()).build()))
                .isReview("no permanent assignment confirmed; 1 needs review")
                .findsOnly(
                        "spare@contoso.onmicrosoft.com",
                        "holds Global Administrator (permanent, directly); it looks like an emergency account, confirm"
                                + " that it is");
    }

    @Test
    void aTermThatIsNotKnownIsForAPersonToLookAt() {
        check.given(GoodTenant.build()
                        .account(KIM)
                        .add(
                                FactKind.ROLE_ASSIGNMENTS,
                                new RoleAssignment(
                                        KIM.id(),
                                        PrincipalType.USER,
                                        KIM.signInName(),
                                        DirectoryRole.GLOBAL_ADMINISTRATOR.templateId(),
                                        "/",
                                        AssignmentKind.PERMANENT,
                                        Optional.empty())))
                .isReview("no permanent assignment confirmed; 1 needs review")
                .findsOnly(
                        "kim@contoso.com",
                        "holds Global Administrator (active, directly); for how long could not be read");
    }

    @Test
    void aPartnersGroupIsNeitherPassedOverNorCertain() {
        check.given(GoodTenant.build()
                        .unresolved("foreign")
                        .assignment(
                                "foreign",
                                PrincipalType.UNKNOWN,
                                "foreign",
                                DirectoryRole.GLOBAL_ADMINISTRATOR,
                                AssignmentKind.PERMANENT))
                .isReview("of 3 administrators none permanently holds a role: 2 are eligible, 1 holds one until a set"
                        + " date; 1 holder is not in this directory and needs review")
                .findsOnly(
                        "foreign",
                        Unseen.unresolved("foreign").reason() + "; holds Global Administrator (permanent, directly)");
    }

    @Test
    void aRoleThatIsNotPrivilegedIsForAPersonToLookAt() {
        check.given(holding("790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b", "Message Center Reader"))
                .isReview("no permanent assignment confirmed; 1 needs review")
                .findsOnly(
                        "kim@contoso.com",
                        "holds Message Center Reader (permanent, directly); Microsoft does not label the role"
                                + " privileged, or it is a custom one");
        check.given(holding("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator"))
                .isFail("1 of 4 administrators permanently holds a privileged role");
    }

    @Test
    void theAccountOfDirectorySynchronisationCannotActivateAnything() {
        check.given(holding("d29b2b05-8046-44ba-8758-1e26182fcf32", "Directory Synchronization Accounts"))
                .isPass("of 3 administrators none permanently holds a role: 2 are eligible, 1 holds one until a set"
                        + " date");
    }

    @ParameterizedTest
    @CsvSource({"180, true", "181, false"})
    void anEndThatIsFarAwayIsAsGoodAsNone(int days, boolean pass) {
        var expectation = check.given(GoodTenant.build()
                .account(KIM)
                .add(
                        FactKind.PIM_ASSIGNMENTS,
                        new RoleAssignment(
                                KIM.id(),
                                PrincipalType.USER,
                                KIM.signInName(),
                                DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId(),
                                "/",
                                AssignmentKind.TIME_BOUND,
                                Optional.of(NOW.plus(Duration.ofDays(days))))));
        if (pass) {
            expectation.isPass(
                    "of 4 administrators none permanently holds a role: 2 are eligible, 2 hold one until a set"
                            + " date");
        } else {
            expectation
                    .isReview("no permanent assignment confirmed; 1 needs review")
                    .findsOnly(
                            "kim@contoso.com",
                            "holds Exchange Administrator (time-bound, directly); its end, 2027-03-01, is more than 180"
                                    + " days away");
        }
    }

    @Test
    void withoutPimItDoesNotApply() {
        check.given(GoodTenant.build().without(Licence.ENTRA_ID_P2_OR_GOVERNANCE))
                .isNotApplicable("the tenant has no Microsoft Entra ID P2 or ID Governance licence");
    }

    @Test
    void aPermanentAccountThatCouldBeAnEmergencyAccountIsNoCertainFail() {
        check.given(tenant().globalAdmin(KIM).unread(FactKind.ACCOUNTS, "permission X is missing"))
                .isNotAssessed("administrators' accounts: permission X is missing");
    }
}
