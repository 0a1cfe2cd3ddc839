package dev.parc.collect.tenant;

import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.TenantException;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.graph.Graph;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.graph.PlainGraph;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.collect.http.Answer;
import dev.parc.collect.http.ExplicitNulls;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.RetryBudget;
import dev.parc.collect.http.Waiting;
import dev.parc.collect.http.Wire;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzureRole;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphCollectorTest {

    private static final Set<FactKind> ALL = FactKind.OF_TENANT;

    private static Map<FactKind, Reading> collect(Graph graph, Set<FactKind> kinds) {
        return collect(graph, FakeTenant.ofSize(2, 0), kinds);
    }

    private static Map<FactKind, Reading> collect(Graph graph, Wire azure, Set<FactKind> kinds) {
        try (Arm arm = Arm.replaying(azure)) {
            Designations designations = new Designations(Set.of(FakeTenant.id("adm0")), Map.of())
                    .withExposedUsersGroup(Optional.of(FakeTenant.id("sg-role-0")));
            return new GraphCollector(graph, arm, Readings.NOW).collect(kinds, designations, phrase -> {});
        }
    }

    /** A tenant in which every request has something to answer. */
    private static FakeTenant rich() {
        FakeTenant tenant = FakeTenant.ofSize(40, 200);
        tenant.domain("contoso.com", false, true);
        String gone = tenant.user("gone");
        tenant.permanent(gone, GLOBAL_ADMINISTRATOR.templateId());
        tenant.delete(gone);
        tenant.policy("names a deleted group", "All", FakeTenant.id("gone group"), "mfa");
        String guest = tenant.user("guest", "guest_fabrikam.com#EXT#@contoso.onmicrosoft.com");
        tenant.object(guest).put("userType", "Guest");
        tenant.permanent(guest, GLOBAL_ADMINISTRATOR.templateId());
        tenant.object(FakeTenant.id("adm0")).put("mail", "adm0@contoso.com");
        tenant.arm().assign(FakeTenant.id("adm0"), "User", AzureRole.USER_ACCESS_ADMINISTRATOR, "/");
        String machines = tenant.arm().subscription("Machines");
        tenant.arm().machine(machines, "vm", "Windows", "admin");
        String workspace = tenant.arm().workspace(machines, "log-soc", 90, true);
        tenant.arm().exportDirectory("to-soc", "workspaceId", workspace, "AuditLogs", "SignInLogs");
        tenant.arm().export(machines, "to-soc", "workspaceId", workspace, "Administrative");
        tenant.arm().export(machines, "kept", "storageAccountId", FakeArm.account(machines, "logs"), "Security");
        tenant.unreported(FakeTenant.id("adm1"));
        tenant.unreported(FakeTenant.id("adm2"));
        tenant.refuse(
                "/users/" + FakeTenant.id("adm2") + "/authentication/methods", 403, "Authorization_RequestDenied");
        return tenant;
    }

    @Test
    void everyKindIsReadWholeWithoutAGap() {
        FakeTenant tenant = FakeTenant.ofSize(40, 200);
        Map<FactKind, Reading> readings = collect(new PlainGraph(tenant), ALL);
        assertThat(tenant.complaints()).isEmpty();
        assertThat(readings).containsOnlyKeys(FactKind.OF_TENANT.toArray(FactKind[]::new));
        assertThat(UnseenHolders.gaps(new Facts(Instant.EPOCH, Designations.NONE, readings).only(ALL)))
                .isEmpty();
    }

    static Set<FactKind> all() {
        return ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void oneKindTakesNoOtherRequestsThanItDeclaresAndThoseItBuildsOn(FactKind kind) {
        FakeTenant tenant = rich();
        Map<FactKind, Reading> readings = collect(new PlainGraph(tenant), tenant, Set.of(kind));
        assertThat(tenant.complaints()).isEmpty();
        assertThat(readings).containsKey(kind);
        assertThat(readings.keySet()).isEqualTo(GraphCollector.kindsFor(Set.of(kind)));
        assertThat(paths(tenant)).isSubsetOf(declared(readings.keySet()));
    }

    @Test
    void everyDeclaredRequestIsMadeWhereThereIsSomethingToAsk() {
        FakeTenant tenant = rich();
        collect(new PlainGraph(tenant), tenant, ALL);
        FakeTenant withoutSubscriptions = FakeTenant.licensed();
        collect(new PlainGraph(withoutSubscriptions), withoutSubscriptions, Set.of(FactKind.AZURE_SUBSCRIPTIONS));
        FakeTenant withoutBlocks = FakeTenant.licensed();
        withoutBlocks.permanent(withoutBlocks.user("late"), GLOBAL_ADMINISTRATOR.templateId());
        withoutBlocks.notAdministrator(FakeTenant.id("late"));
        withoutBlocks.withoutBlocksOfRegistrations();
        collect(new PlainGraph(withoutBlocks), withoutBlocks, Set.of(FactKind.REGISTRATIONS));
        FakeTenant withoutBeta = FakeTenant.licensed();
        withoutBeta.refuse("/beta/roleManagement/directory/roleDefinitions", 404, "ResourceNotFound");
        collect(new PlainGraph(withoutBeta), withoutBeta, Set.of(FactKind.ROLE_DEFINITIONS));
        Set<String> made = new HashSet<>(paths(tenant));
        made.addAll(paths(withoutBeta));
        made.addAll(paths(withoutBlocks));
        made.addAll(paths(withoutSubscriptions));
        assertThat(made).isEqualTo(declared(ALL));
    }

    private static Set<String> paths(FakeTenant tenant) {
        return Stream.concat(tenant.requests().keySet().stream(), tenant.arm().requests().stream())
                .map(request -> request.substring(request.indexOf(' ') + 1))
                .map(path ->
                        path.contains("/providers/") ? RequestTarget.of(path).template() : path)
                .collect(Collectors.toSet());
    }

    private static Set<String> declared(Set<FactKind> kinds) {
        return kinds.stream().flatMap(kind -> kind.requests().stream()).collect(Collectors.toSet());
    }

    @Test
    void aKindThatManyBuildOnIsReadOnce() {
        FakeTenant tenant = FakeTenant.ofSize(40, 200);
        collect(new PlainGraph(tenant), ALL);
        assertThat(tenant.requests())
                .containsEntry("GET /subscribedSkus", 1L)
                .containsEntry("GET /roleManagement/directory/roleAssignments", 1L)
                .containsEntry("GET /identity/conditionalAccess/policies", 1L)
                .containsEntry("POST /users/{id}/checkMemberGroups", 38L);
    }

    @Test
    void ordinaryUsersCostNotOneRequest() {
        FakeTenant small = FakeTenant.ofSize(40, 200);
        FakeTenant large = FakeTenant.ofSize(40, 20_000);
        Map<FactKind, Reading> ofLarge = new EnumMap<>(collect(new PlainGraph(large), ALL));
        Map<FactKind, Reading> ofSmall = new EnumMap<>(collect(new PlainGraph(small), ALL));
        assertThat(ofLarge.remove(FactKind.EXCLUDED_MEMBERS))
                .as("the members of an excluded group are counted")
                .isNotEqualTo(ofSmall.remove(FactKind.EXCLUDED_MEMBERS));
        assertThat(ofLarge).isEqualTo(ofSmall);
        assertThat(large.requests()).isEqualTo(small.requests());
    }

    @Test
    void fortyAdministratorsCostAtMostThirtyCalls() {
        FakeTenant tenant = FakeTenant.ofSize(40, 20_000);
        Map<FactKind, Reading> readings;
        try (BatchingGraph graph = new BatchingGraph(
                new ExplicitNulls(tenant),
                URI.create("https://graph.microsoft.com"),
                RetryBudget.DEFAULT,
                Waiting.virtual(Instant.EPOCH),
                Duration.ofMillis(100))) {
            readings = collect(graph, ALL);
        }
        assertThat(UnseenHolders.gaps(new Facts(Instant.EPOCH, Designations.NONE, readings).only(ALL)))
                .isEmpty();
        assertThat(tenant.calls()).isLessThanOrEqualTo(30);
    }

    @Test
    void progressNamesWhatIsRead() {
        Queue<String> phrases = new ConcurrentLinkedQueue<>();
        FakeTenant tenant = FakeTenant.licensed();
        new GraphCollector(new PlainGraph(tenant), Arm.replaying(tenant), Readings.NOW)
                .collect(Set.of(FactKind.FEDERATIONS), Designations.NONE, phrases::add);
        assertThat(phrases).containsExactly("reading domains", "reading federation settings");
    }

    @Test
    void anUnexpectedFailureIsUnreadAndTheOthersGoOn() {
        FakeTenant tenant = FakeTenant.licensed();
        Graph plain = new PlainGraph(tenant);
        Map<FactKind, Reading> readings = collect(
                new FailingGraph(plain, new IllegalStateException("boom\n at x")),
                Set.of(FactKind.DOMAINS, FactKind.ORGANIZATION));
        assertThat(readings.get(FactKind.DOMAINS))
                .isEqualTo(new Reading.Unread("reading it broke off on IllegalStateException: boom at x; please report"
                        + " this as a bug of PARC"));
        assertThat(readings.get(FactKind.ORGANIZATION)).isInstanceOf(Reading.Read.class);
    }

    @Test
    void aTenantThatCannotBeReadAtAllIsNoReading() {
        Graph graph = new FailingGraph(new PlainGraph(FakeTenant.licensed()), new TenantException("no credential"));
        assertThatThrownBy(() -> collect(graph, Set.of(FactKind.FEDERATIONS)))
                .isInstanceOf(TenantException.class)
                .hasMessage("no credential");
    }

    /** A Graph that fails on what is asked of domains. */
    private record FailingGraph(Graph graph, RuntimeException failure) implements Graph {

        @Override
        public <K> Map<K, Answer> ask(Map<K, GraphRequest> requests) {
            for (GraphRequest request : List.copyOf(requests.values())) {
                if (request.pathAndQuery().contains("/domains")) {
                    throw failure;
                }
            }
            return graph.ask(requests);
        }
    }
}
