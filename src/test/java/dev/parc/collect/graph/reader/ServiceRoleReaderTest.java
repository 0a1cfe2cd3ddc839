package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.DEFENDER_ROLES;
import static dev.parc.facts.FactKind.ENTITLEMENT_ROLES;
import static dev.parc.facts.FactKind.EXCHANGE_ROLES;
import static dev.parc.facts.FactKind.INTUNE_ROLES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.FakeTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.roles.ServiceRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServiceRoleReaderTest {

    private static final String EXCHANGE = "/beta/roleManagement/exchange/roleAssignments";
    private static final String INTUNE = "/deviceManagement/roleAssignments";
    private static final String DEFENDER = "/beta/roleManagement/defender/roleAssignments";
    private static final String ENTITLEMENT = "/roleManagement/entitlementManagement/roleAssignments";
    private static final String GROUP = FakeTenant.id("group");

    private final FakeTenant tenant = FakeTenant.licensed();

    private ServiceRole only(FactKind kind) {
        return Readings.of(tenant, kind).only(kind, ServiceRole.class);
    }

    @Test
    void exchangeNamesPrincipalsInItsOwnWay() {
        tenant.add(
                EXCHANGE,
                FakeTenant.json(
                        "{principalId:'/RoleGroups/Help Desk', roleDefinition:{displayName:'Reset Password'}}"));
        assertThat(only(EXCHANGE_ROLES))
                .isEqualTo(new ServiceRole("/RoleGroups/Help Desk", "Help Desk", "Reset Password"));
    }

    @Test
    void intuneNamesGroups() {
        tenant.add(
                INTUNE, FakeTenant.json("{members:['" + GROUP + "'], roleDefinition:{displayName:'Policy Manager'}}"));
        assertThat(only(INTUNE_ROLES)).isEqualTo(new ServiceRole(GROUP, GROUP, "Policy Manager"));
    }

    @Test
    void defenderNamesSeveralAtOnce() {
        tenant.add(DEFENDER, FakeTenant.json("{displayName:'Analysts', principalIds:['a','b']}"));
        assertThat(Readings.of(tenant, DEFENDER_ROLES).values(DEFENDER_ROLES, ServiceRole.class))
                .containsExactly(new ServiceRole("a", "a", "Analysts"), new ServiceRole("b", "b", "Analysts"));
    }

    @Test
    void entitlementManagementExpandsPrincipals() {
        tenant.add(
                ENTITLEMENT,
                FakeTenant.json("{principal:{displayName:'Kim'}, roleDefinition:{displayName:'Catalog owner'}}")
                        .put("principalId", GROUP));
        assertThat(only(ENTITLEMENT_ROLES)).isEqualTo(new ServiceRole(GROUP, "Kim", "Catalog owner"));
    }

    @ParameterizedTest
    @EnumSource(names = {"EXCHANGE_ROLES", "INTUNE_ROLES", "DEFENDER_ROLES", "ENTITLEMENT_ROLES"})
    void anItemThatNamesNobodyIsAGap(FactKind kind) {
        tenant.add(kind.requests().get(0), FakeTenant.json("{}"));
        assertThat(Readings.of(tenant, kind).unread(kind)).startsWith(kind.title() + " came without ");
    }

    @ParameterizedTest
    @EnumSource(names = {"EXCHANGE_ROLES", "INTUNE_ROLES", "DEFENDER_ROLES"})
    void aRefusalWithoutTheLicenceIsAMissingLicence(FactKind kind) {
        tenant.refuse(kind.requests().get(0), 400, "NotApplicable");
        Licence licence = kind.licence().orElseThrow();
        Readings.of(tenant, kind).isUnlicensed(kind, licence);
    }

    @Test
    void aRefusalWithTheLicenceIsAMissingPermission() {
        tenant.subscription("EMS", "c1ec4a95-1f05-45b3-a911-aa3fa01094f5");
        tenant.refuse(INTUNE, 403, "Forbidden");
        assertThat(Readings.of(tenant, INTUNE_ROLES).unread(INTUNE_ROLES))
                .isEqualTo(
                        "permission DeviceManagementRBAC.Read.All may be missing (Graph answered 403 Forbidden): if it is, grant it"
                                + " to PARC's identity");
    }

    @Test
    void aRefusalWhereLicencesAreUnreadIsNoMissingLicence() {
        tenant.refuse("/subscribedSkus", 403, "Authorization_RequestDenied");
        tenant.refuse(INTUNE, 403, "Forbidden");
        assertThat(Readings.of(tenant, INTUNE_ROLES).unread(INTUNE_ROLES))
                .startsWith("permission DeviceManagementRBAC.Read.All may be missing");
    }

    @Test
    void allPagesAreReadAndDoublesAreOne() {
        tenant.pageSize(1);
        for (int i = 0; i < 3; i++) {
            tenant.add(DEFENDER, FakeTenant.json("{displayName:'Analysts', principalIds:['a','b" + i + "']}"));
        }
        assertThat(Readings.of(tenant, DEFENDER_ROLES).values(DEFENDER_ROLES, ServiceRole.class))
                .hasSize(4);
    }
}
