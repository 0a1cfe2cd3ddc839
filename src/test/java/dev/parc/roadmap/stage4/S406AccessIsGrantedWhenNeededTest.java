package dev.parc.roadmap.stage4;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.activationLasts;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.FactKind.ROLE_DEFINITIONS;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.RoleDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S406AccessIsGrantedWhenNeededTest {

    private static final Account KIM = account("kim@contoso.com");

    private final CheckTester check = CheckTester.of(new S406AccessIsGrantedWhenNeeded());

    @Test
    void activationThatEndsIsJustInTime() {
        check.given(GoodTenant.build())
                .isPass("2 of 3 administrators activate their roles, 1 hold one until a set date; activations of all 2"
                        + " roles and groups end within 8 hours");
    }

    @Test
    void permanentAdministratorsAreNot() {
        check.given(GoodTenant.build()
                        .holder(KIM, DirectoryRole.SHAREPOINT_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .inGroups(KIM))
                .isFail("1 administrator holds a privileged role permanently, 0 roles or groups stay active for"
                        + " longer than a working day")
                .findsOnly("kim@contoso.com", "holds SharePoint Administrator (permanent, directly)");
    }

    /** A built-in role that came after PARC's own list, or a custom one by what it allows. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatMicrosoftLabelsPrivilegedIs(boolean builtIn) {
        String role = "11111111-2222-4333-8444-555555555555";
        check.given(GoodTenant.build()
                        .holder(KIM, role, AssignmentKind.PERMANENT)
                        .inGroups(KIM)
                        .add(ROLE_DEFINITIONS, labelled(role, builtIn, Optional.of(true))))
                .isFail("1 administrator holds a privileged role permanently, 0 roles or groups stay active for"
                        + " longer than a working day");
        for (Optional<Boolean> not : List.of(Optional.of(false), Optional.<Boolean>empty())) {
            check.given(GoodTenant.build()
                            .holder(KIM, role, AssignmentKind.PERMANENT)
                            .inGroups(KIM)
                            .add(ROLE_DEFINITIONS, labelled(role, builtIn, not)))
                    .isReview("1 assignments, roles or groups need review")
                    .findsOnly(
                            "kim@contoso.com",
                            "holds Of late (permanent, directly); Microsoft does not label the role privileged, or it is a"
                                    + " custom one");
        }
    }

    private static RoleDefinition labelled(String role, boolean builtIn, Optional<Boolean> privileged) {
        return new RoleDefinition(role, role, "Of late", builtIn, Set.of(), privileged);
    }

    @Test
    void theLabelCountsMoreThanTheListButNotMoreThanTheRoadmap() {
        String helpdesk = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
        check.given(GoodTenant.build()
                        .holder(KIM, helpdesk, AssignmentKind.PERMANENT)
                        .inGroups(KIM)
                        .add(ROLE_DEFINITIONS, labelled(helpdesk, true, Optional.of(false))))
                .isReview("1 assignments, roles or groups need review");
        String exchange = DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId();
        check.given(GoodTenant.build()
                        .holder(KIM, exchange, AssignmentKind.PERMANENT)
                        .inGroups(KIM)
                        .add(ROLE_DEFINITIONS, labelled(exchange, true, Optional.of(false))))
                .isFail("1 administrator holds a privileged role permanently, 0 roles or groups stay active for"
                        + " longer than a working day");
    }

    @Test
    void anActivationThatLastsForDaysIsNotRemovedAfterwards() {
        check.given(GoodTenant.build().pimPolicy(DirectoryRole.GLOBAL_ADMINISTRATOR, activationLasts("P7D")))
                .isFail("0 administrators hold a privileged role permanently, 1 roles or groups stay active for longer"
                        + " than a working day")
                .findsOnly("Global Administrator", "lets an activation last 168 hours, more than 8");
    }

    @Test
    void tenHoursOfARoleThatIsNotPrivilegedAreForAPerson() {
        String reports = "4a5d8f65-41da-4de4-8968-e035b65339cf";
        String helpdesk = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
        String why = "; Microsoft labels no role that it gives privileged, or it is a custom one";
        check.given(GoodTenant.build()
                        .holder(KIM, reports, AssignmentKind.ELIGIBLE)
                        .pimPolicy(reports, activationLasts("PT10H")))
                .isReview("1 assignments, roles or groups need review")
                .findsOnly(reports, "lets an activation last 10 hours, more than 8" + why);
        check.given(GoodTenant.build()
                        .holder(KIM, helpdesk, AssignmentKind.ELIGIBLE)
                        .pimPolicy(helpdesk, activationLasts("PT10H")))
                .isFail("0 administrators hold a privileged role permanently, 1 roles or groups stay active for longer"
                        + " than a working day");
        check.given(GoodTenant.build()
                        .group("readers", reports, AssignmentKind.PERMANENT)
                        .grant("readers", KIM, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                        .groupPimPolicy("readers", GroupGrant.Access.MEMBER, activationLasts("PT10H")))
                .isReview("1 assignments, roles or groups need review")
                .findsOnly("readers", "lets an activation last 10 hours, more than 8" + why);
    }

    @Test
    void onlyRolesThatSomebodyCanActivateAreAsked() {
        check.given(GoodTenant.build().pimPolicy(DirectoryRole.SHAREPOINT_ADMINISTRATOR, activationLasts("P7D")))
                .isPass("2 of 3 administrators activate their roles, 1 hold one until a set date; activations of all 2"
                        + " roles and groups end within 8 hours");
    }

    @Test
    void groupsThatLeadToARoleAreAskedToo() {
        check.given(GoodTenant.build()
                        .group("admins", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .grant("admins", KIM, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                        .groupPimPolicy("admins", GroupGrant.Access.MEMBER, activationLasts("PT12H")))
                .isFail("0 administrators hold a privileged role permanently, 1 roles or groups stay active for longer"
                        + " than a working day")
                .findsOnly("admins", "lets an activation last 12 hours, more than 8");
        check.given(GoodTenant.build()
                        .group("admins", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .grant("admins", KIM, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE))
                .isNotAssessed("PIM settings of groups that lead to a role: Graph gave none for admins");
    }

    @Test
    void aRoleWithoutSettingsIsNotAssessed() {
        check.given(tenant().globalAdmin(GoodTenant.ONE)
                        .emergency(GoodTenant.ONE.id())
                        .holder(KIM, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE))
                .isNotAssessed("PIM role settings: Graph gave none for Global Administrator");
    }

    @Test
    void nobodyWhoActivatesAnythingIsForAPersonToLookAt() {
        check.given(tenant().globalAdmin(GoodTenant.ONE)
                        .emergency(GoodTenant.ONE.id())
                        .holder(KIM, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.TIME_BOUND))
                .isReview("1 assignments, roles or groups need review")
                .findsOnly("the tenant", "has nobody who activates a role when it is needed");
    }

    @Test
    void withoutPimItDoesNotApply() {
        check.given(GoodTenant.build().without(Licence.ENTRA_ID_P2_OR_GOVERNANCE))
                .isNotApplicable("the tenant has no Microsoft Entra ID P2 or ID Governance licence");
    }
}
