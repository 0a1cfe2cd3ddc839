package dev.parc.roadmap.stage2;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.Account;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import org.junit.jupiter.api.Test;

class S213IdentityProtectionIsConfiguredTest {

    private static final Account ANN = account("ann@contoso.com");

    private final CheckTester check = CheckTester.of(new S213IdentityProtectionIsConfigured());

    private static PolicyBuilder signIn() {
        return policy("sign-in risk").signInRisks("medium", "high");
    }

    private static PolicyBuilder user() {
        return policy("user risk").userRisks("high").every("mfa", "passwordChange");
    }

    private static TenantBuilder with(PolicyBuilder... policies) {
        TenantBuilder tenant = tenant().globalAdmin(ANN).inGroups(ANN);
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return tenant;
    }

    @Test
    void bothPoliciesAndNobodyAtRiskIsAPass() {
        check.given(with(signIn(), user()))
                .isPass("sign-in risk is answered by sign-in risk, user risk by user risk, and no administrator is at"
                        + " risk");
        check.given(GoodTenant.build())
                .isPass(
                        "sign-in risk is answered by MFA at sign-in risk, user risk by New password at user risk, and no"
                                + " administrator is at risk");
    }

    @Test
    void blockingAnswersRiskToo() {
        check.given(with(signIn().any("block"), user().any("block")))
                .isPass("sign-in risk is answered by sign-in risk, user risk by user risk, and no administrator is at"
                        + " risk");
    }

    @Test
    void mfaAtEverySignInIsNotAskedAgainOfASessionThatHoldsIt() {
        String look = "1 possible gap in risk policies needs review";
        check.given(with(policy("MFA for all"), user()))
                .isReview(look)
                .findsOnly(
                        "the tenant",
                        "has no policy for sign-in risk, and none that demands a new authentication every time: MFA that"
                                + " is demanded whatever the risk is not asked again of a session that already holds it");
        check.given(with(policy("MFA for all"), user(), signIn().state(State.REPORT_ONLY)))
                .isReview(look);
        check.given(with(
                        policy("MFA for all"),
                        user(),
                        policy("no legacy").clients("other").any("block")))
                .isReview(look);
        check.given(with(policy("MFA for all").everyTime(), user()))
                .isPass(
                        "sign-in risk is answered by MFA for all, user risk by user risk, and no administrator is at risk");
        check.given(with(policy("MFA for all"), user(), signIn()))
                .isPass("sign-in risk is answered by sign-in risk, user risk by user risk, and no administrator is at"
                        + " risk");
    }

    @Test
    void whomTheRiskPolicyLeavesOutIsForAPersonWhereMfaIsForAll() {
        check.given(with(policy("MFA for all"), user(), signIn().notForUser(ANN.id())))
                .isReview("1 possible gap in risk policies needs review")
                .findsOnly(
                        "ann@contoso.com",
                        "can sign in without MFA at medium or high sign-in risk unless 'MFA for all' asks for it, which is"
                                + " not asked again of a session that already holds MFA");
        check.given(with(policy("MFA for all"), user(), policy("high only").signInRisks("high")))
                .isReview("3 possible gaps in risk policies need review");
    }

    @Test
    void mediumRiskMustBeAnsweredToo() {
        check.given(with(policy("high only").signInRisks("high"), user()))
                .isFail("3 gaps in risk policies")
                .finds(
                        "the tenant",
                        "has users who, named by no policy, can sign in without MFA at medium or high sign-in risk:"
                                + " Windows, browser, sign-in risk medium; because 'high only' does not apply without"
                                + " that risk; 'user risk' does not apply without that risk");
    }

    @Test
    void mfaIsNoRemedyForUserRisk() {
        check.given(with(signIn(), policy("user risk").userRisks("high")))
                .isFail("2 gaps in risk policies")
                .finds(
                        "ann@contoso.com",
                        "can sign in at high user risk without a password change or other remedy: Windows, browser,"
                                + " user risk high; because no enabled policy demands a password change or other remedy of"
                                + " this account");
    }

    @Test
    void reportOnlyAnswersNothing() {
        check.given(with(signIn().state(State.REPORT_ONLY), user().state(State.REPORT_ONLY)))
                .isFail("5 gaps in risk policies")
                .finds(
                        "the tenant",
                        "has no policy for sign-in risk, and none that demands a new authentication every time: MFA that"
                                + " is demanded whatever the risk is not asked again of a session that already holds it");
    }

    @Test
    void aGuestsUserRiskIsAnsweredAtHome() {
        Account guest = account("guest_fabrikam.com#EXT#@contoso.onmicrosoft.com", TenantBuilder.Change.GUEST);
        check.given(with(signIn(), user().notForGuests("b2bCollaborationGuest"))
                        .globalAdmin(guest)
                        .inGroups(guest))
                .isPass("sign-in risk is answered by sign-in risk, user risk by user risk, and no administrator is at"
                        + " risk");
        check.given(with(signIn().notForGuests("b2bCollaborationGuest"), user()))
                .isFail("1 gap in risk policies");
    }

    @Test
    void anAdministratorAtRiskIsAFail() {
        check.given(with(signIn(), user()).risky(ANN, "high", false))
                .isFail("1 gap in risk policies")
                .findsOnly("ann@contoso.com", "is at high risk since 2026-08-31");
        check.given(with(signIn(), user()).risky(ANN, "low", true))
                .isFail("1 gap in risk policies")
                .findsOnly("ann@contoso.com", "is confirmed compromised since 2026-08-31");
    }

    @Test
    void anEmergencyAccountAtRiskIsAFailAsWell() {
        check.given(with(signIn(), user()).emergency(ANN.id()).risky(ANN, "low", false))
                .isFail("1 gap in risk policies");
    }

    @Test
    void somebodyElseAtRiskIsNot() {
        check.given(with(signIn(), user()).risky(account("joe@contoso.com"), "high", false))
                .isPass("sign-in risk is answered by sign-in risk, user risk by user risk, and no administrator is at"
                        + " risk");
    }

    @Test
    void whatIsNotModelledIsForAPersonToDecide() {
        check.given(with(signIn().notModelled("times"), user()))
                .isReview("3 possible gaps in risk policies need review");
    }

    @Test
    void withoutP2ItDoesNotApply() {
        check.given(with().without(Licence.ENTRA_ID_P2))
                .isNotApplicable("the tenant has no Microsoft Entra ID P2 licence");
    }

    @Test
    void unreadRiskyUsersAreNotAssessed() {
        check.given(GoodTenant.build().unread(FactKind.RISKY_USERS, "permission X is missing"))
                .isNotAssessed("users at risk: permission X is missing");
    }
}
