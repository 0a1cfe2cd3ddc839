package dev.parc.roadmap;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.roadmap.Traps.EXCHANGE;
import static dev.parc.roadmap.Traps.GLOBAL;
import static dev.parc.roadmap.Traps.ask;
import static dev.parc.roadmap.Traps.mfa;
import static dev.parc.roadmap.Traps.require;
import static dev.parc.roadmap.Traps.withAnn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.accounts.Categories;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.emergency.EmergencyAccounts;
import dev.parc.analysis.signin.Requirement;
import dev.parc.check.Check;
import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.Outcome;
import dev.parc.check.TenantBuilder.Change;
import dev.parc.check.Verdict;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.Category;
import dev.parc.facts.Facts;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.roadmap.Traps.Trap;
import dev.parc.roadmap.stage1.S101PimIsOn;
import dev.parc.roadmap.stage1.S102AccountsAreCategorised;
import dev.parc.roadmap.stage1.S104EmergencyAccountsExist;
import dev.parc.roadmap.stage1.S105MfaIsRegistered;
import dev.parc.roadmap.stage1.S106MfaIsRequired;
import dev.parc.roadmap.stage1.S107GlobalAdministratorsAreFew;
import dev.parc.roadmap.stage2.S203AllAdministratorsAreRegistered;
import dev.parc.roadmap.stage2.S206NoMicrosoftAccountAdministers;
import dev.parc.roadmap.stage2.S207GlobalAdministratorsHaveSeparateAccounts;
import dev.parc.roadmap.stage2.S208MailIsForwarded;
import dev.parc.roadmap.stage2.S209SignInsAndPasswordsAreRecent;
import dev.parc.roadmap.stage2.S210SharedPasswordsAreRecent;
import dev.parc.roadmap.stage2.S216UnusedMicrosoft365IsNoticed;
import dev.parc.roadmap.stage2.S223NoSynchronisedAccountAdministers;
import dev.parc.roadmap.stage3.S302AdministratorsAreEligible;
import dev.parc.roadmap.stage3.S306RoleSettingsAreStrict;
import dev.parc.roadmap.stage3.S313AzureAdministratorsAreEligible;
import dev.parc.roadmap.stage4.S405DailyWorkIsUnprivileged;
import dev.parc.roadmap.stage4.S408SubscriptionOwnershipIsDetermined;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verdicts on who administers, and on licences and emergency accounts, that are known to go wrong; each test fails if PARC fell into its trap. */
class AdministratorTrapsTest {

    private static final String NEVER = "2027-01-31T00:00:00Z";

    @Test
    @Trap(1)
    void administratorsWithOneDisplayNameCountOneByOne() {
        FakeTenant tenant = FakeTenant.licensed();
        for (int i = 0; i < 5; i++) {
            String user = tenant.user("admin" + i);
            tenant.object(user).put("displayName", "Admin");
            tenant.permanent(user, GLOBAL);
        }
        ask(new S107GlobalAdministratorsAreFew(), tenant).isFail("5 hold Global Administrator, more than 4");
    }

    @Test
    @Trap({2, 13})
    void eligibleHoldersAndMembersOfNestedGroupsCountThoughNothingIsActive() {
        FakeTenant tenant = FakeTenant.licensed();
        tenant.eligible(tenant.user("e1"), GLOBAL);
        tenant.eligible(tenant.user("e2"), GLOBAL);
        String inner = tenant.group("inner", tenant.user("n1"), tenant.user("n2"));
        String middle = tenant.group("middle", inner);
        tenant.permanent(tenant.group("outer", middle, tenant.user("n3")), GLOBAL);
        ask(new S107GlobalAdministratorsAreFew(), tenant)
                .isFail("5 hold Global Administrator, more than 4")
                .finds("e1@contoso.onmicrosoft.com", "holds Global Administrator (eligible, directly)")
                .finds(
                        "n1@contoso.onmicrosoft.com",
                        "holds Global Administrator (permanent, through group 'inner', nested in 'middle', nested in"
                                + " 'outer')");
    }

    @Test
    @Trap(2)
    void moreThanEightRolesArePrivileged() {
        FakeTenant tenant = FakeTenant.licensed();
        tenant.role("194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator");
        tenant.role("5d6b6bb7-de71-4623-b4af-96380a352509", "Security Reader");
        tenant.permanent(tenant.user("administrator"), "194ae4cb-b126-40b2-bd5b-6091b380977d");
        tenant.permanent(tenant.user("reader"), "5d6b6bb7-de71-4623-b4af-96380a352509");
        tenant.eligible(tenant.user("ann"), GLOBAL);
        ask(new S302AdministratorsAreEligible(), tenant)
                .isFail("2 of 3 administrators permanently hold a privileged role");
    }

