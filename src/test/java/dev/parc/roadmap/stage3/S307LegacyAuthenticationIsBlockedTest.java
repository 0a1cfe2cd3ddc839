package dev.parc.roadmap.stage3;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.CheckTester;
import dev.parc.check.Finding;
import dev.parc.check.GoodTenant;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.Account;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S307LegacyAuthenticationIsBlockedTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final String BLOCKED = "legacy sign-in is blocked by block, and none succeeded in the last 30 days";

    private final CheckTester check = CheckTester.of(new S307LegacyAuthenticationIsBlocked());

    private static PolicyBuilder block() {
        return policy("block").clients("exchangeActiveSync", "other").any("block");
    }

    private static TenantBuilder with(PolicyBuilder... policies) {
        TenantBuilder tenant = tenant().globalAdmin(ANN).inGroups(ANN);
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return tenant;
    }

    @Test
    void aBlockForAllAndNothingInTheLogIsAPass() {
        check.given(with(block())).isPass(BLOCKED);
    }

    @Test
    void mfaForAllClientsBlocksThemToo() {
        check.given(with(policy("MFA")))
                .isPass("legacy sign-in is blocked by MFA, and none succeeded in the last 30 days");
    }

    @Test
    void oneClientTypeIsNotEnough() {
        check.given(with(policy("block").clients("other").any("block")))
                .isFail("3 findings show that legacy sign-in is possible")
                .finds(
                        "ann@contoso.com",
                        "can sign in by legacy authentication: Windows, Exchange ActiveSync; because 'block' does not"
                                + " apply to this client");
    }

    @Test
    void reportOnlyBlocksNothing() {
        check.given(with(block().state(State.REPORT_ONLY))).isFail("3 findings show that legacy sign-in is possible");
    }

    @Test
    void oneSuccessInTheLogIsAFailWhateverPoliciesSay() {
        check.given(with(block()).legacySignIn("scanner@contoso.com", "Authenticated SMTP", 3))
                .isFail("1 finding shows that legacy sign-in is possible")
                .findsOnly(
                        "scanner@contoso.com",
                        "signed in by Authenticated SMTP at least 3 times in the last 30 days, last on 2026-08-30");
    }

    @Test
    void exclusionsAreForAPersonToAttest() {
        TenantBuilder tenant = with(block().notForGroup("scanners"));
        check.given(tenant)
                .isReview(BLOCKED + "; 1 statement to attest")
                .findsOnly("group scanners", "is excluded from 'block'");
        check.given(tenant.attested("S3-07", 1)).isAttested(BLOCKED + "; attested by Ann until 2027-09-01");
    }

    @Test
    void anExposedGroupThatTheBlockLeavesOutIsAFail() {
        check.given(with(block().notForGroup("board"))
                        .designated(it -> it.withExposedUsersGroup(Optional.of("board")))
                        .groupInGroups("board"))
                .isFail("1 finding shows that legacy sign-in is possible");
    }

    /** The proof takes the first policy; whom that leaves out the second may not. */
    @Test
    void whomAnotherPolicyHoldsToItIsNotLeftOut() {
        check.given(with(policy("MFA").notForGroup("scanners"), block()))
                .isPass("legacy sign-in is blocked by MFA," + " and none succeeded in the last 30 days");
        for (PolicyBuilder other : List.of(
                block().notForGroup("scanners"),
                block().notForGroup("printers"),
                block().notForUser("scanner"),
                block().notForGuests("b2bCollaborationGuest"))) {
            assertThat(check.given(with(policy("MFA").notForGroup("scanners"), other))
                            .verdict()
                            .findings())
                    .extracting(Finding::subjectName)
                    .contains("group scanners");
        }
        Account glass = account("glass@contoso.onmicrosoft.com");
        check.given(with(policy("MFA").notForGroup("scanners"), block().notForGroup("glass"))
                        .emergency(glass.id())
                        .excludedGroup("glass", glass))
                .isPass("legacy sign-in is blocked by MFA, and none succeeded in the last 30 days");
    }

    @Test
    void securityDefaultsBlockForEverybodyWithoutALicence() {
        check.given(with().securityDefaults(true).without(Licence.ENTRA_ID_P1))
                .isPass("legacy sign-in is blocked by security defaults, and the sign-in log takes a Microsoft Entra"
                        + " ID P1 licence");
    }

    @Test
    void withoutALicenceAndSecurityDefaultsItIsAFail() {
        check.given(with().without(Licence.ENTRA_ID_P1)).isFail("3 findings show that legacy sign-in is possible");
    }

    @Test
    void aCertainFailStandsWithoutTheLogAndAPassDoesNot() {
        check.given(with().unread(FactKind.LEGACY_SIGN_INS, "permission X is missing"))
                .isFail("3 findings show that legacy sign-in is possible");
        check.given(with(block()).unread(FactKind.LEGACY_SIGN_INS, "permission X is missing"))
                .isNotAssessed("sign-ins by legacy authentication: permission X is missing");
    }

    @Test
    void whatIsNotModelledIsForAPersonToDecide() {
        check.given(with(block().notModelled("times"))).isReview("3 findings about legacy sign-in need review");
    }

    @Test
    void theGoodTenantPasses() {
        check.given(GoodTenant.build())
                .isPass("legacy sign-in is blocked by MFA for all, and none succeeded in the last 30 days");
    }
}
