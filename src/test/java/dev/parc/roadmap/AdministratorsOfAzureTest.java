package dev.parc.roadmap;

import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.withMail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.GoodTenant;
import dev.parc.check.Outcome;
import dev.parc.check.TenantBuilder;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.AzureRoleAssignment;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever can give roles in Azure is an administrator to the items that ask of all of them, and nobody else there is. */
class AdministratorsOfAzureTest {

    private static final String PRODUCTION = "/subscriptions/" + id("Production");
    private static final String CONSTRAINED = "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})";
    private static final List<String> ITEMS = List.of("S2-02", "S2-03", "S2-05", "S2-09", "S2-12");

    /** Somebody with nothing that an administrator should have: no mail, no MFA, no use, and left out of the policy. */
    private static final Account EVE = account("eve@contoso.com");

    private static Stream<Check> items() {
        return Roadmap.checks().stream()
                .filter(check -> ITEMS.contains(Check.card(check).id()));
    }

    private static TenantBuilder with(Account account) {
        return GoodTenant.build()
                .account(account)
                .registered(account, false)
                .signedIn(account, 200)
                .inGroups(account, "break glass");
    }

    private static AzureRoleAssignment holding(
            Account account, String roleId, AssignmentKind kind, Optional<String> condition) {
        return new AzureRoleAssignment(
                account.id(),
                PrincipalType.USER,
                account.signInName(),
                roleId,
                roleId,
                PRODUCTION,
                kind,
                Optional.empty(),
                false,
                false,
                condition);
    }

    private static Verdict ask(Check check, TenantBuilder tenant) {
        return Assessor.assess(check, tenant.facts());
    }

    static Stream<Arguments> itemsAndRolesThatGiveRoles() {
        return items().flatMap(check -> Stream.of(
                        AzureRole.OWNER, AzureRole.USER_ACCESS_ADMINISTRATOR, AzureRole.RBAC_ADMINISTRATOR)
                .map(role -> Arguments.of(check, role)));
    }

    @ParameterizedTest
    @MethodSource("itemsAndRolesThatGiveRoles")
    void whoCanGiveRolesInAzureIsAskedLikeAnyAdministrator(Check check, AzureRole role) {
        Verdict verdict = ask(
                check,
                with(EVE)
                        .add(
                                FactKind.AZURE_ROLE_ASSIGNMENTS,
                                holding(EVE, role.id(), AssignmentKind.ACTIVE, Optional.empty())));
        assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.findings()).extracting(Finding::subjectName).contains(EVE.signInName());
    }

    @ParameterizedTest
    @MethodSource("items")
    void anEligibleOneAndOneByACustomRoleAreAskedToo(Check check) {
        assertThat(ask(
                                check,
                                with(EVE)
                                        .add(
                                                FactKind.AZURE_ELIGIBILITIES,
                                                holding(
                                                        EVE,
                                                        AzureRole.OWNER.id(),
                                                        AssignmentKind.ELIGIBLE,
                                                        Optional.empty())))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(ask(
                                check,
                                with(EVE)
                                        .add(
                                                FactKind.AZURE_CUSTOM_ROLES,
                                                new dev.parc.facts.azure.AzureCustomRole(
                                                        id("giver"),
                                                        "giver",
                                                        List.of(new dev.parc.facts.azure.AzureCustomRole.Permission(
                                                                List.of("*"), List.of()))))
                                        .add(
                                                FactKind.AZURE_FURTHER_ASSIGNMENTS,
                                                holding(EVE, id("giver"), AssignmentKind.ACTIVE, Optional.empty())))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    static Stream<Arguments> itemsAndNearMisses() {
        return items().flatMap(check -> Stream.of(
                        holding(EVE, AzureRole.READER.id(), AssignmentKind.ACTIVE, Optional.empty()),
                        holding(EVE, AzureRole.CONTRIBUTOR.id(), AssignmentKind.ACTIVE, Optional.empty()),
                        holding(EVE, id("Network Contributor"), AssignmentKind.ACTIVE, Optional.empty()),
                        holding(
                                EVE,
                                AzureRole.RBAC_ADMINISTRATOR.id(),
                                AssignmentKind.ACTIVE,
                                Optional.of(CONSTRAINED)))
                .map(row -> Arguments.of(check, row)));
    }

    @ParameterizedTest
    @MethodSource("itemsAndNearMisses")
    void whoCannotGiveRolesIsNot(Check check, AzureRoleAssignment row) {
        Verdict verdict = ask(check, with(EVE).add(FactKind.AZURE_ROLE_ASSIGNMENTS, row));
        assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Outcome.PASS);
    }

    @ParameterizedTest
    @MethodSource("items")
    void oneWhoHasAllThatAnAdministratorShouldHavePasses(Check check) {
        Account kim = withMail(account("kim@contoso.com"), "kim@contoso.com");
        Verdict verdict = ask(
                check,
                GoodTenant.build()
                        .account(kim)
                        .registered(kim, true)
                        .signedIn(kim, 1)
                        .inGroups(kim)
                        .add(
                                FactKind.AZURE_ROLE_ASSIGNMENTS,
                                holding(kim, AzureRole.OWNER.id(), AssignmentKind.ACTIVE, Optional.empty())));
        assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Outcome.PASS);
    }

    @ParameterizedTest
    @MethodSource("items")
    void aDisabledOwnerIsAccessThatNobodyNeeds(Check check) {
        Account old = account("old@contoso.com", DISABLED);
        Verdict verdict = ask(
                check,
                with(old)
                        .add(
                                FactKind.AZURE_ROLE_ASSIGNMENTS,
                                holding(old, AzureRole.OWNER.id(), AssignmentKind.ACTIVE, Optional.empty())));
        assertThat(verdict.outcome()).isEqualTo(Check.card(check).id().equals("S2-05") ? Outcome.FAIL : Outcome.PASS);
    }

    @ParameterizedTest
    @MethodSource("items")
    void whereAzureCouldNotBeReadNobodyIsClearedAndACertainFailStands(Check check) {
        for (FactKind kind : List.of(FactKind.AZURE_ROLE_ASSIGNMENTS, FactKind.AZURE_CUSTOM_ROLES)) {
            assertThat(ask(check, GoodTenant.build().unread(kind, "throttled")).reasons())
                    .contains(kind.title() + ": throttled");
            assertThat(ask(check, with(EVE).globalAdmin(EVE).unread(kind, "throttled"))
                            .outcome())
                    .isEqualTo(Outcome.FAIL);
        }
    }
}
