package dev.parc.roadmap.stage3;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.activationContext;
import static dev.parc.check.TenantBuilder.activationLasts;
import static dev.parc.check.TenantBuilder.activationTakes;
import static dev.parc.check.TenantBuilder.mailToDefaultRecipients;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.Account;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.PimRule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S306RoleSettingsAreStrictTest {

    private static final DirectoryRole GLOBAL = DirectoryRole.GLOBAL_ADMINISTRATOR;
    private static final DirectoryRole EXCHANGE = DirectoryRole.EXCHANGE_ADMINISTRATOR;
    private static final Account KIM = account("kim@contoso.com");
    private static final String WEAK = "the PIM settings of 1 of 4 roles and groups are weak";
    private static final String LOOK = "the PIM settings of 1 of 4 roles and groups need review";

    private final CheckTester check = CheckTester.of(new S306RoleSettingsAreStrict());

    private static PimRule off(String id) {
        return new PimRule(id, false, false, List.of(), "", Set.of(), "");
    }

    /** Global Administrators activate with authentication context c1 instead of MFA. */
    private static TenantBuilder onContext() {
        return GoodTenant.build().pimPolicy(GLOBAL, activationTakes("Justification"), activationContext("c1"));
    }

    private static TenantBuilder byGroup(PimRule... instead) {
        return GoodTenant.build()
                .group("admins", EXCHANGE, AssignmentKind.PERMANENT)
                .grant("admins", KIM, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                .groupPimPolicy("admins", GroupGrant.Access.MEMBER, instead);
    }

    @Test
    void strictSettingsPass() {
        check.given(GoodTenant.build())
                .isPass("the PIM settings of all 4 highly privileged roles and of 0 groups that lead to one are"
                        + " strict");
        check.given(byGroup())
                .isPass("the PIM settings of all 4 highly privileged roles and of 1 group that lead to one are"
                        + " strict");
    }

    @Test
    void aTicketIsAReasonToo() {
        check.given(GoodTenant.build().pimPolicy(GLOBAL, activationTakes("Ticketing", "MultiFactorAuthentication")))
                .isPass("the PIM settings of all 4 highly privileged roles and of 0 groups that lead to one are"
                        + " strict");
    }

    @Test
    void everyWeaknessIsNamed() {
        check.given(GoodTenant.build()
                        .pimPolicy(
                                GLOBAL,
                                activationTakes(),
                                activationLasts("P1D"),
                                off("Approval_EndUser_Assignment"),
                                off("Notification_Admin_EndUser_Assignment")))
                .isFail(WEAK)
                .findsOnly(
                        "Global Administrator",
                        "asks for no MFA; asks for no reason; needs no approval; lets an activation last 24 hours, more"
                                + " than 8; notifies no administrator when somebody activates it");
    }

    @ParameterizedTest
    @CsvSource({
        "PT8H, ''",
        "PT30M, ''",
        "PT8H30M, 'lets an activation last 8.5 hours, more than 8'",
        "PT9H, 'lets an activation last 9 hours, more than 8'",
        "'', does not tell how long an activation lasts",
        "P, does not tell how long an activation lasts",
        "P1M, does not tell how long an activation lasts",
    })
    void activationsEndWithinAWorkingDay(String longest, String weakness) {
        var expectation = check.given(GoodTenant.build().pimPolicy(EXCHANGE, activationLasts(longest)));
        if (weakness.isEmpty()) {
            expectation.isPass(
                    "the PIM settings of all 4 highly privileged roles and of 0 groups that lead to one are strict");
        } else {
            expectation.isFail(WEAK).findsOnly("Exchange Administrator", weakness);
        }
    }

    @Test
    void onlyTheRolesThatCanBecomeAnythingNeedApproval() {
        check.given(GoodTenant.build().pimPolicy(EXCHANGE, off("Approval_EndUser_Assignment")))
                .isPass("the PIM settings of all 4 highly privileged roles and of 0 groups that lead to one are"
                        + " strict");
        check.given(GoodTenant.build()
                        .pimPolicy(DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR, off("Approval_EndUser_Assignment")))
                .isFail(WEAK)
                .findsOnly("Privileged Role Administrator", "needs no approval");
    }

    @Test
    void onlyEmergencyAccountsNeedAnAssignmentForGood() {
        check.given(GoodTenant.build().pimPolicy(GLOBAL, off("Expiration_Admin_Assignment")))
                .isPass("the PIM settings of all 4 highly privileged roles and of 0 groups that lead to one are"
                        + " strict");
        check.given(GoodTenant.build().pimPolicy(EXCHANGE, off("Expiration_Admin_Assignment")))
                .isReview(LOOK)
                .findsOnly("Exchange Administrator", "allows permanent active assignments");
    }

    @Test
    void aContextThatAnEnabledPolicyEnforcesIsMfa() {
        check.given(onContext()
                        .policy(policy("step up")
                                .onContext("c1")
                                .strength("fido2")
                                .build()))
                .isPass("the PIM settings of all 4 highly privileged roles and of 0 groups that lead to one are"
                        + " strict");
    }

    @Test
    void aContextThatNoPolicyNamesFallsBackToMfa() {
        check.given(onContext().policy(policy("step up").onContext("c2").build()))
                .isReview(LOOK)
                .findsOnly(
                        "Global Administrator",
                        "asks for authentication context c1, which no Conditional Access policy names; PIM asks for MFA"
                                + " until one does");
    }

    @ParameterizedTest
    @CsvSource({"REPORT_ONLY", "DISABLED"})
    void aContextWhosePolicyIsNotEnabledIsNoMfa(ConditionalAccessPolicy.State state) {
        check.given(onContext()
                        .policy(policy("step up").onContext("c1").state(state).build()))
                .isFail(WEAK)
                .findsOnly(
                        "Global Administrator",
                        "asks for authentication context c1, and no policy that names it is enabled");
    }

    /** Nothing else demands MFA of her here: the policy for all is out of the way. */
    private static TenantBuilder onlyOnContext(ConditionalAccessPolicy policy) {
        return TenantBuilder.tenant()
                .globalAdmin(GoodTenant.ONE)
                .emergency(GoodTenant.ONE.id())
                .holder(KIM, GLOBAL, AssignmentKind.ELIGIBLE)
                .inGroups(KIM)
                .inGroups(GoodTenant.ONE)
                .pimPolicies()
                .pimPolicy(GLOBAL, activationTakes("Justification"), activationContext("c1"))
                .policy(policy);
    }

    @Test
    void aContextThatLeavesOutWhoActivatesIsNoMfa() {
        check.given(onlyOnContext(policy("step up").onContext("c1").build()))
                .isPass("the PIM settings of all 4 highly privileged roles and of 0 groups that lead to one are"
                        + " strict");
        check.given(onlyOnContext(
                        policy("step up").onContext("c1").notForUser(KIM.id()).build()))
                .isFail(WEAK)
                .finds(
                        "Global Administrator",
                        "asks for authentication context c1, which kim@contoso.com can meet without MFA: Windows,"
                                + " browser; because 'step up' excludes the account");
    }

    @Test
    void aPolicyForTheRoleDoesNotReachWhoIsOnlyEligibleForIt() {
        check.given(onlyOnContext(policy("step up")
                        .onContext("c1")
                        .forNobody()
                        .forRole(GLOBAL.templateId())
                        .build()))
                .isFail(WEAK);
    }

    @Test
    void aGroupThatLeadsToARoleHasSettingsOfItsOwn() {
        check.given(byGroup(activationTakes("Justification"), activationLasts("PT24H")))
                .isFail("the PIM settings of 1 of 5 roles and groups are weak")
                .findsOnly("admins", "for its members asks for no MFA; lets an activation last 24 hours, more than 8");
    }

    @Test
    void whoHearsOfAGroupCountsAndWhoseMailGoesNowhereIsLookedAt() {
        check.given(byGroup(off("Notification_Admin_EndUser_Assignment")))
                .isFail("the PIM settings of 1 of 5 roles and groups are weak")
                .findsOnly("admins", "for its members notifies no administrator when somebody activates it");
        check.given(GoodTenant.build().pimPolicy(EXCHANGE, mailToDefaultRecipients()))
                .isReview(LOOK)
                .findsOnly(
                        "Exchange Administrator",
                        "notifies only those who actively hold Global, Privileged Role or Security Administrator (whether"
                                + " anybody gets the mail is open: ann.admin@contoso.com would get it only while the role"
                                + " is activated) of any change");
    }

    @Test
    void whoMayOwnSuchAGroupMayJoinIt() {
        check.given(GoodTenant.build()
                        .group("admins", EXCHANGE, AssignmentKind.PERMANENT)
                        .grant("admins", KIM, GroupGrant.Access.OWNER, AssignmentKind.ELIGIBLE)
                        .groupPimPolicy("admins", GroupGrant.Access.MEMBER)
                        .groupPimPolicy("admins", GroupGrant.Access.OWNER, activationTakes("Justification")))
                .isFail("the PIM settings of 1 of 5 roles and groups are weak")
                .findsOnly("admins", "for its owners asks for no MFA");
    }

    @Test
    void settingsThatWereNotToldAreNotStrict() {
        check.given(GoodTenant.build()
                        .group("admins", EXCHANGE, AssignmentKind.PERMANENT)
                        .grant("admins", KIM, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE))
                .isNotAssessed("PIM settings of groups that lead to a role: Graph gave none of admins for its members");
        check.given(TenantBuilder.tenant().globalAdmin(GoodTenant.ONE).inGroups(GoodTenant.ONE))
                .isNotAssessed("PIM role settings: Graph gave none for Global Administrator");
    }

    @Test
    void aCertainWeaknessStandsWhenGroupsAreUnread() {
        check.given(GoodTenant.build()
                        .pimPolicy(GLOBAL, activationTakes("MultiFactorAuthentication"))
                        .unread(FactKind.PIM_GROUP_POLICIES, "permission X is missing"))
                .isFail(WEAK)
                .findsOnly("Global Administrator", "asks for no reason");
    }

    @Test
    void withoutPimItDoesNotApply() {
        check.given(GoodTenant.build().without(Licence.ENTRA_ID_P2_OR_GOVERNANCE))
                .isNotApplicable("the tenant has no Microsoft Entra ID P2 or ID Governance licence");
    }
}
