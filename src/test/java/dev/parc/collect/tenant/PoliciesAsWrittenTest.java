package dev.parc.collect.tenant;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.signin.Requirement;
import dev.parc.check.TenantBuilder;
import dev.parc.check.TenantBuilder.Change;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.facts.directory.Account;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What policies mean as people write them: from the JSON of Graph to the answer, each with what only looks like it. */
class PoliciesAsWrittenTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final String MFA = "{operator:'OR', builtInControls:['mfa']}";
    private static final String BLOCK = "{operator:'OR', builtInControls:['block']}";
    private static final String DEVICE = "{operator:'OR', builtInControls:['compliantDevice']}";

    private final FakeTenant tenant = FakeTenant.licensed();
    private int written;

    /** Adds a policy for everybody and everything, but for these conditions. */
    private PoliciesAsWrittenTest policy(String conditions, String grant) {
        ObjectNode policy = tenant.policy("policy " + ++written, "All", "", "mfa");
        merge(policy.withObject("/conditions"), FakeTenant.json(conditions));
        if (grant.isEmpty()) {
            policy.putNull("grantControls");
        } else {
            merge(policy.withObject("/grantControls"), FakeTenant.json(grant));
        }
        return this;
    }

    private static void merge(ObjectNode into, ObjectNode changes) {
        changes.properties().forEach(change -> {
            if (change.getValue() instanceof ObjectNode more && into.get(change.getKey()) instanceof ObjectNode part) {
                merge(part, more);
            } else {
                into.set(change.getKey(), change.getValue());
            }
        });
    }

    private PoliciesAsWrittenTest noLegacy() {
        return policy("{clientAppTypes:['exchangeActiveSync','other']}", BLOCK);
    }

    private ConditionalAccess policies(Account... accounts) {
        Readings readings = Readings.of(tenant, CONDITIONAL_ACCESS_POLICIES);
        assertThat(readings.gaps(CONDITIONAL_ACCESS_POLICIES)).isEmpty();
        TenantBuilder facts = tenant().globalAdmin(ANN).inGroups(ANN);
        for (Account one : accounts) {
            facts.account(one).inGroups(one);
        }
        readings.values(CONDITIONAL_ACCESS_POLICIES, ConditionalAccessPolicy.class)
                .forEach(facts::policy);
        return ConditionalAccess.of(facts.facts());
    }

    private MfaDecision mfa() {
        return policies().mfa(ANN);
    }

    private MfaDecision require(Requirement requirement) {
        return policies().require(ANN, requirement);
    }

    private static void covered(MfaDecision decision) {
        assertThat(decision).isInstanceOf(MfaDecision.Covered.class);
    }

    private static void undecided(MfaDecision decision) {
        assertThat(decision).isInstanceOf(MfaDecision.Undecided.class);
    }

    private static void uncovered(MfaDecision decision, String signIn) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        MfaDecision.Uncovered.class,
                        gap -> assertThat(gap.signIn()).isEqualTo(signIn));
    }

    @Test
    void aBrowserAloneLeavesApplications() {
        uncovered(
                policy("{clientAppTypes:['browser']}", MFA).noLegacy().mfa(), "Windows, mobile app or desktop client");
    }

    @Test
    void aBrowserAndApplicationsAreAllThatIsNotLegacy() {
        covered(policy("{clientAppTypes:['browser','mobileAppsAndDesktopClients']}", MFA)
                .noLegacy()
                .mfa());
    }

    @ParameterizedTest
    @ValueSource(strings = {"All", "all", "ALL"})
    void allIsAllInAnyCase(String all) {
        covered(policy(
                        "{users:{includeUsers:['%s']}, applications:{includeApplications:['%s']}, locations:{includeLocations:['%s'], excludeLocations:[]}, platforms:{includePlatforms:['%s'], excludePlatforms:[]}}"
                                .formatted(all, all, all, all),
                        MFA)
                .mfa());
    }

    @Test
    void whatIsNearlyAllIsNotModelled() {
        undecided(policy("{applications:{includeApplications:['Alle']}}", MFA).mfa());
    }

    @Test
    void noneIsNoApplicationAndNoUser() {
        uncovered(policy("{applications:{includeApplications:['None']}}", MFA).mfa(), "Windows, browser");
        uncovered(policy("{users:{includeUsers:['none']}}", MFA).mfa(), "Windows, browser");
    }

    @Test
    void adminPortalsAreNotEverything() {
        uncovered(
                policy("{applications:{includeApplications:['MicrosoftAdminPortals']}}", MFA)
                        .mfa(),
                "Windows, browser");
        covered(policy("{applications:{includeApplications:['All']}}", MFA).mfa());
    }

    @Test
    void azureManagementIsNotEverything() {
        uncovered(
                policy("{applications:{includeApplications:['797f4846-ba00-4fd7-ba43-dac1f8f63013']}}", MFA)
                        .mfa(),
                "Windows, browser");
    }

    @Test
    void office365LeftOutIsAHoleUntilAnotherPolicyIsForIt() {
        policy("{applications:{includeApplications:['All'], excludeApplications:['Office365']}}", MFA);
        uncovered(mfa(), "Windows, browser, to application Office365");
        policy("{applications:{includeApplications:['Office365']}}", MFA);
        assertThat(mfa())
                .isInstanceOfSatisfying(
                        MfaDecision.Undecided.class,
                        doubt -> assertThat(doubt.because()).contains("baseline scopes"));
    }

    @Test
    void aUserActionIsNoSignIn() {
        uncovered(
                policy("{applications:{includeApplications:[], includeUserActions:['urn:user:registerdevice']}}", MFA)
                        .mfa(),
                "Windows, browser");
        covered(policy("{}", MFA).mfa());
    }

    @Test
    void aHybridJoinedDeviceIsDemandedAndIsNoMfa() {
        policy("{}", "{operator:'OR', builtInControls:['domainJoinedDevice']}")
                .policy("{authenticationFlows:{transferMethods:'deviceCodeFlow,authenticationTransfer'}}", BLOCK);
        covered(require(Requirement.HYBRID_JOINED_DEVICE));
        uncovered(mfa(), "Windows, browser, on a hybrid joined device");
    }

    @Test
    void anApprovedOrProtectedApplicationIsNoMfaAndNobodyKnowsWhatMeetsIt() {
        policy("{}", "{operator:'OR', builtInControls:['approvedApplication','compliantApplication']}");
        uncovered(mfa(), "iOS, mobile app or desktop client");
        policy("{}", MFA);
        covered(mfa());
    }

    @Test
    void termsOfUseAreAcceptedWithoutMfa() {
        policy("{}", "{operator:'OR', builtInControls:[], termsOfUse:['8a5a0a3a-5a0a-4a5a-8a5a-0a3a5a0a4a5a']}");
        uncovered(mfa(), "Windows, browser");
    }

    @Test
    void termsOfUseAndMfaAreMfaAndEitherIsNot() {
        policy("{}", "{operator:'AND', builtInControls:['mfa'], termsOfUse:['8a5a0a3a-5a0a-4a5a-8a5a-0a3a5a0a4a5a']}");
        covered(mfa());
    }

    private static String strengthAnd(String operator) {
        return "{operator:'%s', builtInControls:['compliantDevice'], authenticationStrength:{id:'00000000-0000-0000-0000-000000000004', displayName:'x', allowedCombinations:['fido2']}}"
                .formatted(operator);
    }

    @Test
    void aStrengthOrADeviceIsNeither() {
        policy("{}", strengthAnd("OR"));
        uncovered(require(Requirement.PHISHING_RESISTANT_MFA), "Windows, browser, on a compliant device");
        uncovered(require(Requirement.COMPLIANT_DEVICE), "Windows, browser");
    }

    @Test
    void aStrengthAndADeviceIsBoth() {
        policy("{}", strengthAnd("AND"))
                .policy("{authenticationFlows:{transferMethods:'deviceCodeFlow,authenticationTransfer'}}", BLOCK);
        covered(require(Requirement.PHISHING_RESISTANT_MFA));
        covered(require(Requirement.COMPLIANT_DEVICE));
    }

    @Test
    void aGrantWithoutAnyControlDemandsNothing() {
        uncovered(policy("{}", "{operator:'OR', builtInControls:[]}").mfa(), "Windows, browser");
        uncovered(policy("{}", "").mfa(), "Windows, browser");
    }

    private static final String EVERY_GUEST =
            "internalGuest,b2bCollaborationGuest,b2bCollaborationMember,b2bDirectConnectUser,otherExternalUser,serviceProvider";

    private static String guests(String side, String types) {
        return "{users:{includeUsers:[%s], %sGuestsOrExternalUsers:{guestOrExternalUserTypes:'%s', externalTenants:{membershipKind:'all'}}}}"
                .formatted(side.equals("include") ? "" : "'All'", side, types);
    }

    @Test
    void guestsByTypeAreIncludedAndMembersAreNot() {
        Account guest = account("lee_fabrikam.com#EXT#@contoso.onmicrosoft.com", Change.GUEST);
        policy(guests("include", EVERY_GUEST), MFA);
        covered(policies(guest).mfa(guest));
        covered(policies().requireOfGuest(Requirement.MFA));
        uncovered(mfa(), "Windows, browser");
    }

    @Test
    void guestsByTypeAreLeftOutAndServiceProvidersHaveNoAccountHere() {
        Account guest = account("lee_fabrikam.com#EXT#@contoso.onmicrosoft.com", Change.GUEST);
        policy(guests("exclude", "serviceProvider"), MFA);
        covered(policies(guest).mfa(guest));
        covered(mfa());
        tenant.collection("/identity/conditionalAccess/policies").clear();
        policy(guests("exclude", EVERY_GUEST), MFA);
        uncovered(policies(guest).mfa(guest), "Windows, browser");
        covered(mfa());
    }

    @Test
    void platformsThatAreLeftOutAreAHole() {
        policy("{platforms:{includePlatforms:['all'], excludePlatforms:['macOS','linux']}}", MFA);
        uncovered(mfa(), "macOS, browser");
        policy("{platforms:{includePlatforms:['macOS','linux'], excludePlatforms:[]}}", BLOCK);
        covered(mfa());
    }

    private static String filter(String mode, String rule) {
        return "{devices:{includeDeviceStates:[], excludeDeviceStates:[], deviceFilter:{mode:'%s', rule:'%s'}}}"
                .formatted(mode, rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "device.isCompliant -eq True",
                "device.trustType -eq \\\"ServerAD\\\"",
                "device.deviceOwnership -eq \\\"Company\\\""
            })
    void aDeviceFilterLeavesOutOrMeansTheDevicesItMatches(String rule) {
        policy(filter("exclude", rule), MFA);
        uncovered(mfa(), "Windows, browser, on a device that matches " + rule.replace("\\", ""));
        policy(filter("include", rule), MFA);
        covered(mfa());
        tenant.collection("/identity/conditionalAccess/policies").clear();
        policy(filter("include", rule), MFA);
        uncovered(mfa(), "Windows, browser");
    }

    @Test
    void aPolicyForRisksIsForNothingElse() {
        uncovered(policy("{insiderRiskLevels:'elevated'}", BLOCK).mfa(), "Windows, browser");
        uncovered(policy("{signInRiskLevels:['high']}", MFA).mfa(), "Windows, browser");
        covered(policy("{}", MFA).mfa());
    }

    @Test
    void theRiskOfServicePrincipalsIsNoPersons() {
        policy(
                "{users:{includeUsers:['None']}, servicePrincipalRiskLevels:['high'], clientApplications:{includeServicePrincipals:['ServicePrincipalsInMyTenant'], excludeServicePrincipals:[]}}",
                BLOCK);
        uncovered(mfa(), "Windows, browser");
        undecided(policy("{servicePrincipalRiskLevels:['high']}", BLOCK).mfa());
    }

    @Test
    void transferOfAuthenticationIsAFlowOfItsOwn() {
        policy("{authenticationFlows:{transferMethods:'authenticationTransfer'}}", BLOCK)
                .policy("{}", DEVICE);
        undecided(require(Requirement.COMPLIANT_DEVICE));
        policy("{authenticationFlows:{transferMethods:'deviceCodeFlow'}}", BLOCK);
        covered(require(Requirement.COMPLIANT_DEVICE));
    }

    @Test
    void policiesOfAgentsAskNobodyElse() {
        policy("{users:{includeUsers:['AllAgentIdUsers']}}", BLOCK)
                .policy(
                        "{users:{includeUsers:['None']}, agentIdRiskLevels:'high', clientApplications:{includeAgentIdServicePrincipals:['All']}}",
                        BLOCK)
                .policy("{applications:{includeApplications:['AllAgentIdResources']}}", MFA);
        uncovered(mfa(), "Windows, browser");
        undecided(policy("{agentIdRiskLevels:'high'}", BLOCK).mfa());
    }

    @Test
    void aPolicyThatV1ShowsWithoutItsConditionProvesNothing() {
        covered(policy("{}", MFA).mfa());
        tenant.asOfBeta(written()).withObject("/conditions").put("agentIdRiskLevels", "high");
        undecided(mfa());
    }

    @Test
    void aPolicyThatV1ShowsAsOneForEverybodyIsForAgents() {
        covered(policy("{}", BLOCK).mfa());
        tenant.asOfBeta(written())
                .withObject("/conditions/users")
                .putArray("includeUsers")
                .add("AllAgentIdUsers");
        uncovered(mfa(), "Windows, browser");
    }

    @Test
    void aPolicyThatV1LeavesOutMayProtect() {
        uncovered(mfa(), "Windows, browser");
        tenant.inPreview(policy("{}", MFA).written());
        undecided(mfa());
        tenant.inPreview(
                policy("{users:{includeUsers:['None']}, clientApplications:{includeServicePrincipals:['All']}}", BLOCK)
                        .written());
        undecided(mfa());
        covered(policy("{}", MFA).mfa());
    }

    @Test
    void aPolicyForWorkloadsThatV1LeavesOutIsForNobodyElse() {
        tenant.inPreview(
                policy("{users:{includeUsers:['None']}, clientApplications:{includeServicePrincipals:['All']}}", BLOCK)
                        .written());
        uncovered(mfa(), "Windows, browser");
    }

    /** The policy that was written last. */
    private ObjectNode written() {
        var policies = tenant.collection("/identity/conditionalAccess/policies");
        return policies.get(policies.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{signInFrequency:{isEnabled:true, frequencyInterval:'everyTime', authenticationType:'primaryAndSecondaryAuthentication'}}",
                "{persistentBrowser:{isEnabled:true, mode:'never'}}",
                "{secureSignInSession:{isEnabled:true}}",
                "{continuousAccessEvaluation:{mode:'strictLocation'}}",
                "{applicationEnforcedRestrictions:{isEnabled:true}}"
            })
    void controlsOfTheSessionDemandNothingAtTheSignInAndTakeNothingFromWhatDoes(String session) {
        policy("{}", "");
        tenant.collection("/identity/conditionalAccess/policies")
                .get(0)
                .set("sessionControls", FakeTenant.json(session));
        uncovered(mfa(), "Windows, browser");
        policy("{}", MFA);
        tenant.collection("/identity/conditionalAccess/policies")
                .get(1)
                .set("sessionControls", FakeTenant.json(session));
        assertThat(policies().requireOfMember(Set.of(), Requirement.MFA))
                .isEqualTo(new MfaDecision.Covered(java.util.List.of("policy 2")));
    }
}
