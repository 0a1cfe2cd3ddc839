package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.NOW;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.activationTakes;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.PimActivation;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S204JustificationIsRecordedTest {

    private static final String SEEN =
            "every activation asks for a reason, and all 2 in 30 days have one; 3 administrators need no activation";

    private final CheckTester check = CheckTester.of(new S204JustificationIsRecorded());

    @Test
    void theReasonOfAnAssignmentIsForAPersonToSay() {
        check.given(GoodTenant.build().nothingAttested())
                .isReview(SEEN + "; 1 statement to attest")
                .finds(
                        "bob.admin@contoso.com",
                        "is assigned, not eligible: Exchange Administrator (time-bound, directly)");
        check.given(GoodTenant.build()).isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void aRoleThatIsActivatedWithoutAReasonFails() {
        check.given(GoodTenant.build()
                        .pimPolicy(DirectoryRole.GLOBAL_ADMINISTRATOR, activationTakes("MultiFactorAuthentication")))
                .isFail("1 of 2 roles and groups can be activated without a reason")
                .findsOnly("Global Administrator", "asks for no reason");
    }

    @Test
    void aRoleThatNobodyActivatesDoesNotMatterAndATicketWillDo() {
        check.given(GoodTenant.build()
                        .pimPolicy(DirectoryRole.SHAREPOINT_ADMINISTRATOR, activationTakes())
                        .pimPolicy(DirectoryRole.GLOBAL_ADMINISTRATOR, activationTakes("Ticketing")))
                .isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void groupsThatLeadToARoleAreAskedToo() {
        check.given(GoodTenant.build()
                        .group("admins", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .grant("admins", account("k@contoso.com"), GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                        .groupPimPolicy("admins", GroupGrant.Access.MEMBER, activationTakes()))
                .isFail("1 of 3 roles and groups can be activated without a reason")
                .findsOnly("admins", "asks for no reason");
    }

    @Test
    void anActivationWithoutAReasonIsForAPersonToLookAt() {
        check.given(GoodTenant.build()
                        .add(
                                FactKind.PIM_ACTIVATIONS,
                                new PimActivation(
                                        NOW, GoodTenant.ANN.id(), Optional.empty(), "Global Administrator", "")))
                .isReview("1 of 3 activations of the last 30 days has no reason")
                .findsOnly("ann.admin@contoso.com", "activated Global Administrator on 2026-09-01 without a reason");
    }

    @Test
    void settingsThatWereNotToldAreNotAssessed() {
        check.given(tenant().globalAdmin(GoodTenant.ONE)
                        .holder(GoodTenant.ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE))
                .isNotAssessed("PIM role settings: Graph gave none for Global Administrator");
    }

    @Test
    void withoutPimTheWordAloneDecides() {
        check.given(GoodTenant.build().nothingAttested().without(Licence.ENTRA_ID_P2_OR_GOVERNANCE))
                .isReview("3 administrators, and no PIM to record reasons in; 1 statement to attest");
        check.given(GoodTenant.build().without(Licence.ENTRA_ID_P2_OR_GOVERNANCE))
                .isAttested("3 administrators, and no PIM to record reasons in; attested by Ann until 2027-09-01");
    }
}
