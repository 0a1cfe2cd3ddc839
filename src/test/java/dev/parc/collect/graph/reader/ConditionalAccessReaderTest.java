package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.DeviceFilter;
import dev.parc.facts.policies.ConditionalAccessPolicy.Grant;
import dev.parc.facts.policies.ConditionalAccessPolicy.Guests;
import dev.parc.facts.policies.ConditionalAccessPolicy.Scope;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionalAccessReaderTest {

    private final FakeTenant tenant = FakeTenant.licensed();
    private final ObjectNode policy = tenant.policy("MFA", "All", "", "mfa");

    private ConditionalAccessPolicy read() {
        return Readings.of(tenant, CONDITIONAL_ACCESS_POLICIES)
                .only(CONDITIONAL_ACCESS_POLICIES, ConditionalAccessPolicy.class);
    }

    /** Sets properties of one part of the policy, then reads it. */
    private ConditionalAccessPolicy with(String part, String properties) {
        policy.withObject(part).setAll(FakeTenant.json(properties));
        return read();
    }

    @Test
    void aPlainPolicyIsModelledWhole() {
        ConditionalAccessPolicy read = read();
        assertThat(read.notModelled()).isEmpty();
        assertThat(read.state()).isEqualTo(State.ENABLED);
        assertThat(read.users().includeUsers()).containsExactly("All");
        assertThat(read.applications().include()).containsExactly("All");
        assertThat(read.clientAppTypes()).containsExactly("all");
        assertThat(read.platforms()).isEqualTo(Scope.ANY);
        assertThat(read.locations()).isEqualTo(Scope.ANY);
        assertThat(read.grant()).contains(new Grant(false, Set.of("mfa"), Optional.empty(), Set.of(), Set.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "enabled, ENABLED, 0",
        "enabledForReportingButNotEnforced, REPORT_ONLY, 0",
        "disabled, DISABLED, 0",
        "enabledOnSundays, UNKNOWN, 1",
    })
    void onlyEnabledIsEnabled(String state, State expected, int notModelled) {
        policy.put("state", state);
        assertThat(read().state()).isEqualTo(expected);
        assertThat(read().notModelled()).hasSize(notModelled);
    }

    @ParameterizedTest
    @CsvSource({
        "'{cloudAppSecurity:{isEnabled:true}}', true",
        "'{cloudAppSecurity:{isEnabled:false}}', false",
        "'{}', false"
    })
    void sessionsThatDefenderForCloudAppsWatchesAreTold(String controls, boolean watched) {
        policy.set("sessionControls", FakeTenant.json(controls));
        assertThat(read().cloudAppSecurity()).isEqualTo(watched);
        assertThat(read().notModelled()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'{signInFrequency:{isEnabled:true, frequencyInterval:\"everyTime\"}}', true",
        "'{signInFrequency:{isEnabled:false, frequencyInterval:\"everyTime\"}}', false",
        "'{signInFrequency:{isEnabled:true, frequencyInterval:\"timeBased\", value:4, type:\"hours\"}}', false",
        "'{signInFrequency:{isEnabled:true, frequencyInterval:null}}', false",
        "'{signInFrequency:{isEnabled:true}}', false",
        "'{}', false"
    })
    void aNewAuthenticationEveryTimeIsTold(String controls, boolean everyTime) {
        policy.set("sessionControls", FakeTenant.json(controls));
        assertThat(read().everyTime()).isEqualTo(everyTime);
        assertThat(read().notModelled()).isEmpty();
    }

    @Test
    void everyConditionThatIsModelledIsRead() {
        String group = FakeTenant.id("g");
        ConditionalAccessPolicy read = with("/conditions", """
            {clientAppTypes:['browser','other'],
             platforms:{includePlatforms:['all'], excludePlatforms:['iOS','android']},
             locations:{includeLocations:['All'], excludeLocations:['AllTrusted']},
             devices:{deviceFilter:{mode:'exclude', rule:'device.isCompliant -eq True'}},
             signInRiskLevels:['high'], userRiskLevels:['medium','high'],
             insiderRiskLevels:'minor,moderate', authenticationFlows:{transferMethods:'deviceCodeFlow,authenticationTransfer'},
             users:{includeUsers:[], excludeUsers:['GuestsOrExternalUsers'], includeGroups:['%s'], excludeGroups:[],
               includeRoles:['62E90394-69F5-4237-9190-012177145E10'], excludeRoles:[],
               includeGuestsOrExternalUsers:{guestOrExternalUserTypes:'b2bCollaborationGuest,internalGuest',
                 externalTenants:{'@odata.type':'#x', membershipKind:'enumerated', members:['%s']}},
               excludeGuestsOrExternalUsers:{guestOrExternalUserTypes:'serviceProvider', externalTenants:null}},
             applications:{includeApplications:['Office365'], excludeApplications:['MicrosoftAdminPortals'],
               includeUserActions:['urn:user:registersecurityinfo'],
               includeAuthenticationContextClassReferences:['c1'], applicationFilter:null}}\
            """.formatted(group, group));
        assertThat(read.notModelled()).isEmpty();
        assertThat(read.clientAppTypes()).containsExactlyInAnyOrder("browser", "other");
        assertThat(read.platforms()).isEqualTo(new Scope(Set.of("all"), Set.of("iOS", "android")));
        assertThat(read.locations()).isEqualTo(new Scope(Set.of("All"), Set.of("AllTrusted")));
        assertThat(read.deviceFilter()).contains(new DeviceFilter(false, "device.isCompliant -eq True"));
        assertThat(read.signInRisks()).containsExactly("high");
        assertThat(read.userRisks()).containsExactlyInAnyOrder("medium", "high");
        assertThat(read.insiderRisks()).containsExactlyInAnyOrder("minor", "moderate");
        assertThat(read.authenticationFlows()).containsExactlyInAnyOrder("deviceCodeFlow", "authenticationTransfer");
        assertThat(read.users().includeGroups()).containsExactly(group);
        assertThat(read.users().includeRoles()).containsExactly("62e90394-69f5-4237-9190-012177145e10");
        assertThat(read.users().excludeUsers()).containsExactly("GuestsOrExternalUsers");
        assertThat(read.users().includeGuests())
                .contains(new Guests(Set.of("b2bCollaborationGuest", "internalGuest"), Set.of(group)));
        assertThat(read.users().excludeGuests()).contains(new Guests(Set.of("serviceProvider"), Set.of()));
        assertThat(read.applications().include()).containsExactly("Office365");
        assertThat(read.applications().exclude()).containsExactly("MicrosoftAdminPortals");
        assertThat(read.applications().userActions()).containsExactly("urn:user:registersecurityinfo");
        assertThat(read.applications().authenticationContexts()).containsExactly("c1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/conditions | {deviceStates:{includeStates:['All']}} | deviceStates",
                "/conditions | {clientApplications:{includeServicePrincipals:['x']}} | clientApplications",
                "/conditions | {times:{includedRanges:[{}]}} | times",
                "/conditions | {agents:{includeAgents:['All']}} | agents",
                "/conditions | {servicePrincipalRiskLevels:['high']} | servicePrincipalRiskLevels",
                "/conditions | {somethingNew:false} | somethingNew",
                "/conditions | {clientAppTypes:['browser','toaster']} | clientAppTypes",
                "/conditions | {clientAppTypes:[]} | clientAppTypes",
                "/conditions | {clientAppTypes:['easSupported']} | clientAppTypes",
                "/conditions | {agentIdRiskLevels:['high']} | agentIdRiskLevels",
                "/conditions/users | {includeUsers:['AllRobots']} | includeUsers",
                "/conditions/users | {excludeUsers:['AllRobots']} | excludeUsers",
                "/conditions/users | {excludeGroups:['All']} | excludeGroups",
                "/conditions/users | {includeRoles:['All']} | includeRoles",
                "/conditions/applications | {includeApplications:['SomeSuite']} | includeApplications",
                "/conditions/applications | {excludeApplications:['SomeSuite']} | excludeApplications",
                "/conditions | {signInRiskLevels:['extreme']} | signInRiskLevels",
                "/conditions | {userRiskLevels:['unknownFutureValue']} | userRiskLevels",
                "/conditions | {insiderRiskLevels:'extreme'} | insiderRiskLevels",
                "/conditions | {authenticationFlows:{transferMethods:'deviceCodeFlow,pigeon'}} | transferMethods",
                "/conditions | {authenticationFlows:{other:'x'}} | other",
                "/conditions | {platforms:{includePlatforms:['beOS'], excludePlatforms:[]}} | platforms",
                "/conditions | {platforms:{includePlatforms:[], excludePlatforms:['iOS']}} | platforms",
                "/conditions | {locations:{includeLocations:['All'], excludeLocations:[], nearby:true}} | nearby",
                "/conditions | {devices:{includeDevices:['All'], deviceFilter:null}} | includeDevices",
                "/conditions | {devices:{deviceFilter:{mode:'maybe', rule:'x'}}} | deviceFilter",
                "/conditions/applications | {applicationFilter:{mode:'include', rule:'x'}} | applicationFilter",
                "/conditions/applications | {globalSecureAccess:{}, networkAccess:['x']} | networkAccess, includeApplications",
                "/conditions/users | {includePets:['x']} | includePets, includeUsers",
                "/conditions/users | {includeGuestsOrExternalUsers:{guestOrExternalUserTypes:'alien',"
                        + " externalTenants:null}} | guestOrExternalUserTypes",
                "/conditions/users | {includeGuestsOrExternalUsers:{guestOrExternalUserTypes:'internalGuest',"
                        + " externalTenants:{membershipKind:'some'}}} | externalTenants",
                "/grantControls | {builtInControls:['retinaScan']} | builtInControls",
                "/grantControls | {builtInControls:['mfa','compliantDevice'], operator:'XOR'} | operator",
                "/grantControls | {extra:'x'} | extra, grantControls",
                "/ | {partialEnablementStrategy:'x'} | partialEnablementStrategy",
                "/ | {deletedDateTime:'2026-01-01T00:00:00Z'} | deletedDateTime",
            })
    void whatIsNotModelledIsNamed(String part, String properties, String names) {
        if (part.equals("/")) {
            policy.setAll(FakeTenant.json(properties));
        } else {
            with(part, properties);
        }
        assertThat(read().notModelled()).containsExactlyInAnyOrder(names.split(", ", -1));
    }

    @Test
    void literalsThatStandForManyAreKnown() {
        ConditionalAccessPolicy read = with(
                "/conditions/users",
                "{includeUsers:['All'], excludeUsers:['GuestsOrExternalUsers','AllAgentIdUsers']}");
        assertThat(read.notModelled()).isEmpty();
        assertThat(with("/conditions/applications", "{excludeApplications:['Office365','AllAgentIdResources']}")
                        .notModelled())
                .isEmpty();
    }

    @Test
    void sessionControlsDecideNothingAndAPolicyMayDemandNothing() {
        policy.putNull("grantControls").putObject("sessionControls").put("x", 1);
        assertThat(read().grant()).isEmpty();
        assertThat(read().notModelled()).isEmpty();
    }

    @Test
    void anAuthenticationStrengthCarriesItsCombinations() {
        ConditionalAccessPolicy read = with("/grantControls", """
            {operator:'AND', builtInControls:['compliantDevice'], authenticationStrength:{
              id:'00000000-0000-0000-0000-000000000004', displayName:'Own name', allowedCombinations:['fido2'],
              'combinationConfigurations@odata.context':'x', combinationConfigurations:[]}}\
            """);
        assertThat(read.grant())
                .contains(new Grant(
                        true,
                        Set.of("compliantDevice"),
                        Optional.of(new AuthenticationStrength(
                                "00000000-0000-0000-0000-000000000004", "Own name", Set.of("fido2"))),
                        Set.of(),
                        Set.of()));
    }

    @Test
    void aStrengthWithoutItsCombinationsIsNoPolicyToJudge() {
        policy.withObject("/grantControls")
                .set("authenticationStrength", FakeTenant.json("{id:'00000000-0000-0000-0000-000000000004'}"));
        assertThat(read().notModelled()).containsExactly("grantControls");
        assertThat(read().grant().orElseThrow().strength()).isEmpty();
    }

    @Test
    void termsOfUseAndCustomFactorsAreOtherControls() {
        ConditionalAccessPolicy read =
                with("/grantControls", "{termsOfUse:['t1'], customAuthenticationFactors:['RequireDuoMfa']}");
        assertThat(read.grant().orElseThrow().termsOfUse()).containsExactly("t1");
        assertThat(read.grant().orElseThrow().customControls()).containsExactly("RequireDuoMfa");
        assertThat(read.notModelled()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "users, includeUsers",
        "applications, includeApplications",
        "clientAppTypes, clientAppTypes",
        "platforms, platforms",
        "locations, locations",
        "devices, deviceFilter",
        "userRiskLevels, userRiskLevels",
        "signInRiskLevels, signInRiskLevels"
    })
    void anAbsentConditionIsNotOneThatIsNotSet(String condition, String named) {
        policy.withObject("/conditions").remove(condition);
        assertThat(read().notModelled()).contains(named);
    }

    @ParameterizedTest
    @CsvSource({
        "state, state",
        "conditions, includeUsers",
        "conditions, includeApplications",
        "grantControls, grantControls"
    })
    void anAbsentPartIsNamed(String part, String named) {
        policy.remove(part);
        assertThat(read().notModelled()).contains(named);
        assertThat(read().grant()).isPresent();
        assertThat(read().mayBeEnabled()).isTrue();
    }

    @Test
    void aPolicyWithoutItsIdIsAGap() {
        policy.remove("id");
        assertThat(Readings.of(tenant, CONDITIONAL_ACCESS_POLICIES).unread(CONDITIONAL_ACCESS_POLICIES))
                .isEqualTo("Conditional Access policies came without id");
    }

    @Test
    void noPoliciesAreReadAsNone() {
        tenant.collection("/identity/conditionalAccess/policies").clear();
        assertThat(Readings.of(tenant, CONDITIONAL_ACCESS_POLICIES)
                        .values(CONDITIONAL_ACCESS_POLICIES, ConditionalAccessPolicy.class))
                .isEmpty();
    }

    @Test
    void aConditionThatOnlyBetaShowsIsReadOrNamed() {
        ObjectNode inBeta = tenant.asOfBeta(policy);
        inBeta.withObject("/conditions").put("agentIdRiskLevels", "high");
        inBeta.withObject("/conditions").put("insiderRiskLevels", "elevated");
        inBeta.withObject("/conditions/applications")
                .set("networkAccess", FakeTenant.json("{trafficProfiles:'internet'}"));
        ConditionalAccessPolicy read = read();
        assertThat(read.insiderRisks()).containsExactly("elevated");
        assertThat(read.notModelled()).containsExactly("agentIdRiskLevels", "includeApplications", "networkAccess");
    }

    @Test
    void whomAndWhatBetaNamesDecides() {
        ObjectNode inBeta = tenant.asOfBeta(policy);
        inBeta.withObject("/conditions/users").putArray("includeUsers").add("AllAgentIdUsers");
        inBeta.withObject("/grantControls")
                .putArray("builtInControls")
                .add("mfa")
                .add("verifiedID");
        ConditionalAccessPolicy read = read();
        assertThat(read.users().includeUsers()).containsExactly("AllAgentIdUsers");
        assertThat(read.forSomebody()).isFalse();
        assertThat(read.notModelled()).containsExactly("builtInControls");
    }

    @Test
    void whatBetaLeavesEmptyIsAsV1ShowsIt() {
        policy.withObject("/conditions").putArray("signInRiskLevels").add("high");
        policy.withObject("/grantControls")
                .set(
                        "authenticationStrength",
                        tenant.collection("/policies/authenticationStrengthPolicies")
                                .get(0));
        ObjectNode inBeta = tenant.asOfBeta(policy);
        inBeta.withObject("/conditions").putArray("signInRiskLevels");
        inBeta.withObject("/grantControls").putNull("authenticationStrength");
        inBeta.withObject("/conditions").putNull("deviceStates").putArray("servicePrincipalRiskLevels");
        ConditionalAccessPolicy read = read();
        assertThat(read.signInRisks()).containsExactly("high");
        assertThat(read.grant().flatMap(Grant::strength)).isPresent();
        assertThat(read.notModelled()).isEmpty();
    }

    @Test
    void aPolicyThatV1LeavesOutIsReadAndProvesNothing() {
        tenant.inPreview(policy);
        ConditionalAccessPolicy read = read();
        assertThat(read.displayName()).isEqualTo("MFA");
        assertThat(read.notModelled()).containsExactly("a setting in preview");
    }

    @ParameterizedTest
    @CsvSource({
        "403, Authorization_RequestDenied",
        "404, ResourceNotFound",
        "400, BadRequest",
        "503, ServiceUnavailable"
    })
    void whereBetaDoesNotAnswerV1StandsAlone(int status, String code) {
        tenant.asOfBeta(policy).withObject("/conditions").put("agentIdRiskLevels", "high");
        tenant.inPreview(tenant.policy("preview", "All", "", "mfa"));
        tenant.refuse("/beta/identity/conditionalAccess/policies", status, code);
        assertThat(read().notModelled()).isEmpty();
    }

    @Test
    void betaIsNotAskedWhereV1IsRefused() {
        tenant.refuse("/identity/conditionalAccess/policies", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, CONDITIONAL_ACCESS_POLICIES).unread(CONDITIONAL_ACCESS_POLICIES))
                .startsWith("permission Policy.Read.All");
        assertThat(tenant.requests()).doesNotContainKey("GET /beta/identity/conditionalAccess/policies");
    }
}
