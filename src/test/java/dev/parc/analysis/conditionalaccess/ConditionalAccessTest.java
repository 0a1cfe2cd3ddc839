package dev.parc.analysis.conditionalaccess;

import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.ANN;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.annAmong;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.covered;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.decide;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.permanent;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.require;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.uncovered;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.with;
import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.signin.Requirement;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.directory.Account;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConditionalAccessTest {

    @Test
    void onePolicyForEverythingCovers() {
        assertThat(with(policy("MFA"))).isEqualTo(covered("MFA"));
    }

    @Test
    void severalPoliciesCoverTogetherWhatNoneCoversAlone() {
        assertThat(with(
                        policy("modern").clients("browser", "mobileAppsAndDesktopClients"),
                        policy("legacy").clients("exchangeActiveSync", "other").any("block")))
                .isEqualTo(covered("modern", "legacy"));
    }

    @Test
    void legacyAuthenticationThatNobodyBlocksIsAHole() {
        assertThat(with(policy("modern").clients("browser", "mobileAppsAndDesktopClients")))
                .isEqualTo(uncovered("Windows, Exchange ActiveSync", "'modern' does not apply to this client"));
    }

    @Test
    void aPolicyForRiskOnlyCoversOnlyRisk() {
        assertThat(with(policy("risky").signInRisks("high")))
                .isEqualTo(uncovered("Windows, browser", "'risky' does not apply without that risk"));
    }

    @Test
    void aListOfDemandsThatIsEmptyDemandsNothing() {
        assertThat(with(policy("empty").any())).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("empty").every())).isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void anApprovedApplicationIsNoLongerDemandedByMicrosoft() {
        assertThat(require(
                        Requirement.LEGACY_AUTHENTICATION_BLOCKED,
                        policy("approved").any("approvedApplication")))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void termsAloneAndABlockWithExclusionsAreNoMfa() {
        assertThat(with(policy("terms").onlyTermsOfUse("t1"))).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("block").any("block").notForUser(ANN.id()))).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("block abroad").any("block").platforms(Set.of("all"), Set.of("windows"))))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aFederatedPasswordMakesAStrengthNoMfa() {
        assertThat(with(policy("federated").strength("federatedMultiFactor"))).isEqualTo(covered("federated"));
        assertThat(with(policy("federated").strength("federatedMultiFactor", "federatedSingleFactor")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void securityDefaultsGoOnBesidePoliciesAndAreForFurtherRoles() {
        assertThat(decide(annAmong()
                        .securityDefaults(true)
                        .policy(policy("MFA").notForUser(ANN.id()).build())))
                .isEqualTo(covered("security defaults"));
        TenantBuilder application = tenant().account(ANN)
                .inGroups(ANN)
                .add(FactKind.PIM_ASSIGNMENTS, permanent("9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "/"))
                .securityDefaults(true);
        assertThat(decide(application)).isEqualTo(covered("security defaults"));
    }

    @Test
    void mfaOrACompliantDeviceIsNotMfa() {
        assertThat(with(policy("either").any("mfa", "compliantDevice")))
                .isEqualTo(uncovered(
                        "Windows, browser, on a compliant device", "'either' accepts something other than MFA"));
        assertThat(with(policy("both").every("mfa", "compliantDevice"))).isEqualTo(covered("both"));
    }

    @Test
    void aSignInThatAnotherPolicyStopsIsNoCounterexample() {
        assertThat(with(
                        policy("either").any("mfa", "compliantDevice"),
                        policy("no compliant")
                                .device(false, "device.isCompliant -eq False")
                                .any("mfa")))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(
                        policy("either").any("mfa", "compliantDevice"),
                        policy("joined").any("domainJoinedDevice")))
                .isEqualTo(uncovered(
                        "Windows, browser, on a compliant device, on a hybrid joined device",
                        "'either' accepts something other than MFA"));
    }

    @Test
    void termsOfUseAreNoMfa() {
        assertThat(with(policy("terms").mfaOrTermsOfUse("t1"))).isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aCustomControlIsForAPersonToJudge() {
        assertThat(with(policy("duo").mfaOrCustom("RequireDuoMfa"))).isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void strengthsAreJudgedByTheirCombinations() {
        assertThat(with(policy("own").strength("fido2", "password,softwareOath")))
                .isEqualTo(covered("own"));
        assertThat(with(policy("weak").strength("fido2", "password"))).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("new").strength("somethingNew"))).isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void aStrengthWithoutCombinationsIsLookedUpAndOtherwiseUndecided() {
        assertThat(with(policy("bare").strength())).isInstanceOf(MfaDecision.Undecided.class);
        assertThat(decide(annAmong()
                        .policy(policy("bare").strength().build())
                        .add(
                                FactKind.AUTHENTICATION_STRENGTHS,
                                new AuthenticationStrength("strength", "Strength", Set.of("fido2")))))
                .isEqualTo(covered("bare"));
    }

    @Test
    void sessionControlsAndReportOnlyAreNoProtection() {
        assertThat(with(policy("session").sessionOnly()))
                .isEqualTo(uncovered("Windows, browser", "no enabled policy demands MFA of this account"));
        assertThat(with(policy("report").state(ConditionalAccessPolicy.State.REPORT_ONLY)))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("off").state(ConditionalAccessPolicy.State.DISABLED)))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void securityDefaultsProtectAdministrators() {
        assertThat(decide(annAmong().securityDefaults(true))).isEqualTo(covered("security defaults"));
        Account nobody = account("nobody@contoso.com");
        assertThat(ConditionalAccess.of(annAmong()
                                .account(nobody)
                                .inGroups(nobody)
                                .securityDefaults(true)
                                .facts())
                        .mfa(nobody))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void mfaIsNotPhishingResistantUntilTheStrengthSaysSo() {
        Requirement requirement = Requirement.PHISHING_RESISTANT_MFA;
        assertThat(require(requirement, policy("MFA")))
                .isEqualTo(uncovered("Windows, browser", "'MFA' accepts weaker methods than phishing-resistant MFA"));
        assertThat(require(
                        requirement,
                        policy("keys").strength("windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor")))
                .isEqualTo(covered("keys"));
        assertThat(require(requirement, policy("or push").strength("fido2", "deviceBasedPush")))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(require(requirement, policy("new").strength("fido2", "somethingNew")))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void legacyAuthenticationIsBlockedByABlockOrByWhatItCannotDo() {
        Requirement requirement = Requirement.LEGACY_AUTHENTICATION_BLOCKED;
        assertThat(require(
                        requirement,
                        policy("legacy").clients("exchangeActiveSync", "other").any("block")))
                .isEqualTo(covered("legacy"));
        assertThat(require(requirement, policy("MFA"))).isEqualTo(covered("MFA"));
        assertThat(require(requirement, policy("other").clients("other").any("block")))
                .isEqualTo(uncovered("Windows, Exchange ActiveSync", "'other' does not apply to this client"));
        assertThat(require(requirement, policy("compliant").any("compliantDevice")))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void atRiskOnlySignInsAtRiskCount() {
        Requirement requirement = Requirement.MFA_AT_SIGN_IN_RISK;
        assertThat(require(requirement, policy("risky").signInRisks("medium", "high")))
                .isEqualTo(covered("risky"));
        assertThat(require(requirement, policy("high").signInRisks("high")))
                .isEqualTo(
                        uncovered("Windows, browser, sign-in risk medium", "'high' does not apply without that risk"));
    }

    @Test
    void atHighUserRiskMfaIsNoRemedy() {
        Requirement requirement = Requirement.REMEDY_AT_USER_RISK;
        assertThat(require(requirement, policy("change").userRisks("high").every("mfa", "passwordChange")))
                .isEqualTo(covered("change"));
        assertThat(require(requirement, policy("block").userRisks("high").any("block")))
                .isEqualTo(covered("block"));
        assertThat(require(requirement, policy("remedy").userRisks("high").every("riskRemediation")))
                .isEqualTo(covered("remedy"));
        assertThat(require(requirement, policy("MFA").userRisks("high")))
                .isEqualTo(uncovered(
                        "Windows, browser, user risk high",
                        "no enabled policy demands a password change or other remedy of this account"));
        assertThat(require(requirement, policy("medium").userRisks("medium").every("mfa", "passwordChange")))
                .isEqualTo(uncovered("Windows, browser, user risk high", "'medium' does not apply without that risk"));
    }

    @Test
    void aProofNamesNoPolicyThatItDoesNotNeed() {
        assertThat(with(
                        policy("portals").applications("MicrosoftAdminPortals"),
                        policy("modern").clients("browser", "mobileAppsAndDesktopClients"),
                        policy("legacy").clients("exchangeActiveSync", "other").any("block")))
                .isEqualTo(covered("modern", "legacy"));
    }

    @Test
    void onlyWhatWouldStopTheSignInIsAReasonForTheGap() {
        assertThat(with(
                        policy("MFA").notApplications("app"),
                        policy("of another application").applications("other"),
                        policy("at a context").onContext("c1"),
                        policy("at registration").onlyUserAction("urn:user:registersecurityinfo"),
                        policy("at risk").signInRisks("high")))
                .isEqualTo(
                        uncovered("Windows, browser, to application app", "'MFA' does not apply to this application"));
        assertThat(with(policy("at a context").onContext("c1")))
                .isEqualTo(uncovered("Windows, browser", "no enabled policy demands MFA of this account"));
        assertThat(with(
                        policy("not Ann").notForUser(ANN.id()),
                        policy("not Ann either, from her phone")
                                .notForUser(ANN.id())
                                .platforms(Set.of("iOS"), Set.of())))
                .isEqualTo(uncovered("Windows, browser", "'not Ann' excludes the account"));
        assertThat(with(
                        policy("not on Windows").platforms(Set.of("all"), Set.of("windows")),
                        policy("phones in a browser")
                                .platforms(Set.of("iOS"), Set.of())
                                .clients("mobileAppsAndDesktopClients")))
                .isEqualTo(uncovered("Windows, browser", "'not on Windows' does not apply to this platform"));
        assertThat(with(policy("phones' applications")
                        .platforms(Set.of("iOS"), Set.of())
                        .clients("mobileAppsAndDesktopClients")))
                .isEqualTo(uncovered(
                        "Windows, browser",
                        "'phones' applications' does not apply to this client and to this platform"));
    }

    @Test
    void whatIsNotModelledNeitherProvesNorLetsThrough() {
        assertThat(with(policy("new clients").clients("browser").notModelled("clientAppTypes")))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("by attribute").applications().notModelled("applicationFilter")))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("new people").forNobody().notModelled("includeUsers")))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("new demand").any("compliantDevice").notModelled("grantControls")))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("joined anyhow").any("mfa", "compliantDevice").notModelled("operator")))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("at risk of agents").signInRisks("high").notModelled("agentIdRiskLevels")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }
}
