package dev.parc.analysis.conditionalaccess;

import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.ANN;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.annAmong;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.covered;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.require;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.uncovered;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.with;
import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.signin.Requirement;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.directory.Account;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Platforms, device filters, managed devices and workstations. */
class PoliciesByDeviceTest {

    @Test
    void aPolicyForOnePlatformOrFlowLeavesTheOthers() {
        assertThat(with(policy("phones").platforms(Set.of("android", "iOS"), Set.of())))
                .isEqualTo(uncovered("Windows, browser", "'phones' does not apply to this platform"));
        assertThat(with(policy("flow").flows("deviceCodeFlow")))
                .isEqualTo(uncovered("Windows, browser", "'flow' does not apply without that authentication flow"));
    }

    @Test
    void allKnownPlatformsLeaveTheUnknownOne() {
        assertThat(with(policy("platforms")
                        .platforms(Set.of("android", "iOS", "windows", "windowsPhone", "macOS", "linux"), Set.of())))
                .isEqualTo(uncovered("an unknown platform, browser", "'platforms' does not apply to this platform"));
    }

    @Test
    void aHybridJoinedDeviceRunsWindowsUnlessAClientPretendsOtherwise() {
        PolicyBuilder phones =
                policy("phones").platforms(Set.of("iOS"), Set.of()).any("mfa", "domainJoinedDevice");
        PolicyBuilder others = policy("others").platforms(Set.of("all"), Set.of("iOS"));
        assertThat(with(phones, others))
                .isEqualTo(new MfaDecision.Undecided(
                        "iOS, browser, on a hybrid joined device might need no MFA: only Windows"
                                + " devices are hybrid joined, and whether a client on one pretends to be another platform cannot be"
                                + " told"));
        assertThat(with(
                        policy("Windows").platforms(Set.of("windows"), Set.of()).any("mfa", "domainJoinedDevice"),
                        policy("others").platforms(Set.of("all"), Set.of("windows"))))
                .isEqualTo(uncovered(
                        "Windows, browser, on a hybrid joined device",
                        "'Windows' accepts something other than MFA; 'others' does not apply to this platform"));
    }

    @Test
    void aDeviceFilterIsAHoleForTheDevicesOutsideIt() {
        assertThat(with(policy("unmanaged").device(false, "device.trustType -eq \"AzureAD\"")))
                .isEqualTo(uncovered(
                        "Windows, browser, on a device that matches device.trustType -eq \"AzureAD\"",
                        "'unmanaged' does not apply to this device"));
        assertThat(with(
                        policy("inside").device(true, "device.x -eq 1"),
                        policy("outside").device(false, "device.x -eq 1")))
                .isEqualTo(covered("inside", "outside"));
    }

