package dev.parc.facts.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzurePowersTest {

    private static final String WRITE = "Microsoft.Authorization/roleAssignments/write";
    private static final String ROLE = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]";
    private static final String TYPE = "@Request[Microsoft.Authorization/roleAssignments:PrincipalType]";
    private static final String PRIVILEGED = "{%s, %s, %s}"
            .formatted(
                    AzureRole.OWNER.id(), AzureRole.USER_ACCESS_ADMINISTRATOR.id(), AzureRole.RBAC_ADMINISTRATOR.id());

    private static AzurePower custom(String actions, String notActions) {
        return new AzureCustomRole(
                        "id", "role", List.of(new AzureCustomRole.Permission(words(actions), words(notActions))))
                .power();
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "*, '', GIVES_ROLES",
        "Microsoft.Authorization/*, '', GIVES_ROLES",
        "microsoft.authorization/ROLEASSIGNMENTS/write, '', GIVES_ROLES",
        "*/write, '', GIVES_ROLES",
        "Microsoft.Authorization/roleDefinitions/write, '', GIVES_ROLES",
        "Microsoft.Authorization/roleEligibilityScheduleRequests/write, '', GIVES_ROLES",
        "*, Microsoft.Authorization/*, CHANGES_EVERYTHING",
        "*, Microsoft.Authorization/*/Write, CHANGES_EVERYTHING",
        "*, Microsoft.Authorization/*/Delete, GIVES_ROLES",
        "*, */write, OTHER",
        "*/read, '', OTHER",
        "Microsoft.Compute/*, '', OTHER",
        "Microsoft.Authorization/*/read, '', OTHER",
        "Microsoft.Authorization/roleAssignments/delete, '', OTHER",
        "xMicrosoft.Authorization/roleAssignments/write, '', OTHER",
        "'', '', OTHER"
    })
    void aCustomRoleIsWhatItsActionsMakeOfIt(String actions, String notActions, AzurePower power) {
        assertThat(custom(actions, notActions)).isEqualTo(power);
    }

    @Test
    void whatOnePermissionTakesAwayAnotherGives() {
        AzureCustomRole role = new AzureCustomRole(
                "id",
                "role",
                List.of(
                        new AzureCustomRole.Permission(List.of("*"), List.of("Microsoft.Authorization/*")),
                        new AzureCustomRole.Permission(List.of(WRITE), List.of())));
        assertThat(role.power()).isEqualTo(AzurePower.GIVES_ROLES);
    }

    private static AzurePower of(AzureRole role, String condition) {
        return new AzurePowers(List.of()).of(assignment(role.id(), false, Optional.of(condition)));
    }

    private static AzureRoleAssignment assignment(String roleId, boolean custom, Optional<String> condition) {
        return new AzureRoleAssignment(
                "ann",
                PrincipalType.USER,
                "ann",
                roleId,
                roleId,
                "/",
                AssignmentKind.PERMANENT,
                Optional.empty(),
                false,
                custom,
                condition);
    }

    /** As the portal writes it, for giving and for taking away. */
    private static String template(String rule) {
        return """
                (
                 (
                  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
                 )
                 OR
                 (
                  %s
                 )
                )
                AND
                (
                 (
                  !(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
                 )
                 OR
                 (
                  %s
                 )
                )
                """.formatted(rule, rule.replace("@Request", "@Resource"));
    }

    static Stream<Arguments> conditions() {
        String reader = "{" + AzureRole.READER.id() + "}";
        return Stream.of(
                args(template(ROLE + " ForAnyOfAnyValues:GuidEquals " + reader), AzurePower.OTHER),
                args(template(ROLE + " GuidEquals '" + AzureRole.READER.id() + "'"), AzurePower.OTHER),
                args(template(ROLE + " ForAnyOfAnyValues:GuidEquals " + PRIVILEGED), AzurePower.GIVES_ROLES),
                args(template(ROLE + " ForAnyOfAllValues:GuidNotEquals " + PRIVILEGED), AzurePower.CHANGES_EVERYTHING),
                args(template(ROLE + " ForAnyOfAnyValues:GuidNotEquals " + PRIVILEGED), AzurePower.GIVES_ROLES),
                args(
                        template(ROLE + " ForAnyOfAllValues:GuidNotEquals {" + AzureRole.OWNER.id() + "}"),
                        AzurePower.GIVES_ROLES),
                args(
                        template(TYPE + " ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}"),
                        AzurePower.GIVES_ROLES),
                args(
                        template(ROLE + " ForAnyOfAnyValues:GuidEquals " + reader + " AND " + TYPE
                                + " ForAnyOfAnyValues:StringEqualsIgnoreCase {'User', 'Group'}"),
                        AzurePower.OTHER),
                args(
                        template(
                                "@Request[Microsoft.Authorization/roleAssignments:PrincipalId] ForAnyOfAnyValues:GuidEquals"
                                        + " {11111111-1111-4111-8111-111111111111}"),
                        AzurePower.MAY_GIVE_ROLES),
                args("!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})", AzurePower.OTHER),
                args("!(ActionMatches{'Microsoft.Authorization/*'})", AzurePower.OTHER),
                args("!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})", AzurePower.GIVES_ROLES),
                args(
                        ROLE + " ForAnyOfAnyValues:GuidEquals " + reader + " || 1 NumericEquals 1",
                        AzurePower.MAY_GIVE_ROLES),
                args(ROLE + " ForAnyOfAnyValues:SomethingNew " + reader, AzurePower.MAY_GIVE_ROLES),
                args(ROLE + " GuidEquals @Principal[x]", AzurePower.MAY_GIVE_ROLES),
                args("(" + ROLE + " GuidEquals " + reader, AzurePower.MAY_GIVE_ROLES),
                args(ROLE + " GuidEquals " + reader + ")", AzurePower.MAY_GIVE_ROLES));
    }

    private static Arguments args(String condition, AzurePower power) {
        return Arguments.of(condition, power);
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void aConditionLimitsWhichRolesCanBeGiven(String condition, AzurePower power) {
        assertThat(of(AzureRole.RBAC_ADMINISTRATOR, condition)).isEqualTo(power);
    }

    @Test
    void aConstrainedOwnerChangesEverythingElseAllTheSame() {
        String reader = template(ROLE + " ForAnyOfAnyValues:GuidEquals {" + AzureRole.READER.id() + "}");
        assertThat(of(AzureRole.OWNER, reader)).isEqualTo(AzurePower.CHANGES_EVERYTHING);
        assertThat(of(AzureRole.USER_ACCESS_ADMINISTRATOR, reader)).isEqualTo(AzurePower.OTHER);
    }

    @Test
    void aConditionOnARoleThatGivesNoneChangesNothing() {
        assertThat(of(AzureRole.CONTRIBUTOR, "whatever")).isEqualTo(AzurePower.CHANGES_EVERYTHING);
        assertThat(of(AzureRole.READER, "whatever")).isEqualTo(AzurePower.READS);
    }

    @Test
    void aCustomRoleThatGivesRolesMustBeForbiddenByTheConditionToo() {
        AzureCustomRole role = new AzureCustomRole(
                "11111111-1111-4111-8111-111111111111",
                "Role giver",
                List.of(new AzureCustomRole.Permission(List.of(WRITE), List.of())));
        AzurePowers powers = new AzurePowers(List.of(role));
        String butTheBuiltIn = template(ROLE + " ForAnyOfAllValues:GuidNotEquals " + PRIVILEGED);
        assertThat(powers.of(assignment(AzureRole.RBAC_ADMINISTRATOR.id(), false, Optional.of(butTheBuiltIn))))
                .isEqualTo(AzurePower.GIVES_ROLES);
        assertThat(powers.of(assignment(role.id(), true, Optional.empty()))).isEqualTo(AzurePower.GIVES_ROLES);
    }

    @Test
    void aCustomRoleThatTheListLacksMayGiveRolesAndABuiltInOneThatParcDoesNotNameGivesNone() {
        AzurePowers powers = new AzurePowers(List.of());
        assertThat(powers.of(assignment("22222222-2222-4222-8222-222222222222", true, Optional.empty())))
                .isEqualTo(AzurePower.MAY_GIVE_ROLES);
        assertThat(powers.of(assignment("22222222-2222-4222-8222-222222222222", false, Optional.empty())))
                .isEqualTo(AzurePower.OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "!", "@Request[", "{'", "'", "AND AND"})
    void whatEndlesslyRepeatsIsNoAnswer(String part) {
        assertThat(of(AzureRole.OWNER, part.repeat(4_000))).isEqualTo(AzurePower.MAY_GIVE_ROLES);
    }
}
