package dev.parc.analysis.pim;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.roles.DirectoryRole.EXCHANGE_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.AssignmentKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleHoldersTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final ServicePrincipal ROBOT =
            new ServicePrincipal("robot", "Robot", "Application", true, false, "tenant");

    @Test
    void aHolderOfTwoRolesIsListedInEachWithThatRoleOnly() {
        List<RoleHolders> roles = RoleHolders.of(tenant().globalAdmin(ANN)
                .holder(ANN, EXCHANGE_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .facts());

        assertThat(roles)
                .hasSize(2)
                .allSatisfy(role -> assertThat(role.holders())
                        .singleElement()
                        .satisfies(holder -> assertThat(holder.holdings())
                                .extracting(holding -> holding.roleId())
                                .containsExactly(role.roleId())));
    }

    @Test
    void noReviewIsAskedForOfARoleThatOnlyApplicationsHold() {
        assertThat(reviewed(
                        tenant().servicePrincipal(ROBOT, GLOBAL_ADMINISTRATOR).facts()))
                .isFalse();
        assertThat(reviewed(tenant().servicePrincipal(ROBOT, GLOBAL_ADMINISTRATOR)
                        .globalAdmin(ANN)
                        .facts()))
                .isTrue();
    }

    private static boolean reviewed(Facts facts) {
        return RoleHolders.of(facts).get(0).reviewState(facts).isPresent();
    }
}
