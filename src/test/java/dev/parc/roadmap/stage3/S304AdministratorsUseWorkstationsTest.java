package dev.parc.roadmap.stage3;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.Summary;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S304AdministratorsUseWorkstationsTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final String PAW = "device.extensionAttribute1 -eq \"PAW\"";
    private static final String OPEN = "; 1 statement to attest";

    private final CheckTester check = CheckTester.of(new S304AdministratorsUseWorkstations());

    private static TenantBuilder with(PolicyBuilder... policies) {
        TenantBuilder tenant = tenant().globalAdmin(ANN).inGroups(ANN);
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return tenant;
    }

    private static PolicyBuilder noFlows() {
        return policy("no flows")
                .flows("deviceCodeFlow", "authenticationTransfer")
                .any("block");
    }

    @Test
    void aFlowByWhichAnotherDeviceGetsInIsForAPersonToJudge() {
        check.given(with(policy("managed").any("compliantDevice"))).isReview("1 of 1 administrator needs review");
    }

    private static String seen(int workstations, int managed, String policies) {
        return "%d %s limited to privileged access workstations, %d to compliant or hybrid joined devices, by %s"
                .formatted(
                        workstations, workstations == 1 ? "administrator is" : "administrators are", managed, policies);
    }

    @Test
    void managedDevicesAreEnoughOnAPersonsWord() {
        TenantBuilder tenant = with(policy("managed").any("compliantDevice", "domainJoinedDevice"), noFlows());
        check.given(tenant).isReview(seen(0, 1, "managed, no flows") + OPEN).findsNothing();
        check.given(tenant.attested("S3-04", 1))
                .isAttested(seen(0, 1, "managed, no flows") + "; attested by Ann until 2027-09-01");
    }

    @Test
    void aBlockOfAllButTheDesignatedWorkstationsIsBetter() {
        check.given(with(policy("paw").any("block").device(false, PAW), noFlows())
                        .designated(it -> it.withWorkstationFilter(Optional.of(PAW))))
                .isReview(seen(1, 0, "no flows, paw") + OPEN);
    }

    @Test
    void aDesignatedRuleThatNoPolicyHasIsAFinding() {
        check.given(with(policy("managed").any("compliantDevice"), noFlows())
                        .designated(it -> it.withWorkstationFilter(Optional.of(PAW))))
                .isReview("1 of 1 administrator needs review")
                .findsOnly(
                        "the tenant",
                        "has no enabled policy with the device filter that PARC_WORKSTATION_FILTER names, so it tells no"
                                + " workstation from another device: correct the rule");
    }

    @Test
    void withoutTheDesignationSuchABlockProvesNothing() {
        check.given(with(policy("paw").any("block").device(false, PAW)))
                .isFail("1 of 1 administrator can sign in from any device")
                .findsOnly(
                        "ann@contoso.com",
                        "can sign in from a device that is neither compliant nor hybrid joined: Windows, browser, on a"
                                + " device that matches device.extensionAttribute1 -eq \"PAW\"; because no enabled policy"
                                + " demands a compliant or hybrid joined device of this account");
    }

    @Test
    void mfaHoldsNobodyToADevice() {
        check.given(with(policy("either").any("mfa", "compliantDevice"))
                        .designated(it -> it.withWorkstationFilter(Optional.of(PAW))))
                .isFail("1 of 1 administrator can sign in from any device")
                .finds(
                        "ann@contoso.com",
                        "can sign in from a device that is neither compliant nor hybrid joined, nor a privileged"
                                + " access workstation: Windows, browser; because 'either' accepts something other than a"
                                + " compliant or hybrid joined device");
    }

    @Test
    void aPolicyForRolesAloneDoesNotHoldWhoActivatesFromAnyDevice() {
        Account eve = account("eve@contoso.com");
        check.given(with(
                                policy("role")
                                        .forNobody()
                                        .forRole(DirectoryRole.GLOBAL_ADMINISTRATOR.templateId())
                                        .any("compliantDevice"),
                                noFlows())
                        .pimPolicies()
                        .holder(eve, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                        .inGroups(eve))
                .isReview("1 of 2 administrators needs review")
                .findsOnly(
                        "eve@contoso.com",
                        "may be one that can sign in from a device that is neither compliant nor hybrid joined: Global"
                                + " Administrator can be activated without a compliant or hybrid joined device: Windows,"
                                + " browser; because no enabled policy demands a compliant or hybrid joined device of"
                                + " this account; every sign-in while it is active needs that, by role, no flows");
    }

    @Test
    void whatIsNotModelledIsForAPersonToDecide() {
        check.given(with(policy("managed").any("compliantDevice").notModelled("times")))
                .isReview("1 of 1 administrator needs review");
    }

    @Test
    void aWorkstationRuleThatCannotBeReliedUponIsForAPersonToDecide() {
        String loose = "device.displayName -notContains \"PC\"";
        check.given(with(policy("paw").any("block").device(false, loose))
                        .designated(it -> it.withWorkstationFilter(Optional.of(loose))))
                .isReview("1 of 1 administrator needs review")
                .findsOnly(
                        "ann@contoso.com",
                        "the device filter rule that is designated for privileged access workstations may match devices"
                                + " that are not registered");
    }

    @Test
    void emergencyAccountsAreNotAsked() {
        check.given(with().emergency(ANN.id())).isNotApplicable("no account besides emergency accounts administers");
    }

    @Test
    void withoutP1ItDoesNotApply() {
        check.given(with().without(Licence.ENTRA_ID_P1))
                .isNotApplicable("the tenant has no Microsoft Entra ID P1 licence");
    }

    @Test
    void theGoodTenantIsAttested() {
        check.given(GoodTenant.build())
                .isAttested(Summary.of(
                        seen(0, 3, "Managed devices, No sign-in for another device"),
                        "; attested by Ann until 2027-09-01"));
    }
}
