package dev.parc.analysis.emergency;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.emergency.EmergencyWatch.Kind;
import dev.parc.check.AzureBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.directory.Account;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmergencyWatchTest {

    private static final Account ONE = account("one@contoso.onmicrosoft.com");

    @Test
    void threeRulesAreNamedAndHowManyThereAreMore() {
        assertThat(new EmergencyWatch(Kind.SURE, List.of("a", "b", "c")).inWords())
                .endsWith(" the alert rules a, b, c");
        assertThat(new EmergencyWatch(Kind.SURE, List.of("a", "b", "c", "d", "e")).inWords())
                .endsWith(" the alert rules a, b, c and 2 more");
    }

    private static Kind watched(String query) {
        TenantBuilder tenant = tenant().globalAdmin(ONE).emergency(ONE.id());
        AzureBuilder.in(tenant)
                .workspace("logs", 90, false)
                .exportDirectory("logs", "SignInLogs")
                .workspace("other", 90, false)
                .watched("other", query)
                .build();
        return EmergencyWatch.of(tenant.facts(), ONE).kind();
    }

    /** A rule that cannot be followed matters where it reads the workspace that has the sign-ins, and names the account. */
    @Test
    void aRuleOfAnotherWorkspaceIsInDoubtOnlyIfItAsksElsewhereForTheAccount() {
        String unclear = "SigninLogs | where UserId == '" + ONE.id() + "' | invoke mine()";

        assertThat(watched("workspace('logs')." + unclear)).isEqualTo(Kind.DOUBTFUL);
        assertThat(watched(unclear)).isEqualTo(Kind.NONE);
        assertThat(watched("workspace('logs')." + unclear.replace(ONE.id(), "somebody else")))
                .isEqualTo(Kind.NONE);
    }
}