    @Test
    void severalDeviceFiltersAreUndecided() {
        assertThat(with(policy("a").device(false, "device.a -eq 1"), policy("b").device(false, "device.b -eq 1")))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void aDeviceIsDemandedOnlyWhereNothingElseWillDo() {
        assertThat(require(Requirement.COMPLIANT_DEVICE, policy("compliant").any("compliantDevice"), noFlows()))
                .isEqualTo(covered("compliant", "no flows"));
        assertThat(require(Requirement.COMPLIANT_DEVICE, policy("either").any("compliantDevice", "mfa")))
                .isEqualTo(uncovered("Windows, browser", "'either' accepts something other than a compliant device"));
        PolicyBuilder managed = policy("managed").any("compliantDevice", "domainJoinedDevice");
        assertThat(require(Requirement.COMPLIANT_DEVICE, managed)).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(require(Requirement.HYBRID_JOINED_DEVICE, managed)).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(require(Requirement.MANAGED_DEVICE, managed, noFlows())).isEqualTo(covered("managed", "no flows"));
    }

    private static PolicyBuilder noFlows() {
        return policy("no flows")
                .flows("deviceCodeFlow", "authenticationTransfer")
                .any("block");
    }

    @Test
    void byDeviceCodeAnotherDeviceMayGetInUnlessTheFlowIsBlocked() {
        for (String control : List.of("compliantDevice", "domainJoinedDevice")) {
            assertThat(require(Requirement.MANAGED_DEVICE, policy("device").any(control)))
                    .isEqualTo(new MfaDecision.Undecided("Windows, browser, flow deviceCodeFlow might need neither a"
                            + " compliant nor a hybrid joined device: whether a device is asked for in this flow, by"
                            + " which another device gets in, is not certain; a policy that blocks both authentication"
                            + " flows settles it"));
        }
        assertThat(require(Requirement.MFA, policy("both").every("mfa", "compliantDevice")))
                .isEqualTo(covered("both"));
        assertThat(require(
                        Requirement.MANAGED_DEVICE,
                        policy("device").any("compliantDevice"),
                        policy("no code").flows("deviceCodeFlow").any("block")))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    private static final String WORKSTATION = "device.extensionAttribute1 -eq \"PAW\"";

    private static MfaDecision workstation(String designated, PolicyBuilder... policies) {
        TenantBuilder tenant = annAmong()
                .policy(noFlows().build())
                .designated(all -> all.withWorkstationFilter(Optional.of(designated)));
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return ConditionalAccess.of(tenant.facts()).require(ANN, Requirement.PRIVILEGED_WORKSTATION);
    }

    @Test
    void aWorkstationIsRequiredWhereAllOtherDevicesAreBlocked() {
        assertThat(workstation(
                        WORKSTATION,
                        policy("only PAW").device(false, WORKSTATION).any("block")))
                .isEqualTo(covered("no flows", "only PAW"));
        assertThat(workstation(
                        WORKSTATION,
                        policy("only PAW")
                                .device(false, " Device.ExtensionAttribute1   -EQ \"PAW\"")
                                .any("block")))
                .isEqualTo(covered("no flows", "only PAW"));
    }

    @Test
    void aWorkstationIsNotRequiredByMfaACompliantDeviceOrForSomeApplicationsOnly() {
        assertThat(workstation(WORKSTATION, policy("MFA").any("mfa")))
                .isEqualTo(uncovered(
                        "Windows, browser",
                        "no enabled policy demands a privileged access workstation of this account"));
        assertThat(workstation(WORKSTATION, policy("MFA elsewhere").device(false, WORKSTATION)))
                .isEqualTo(uncovered(
                        "Windows, browser",
                        "'MFA elsewhere' accepts something other than a privileged access workstation"));
        assertThat(workstation(WORKSTATION, policy("compliant").any("compliantDevice")))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(workstation(
                        WORKSTATION,
                        policy("portals")
                                .applications("MicrosoftAdminPortals")
                                .device(false, WORKSTATION)
                                .any("block")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aPolicyThatBlocksTheWorkstationsThemselvesRequiresNone() {
        assertThat(workstation(
                        WORKSTATION, policy("no PAW").device(true, WORKSTATION).any("block")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void anotherRuleThanTheDesignatedOneNeverCoversThoughItMayMeanTheSame() {
        for (String other : List.of(
                "device.extensionAttribute1 -eq \"paw\"",
                "device.extensionAttribute1 -eq \"PAW\" -or device.isCompliant -eq True",
                "device.extensionAttribute1 -startsWith \"PAW\"")) {
            assertThat(workstation(
                            WORKSTATION, policy("other").device(false, other).any("block")))
                    .as(other)
                    .isInstanceOf(MfaDecision.Undecided.class);
        }
        assertThat(workstation(
                        WORKSTATION,
                        policy("negative")
                                .device(true, "device.extensionAttribute1 -ne \"PAW\"")
                                .any("block")))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void withoutARuleOrWithOneThatUnregisteredDevicesMatchNobodyCanTell() {
        assertThat(require(Requirement.PRIVILEGED_WORKSTATION, policy("MFA")))
                .isEqualTo(new MfaDecision.Undecided(
                        "no device filter rule is designated by which a privileged access workstation is known"));
        String negative = "device.extensionAttribute1 -ne \"office\"";
        assertThat(workstation(
                        negative, policy("only PAW").device(false, negative).any("block")))
                .isEqualTo(new MfaDecision.Undecided("the device filter rule that is designated for privileged access"
                        + " workstations may match devices that are not registered"));
    }

    @Test
    void aWorkstationThatIsKnownByWhatItsUserCanChangeIsNotKnown() {
        for (String fake : List.of(
                "device.displayName -startsWith \"PAW\"",
                "device.model -eq \"X1\" -and device.manufacturer -eq \"Lenovo\"",
                "device.extensionAttribute1 -eq \"PAW\" -or device.displayName -eq \"PAW\"",
                "device.profileType -eq \"RegisteredDevice\"",
                "device.trustType -eq \"AzureAD\"",
                "device.mdmAppId -eq \"0000000a-0000-0000-c000-000000000000\"",
                "device.deviceOwnership -eq \"Company\"",
                "device.displayName -startsWith \"PAW\" -and device.trustType -eq \"AzureAD\"",
                "device.isCompliant -eq True",
                "device.trustType -eq \"AzureAD\" -and (device.extensionAttribute1 -eq \"PAW\" -or device.model -eq \"X1\")")) {
            assertThat(workstation(fake, policy("only PAW").device(false, fake).any("block")))
                    .as(fake)
                    .isEqualTo(
                            new MfaDecision.Undecided("the device filter rule that is designated for privileged access"
                                    + " workstations asks for nothing but what any device of its user can be"));
        }
        for (String rule : List.of(
                "device.displayName -startsWith \"or\" -and device.extensionAttribute1 -eq \"PAW\"",
                "device.deviceId -in [\"aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb\"]",
                "device.physicalIds -contains \"[OrderId]:PAW\"",
                "device.enrollmentProfileName -eq \"PAW\" -and device.isCompliant -eq True",
                "device.systemLabels -contains \"M365Managed\"",
                "(device.extensionAttribute1 -eq \"PAW\" -and device.trustType -eq \"AzureAD\") -or"
                        + " device.extensionAttribute2 -eq \"PAW\"")) {
            assertThat(workstation(rule, policy("only PAW").device(false, rule).any("block")))
                    .as(rule)
                    .isInstanceOf(MfaDecision.Covered.class);
        }
    }

    @Test
    void aDeviceThatIsNotRegisteredMatchesNoRuleThatAsksForAValue() {
        assertThat(require(
                        Requirement.MFA,
                        policy("a").device(true, "device.a -eq 1"),
                        policy("b").device(true, "device.b -in [\"1\", \"2\"]")))
                .isEqualTo(uncovered(
                        "Windows, browser", "'a' does not apply to this device; 'b' does not apply to this device"));
        for (String rule : List.of(
                "device.b -ne \"1\"",
                "device.b -notIn [\"1\"]",
                "device.b -eq null",
                "device.b -startsWith \"\"",
                "not (device.b -eq \"1\")",
                "device.b")) {
            assertThat(require(
                            Requirement.MFA,
                            policy("a").device(true, "device.a -eq 1"),
                            policy("b").device(true, rule)))
                    .as(rule)
                    .isInstanceOf(MfaDecision.Undecided.class);
        }
    }

    private static MfaDecision ofGuest(PolicyBuilder... policies) {
        Account guest = account("guest_fabrikam.com#EXT#@contoso.onmicrosoft.com", TenantBuilder.Change.GUEST);
        TenantBuilder tenant = tenant().globalAdmin(guest).inGroups(guest);
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return ConditionalAccess.of(tenant.facts()).mfa(guest);
    }

    @Test
    void whetherAGuestsDeviceIsManagedDependsOnTrustThatIsNotRead() {
        assertThat(ofGuest(policy("either").any("mfa", "compliantDevice")))
                .isEqualTo(new MfaDecision.Undecided("Windows, browser, on a compliant device might need no MFA: what"
                        + " this directory is told of an external account's device depends on its trust in the other"
                        + " directory, which is not read"));
        assertThat(ofGuest(policy("both").every("mfa", "compliantDevice"))).isEqualTo(covered("both"));
        assertThat(ofGuest(policy("compliant ones").device(true, "device.isCompliant -eq True")))
                .isEqualTo(uncovered("Windows, browser", "'compliant ones' does not apply to this device"));
    }
}
