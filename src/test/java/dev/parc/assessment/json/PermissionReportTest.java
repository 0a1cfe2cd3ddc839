package dev.parc.assessment.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.assessment.Assessor;
import dev.parc.assessment.json.PermissionReport.Found;
import dev.parc.assessment.json.PermissionReport.Held;
import dev.parc.assessment.json.PermissionReport.Permission;
import dev.parc.check.Check;
import dev.parc.facts.AppRole;
import dev.parc.facts.FactKind;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PermissionReportTest {

    private static final Set<String> ALL =
            Stream.of(AppRole.values()).map(AppRole::value).collect(Collectors.toSet());
    private static final String READER =
            FactKind.AZURE_SUBSCRIPTIONS.azureRole().orElseThrow();

    private static PermissionReport permissions(Set<String> held, Map<String, Found> azure) {
        return PermissionReport.of("tenant", "live", Optional.of(held), Map.of(), azure, Roadmap.checks());
    }

    private static Set<String> without(AppRole role) {
        return ALL.stream().filter(name -> !name.equals(role.value())).collect(Collectors.toSet());
    }

    @Test
    void whoHoldsAllAnswersAll() {
        PermissionReport permissions = permissions(ALL, Map.of(READER, new Found(Held.YES, "")));

        assertThat(permissions.all()).extracting(Permission::held).containsOnly(Held.YES);
        assertThat(permissions.unanswered()).isEmpty();
        assertThat(permissions.graph())
                .extracting(Permission::set)
                .containsSubsequence("core", "recommended", "optional");
    }

    @Test
    void noPermissionIsInTheListThatReadsNothing() {
        assertThat(PermissionReport.used()).containsExactly(AppRole.values());
    }

    static List<AppRole> used() {
        return PermissionReport.used();
    }

    /** An item is named by exactly those permissions without which the assessor gives it no PASS. */
    @ParameterizedTest
    @MethodSource("used")
    void whatIsLackingCostsTheItemsThatItDecides(AppRole role) {
        PermissionReport permissions = permissions(without(role), Map.of());

        Set<String> decided = Roadmap.checks().stream()
                .filter(check -> Assessor.decidedBy(check).stream().anyMatch(kind -> kind.takes(role.value())))
                .map(check -> Check.card(check).id())
                .collect(Collectors.toSet());
        assertThat(permissions.unanswered().keySet()).isEqualTo(decided);
        assertThat(permissions.all())
                .filteredOn(permission -> permission.held() == Held.NO)
                .singleElement()
                .satisfies(permission -> {
                    assertThat(permission.name()).isEqualTo(role.value());
                    assertThat(permission.items().size()
                                    + permission.sometimes().size()
                                    + permission.sharpens().size())
                            .isPositive();
                    assertThat(permission.sharpens()).noneMatch(permission.items()::contains);
                    assertThat(permission.grant()).startsWith("infra/grant-permissions.sh --set ");
                });
    }

    @Test
    void whatIsAskedWhereTheFirstSourceFallsShortMayLeaveItemsOpen() {
        PermissionReport permissions = permissions(
                without(AppRole.of("UserAuthenticationMethod.Read.All").orElseThrow()), Map.of());

        assertThat(permissions.unanswered()).isEmpty();
        assertThat(permissions.doubtful()).contains("S1-05", "S2-03", "S3-03");
        assertThat(permissions(ALL, Map.of()).doubtful()).isEmpty();
    }

    @Test
    void withoutReaderInAzureItsItemsDropOut() {
        PermissionReport permissions =
                permissions(ALL, Map.of(READER, new Found(Held.NO, "no subscription is visible")));

        assertThat(permissions.unanswered())
                .containsKeys("S2-19", "S2-20", "S2-21", "S3-11", "S3-13", "S4-08")
                .doesNotContainKeys("S1-04", "S2-01");
        assertThat(permissions.azure()).singleElement().satisfies(permission -> {
            assertThat(permission.why()).isEqualTo("no subscription is visible");
            assertThat(permission.sharpens()).contains("S2-01");
        });
    }

    /** Until the token is renewed it is lacking all the same, and nobody is told to grant it again. */
    @Test
    void whatIsGrantedAndNotHeldYetIsNotToBeGranted() {
        PermissionReport permissions = PermissionReport.of(
                "tenant",
                "live",
                Optional.of(without(AppRole.POLICY_READ_ALL)),
                Map.of("Policy.Read.All", "it is granted; the token is renewed by noon at the latest"),
                Map.of(),
                Roadmap.checks());

        assertThat(permissions.graph())
                .filteredOn(permission -> permission.held() == Held.NO)
                .singleElement()
                .satisfies(permission -> {
                    assertThat(permission.name()).isEqualTo("Policy.Read.All");
                    assertThat(permission.why()).isEqualTo("it is granted; the token is renewed by noon at the latest");
                    assertThat(permission.grant()).isEqualTo("nothing is to be done");
                });
        assertThat(permissions.unanswered()).containsKey("S1-06");
    }

    @Test
    void whatNothingTellsIsNeitherHeldNorLacking() {
        PermissionReport permissions =
                PermissionReport.of("tenant", "snapshot", Optional.empty(), Map.of(), Map.of(), Roadmap.checks());

        assertThat(permissions.graph()).extracting(Permission::held).containsOnly(Held.UNKNOWN);
        assertThat(permissions.unanswered()).isEmpty();
    }

    @Test
    void theDocumentSaysWhatToGrant() throws IOException {
        JsonNode document = new ObjectMapper()
                .readTree(permissions(without(AppRole.POLICY_READ_ALL), Map.of(READER, new Found(Held.NO, "none")))
                        .json());

        assertThat(document.at("/schema").asText()).isEqualTo("parc-permissions/1");
        assertThat(document.at("/sets/core/lacking").asInt()).isEqualTo(1);
        assertThat(document.at("/sets/azure/held").asInt()).isZero();
        assertThat(document.at("/azure/0/grant").asText()).startsWith("grant PARC's identity the role Reader on");
        assertThat(document.at("/unanswered").findValuesAsText("checkId")).contains("S1-06", "S2-19");
        assertThat(document.at("/permissions/0/set").asText()).isEqualTo("core");
    }
}
