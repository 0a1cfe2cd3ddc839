package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.METHOD_GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.SIGN_INS;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.policies.ExposedGroup;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountReaderTest {

    private static final String ROLE = GLOBAL_ADMINISTRATOR.templateId();

    private final FakeTenant tenant = FakeTenant.licensed();

    private String administrator(String name) {
        String id = tenant.user(name);
        tenant.permanent(id, ROLE);
        return id;
    }

    private SignIn signIn(String activity) {
        String kim = administrator("kim");
        tenant.object(kim).setAll(FakeTenant.json("{signInActivity:" + activity + "}"));
        return Readings.of(tenant, SIGN_INS).only(SIGN_INS, SignIn.class);
    }

    @Test
    void successAndAttemptAreToldApart() {
        assertThat(signIn("{lastSignInDateTime:'2026-08-01T00:00:00Z',"
                        + " lastSuccessfulSignInDateTime:'2026-07-01T00:00:00Z'}"))
                .isEqualTo(new SignIn(
                        FakeTenant.id("kim"),
                        Optional.of(Instant.parse("2026-07-01T00:00:00Z")),
                        Optional.of(Instant.parse("2026-08-01T00:00:00Z"))));
    }

    private Readings exposed(String id) {
        return Readings.of(tenant, Designations.NONE.withExposedUsersGroup(Optional.of(id)), FactKind.EXPOSED_GROUP);
    }

    @Test
    void theDesignatedGroupIsThereOrNot() {
        String board = tenant.group("board");
        assertThat(exposed(board).only(FactKind.EXPOSED_GROUP, ExposedGroup.class))
                .isEqualTo(new ExposedGroup(board, true));
        String gone = FakeTenant.id("gone");
        assertThat(exposed(gone).only(FactKind.EXPOSED_GROUP, ExposedGroup.class))
                .isEqualTo(new ExposedGroup(gone, false));
    }

    @Test
    void aDesignatedGroupThatMayNotBeReadIsUnread() {
        String board = tenant.group("board");
        tenant.refuse("/groups/" + board, 403, "Authorization_RequestDenied");
        assertThat(exposed(board).unread(FactKind.EXPOSED_GROUP)).contains("GroupMember.Read.All");
    }

    @Test
    void withoutADesignationNoGroupIsAskedFor() {
        assertThat(Readings.of(tenant, FactKind.EXPOSED_GROUP).values(FactKind.EXPOSED_GROUP, ExposedGroup.class))
                .isEmpty();
        assertThat(tenant.requests()).doesNotContainKey("GET /groups/{id}");
    }

    @Test
    void noActivityIsNever() {
        assertThat(signIn("null")).isEqualTo(new SignIn(FakeTenant.id("kim"), Optional.empty(), Optional.empty()));
    }

    @Test
    void theYearOneIsNever() {
        assertThat(signIn("{lastSignInDateTime:'0001-01-01T00:00:00Z', lastSuccessfulSignInDateTime:null}"))
                .isEqualTo(new SignIn(FakeTenant.id("kim"), Optional.empty(), Optional.empty()));
    }

    @Test
    void activityThatDidNotComeIsNotNever() {
        tenant.object(administrator("kim")).remove("signInActivity");
        assertThat(Readings.of(tenant, SIGN_INS).unread(SIGN_INS)).isEqualTo("users came without signInActivity");
    }

    @Test
    void withoutAP1LicenceNothingIsAsked() {
        FakeTenant small = FakeTenant.unlicensed();
        small.permanent(small.user("kim"), ROLE);
        Readings.of(small, SIGN_INS).isUnlicensed(SIGN_INS, Licence.ENTRA_ID_P1);
        assertThat(small.requests()).containsEntry("GET /users/{id}", 1L);
    }

    @Test
    void aLicenceErrorIsUnlicensedWhereTheServicePlansCannotBeRead() {
        FakeTenant small = FakeTenant.unlicensed().refuse("/subscribedSkus", 403, "Authorization_RequestDenied");
        small.permanent(small.user("kim"), ROLE);
        Readings.of(small, SIGN_INS).isUnlicensed(SIGN_INS, Licence.ENTRA_ID_P1);
    }

    @Test
    void aLicenceErrorIsUnlicensedThoughSomeAccountsCouldNotBeRead() {
        FakeTenant small = FakeTenant.unlicensed().refuse("/subscribedSkus", 403, "Authorization_RequestDenied");
        small.permanent(small.user("kim"), ROLE);
        String lee = small.user("lee");
        small.permanent(lee, ROLE);
        small.object(lee).remove("accountEnabled");
        Readings.of(small, SIGN_INS).isUnlicensed(SIGN_INS, Licence.ENTRA_ID_P1);
    }

    @Test
    void aLicenceErrorForSomeAccountsOnlyIsAGap() {
        administrator("kim");
        administrator("lee");
        tenant.refuse("/subscribedSkus", 403, "Authorization_RequestDenied");
        tenant.refuseOnce(
                "/users/{id}?$select=id,signInActivity", 403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant");
        assertThat(Readings.of(tenant, SIGN_INS).gaps(SIGN_INS))
                .containsExactly("Graph answered some requests that the tenant has no Microsoft Entra ID P1 licence,"
                        + " and others not");
    }

    @Test
    void refusedActivityNamesBothPermissions() {
        administrator("kim");
        tenant.refuse("/users/{id}?$select=id,signInActivity", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, SIGN_INS).unread(SIGN_INS))
                .startsWith("permission AuditLog.Read.All or User.Read.All may be missing");
    }

    @Test
    void signInsAreUnreadWhereAccountsAre() {
        administrator("kim");
        tenant.refuse("/users/{id}", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, SIGN_INS).unread(SIGN_INS))
                .startsWith("administrators' accounts could not be read: permission User.Read.All may be missing");
    }

    @Test
    void ofAnAccountThatCouldNotBeReadNothingElseIsAsked() {
        String kim = administrator("kim");
        tenant.object(kim).remove("accountEnabled");
        administrator("lee");
        Readings readings = Readings.of(tenant, SIGN_INS, GROUP_MEMBERSHIPS);
        assertThat(readings.unseen(ACCOUNTS)).containsOnlyKeys(kim);
        assertThat(readings.values(SIGN_INS, SignIn.class)).hasSize(1);
        assertThat(readings.gaps(SIGN_INS)).isEmpty();
        assertThat(readings.values(GROUP_MEMBERSHIPS, GroupMembership.class)).hasSize(1);
        assertThat(readings.gaps(GROUP_MEMBERSHIPS)).isEmpty();
    }

    @Test
    void anAccountOfWhichNoGroupsAreAskedIsInNone() {
        String kim = administrator("kim");
        tenant.policy("all", "All", "", "mfa");
        assertThat(Readings.of(tenant, GROUP_MEMBERSHIPS).only(GROUP_MEMBERSHIPS, GroupMembership.class))
                .isEqualTo(new GroupMembership(kim, Set.of()));
        assertThat(tenant.requests()).doesNotContainKey("POST /users/{id}/checkMemberGroups");
    }

    @Test
    void nestedMembershipCountsAndGroupsOfSwitchedOffPoliciesAreNotAsked() {
        String kim = administrator("kim");
        String outer = tenant.group("outer", tenant.group("inner", kim));
        String off = tenant.group("off", kim);
        tenant.policy("on", "All", outer, "mfa").put("state", "enabledForReportingButNotEnforced");
        tenant.policy("off", "All", off, "mfa").put("state", "disabled");
        assertThat(Readings.of(tenant, GROUP_MEMBERSHIPS).only(GROUP_MEMBERSHIPS, GroupMembership.class))
                .isEqualTo(new GroupMembership(kim, Set.of(outer)));
    }

    @Test
    void theGroupsOfTheMethodsPolicyAreAskedApart() {
        String kim = administrator("kim");
        String keys = tenant.group("keys", kim);
        tenant.policy("p", "All", tenant.group("g", kim), "mfa");
        tenant.authenticationMethods("Fido2");
        ((ObjectNode) tenant.authenticationMethodsPolicy()
                        .withArray("authenticationMethodConfigurations")
                        .get(0)
                        .path("includeTargets")
                        .get(0))
                .put("id", keys);
        Readings readings = Readings.of(tenant, GROUP_MEMBERSHIPS, METHOD_GROUP_MEMBERSHIPS);
        assertThat(readings.only(METHOD_GROUP_MEMBERSHIPS, GroupMembership.class))
                .isEqualTo(new GroupMembership(kim, Set.of(keys)));
        assertThat(readings.only(GROUP_MEMBERSHIPS, GroupMembership.class))
                .isEqualTo(new GroupMembership(kim, Set.of(FakeTenant.id("g"))));
    }

    @Test
    void aMethodsPolicyForEverybodyAsksForNoGroup() {
        String kim = administrator("kim");
        assertThat(Readings.of(tenant, METHOD_GROUP_MEMBERSHIPS).only(METHOD_GROUP_MEMBERSHIPS, GroupMembership.class))
                .isEqualTo(new GroupMembership(kim, Set.of()));
        assertThat(tenant.requests()).doesNotContainKey("POST /users/{id}/checkMemberGroups");
    }

    @Test
    void membershipIsUnreadWhereTheMethodsPolicyIs() {
        administrator("kim");
        tenant.refuse("/policies/authenticationMethodsPolicy", 403, "AccessDenied");
        assertThat(Readings.of(tenant, METHOD_GROUP_MEMBERSHIPS).unread(METHOD_GROUP_MEMBERSHIPS))
                .contains("Policy.Read.All");
    }

    @Test
    void groupsAreAskedTwentyAtATime() {
        String kim = administrator("kim");
        for (int i = 0; i < 41; i++) {
            tenant.policy("p" + i, "All", tenant.group("g" + i, kim), "mfa");
        }
        assertThat(Readings.of(tenant, GROUP_MEMBERSHIPS)
                        .only(GROUP_MEMBERSHIPS, GroupMembership.class)
                        .groupIds())
                .hasSize(41);
        assertThat(tenant.requests()).containsEntry("POST /users/{id}/checkMemberGroups", 3L);
    }

    @Test
    void aDeletedGroupThatAPolicyStillNamesHoldsNobodyAndHidesNoOther() {
        String kim = administrator("kim");
        tenant.policy("p", "All", FakeTenant.id("gone"), "mfa");
        tenant.policy("q", "All", tenant.group("g", kim), "mfa");
        assertThat(Readings.of(tenant, GROUP_MEMBERSHIPS).only(GROUP_MEMBERSHIPS, GroupMembership.class))
                .isEqualTo(new GroupMembership(kim, Set.of(FakeTenant.id("g"))));
    }

    @Test
    void onlyADeletedGroupIsNoMembership() {
        String kim = administrator("kim");
        tenant.policy("p", "All", FakeTenant.id("gone"), "mfa");
        assertThat(Readings.of(tenant, GROUP_MEMBERSHIPS).only(GROUP_MEMBERSHIPS, GroupMembership.class))
                .isEqualTo(new GroupMembership(kim, Set.of()));
    }

    @Test
    void aGroupThatMayBeThereStaysAGap() {
        administrator("kim");
        tenant.policy("p", "All", FakeTenant.id("gone"), "mfa");
        tenant.refuse("/groups/{id}", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, GROUP_MEMBERSHIPS).unread(GROUP_MEMBERSHIPS))
                .startsWith("a group that a Conditional Access policy names, or the account, is not in the directory:");
    }

    @Test
    void oneRefusedBlockLeavesTheAccountOut() {
        String kim = administrator("kim");
        String lee = administrator("lee");
        tenant.policy("p", "All", tenant.group("g", kim, lee), "mfa");
        tenant.refuse("/users/" + kim + "/checkMemberGroups", 403, "Authorization_RequestDenied");
        Readings readings = Readings.of(tenant, GROUP_MEMBERSHIPS);
        assertThat(readings.values(GROUP_MEMBERSHIPS, GroupMembership.class))
                .extracting(GroupMembership::principalId)
                .containsExactly(lee);
        assertThat(readings.gaps(GROUP_MEMBERSHIPS)).isEmpty();
        assertThat(readings.unseen(GROUP_MEMBERSHIPS)).containsOnlyKeys(kim);
    }

    private GroupMembership membership() {
        return Readings.of(tenant, GROUP_MEMBERSHIPS).values(GROUP_MEMBERSHIPS, GroupMembership.class).stream()
                .filter(one -> one.principalId().equals(FakeTenant.id("kim")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoCanActivateMembershipOfAnExcludedGroupIsTold() {
        String kim = administrator("kim");
        String exempt = tenant.group("exempt");
        tenant.policy("p", "All", exempt, "mfa");
        tenant.groupEligible(exempt, kim);
        assertThat(membership()).isEqualTo(new GroupMembership(kim, Set.of(), Set.of(exempt)));
    }

    @Test
    void whoCanActivateItAsAMemberOfAnotherGroupIsToldToo() {
        String kim = administrator("kim");
        String exempt = tenant.group("exempt");
        tenant.policy("p", "All", exempt, "mfa");
        tenant.groupEligible(exempt, tenant.group("team", tenant.group("inner", kim)));
        assertThat(membership()).isEqualTo(new GroupMembership(kim, Set.of(), Set.of(exempt)));
    }

    @Test
    void theGroupsAroundOneThatSomebodyCanJoinAreReadAndOfNoOther() {
        String kim = tenant.user("kim");
        String admins = tenant.group("admins");
        String around = tenant.group("around", tenant.group("between", admins));
        tenant.permanent(admins, ROLE);
        tenant.policy("p", "All", around, "mfa");
        tenant.groupEligible(admins, kim);
        assertThat(Readings.of(tenant, GROUP_MEMBERSHIPS).values(GROUP_MEMBERSHIPS, GroupMembership.class))
                .containsExactlyInAnyOrder(
                        new GroupMembership(kim, Set.of(), Set.of(admins)),
                        new GroupMembership(admins, Set.of(around)));
        assertThat(tenant.requests()).containsEntry("POST /groups/{id}/checkMemberGroups", 1L);
    }

    @Test
    void aJoinedGroupThatIsRefusedHidesNoAccount() {
        String kim = tenant.user("kim");
        String admins = tenant.group("admins");
        tenant.permanent(admins, ROLE);
        tenant.policy("p", "All", tenant.group("around", admins), "mfa");
        tenant.groupEligible(admins, kim);
        tenant.refuse("/groups/{id}/checkMemberGroups", 403, "Authorization_RequestDenied");
        Readings readings = Readings.of(tenant, GROUP_MEMBERSHIPS);
        assertThat(readings.only(GROUP_MEMBERSHIPS, GroupMembership.class))
                .isEqualTo(new GroupMembership(kim, Set.of(), Set.of(admins)));
        assertThat(readings.gaps(GROUP_MEMBERSHIPS)).isEmpty();
        assertThat(readings.unseen(GROUP_MEMBERSHIPS)).containsOnlyKeys(admins);
    }

    @Test
    void whoCanActivateMembershipOfAGroupInOneThatPoliciesExcludeIsToldWithTheGroupsAroundIt() {
        String kim = administrator("kim");
        String inner = tenant.group("inner");
        String exempt = tenant.group("exempt", tenant.group("between", inner));
        String beside = tenant.group("beside");
        tenant.policy("p", "All", exempt, "mfa");
        tenant.groupEligible(inner, kim);
        tenant.groupEligible(beside, kim);
        assertThat(Readings.of(tenant, GROUP_MEMBERSHIPS).values(GROUP_MEMBERSHIPS, GroupMembership.class))
                .containsExactlyInAnyOrder(
                        new GroupMembership(kim, Set.of(), Set.of(inner)), new GroupMembership(inner, Set.of(exempt)));
        assertThat(tenant.requests())
                .doesNotContainKey("GET /groups/{id}/transitiveMembers/graph.group")
                .containsEntry("GET /identityGovernance/privilegedAccess/group/eligibilityScheduleInstances", 3L);
    }

    @Test
    void theGroupsInAnExcludedGroupWithManyMembersAreAskedForByThemselves() {
        String kim = administrator("kim");
        String inner = tenant.group("inner");
        String exempt = tenant.group("exempt");
        tenant.ordinaryMembers(exempt, 250);
        tenant.member(exempt, inner);
        tenant.policy("p", "All", exempt, "mfa");
        tenant.groupEligible(inner, kim);
        tenant.refuse("/groups/" + exempt + "/transitiveMembers", 503, "ServiceUnavailable");
        assertThat(Readings.of(tenant, GROUP_MEMBERSHIPS).values(GROUP_MEMBERSHIPS, GroupMembership.class))
                .contains(new GroupMembership(kim, Set.of(), Set.of(inner)));
        tenant.refuse("/groups/{id}/transitiveMembers/graph.group", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, GROUP_MEMBERSHIPS).gaps(GROUP_MEMBERSHIPS))
                .singleElement()
                .asString()
                .startsWith("who can activate membership of a group that policies exclude");
    }

    @Test
    void devicesInAnExcludedGroupAreNoGroups() {
        administrator("kim");
        String exempt = tenant.group("exempt", FakeTenant.id("laptop"), FakeTenant.id("phone"));
        tenant.policy("p", "All", exempt, "mfa");
        assertThat(Readings.of(tenant, GROUP_MEMBERSHIPS).gaps(GROUP_MEMBERSHIPS))
                .isEmpty();
        assertThat(tenant.requests())
                .containsEntry("GET /groups/{id}/transitiveMembers/graph.group", 1L)
                .containsEntry("GET /identityGovernance/privilegedAccess/group/eligibilityScheduleInstances", 1L);
    }

    @Test
    void whoCanActivateOwnershipCanAddItself() {
        String kim = administrator("kim");
        String exempt = tenant.group("exempt");
        tenant.policy("p", "All", exempt, "mfa");
        tenant.groupEligible(exempt, kim).put("accessId", "owner");
        assertThat(membership()).isEqualTo(new GroupMembership(kim, Set.of(), Set.of(exempt)));
    }

    @Test
    void eligibilitiesOfOthersAreNoMembership() {
        String kim = administrator("kim");
        String exempt = tenant.group("exempt");
        tenant.policy("p", "All", exempt, "mfa");
        tenant.groupEligible(exempt, tenant.user("lee"));
        tenant.groupEligible(exempt, tenant.group("team", tenant.user("max")));
        assertThat(membership()).isEqualTo(new GroupMembership(kim, Set.of()));
    }

    @Test
    void eligibilitiesThatAreRefusedLeaveAGapAndWithoutALicenceThereAreNone() {
        administrator("kim");
        tenant.policy("p", "All", tenant.group("exempt"), "mfa");
        tenant.refuse(
                "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances",
                403,
                "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, GROUP_MEMBERSHIPS).gaps(GROUP_MEMBERSHIPS))
                .singleElement()
                .asString()
                .startsWith("who can activate membership of a group that policies exclude could not be read:");
        FakeTenant small = FakeTenant.unlicensed();
        String kim = small.user("kim");
        small.permanent(kim, ROLE);
        small.policy("p", "All", small.group("exempt"), "mfa");
        assertThat(Readings.of(small, GROUP_MEMBERSHIPS).only(GROUP_MEMBERSHIPS, GroupMembership.class))
                .isEqualTo(new GroupMembership(kim, Set.of()));
    }

    @Test
    void theGroupsAroundTheExposedGroupAreRead() {
        String board = tenant.group("board");
        String around = tenant.group("around", tenant.group("between", board));
        tenant.policy("p", "All", around, "mfa");
        tenant.policy("q", "All", tenant.group("another"), "mfa");
        assertThat(exposedMembership(board).only(GROUP_MEMBERSHIPS, GroupMembership.class))
                .isEqualTo(new GroupMembership(board, Set.of(around)));
    }

    @Test
    void anExposedGroupThatIsGoneIsInNoGroup() {
        String gone = FakeTenant.id("gone");
        tenant.policy("p", "All", tenant.group("exempt"), "mfa");
        assertThat(exposedMembership(gone).only(GROUP_MEMBERSHIPS, GroupMembership.class))
                .isEqualTo(new GroupMembership(gone, Set.of()));
    }

    @Test
    void anExposedGroupThatIsRefusedIsAGap() {
        String board = tenant.group("board");
        tenant.policy("p", "All", tenant.group("exempt"), "mfa");
        tenant.refuse("/groups/{id}/checkMemberGroups", 403, "Authorization_RequestDenied");
        assertThat(exposedMembership(board).unread(GROUP_MEMBERSHIPS)).contains("GroupMember.Read.All");
    }

    private Readings exposedMembership(String id) {
        return Readings.of(tenant, Designations.NONE.withExposedUsersGroup(Optional.of(id)), GROUP_MEMBERSHIPS);
    }

    @Test
    void membershipIsUnreadWherePoliciesAre() {
        administrator("kim");
        tenant.refuse("/identity/conditionalAccess/policies", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, GROUP_MEMBERSHIPS).unread(GROUP_MEMBERSHIPS))
                .startsWith("Conditional Access policies could not be read: permission Policy.Read.All may be missing");
    }
}
