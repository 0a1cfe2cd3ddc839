package dev.parc.roadmap.stage1;

import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.Account;
import dev.parc.facts.AssignmentKind;
import dev.parc.facts.DirectoryRole;
import dev.parc.facts.FactKind;
import dev.parc.facts.GroupGrant;
import dev.parc.facts.PrincipalType;
import dev.parc.facts.ServicePrincipal;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S107GlobalAdministratorsAreFewTest {

    private final CheckTester check = CheckTester.of(new S107GlobalAdministratorsAreFew());

    private static TenantBuilder with(int administrators) {
        TenantBuilder tenant = tenant();
        IntStream.rangeClosed(1, administrators).forEach(i -> tenant.globalAdmin("a" + i + "@contoso.com"));
        return tenant;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void twoToFourAreRight(int administrators) {
        check.given(with(administrators)).isPass(administrators + " hold Global Administrator");
    }

    @Test
    void oneIsTooFewAndFiveAreTooMany() {
        check.given(with(1))
                .isFail("only one holds Global Administrator")
                .findsOnly("a1@contoso.com", "holds Global Administrator (standing, directly)");
        check.given(with(5)).isFail("5 hold Global Administrator, more than 4");
    }

    @Test
    void eligibleMembersOfGroupsAndServicePrincipalsCount() {
        check.given(with(1).holder(
                                account("e@contoso.com"), DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                        .group("admins", DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.STANDING)
                        .member("admins", account("g@contoso.com"))
                        .grant("admins", account("p@contoso.com"), GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                        .servicePrincipal(
                                new ServicePrincipal("sp", "Backup", "Application", true, false, "t"),
                                DirectoryRole.GLOBAL_ADMINISTRATOR))
                .isFail("5 hold Global Administrator, more than 4")
                .finds("g@contoso.com", "holds Global Administrator (standing, through group 'admins')")
                .finds("p@contoso.com", "holds Global Administrator (eligible, as eligible member of group 'admins')")
                .finds("Backup", "holds Global Administrator (standing, directly)");
    }

    @Test
    void whoHoldsTheRoleInTwoWaysCountsOnce() {
        check.given(with(2).holder(
                                account("a1@contoso.com"), DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                        .group("admins", DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.STANDING)
                        .member("admins", account("a2@contoso.com")))
                .isPass("2 hold Global Administrator");
    }

    @Test
    void aDisabledAccountCountsNeitherWay() {
        check.given(with(4).globalAdmin(account("d@contoso.com", DISABLED))).isPass("4 hold Global Administrator");
        check.given(with(1).globalAdmin(account("d@contoso.com", DISABLED)))
                .isFail("only one holds Global Administrator");
    }

    @Test
    void aHolderThatTheDirectoryDoesNotHaveMayBeAPartnersGroup() {
        check.given(with(3).assignment(
                                "partner",
                                PrincipalType.UNKNOWN,
                                "partner",
                                DirectoryRole.GLOBAL_ADMINISTRATOR,
                                AssignmentKind.STANDING)
                        .account(Account.deleted("partner", "partner")))
                .isReview("3 hold Global Administrator, and 1 more are not in this directory")
                .findsOnly(
                        "partner",
                        "is not in this directory: it was deleted, or it is a partner's group; holds Global"
                                + " Administrator (standing, directly)");
    }

    @Test
    void aDeletedUserIsNoHolder() {
        check.given(with(3).globalAdmin(Account.deleted("gone", "gone"))).isPass("3 hold Global Administrator");
    }

    @Test
    void anOwnerOfAGroupIsNoHolder() {
        check.given(with(4).group("admins", DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.STANDING)
                        .grant("admins", account("o@contoso.com"), GroupGrant.Access.OWNER, AssignmentKind.STANDING))
                .isPass("4 hold Global Administrator");
    }

    @Test
    void tooManyIsCertainWhateverElseIsUnread() {
        check.given(with(5).unread(FactKind.ACCOUNTS, "X").unread(FactKind.PIM_ELIGIBILITIES, "Y"))
                .isFail("5 hold Global Administrator, more than 4");
    }

    @Test
    void tooFewIsNotCertainWhileGroupsAreUnread() {
        check.given(with(1).unread(FactKind.GROUP_MEMBERS, "permission X is missing"))
                .isNotAssessed("members of groups that lead to a role: permission X is missing");
    }
}
