package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.APPLICATION_USE;
import static dev.parc.facts.roles.DirectoryRole.EXCHANGE_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.FakeTenant;
import dev.parc.facts.activity.ApplicationUse;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApplicationUseReaderTest {

    private static final String REPORT = "GET /beta/reports/servicePrincipalSignInActivities";
    private static final String DAY = "2026-08-20T05:00:00Z";

    private final FakeTenant tenant = FakeTenant.licensed();

    private String holder(String name) {
        String id = tenant.servicePrincipal(name);
        tenant.permanent(id, EXCHANGE_ADMINISTRATOR.templateId());
        return id;
    }

    private Readings read() {
        return Readings.of(tenant, ACCOUNTS, APPLICATION_USE);
    }

    @Test
    void theLatestUseAsAClientCountsAndNoneAsAResource() {
        String backup = holder("backup");
        tenant.lastUsed(backup, DAY);
        assertThat(read().only(APPLICATION_USE, ApplicationUse.class))
                .isEqualTo(new ApplicationUse(backup, Optional.of(Instant.parse(DAY))));
    }

    @Test
    void useForSomebodyWhoIsSignedInCountsToo() {
        String backup = holder("backup");
        tenant.lastUsed(backup, "2026-01-01T00:00:00Z");
        tenant.collection("/beta/reports/servicePrincipalSignInActivities")
                .get(0)
                .putObject("delegatedClientSignInActivity")
                .put("lastSignInDateTime", DAY);
        assertThat(read().only(APPLICATION_USE, ApplicationUse.class).lastUse()).contains(Instant.parse(DAY));
    }

    @Test
    void noRowAndNoDateAreNoUse() {
        holder("without a row");
        tenant.lastUsed(holder("never used"), null);
        assertThat(read().values(APPLICATION_USE, ApplicationUse.class))
                .hasSize(2)
                .allMatch(use -> use.lastUse().isEmpty());
    }

    @Test
    void aReportThatIsRefusedTellsNothingOfAnybody() {
        holder("backup");
        tenant.refuse("/beta/reports/servicePrincipalSignInActivities", 403, "Authorization_RequestDenied");
        assertThat(read().unread(APPLICATION_USE)).contains("AuditLog.Read.All");
    }

    @Test
    void aServiceThatDoesNotHaveTheReportTellsNothing() {
        holder("backup");
        tenant.refuse("/beta/reports/servicePrincipalSignInActivities", 404, "ResourceNotFound");
        assertThat(read().unread(APPLICATION_USE)).isEqualTo("Graph answered 404 ResourceNotFound: refused on demand");
    }

    @Test
    void aRowThatCannotBeReadIsNotWithoutUse() {
        tenant.lastUsed(holder("backup"), DAY);
        tenant.collection("/beta/reports/servicePrincipalSignInActivities")
                .get(0)
                .put("applicationAuthenticationClientSignInActivity", "often");
        assertThat(read().unread(APPLICATION_USE)).contains("unusable applicationAuthenticationClientSignInActivity");
    }

    @Test
    void itGrowsWithApplicationsThatHoldARoleAndWithNothingElse() {
        IntStream.range(0, 60).forEach(i -> holder("holder " + i));
        IntStream.range(0, 100).forEach(i -> tenant.servicePrincipal("other " + i));
        tenant.object(FakeTenant.id("holder 3")).put("accountEnabled", false);
        assertThat(read().values(APPLICATION_USE, ApplicationUse.class)).hasSize(50);
        assertThat(tenant.requests()).containsEntry(REPORT, 4L);
    }

    @Test
    void whereNoApplicationHoldsARoleNothingIsAsked() {
        tenant.permanent(tenant.user("ann"), EXCHANGE_ADMINISTRATOR.templateId());
        assertThat(read().values(APPLICATION_USE, ApplicationUse.class)).isEmpty();
        assertThat(tenant.requests()).doesNotContainKey(REPORT);
    }
}
