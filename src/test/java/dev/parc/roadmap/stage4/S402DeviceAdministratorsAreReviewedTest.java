package dev.parc.roadmap.stage4;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.directory.DeviceRegistration.Scope;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S402DeviceAdministratorsAreReviewedTest {

    private static final String ROLE = "9f06204d-73c1-4d4c-880a-6edb90606fd8";
    private static final String NOBODY = "; no account is local administrator of all joined devices";
    private static final String ONE = "; 1 account is local administrator of all joined devices";
    private static final String ATTESTED = "; attested by Ann until 2027-09-01";
    private static final String UNATTESTED = "; 1 statement to attest";

    private final CheckTester check = CheckTester.of(new S402DeviceAdministratorsAreReviewed());

    private static TenantBuilder holder(String name, PrincipalType type, AssignmentKind kind) {
        RoleAssignment row = new RoleAssignment(id(name), type, name, ROLE, "/", kind, Optional.empty());
        TenantBuilder tenant = GoodTenant.build()
                .add(FactKind.ROLE_DEFINITIONS, new RoleDefinition(ROLE, ROLE, "Device Local Administrator", true))
                .add(kind == AssignmentKind.ELIGIBLE ? FactKind.PIM_ELIGIBILITIES : FactKind.PIM_ASSIGNMENTS, row);
        return type == PrincipalType.USER ? tenant.account(account(name)) : tenant;
    }

    @Test
    void aNarrowPolicyAndAWordAreAPass() {
        check.given(GoodTenant.build())
                .isAttested("joining a device makes no user its local administrator" + NOBODY + ATTESTED)
                .findsNothing();
        check.given(GoodTenant.build().deviceRegistration(Scope.EVERYBODY, Scope.SELECTED, false, false))
                .isAttested("joining a device makes selected users its local administrators" + NOBODY + ATTESTED);
    }

    @Test
    void withoutAWordItIsAReview() {
        check.given(GoodTenant.build().nothingAttested())
                .isReview("joining a device makes no user its local administrator" + NOBODY + UNATTESTED);
    }

    @Test
    void microsoftsDefaultsFailWhateverIsAttested() {
        check.given(GoodTenant.build().deviceRegistration(Scope.EVERYBODY, Scope.EVERYBODY, true, true))
                .isFail("joining a device makes every user its local administrator" + NOBODY)
                .finds("the tenant", "makes every user a local administrator of the devices that the user joins")
                .finds(
                        "the tenant",
                        "makes Global Administrators local administrators of every device that is joined from now on");
    }

    @Test
    void globalAdministratorsOnEveryDeviceAloneAreAFail() {
        check.given(GoodTenant.build().deviceRegistration(Scope.EVERYBODY, Scope.NOBODY, true, true))
                .isFail("joining a device makes no user its local administrator" + NOBODY)
                .findsOnly(
                        "the tenant",
                        "makes Global Administrators local administrators of every device that is joined from now on");
    }

    @Test
    void whereNobodyMayJoinThePolicyMakesNoAdministrators() {
        check.given(GoodTenant.build().deviceRegistration(Scope.NOBODY, Scope.EVERYBODY, true, true))
                .isAttested("nobody may join devices" + NOBODY + ATTESTED);
    }

    @Test
    void holdersOfTheRoleAreListedHoweverTheyHoldIt() {
        check.given(holder("sue@contoso.com", PrincipalType.USER, AssignmentKind.ELIGIBLE))
                .isAttested("joining a device makes no user its local administrator" + ONE + ATTESTED)
                .findsOnly(
                        "sue@contoso.com",
                        "is a local administrator of every joined device: Device Local Administrator (eligible,"
                                + " directly)");
        check.given(holder("helpdesk", PrincipalType.GROUP, AssignmentKind.PERMANENT)
                        .grant(
                                "helpdesk",
                                account("tom@contoso.com"),
                                GroupGrant.Access.MEMBER,
                                AssignmentKind.ELIGIBLE))
                .isAttested("joining a device makes no user its local administrator" + ONE + ATTESTED)
                .findsOnly(
                        "tom@contoso.com",
                        "is a local administrator of every joined device: Device Local Administrator (eligible, as"
                                + " eligible member of group 'helpdesk')");
        check.given(holder("imaging", PrincipalType.SERVICE_PRINCIPAL, AssignmentKind.PERMANENT)
                        .add(FactKind.SERVICE_PRINCIPALS, application("imaging")))
                .isAttested("joining a device makes no user its local administrator" + ONE + ATTESTED)
                .findsOnly(
                        "imaging",
                        "is a local administrator of every joined device: Device Local Administrator (permanent,"
                                + " directly)");
    }

    private static ServicePrincipal application(String name) {
        return new ServicePrincipal(id(name), name, "Application", true, false, "tenant");
    }

    @Test
    void aPolicyThatSaysNothingIsNotAssessed() {
        TenantBuilder tenant = GoodTenant.build();
        check.given(tenant.unread(FactKind.DEVICE_REGISTRATION, "permission X is missing"))
                .isNotAssessed("the device registration policy: permission X is missing");
    }

    @Test
    void aWidePolicyFailsThoughHoldersOfTheRoleCouldNotBeRead() {
        check.given(GoodTenant.build()
                        .deviceRegistration(Scope.EVERYBODY, Scope.EVERYBODY, false, true)
                        .unread(FactKind.PIM_ELIGIBILITIES, "permission X is missing"))
                .isFail("joining a device makes every user its local administrator" + NOBODY);
    }
}
