package dev.parc.collect.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.ServicePlan;
import dev.parc.facts.directory.Organization;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.SyncState;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.PimPolicy;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.roadmap.Roadmap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An export that was put together by another tool: it holds some answers of Graph, whole and trimmed ones. */
class ScubaGearSampleTest {

    private static final SnapshotTenant SAMPLE = SnapshotTenant.open(Path.of("src/test/resources/scubagear-sample"));

    private final Facts facts = SAMPLE.collect(FactKind.OF_TENANT, SAMPLE.designations(), phrase -> {})
            .facts();

    private <T> List<T> values(FactKind kind, Class<T> type) {
        return facts.reading(kind) instanceof Reading.Read read
                ? read.values().stream().map(type::cast).toList()
                : List.of();
    }

    @Test
    void sevenHoldGlobalAdministratorAndTwoOfThemForATime() {
        List<RoleAssignment> holders = values(FactKind.PIM_ASSIGNMENTS, RoleAssignment.class).stream()
                .filter(row -> row.roleId().equals(DirectoryRole.GLOBAL_ADMINISTRATOR.templateId()))
                .toList();
        assertThat(holders).hasSize(7);
        assertThat(holders)
                .filteredOn(row -> row.kind() == AssignmentKind.TIME_BOUND)
                .hasSize(2)
                .allMatch(row -> row.endsAt().isPresent());
        assertThat(holders)
                .filteredOn(row -> row.kind() == AssignmentKind.PERMANENT)
                .hasSize(5);
    }

    @Test
    void principalsThatWereNotExpandedHaveNoType() {
        assertThat(values(FactKind.PIM_ASSIGNMENTS, RoleAssignment.class))
                .isNotEmpty()
                .allMatch(row -> row.principalType() == PrincipalType.UNKNOWN)
                .allMatch(row -> row.principalName().equals(row.principalId()));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "PIM_ELIGIBILITIES",
                "ROLE_ASSIGNMENTS",
                "NAMED_LOCATIONS",
                "SECURITY_DEFAULTS",
                "AUTHENTICATION_STRENGTHS"
            })
    void whatTheExportLacksIsNotInTheSnapshot(FactKind kind) {
        assertThat(facts.reading(kind))
                .isEqualTo(new Reading.Unread("GET /v1.0" + kind.requests().get(0) + " is not in the snapshot"));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"ACCOUNTS", "SERVICE_PRINCIPALS", "SIGN_INS", "REGISTRATIONS", "GROUP_MEMBERS", "GROUP_MEMBERSHIPS"
            })
    void whatIsReadObjectByObjectIsUnreadToo(FactKind kind) {
        assertThat(facts.reading(kind))
                .isInstanceOfSatisfying(
                        Reading.Unread.class,
                        unread -> assertThat(unread.reason()).contains(" is not in the snapshot"));
    }

    @Test
    void licencesAreReadAndTheUnusableSubscriptionDoesNotMatter() {
        assertThat(facts.reading(FactKind.SERVICE_PLANS))
                .isInstanceOfSatisfying(
                        Reading.Read.class, read -> assertThat(read.gaps()).isEmpty());
        assertThat(Licence.ENTRA_ID_P2_OR_GOVERNANCE.isIn(values(FactKind.SERVICE_PLANS, ServicePlan.class)))
                .isTrue();
    }

    @Test
    void theOrganisationAndItsPoliciesAreRead() {
        assertThat(values(FactKind.ORGANIZATION, Organization.class))
                .extracting(Organization::sync)
                .containsExactly(SyncState.SYNCED);
        assertThat(values(FactKind.CONDITIONAL_ACCESS_POLICIES, ConditionalAccessPolicy.class))
                .hasSize(7)
                .allMatch(policy -> policy.notModelled().isEmpty());
        assertThat(values(FactKind.PIM_POLICIES, PimPolicy.class))
                .isNotEmpty()
                .allMatch(policy -> policy.rules().containsKey("Enablement_EndUser_Assignment"));
        assertThat(facts.gapsOf(FactKind.CONDITIONAL_ACCESS_POLICIES)).isEmpty();
        assertThat(facts.gapsOf(FactKind.PIM_POLICIES)).isEmpty();
    }

    /** What is missing is a whole answer, or a property that the export has trimmed away. */
    @ParameterizedTest
    @MethodSource("dev.parc.roadmap.Roadmap#checks")
    void everyItemIsAnsweredOrNamesWhatIsMissing(Check check) {
        Verdict verdict = Assessor.assess(check, asked());
        assertThat(verdict.outcome()).as(verdict.toString()).isNotEqualTo(Outcome.PASS);
        if (verdict.outcome() == Outcome.NOT_ASSESSED) {
            assertThat(verdict.reasons())
                    .as(verdict.toString())
                    .anyMatch(
                            reason -> reason.contains(" is not in the snapshot") || reason.contains(" came without "));
        } else {
            assertThat(verdict.summary()).isNotBlank();
        }
    }

    @Test
    void whatTheExportHoldsIsAnswered() {
        assertThat(outcomes())
                .containsEntry("S1-07", Outcome.FAIL)
                .containsEntry("S3-06", Outcome.FAIL)
                .containsEntry("S2-15", Outcome.REVIEW)
                .doesNotContainValue(Outcome.PASS)
                .doesNotContainValue(Outcome.NOT_APPLICABLE);
    }

    private Facts asked() {
        return facts.with(Map.of(
                FactKind.ATTESTATIONS, new Reading.Read(List.of(), List.of()),
                FactKind.EARLIER_ADMINISTRATORS, new Reading.Read(List.of(), List.of())));
    }

    private Map<String, Outcome> outcomes() {
        Map<String, Outcome> outcomes = new TreeMap<>();
        for (Check check : Roadmap.checks()) {
            outcomes.put(Check.card(check).id(), Assessor.assess(check, asked()).outcome());
        }
        return outcomes;
    }
}
