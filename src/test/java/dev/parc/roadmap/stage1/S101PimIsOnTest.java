package dev.parc.roadmap.stage1;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.mailToDefaultRecipients;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.check.TenantBuilder.withMail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.CheckTester;
import dev.parc.check.Finding;
import dev.parc.check.GoodTenant;
import dev.parc.check.Outcome;
import dev.parc.check.TenantBuilder;
import dev.parc.check.TenantBuilder.Change;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupOwner;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.PimRule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class S101PimIsOnTest {

    private static final String SECURITY_ADMINISTRATOR = "194ae4cb-b126-40b2-bd5b-6091b380977d";

    private final CheckTester check = CheckTester.of(new S101PimIsOn());

    @Test
    void anEligibleAdministratorAndNotificationsAreEnough() {
        check.given(GoodTenant.build())
                .isPass("PIM is on: 1 of 4 administrators in the highly privileged roles is eligible, and role"
                        + " changes are notified");
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
                        .group("admins", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .grant("admins", account("a@contoso.com"), GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                        .groupPimPolicy("admins", GroupGrant.Access.MEMBER)
                        .pimPolicies())
                .isPass("PIM is on: 1 of 2 administrators in the highly privileged roles is eligible, and role"
                        + " changes are notified");
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
                .isFail(
                        "PIM notifies nobody of some changes to 4 of 4 highly privileged roles and groups that lead to one")
                .finds("Global Administrator", "notifies no administrator when somebody " + change);
    }

    // --- default recipients: those who actively hold one of three roles ---------------------------------------------

    private static final String OPEN =
            "it is not certain that PIM's mail about 4 of 4 highly privileged roles and groups reaches anybody";
    private static final Account MAILED = withMail(account("ada@contoso.com"), "ada@contoso.com");

    /** An emergency account without mail, somebody eligible, and PIM as it is at first. */
    private static TenantBuilder byDefault(Account eligible) {
        return tenant().globalAdmin(GoodTenant.ONE)
                .emergency(GoodTenant.ONE.id())
                .holder(eligible, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .pimMailToDefaultRecipients();
    }

    @ParameterizedTest
    @EnumSource(names = {"PERMANENT", "TIME_BOUND"})
    void somebodyWhoHoldsOneOfThreeRolesActivelyAndHasMailHears(AssignmentKind kind) {
        check.given(byDefault(account("eve@contoso.com")).holder(MAILED, SECURITY_ADMINISTRATOR, kind))
                .isPass("PIM is on: 1 of 2 administrators in the highly privileged roles is eligible, and role"
                        + " changes are notified");
    }

    @ParameterizedTest
    @EnumSource(names = {"ELIGIBLE", "ACTIVATED"})
    void whoIsOnlyEligibleHearsOnlyWhileTheRoleIsActivated(AssignmentKind kind) {
        check.given(byDefault(account("eve@contoso.com"))
                        .holder(MAILED, DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR, kind))
                .isReview(OPEN)
                .finds(
                        "Global Administrator",
                        "notifies only those who actively hold Global, Privileged Role or Security Administrator (whether"
                                + " anybody gets the mail is open: ada@contoso.com would get it only while the role is"
                                + " activated) of any change");
    }

    @Test
    void nobodyHearsWhereNobodyHasMail() {
        check.given(byDefault(account("eve@contoso.com"))
                        .holder(MAILED, DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT))
                .isFail(
                        "PIM notifies nobody of some changes to 4 of 4 highly privileged roles and groups that lead to one")
                .finds(
                        "Exchange Administrator",
                        "notifies only those who actively hold Global, Privileged Role or Security Administrator (none has"
                                + " a mail address) of any change");
    }

    @Test
    void whoCannotSignInIsNoRecipient() {
        check.given(byDefault(account("eve@contoso.com"))
                        .globalAdmin(withMail(account("gone@contoso.com", Change.DISABLED), "gone@contoso.com")))
                .isFail(
                        "PIM notifies nobody of some changes to 4 of 4 highly privileged roles and groups that lead to one");
    }

    @Test
    void mailThatMayNotBeReadIsForAPerson() {
        Account emergency = withMail(account("two@contoso.onmicrosoft.com"), "two@contoso.com");
        check.given(byDefault(account("eve@contoso.com")).globalAdmin(emergency).emergency(emergency.id()))
                .isReview(OPEN);
        check.given(byDefault(account("eve@contoso.com"))
                        .globalAdmin(withMail(account("ada@contoso.com"), "", "ada@home.example")))
                .isReview(OPEN);
    }

    @Test
    void nobodyIsCertainWhileARecipientIsUnread() {
        check.given(byDefault(account("eve@contoso.com"))
                        .assignment(
                                "unread",
                                PrincipalType.USER,
                                "unread",
                                DirectoryRole.GLOBAL_ADMINISTRATOR,
                                AssignmentKind.PERMANENT))
                .isReview(OPEN);
        check.given(byDefault(account("eve@contoso.com")).gap(FactKind.ACCOUNTS, "page 2 was throttled"))
                .isNotAssessed("administrators' accounts: page 2 was throttled");
    }

    @Test
    void aNamedMailboxHearsAndABlankOneIsNobody() {
        TenantBuilder blank = byDefault(account("eve@contoso.com"));
        TenantBuilder named = byDefault(account("eve@contoso.com"));
        DirectoryRole.HIGHLY_PRIVILEGED.forEach(role -> {
            blank.pimPolicy(role, mailOnly(""));
            named.pimPolicy(role, mailOnly("soc@contoso.com"));
        });
        check.given(named)
                .isPass("PIM is on: 1 of 2 administrators in the highly privileged roles is eligible, and role"
                        + " changes are notified");
        check.given(blank)
                .isFail(
                        "PIM notifies nobody of some changes to 4 of 4 highly privileged roles and groups that lead to one")
                .finds("Global Administrator", "notifies no administrator when somebody activates it");
    }

    private static PimRule mailOnly(String recipient) {
        return new PimRule("Notification_Admin_EndUser_Assignment", false, false, List.of(recipient), "", Set.of(), "");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, FAIL, notifies no administrator when somebody activates it",
        "CRITICAL, REVIEW, 'sends only critical mail, which asks for an action, when somebody activates it'",
    })
    void mailThatIsNotForEveryChangeIsNone(PimRule.Level level, Outcome outcome, String message) {
        Verdict verdict = check.given(GoodTenant.build()
                        .pimPolicy(
                                DirectoryRole.GLOBAL_ADMINISTRATOR,
                                new PimRule(
                                        "Notification_Admin_EndUser_Assignment",
                                        false,
                                        true,
                                        List.of("soc@contoso.com"),
                                        "",
                                        Set.of(),
                                        "",
                                        level)))
                .verdict();
        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.findings()).extracting(Finding::message).containsExactly(message);
    }

    // --- groups: their owners ---------------------------------------------------------------------------------------

    /** A group that leads to a role, of which PIM tells its owners. */
    private static TenantBuilder byGroup() {
        return GoodTenant.build()
                .group("admins", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .grant("admins", account("a@contoso.com"), GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                .groupPimPolicy("admins", GroupGrant.Access.MEMBER, mailToDefaultRecipients());
    }

    private static TenantBuilder owned(Account owner) {
        return byGroup()
                .add(
                        FactKind.GROUP_OWNERS,
                        new GroupOwner(id("admins"), "admins", owner.id(), PrincipalType.USER, owner.signInName()));
    }

    @Test
    void theOwnersOfAGroupHearOfItsChanges() {
        check.given(owned(MAILED).account(MAILED))
                .isPass("PIM is on: 2 of 5 administrators in the highly privileged roles are eligible, and role changes"
                        + " are notified");
        check.given(owned(MAILED))
                .isReview(
                        "it is not certain that PIM's mail about 1 of 5 highly privileged roles and groups reaches anybody")
                .findsOnly(
                        "admins",
                        "for its members notifies only its owners (whether anybody gets the mail is open: of"
                                + " ada@contoso.com nothing was read) of any change");
        check.given(byGroup())
                .isFail(
                        "PIM notifies nobody of some changes to 1 of 5 highly privileged roles and groups that lead to one")
                .findsOnly(
                        "admins", "for its members notifies only its owners (none has a mail address) of any change");
    }

    @Test
    void aGroupThatLeadsToAnotherRoleIsNotAskedAbout() {
        check.given(GoodTenant.build()
                        .group("readers", "reports reader", AssignmentKind.PERMANENT)
                        .grant("readers", account("a@contoso.com"), GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                        .groupPimPolicy("readers", GroupGrant.Access.MEMBER, mailToDefaultRecipients()))
                .isPass("PIM is on: 1 of 4 administrators in the highly privileged roles is eligible, and role"
                        + " changes are notified");
    }

    @Test
    void aRoleWithoutSettingsIsNotAssessed() {
        check.given(tenant().holder(
                                account("a@contoso.com"), DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE))
                .isNotAssessed("PIM role settings: Graph gave none for Global Administrator");
    }

    @Test
    void aGroupWithoutSettingsIsNotAssessed() {
        check.given(GoodTenant.build()
                        .group("admins", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .grant("admins", account("a@contoso.com"), GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE))
                .isNotAssessed("PIM settings of groups that lead to a role: Graph gave none of admins for its members");
    }

    @Test
    void withoutTheLicenceItDoesNotApply() {
        check.given(GoodTenant.build().without(Licence.ENTRA_ID_P2_OR_GOVERNANCE))
                .isNotApplicable("the tenant has no Microsoft Entra ID P2 or ID Governance licence");
    }
}
