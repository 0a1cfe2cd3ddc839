package dev.parc.collect.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.Collected;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.exchange.RetryBudget;
import dev.parc.collect.exchange.Waiting;
import dev.parc.collect.wire.ExplicitNulls;
import dev.parc.collect.wire.UsageReports;
import dev.parc.facts.AzureRole;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How many HTTP calls all items together take. */
class CostOverTheWireTest {

    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");
    private static final int MOST_CALLS_TO_GRAPH = 34;
    private static final int SUBSCRIPTIONS = 12;
    private static final int A_SUBSCRIPTION = 4;
    private static final int A_WORKSPACE = 6;
    private static final int FIXED_IN_AZURE = 20;

    /** Forty administrators, two of whom are designated for emergencies, and twelve subscriptions. */
    private static FakeTenant tenant(int ordinaryUsers) {
        FakeTenant tenant = FakeTenant.ofSize(40, ordinaryUsers);
        for (int i = 1; i < SUBSCRIPTIONS; i++) {
            tenant.arm()
                    .assign(
                            FakeTenant.id("adm0"),
                            "User",
                            AzureRole.OWNER,
                            tenant.arm().subscription("sub " + i));
        }
        return tenant;
    }

    private static Collected collect(FakeTenant tenant) {
        try (BatchingGraph graph = new BatchingGraph(
                        new ExplicitNulls(new UsageReports(tenant, tenant.reports())),
                        URI.create("https://graph.microsoft.com"),
                        RetryBudget.DEFAULT,
                        Waiting.virtual(NOW),
                        Duration.ofMillis(100));
                Arm arm = Arm.replaying(tenant)) {
            Designations emergency = new Designations(Set.of(FakeTenant.id("adm0"), FakeTenant.id("adm5")), Map.of());
            Collected collected =
                    new FactsReading(graph, arm, NOW, "unknown").collect(FactKind.OF_TENANT, emergency, phrase -> {});
            assertThat(tenant.complaints()).isEmpty();
            return collected;
        }
    }

    /** So many more workspaces, each of which gets every log that can be sent, and as many storage accounts. */
    private static FakeTenant withPlacesForLogs(int places) {
        FakeTenant tenant = tenant(200);
        FakeArm arm = tenant.arm();
        String scope = arm.subscription("logs");
        for (int i = 0; i < places; i++) {
            String workspace = arm.workspace(scope, "log-" + i, 90, true);
            arm.exportDirectory("soc " + i, "workspaceId", workspace, "AuditLogs", "SignInLogs");
            arm.export(scope, "soc " + i, "workspaceId", workspace, "Administrative", "Security");
            arm.export(scope, "kept " + i, "storageAccountId", FakeArm.account(scope, "kept" + i), "Administrative");
        }
        return tenant;
    }

    @Test
    void aWorkspaceThatReceivesLogsTakesAtMostSixCallsToAzureAndAStorageAccountOne() {
        FakeTenant none = withPlacesForLogs(0);
        FakeTenant some = withPlacesForLogs(5);
        collect(none);
        collect(some);
        int more = some.arm().requests().size() - none.arm().requests().size();
        assertThat(more).isLessThanOrEqualTo(5 * (A_WORKSPACE + 1)).isPositive();
        assertThat(some.requests()).isEqualTo(none.requests());
    }

    @Test
    void allItemsForFortyAdministratorsTakeAtMostThirtyFourCallsToGraphAndUsersNone() {
        FakeTenant small = tenant(200);
        FakeTenant large = tenant(20_000);
        Collected few = collect(small);
        Collected many = collect(large);
        assertThat(few.graph()).isLessThanOrEqualTo(MOST_CALLS_TO_GRAPH);
        assertThat(many.graph()).isLessThanOrEqualTo(MOST_CALLS_TO_GRAPH);
        assertThat(large.requests()).isEqualTo(small.requests());
        assertThat(small.arm().requests())
                .hasSizeLessThanOrEqualTo(FIXED_IN_AZURE + A_SUBSCRIPTION * SUBSCRIPTIONS)
                .hasSameSizeAs(large.arm().requests());
    }
}