    @Test
    @Trap({8, 13})
    void everyPageOfTheListsIsRead() {
        FakeTenant tenant = FakeTenant.licensed().pageSize(2);
        IntStream.range(0, 5).forEach(i -> tenant.permanent(tenant.user("s" + i), GLOBAL));
        IntStream.range(0, 5).forEach(i -> tenant.eligible(tenant.user("e" + i), GLOBAL));
        String group = tenant.group("admins");
        IntStream.range(0, 5).forEach(i -> tenant.member(group, tenant.user("m" + i)));
        tenant.permanent(group, GLOBAL);
        ask(new S107GlobalAdministratorsAreFew(), tenant).isFail("15 hold Global Administrator, more than 4");
    }

    @Test
    @Trap({8, 13, 19})
    void anActivatedRoleIsNotHeldForGood() {
        FakeTenant tenant = FakeTenant.licensed();
        tenant.activated(tenant.user("ann"), GLOBAL, "2026-09-01T16:00:00Z");
        ask(new S302AdministratorsAreEligible(), tenant)
                .isPass("of 1 administrator none permanently holds a role: 1 is eligible, 0 hold one until a set"
                        + " date");
    }

    @Test
    @Trap(8)
    void membersOfARoleGroupHoldTheRoleForGoodAndTheGroupDoesNot() {
        FakeTenant tenant = FakeTenant.licensed();
        tenant.eligible(tenant.user("ann"), GLOBAL);
        tenant.permanent(tenant.group("admins", tenant.user("ben"), tenant.user("cas")), GLOBAL);
        ask(new S302AdministratorsAreEligible(), tenant)
                .isFail("2 of 3 administrators permanently hold a privileged role")
                .finds("ben@contoso.onmicrosoft.com", "holds Global Administrator (permanent, through group 'admins')")
                .finds("cas@contoso.onmicrosoft.com", "holds Global Administrator (permanent, through group 'admins')");
    }

    @Test
    @Trap(9)
    void whichRolesArePrivilegedIsAskedOfNobody() {
        FakeTenant tenant = withAnn();
        ask(new S302AdministratorsAreEligible(), tenant)
                .isFail("1 of 1 administrator permanently holds a privileged role");
        assertThat(tenant.requests().keySet())
                .as("requests to Graph, by method and path")
                .isNotEmpty()
                .allMatch(request -> request.matches("(GET|POST) /[^:]*"));
    }

    @Test
    @Trap(12)
    void eligibleMembersByPimForGroupsCount() {
        FakeTenant tenant = FakeTenant.licensed();
        String group = tenant.group("admins");
        tenant.permanent(group, GLOBAL);
        IntStream.range(0, 5).forEach(i -> tenant.groupEligible(group, tenant.user("p" + i)));
        ask(new S107GlobalAdministratorsAreFew(), tenant)
                .isFail("5 hold Global Administrator, more than 4")
                .finds(
                        "p0@contoso.onmicrosoft.com",
                        "holds Global Administrator (eligible, as eligible member of group 'admins')");
    }

    @Test
    @Trap(12)
    void aPartnersGroupIsNeverSkipped() {
        FakeTenant tenant = FakeTenant.licensed();
        tenant.permanent(tenant.user("ann"), GLOBAL);
        tenant.permanent(tenant.user("ben"), GLOBAL);
        tenant.permanent(FakeTenant.id("a group of the partner's directory"), GLOBAL);
        mfa(tenant);
        ask(new S107GlobalAdministratorsAreFew(), tenant)
                .isReview("2 hold Global Administrator, and how many more cannot be told");
        assertThat(ask(new S106MfaIsRequired(), tenant).verdict()).satisfies(verdict -> {
            assertThat(verdict.outcome()).isEqualTo(Outcome.REVIEW);
            assertThat(verdict.summary()).endsWith("; 1 holder is not in this directory and needs review");
        });
    }

    @Test
    @Trap(19)
    void aSetEndMakesAnAssignmentTimeBound() {
        FakeTenant tenant = FakeTenant.licensed();
        tenant.timeBound(tenant.user("ann"), GLOBAL, NEVER);
        ask(new S302AdministratorsAreEligible(), tenant)
                .isPass("of 1 administrator none permanently holds a role: 0 are eligible, 1 holds one until a set"
                        + " date");
    }

