package dev.parc.roadmap.stage1;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.facts.Account;
import dev.parc.facts.AssignmentKind;
import dev.parc.facts.ConditionalAccessPolicy.State;
import dev.parc.facts.DirectoryRole;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.PrincipalType;
import org.junit.jupiter.api.Test;

class S106MfaIsRequiredTest {

    private static final Account ANN = account("ann@contoso.com");

    private final CheckTester check = CheckTester.of(new S106MfaIsRequired());

    @Test
    void onePolicyForAllIsEnough() {
        check.given(GoodTenant.build())
                .isPass("all 1 permanently assigned accounts need MFA at every sign-in, by MFA for all");
    }

    @Test
    void securityDefaultsAreEnoughWithoutALicence() {
        check.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .without(Licence.ENTRA_ID_P1)
                        .securityDefaults(true))
                .isPass("all 1 permanently assigned accounts need MFA at every sign-in, by security defaults");
    }

    @Test
    void noPolicyAtAllIsAFailEvenWithoutALicence() {
        check.given(tenant().globalAdmin(ANN).inGroups(ANN).without(Licence.ENTRA_ID_P1))
                .isFail("1 of 1 permanently assigned accounts can sign in without MFA")
                .findsOnly(
                        "ann@contoso.com",
                        "can sign in without MFA: Windows, browser; because no enabled policy demands MFA of this"
                                + " account");
    }

    @Test
    void reportOnlyDoesNotProtect() {
        check.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .policy(policy("MFA").state(State.REPORT_ONLY).build()))
                .isFail("1 of 1 permanently assigned accounts can sign in without MFA");
    }

    @Test
    void anExclusionByGroupIsNamed() {
        check.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN, "service accounts")
                        .policy(policy("MFA").notForGroup("service accounts").build()))
                .isFail("1 of 1 permanently assigned accounts can sign in without MFA")
                .findsOnly(
                        "ann@contoso.com",
                        "can sign in without MFA: Windows, browser; because 'MFA' excludes the account");
    }

    @Test
    void anAccountThatLooksLikeAnEmergencyAccountIsForAPersonToDecide() {
        Account one = account("one@contoso.onmicrosoft.com");
        check.given(tenant().globalAdmin(one)
                        .inGroups(one, "glass")
                        .policy(policy("MFA").notForGroup("glass").build()))
                .isReview("for 1 of 1 permanently assigned accounts a person must look")
                .findsOnly(
                        "one@contoso.onmicrosoft.com",
                        "can sign in without MFA: Windows, browser; because 'MFA' excludes the account; it looks like"
                                + " an emergency account, confirm that it is");
    }

    @Test
    void whatIsNotModelledIsForAPersonToDecide() {
        check.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .policy(policy("MFA").notModelled("times").build()))
                .isReview("for 1 of 1 permanently assigned accounts a person must look")
                .findsOnly(
                        "ann@contoso.com",
                        "Windows, browser might need no MFA: 'MFA' sets times, which is not modelled");
    }

    @Test
    void eligibleDisabledAndEmergencyAccountsAreNotAsked() {
        check.given(tenant().globalAdmin(account("d@contoso.com", DISABLED))
                        .globalAdmin(account("e@contoso.onmicrosoft.com"))
                        .emergency("e@contoso.onmicrosoft.com")
                        .holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE))
                .isNotApplicable("no account besides emergency accounts is permanently assigned");
    }

    @Test
    void anActivatedAssignmentIsNotPermanentAndATimeBoundOneIs() {
        check.given(tenant().holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ACTIVATED))
                .isNotApplicable("no account besides emergency accounts is permanently assigned");
        check.given(tenant().holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.TIME_BOUND)
                        .inGroups(ANN))
                .isFail("1 of 1 permanently assigned accounts can sign in without MFA");
    }

    @Test
    void whoOnlyThePlainListKnowsIsNotCalledPermanent() {
        check.given(tenant().globalAdmin(ANN).inGroups(ANN).unread(FactKind.PIM_ASSIGNMENTS, "permission X is missing"))
                .isNotAssessed("active role assignments with their terms: permission X is missing")
                .findsOnly(
                        "ann@contoso.com",
                        "can sign in without MFA: Windows, browser; because no enabled policy demands MFA of this"
                                + " account; whether it is permanent could not be read");
    }

    @Test
    void aPartnersGroupIsForAPersonToJudge() {
        check.given(GoodTenant.build()
                        .assignment(
                                "partner",
                                PrincipalType.UNKNOWN,
                                "partner",
                                DirectoryRole.GLOBAL_ADMINISTRATOR,
                                AssignmentKind.STANDING)
                        .account(Account.deleted("partner", "partner")))
                .isReview("for 1 of 2 permanently assigned accounts a person must look")
                .findsOnly(
                        "partner",
                        "is not in this directory: it was deleted, or it is a partner's group; holds Global"
                                + " Administrator (standing, directly)");
    }

    @Test
    void anAdministratorOfWhomNothingWasReadIsNoPass() {
        check.given(GoodTenant.build()
                        .assignment(
                                "unknown",
                                PrincipalType.UNKNOWN,
                                "unknown",
                                DirectoryRole.EXCHANGE_ADMINISTRATOR,
                                AssignmentKind.STANDING))
                .isNotAssessed("administrators' accounts: nothing was read of unknown");
    }
}
