package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.LATER_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_ELIGIBILITIES;
import static dev.parc.facts.FactKind.PIM_POLICIES;
import static dev.parc.facts.FactKind.ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.ROLE_DEFINITIONS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parc.collect.FakeTenant;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.PimPolicy;
import dev.parc.facts.roles.PimRule;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleReaderTest {

    private static final String ROLE = GLOBAL_ADMINISTRATOR.templateId();
    private static final String INSTANCES = "/roleManagement/directory/roleAssignmentScheduleInstances";

    private final FakeTenant tenant = FakeTenant.licensed();

    private RoleAssignment onlyActive() {
        return Readings.of(tenant, PIM_ASSIGNMENTS).only(PIM_ASSIGNMENTS, RoleAssignment.class);
    }

    @Test
    void customRolesAreReadBesideBuiltInOnes() {
        String own = FakeTenant.id("own role");
        tenant.add(
                "/roleManagement/directory/roleDefinitions",
                FakeTenant.json("{displayName:'Own', isBuiltIn:false, rolePermissions:[{allowedResourceActions:["
                                + "'microsoft.directory/groups.security/members/Update']}, {condition:null}]}")
                        .put("id", own)
                        .put("templateId", own));
        assertThat(Readings.of(tenant, ROLE_DEFINITIONS).values(ROLE_DEFINITIONS, RoleDefinition.class))
                .hasSize(5)
                .contains(new RoleDefinition(
                        own, own, "Own", false, Set.of("microsoft.directory/groups.security/members/update")));
    }

    private List<RoleDefinition> definitions() {
        return Readings.of(tenant, ROLE_DEFINITIONS).values(ROLE_DEFINITIONS, RoleDefinition.class);
    }

    @Test
    void betaTellsWhichRolesAreLabelledPrivilegedAndV1IsNotAskedThen() {
        tenant.role(FakeTenant.id("new role"), "New").put("isPrivileged", false);
        assertThat(definitions())
                .extracting(RoleDefinition::displayName, RoleDefinition::labelled)
                .contains(
                        tuple("Global Administrator", Optional.of(true)),
                        tuple("Exchange Administrator", Optional.of(false)),
                        tuple("New", Optional.of(false)));
        assertThat(tenant.requests())
                .containsEntry("GET /beta/roleManagement/directory/roleDefinitions", 1L)
                .doesNotContainKey("GET /roleManagement/directory/roleDefinitions");
    }

    @Test
    void whereBetaIsRefusedOrHasNothingV1TellsTheRest() {
        tenant.refuse("/beta/roleManagement/directory/roleDefinitions", 403, "Forbidden");
        assertThat(definitions()).hasSize(4).allMatch(role -> role.labelled().isEmpty());
    }

    @Test
    void whatBetaWritesOtherwiseIsNotBelieved() {
        tenant.role(FakeTenant.id("new role"), "New").put("isPrivileged", "perhaps");
        assertThat(definitions()).hasSize(5).allMatch(role -> role.labelled().isEmpty());
    }

    @Test
    void aLabelThatDidNotComeIsNoLabelOfNo() {
        tenant.role(FakeTenant.id("new role"), "New").putNull("isPrivileged");
        assertThat(definitions())
                .filteredOn(role -> role.displayName().equals("New"))
                .singleElement()
                .extracting(RoleDefinition::labelled)
                .isEqualTo(Optional.empty());
    }

    @Test
    void anAssignmentWithoutEndIsPermanent() {
        String kim = tenant.user("kim");
        tenant.permanent(kim, ROLE);
        assertThat(onlyActive())
                .isEqualTo(new RoleAssignment(
                        kim,
                        PrincipalType.USER,
                        "kim@contoso.onmicrosoft.com",
                        ROLE,
                        "/",
                        AssignmentKind.PERMANENT,
                        Optional.empty()));
    }

    @Test
    void anAssignmentWithAnEndIsTimeBoundEvenIfTheEndIsPast() {
        tenant.timeBound(tenant.user("kim"), ROLE, "2020-01-01T00:00:00Z");
        assertThat(onlyActive().kind()).isEqualTo(AssignmentKind.TIME_BOUND);
        assertThat(onlyActive().endsAt()).contains(Instant.parse("2020-01-01T00:00:00Z"));
    }

    @Test
    void anActivatedRoleIsNotPermanent() {
        tenant.activated(tenant.user("kim"), ROLE, "2026-09-01T16:00:00Z").put("assignmentType", "activated");
        assertThat(onlyActive().kind()).isEqualTo(AssignmentKind.ACTIVATED);
    }

    @Test
    void anUnknownAssignmentTypeIsAGapAndTheOthersAreRead() {
        tenant.permanent(tenant.user("kim"), ROLE);
        tenant.permanent(tenant.user("lee"), ROLE).put("assignmentType", "Inherited");
        Readings readings = Readings.of(tenant, PIM_ASSIGNMENTS);
        assertThat(readings.values(PIM_ASSIGNMENTS, RoleAssignment.class)).hasSize(1);
        assertThat(readings.gaps(PIM_ASSIGNMENTS))
                .containsExactly("active role assignments came with an unusable assignmentType");
    }

    @Test
    void anAssignmentWithoutItsEndIsAGapAndNeitherPermanentNorTimeBound() {
        tenant.permanent(tenant.user("kim"), ROLE).remove("endDateTime");
        assertThat(Readings.of(tenant, PIM_ASSIGNMENTS).unread(PIM_ASSIGNMENTS))
                .isEqualTo("active role assignments came without endDateTime");
    }

    @Test
    void theSameGapInManyRowsIsToldOnce() {
        tenant.permanent(tenant.user("kim"), ROLE);
        tenant.permanent(tenant.user("lee"), ROLE).put("principalId", "nobody");
        tenant.permanent(tenant.user("mia"), ROLE).put("principalId", "no one");
        assertThat(Readings.of(tenant, PIM_ASSIGNMENTS).gaps(PIM_ASSIGNMENTS))
                .containsExactly("active role assignments came with an unusable principalId (2 times)");
    }

    @Test
    void everyPageIsRead() {
        tenant.pageSize(3);
        for (int i = 0; i < 10; i++) {
            tenant.permanent(tenant.user("adm" + i), ROLE);
        }
        assertThat(Readings.of(tenant, PIM_ASSIGNMENTS).values(PIM_ASSIGNMENTS, RoleAssignment.class))
                .hasSize(10);
    }

    @Test
    void groupsAndApplicationsAreToldFromUsers() {
        tenant.permanent(tenant.group("sg"), ROLE);
        tenant.permanent(tenant.servicePrincipal("app"), ROLE);
        assertThat(Readings.of(tenant, ROLE_ASSIGNMENTS).values(ROLE_ASSIGNMENTS, RoleAssignment.class))
                .extracting(RoleAssignment::principalType, RoleAssignment::principalName)
                .containsExactly(tuple(PrincipalType.GROUP, "sg"), tuple(PrincipalType.SERVICE_PRINCIPAL, "app"));
    }

    @Test
    void aPrincipalThatTheDirectoryLacksHasNoTypeAndIsNamedByItsId() {
        String kim = tenant.user("kim");
        tenant.permanent(kim, ROLE);
        tenant.delete(kim);
        assertThat(onlyActive())
                .returns(PrincipalType.UNKNOWN, RoleAssignment::principalType)
                .returns(kim, RoleAssignment::principalName);
    }

    @Test
    void anAssignmentOnAnAdministrativeUnitKeepsItsScope() {
        tenant.permanent(tenant.user("kim"), ROLE).put("directoryScopeId", "/administrativeUnits/1");
        assertThat(onlyActive().scope()).isEqualTo("/administrativeUnits/1");
    }

    @Test
    void anAssignmentOnAnApplicationKeepsItsScope() {
        tenant.permanent(tenant.user("kim"), ROLE).putNull("directoryScopeId").put("appScopeId", "/app");
        assertThat(onlyActive().scope()).isEqualTo("/app");
    }

    @Test
    void anEligibleAssignmentIsEligible() {
        tenant.eligible(tenant.user("kim"), ROLE);
        assertThat(Readings.of(tenant, PIM_ELIGIBILITIES)
                        .only(PIM_ELIGIBILITIES, RoleAssignment.class)
                        .kind())
                .isEqualTo(AssignmentKind.ELIGIBLE);
    }

    @Test
    void aTenantWithoutThePlanIsUnlicensedNotUnread() {
        Readings readings = Readings.of(FakeTenant.unlicensed(), PIM_ASSIGNMENTS, PIM_ELIGIBILITIES, PIM_POLICIES);
        readings.isUnlicensed(PIM_ASSIGNMENTS, Licence.ENTRA_ID_P2_OR_GOVERNANCE);
        readings.isUnlicensed(PIM_ELIGIBILITIES, Licence.ENTRA_ID_P2_OR_GOVERNANCE);
        readings.isUnlicensed(PIM_POLICIES, Licence.ENTRA_ID_P2_OR_GOVERNANCE);
    }

    @Test
    void aLicenceErrorThatTheServicePlansContradictIsNotBelieved() {
        tenant.refuse(INSTANCES, 400, "AadPremiumLicenseRequired");
        assertThat(Readings.of(tenant, PIM_ASSIGNMENTS).unread(PIM_ASSIGNMENTS))
                .isEqualTo("Graph answered that the tenant has no Microsoft Entra ID P2 or ID Governance licence, but"
                        + " its service plans show one: wait until it is provisioned everywhere, then run again");
    }

    @Test
    void aLicenceErrorIsBelievedWhereTheServicePlansCannotBeRead() {
        tenant.refuse(INSTANCES, 400, "AadPremiumLicenseRequired");
        tenant.refuse("/subscribedSkus", 403, "Authorization_RequestDenied");
        Readings readings = Readings.of(tenant, PIM_ASSIGNMENTS);
        readings.isUnlicensed(PIM_ASSIGNMENTS, Licence.ENTRA_ID_P2_OR_GOVERNANCE);
        assertThat(readings.unread(SERVICE_PLANS)).startsWith("permission Organization.Read.All may be missing");
    }

    @Test
    void anotherErrorKeepsWhatGraphSaidOnOneBoundedLine() {
        tenant.refuse(INSTANCES, 400, "Bad\nRequest" + "x".repeat(500));
        assertThat(Readings.of(tenant, PIM_ASSIGNMENTS).unread(PIM_ASSIGNMENTS))
                .startsWith("Graph answered 400 Bad Requestxxx")
                .endsWith("...: refused on demand")
                .hasSizeLessThan(300);
    }

    @Test
    void rulesOfAPolicyAreReadByTheirIds() {
        tenant.add(
                "/policies/roleManagementPolicyAssignments",
                FakeTenant.json("""
                {policy:{rules:[
                  {id:'Expiration_Admin_Assignment', isExpirationRequired:true, maximumDuration:'P180D'},
                  {id:'Enablement_EndUser_Assignment', enabledRules:['Justification','MultiFactorAuthentication']},
                  {id:'Notification_Admin_Admin_Assignment', isDefaultRecipientsEnabled:true, notificationLevel:'All',
                   notificationRecipients:['soc@contoso.com']},
                  {id:'Approval_EndUser_Assignment', setting:{isApprovalRequired:true}},
                  {id:'AuthenticationContext_EndUser_Assignment', isEnabled:true, claimValue:'c1'},
                  {id:'Weather_EndUser_Assignment', sunny:true}]}}""").put("roleDefinitionId", ROLE));
        assertThat(Readings.of(tenant, PIM_POLICIES).only(PIM_POLICIES, PimPolicy.class))
                .isEqualTo(new PimPolicy(
                        ROLE,
                        Map.of(
                                "Expiration_Admin_Assignment",
                                rule("Expiration_Admin_Assignment", true, false, List.of(), "P180D", Set.of(), ""),
                                "Enablement_EndUser_Assignment",
                                rule(
                                        "Enablement_EndUser_Assignment",
                                        false,
                                        false,
                                        List.of(),
                                        "",
                                        Set.of("Justification", "MultiFactorAuthentication"),
                                        ""),
                                "Notification_Admin_Admin_Assignment",
                                rule(
                                        "Notification_Admin_Admin_Assignment",
                                        false,
                                        true,
                                        List.of("soc@contoso.com"),
                                        "",
                                        Set.of(),
                                        ""),
                                "Approval_EndUser_Assignment",
                                rule("Approval_EndUser_Assignment", true, false, List.of(), "", Set.of(), ""),
                                "AuthenticationContext_EndUser_Assignment",
                                rule(
                                        "AuthenticationContext_EndUser_Assignment",
                                        true,
                                        false,
                                        List.of(),
                                        "",
                                        Set.of(),
                                        "c1"))));
    }

    @Test
    void aPolicyWithoutItsRulesIsAGap() {
        tenant.add(
                "/policies/roleManagementPolicyAssignments",
                FakeTenant.json("{policy:{id:'p'}}").put("roleDefinitionId", ROLE));
        assertThat(Readings.of(tenant, PIM_POLICIES).unread(PIM_POLICIES))
                .isEqualTo("PIM role settings came without rules");
    }

    private static PimRule rule(
            String id,
            boolean enabled,
            boolean defaultRecipients,
            List<String> recipients,
            String maximumDuration,
            Set<String> enabledRules,
            String claimValue) {
        return new PimRule(id, enabled, defaultRecipients, recipients, maximumDuration, enabledRules, claimValue);
    }

    private List<RoleAssignment.Later> later() {
        return Readings.of(tenant, LATER_ASSIGNMENTS).values(LATER_ASSIGNMENTS, RoleAssignment.Later.class);
    }

    @Test
    void whatBeginsLaterIsNotInForceAndIsToldByItself() {
        String kim = tenant.user("kim");
        tenant.assignedFrom(kim, ROLE, "2026-09-01T08:00:01Z", null);
        tenant.eligibleFrom(kim, ROLE, "2026-10-01T00:00:00Z", "2026-12-01T00:00:00Z");
        assertThat(later())
                .extracting(one -> one.assignment().kind(), RoleAssignment.Later::inWords)
                .containsExactlyInAnyOrder(
                        tuple(AssignmentKind.PERMANENT, "permanent, begins on 2026-09-01"),
                        tuple(AssignmentKind.ELIGIBLE, "eligible, begins on 2026-10-01 and ends on 2026-12-01"));
        Readings readings = Readings.of(tenant, PIM_ASSIGNMENTS);
        assertThat(readings.values(PIM_ASSIGNMENTS, RoleAssignment.class)).isEmpty();
    }

    @Test
    void whatHasBegunIsNotToBegin() {
        String kim = tenant.user("kim");
        tenant.permanent(kim, ROLE).put("startDateTime", "2026-08-31T08:00:00Z");
        tenant.assignedFrom(kim, ROLE, "2026-08-31T08:00:00Z", null);
        tenant.assignedFrom(kim, ROLE, "2026-09-02T08:00:00Z", null).put("status", "Revoked");
        assertThat(later()).isEmpty();
        assertThat(Readings.of(tenant, PIM_ASSIGNMENTS)
                        .only(PIM_ASSIGNMENTS, RoleAssignment.class)
                        .kind())
                .isEqualTo(AssignmentKind.PERMANENT);
    }

    @Test
    void anInstanceThatHasNotBegunIsNotInForceEither() {
        tenant.timeBound(tenant.user("kim"), ROLE, "2026-12-01T00:00:00Z").put("startDateTime", "2026-11-01T00:00:00Z");
        assertThat(Readings.of(tenant, PIM_ASSIGNMENTS).values(PIM_ASSIGNMENTS, RoleAssignment.class))
                .isEmpty();
        assertThat(later())
                .singleElement()
                .extracting(RoleAssignment.Later::inWords)
                .isEqualTo("time-bound, begins on 2026-11-01 and ends on 2026-12-01");
    }

    @Test
    void whatBeginsWhileTheTenantIsReadIsInForce() {
        String kim = tenant.user("kim");
        tenant.activated(kim, ROLE, "2026-09-01T16:00:00Z").put("startDateTime", "2026-09-01T08:00:09Z");
        tenant.assignedFrom(kim, ROLE, "2026-09-01T08:00:09Z", "2026-09-01T16:00:00Z")
                .put("assignmentType", "Activated");
        assertThat(later()).isEmpty();
        assertThat(onlyActive().kind()).isEqualTo(AssignmentKind.ACTIVATED);
    }

    @Test
    void schedulesThatMayNotBeReadTakeNothingFromWhatIsInForce() {
        tenant.permanent(tenant.user("kim"), ROLE);
        tenant.refuse("/roleManagement/directory/roleAssignmentSchedules", 403, "Forbidden");
        tenant.refuse("/roleManagement/directory/roleEligibilitySchedules", 403, "Forbidden");
        Readings readings = Readings.of(tenant, PIM_ASSIGNMENTS);
        assertThat(readings.gaps(PIM_ASSIGNMENTS)).isEmpty();
        assertThat(readings.unread(LATER_ASSIGNMENTS)).contains("RoleManagement.Read.Directory");
    }
}