    @Test
    @Trap(19)
    void eligibleMembersOfARoleGroupAreAskedForTheirRegistrationToo() {
        FakeTenant tenant = withAnn();
        String group = tenant.group("admins");
        tenant.permanent(group, GLOBAL);
        String eligible = tenant.user("p");
        tenant.groupEligible(group, eligible);
        tenant.registration(eligible, false);
        ask(new S203AllAdministratorsAreRegistered(), tenant)
                .isFail("1 of 2 administrators' accounts is not registered for MFA")
                .finds("p@contoso.onmicrosoft.com", "is registered for no MFA method that may be used");
    }

    @Test
    @Trap(22)
    void aDesignatedEmergencyAccountMayHoldItsRoleForGood() {
        FakeTenant tenant = FakeTenant.licensed();
        tenant.permanent(tenant.user("glass"), GLOBAL);
        tenant.eligible(tenant.user("ann"), GLOBAL);
        ask(new S302AdministratorsAreEligible(), tenant, FakeTenant.id("glass"))
                .isPass("of 1 administrator none permanently holds a role: 1 is eligible, 0 hold one until a set"
                        + " date");
    }

    @Test
    @Trap(11)
    void onlyRolesThatGiveRolesCountAtTheRootOfAzure() {
        FakeTenant tenant = withAnn();
        String subscription = tenant.arm().subscription("production");
        tenant.arm().assign(FakeTenant.id("ann"), "User", AzureRole.OWNER, subscription);
        tenant.arm().assign(tenant.servicePrincipal("scanner"), "ServicePrincipal", AzureRole.READER, "/");
        tenant.arm().subscriptionPolicy(true, true);
        Verdict before =
                ask(new S408SubscriptionOwnershipIsDetermined(), tenant).verdict();
        assertThat(before.outcome()).as(before.toString()).isEqualTo(Outcome.REVIEW);
        tenant.arm().assign(FakeTenant.id("ann"), "User", AzureRole.USER_ACCESS_ADMINISTRATOR, "/");
        ask(new S408SubscriptionOwnershipIsDetermined(), tenant)
                .isFail("subscriptions are without an owner who can act, or open to somebody else")
                .findsOnly(
                        "ann@contoso.onmicrosoft.com",
                        "elevated access and can give itself every role in Azure; holds Owner (active, directly, on"
                                + " subscription 'production'); User Access Administrator (active, directly, at the"
                                + " root scope / of Azure, above every management group)");
    }

    @Test
    @Trap(24)
    void aRoleInAzureIsJudgedByItsActionsAndItsConditionAndNotByItsName() {
        FakeTenant tenant = withAnn();
        String production = tenant.arm().subscription("production");
        tenant.arm().eligible(FakeTenant.id("ann"), "ann", AzureRole.OWNER, production, NEVER);
        String bob = tenant.user("bob");
        tenant.arm().assign(bob, "User", tenant.arm().customRole("Subscription owner", "*/read"), production);
        tenant.arm().assign(bob, "User", AzureRole.RBAC_ADMINISTRATOR, production);
        tenant.arm().under("!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})");
        Check check = new S313AzureAdministratorsAreEligible();
        ask(check, tenant)
                .isPass(
                        "of 1 administrator of Azure none permanently holds a role that can assign roles: 1 is eligible");
        tenant.arm().assign(bob, "User", tenant.arm().customRole("Helper", "Microsoft.Authorization/*"), production);
        ask(check, tenant)
                .isFail("1 of 2 administrators of Azure permanently holds a role that can assign roles")
                .findsOnly(
                        "bob@contoso.onmicrosoft.com",
                        "holds Helper (permanent, directly, on subscription 'production')");
    }

    @Test
    @Trap(25)
    void anotherTenantThatManagesASubscriptionIsNotOverlooked() {
        FakeTenant tenant = withAnn();
        String production = tenant.arm().subscription("production");
        tenant.arm().assign(FakeTenant.id("ann"), "User", AzureRole.READER, production);
        tenant.arm().eligible(FakeTenant.id("ann"), "ann", AzureRole.OWNER, production, NEVER);
        FakeArm.authorize(
                tenant.arm().delegate(production, FakeTenant.id("msp"), "Fabrikam", true),
                "operators",
                AzureRole.CONTRIBUTOR);
        ask(new S313AzureAdministratorsAreEligible(), tenant)
                .isReview("no permanent assignment of a role that can assign roles in Azure confirmed; 1 needs review")
                .findsOnly(
                        "operators",
                        "of tenant Fabrikam, by Azure Lighthouse: Contributor (permanent) on subscription 'production'");
    }

