package dev.parc.roadmap.stage1;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.roadmap.stage1.S106Tenants.ANN;
import static dev.parc.roadmap.stage1.S106Tenants.CHECK;
import static dev.parc.roadmap.stage1.S106Tenants.PASSES;
import static dev.parc.roadmap.stage1.S106Tenants.isReview;

import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupWriter;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.SyncState;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ExcludedGroup;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.RoleAssignment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an exclusion makes of S1-06, and who could get an account into one. */
class S106ExclusionsTest {

    @Test
    void anApplicationThatMicrosoftsGuidesLeaveOutIsForAPerson() {
        CHECK.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .policy(policy("MFA")
                                .notApplications("45a330b1-b1ec-4cc1-9161-9f03992aa49f")
                                .build()))
                .isReview("the only permanently assigned account needs MFA at every sign-in, by MFA; applications"
                        + " that Microsoft's guides ask to exclude are excluded")
                .findsOnly(
                        "MFA",
                        "excludes the application Windows Store for Business, as Microsoft's guides ask where Windows is"
                                + " upgraded by Subscription Activation; confirm that it has to");
    }

    @Test
    void whereAnotherPolicyAsksThereNothingIsLeftOut() {
        CHECK.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .policy(policy("MFA")
                                .notApplications("45a330b1-b1ec-4cc1-9161-9f03992aa49f")
                                .build())
                        .policy(policy("everywhere").build()))
                .isPass("the only permanently assigned account needs MFA at every sign-in, by everywhere");
    }

    @Test
    void anyOtherApplicationThatIsLeftOutIsAGapByItsName() {
        CHECK.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .policy(policy("MFA")
                                .notApplications(
                                        "45a330b1-b1ec-4cc1-9161-9f03992aa49f", "00000002-0000-0ff1-ce00-000000000000")
                                .build()))
                .isFail("1 of 1 permanently assigned account can sign in without MFA")
                .findsOnly(
                        "ann@contoso.com",
                        "can sign in without MFA: Windows, browser, to application Office 365 Exchange Online; because"
                                + " 'MFA' does not apply to this application");
    }

    @Test
    void anExclusionByGroupIsNamed() {
        CHECK.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN, "service accounts")
                        .policy(policy("MFA").notForGroup("service accounts").build()))
                .isFail("1 of 1 permanently assigned account can sign in without MFA")
                .findsOnly(
                        "ann@contoso.com",
                        "can sign in without MFA: Windows, browser; because 'MFA' excludes the account");
    }

    @Test
    void anAccountThatLooksLikeAnEmergencyAccountIsForAPersonToDecide() {
        Account one = account("one@contoso.onmicrosoft.com");
        CHECK.given(tenant().globalAdmin(one)
                        .inGroups(one, "glass")
                        .policy(policy("MFA").notForGroup("glass").build()))
                .isReview("1 of 1 permanently assigned account needs review")
                .findsOnly(
                        "one@contoso.onmicrosoft.com",
                        "can sign in without MFA: Windows, browser; because 'MFA' excludes the account; it looks like"
                                + " an emergency account, confirm that it is");
    }

    @Test
    void whoCanActivateMembershipOfAGroupThatThePolicyLeavesOutIsNoPass() {
        CHECK.given(tenant().globalAdmin(ANN)
                        .canJoin(ANN, "exempt")
                        .policy(policy("MFA").notForGroup("exempt").build()))
                .isReview("1 of 1 permanently assigned account needs review");
        CHECK.given(tenant().globalAdmin(ANN)
                        .canJoin(ANN, "another")
                        .policy(policy("MFA").notForGroup("exempt").build()))
                .isPass("the only permanently assigned account needs MFA at every sign-in, by MFA");
    }

    @Test
    void whoCanActivateMembershipOfAGroupInOneThatThePolicyLeavesOutIsNoPass() {
        String pass = "the only permanently assigned account needs MFA at every sign-in, by MFA";
        ConditionalAccessPolicy mfa = policy("MFA").notForGroup("exempt").build();
        CHECK.given(tenant().globalAdmin(ANN)
                        .canJoin(ANN, "inner")
                        .groupInGroups("inner", "exempt")
                        .policy(mfa))
                .isReview("1 of 1 permanently assigned account needs review");
        CHECK.given(tenant().globalAdmin(ANN)
                        .canJoin(ANN, "inner")
                        .groupInGroups("inner", "another")
                        .policy(mfa))
                .isPass(pass);
        CHECK.given(tenant().globalAdmin(ANN)
                        .canJoin(ANN, "inner")
                        .unseen(FactKind.GROUP_MEMBERSHIPS, "inner", "403")
                        .policy(mfa))
                .isReview("1 of 1 permanently assigned account needs review");
    }

    private static final String CHANGES = "microsoft.directory/groups/members/update";

    /** One administrator, and one policy that leaves out an ordinary group. */
    private static TenantBuilder leavingOutAGroup(ExcludedGroup.Principal... owners) {
        return tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .policy(policy("MFA").notForGroup("exempt").build())
                .openGroup("exempt", owners);
    }

    private static ExcludedGroup.Principal owner(Account account) {
        return new ExcludedGroup.Principal(account.id(), PrincipalType.USER, account.signInName());
    }

    private static TenantBuilder with(ExcludedGroup group) {
        return leavingOutAGroup().excludedGroup(group);
    }

    private static ExcludedGroup group(boolean assignable, boolean restricted, String rule, SyncState sync) {
        return new ExcludedGroup(
                "exempt",
                "exempt",
                true,
                assignable,
                restricted,
                Optional.of(rule).filter(text -> !text.isEmpty()),
                sync,
                List.of(owner(account("kim@contoso.com"))));
    }

    @Test
    void anOwnerWhoIsNoAdministratorCanTakeAnAccountOutOfThePolicy() {
        isReview(
                leavingOutAGroup(owner(account("kim@contoso.com"))),
                "its owner kim@contoso.com, who is no administrator, can change its members");
        isReview(
                leavingOutAGroup(new ExcludedGroup.Principal("app", PrincipalType.SERVICE_PRINCIPAL, "Sync tool")),
                "its owner, the application Sync tool, can change its members");
    }

    @Test
    void anOwnerWhoIsHeldToTheSameIsNamedAndNoMore() {
        CHECK.given(leavingOutAGroup()).isPass(PASSES);
        CHECK.given(leavingOutAGroup(owner(ANN)))
                .isPass(PASSES + "; whom it excludes can be changed by ann@contoso.com");
    }

    private static TenantBuilder written(TenantBuilder tenant) {
        return tenant.add(FactKind.GROUP_WRITERS, new GroupWriter("hr", "HR feed", "GroupMember.ReadWrite.All"))
                .add(FactKind.GROUP_WRITERS, new GroupWriter("iga", "IGA", "Directory.ReadWrite.All"))
                .add(FactKind.GROUP_WRITERS, new GroupWriter("iga", "IGA", "Group.ReadWrite.All"));
    }

    @Test
    void applicationsThatCanChangeGroupsAreNamedOnceForTheTenant() {
        TenantBuilder two = tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .policy(policy("MFA").notForGroup("exempt").notForGroup("also").build())
                .openGroup("exempt")
                .openGroup("also");
        CHECK.given(written(two))
                .isReview(PASSES + "; who is left out can be changed by others")
                .findsOnly(
                        "the tenant",
                        "has applications that can put an account into a group that policies exclude, 'also', 'exempt':"
                                + " HR feed (GroupMember.ReadWrite.All); IGA (Directory.ReadWrite.All,"
                                + " Group.ReadWrite.All)");
    }

    @Test
    void applicationsReachNoGuardedGroupAndNoneFromOnPremises() {
        CHECK.given(written(with(group(true, false, "", SyncState.NEVER_SYNCED))))
                .isPass(PASSES);
        CHECK.given(written(with(group(false, true, "", SyncState.NEVER_SYNCED))))
                .isPass(PASSES);
        CHECK.given(written(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .policy(policy("MFA").build())
                        .openGroup("of nothing")))
                .isPass(PASSES);
        isReview(
                written(with(group(false, false, "", SyncState.SYNCED))),
                "its members come from on-premises, where others can change them");
    }

    @Test
    void ofADynamicGroupOnlyTheRuleCanBeChanged() {
        ExcludedGroup dynamic = new ExcludedGroup(
                "exempt",
                "exempt",
                true,
                false,
                false,
                Optional.of("user.department -eq \"IT\""),
                SyncState.NEVER_SYNCED,
                List.of());
        CHECK.given(leavingOutAGroup()
                        .excludedGroup(dynamic)
                        .add(FactKind.GROUP_WRITERS, new GroupWriter("hr", "HR feed", "GroupMember.ReadWrite.All")))
                .isPass(PASSES);
        CHECK.given(written(leavingOutAGroup().excludedGroup(dynamic)))
                .findsOnly(
                        "the tenant",
                        "has applications that can put an account into a group that policies exclude, 'exempt': IGA"
                                + " (Directory.ReadWrite.All, Group.ReadWrite.All)");
    }

    @Test
    void whatGroupsAreWrittenByIsSaidNotToBeKnown() {
        CHECK.given(leavingOutAGroup().unread(FactKind.GROUP_WRITERS, "403 from Graph"))
                .names("applications that can change the members of groups: 403 from Graph");
    }

    @Test
    void whatAGroupIsCanGuardIt() {
        CHECK.given(with(group(true, false, "", SyncState.NEVER_SYNCED))).isPass(PASSES);
        CHECK.given(with(group(false, true, "", SyncState.NEVER_SYNCED))).isPass(PASSES);
    }

    @Test
    void membersFromOnPremisesAreForAPersonToJudge() {
        isReview(
                with(group(false, false, "", SyncState.SYNCED)),
                "its members come from on-premises, where others can change them");
        isReview(
                with(group(false, false, "", SyncState.NO_LONGER_SYNCED)),
                "its owner kim@contoso.com, who is no administrator, can change its members");
    }

    @Test
    void aRuleOnWhatUsersSetThemselvesIsForAPersonToJudge() {
        ExcludedGroup own = new ExcludedGroup(
                "exempt",
                "exempt",
                true,
                false,
                false,
                Optional.of("(user.department -eq \"IT\") or (user.Mobile -startsWith \"+47\")"),
                SyncState.NEVER_SYNCED,
                List.of());
        isReview(
                leavingOutAGroup().excludedGroup(own),
                "its membership rule asks for what users set themselves: Mobile");
        CHECK.given(leavingOutAGroup()
                        .excludedGroup(new ExcludedGroup(
                                "exempt",
                                "exempt",
                                true,
                                false,
                                false,
                                Optional.of("user.department -eq \"mobile\""),
                                SyncState.NEVER_SYNCED,
                                List.of())))
                .isPass(PASSES);
    }

    @Test
    void aRoleIsKnownByWhatItAllowsAndNotByItsName() {
        Account lee = account("lee@contoso.com");
        TenantBuilder tenant = leavingOutAGroup()
                .holder(lee, "Keeper of lists", AssignmentKind.ELIGIBLE)
                .inGroups(lee, "exempt");
        CHECK.given(tenant).isPass(PASSES);
        CHECK.given(tenant.allows("Keeper of lists", "Keeper of lists", "microsoft.directory/groups/members/read"))
                .isPass(PASSES);
        isReview(
                tenant.allows("Keeper of lists", "Keeper of lists", CHANGES),
                "lee@contoso.com can change its members as Keeper of lists");
    }

    @Test
    void anAdministratorWhoIsHeldToTheSameIsNamedAndNoMore() {
        Account lee = account("lee@contoso.com");
        CHECK.given(leavingOutAGroup()
                        .holder(lee, "Keeper of lists", AssignmentKind.PERMANENT)
                        .inGroups(lee)
                        .allows("Keeper of lists", "Keeper of lists", CHANGES))
                .isPass(PASSES + "; whom it excludes can be changed by lee@contoso.com");
    }

    @Test
    void aRoleOverAnotherObjectChangesNothing() {
        Account lee = account("lee@contoso.com");
        TenantBuilder tenant =
                leavingOutAGroup().account(lee).inGroups(lee, "exempt").allows("keeper", "Keeper", CHANGES);
        CHECK.given(tenant.add(FactKind.PIM_ASSIGNMENTS, scoped(lee, "/another")))
                .isPass(PASSES);
        isReview(
                tenant.add(FactKind.PIM_ASSIGNMENTS, scoped(lee, "/administrativeUnits/unit")),
                "lee@contoso.com can change its members as Keeper");
    }

    private static RoleAssignment scoped(Account account, String scope) {
        return new RoleAssignment(
                account.id(),
                PrincipalType.USER,
                account.signInName(),
                "keeper",
                scope,
                AssignmentKind.PERMANENT,
                Optional.empty());
    }
}
