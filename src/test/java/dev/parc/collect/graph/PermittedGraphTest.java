package dev.parc.collect.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.exchange.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PermittedGraphTest {

    private static final GraphRequest POLICIES = GraphRequest.of(
            GraphApi.V1.policies().identitySecurityDefaultsEnforcementPolicy().toGetRequestInformation());

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
                });
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

    @Test
    void theTokenIsLookedAtOnlyForARefusal() {
        graph(new Answer.Failed("throttled"), Optional.empty()).ask(POLICIES);
        graph(new Answer.Refused(404, "NotFound", ""), Optional.empty()).ask(POLICIES);
        assertThat(looked).isZero();

        graph(new Answer.Refused(403, "Forbidden", ""), Optional.empty()).ask(POLICIES);
        assertThat(looked).isEqualTo(1);
    }
}
