package dev.parc.analysis.administrators;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.roles.AssignmentKind.ACTIVATED;
import static dev.parc.facts.roles.AssignmentKind.ELIGIBLE;
import static dev.parc.facts.roles.AssignmentKind.PERMANENT;
import static dev.parc.facts.roles.DirectoryRole.EXCHANGE_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.ApplicationOwner;
import dev.parc.facts.directory.GraphAppRole;
import dev.parc.facts.directory.GraphPermission;
import dev.parc.facts.directory.GroupOwner;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.RoleAssignment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EscalationPathsTest {

    private static final Account ANN = account("ann");

    private final TenantBuilder tenant = tenant();

    private void groupOwner(String group, String owner, PrincipalType type) {
        tenant.add(FactKind.GROUP_OWNERS, new GroupOwner(id(group), group, id(owner), type, owner));
    }

    private void applicationOwner(String application, String owner, PrincipalType type) {
        tenant.add(
                FactKind.APPLICATION_OWNERS,
                new ApplicationOwner(id(application), application, id(owner), type, owner));
    }

    private void permission(String application, GraphPermission permission) {
        tenant.add(FactKind.GRAPH_APP_ROLES, new GraphAppRole(id(application), application, permission));
    }

    private void application(String name, DirectoryRole role) {
        tenant.servicePrincipal(new ServicePrincipal(id(name), name, "Application", true, false, "tenant"), role);
    }

    private List<String> ways() {
        return EscalationPaths.of(tenant.facts()).stream()
                .map(way -> way.principalName() + " -> " + way.leadsTo() + " " + way.path())
                .toList();
    }

    private List<String> holders() {
        return Administrators.of(tenant.facts()).all().stream()
                .map(Administrator::name)
                .toList();
    }

    @Test
    void theOwnerOfAGroupHasAWayInAndIsNoHolder() {
        tenant.group("admins", GLOBAL_ADMINISTRATOR, PERMANENT);
        groupOwner("admins", "ann", PrincipalType.USER);
        assertThat(ways()).containsExactly("ann -> Global Administrator as owner of group 'admins'");
        assertThat(holders()).isEmpty();
    }

    @Test
    void theOwnerOfANestedGroupHasAWayIn() {
        tenant.group("admins", EXCHANGE_ADMINISTRATOR, PERMANENT).memberGroup("admins", "inner");
        groupOwner("inner", "ann", PrincipalType.USER);
        assertThat(ways())
                .containsExactly("ann -> Exchange Administrator as owner of group 'inner', nested in 'admins'");
    }

    @Test
    void anOwnerByPimSaysWhetherItIsActivated() {
        tenant.group("admins", GLOBAL_ADMINISTRATOR, PERMANENT)
                .grant("admins", ANN, GroupGrant.Access.OWNER, ELIGIBLE)
                .grant("admins", account("bob"), GroupGrant.Access.OWNER, ACTIVATED);
        assertThat(ways())
                .containsExactlyInAnyOrder(
                        "ann -> Global Administrator as eligible owner of group 'admins'",
                        "bob -> Global Administrator as owner, activated now, of group 'admins'");
    }

    @Test
    void theMemberOfAGroupThatOwnsAGroupHasAWayIn() {
        tenant.group("admins", GLOBAL_ADMINISTRATOR, PERMANENT).member("team", ANN);
        groupOwner("admins", "team", PrincipalType.GROUP);
        assertThat(ways()).containsExactly("ann -> Global Administrator through group 'team', owner of 'admins'");
    }

    @Test
    void anOwnerWhoAlsoHoldsTheRoleIsAHolderOnce() {
        tenant.group("admins", GLOBAL_ADMINISTRATOR, PERMANENT).member("admins", ANN);
        groupOwner("admins", "ann", PrincipalType.USER);
        assertThat(holders()).containsExactly("ann");
        assertThat(Administrators.of(tenant.facts()).all().get(0).holdings()).hasSize(1);
        assertThat(EscalationPaths.of(tenant.facts(), ANN.id().toUpperCase(Locale.ROOT)))
                .hasSize(1);
    }

    @Test
    void theOwnerOfAnApplicationThatHoldsARoleHasAWayIn() {
        application("archive", EXCHANGE_ADMINISTRATOR);
        applicationOwner("archive", "ann", PrincipalType.USER);
        assertThat(ways())
                .containsExactly("ann -> Exchange Administrator as owner of application 'archive', which holds it"
                        + " (permanent, directly)");
        assertThat(holders()).containsExactly("archive");
    }

    @Test
    void anApplicationWithADangerousPermissionAndItsOwnerHaveAWayIn() {
        permission("portal", GraphPermission.ROLE_MANAGEMENT);
        applicationOwner("portal", "ann", PrincipalType.USER);
        assertThat(ways())
                .containsExactly(
                        "portal -> Global Administrator by the permission RoleManagement.ReadWrite.Directory: it can"
                                + " assign any directory role",
                        "ann -> Global Administrator as owner of application 'portal', which has the permission"
                                + " RoleManagement.ReadWrite.Directory and so can assign any directory role");
        assertThat(holders()).isEmpty();
    }

    @Test
    void applicationsThatOwnEachOtherEnd() {
        permission("portal", GraphPermission.ROLE_MANAGEMENT);
        applicationOwner("portal", "deployer", PrincipalType.SERVICE_PRINCIPAL);
        applicationOwner("deployer", "portal", PrincipalType.SERVICE_PRINCIPAL);
        applicationOwner("deployer", "ann", PrincipalType.USER);
        assertThat(ways())
                .hasSize(3)
                .last()
                .isEqualTo("ann -> Global Administrator as owner of application 'deployer', which owns application"
                        + " 'portal', which has the permission RoleManagement.ReadWrite.Directory and so can assign any"
                        + " directory role");
    }

    @Test
    void theOwnerOfAnApplicationThatOwnsAGroupHasAWayIn() {
        tenant.group("admins", GLOBAL_ADMINISTRATOR, PERMANENT);
        groupOwner("admins", "deployer", PrincipalType.SERVICE_PRINCIPAL);
        applicationOwner("deployer", "ann", PrincipalType.USER);
        assertThat(ways())
                .containsExactly(
                        "deployer -> Global Administrator as owner of group 'admins'",
                        "ann -> Global Administrator as owner of application 'deployer', which could get it (permanent,"
                                + " as owner of group 'admins')");
    }

    @Test
    void theScopeOfTheRoleIsTold() {
        tenant.add(
                FactKind.PIM_ASSIGNMENTS,
                new RoleAssignment(
                        id("admins"),
                        PrincipalType.GROUP,
                        "admins",
                        EXCHANGE_ADMINISTRATOR.templateId(),
                        "/administrativeUnits/1",
                        PERMANENT,
                        Optional.empty()));
        groupOwner("admins", "ann", PrincipalType.USER);
        assertThat(ways())
                .containsExactly("ann -> Exchange Administrator, limited to /administrativeUnits/1 as owner of group"
                        + " 'admins'");
    }

    @Test
    void ownersOfWhatLeadsNowhereHaveNoWayIn() {
        groupOwner("sports club", "ann", PrincipalType.USER);
        applicationOwner("lunch menu", "ann", PrincipalType.USER);
        assertThat(ways()).isEmpty();
    }

    @Test
    void aCheckThatDoesNotNameTheKindsCannotAsk() {
        Facts facts = tenant.facts().only(FactKind.ADMINISTRATORS);
        assertThat(Administrators.of(facts).all()).isEmpty();
        assertThatThrownBy(() -> EscalationPaths.of(facts))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not among the facts this check declares");
    }

    @Test
    void whatCouldNotBeReadIsAGapAndNoEmptyList() {
        tenant.unread(FactKind.APPLICATION_OWNERS, "permission X is missing");
        assertThat(UnseenHolders.gaps(tenant.facts().only(FactKind.WAYS_IN)))
                .containsExactly("owners of applications that lead to a role: permission X is missing");
    }

    @Test
    void aPermissionThatOnlySoundsDangerousIsNone() {
        assertThat(GraphPermission.of("19dbc75e-c2e2-444c-a770-ec69d8559fc7")) // Directory.ReadWrite.All
                .isEmpty();
        assertThat(GraphPermission.of("9E3F62CF-CA93-4989-B6CE-BF83C28F9FE8"))
                .contains(GraphPermission.ROLE_MANAGEMENT);
        List<String> ids = Stream.of(GraphPermission.values())
                .flatMap(permission -> permission.appRoleId().stream())
                .toList();
        assertThat(ids).hasSize(14).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f-]{36}"));
        assertThat(Stream.of(GraphPermission.values()).map(GraphPermission::value))
                .doesNotHaveDuplicates()
                .doesNotContain("UserAuthMethod-WindowsHello.ReadWrite.All");
    }
}
