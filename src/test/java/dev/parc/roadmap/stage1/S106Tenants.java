package dev.parc.roadmap.stage1;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.directory.Account;

/** What the tests of S1-06 share. */
final class S106Tenants {

    static final Account ANN = account("ann@contoso.com");

    static final CheckTester CHECK = CheckTester.of(new S106MfaIsRequired());

    static final String PASSES = "the only permanently assigned account needs MFA at every sign-in, by MFA";

    private S106Tenants() {}

    static void isReview(TenantBuilder tenant, String message) {
        CHECK.given(tenant)
                .isReview(PASSES + "; who is left out can be changed by others")
                .findsOnly("group exempt", "is excluded from 'MFA', and " + message);
    }
}
