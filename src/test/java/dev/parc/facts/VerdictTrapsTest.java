package dev.parc.facts;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.DirectoryRole.EXCHANGE_ADMINISTRATOR;
import static dev.parc.facts.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.check.TenantBuilder.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Verdicts on roles and Conditional Access that are known to go wrong, each by its cause. */
class VerdictTrapsTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final Account BEN = account("ben@contoso.com");

    private static List<Administrator> globals(TenantBuilder tenant) {
        return tenant.facts().administrators().in(Set.of(GLOBAL_ADMINISTRATOR));
    }

    private static MfaDecision ask(Requirement requirement, PolicyBuilder... policies) {
        TenantBuilder tenant = tenant().globalAdmin(ANN).inGroups(ANN, "service accounts");
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return tenant.facts().conditionalAccess().require(ANN, requirement);
    }

    private static MfaDecision mfa(PolicyBuilder... policies) {
        return ask(Requirement.MFA, policies);
    }

    @Test
    void twoAdministratorsWithOneDisplayNameCountTwice() {
        assertThat(globals(tenant().assignment(
                                ANN.id(), PrincipalType.USER, "Admin", GLOBAL_ADMINISTRATOR, AssignmentKind.STANDING)
                        .assignment(
                                BEN.id(), PrincipalType.USER, "Admin", GLOBAL_ADMINISTRATOR, AssignmentKind.STANDING)))
                .hasSize(2);
    }

    @Test
    void aRoleThatOnlyEverHadEligibleHoldersIsNotEmpty() {
        assertThat(globals(tenant().holder(ANN, GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)))
                .singleElement()
                .satisfies(one -> assertThat(one.kind()).isEqualTo(AssignmentKind.ELIGIBLE));
    }

    @Test
    void membersOfGroupsNestedThreeDeepHoldTheRole() {
        assertThat(globals(tenant().group("outer", GLOBAL_ADMINISTRATOR, AssignmentKind.STANDING)
                        .memberGroup("outer", "middle")
                        .memberGroup("middle", "inner")
                        .member("inner", ANN)))
                .singleElement()
                .satisfies(one -> assertThat(one.id()).isEqualTo(ANN.id()));
    }

    @Test
    void severalPoliciesTogetherProtectThoughNoneDoesAlone() {
        assertThat(mfa(
                        policy("browser").clients("browser"),
                        policy("rest").clients("mobileAppsAndDesktopClients", "exchangeActiveSync", "other")))
                .isInstanceOf(MfaDecision.Covered.class);
    }

    @Test
    void aPolicyForAllUsersWithAConditionIsNotForEverySignIn() {
        assertThat(List.of(
                        mfa(policy("risk").signInRisks("high")),
                        mfa(policy("user risk").userRisks("high")),
                        mfa(policy("place").locations(Set.of("somewhere"), Set.of())),
                        mfa(policy("platform").platforms(Set.of("android"), Set.of())),
                        mfa(policy("client").clients("browser"))))
                .allSatisfy(decision -> assertThat(decision).isInstanceOf(MfaDecision.Uncovered.class));
    }

    @Test
    void excludedUsersGroupsAndRolesAreNotProtected() {
        assertThat(List.of(
                        mfa(policy("MFA").notForUser(ANN.id())),
                        mfa(policy("MFA").notForGroup("service accounts")),
                        mfa(policy("MFA").notForRole(GLOBAL_ADMINISTRATOR.templateId()))))
                .allSatisfy(decision -> assertThat(decision).isInstanceOf(MfaDecision.Uncovered.class));
    }

    @Test
    void aPolicyNeedNotNameEveryRoleToProtectTheOneAtHand() {
        assertThat(mfa(policy("globals").forNobody().forRole(GLOBAL_ADMINISTRATOR.templateId())))
                .isInstanceOf(MfaDecision.Covered.class);
    }

    @Test
    void aPolicyForOneRoleOrForNoneDoesNotProtectTheOthers() {
        assertThat(mfa(policy("exchange").forNobody().forRole(EXCHANGE_ADMINISTRATOR.templateId())))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(mfa(policy("nobody").forNobody())).isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aStrengthOfOneSOwnForAllUsersIsPhishingResistantByItsCombinationsNotByName() {
        assertThat(ask(Requirement.PHISHING_RESISTANT_MFA, policy("own").strength("fido2")))
                .isInstanceOf(MfaDecision.Covered.class);
    }

    @Test
    void anAuthenticationStrengthIsMfa() {
        assertThat(mfa(policy("own").strength("password,microsoftAuthenticatorPush")))
                .isInstanceOf(MfaDecision.Covered.class);
    }

    @Test
    void aReportOnlyPolicyDoesNotProtect() {
        assertThat(mfa(policy("report").state(ConditionalAccessPolicy.State.REPORT_ONLY)))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aDeviceIsDemandedByOnePolicyAloneWithoutASecondOneWithADeviceFilter() {
        assertThat(ask(Requirement.COMPLIANT_DEVICE, policy("compliant").any("compliantDevice")))
                .isInstanceOf(MfaDecision.Covered.class);
    }

    @Test
    void anActivatedRoleIsNotAPermanentOne() {
        assertThat(globals(tenant().holder(ANN, GLOBAL_ADMINISTRATOR, AssignmentKind.ACTIVATED)))
                .singleElement()
                .satisfies(one -> assertThat(one.assigned()).isFalse());
    }

    @Test
    void aTimeBoundRoleIsAssignedButNotPermanent() {
        assertThat(globals(tenant().holder(ANN, GLOBAL_ADMINISTRATOR, AssignmentKind.TIME_BOUND)))
                .singleElement()
                .satisfies(one -> assertThat(one.kind()).isEqualTo(AssignmentKind.TIME_BOUND));
    }

    @Test
    void eligibleMembersByPimForGroupsAreAdministrators() {
        assertThat(globals(tenant().group("admins", GLOBAL_ADMINISTRATOR, AssignmentKind.STANDING)
                        .grant("admins", ANN, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)))
                .singleElement()
                .satisfies(one -> assertThat(one.kind()).isEqualTo(AssignmentKind.ELIGIBLE));
    }

    @Test
    void aForeignGroupOfAPartnerThatHoldsTheRoleIsNotSkipped() {
        assertThat(globals(tenant().group("partner", GLOBAL_ADMINISTRATOR, AssignmentKind.STANDING)
                        .add(
                                FactKind.ROLE_ASSIGNMENTS,
                                new RoleAssignment(
                                        "foreign",
                                        PrincipalType.USER,
                                        "Partner",
                                        GLOBAL_ADMINISTRATOR.templateId(),
                                        "/",
                                        AssignmentKind.STANDING,
                                        Optional.<Instant>empty()))))
                .anySatisfy(one -> assertThat(one.id()).isEqualTo("foreign"));
    }

    @Test
    void aMembershipThatWasNotReadIsNoAnswerInsteadOfAGoodOne() {
        assertThat(tenant().globalAdmin(ANN)
                        .policy(policy("MFA").notForGroup("unread").build())
                        .facts()
                        .conditionalAccess()
                        .mfa(ANN))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void anAccountThatWasOnceSynchronisedIsCloudOnly() {
        for (Change sync : List.of(Change.NONE, Change.NO_LONGER_SYNCED)) {
            Account account = account("one@contoso.onmicrosoft.com", sync);
            assertThat(tenant().globalAdmin(account).facts().emergencyAccounts().unfit(account))
                    .isEmpty();
        }
    }

    @Test
    void anAccountThatPoliciesLeaveOutIsNoEmergencyAccountForThatAlone() {
        Account service = account("svc@contoso.onmicrosoft.com");
        Facts facts = tenant().globalAdmin(ANN)
                .holder(service, DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.STANDING)
                .inGroups(service, "left out")
                .policy(policy("MFA").notForGroup("left out").build())
                .facts();
        assertThat(facts.emergencyAccounts().looksLikeOne(service)).isFalse();
    }

    @Test
    void wordsInASignInNameMakeNoEmergencyAccount() {
        Account named = account("breakglass@contoso.onmicrosoft.com");
        assertThat(tenant().globalAdmin(named)
                        .inGroups(named)
                        .facts()
                        .emergencyAccounts()
                        .looksLikeOne(named))
                .isFalse();
    }

    @Test
    void idGovernanceAloneIsALicenceForPim() {
        Facts facts = tenant().without(Licence.ENTRA_ID_P2_OR_GOVERNANCE)
                .add(
                        FactKind.SERVICE_PLANS,
                        new ServicePlan("e866a266-3cff-43a3-acca-0c90a7e00c8b", "Entra_Identity_Governance", true))
                .facts();
        assertThat(facts.licensed(Licence.ENTRA_ID_P2_OR_GOVERNANCE)).isTrue();
    }
}
