package dev.parc.roadmap.stage1;

import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Unseen;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
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
                .findsOnly("a1@contoso.com", "holds Global Administrator (permanent, directly)");
        check.given(with(5)).isFail("5 hold Global Administrator, more than 4");
    }

    @Test
    void eligibleMembersOfGroupsAndServicePrincipalsCount() {
        check.given(with(1).holder(
                                account("e@contoso.com"), DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                        .group("admins", DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .member("admins", account("g@contoso.com"))
                        .grant("admins", account("p@contoso.com"), GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                        .servicePrincipal(
                                new ServicePrincipal("sp", "Backup", "Application", true, false, "t"),
                                DirectoryRole.GLOBAL_ADMINISTRATOR))
                .isFail("5 hold Global Administrator, more than 4")
                .finds("g@contoso.com", "holds Global Administrator (permanent, through group 'admins')")
                .finds("p@contoso.com", "holds Global Administrator (eligible, as eligible member of group 'admins')")
                .finds("Backup", "holds Global Administrator (permanent, directly)");
    }

    @Test
    void whoHoldsTheRoleInTwoWaysCountsOnce() {
        check.given(with(2).holder(
                                account("a1@contoso.com"), DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                        .group("admins", DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
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
                                AssignmentKind.PERMANENT)
                        .unresolved("partner"))
                .isReview("3 hold Global Administrator, and how many more cannot be told")
                .findsOnly(
                        "partner",
                        Unseen.unresolved("partner").reason() + "; holds Global Administrator (permanent, directly)");
    }

    @Test
    void aDeletedUserIsNoHolder() {
        check.given(with(3).globalAdmin(Account.deleted("gone", "gone"))).isPass("3 hold Global Administrator");
    }

    @Test
    void anOwnerOfAGroupIsNoHolder() {
        check.given(with(4).group("admins", DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .grant("admins", account("o@contoso.com"), GroupGrant.Access.OWNER, AssignmentKind.PERMANENT))
                .isPass("4 hold Global Administrator");
    }

    @Test
    void tooManyIsCertainWhateverElseIsUnread() {
        check.given(with(5).unread(FactKind.PIM_ELIGIBILITIES, "Y")).isFail("5 hold Global Administrator, more than 4");
        check.given(with(7).unread(FactKind.ACCOUNTS, "X").unread(FactKind.PIM_ELIGIBILITIES, "Y"))
                .isFail("7 hold Global Administrator, more than 4");
    }

    /** Two of those whose accounts were not read may be the emergency accounts. */
    @Test
    void fiveOfWhomNothingWasReadAreNotCertainlyTooMany() {
        check.given(with(6).unread(FactKind.ACCOUNTS, "X")).isNotAssessed("administrators' accounts: X");
        check.given(with(6).unread(FactKind.ACCOUNTS, "X").emergency("one@contoso.com"))
                .isFail("6 hold Global Administrator, more than 4");
    }

    @Test
    void designatedEmergencyAccountsAreCountedApart() {
        check.given(with(4).globalAdmin(GoodTenant.ONE)
                        .globalAdmin(GoodTenant.TWO)
                        .emergency(GoodTenant.ONE.id(), GoodTenant.TWO.signInName()))
                .isPass("4 hold Global Administrator, beside 2 emergency accounts");
        check.given(with(5).globalAdmin(GoodTenant.ONE).emergency(GoodTenant.ONE.id()))
                .isFail("5 hold Global Administrator, beside 1 emergency account, more than 4");
        check.given(with(1).globalAdmin(GoodTenant.ONE).emergency(GoodTenant.ONE.id()))
                .isPass("1 holds Global Administrator, beside 1 emergency account");
    }

    @Test
    void fourEmergencyAccountsAreNotMoreThanAreNeeded() {
        check.given(with(4).emergency("a1@contoso.com", "a2@contoso.com", "a3@contoso.com", "a4@contoso.com"))
                .isPass("0 hold Global Administrator, beside 4 emergency accounts");
    }

    @Test
    void nobodyHidesBehindManyEmergencyAccounts() {
        TenantBuilder tenant = with(5).emergency(
                        "a1@contoso.com", "a2@contoso.com", "a3@contoso.com", "a4@contoso.com", "a5@contoso.com");
        check.given(tenant)
                .isReview("0 hold Global Administrator, beside 5 emergency accounts, more of these than are needed")
                .finds("a1@contoso.com", "holds Global Administrator (permanent, directly)");
    }

    @Test
    void twoThatCouldBeEmergencyAccountsMakeFiveAQuestion() {
        TenantBuilder six = with(4).globalAdmin(GoodTenant.ONE).globalAdmin(GoodTenant.TWO);
        check.given(six)
                .isReview(
                        "6 hold Global Administrator, more than 4 unless emergency accounts are among them: name these"
                                + " in PARC_EMERGENCY_ACCOUNTS");
        check.given(six.globalAdmin(account("three@contoso.onmicrosoft.com")))
                .isFail("7 hold Global Administrator, more than 4");
    }

    @Test
    void tooFewIsNotCertainWhileGroupsAreUnread() {
        check.given(with(1).unread(FactKind.GROUP_MEMBERS, "permission X is missing"))
                .isNotAssessed("members of groups that lead to a role: permission X is missing");
    }
}
