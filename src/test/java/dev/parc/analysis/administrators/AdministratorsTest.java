package dev.parc.analysis.administrators;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.roles.AssignmentKind.ACTIVATED;
import static dev.parc.facts.roles.AssignmentKind.ACTIVE;
import static dev.parc.facts.roles.AssignmentKind.ELIGIBLE;
import static dev.parc.facts.roles.AssignmentKind.PERMANENT;
import static dev.parc.facts.roles.AssignmentKind.TIME_BOUND;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.RelevantRoles;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdministratorsTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final String GROUP = "admins";

    private static List<String> held(TenantBuilder tenant) {
        Administrators administrators = Administrators.of(tenant.facts());
        return administrators.in(Set.of(GLOBAL_ADMINISTRATOR)).stream()
                .map(one -> one.name() + ": " + administrators.inWords(one))
                .toList();
    }

    @Test
    void theDirectHolderIsPermanent() {
        assertThat(held(tenant().globalAdmin(ANN)))
                .containsExactly("ann@contoso.com: Global Administrator (permanent, directly)");
    }

    @Test
    void anActivatedAssignmentIsNotPermanent() {
        assertThat(held(tenant().holder(ANN, GLOBAL_ADMINISTRATOR, ACTIVATED)
                        .holder(ANN, GLOBAL_ADMINISTRATOR, ELIGIBLE)))
                .containsExactly("ann@contoso.com: Global Administrator (activated, directly); Global Administrator"
                        + " (eligible, directly)");
    }

    @Test
    void aNestedGroupIsFollowedToTheEnd() {
        assertThat(held(tenant().group(GROUP, GLOBAL_ADMINISTRATOR, PERMANENT)
                        .memberGroup(GROUP, "inner")
                        .memberGroup("inner", "innermost")
                        .member("innermost", ANN)))
                .containsExactly(
                        "ann@contoso.com: Global Administrator (permanent, through group 'innermost', nested in"
                                + " 'inner', nested in 'admins')");
    }

    @Test
    void groupsInACircleEnd() {
        assertThat(held(tenant().group(GROUP, GLOBAL_ADMINISTRATOR, PERMANENT)
                        .memberGroup(GROUP, "inner")
                        .memberGroup("inner", GROUP)
                        .member("inner", ANN)))
                .containsExactly("ann@contoso.com: Global Administrator (permanent, through group 'inner', nested in"
                        + " 'admins')");
    }

    @ParameterizedTest
    @CsvSource({
        "PERMANENT,   PERMANENT,  PERMANENT",
        "PERMANENT,   ELIGIBLE,  ELIGIBLE",
        "PERMANENT,   ACTIVATED, ACTIVATED",
        "ELIGIBLE,   PERMANENT,  ELIGIBLE",
        "TIME_BOUND, PERMANENT,  TIME_BOUND",
        "TIME_BOUND, ACTIVATED, ACTIVATED",
        "ACTIVATED,  ELIGIBLE,  ELIGIBLE",
    })
    void thePathIsAsPermanentAsItsWeakestStep(AssignmentKind group, AssignmentKind member, AssignmentKind both) {
        Administrators administrators = Administrators.of(tenant().group(GROUP, GLOBAL_ADMINISTRATOR, group)
                .grant(GROUP, ANN, GroupGrant.Access.MEMBER, member)
                .facts());
        assertThat(administrators.all()).extracting(Administrator::kind).containsExactly(both);
    }

    @Test
    void aMemberThatPimActivatedIsNotAPermanentMember() {
        assertThat(held(tenant().group(GROUP, GLOBAL_ADMINISTRATOR, PERMANENT)
                        .member(GROUP, ANN)
                        .grant(GROUP, ANN, GroupGrant.Access.MEMBER, ACTIVATED)))
                .containsExactly("ann@contoso.com: Global Administrator (activated, as member, activated now, of group"
                        + " 'admins')");
    }

    @Test
    void anOwnerHasAWayInAndIsNoHolder() {
        assertThat(held(tenant().group(GROUP, GLOBAL_ADMINISTRATOR, PERMANENT)
                        .grant(GROUP, ANN, GroupGrant.Access.OWNER, PERMANENT)))
                .isEmpty();
    }

    @Test
    void whoOnlyThePlainListKnowsIsKeptWithTheTermUnknown() {
        Administrators administrators = Administrators.of(tenant().add(
                        FactKind.ROLE_ASSIGNMENTS,
                        new RoleAssignment(
                                "direct",
                                PrincipalType.USER,
                                "direct",
                                GLOBAL_ADMINISTRATOR.templateId(),
                                "/",
                                PERMANENT,
                                Optional.empty()))
                .facts());
        assertThat(administrators.all()).extracting(Administrator::kind).containsExactly(ACTIVE);
    }

    @Test
    void withoutPimEveryAssignmentIsPermanent() {
        assertThat(held(tenant().globalAdmin(ANN).without(Licence.ENTRA_ID_P2_OR_GOVERNANCE)))
                .containsExactly("ann@contoso.com: Global Administrator (permanent, directly)");
    }

    @Test
    void termsOfMembersAreUnknownWhilePimForGroupsIsUnread() {
        Administrators administrators = Administrators.of(tenant().group(GROUP, GLOBAL_ADMINISTRATOR, PERMANENT)
                .member(GROUP, ANN)
                .unread(FactKind.PIM_GROUP_ASSIGNMENTS, "permission X is missing")
                .facts());
        assertThat(administrators.all()).extracting(Administrator::kind).containsExactly(ACTIVE);
    }

    @Test
    void aTimeBoundAssignmentIsAssignedButNotPermanent() {
        Administrator one = Administrators.of(
                        tenant().holder(ANN, GLOBAL_ADMINISTRATOR, TIME_BOUND).facts())
                .all()
                .get(0);
        assertThat(one.kind()).isEqualTo(TIME_BOUND);
        assertThat(one.assigned()).isTrue();
    }

    @Test
    void aBuiltInRoleIsKnownByItsTemplateAndACustomRoleIsNotTakenForOne() {
        TenantBuilder tenant = tenant().add(
                        FactKind.ROLE_DEFINITIONS,
                        new RoleDefinition("def-1", GLOBAL_ADMINISTRATOR.templateId(), "Global Administrator", true))
                .add(
                        FactKind.ROLE_DEFINITIONS,
                        new RoleDefinition("def-2", GLOBAL_ADMINISTRATOR.templateId(), "Imposter", false));
        for (String role : List.of("def-1", "def-2")) {
            tenant.add(
                    FactKind.PIM_ASSIGNMENTS,
                    new RoleAssignment(id(role), PrincipalType.USER, role, role, "/", PERMANENT, Optional.empty()));
        }
        assertThat(held(tenant)).containsExactly("def-1: Global Administrator (permanent, directly)");
    }

    @Test
    void anAssignmentLimitedToAnAdministrativeUnitSaysSo() {
        Facts facts = tenant().add(
                        FactKind.PIM_ASSIGNMENTS,
                        new RoleAssignment(
                                ANN.id(),
                                PrincipalType.USER,
                                "ann",
                                DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId(),
                                "/administrativeUnits/1",
                                PERMANENT,
                                Optional.empty()))
                .facts();
        assertThat(Administrators.of(facts)
                        .inWords(Administrators.of(facts).all().get(0)))
                .isEqualTo("Exchange Administrator (permanent, directly, limited to /administrativeUnits/1)");
        assertThat(Administrators.of(facts).activeTemplateIds(ANN.id())).isEmpty();
    }

    @Test
    void aPrincipalWithoutATypeThatHasMembersIsAGroup() {
        assertThat(held(tenant().assignment(id(GROUP), PrincipalType.UNKNOWN, GROUP, GLOBAL_ADMINISTRATOR, PERMANENT)
                        .add(
                                FactKind.GROUP_MEMBERS,
                                new GroupMember(id(GROUP), GROUP, id("inner"), PrincipalType.UNKNOWN, "inner"))
                        .grant("inner", ANN, GroupGrant.Access.MEMBER, ELIGIBLE)))
                .containsExactly("ann@contoso.com: Global Administrator (eligible, as eligible member of group 'inner',"
                        + " nested in 'admins')");
    }

    @Test
    void aPrincipalWithoutATypeInWhichNobodyWasFoundStaysVisible() {
        Administrators administrators = Administrators.of(
                tenant().assignment("gone", PrincipalType.UNKNOWN, "gone", GLOBAL_ADMINISTRATOR, PERMANENT)
                        .facts());
        assertThat(administrators.all())
                .singleElement()
                .extracting(Administrator::type, Administrator::name)
                .containsExactly(PrincipalType.UNKNOWN, "gone");
    }

    @Test
    void aGroupWhoseMembersWereNotReadStaysVisibleAndIsNoHolder() {
        Facts facts = tenant().group(GROUP, GLOBAL_ADMINISTRATOR, PERMANENT)
                .memberGroup(GROUP, "partner")
                .unseen(FactKind.GROUP_MEMBERS, id("partner"), "Graph answered 403")
                .facts();
        assertThat(UnseenHolders.of(facts, RelevantRoles.ALL)).singleElement().satisfies(group -> {
            assertThat(Administrators.of(facts).inWords(group.holder()))
                    .isEqualTo("Global Administrator (permanent, through group 'admins')");
            assertThat(group.sentence())
                    .isEqualTo("members of groups that lead to a role: partner: Graph answered 403");
        });
        assertThat(Administrators.of(facts).all()).isEmpty();
    }

    @Test
    void anEmptyGroupIsNotAnUnreadOne() {
        Facts facts = tenant().group(GROUP, GLOBAL_ADMINISTRATOR, PERMANENT).facts();
        assertThat(UnseenHolders.of(facts, RelevantRoles.ALL)).isEmpty();
        assertThat(Administrators.of(facts).all()).isEmpty();
    }

    @Test
    void aFactThatTheCardDoesNotNameIsOutOfReach() {
        Facts facts = tenant().facts().only(Set.of(FactKind.ACCOUNTS));
        assertThatThrownBy(() -> Administrators.of(facts))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not among the facts this check declares");
        assertThatThrownBy(() -> facts.signIn(ANN)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aValueOfAnotherKindIsRefused() {
        assertThatThrownBy(
                        () -> tenant().add(FactKind.ACCOUNTS, "not an account").facts())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ACCOUNTS holds a value that is no dev.parc.facts.directory.Account");
    }
}
