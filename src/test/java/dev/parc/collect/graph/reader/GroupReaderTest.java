package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.GROUP_MEMBERS;
import static dev.parc.facts.FactKind.PIM_GROUP_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_GROUP_ELIGIBILITIES;
import static dev.parc.facts.FactKind.ROLE_DEFINITIONS;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.Unseen;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.GroupGrant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupReaderTest {

    private static final String ROLE = GLOBAL_ADMINISTRATOR.templateId();

    private final FakeTenant tenant = FakeTenant.licensed();

    @Test
    void nothingIsAskedWhereNoGroupHoldsARole() {
        tenant.permanent(tenant.user("kim"), ROLE);
        Readings readings = Readings.of(tenant, GROUP_MEMBERS);
        assertThat(readings.values(GROUP_MEMBERS, GroupMember.class)).isEmpty();
        assertThat(readings.values(PIM_GROUP_ELIGIBILITIES, GroupGrant.class)).isEmpty();
        assertThat(tenant.requests().keySet()).noneMatch(request -> request.contains("roup"));
    }

    @Test
    void membersOfAGroupThatIsOnlyEligibleAreReadToo() {
        String kim = tenant.user("kim");
        String group = tenant.group("sg", kim);
        tenant.eligible(group, ROLE);
        assertThat(Readings.of(tenant, GROUP_MEMBERS).only(GROUP_MEMBERS, GroupMember.class))
                .isEqualTo(new GroupMember(group, "sg", kim, PrincipalType.USER, "kim@contoso.onmicrosoft.com"));
    }

    @Test
    void nestedGroupsAreReadAndACycleEnds() {
        String kim = tenant.user("kim");
        String inner = tenant.group("inner", kim);
        String outer = tenant.group("outer", inner);
        tenant.member(inner, outer);
        tenant.permanent(outer, ROLE);
        assertThat(Readings.of(tenant, GROUP_MEMBERS).values(GROUP_MEMBERS, GroupMember.class))
                .extracting(GroupMember::groupName, GroupMember::principalName)
                .containsExactly(
                        tuple("outer", "inner"),
                        tuple("inner", "kim@contoso.onmicrosoft.com"),
                        tuple("inner", "outer"));
        assertThat(tenant.requests()).containsEntry("GET /groups/{id}/members", 2L);
    }

    @Test
    void aGroupThatIsEligibleForMembershipIsFollowed() {
        String kim = tenant.user("kim");
        String secondLine = tenant.group("second-line", kim);
        String group = tenant.group("sg");
        tenant.groupEligible(group, secondLine);
        tenant.permanent(group, ROLE);
        Readings readings = Readings.of(tenant, ACCOUNTS);
        assertThat(readings.only(PIM_GROUP_ELIGIBILITIES, GroupGrant.class))
                .isEqualTo(new GroupGrant(
                        group,
                        "sg",
                        secondLine,
                        PrincipalType.GROUP,
                        "second-line",
                        GroupGrant.Access.MEMBER,
                        AssignmentKind.ELIGIBLE));
        assertThat(readings.only(ACCOUNTS, Account.class).id()).isEqualTo(kim);
    }

    @Test
    void anOwnerIsNoMemberAndAnAssignedMemberUntilTheLastDayThereIsIsPermanent() {
        String group = tenant.group("sg");
        tenant.groupAssigned(group, tenant.user("kim"));
        tenant.groupAssigned(group, tenant.user("lee")).put("accessId", "owner").put("assignmentType", "activated");
        tenant.permanent(group, ROLE);
        assertThat(Readings.of(tenant, PIM_GROUP_ASSIGNMENTS).values(PIM_GROUP_ASSIGNMENTS, GroupGrant.class))
                .extracting(GroupGrant::access, GroupGrant::kind)
                .containsExactly(
                        tuple(GroupGrant.Access.MEMBER, AssignmentKind.PERMANENT),
                        tuple(GroupGrant.Access.OWNER, AssignmentKind.ACTIVATED));
    }

    @Test
    void anUnknownKindOfAccessCostsItsGroupAlone() {
        String group = tenant.group("sg");
        tenant.groupEligible(group, tenant.user("kim")).put("accessId", "guest");
        tenant.permanent(group, ROLE);
        assertThat(Readings.of(tenant, PIM_GROUP_ELIGIBILITIES).unseen(PIM_GROUP_ELIGIBILITIES))
                .containsExactly(entry(group, "PIM for Groups eligibilities came with an unusable accessId"));
    }

    @Test
    void aRefusedGroupCostsItselfAndTheOthersAreRead() {
        String closed = tenant.group("closed", tenant.user("lee"));
        tenant.permanent(closed, ROLE);
        tenant.permanent(tenant.group("open", tenant.user("kim")), ROLE);
        tenant.refuse("/groups/" + closed + "/members", 403, "Authorization_RequestDenied");
        Readings readings = Readings.of(tenant, GROUP_MEMBERS);
        assertThat(readings.values(GROUP_MEMBERS, GroupMember.class)).hasSize(1);
        assertThat(readings.gaps(GROUP_MEMBERS)).isEmpty();
        assertThat(readings.unseen(GROUP_MEMBERS))
                .containsExactly(entry(
                        closed,
                        "permission GroupMember.Read.All may be missing (Graph answered 403 Authorization_RequestDenied):"
                                + " if it is, grant it to PARC's identity"));
    }

    @Test
    void thatTheDirectoryHasNoSuchGroupIsAnAnswer() {
        String foreign = tenant.group("partner");
        tenant.permanent(foreign, ROLE).put("principalId", foreign);
        tenant.refuse("/groups/" + foreign + "/members", 404, "Request_ResourceNotFound");
        tenant.refuse(
                "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances",
                404,
                "Request_ResourceNotFound");
        Readings readings = Readings.of(tenant, GROUP_MEMBERS);
        assertThat(readings.unseen(GROUP_MEMBERS))
                .containsExactly(entry(foreign, Unseen.unresolved(foreign).reason()));
        assertThat(readings.gaps(GROUP_MEMBERS)).isEmpty();
        assertThat(readings.unseen(PIM_GROUP_ELIGIBILITIES)).isEmpty();
        assertThat(readings.gaps(PIM_GROUP_ELIGIBILITIES)).isEmpty();
    }

    @Test
    void oneUnusableListOfPimForGroupsCostsThatGroupAlone() {
        String closed = tenant.group("closed", tenant.user("lee"));
        String open = tenant.group("open");
        tenant.groupEligible(open, tenant.user("kim"));
        tenant.groupEligible(closed, tenant.user("mia")).remove("accessId");
        tenant.permanent(closed, ROLE);
        tenant.permanent(open, ROLE);
        Readings readings = Readings.of(tenant, GROUP_MEMBERS);
        assertThat(readings.unseen(PIM_GROUP_ELIGIBILITIES)).containsOnlyKeys(closed);
        assertThat(readings.gaps(PIM_GROUP_ELIGIBILITIES)).isEmpty();
        assertThat(readings.values(PIM_GROUP_ELIGIBILITIES, GroupGrant.class)).hasSize(1);
        assertThat(readings.unseen(PIM_GROUP_ASSIGNMENTS)).isEmpty();
    }

    @Test
    void aMembershipThatEndsIsTimeBoundAndOneWithoutAnEndIsNot() {
        String group = tenant.group("sg");
        tenant.groupAssigned(group, tenant.user("kim")).put("endDateTime", "2027-03-01T00:00:00Z");
        tenant.groupAssigned(group, tenant.user("lee")).putNull("endDateTime");
        tenant.groupAssigned(group, tenant.user("mia"));
        tenant.permanent(group, ROLE);
        assertThat(Readings.of(tenant, PIM_GROUP_ASSIGNMENTS).values(PIM_GROUP_ASSIGNMENTS, GroupGrant.class))
                .extracting(GroupGrant::principalId, GroupGrant::kind)
                .containsExactlyInAnyOrder(
                        tuple(FakeTenant.id("kim"), AssignmentKind.TIME_BOUND),
                        tuple(FakeTenant.id("lee"), AssignmentKind.PERMANENT),
                        tuple(FakeTenant.id("mia"), AssignmentKind.PERMANENT));
    }

    @Test
    void oneListOfAssignmentsThatCannotBeReadLeavesTheTermOfItsMembersOpen() {
        String closed = tenant.group("closed", tenant.user("lee"));
        String open = tenant.group("open", tenant.user("kim"));
        tenant.groupAssigned(closed, tenant.user("mia")).put("assignmentType", "for a while");
        tenant.permanent(closed, ROLE);
        tenant.permanent(open, ROLE);
        Readings readings = Readings.of(tenant, GROUP_MEMBERS);
        assertThat(readings.unseen(PIM_GROUP_ASSIGNMENTS)).containsOnlyKeys(closed);
        assertThat(readings.values(GROUP_MEMBERS, GroupMember.class))
                .extracting(GroupMember::principalId, GroupMember::termKnown)
                .containsExactlyInAnyOrder(
                        tuple(FakeTenant.id("lee"), false),
                        tuple(FakeTenant.id("mia"), false),
                        tuple(FakeTenant.id("kim"), true));
    }

    /** The list of assignments tells the term of members, that of eligibilities who else may be one; each is lost by itself. */
    @Test
    void aListOfPimForGroupsThatIsRefusedForOneGroupIsUnknownOfThatGroupAlone() {
        String closed = tenant.group("closed", tenant.user("lee"));
        String open = tenant.group("open", tenant.user("kim"));
        tenant.permanent(closed, ROLE);
        tenant.permanent(open, ROLE);
        tenant.groupEligible(closed, tenant.user("mia"));
        tenant.groupEligible(open, tenant.user("max"));
        for (String list : List.of("assignment", "eligibility")) {
            tenant.refuse(
                    "/identityGovernance/privilegedAccess/group/" + list + "ScheduleInstances?$filter=groupId eq '"
                            + closed + "'",
                    403,
                    "Authorization_RequestDenied");
        }
        Readings readings = Readings.of(tenant, GROUP_MEMBERS, ROLE_DEFINITIONS);
        assertThat(readings.unseen(PIM_GROUP_ASSIGNMENTS)).containsOnlyKeys(closed);
        assertThat(readings.unseen(PIM_GROUP_ELIGIBILITIES)).containsOnlyKeys(closed);
        Administrators administrators =
                Administrators.of(readings.facts(Designations.NONE).only(FactKind.ADMINISTRATORS));
        assertThat(administrators.all())
                .extracting(Administrator::id, one -> one.holdings().get(0).kind())
                .containsExactlyInAnyOrder(
                        tuple(FakeTenant.id("lee"), AssignmentKind.ACTIVE),
                        tuple(FakeTenant.id("kim"), AssignmentKind.PERMANENT),
                        tuple(FakeTenant.id("max"), AssignmentKind.ELIGIBLE));
    }

    @Test
    void aMembershipThatBeginsTomorrowIsNoneYetAndOneThatBeganYesterdayIs() {
        String group = tenant.group("sg");
        tenant.permanent(group, ROLE);
        tenant.groupEligible(group, tenant.user("kim")).put("startDateTime", "2026-09-02T08:00:00Z");
        tenant.groupEligible(group, tenant.user("lee")).put("startDateTime", "2026-08-31T08:00:00Z");
        assertThat(Readings.of(tenant, GROUP_MEMBERS).only(PIM_GROUP_ELIGIBILITIES, GroupGrant.class))
                .extracting(GroupGrant::principalId)
                .isEqualTo(FakeTenant.id("lee"));
    }

    @Test
    void allGroupsRefusedIsUnreadNotEmpty() {
        tenant.permanent(tenant.group("sg", tenant.user("kim")), ROLE);
        tenant.refuse("/groups/{id}/members", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, GROUP_MEMBERS).unread(GROUP_MEMBERS))
                .contains("permission GroupMember.Read.All may be missing");
    }

    @Test
    void pimForGroupsWithoutALicenceIsAskedOnceAndIsUnlicensed() {
        FakeTenant small = FakeTenant.unlicensed();
        String inner = small.group("inner", small.user("kim"));
        small.permanent(small.group("outer", inner), ROLE);
        Readings readings = Readings.of(small, GROUP_MEMBERS);
        readings.isUnlicensed(PIM_GROUP_ASSIGNMENTS, Licence.ENTRA_ID_P2_OR_GOVERNANCE);
        readings.isUnlicensed(PIM_GROUP_ELIGIBILITIES, Licence.ENTRA_ID_P2_OR_GOVERNANCE);
        assertThat(readings.values(GROUP_MEMBERS, GroupMember.class)).hasSize(2);
        assertThat(small.requests())
                .containsEntry("GET /identityGovernance/privilegedAccess/group/eligibilityScheduleInstances", 1L);
    }

    @Test
    void aMemberWithoutATypeCostsItsGroupAlone() {
        String kim = tenant.user("kim");
        tenant.object(kim).remove("@odata.type");
        String group = tenant.group("sg", kim, tenant.user("lee"));
        tenant.permanent(group, ROLE);
        Readings readings = Readings.of(tenant, GROUP_MEMBERS);
        assertThat(readings.unseen(GROUP_MEMBERS))
                .containsExactly(entry(group, "group members came without @odata.type"));
        assertThat(readings.values(GROUP_MEMBERS, GroupMember.class)).hasSize(1);
    }

    @Test
    void agentsAreWhatTheyDeriveFrom() {
        String agent = tenant.servicePrincipal("invoice agent");
        tenant.object(agent).put("@odata.type", "#microsoft.graph.agentIdentity");
        String user = tenant.user("agent");
        tenant.object(user).put("@odata.type", "#microsoft.graph.agentUser");
        tenant.permanent(tenant.group("sg", agent, user), ROLE);
        Readings readings = Readings.of(tenant, ACCOUNTS);
        assertThat(readings.values(GROUP_MEMBERS, GroupMember.class))
                .extracting(GroupMember::principalId, GroupMember::principalType)
                .containsExactlyInAnyOrder(
                        tuple(agent, PrincipalType.SERVICE_PRINCIPAL), tuple(user, PrincipalType.USER));
        assertThat(readings.only(ACCOUNTS, Account.class).id()).isEqualTo(user);
    }

    @Test
    void aTypeThatNobodyKnowsYetIsRecognisedByTheListItIsIn() {
        String kim = tenant.user("kim");
        tenant.object(kim).put("@odata.type", "#microsoft.graph.userOfTomorrow");
        tenant.permanent(tenant.group("sg", kim, tenant.user("lee")), ROLE);
        Readings readings = Readings.of(tenant, ACCOUNTS);
        assertThat(readings.gaps(GROUP_MEMBERS)).isEmpty();
        assertThat(readings.values(ACCOUNTS, Account.class)).hasSize(2);
        assertThat(Administrators.of(readings.facts(Designations.NONE)).all())
                .extracting(Administrator::type)
                .containsOnly(PrincipalType.USER);
    }

    @Test
    void devicesInAGroupAreNoAdministrators() {
        tenant.permanent(tenant.group("sg", tenant.user("kim"), FakeTenant.id("laptop")), ROLE);
        Readings readings = Readings.of(tenant, ACCOUNTS);
        assertThat(readings.only(GROUP_MEMBERS, GroupMember.class).principalName())
                .isEqualTo("kim@contoso.onmicrosoft.com");
        assertThat(readings.values(ACCOUNTS, Account.class)).hasSize(1);
    }

    @Test
    void whatHoldsARoleAndHasNoTypeIsTriedAsAGroup() {
        String kim = tenant.user("kim");
        String group = tenant.group("sg", kim);
        tenant.groupEligible(group, tenant.user("lee"));
        tenant.object(group).remove("@odata.type");
        tenant.permanent(group, ROLE);
        Readings readings = Readings.of(tenant, ACCOUNTS);
        assertThat(readings.values(GROUP_MEMBERS, GroupMember.class)).hasSize(1);
        assertThat(readings.values(PIM_GROUP_ELIGIBILITIES, GroupGrant.class)).hasSize(1);
        assertThat(readings.values(ACCOUNTS, Account.class)).hasSize(2);
    }
}
