package dev.parc.collect.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.conditionalaccess.SecondQuestions;
import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.http.ExplicitNulls;
import dev.parc.collect.http.HttpsStub;
import dev.parc.collect.http.HttpsStub.Reply;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.RetryBudget;
import dev.parc.collect.http.UsageReports;
import dev.parc.collect.http.Waiting;
import dev.parc.collect.http.WireRequest;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How many HTTP calls all items together take, counted by the server that gets them. */
class CostOverTheWireTest {

    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");
    private static final Set<FactKind> KINDS = Stream.concat(FactKind.OF_TENANT.stream(), FactKind.SECOND.stream())
            .collect(Collectors.toUnmodifiableSet());
    private static final int MOST_CALLS_TO_GRAPH = 34;
    private static final int SUBSCRIPTIONS = 12;
    private static final int A_SUBSCRIPTION = 4;
    private static final int A_WORKSPACE = 6;
    private static final int A_MANAGEMENT_GROUP = 2;
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

    /** How many calls came at the wire. */
    private record Calls(int graph, int azure, Duration paced, Collected collected) {}

    /** Reads all kinds, what is read second too, from a server on a local https port. */
    private static Calls collect(FakeTenant tenant) {
        Waiting waiting = Waiting.virtual(NOW);
        try (HttpsStub stub = new HttpsStub(request -> Reply.of(tenant.answer(new WireRequest(
                        request.method(),
                        URI.create("https://" + request.headers().get("host") + request.target()),
                        request.headers(),
                        request.body()))));
                BatchingGraph graph = new BatchingGraph(
                        new ExplicitNulls(new UsageReports(stub.wire(), tenant.reports())),
                        stub.uri(),
                        RetryBudget.DEFAULT,
                        waiting,
                        Duration.ofMillis(100));
                Arm arm = new Arm(stub.wire(), stub.uri(), RetryBudget.DEFAULT, Waiting.virtual(NOW))) {
            Designations emergency = new Designations(Set.of(FakeTenant.id("adm0"), FakeTenant.id("adm5")), Map.of());
            Collected collected = new FactsReading(graph, arm, NOW, "unknown")
                    .collect(
                            KINDS,
                            emergency,
                            phrase -> {},
                            new Estate.Whole(),
                            first -> SecondQuestions.of(first, KINDS));
            assertThat(tenant.complaints()).isEmpty();
            int ofGraph = (int) stub.received().stream()
                    .filter(request -> RequestTarget.of(request.target()).isOfGraph())
                    .count();
            return new Calls(
                    ofGraph, stub.received().size() - ofGraph, Duration.between(NOW, waiting.now()), collected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        int more = collect(some).azure() - collect(none).azure();
        assertThat(more).isLessThanOrEqualTo(5 * (A_WORKSPACE + 1)).isPositive();
        assertThat(some.requests()).isEqualTo(none.requests());
    }

    @Test
    void aManagementGroupTakesAtMostTwoCallsToAzureWhoeverHoldsARoleThere() {
        FakeTenant none = tenant(200);
        FakeTenant some = tenant(200);
        for (int i = 0; i < 5; i++) {
            String group = some.arm().managementGroup("mg-" + i, "Group " + i);
            if (i % 2 == 0) {
                some.arm().assign(FakeTenant.id("adm0"), "User", AzureRole.OWNER, group);
            }
        }
        int more = collect(some).azure() - collect(none).azure();
        assertThat(more).isLessThanOrEqualTo(5 * A_MANAGEMENT_GROUP).isPositive();
    }

    @Test
    void allItemsForFortyAdministratorsTakeAtMostThirtyFourCallsToGraphAndUsersNone() {
        FakeTenant small = tenant(200);
        FakeTenant large = tenant(20_000);
        Calls few = collect(small);
        Calls many = collect(large);
        assertThat(few.graph()).isLessThanOrEqualTo(MOST_CALLS_TO_GRAPH);
        assertThat(few.graph()).isEqualTo(few.collected().graph());
        assertThat(many.graph()).isLessThanOrEqualTo(MOST_CALLS_TO_GRAPH);
        assertThat(large.requests()).isEqualTo(small.requests());
        assertThat(few.azure()).isLessThanOrEqualTo(FIXED_IN_AZURE + A_SUBSCRIPTION * SUBSCRIPTIONS);
        assertThat(many.azure()).isEqualTo(few.azure());
    }

    /**
     * Graph lets logs and reports be asked five times in ten seconds, so that a sixth request waits for the rest of them. Without one, a
     * run waits for policies alone, one a second.
     */
    @Test
    void logsAndReportsAreAskedAtMostFiveTimesAndNothingWaitsForThem() {
        FakeTenant usual = tenant(200);
        Calls calls = collect(usual);
        assertThat(usual.requests()).containsKey("GET /beta/reports/servicePrincipalSignInActivities");
        assertThat(usual.requests().entrySet().stream()
                        .filter(request -> request.getKey().matches("GET (/beta)?/(auditLogs/|reports/(?!get)).*"))
                        .mapToLong(Map.Entry::getValue)
                        .sum())
                .isBetween(4L, 5L);
        assertThat(calls.paced()).isLessThan(Duration.ofSeconds(5));
    }

    /** By size, as the exhaustive build has time for: a tenant of five thousand takes at most 700 calls. */
    @Test
    void administratorsWhoAreManyAreAskedForInBlocks() {
        int administrators = Boolean.getBoolean("parc.exhaustive") ? 5_000 : 400;
        Calls many = collect(FakeTenant.ofSize(administrators, 200));

        assertThat(many.graph()).isLessThanOrEqualTo(100 + administrators * 600 / 5_000);
    }

    /** By size, as the exhaustive build has time for: what a table of Resource Graph tells takes no call for each of 500 subscriptions. */
    @Test
    void aSubscriptionTakesFourCallsHoweverManyThereAreAndTablesAreAskedOnceForAll() {
        int subscriptions = Boolean.getBoolean("parc.exhaustive") ? 500 : 60;
        FakeTenant small = tenant(200);
        FakeTenant large = tenant(200);
        for (int i = SUBSCRIPTIONS; i < subscriptions; i++) {
            large.arm()
                    .assign(
                            FakeTenant.id("adm0"),
                            "User",
                            AzureRole.OWNER,
                            large.arm().subscription("sub " + i));
        }
        int few = collect(small).azure();

        assertThat(collect(large).azure() - few).isEqualTo((subscriptions - SUBSCRIPTIONS) * A_SUBSCRIPTION);
        assertThat(tables(large)).isEqualTo(tables(small)).isPositive();
    }

    private static long tables(FakeTenant tenant) {
        return tenant.arm().requests().stream()
                .filter(request -> request.contains(FakeArm.RESOURCE_GRAPH))
                .count();
    }

    @Test
    void soDoTheyWherePoliciesLeaveEverybodyUncoveredWhoIsThenAskedForPerUserMfa() {
        FakeTenant open = tenant(200);
        open.collection("/identity/conditionalAccess/policies").clear();
        assertThat(collect(open).graph()).isLessThanOrEqualTo(MOST_CALLS_TO_GRAPH);
        assertThat(open.requests()).containsKey("GET /beta/users/{id}/authentication/requirements");
    }
}
