package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.APPLICATION_OWNERS;
import static dev.parc.facts.FactKind.GRAPH_APP_ROLES;
import static dev.parc.facts.FactKind.GROUP_MEMBERS;
import static dev.parc.facts.FactKind.GROUP_OWNERS;
import static dev.parc.facts.FactKind.GROUP_WRITERS;
import static dev.parc.facts.roles.DirectoryRole.EXCHANGE_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parc.collect.FakeTenant;
import dev.parc.facts.directory.ApplicationOwner;
import dev.parc.facts.directory.GraphAppRole;
import dev.parc.facts.directory.GraphPermission;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.directory.GroupOwner;
import dev.parc.facts.directory.GroupWriter;
import dev.parc.facts.directory.PrincipalType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerReaderTest {

    private static final String ROLE = GLOBAL_ADMINISTRATOR.templateId();

    private final FakeTenant tenant = FakeTenant.licensed();

    @Test
    void ownersOfEveryGroupThatLeadsToARoleAreRead() {
        String kim = tenant.user("kim");
        String inner = tenant.group("inner");
        String outer = tenant.group("outer", inner);
        String later = tenant.group("later");
        tenant.groupEligible(outer, later);
        tenant.permanent(outer, ROLE);
        tenant.owner(inner, kim);
        tenant.owner(later, tenant.servicePrincipal("deployer"));
        tenant.owner(tenant.group("sports club"), kim);
        assertThat(Readings.of(tenant, GROUP_OWNERS).values(GROUP_OWNERS, GroupOwner.class))
                .containsExactlyInAnyOrder(
                        new GroupOwner(inner, "inner", kim, PrincipalType.USER, "kim@contoso.onmicrosoft.com"),
                        new GroupOwner(
                                later,
                                "later",
                                FakeTenant.id("deployer"),
                                PrincipalType.SERVICE_PRINCIPAL,
                                "deployer"));
        assertThat(tenant.requests()).containsEntry("GET /groups/{id}/owners", 3L);
    }

    @Test
    void aRefusedGroupIsAGapThatNamesIt() {
        String closed = tenant.group("closed");
        String open = tenant.group("open");
        tenant.owner(open, tenant.user("kim"));
        tenant.permanent(closed, ROLE);
        tenant.permanent(open, ROLE);
        tenant.refuse("/groups/" + closed + "/owners", 403, "Authorization_RequestDenied");
        Readings readings = Readings.of(tenant, GROUP_OWNERS);
        assertThat(readings.values(GROUP_OWNERS, GroupOwner.class)).hasSize(1);
        assertThat(readings.gaps(GROUP_OWNERS))
                .containsExactly("group closed (" + closed + "): permission GroupMember.Read.All may be missing (Graph"
                        + " answered 403 Authorization_RequestDenied): if it is, grant it to PARC's identity");
    }

    @Test
    void noOwnersAreKnownWhereRolesAreNot() {
        tenant.refuse("/roleManagement/directory/roleAssignments", 403, "x");
        tenant.refuse("/roleManagement/directory/roleAssignmentScheduleInstances", 403, "x");
        Readings readings = Readings.of(tenant, GROUP_OWNERS, APPLICATION_OWNERS);
        assertThat(readings.unread(GROUP_OWNERS)).startsWith("role assignments could not be read");
        assertThat(readings.unread(APPLICATION_OWNERS)).startsWith("role assignments could not be read");
    }

    @Test
    void membersOfGroupsAreReadWithoutAskingForOwners() {
        tenant.permanent(tenant.group("sg", tenant.user("kim")), ROLE);
        assertThat(Readings.of(tenant, GROUP_MEMBERS).values(GROUP_MEMBERS, GroupMember.class))
                .hasSize(1);
        assertThat(tenant.requests().keySet()).noneMatch(request -> request.contains("wner"));
    }

    @Test
    void onlyPermissionsThatLeadToGlobalAdministratorAreKept() {
        String portal = tenant.servicePrincipal("portal");
        tenant.pageSize(2);
        tenant.graphAppRole(portal, "19dbc75e-c2e2-444c-a770-ec69d8559fc7");
        tenant.graphAppRole(portal, "df021288-bdef-4463-88db-98f22de89214");
        tenant.graphAppRole(portal, FakeTenant.appRoleId(GraphPermission.APPLICATIONS.value()));
        assertThat(Readings.of(tenant, GRAPH_APP_ROLES).only(GRAPH_APP_ROLES, GraphAppRole.class))
                .isEqualTo(new GraphAppRole(portal, "portal", GraphPermission.APPLICATIONS));
        assertThat(Readings.of(tenant, GROUP_WRITERS).only(GROUP_WRITERS, GroupWriter.class))
                .isEqualTo(new GroupWriter(portal, "portal", "Directory.ReadWrite.All"));
    }

    @Test
    void aPermissionIsKnownByItsNameInTheTenantsOwnList() {
        String portal = tenant.servicePrincipal("portal");
        tenant.graphAppRole(portal, FakeTenant.appRoleId("UserAuthMethod-Phone.ReadWrite.All"));
        tenant.graphAppRole(portal, FakeTenant.appRoleId("UserAuthMethod-WindowsHello.ReadWrite.All"));
        tenant.graphAppRole(portal, "00000000-0000-0000-0000-000000000000");
        Readings readings = Readings.of(tenant, GRAPH_APP_ROLES);
        assertThat(readings.only(GRAPH_APP_ROLES, GraphAppRole.class))
                .isEqualTo(new GraphAppRole(portal, "portal", GraphPermission.PHONES));
        assertThat(readings.gaps(GRAPH_APP_ROLES)).isEmpty();
        assertThat(tenant.requests()).containsEntry("GET /servicePrincipals", 1L);
    }

    @Test
    void aPermissionThatTheListDoesNotNameIsSaid() {
        String unknown = FakeTenant.id("Everything.ReadWrite.All");
        String portal = tenant.servicePrincipal("portal");
        tenant.graphAppRole(portal, unknown);
        assertThat(Readings.of(tenant, GRAPH_APP_ROLES).unseen(GRAPH_APP_ROLES))
                .containsExactly(Map.entry(
                        portal,
                        "it holds a permission of Microsoft Graph that Microsoft Graph's own list does not name, "
                                + unknown));
    }

    @Test
    void withoutTheirNamesPermissionsAreKnownByTheirIds() {
        String portal = tenant.servicePrincipal("portal");
        tenant.graphAppRole(portal, FakeTenant.appRoleId("UserAuthMethod-Phone.ReadWrite.All"));
        tenant.graphAppRole(portal, FakeTenant.appRoleId("Organization.ReadWrite.All"));
        tenant.microsoftGraph().putNull("appRoles");
        Readings readings = Readings.of(tenant, GRAPH_APP_ROLES);
        assertThat(readings.only(GRAPH_APP_ROLES, GraphAppRole.class))
                .isEqualTo(new GraphAppRole(portal, "portal", GraphPermission.ORGANIZATION));
        assertThat(readings.gaps(GRAPH_APP_ROLES)).isEmpty();
    }

    @Test
    void grantsThatMayNotBeReadAreUnreadNotNone() {
        tenant.refuse("/servicePrincipals/{id}/appRoleAssignedTo", 403, "Authorization_RequestDenied");
        Readings readings = Readings.of(tenant, APPLICATION_OWNERS);
        assertThat(readings.unread(GRAPH_APP_ROLES)).contains("permission Application.Read.All may be missing");
        assertThat(readings.unread(APPLICATION_OWNERS)).contains("permission Application.Read.All may be missing");
    }

    @Test
    void aTenantWithoutMicrosoftGraphIsUnread() {
        tenant.collection("/servicePrincipals").clear();
        assertThat(Readings.of(tenant, GRAPH_APP_ROLES).unread(GRAPH_APP_ROLES))
                .isEqualTo("Microsoft Graph's own service principal was not found");
    }

    @Test
    void aGrantWithoutItsRoleIsAGap() {
        tenant.graphAppRole(tenant.servicePrincipal("one"), ROLE).remove("appRoleId");
        tenant.graphAppRole(tenant.servicePrincipal("two"), FakeTenant.appRoleId(GraphPermission.APPLICATIONS.value()));
        assertThat(Readings.of(tenant, GRAPH_APP_ROLES).gaps(GRAPH_APP_ROLES))
                .containsExactly("granted permissions came without appRoleId");
    }

    @Test
    void ownersOfTheServicePrincipalAndOfTheRegistrationAreRead() {
        String archive = tenant.servicePrincipal("archive");
        tenant.permanent(archive, EXCHANGE_ADMINISTRATOR.templateId());
        tenant.owner(archive, tenant.user("kim"));
        tenant.owner(FakeTenant.registration("archive"), tenant.user("lee"));
        assertThat(Readings.of(tenant, APPLICATION_OWNERS).values(APPLICATION_OWNERS, ApplicationOwner.class))
                .extracting(
                        ApplicationOwner::applicationId,
                        ApplicationOwner::applicationName,
                        ApplicationOwner::principalName)
                .containsExactly(
                        tuple(archive, "archive", "kim@contoso.onmicrosoft.com"),
                        tuple(archive, "archive", "lee@contoso.onmicrosoft.com"));
    }

    @Test
    void anApplicationThatOwnsAnotherIsAskedForItsOwnersAndACircleEnds() {
        String portal = tenant.servicePrincipal("portal");
        String deployer = tenant.servicePrincipal("deployer");
        tenant.graphAppRole(portal, FakeTenant.appRoleId(GraphPermission.ROLE_MANAGEMENT.value()));
        tenant.owner(portal, deployer);
        tenant.owner(deployer, portal);
        tenant.owner(deployer, tenant.user("kim"));
        assertThat(Readings.of(tenant, APPLICATION_OWNERS).values(APPLICATION_OWNERS, ApplicationOwner.class))
                .extracting(ApplicationOwner::applicationName, ApplicationOwner::principalName)
                .containsExactly(
                        tuple("portal", "deployer"),
                        tuple("deployer", "portal"),
                        tuple("deployer", "kim@contoso.onmicrosoft.com"));
        assertThat(tenant.requests()).containsEntry("GET /servicePrincipals/{id}/owners", 2L);
    }

    @Test
    void aManagedIdentityHasNoRegistration() {
        String identity = tenant.servicePrincipal("func");
        tenant.object(identity).put("servicePrincipalType", "ManagedIdentity");
        tenant.permanent(identity, ROLE);
        assertThat(Readings.of(tenant, APPLICATION_OWNERS).gaps(APPLICATION_OWNERS))
                .isEmpty();
        assertThat(tenant.requests()).doesNotContainKey("GET /applications");
    }

    @Test
    void anApplicationOfAnotherTenantIsAGapThatNamesIt() {
        String partner = tenant.servicePrincipal("partner");
        tenant.permanent(partner, ROLE);
        tenant.collection("/applications").clear();
        assertThat(Readings.of(tenant, APPLICATION_OWNERS).unread(APPLICATION_OWNERS))
                .isEqualTo("application partner (" + partner + ") is registered in another tenant, and who owns it"
                        + " there cannot be read");
    }

    @Test
    void aDeletedApplicationHasNoOwners() {
        String gone = tenant.servicePrincipal("gone");
        tenant.permanent(gone, ROLE);
        tenant.delete(gone);
        assertThat(Readings.of(tenant, APPLICATION_OWNERS).gaps(APPLICATION_OWNERS))
                .isEmpty();
    }

    @Test
    void anOwnerWithoutATypeIsAGap() {
        String archive = tenant.servicePrincipal("archive");
        tenant.permanent(archive, ROLE);
        tenant.owner(archive, tenant.user("kim"));
        tenant.object(FakeTenant.id("kim")).remove("@odata.type");
        assertThat(Readings.of(tenant, APPLICATION_OWNERS).unread(APPLICATION_OWNERS))
                .isEqualTo("owners of application archive (" + archive + ") came without @odata.type");
    }

    @Test
    void refusedOwnersAreAGapThatNamesTheApplication() {
        String archive = tenant.servicePrincipal("archive");
        tenant.permanent(archive, ROLE);
        tenant.refuse("/applications/{id}/owners", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, APPLICATION_OWNERS).unread(APPLICATION_OWNERS))
                .isEqualTo(
                        "application archive (" + archive + "): permission Application.Read.All may be missing (Graph"
                                + " answered 403 Authorization_RequestDenied): if it is, grant it to PARC's identity");
    }
}
