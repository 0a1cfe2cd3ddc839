package dev.parc.roadmap;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.activationContext;
import static dev.parc.check.TenantBuilder.activationTakes;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.roles.DirectoryRole.EXCHANGE_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static dev.parc.roadmap.Traps.EXCHANGE;
import static dev.parc.roadmap.Traps.GLOBAL;
import static dev.parc.roadmap.Traps.ask;
import static dev.parc.roadmap.Traps.mfa;
import static dev.parc.roadmap.Traps.outcome;
import static dev.parc.roadmap.Traps.put;
import static dev.parc.roadmap.Traps.require;
import static dev.parc.roadmap.Traps.withAnn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.signin.Requirement;
import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.CheckTester.Expectation;
import dev.parc.check.Outcome;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.check.Verdict;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.roadmap.Traps.Trap;
import dev.parc.roadmap.stage1.S106MfaIsRequired;
import dev.parc.roadmap.stage3.S314AzureLogsReachTheSiem;
import dev.parc.roadmap.stage4.S407AuditLogsAreKept;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Verdicts on Conditional Access and on roles that are activated that are known to go wrong; each test fails if PARC fell into its trap. */
class ConditionalAccessTrapsTest {

    private static ObjectNode users(ObjectNode policy) {
        return policy.withObject("/conditions/users");
    }

    private static void isMfaRequired(Outcome outcome, FakeTenant tenant) {
        assertThat(ask(new S106MfaIsRequired(), tenant).verdict().outcome()).isEqualTo(outcome);
    }

    @Test
    @Trap(5)
    void severalPoliciesTogetherProtectThoughNoneDoesAlone() {
        FakeTenant tenant = withAnn();
        ObjectNode modern = tenant.policy("modern", "All", "", "mfa");
        put(modern.withObject("/conditions"), "clientAppTypes", "browser", "mobileAppsAndDesktopClients");
        isMfaRequired(Outcome.FAIL, tenant);
        ObjectNode legacy = tenant.policy("legacy", "All", "", "block");
        put(legacy.withObject("/conditions"), "clientAppTypes", "exchangeActiveSync", "other");
        ask(new S106MfaIsRequired(), tenant)
                .isPass("the only permanently assigned account needs MFA at every sign-in, by legacy, modern");
    }

    @Test
    @Trap({5, 6, 15})
    void aPolicyWithAConditionIsNotForEverySignIn() {
        for (String condition : List.of(
                "{signInRiskLevels:['high']}",
                "{userRiskLevels:['high']}",
                "{locations:{includeLocations:['AllTrusted'], excludeLocations:[]}}",
                "{platforms:{includePlatforms:['android'], excludePlatforms:[]}}",
                "{clientAppTypes:['browser']}",
                "{authenticationFlows:{transferMethods:'deviceCodeFlow'}}",
                "{insiderRiskLevels:'elevated'}",
                "{devices:{deviceFilter:{mode:'include', rule:'device.isCompliant -eq False'}}}")) {
            FakeTenant tenant = withAnn();
            mfa(tenant).withObject("/conditions").setAll(FakeTenant.json(condition));
            ask(new S106MfaIsRequired(), tenant).isFail("1 of 1 permanently assigned account can sign in without MFA");
        }
    }

