package dev.parc.analysis.explain;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.passwordChanged;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parc.analysis.accounts.Categorisation;
import dev.parc.analysis.accounts.PasswordAge;
import dev.parc.analysis.administrators.EscalationPath;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.check.AzureBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.Category;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.PerUserMfa;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GraphAppRole;
import dev.parc.facts.directory.GraphPermission;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.RoleAssignment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainerTest {

    private static final Account ADA = account("ada@contoso.com");
    private static final Account BOB = account("bob@contoso.com");
    private static final ServicePrincipal ROBOT =
            new ServicePrincipal("id of robot", "robot", "Application", true, false, "");

    @Test
    void everyRoleIsToldWithEveryWayToIt() {
        Explanation ada = explain(
                tenant().globalAdmin(ADA)
                        .holder(ADA, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                        .group("outer", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .memberGroup("outer", "inner")
                        .member("inner", ADA),
                ADA);

        assertThat(ada.roles())
                .extracting(Explanation.Role::name)
                .containsExactlyInAnyOrder("Global Administrator", "Exchange Administrator");
        assertThat(ada.roles())
                .flatExtracting(Explanation.Role::ways)
                .extracting(Explanation.Way::inWords)
                .containsExactlyInAnyOrder(
                        "permanent, directly",
                        "eligible, directly",
                        "permanent, through group 'inner', nested in 'outer'");
        assertThat(ada.waysIn()).isEmpty();
        assertThat(ada.rolesMissing()).isEmpty();
    }

    @Test
    void aRoleThatBeginsLaterIsToldAndNotHeld() {
        RoleAssignment row = new RoleAssignment(
                ADA.id(),
                PrincipalType.USER,
                "ada@contoso.com",
                DirectoryRole.GLOBAL_ADMINISTRATOR.templateId(),
                "/administrativeUnits/1",
                AssignmentKind.PERMANENT,
                Optional.empty());
        Explainer explainer = new Explainer(tenant().add(
                        FactKind.LATER_ASSIGNMENTS,
                        new RoleAssignment.Later(row, Instant.parse("2099-12-24T08:00:00Z")))
                .facts());
        Explanation ada = explainer.administrators().administrators().get(0);
        assertThat(ada.name()).isEqualTo("ada@contoso.com");
        assertThat(ada.roles()).isEmpty();
        assertThat(ada.highlyPrivileged()).isFalse();
        assertThat(ada.later())
                .extracting(Explanation.Later::name, Explanation.Later::inWords)
                .containsExactly(tuple(
                        "Global Administrator", "permanent, begins on 2099-12-24, limited to /administrativeUnits/1"));
        assertThat(ada.laterMissing()).isEmpty();
        assertThat(explain(tenant().globalAdmin(ADA).unread(FactKind.LATER_ASSIGNMENTS, "403"), ADA)
                        .laterMissing())
                .containsExactly("role assignments that begin later: 403");
    }

    @Test
    void theOwnerOfAGroupHoldsNothingAndHasAWayIn() {
        Explanation ada = explain(
                tenant().group("admins", DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .grant("admins", ADA, GroupGrant.Access.OWNER, AssignmentKind.PERMANENT),
                ADA);

        assertThat(ada.roles()).isEmpty();
        assertThat(ada.waysIn()).singleElement().satisfies(way -> {
            assertThat(way.leadsTo()).isEqualTo("Global Administrator");
            assertThat(way.path()).isEqualTo("as owner of group 'admins'");
        });
    }

    @Test
    void anApplicationWithADangerousPermissionIsFoundAndHoldsNothing() {
        Explainer explainer = new Explainer(tenant().globalAdmin(ADA)
                .add(FactKind.GRAPH_APP_ROLES, new GraphAppRole("id of sync", "sync", GraphPermission.ROLE_MANAGEMENT))
                .facts());

        assertThat(explainer.find("Sync")).containsExactly("id of sync");
        Explanation sync = explainer.explain("id of sync");
        assertThat(sync.roles()).isEmpty();
        assertThat(sync.waysIn()).extracting(EscalationPath::leadsTo).containsExactly("Global Administrator");
        assertThat(sync.mfa()).isInstanceOf(MfaAnswer.NotAsked.class);
    }

    @Test
    void ownersThatCouldNotBeReadAreSaid() {
        assertThat(explain(tenant().globalAdmin(ADA).unread(FactKind.APPLICATION_OWNERS, "403"), ADA)
                        .waysInMissing())
                .containsExactly("owners of applications that lead to a role: 403");
    }

    @Test
    void aProofNamesItsPolicies() {
        assertThat(explain(tenant().globalAdmin(ADA).policy(policy("MFA").build()), ADA)
                        .mfa())
                .isEqualTo(new MfaAnswer.Decided(new MfaDecision.Covered(List.of("MFA")), List.of()));
    }

    @Test
    void aGapSaysWhichSignInAndWhy() {
        MfaAnswer answer = explain(
                        tenant().globalAdmin(ADA)
                                .policy(policy("MFA").notForUser(ADA.id()).build()),
                        ADA)
                .mfa();

        assertThat(answer)
                .isEqualTo(new MfaAnswer.Decided(
                        new MfaDecision.Uncovered("Windows, browser", "'MFA' excludes the account"), List.of()));
    }

    @Test
    void perUserMfaStandsBesidePolicies() {
        TenantBuilder tenant = tenant().globalAdmin(ADA)
                .policy(policy("MFA").notForUser(ADA.id()).build());
        for (PerUserMfa.State state : PerUserMfa.State.values()) {
            boolean decides = state == PerUserMfa.State.DISABLED || state == PerUserMfa.State.ENABLED;
            MfaAnswer answer = explain(tenant.add(FactKind.PER_USER_MFA, new PerUserMfa(ADA.id(), state)), ADA)
                    .mfa();
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            MfaAnswer.Decided.class,
                            decided -> assertThat(decided.decision())
                                    .isInstanceOf(decides ? MfaDecision.Uncovered.class : MfaDecision.Undecided.class));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FactKind.class,
            names = {
                "ACCOUNTS",
                "CONDITIONAL_ACCESS_POLICIES",
                "NAMED_LOCATIONS",
                "AUTHENTICATION_STRENGTHS",
                "SECURITY_DEFAULTS",
                "GROUP_MEMBERSHIPS"
            })
    void nothingIsDecidedWithoutWhatDecidesIt(FactKind kind) {
        MfaAnswer answer = explain(
                        tenant().globalAdmin(ADA).policy(policy("MFA").build()).unread(kind, "403"), ADA)
                .mfa();

        assertThat(answer)
                .isInstanceOfSatisfying(
                        MfaAnswer.NotRead.class,
                        notRead -> assertThat(notRead.reasons()).containsExactly(kind.title() + ": 403"));
    }

    @Test
    void aProofFromPartOfTheFactsIsNone() {
        MfaAnswer answer = explain(
                        tenant().globalAdmin(ADA)
                                .policy(policy("MFA").build())
                                .unread(FactKind.PIM_ELIGIBILITIES, "throttled"),
                        ADA)
                .mfa();

        assertThat(answer).isInstanceOfSatisfying(MfaAnswer.Decided.class, decided -> {
            assertThat(decided.decision()).isInstanceOf(MfaDecision.Undecided.class);
            assertThat(decided.missing()).containsExactly("eligible role assignments: throttled");
        });
    }

    @Test
    void whatWasNotReadOfAnAccountSaysWhy() {
        Explanation ada = explain(
                tenant().globalAdmin(ADA)
                        .without(Licence.ENTRA_ID_P1)
                        .unread(FactKind.REGISTRATIONS, "403 from Graph")
                        .unread(FactKind.ROLE_DEFINITIONS, "timed out"),
                ADA);

        assertThat(ada.lastSignIn().missing())
                .containsExactly("administrators' last sign-ins: the tenant has no Microsoft Entra ID P1 licence");
        assertThat(ada.registration().missing()).containsExactly("administrators' MFA registrations: 403 from Graph");
        assertThat(ada.rolesMissing()).containsExactly("role definitions: timed out");
    }

    @Test
    void anAccountOfWhichNothingIsKnownInAFullReadingSaysSo() {
        Explanation ada = explain(tenant().globalAdmin(ADA), ADA);

        assertThat(ada.lastSignIn().missing())
                .containsExactly("administrators' last sign-ins: nothing was read of " + ADA.signInName());
    }

    @Test
    void whoMightLookLikeAnEmergencyAccountIsNotCalledNone() {
        Account spare = account("spare@contoso.onmicrosoft.com");
        Explanation explained =
                explain(tenant().globalAdmin(spare).unread(FactKind.CONDITIONAL_ACCESS_POLICIES, "403"), spare);

        assertThat(explained.emergency().value()).contains(Explanation.Emergency.NO);
        assertThat(explained.emergency().missing()).containsExactly("Conditional Access policies: 403");
    }

    @Test
    void aServicePrincipalIsNotAskedForMfa() {
        Explanation robot = new Explainer(tenant().servicePrincipal(ROBOT, DirectoryRole.EXCHANGE_ADMINISTRATOR)
                        .facts())
                .explain(ROBOT.id());

        assertThat(robot.type()).isEqualTo(PrincipalType.SERVICE_PRINCIPAL);
        assertThat(robot.mfa()).isInstanceOf(MfaAnswer.NotAsked.class);
        assertThat(robot.category().value().map(Categorisation::category)).contains(Category.AUTOMATION);
    }

    @Test
    void anAccountWithoutARoleHasNoCategory() {
        Explanation ada = explain(tenant().globalAdmin(BOB).account(ADA), ADA);

        assertThat(ada.roles()).isEmpty();
        assertThat(ada.category().value()).isEmpty();
        assertThat(ada.category().missing()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@contoso.com", "ADA@Contoso.com ", "id of ada@contoso.com", "ID OF ADA@CONTOSO.COM"})
    void anAccountIsFoundByIdOrSignInName(String name) {
        Explainer explainer = new Explainer(tenant().globalAdmin(ADA).facts());

        assertThat(explainer.find(name))
                .singleElement()
                .satisfies(found -> assertThat(explainer.explain(found).id()).isEqualTo(ADA.id()));
    }

    @Test
    void sharedNamesOfServicePrincipalsGiveAll() {
        ServicePrincipal twin = new ServicePrincipal("id of twin", "robot", "Application", true, false, "");
        Explainer explainer = new Explainer(tenant().servicePrincipal(ROBOT, DirectoryRole.EXCHANGE_ADMINISTRATOR)
                .servicePrincipal(twin, DirectoryRole.GLOBAL_ADMINISTRATOR)
                .facts());

        assertThat(explainer.find("Robot")).containsExactlyInAnyOrder(ROBOT.id(), twin.id());
    }

    @Test
    void nearNamesComeNearestFirstAndNoMoreThanAsked() {
        TenantBuilder tenant = tenant();
        for (int number = 10; number < 30; number++) {
            tenant.globalAdmin("admin" + number + "@contoso.com");
        }
        Explainer explainer =
                new Explainer(tenant.globalAdmin("somebody@contoso.com").facts());

        assertThat(explainer.near("admln12@contoso.com", 5))
                .hasSize(5)
                .startsWith("admin12@contoso.com")
                .doesNotContain("somebody@contoso.com");
        assertThat(explainer.near("body", 5)).containsExactly("somebody@contoso.com");
        assertThat(explainer.near("x".repeat(100_000), 5)).isEmpty();
    }

    @Test
    void aReportOnlyPolicyIsThoughtOfAsOnForAllAdministrators() {
        Account apart = account("apart@contoso.com");
        Explainer now = new Explainer(onTrial(apart, State.REPORT_ONLY));
        Explainer then = new Explainer(onTrial(apart, State.ENABLED));

        WhatIf whatIf = now.whatIf("trial", then);

        assertThat(whatIf.policyName()).isEqualTo("trial");
        assertThat(whatIf.asked()).isEqualTo(3);
        assertThat(whatIf.closed()).extracting(WhatIf.Change::id).containsExactly(ADA.id());
        assertThat(whatIf.changes()).hasSize(1);
        assertThat(then.explain(ADA.id()).mfa())
                .isEqualTo(new MfaAnswer.Decided(new MfaDecision.Covered(List.of("trial")), List.of()));
    }

    private static Facts onTrial(Account apart, State state) {
        return tenant().globalAdmin(ADA)
                .globalAdmin(BOB)
                .globalAdmin(apart)
                .servicePrincipal(ROBOT, DirectoryRole.GLOBAL_ADMINISTRATOR)
                .policy(policy("on").forNobody().forUser(BOB.id()).build())
                .policy(policy("trial").state(state).notForUser(apart.id()).build())
                .facts();
    }

    @Test
    void theUncoveredComeFirstAndDesignatedEmergencyAccountsLater() {
        Account spare = account("a-spare@contoso.onmicrosoft.com");
        Account gone = account("a-gone@contoso.com", TenantBuilder.Change.DISABLED);
        ExplainedAdministrators explained = new Explainer(tenant().globalAdmin(spare)
                        .globalAdmin(gone)
                        .globalAdmin(ADA)
                        .globalAdmin(BOB)
                        .emergency(spare.signInName())
                        .policy(policy("MFA")
                                .notForUser(spare.id())
                                .notForUser(BOB.id())
                                .build())
                        .facts())
                .administrators();

        assertThat(explained.administrators())
                .extracting(Explanation::id)
                .containsExactly(BOB.id(), spare.id(), ADA.id(), gone.id());
    }

    @Test
    void whoHoldsOnlyAnotherRoleIsNotAmongTheHighlyPrivileged() {
        TenantBuilder tenant = tenant().globalAdmin(ADA).account(BOB);
        tenant.add(
                FactKind.ROLE_ASSIGNMENTS,
                new RoleAssignment(
                        id("bob@contoso.com"),
                        PrincipalType.USER,
                        "bob",
                        "another-role",
                        "/administrativeUnits/1",
                        AssignmentKind.PERMANENT,
                        java.util.Optional.empty()));
        Explainer explainer = new Explainer(tenant.facts());

        assertThat(explainer.administrators().administrators())
                .filteredOn(Explanation::highlyPrivileged)
                .extracting(Explanation::id)
                .containsExactly(ADA.id());
        assertThat(explainer.administrators().administrators())
                .extracting(Explanation::id)
                .containsExactlyInAnyOrder(ADA.id(), BOB.id());
        assertThat(explainer.explain(BOB.id()).roles())
                .flatExtracting(Explanation.Role::ways)
                .extracting(Explanation.Way::inWords)
                .containsExactly("active, for how long could not be read, directly, limited to /administrativeUnits/1");
    }

    @Test
    void whoCanGiveRolesInAzureIsAnAdministratorTooAndWhoOnlyReadsThereIsNot() {
        Account reader = account("reader@contoso.com");
        TenantBuilder tenant = tenant().globalAdmin(ADA).account(BOB).account(reader);
        Explainer explainer = new Explainer(AzureBuilder.in(tenant)
                .subscription("Production")
                .holder(
                        ADA,
                        AzureRole.OWNER,
                        "/subscriptions/" + AzureBuilder.named("Production").id(),
                        AssignmentKind.PERMANENT)
                .holder(BOB, AzureRole.USER_ACCESS_ADMINISTRATOR, "/", AssignmentKind.ELIGIBLE)
                .holder(reader, AzureRole.READER, "/", AssignmentKind.PERMANENT)
                .build()
                .facts());

        List<Explanation> all = explainer.administrators().administrators();
        Explanation bob = explainer.explain(BOB.id());

        assertThat(all).extracting(Explanation::id).containsExactlyInAnyOrder(ADA.id(), BOB.id());
        assertThat(bob.roles()).isEmpty();
        assertThat(bob.category().value()).isPresent();
        assertThat(bob.highlyPrivileged()).isFalse();
        assertThat(bob.azureRoles())
                .flatExtracting(Explanation.Role::ways)
                .extracting(Explanation.Way::inWords)
                .containsExactly("eligible, directly, at the root scope / of Azure, above every management group");
        assertThat(explainer.explain(ADA.id()).azureRoles())
                .flatExtracting(Explanation.Role::ways)
                .extracting(Explanation.Way::place)
                .containsExactly("on subscription 'Production'");
    }

    @Test
    void anOldPasswordIsToldAndOneWithoutItsDomainReadIsNotJudged() {
        Account old = passwordChanged(account("old@contoso.com"), 91);

        assertThat(explain(tenant().globalAdmin(old), old).password().value())
                .map(PasswordAge::kind)
                .contains(PasswordAge.Kind.OLD);
        assertThat(explain(tenant().globalAdmin(old).unread(FactKind.DOMAINS, "403"), old)
                        .password())
                .isEqualTo(new Evidence<PasswordAge>(java.util.Optional.empty(), List.of("domains: 403")));
    }

    @Test
    void whatIsMissingOfTheListIsTold() {
        assertThat(new Explainer(tenant().unread(FactKind.GROUP_MEMBERS, "403").facts())
                        .administrators()
                        .missing())
                .contains("members of groups that lead to a role: 403");
        assertThat(new Explainer(tenant().facts()).administrators().missing())
                .contains("role assignments: no Global Administrator was found, and no tenant is without one");
    }

    private static Explanation explain(TenantBuilder tenant, Account account) {
        return new Explainer(tenant.facts()).explain(account.id());
    }
}
