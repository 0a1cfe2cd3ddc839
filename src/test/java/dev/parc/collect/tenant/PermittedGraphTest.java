package dev.parc.collect.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.graph.Graph;
import dev.parc.collect.graph.GraphApi;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.AccessTokens.Bearer;
import dev.parc.collect.http.Answer;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.reading.ReadingBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PermittedGraphTest {

    private static final GraphRequest POLICIES = GraphRequest.of(
            GraphApi.V1.policies().identitySecurityDefaultsEnforcementPolicy().toGetRequestInformation());

    private static final String APP = "11111111-2222-4333-8444-555555555555";

    private int looked;

    private PermittedGraph graph(Answer answer, Optional<Set<String>> held) {
        return new PermittedGraph(
                new Graph() {
                    @Override
                    public <K> Map<K, Answer> ask(Map<K, GraphRequest> requests) {
                        Map<K, Answer> answers = new HashMap<>();
                        requests.keySet().forEach(key -> answers.put(key, answer));
                        return answers;
                    }
                },
                () -> {
                    looked++;
                    return held;
                },
                Optional::empty);
    }

    private String reason(Optional<Set<String>> held, String... permissions) {
        Answer refused = new Answer.Refused(403, "Forbidden", "The caller\nis not in the role");
        return ReadingBuilder.reason(graph(refused, held).ask(POLICIES), List.of(permissions));
    }

    @Test
    void whatTheTokenDoesNotCarryIsToBeGranted() {
        assertThat(reason(Optional.of(Set.of("User.Read.All")), "Policy.Read.All"))
                .isEqualTo("permission Policy.Read.All is missing (Graph answered 403 Forbidden): grant it to PARC's"
                        + " identity");
    }

    @Test
    void whatTheTokenCarriesIsNotToBeGrantedAgain() {
        assertThat(reason(Optional.of(Set.of("Policy.Read.All")), "Policy.Read.All"))
                .startsWith("Graph answered 403 Forbidden: The caller is not in the role; PARC's identity holds"
                        + " Policy.Read.All, so look at what else may refuse: a licence, ")
                .contains("Conditional Access", "a role in the service", "has not reached the service")
                .doesNotContain("grant it");
    }

    @Test
    void ofSeveralOnlyThoseAreToBeGrantedThatAreLacking() {
        String[] both = {"AuditLog.Read.All", "User.Read.All"};

        assertThat(reason(Optional.of(Set.of("User.Read.All")), both))
                .startsWith("permission AuditLog.Read.All is missing (")
                .doesNotContain("User.Read.All");
        assertThat(reason(Optional.of(Set.of()), both))
                .isEqualTo("permissions AuditLog.Read.All and User.Read.All are missing (Graph answered 403"
                        + " Forbidden): grant them to PARC's identity");
        assertThat(reason(Optional.of(Set.of(both)), both)).doesNotContain("missing");
    }

    /** A longer name that begins alike is another permission. */
    @Test
    void aPermissionIsHeldByItsWholeName() {
        assertThat(reason(Optional.of(Set.of("GroupMember.ReadWrite.All", "Policy.Read.AllX")), "Policy.Read.All"))
                .contains("is missing");
    }

    @Test
    void whereNothingTellsWhatIsHeldNothingIsClaimed() {
        assertThat(reason(Optional.empty(), "Policy.Read.All"))
                .isEqualTo(
                        "permission Policy.Read.All may be missing (Graph answered 403 Forbidden): if it is, grant it"
                                + " to PARC's identity");
    }

    /** What is granted and not in the token yet is not to be granted: it counts with the next token. */
    @Test
    void whatIsGrantedAndNotInTheTokenCountsWithTheNextOne() {
        assertThat(awaiting("""
                        {"value": [
                          {"resourceId": "graph", "appRoleId": "246dd0d5-5bd0-4def-940b-0421030a5b68"},
                          {"resourceId": "other", "appRoleId": "df021288-bdef-4463-88db-98f22de89214"}]}
                        """, "Policy.Read.All"))
                .isEqualTo("permission Policy.Read.All is granted to PARC's identity and not in its token yet (Graph"
                        + " answered 403 Forbidden): nothing is to be done, the token is renewed by"
                        + " 2026-02-01T04:10:00Z at the latest");
    }

    @Test
    void ofSeveralThoseAreToBeGrantedThatAreNot() {
        String policies =
                "{\"value\": [{\"resourceId\": \"graph\", \"appRoleId\": \"246dd0d5-5bd0-4def-940b-0421030a5b68\"}]}";

        assertThat(awaiting(policies, "Policy.Read.All", "User.Read.All"))
                .startsWith("permission User.Read.All is missing (")
                .contains("grant it");
    }

    @Test
    void aGrantOfAnotherApplicationOrAListThatIsNoneTellsNothing() {
        String other =
                "{\"value\": [{\"resourceId\": \"other\", \"appRoleId\": \"246dd0d5-5bd0-4def-940b-0421030a5b68\"}]}";

        for (String grants : List.of(other, "{}", "{\"value\": [1, {}]}")) {
            assertThat(awaiting(grants, "Policy.Read.All"))
                    .as(grants)
                    .startsWith("permission Policy.Read.All is missing");
        }
    }

    /** Why a policy was not read by an app that holds one permission, and of which the directory tells these grants. */
    private static String awaiting(String grants, String... permissions) {
        AtomicInteger asked = new AtomicInteger();
        Graph directory = new Graph() {
            @Override
            public <K> Map<K, Answer> ask(Map<K, GraphRequest> requests) {
                Map<K, Answer> answers = new HashMap<>();
                requests.forEach((key, request) -> answers.put(key, answer(request.pathAndQuery())));
                return answers;
            }

            private Answer answer(String path) {
                if (path.startsWith("/v1.0/servicePrincipals/" + APP + "/appRoleAssignments?")) {
                    asked.incrementAndGet();
                    return new Answer.Value(JsonBody.parse(grants).orElseThrow());
                }
                return path.startsWith("/v1.0/servicePrincipals?$filter=appId")
                        ? new Answer.Value(JsonBody.parse("{\"value\": [{\"id\": \"graph\"}]}")
                                .orElseThrow())
                        : new Answer.Refused(403, "Forbidden", "");
            }
        };
        PermittedGraph graph = new PermittedGraph(
                directory,
                () -> Optional.of(Set.of("AuditLog.Read.All")),
                () -> Optional.of(new Bearer(APP, Instant.parse("2026-02-01T04:10:09Z"))));
        graph.ask(POLICIES);
        String reason = ReadingBuilder.reason(graph.ask(POLICIES), List.of(permissions));
        assertThat(asked).hasValue(1);
        return reason;
    }

    @Test
    void theTokenIsLookedAtOnlyForARefusal() {
        graph(new Answer.Failed("throttled"), Optional.empty()).ask(POLICIES);
        graph(new Answer.Refused(404, "NotFound", ""), Optional.empty()).ask(POLICIES);
        assertThat(looked).isZero();

        graph(new Answer.Refused(403, "Forbidden", ""), Optional.empty()).ask(POLICIES);
        assertThat(looked).isPositive();
    }
}
