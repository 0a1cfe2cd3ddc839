package dev.parc.roadmap.stage1;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.roadmap.stage1.S106Tenants.ANN;
import static dev.parc.roadmap.stage1.S106Tenants.CHECK;
import static dev.parc.roadmap.stage1.S106Tenants.PASSES;

import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.Unseen;
import dev.parc.facts.activity.PerUserMfa;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import org.junit.jupiter.api.Test;

class S106MfaIsRequiredTest {

    @Test
    void onePolicyForAllIsEnough() {
        CHECK.given(GoodTenant.build())
                .isPass("the only permanently assigned account needs MFA at every sign-in, by MFA for all");
    }

    @Test
    void securityDefaultsAreEnoughWithoutALicence() {
        CHECK.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .without(Licence.ENTRA_ID_P1)
                        .securityDefaults(true))
                .isPass("the only permanently assigned account needs MFA at every sign-in, by security defaults");
    }

    @Test
    void noPolicyAtAllIsAFailEvenWithoutALicence() {
        CHECK.given(tenant().globalAdmin(ANN).inGroups(ANN).without(Licence.ENTRA_ID_P1))
                .isFail("1 of 1 permanently assigned account can sign in without MFA")
                .findsOnly(
                        "ann@contoso.com",
                        "can sign in without MFA: Windows, browser; because no enabled policy demands MFA of this"
                                + " account");
    }

    @Test
    void reportOnlyDoesNotProtect() {
        CHECK.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .policy(policy("MFA").state(State.REPORT_ONLY).build()))
                .isFail("1 of 1 permanently assigned account can sign in without MFA");
    }

    @Test
    void aPolicyWhoseStateDidNotComeMayProtectAndProvesNothing() {
        TenantBuilder tenant = tenant().globalAdmin(ANN).inGroups(ANN);
        CHECK.given(tenant.policy(
                        policy("MFA").state(State.UNKNOWN).notModelled("state").build()))
                .isReview("1 of 1 permanently assigned account needs review");
        CHECK.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .policy(policy("MFA").state(State.DISABLED).build()))
                .isFail("1 of 1 permanently assigned account can sign in without MFA");
    }

    @Test
    void aPolicyThatCameWithoutWhomItIsForMayProtectAndProvesNothing() {
        CHECK.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .policy(policy("MFA")
                                .forNobody()
                                .notModelled("users", "includeUsers")
                                .build()))
                .isReview("1 of 1 permanently assigned account needs review");
        CHECK.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .policy(policy("MFA").forNobody().build()))
                .isFail("1 of 1 permanently assigned account can sign in without MFA");
    }

    @Test
    void anotherPolicyThatIsWholeStillProves() {
        CHECK.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .policy(policy("half")
                                .forNobody()
                                .notModelled("users", "includeUsers")
                                .build())
                        .policy(policy("MFA").build()))
                .isPass(PASSES);
    }

    private static TenantBuilder withPerUserMfa(PerUserMfa.State state) {
        return tenant().globalAdmin(ANN).inGroups(ANN).add(FactKind.PER_USER_MFA, new PerUserMfa(ANN.id(), state));
    }

    @Test
    void perUserMfaThatIsEnforcedIsForAPersonToJudge() {
        CHECK.given(withPerUserMfa(PerUserMfa.State.ENFORCED))
                .isReview("1 of 1 permanently assigned account needs review")
                .findsOnly(
                        "ann@contoso.com",
                        "no policy asks for MFA: Windows, browser; because no enabled policy demands MFA of this account;"
                                + " per-user MFA is enforced for the account, which asks for MFA except from the"
                                + " addresses that the MFA settings trust and on remembered devices");
    }

    @Test
    void perUserMfaThatIsOffOrOnlyEnabledProtectsNobody() {
        CHECK.given(withPerUserMfa(PerUserMfa.State.DISABLED))
                .isFail("1 of 1 permanently assigned account can sign in without MFA");
        CHECK.given(withPerUserMfa(PerUserMfa.State.ENABLED))
                .isFail("1 of 1 permanently assigned account can sign in without MFA");
    }

    @Test
    void perUserMfaOfSomebodyElseProtectsNobody() {
        CHECK.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .add(FactKind.PER_USER_MFA, new PerUserMfa("id of bob", PerUserMfa.State.ENFORCED)))
                .isFail("1 of 1 permanently assigned account can sign in without MFA");
    }

    @Test
    void perUserMfaThatGraphRefusesToTellMakesNoFail() {
        TenantBuilder tenant = withPerUserMfa(PerUserMfa.State.UNREAD);
        CHECK.given(tenant.gap(FactKind.PER_USER_MFA, "permission X is missing"))
                .isNotAssessed(
                        "per-user MFA of administrators whom policies let in without MFA: permission X is missing")
                .findsOnly(
                        "ann@contoso.com",
                        "no policy asks for MFA: Windows, browser; because no enabled policy demands MFA of this account;"
                                + " whether per-user MFA asks for it could not be read");
    }

    @Test
    void whatIsNotModelledIsForAPersonToDecide() {
        CHECK.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .policy(policy("MFA").notModelled("times").build()))
                .isReview("1 of 1 permanently assigned account needs review")
                .findsOnly(
                        "ann@contoso.com",
                        "Windows, browser might need no MFA: 'MFA' sets times, which is not modelled");
    }

    @Test
    void eligibleDisabledAndEmergencyAccountsAreNotAsked() {
        CHECK.given(tenant().globalAdmin(account("d@contoso.com", DISABLED))
                        .globalAdmin(account("e@contoso.onmicrosoft.com"))
                        .emergency("e@contoso.onmicrosoft.com")
                        .holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE))
                .isNotApplicable("no account besides emergency accounts is permanently assigned");
    }

    @Test
    void anActivatedAssignmentIsNotPermanentAndATimeBoundOneIs() {
        CHECK.given(tenant().holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ACTIVATED))
                .isNotApplicable("no account besides emergency accounts is permanently assigned");
        CHECK.given(tenant().holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.TIME_BOUND)
                        .inGroups(ANN))
                .isFail("1 of 1 permanently assigned account can sign in without MFA");
    }

    @Test
    void whoOnlyThePlainListKnowsIsNotCalledPermanent() {
        CHECK.given(tenant().globalAdmin(ANN).inGroups(ANN).unread(FactKind.PIM_ASSIGNMENTS, "permission X is missing"))
                .isNotAssessed("active role assignments with their terms: permission X is missing")
                .findsOnly(
                        "ann@contoso.com",
                        "can sign in without MFA: Windows, browser; because no enabled policy demands MFA of this"
                                + " account; whether it is permanent could not be read");
    }

    @Test
    void aPartnersGroupIsForAPersonToJudge() {
        CHECK.given(GoodTenant.build()
                        .assignment(
                                "partner",
                                PrincipalType.UNKNOWN,
                                "partner",
                                DirectoryRole.GLOBAL_ADMINISTRATOR,
                                AssignmentKind.PERMANENT)
                        .unresolved("partner"))
                .isReview("the only permanently assigned account needs MFA at every sign-in, by MFA for all; 1"
                        + " holder is not in this directory and needs review")
                .findsOnly(
                        "partner",
                        Unseen.unresolved("partner").reason() + "; holds Global Administrator (permanent, directly)");
    }

    @Test
    void anAdministratorOfWhomNothingWasReadIsNoPass() {
        CHECK.given(GoodTenant.build()
                        .assignment(
                                "unknown",
                                PrincipalType.UNKNOWN,
                                "unknown",
                                DirectoryRole.EXCHANGE_ADMINISTRATOR,
                                AssignmentKind.PERMANENT))
                .isNotAssessed("administrators' accounts: nothing was read of unknown");
    }
}