    @Test
    @Trap(4)
    void withoutALicencePimDoesNotApplyAndNeverFails() {
        FakeTenant tenant = FakeTenant.unlicensed();
        tenant.permanent(tenant.user("ann"), GLOBAL);
        for (Check check : List.of(new S101PimIsOn(), new S306RoleSettingsAreStrict())) {
            ask(check, tenant).isNotApplicable("the tenant has no Microsoft Entra ID P2 or ID Governance licence");
        }
    }

    @Test
    @Trap(10)
    void idGovernanceAloneIsALicenceForPim() {
        FakeTenant tenant = FakeTenant.licensed();
        tenant.collection("/subscribedSkus").clear();
        tenant.subscription("Microsoft_Entra_ID_Governance", "e866a266-3cff-43a3-acca-0c90a7e00c8b");
        tenant.permanent(tenant.user("ann"), GLOBAL);
        assertThat(ask(new S101PimIsOn(), tenant).verdict().outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    @Trap(10)
    void aDeletedAdministratorIsNoHolderAndAlertsOfPimAreNotAsked() {
        FakeTenant tenant = withAnn();
        tenant.permanent(tenant.user("gone"), GLOBAL);
        tenant.delete(FakeTenant.id("gone"));
        ask(new S107GlobalAdministratorsAreFew(), tenant).isFail("only one holds Global Administrator");
        assertThat(tenant.requests().keySet()).noneMatch(request -> request.contains("lerts"));
    }

    @Test
    @Trap(17)
    void missingDataIsNamedAndNeverNoFinding() {
        FakeTenant tenant = withAnn().refuse("/identity/conditionalAccess/policies", 403, "AccessDenied");
        ask(new S106MfaIsRequired(), tenant)
                .isNotAssessed(
                        "Conditional Access policies: permission Policy.Read.All may be missing (Graph answered 403"
                                + " AccessDenied): if it is, grant it to PARC's identity");
    }

    @Test
    @Trap(28)
    void aPolicyIsReadWithTheConditionsThatOnlyBetaShows() {
        FakeTenant tenant = withAnn();
        var policy = tenant.policy("all", "All", "", "mfa");
        ask(new S106MfaIsRequired(), tenant)
                .isPass("the only permanently assigned account needs MFA at every sign-in, by all");
        tenant.asOfBeta(policy).withObject("/conditions").put("agentIdRiskLevels", "high");
        ask(new S106MfaIsRequired(), tenant).isReview("1 of 1 permanently assigned account needs review");
    }

    @Test
    @Trap(18)
    void everySubscriptionIsLookedThroughForTheLicence() {
        FakeTenant tenant = FakeTenant.licensed();
        tenant.collection("/subscribedSkus").clear();
        tenant.subscription("POWER_BI_STANDARD", FakeTenant.id("some other plan"));
        tenant.subscription("AAD_PREMIUM_P2", FakeTenant.P1_PLAN, FakeTenant.P2_PLAN);
        tenant.permanent(tenant.user("ann"), GLOBAL);
        assertThat(ask(new S101PimIsOn(), tenant).verdict().outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    @Trap(18)
    void oneAccountThatCannotBeReadTakesNobodyElseAway() {
        FakeTenant tenant = FakeTenant.licensed();
        for (String name : List.of("a", "b", "c")) {
            tenant.permanent(tenant.user(name), GLOBAL);
            tenant.registration(FakeTenant.id(name), !name.equals("c"));
        }
        tenant.refuse("/users/" + FakeTenant.id("a"), 429, "TooManyRequests");
        ask(new S105MfaIsRegistered(), tenant)
                .isFail("1 of 2 highly privileged accounts is not registered for MFA")
                .finds("c@contoso.onmicrosoft.com", "is registered for no MFA method that may be used");
        tenant.registration(FakeTenant.id("c"), true);
        assertThat(ask(new S105MfaIsRegistered(), tenant).verdict().outcome()).isEqualTo(Outcome.NOT_ASSESSED);
    }

    @Test
    @Trap(20)
    void anAdministratorWhomTheRegistrationReportLacksIsNotAssessedAway() {
        FakeTenant tenant = withAnn();
        String ben = tenant.user("ben");
        tenant.permanent(ben, GLOBAL);
        tenant.unreported(ben);
        tenant.refuse("/users/" + ben + "/authentication/methods", 403, "Authorization_RequestDenied");
        assertThat(ask(new S105MfaIsRegistered(), tenant).verdict().outcome()).isEqualTo(Outcome.NOT_ASSESSED);
    }

    @Test
    @Trap(20)
    void certificatesAreResistantToPhishing() {
        assertThat(require(
                        Requirement.PHISHING_RESISTANT_MFA,
                        policy("certificates").strength("x509CertificateMultiFactor")))
                .isInstanceOf(MfaDecision.Covered.class);
    }

    @Test
    @Trap({3, 22})
    void anAccountThatWasNeverOrIsNoLongerSynchronisedIsCloudOnly() {
        FakeTenant tenant = FakeTenant.licensed();
        tenant.permanent(tenant.user("never"), GLOBAL);
        String once = tenant.user("once");
        tenant.permanent(once, GLOBAL);
        tenant.object(once).put("onPremisesSyncEnabled", false).put("onPremisesImmutableId", "aGk=");
        assertThat(ask(new S223NoSynchronisedAccountAdministers(), tenant)
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.PASS);
        tenant.registration(FakeTenant.id("never"), true, "fido2SecurityKey");
        tenant.registration(once, true, "fido2SecurityKey");
        ask(new S104EmergencyAccountsExist(), tenant, FakeTenant.id("never"), once)
                .isPass("2 emergency access accounts found");
        tenant.object(once).put("onPremisesSyncEnabled", true);
        assertThat(ask(new S223NoSynchronisedAccountAdministers(), tenant)
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    @Trap(17)
    void anAccountThatPoliciesLeaveOutIsNoEmergencyAccountForThatAlone() {
        FakeTenant tenant = withAnn();
        String service = tenant.user("svc");
        tenant.permanent(service, EXCHANGE);
        tenant.policy("MFA", "All", tenant.group("left out", service), "mfa");
        ask(new S106MfaIsRequired(), tenant)
                .isFail("1 of 2 permanently assigned accounts can sign in without MFA")
                .findsOnly(
                        "svc@contoso.onmicrosoft.com",
                        "can sign in without MFA: Windows, browser; because 'MFA' excludes the account");
    }

    @Test
    @Trap({17, 23})
    void nobodyIsAnEmergencyAccountByNameOrWherePoliciesBlockNobody() {
        FakeTenant tenant = withAnn();
        tenant.permanent(tenant.user("breakglass"), GLOBAL);
        assertThat(ask(new S104EmergencyAccountsExist(), tenant).verdict().outcome())
                .isNotEqualTo(Outcome.PASS);
        ask(new S106MfaIsRequired(), tenant).isFail("2 of 2 permanently assigned accounts can sign in without MFA");
        Account named = account("breakglass@contoso.onmicrosoft.com", Change.NONE);
        Facts facts = tenant().globalAdmin(named).inGroups(named).facts();
        assertThat(EmergencyAccounts.of(facts).looksLikeOne(named)).isFalse();
        assertThat(Categories.of(facts)
                        .of(Administrators.of(facts).all().get(0))
                        .category())
                .isNotEqualTo(Category.BREAK_GLASS);
    }

    @Test
    @Trap(23)
    void theWordsOfANameDecideNoCategory() {
        FakeTenant tenant = withAnn();
        tenant.permanent(tenant.user("breakglass"), GLOBAL);
        assertThat(ask(new S102AccountsAreCategorised(), tenant).verdict().findings())
                .noneMatch(finding -> finding.message().contains(Category.BREAK_GLASS.title()));
    }

    static Stream<Check> checksOfEveryAdministratorsAccount() {
        return Stream.of(
                new S203AllAdministratorsAreRegistered(),
                new S206NoMicrosoftAccountAdministers(),
                new S207GlobalAdministratorsHaveSeparateAccounts(),
                new S208MailIsForwarded(),
                new S209SignInsAndPasswordsAreRecent(),
                new S210SharedPasswordsAreRecent(),
                new S216UnusedMicrosoft365IsNoticed(),
                new S223NoSynchronisedAccountAdministers(),
                new S405DailyWorkIsUnprivileged());
    }

    @ParameterizedTest
    @MethodSource("checksOfEveryAdministratorsAccount")
    void anAdministratorOfWhomNothingWasReadIsNoPass(Check check) {
        CheckTester.of(check)
                .given(GoodTenant.build()
                        .assignment(
                                "unknown",
                                PrincipalType.UNKNOWN,
                                "unknown",
                                DirectoryRole.GLOBAL_ADMINISTRATOR,
                                AssignmentKind.PERMANENT))
                .isNotAssessed("administrators' accounts: nothing was read of unknown");
    }
}
