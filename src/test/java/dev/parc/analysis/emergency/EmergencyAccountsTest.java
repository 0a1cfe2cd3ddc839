package dev.parc.analysis.emergency;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmergencyAccountsTest {

    private static final Account ONE = account("one@contoso.onmicrosoft.com");
    private static final Account TWO = account("two@contoso.onmicrosoft.com");

    @Test
    void whoIsDesignatedIsNotSuggested() {
        Facts facts =
                tenant().globalAdmin(ONE).globalAdmin(TWO).emergency(ONE.id()).facts();

        assertThat(EmergencyAccounts.of(facts).candidates()).containsExactly(TWO);
    }

    /** Two are usual; where one of those that were read could serve, one more may be among those that were not. */
    @Test
    void whereNobodyIsDesignatedNoMoreThanTwoMayBeEmergencyAccounts() {
        assertThat(most(tenant().globalAdmin(ONE))).isEqualTo(2);
        assertThat(most(tenant().globalAdmin(ONE).globalAdmin(TWO))).isEqualTo(2);
        assertThat(most(tenant())).isEqualTo(2);
    }

    private static int most(TenantBuilder tenant) {
        for (String unread : new String[] {"a", "b", "c"}) {
            tenant.assignment(unread, PrincipalType.USER, unread, GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                    .unseen(FactKind.ACCOUNTS, unread, "403");
        }
        Facts facts = tenant.facts();
        return EmergencyAccounts.of(facts).mostAmong(Administrators.of(facts).in(Set.of(GLOBAL_ADMINISTRATOR)));
    }

    @Test
    void theInitialDomainIsNamedWhereItIsKnown() {
        Account other = account("one@contoso.com");
        EmergencyAccounts accounts = EmergencyAccounts.of(tenant().facts());

        assertThat(accounts.unfit(other).orElseThrow()).endsWith("domain");
        assertThat(accounts.unfit(TenantBuilder.inTenantOf("fabrikam.onmicrosoft.com", other))
                        .orElseThrow())
                .endsWith("domain fabrikam.onmicrosoft.com");
    }
}
