package dev.parc.roadmap.stage1;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.facts.AssignmentKind;
import dev.parc.facts.DirectoryRole;
import dev.parc.facts.FactKind;
import dev.parc.facts.GroupGrant;
import dev.parc.facts.Licence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S101PimIsOnTest {

    private final CheckTester check = CheckTester.of(new S101PimIsOn());

    @Test
    void anEligibleAdministratorAndNotificationsAreEnough() {
        check.given(GoodTenant.build())
                .isPass("PIM is on: 1 of 4 administrators in the highly privileged roles are eligible, and role changes"
                        + " are notified");
    }

    @Test
    void aLicenceThatNobodyUsesIsNotPim() {
        check.given(tenant().globalAdmin("one@contoso.com").pimPolicies())
                .isFail("PIM is licensed and not used: nobody is eligible for a highly privileged role")
                .findsOnly("the tenant", "has no eligible assignment in the highly privileged roles");
    }

    @Test
    void eligibleMembersOfAGroupCount() {
        check.given(tenant().globalAdmin("one@contoso.com")
                        .group("admins", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.STANDING)
                        .grant("admins", account("a@contoso.com"), GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                        .pimPolicies())
                .isPass("PIM is on: 1 of 2 administrators in the highly privileged roles are eligible, and role changes"
                        + " are notified");
    }

    @Test
    void nobodyEligibleIsNoFailWhileGroupsAreUnread() {
        check.given(tenant().globalAdmin("one@contoso.com")
                        .pimPolicies()
                        .unread(FactKind.PIM_GROUP_ELIGIBILITIES, "permission X is missing"))
                .isNotAssessed("eligible PIM for Groups assignments: permission X is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "Notification_Admin_Admin_Assignment,  is assigned the role",
        "Notification_Admin_Admin_Eligibility, is made eligible for it",
        "Notification_Admin_EndUser_Assignment, activates it",
    })
    void aChangeThatNobodyHearsOfIsNamed(String rule, String change) {
        check.given(tenant().holder(
                                account("a@contoso.com"), DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                        .pimPolicies(rule))
                .isFail("PIM notifies nobody of some changes to 4 of 4 highly privileged roles")
                .finds("Global Administrator", "notifies no administrator when somebody " + change);
    }

    @Test
    void aRoleWithoutSettingsIsNotAssessed() {
        check.given(tenant().holder(
                                account("a@contoso.com"), DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE))
                .isNotAssessed("PIM role settings: Graph gave none for Global Administrator");
    }

    @Test
    void withoutTheLicenceItDoesNotApply() {
        check.given(GoodTenant.build().without(Licence.ENTRA_ID_P2_OR_GOVERNANCE))
                .isNotApplicable("the tenant has no Microsoft Entra ID P2 or ID Governance licence");
    }
}
