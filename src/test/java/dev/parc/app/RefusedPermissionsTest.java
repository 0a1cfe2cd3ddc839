package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessor;
import dev.parc.assessment.json.PermissionReport;
import dev.parc.assessment.json.PermissionReport.Permission;
import dev.parc.check.Check;
import dev.parc.check.Verdict;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.tenant.FactsReading;
import dev.parc.facts.AppRole;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.report.docs.Permissions;
import dev.parc.roadmap.Roadmap;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the items, the permissions page and the health of PARC say of a permission follows from the same list. */
class RefusedPermissionsTest {

    private static final Set<String> ALL =
            Stream.of(AppRole.values()).map(AppRole::value).collect(Collectors.toSet());

    /** What is read of a tenant that refuses whatever takes the permission. */
    private static Facts facts(String permission, Set<String> held) {
        FakeTenant tenant = FakeTenant.ofSize(3, 5);
        Stream.of(FactKind.values())
                .filter(kind -> kind.permissions().contains(permission))
                .flatMap(kind -> kind.requests().stream())
                .forEach(path -> tenant.refuse(path, 403, "Authorization_RequestDenied"));
        Stream.of(FactKind.values())
                .filter(kind ->
                        kind.optionalPermission().filter(permission::equals).isPresent())
                .map(kind -> kind.requests().get(kind.requests().size() - 1))
                .forEach(path -> tenant.refuse(path, 403, "Authorization_RequestDenied"));
        try (BatchingGraph graph = BatchingGraph.replaying(tenant);
                Arm arm = Arm.replaying(tenant)) {
            return new FactsReading(
                            graph, arm, Instant.parse("2026-01-31T12:00:00Z"), "unnamed", () -> Optional.of(held))
                    .collect(FactKind.OF_TENANT, Designations.NONE, phrase -> {})
                    .facts();
        }
    }

    private static List<String> reasons(Facts facts) {
        return Stream.of(FactKind.values()).flatMap(facts::gapsOf).distinct().toList();
    }

    @ParameterizedTest
    @EnumSource(AppRole.class)
    void whatIsLackingIsNamedByTheItemsThatTheOtherPagesName(AppRole role) {
        Set<String> held =
                ALL.stream().filter(name -> !name.equals(role.value())).collect(Collectors.toSet());
        Facts facts = facts(role.value(), held);
        Permission permission =
                PermissionReport.of("tenant", "live", Optional.of(held), Map.of(), Map.of(), Roadmap.checks())
                        .graph()
                        .stream()
                        .filter(it -> it.name().equals(role.value()))
                        .findFirst()
                        .orElseThrow();
        Set<String> told = Stream.of(permission.items(), permission.sometimes(), permission.sharpens())
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        List<String> ofDoctor = Permissions.items(Roadmap.checks()).get(role.value());

        for (Check check : Roadmap.checks()) {
            String id = Check.card(check).id();
            Verdict verdict = Assessor.assess(check, facts);
            boolean names = verdict.reasons().stream()
                    .anyMatch(reason -> reason.contains("permission " + role.value() + " is missing"));
            if (names) {
                assertThat(told).as(id).contains(id);
                assertThat(ofDoctor).as(id).contains(id);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(AppRole.class)
    void whatIsHeldIsNeverToBeGranted(AppRole role) {
        List<String> reasons = reasons(facts(role.value(), ALL));

        assertThat(reasons).noneMatch(reason -> reason.contains("grant it to") || reason.contains("is missing"));
        assertThat(reasons(facts(role.value(), Set.of())))
                .as("near miss: the same answers, and nothing held")
                .hasSameSizeAs(reasons);
    }
}