    @Test
    @Trap({6, 14, 15})
    void whomAPolicyLeavesOutIsNotProtectedByIt() {
        for (Map.Entry<String, String> exclusion : Map.of(
                        "excludeUsers", FakeTenant.id("ann"),
                        "excludeGroups", FakeTenant.id("service"),
                        "excludeRoles", GLOBAL)
                .entrySet()) {
            FakeTenant tenant = withAnn();
            put(users(mfa(tenant)), exclusion.getKey(), exclusion.getValue());
            Expectation answer = ask(new S106MfaIsRequired(), tenant);
            assertThat(answer.verdict().outcome()).as(exclusion.getKey()).isNotEqualTo(Outcome.PASS);
            assertThat(answer.verdict().findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message()).contains("'MFA' excludes the account"));
        }
    }

    @Test
    @Trap(6)
    void aPolicyForAllUsersOrForTheRoleAtHandIsEnough() {
        FakeTenant everybody = withAnn();
        mfa(everybody);
        isMfaRequired(Outcome.PASS, everybody);
        FakeTenant role = withAnn();
        ObjectNode policy = tenantPolicyForRoles(role, GLOBAL);
        isMfaRequired(Outcome.PASS, role);
        put(users(policy), "includeRoles", EXCHANGE, GLOBAL);
        isMfaRequired(Outcome.PASS, role);
    }

    private static ObjectNode tenantPolicyForRoles(FakeTenant tenant, String... roles) {
        ObjectNode policy = mfa(tenant);
        put(users(policy), "includeUsers");
        put(users(policy), "includeRoles", roles);
        return policy;
    }

    @Test
    @Trap({14, 21})
    void aPolicyForOneRoleOrForNoneDoesNotProtectTheOthers() {
        FakeTenant other = withAnn();
        tenantPolicyForRoles(other, EXCHANGE);
        isMfaRequired(Outcome.FAIL, other);
        FakeTenant none = withAnn();
        tenantPolicyForRoles(none);
        isMfaRequired(Outcome.FAIL, none);
    }

    @Test
    @Trap({7, 15})
    void aStrengthCountsByItsCombinationsWhateverItsName() {
        FakeTenant tenant = withAnn();
        ObjectNode controls = mfa(tenant).withObject("/grantControls");
        put(controls, "builtInControls");
        controls.set(
                "authenticationStrength",
                FakeTenant.json("{id:'6c9f3d3c-2c51-4f0c-8a5e-0a4d6f1b7c11', displayName:'Sleutels',"
                        + " allowedCombinations:['fido2','windowsHelloForBusiness']}"));
        isMfaRequired(Outcome.PASS, tenant);
        assertThat(require(
                        Requirement.PHISHING_RESISTANT_MFA, policy("own").strength("fido2", "windowsHelloForBusiness")))
                .isInstanceOf(MfaDecision.Covered.class);
        assertThat(require(
                        Requirement.PHISHING_RESISTANT_MFA,
                        policy("Phishing-resistant MFA").strength("fido2", "password,sms")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    @Trap(21)
    void aReportOnlyPolicyDoesNotProtect() {
        FakeTenant tenant = withAnn();
        mfa(tenant).put("state", "enabledForReportingButNotEnforced");
        isMfaRequired(Outcome.FAIL, tenant);
    }

    @Test
    @Trap(21)
    void aDeviceIsDemandedByOnePolicyAloneAndNotOfTheRolesThatItDoesNotName() {
        assertThat(require(
                        Requirement.MANAGED_DEVICE,
                        policy("either").any("compliantDevice", "domainJoinedDevice"),
                        policy("no flows")
                                .flows("deviceCodeFlow", "authenticationTransfer")
                                .any("block")))
                .isInstanceOf(MfaDecision.Covered.class);
        assertThat(require(
                        Requirement.MANAGED_DEVICE,
                        policy("of one role").forNobody().forRole(EXCHANGE).any("compliantDevice")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    @Trap({6, 17})
    void aMembershipThatWasNotReadIsNoAnswerInsteadOfAGoodOne() {
        Account ann = account("ann@contoso.com");
        TenantBuilder tenant = tenant().globalAdmin(ann)
                .policy(policy("MFA").notForGroup("unread").build());
        assertThat(ConditionalAccess.of(tenant.facts()).mfa(ann)).isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    @Trap(26)
    void sentinelIsWhereItIsOnboardedAndNotWhereItsSolutionIs() {
        assertThat(siem(false, true).outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(siem(true, false).outcome()).isEqualTo(Outcome.FAIL);
    }

    /** S3-14 where all logs go to one workspace, with nothing attested. */
    private static Verdict siem(boolean solution, boolean onboarded) {
        FakeTenant tenant = FakeTenant.licensed();
        FakeArm arm = tenant.arm();
        String scope = arm.subscription("Production");
        arm.assign(FakeTenant.id("root"), "User", AzureRole.OWNER, scope);
        String workspace = arm.workspace(scope, "log-soc", 90, false);
        if (solution) {
            arm.sentinelSolution(scope, workspace);
        }
        if (onboarded) {
            arm.onboard(workspace);
        }
        arm.exportDirectory("soc", "workspaceId", workspace, "AuditLogs", "SignInLogs");
        arm.export(scope, "soc", "workspaceId", workspace, "Administrative", "Security");
        return assessed(tenant, new S314AzureLogsReachTheSiem());
    }

    private static Verdict assessed(FakeTenant tenant, Check check) {
        Map<FactKind, Reading> read = new HashMap<>(Readings.of(
                        tenant,
                        Assessor.reads(check).stream()
                                .filter(kind -> !FactKind.OWN.contains(kind))
                                .toArray(FactKind[]::new))
                .byKind());
        read.put(FactKind.ATTESTATIONS, new Reading.Read(List.of(), List.of()));
        return Assessor.assess(check, new Readings(read).facts(Designations.NONE));
    }

    @Test
    @Trap(27)
    void aTableKeepsLogsForAsLongAsItIsSetToAndNotItsWorkspace() {
        assertThat(kept(90, 730).outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(kept(730, 90).outcome()).isEqualTo(Outcome.FAIL);
    }

    /** S4-07 where all logs go to one workspace, with nothing attested. */
    private static Verdict kept(int workspaceDays, int tableDays) {
        FakeTenant tenant = FakeTenant.licensed();
        FakeArm arm = tenant.arm();
        String scope = arm.subscription("Production");
        arm.assign(FakeTenant.id("root"), "User", AzureRole.OWNER, scope);
        String workspace = arm.workspace(scope, "log-soc", workspaceDays, true);
        Stream.of("AuditLogs", "SigninLogs", "AzureActivity").forEach(table -> arm.table(workspace, table, tableDays));
        arm.exportDirectory("soc", "workspaceId", workspace, "AuditLogs", "SignInLogs");
        arm.export(scope, "soc", "workspaceId", workspace, "Administrative", "Security");
        return assessed(tenant, new S407AuditLogsAreKept());
    }

    private static TenantBuilder mustJoin(Account ann) {
        return tenant().inGroups(ann)
                .group("admins", GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .grant("admins", ann, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                .groupPimPolicy("admins", GroupGrant.Access.MEMBER, activationTakes(), activationContext("c1"));
    }

    private static MfaDecision strongForAdministrator(
            TenantBuilder tenant, Account account, PolicyBuilder... policies) {
        Stream.of(policies).forEach(one -> tenant.policy(one.build()));
        return ConditionalAccess.of(tenant.facts())
                .requireOfAdministrator(account, Requirement.PHISHING_RESISTANT_MFA)
                .decision();
    }

    @Test
    @Trap(31)
    void aPolicyForTheRoleProtectsWhoActivatesItTogetherWithTheActivationAndNotAlone() {
        Account ann = account("ann@contoso.com");
        PolicyBuilder role = policy("role").forNobody().forRole(GLOBAL).strength("fido2");
        PolicyBuilder context = policy("context").onContext("c1").strength("fido2");
        assertThat(strongForAdministrator(mustJoin(ann), ann, role, context)).isInstanceOf(MfaDecision.Covered.class);
        assertThat(strongForAdministrator(mustJoin(ann), ann, role)).isInstanceOf(MfaDecision.Undecided.class);
        assertThat(strongForAdministrator(mustJoin(ann), ann, context)).isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    @Trap(32)
    void whoJoinsAGroupIsLeftOutWithTheGroupsAroundIt() {
        Account ann = account("ann@contoso.com");
        PolicyBuilder all = policy("all").strength("fido2").notForGroup(id("exempt"));
        assertThat(strongForAdministrator(mustJoin(ann).groupInGroups(id("admins"), id("exempt")), ann, all))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(strongForAdministrator(mustJoin(ann).groupInGroups(id("admins"), id("another")), ann, all))
                .isInstanceOf(MfaDecision.Covered.class);
    }

    @Test
    @Trap(33)
    void aRoleOrMembershipThatEndsProtectsNothingThatGoesOn() {
        Account ann = account("ann@contoso.com");
        MfaDecision ofRole = ConditionalAccess.of(tenant().holder(ann, GLOBAL_ADMINISTRATOR, AssignmentKind.TIME_BOUND)
                        .holder(ann, EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .inGroups(ann)
                        .policy(policy("global").forNobody().forRole(GLOBAL).build())
                        .facts())
                .mfa(ann);
        assertThat(ofRole).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(ofMembership(ann, AssignmentKind.TIME_BOUND)).isInstanceOf(MfaDecision.Undecided.class);
        assertThat(ofMembership(ann, AssignmentKind.PERMANENT)).isInstanceOf(MfaDecision.Covered.class);
    }

    private static MfaDecision ofMembership(Account account, AssignmentKind kind) {
        return ConditionalAccess.of(tenant().globalAdmin(account)
                        .inGroups(account, id("team"))
                        .grant("team", account, GroupGrant.Access.MEMBER, kind)
                        .policy(policy("of the team")
                                .forNobody()
                                .forGroup(id("team"))
                                .build())
                        .facts())
                .mfa(account);
    }

    @Test
    @Trap(34)
    void aWorkstationIsKnownByNothingThatItsUserCanChoose() {
        assertThat(workstation("device.displayName -startsWith \"PAW\" -and device.trustType -eq \"AzureAD\""))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(workstation("device.extensionAttribute1 -eq \"PAW\"")).isInstanceOf(MfaDecision.Covered.class);
    }

    private static MfaDecision workstation(String rule) {
        Account ann = account("ann@contoso.com");
        return ConditionalAccess.of(tenant().globalAdmin(ann)
                        .inGroups(ann)
                        .designated(all -> all.withWorkstationFilter(Optional.of(rule)))
                        .policy(policy("only PAW")
                                .device(false, rule)
                                .any("block")
                                .build())
                        .policy(policy("no flows")
                                .flows("deviceCodeFlow", "authenticationTransfer")
                                .any("block")
                                .build())
                        .facts())
                .require(ann, Requirement.PRIVILEGED_WORKSTATION);
    }

    @Test
    @Trap(35)
    void aMemberWhomAnotherDirectorySignsInMayBeAGuestToPolicies() {
        assertThat(ofMemberBy("ExternalAzureAD")).isInstanceOf(MfaDecision.Undecided.class);
        assertThat(ofMemberBy("contoso.onmicrosoft.com")).isInstanceOf(MfaDecision.Covered.class);
    }

    private static MfaDecision ofMemberBy(String issuer) {
        Account lee = TenantBuilder.issuedBy(account("lee@contoso.com"), issuer);
        return ConditionalAccess.of(tenant().globalAdmin(lee)
                        .inGroups(lee)
                        .policy(policy("MFA")
                                .notForUser("GuestsOrExternalUsers")
                                .build())
                        .facts())
                .mfa(lee);
    }
}
