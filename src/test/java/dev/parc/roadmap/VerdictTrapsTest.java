package dev.parc.roadmap;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.activationContext;
import static dev.parc.check.TenantBuilder.activationTakes;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.inTenantOf;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.check.TenantBuilder.withMail;
import static dev.parc.facts.roles.DirectoryRole.EXCHANGE_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.accounts.Categories;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.emergency.EmergencyAccounts;
import dev.parc.analysis.signin.Requirement;
import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.CheckTester;
import dev.parc.check.CheckTester.Expectation;
import dev.parc.check.GoodTenant;
import dev.parc.check.Outcome;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.check.TenantBuilder.Change;
import dev.parc.check.Verdict;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.facts.Acknowledgement;
import dev.parc.facts.Category;
import dev.parc.facts.Designations;
import dev.parc.facts.EarlierAdministrator;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import dev.parc.roadmap.stage1.S101PimIsOn;
import dev.parc.roadmap.stage1.S102AccountsAreCategorised;
import dev.parc.roadmap.stage1.S103UnneededAccountsAreOut;
import dev.parc.roadmap.stage1.S104EmergencyAccountsExist;
import dev.parc.roadmap.stage1.S105MfaIsRegistered;
import dev.parc.roadmap.stage1.S106MfaIsRequired;
import dev.parc.roadmap.stage1.S107GlobalAdministratorsAreFew;
import dev.parc.roadmap.stage2.S203AllAdministratorsAreRegistered;
import dev.parc.roadmap.stage2.S213IdentityProtectionIsConfigured;
import dev.parc.roadmap.stage2.S223NoSynchronisedAccountAdministers;
import dev.parc.roadmap.stage3.S302AdministratorsAreEligible;
import dev.parc.roadmap.stage3.S306RoleSettingsAreStrict;
import dev.parc.roadmap.stage3.S313AzureAdministratorsAreEligible;
import dev.parc.roadmap.stage3.S314AzureLogsReachTheSiem;
import dev.parc.roadmap.stage3.S319NewAdministratorsAreNoticed;
import dev.parc.roadmap.stage4.S407AuditLogsAreKept;
import dev.parc.roadmap.stage4.S408SubscriptionOwnershipIsDetermined;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Verdicts on roles and Conditional Access that are known to go wrong, by the numbers of {@code docs/verdict-traps.md}.
 * Each test fails if PARC fell into its trap; where the trap lies in reading, the facts come from the readers.
 */
class VerdictTrapsTest {

    private static final String GLOBAL = GLOBAL_ADMINISTRATOR.templateId();
    private static final String EXCHANGE = EXCHANGE_ADMINISTRATOR.templateId();
    private static final String NEVER = "2027-01-31T00:00:00Z";

    /** The number of the wrong verdict that the test would fall into. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    private @interface Trap {
        int[] value();
    }

    /** The wrong verdicts that touch neither roles nor Conditional Access, with the test that holds them. */
    private static final Map<Integer, String> ELSEWHERE = Map.of(
            16, "dev.parc.roadmap.stage2.S211PasswordHashesAreSynchronisedTest",
            29, "dev.parc.query.AlertQueryTest",
            30, "dev.parc.collect.azure.AzureSettingsReaderTest",
            45, "dev.parc.roadmap.stage3.S315ApplicationsAreProvisionedTest",
            51, "dev.parc.roadmap.stage3.S307LegacyAuthenticationIsBlockedTest",
            52, "dev.parc.roadmap.breakglass.BG01EmergencyAccountsAreWatchedTest",
            53, "dev.parc.roadmap.stage3.S316InformationIsLabelledTest");

    // --- asking ---------------------------------------------------------------------------------------------------

    /** Reads what the check asks for as production does, and asks it. */
    private static Expectation ask(Check check, FakeTenant tenant, String... emergencyAccounts) {
        Designations designations = new Designations(Set.of(emergencyAccounts), Map.of());
        FactKind[] kinds = Assessor.reads(check).stream()
                .filter(kind -> !FactKind.OWN.contains(kind))
                .toArray(FactKind[]::new);
        Facts read = Readings.of(tenant, designations, kinds).facts(designations);
        return CheckTester.of(check)
                .given(read.with(Map.of(FactKind.ATTESTATIONS, new Reading.Read(List.of(), List.of()))));
    }

    /** A tenant with one permanent Global Administrator, ann, who is in the group {@code service}. */
    private static FakeTenant withAnn() {
        FakeTenant tenant = FakeTenant.licensed();
        tenant.permanent(tenant.user("ann"), GLOBAL);
        tenant.group("service", FakeTenant.id("ann"));
        return tenant;
    }

    private static ObjectNode mfa(FakeTenant tenant) {
        return tenant.policy("MFA", "All", "", "mfa");
    }

    private static ObjectNode users(ObjectNode policy) {
        return policy.withObject("/conditions/users");
    }

    private static void put(ObjectNode object, String list, String... values) {
        object.putArray(list);
        Stream.of(values).forEach(object.withArray(list)::add);
    }

    private static void isMfaRequired(Outcome outcome, FakeTenant tenant) {
        assertThat(ask(new S106MfaIsRequired(), tenant).verdict().outcome()).isEqualTo(outcome);
    }

    private static MfaDecision require(Requirement requirement, PolicyBuilder... policies) {
        Account ann = account("ann@contoso.com");
        TenantBuilder tenant = tenant().globalAdmin(ann).inGroups(ann);
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return ConditionalAccess.of(tenant.facts()).require(ann, requirement);
    }

    // --- who is an administrator ----------------------------------------------------------------------------------

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

    // --- licences and what could not be read ----------------------------------------------------------------------

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

    // --- cloud-only and emergency accounts ------------------------------------------------------------------------

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

    // --- Conditional Access ---------------------------------------------------------------------------------------

    @Test
    @Trap(5)
    void severalPoliciesTogetherProtectThoughNoneDoesAlone() {
        FakeTenant tenant = withAnn();
        ObjectNode modern = tenant.policy("modern", "All", "", "mfa");
        put(modern.withObject("/conditions"), "clientAppTypes", "browser", "mobileAppsAndDesktopClients");
        isMfaRequired(Outcome.FAIL, tenant);
        ObjectNode legacy = tenant.policy("legacy", "All", "", "block");
        put(legacy.withObject("/conditions"), "clientAppTypes", "exchangeActiveSync", "other");
        ask(new S106MfaIsRequired(), tenant)
                .isPass("the only permanently assigned account needs MFA at every sign-in, by legacy, modern");
    }

    @Test
    @Trap({5, 6, 15})
    void aPolicyWithAConditionIsNotForEverySignIn() {
        for (String condition : List.of(
                "{signInRiskLevels:['high']}",
                "{userRiskLevels:['high']}",
                "{locations:{includeLocations:['AllTrusted'], excludeLocations:[]}}",
                "{platforms:{includePlatforms:['android'], excludePlatforms:[]}}",
                "{clientAppTypes:['browser']}",
                "{authenticationFlows:{transferMethods:'deviceCodeFlow'}}",
                "{insiderRiskLevels:'elevated'}",
                "{devices:{deviceFilter:{mode:'include', rule:'device.isCompliant -eq False'}}}")) {
            FakeTenant tenant = withAnn();
            mfa(tenant).withObject("/conditions").setAll(FakeTenant.json(condition));
            ask(new S106MfaIsRequired(), tenant).isFail("1 of 1 permanently assigned account can sign in without MFA");
        }
    }

    @Test
    @Trap({6, 14, 15})
    void whomAPolicyLeavesOutIsNotProtectedByIt() {
        for (Map.Entry<String, String> exclusion : Map.of(
                        "excludeUsers", FakeTenant.id("ann"),
                        "excludeGroups", FakeTenant.id("service"),
                        "excludeRoles", GLOBAL)
                .entrySet()) {
            FakeTenant tenant = withAnn();
            put(users(mfa(tenant)), exclusion.getKey(), exclusion.getValue());
            Expectation answer = ask(new S106MfaIsRequired(), tenant);
            assertThat(answer.verdict().outcome()).as(exclusion.getKey()).isNotEqualTo(Outcome.PASS);
            assertThat(answer.verdict().findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message()).contains("'MFA' excludes the account"));
        }
    }

    @Test
    @Trap(6)
    void aPolicyForAllUsersOrForTheRoleAtHandIsEnough() {
        FakeTenant everybody = withAnn();
        mfa(everybody);
        isMfaRequired(Outcome.PASS, everybody);
        FakeTenant role = withAnn();
        ObjectNode policy = tenantPolicyForRoles(role, GLOBAL);
        isMfaRequired(Outcome.PASS, role);
        put(users(policy), "includeRoles", EXCHANGE, GLOBAL);
        isMfaRequired(Outcome.PASS, role);
    }

    private static ObjectNode tenantPolicyForRoles(FakeTenant tenant, String... roles) {
        ObjectNode policy = mfa(tenant);
        put(users(policy), "includeUsers");
        put(users(policy), "includeRoles", roles);
        return policy;
    }

    @Test
    @Trap({14, 21})
    void aPolicyForOneRoleOrForNoneDoesNotProtectTheOthers() {
        FakeTenant other = withAnn();
        tenantPolicyForRoles(other, EXCHANGE);
        isMfaRequired(Outcome.FAIL, other);
        FakeTenant none = withAnn();
        tenantPolicyForRoles(none);
        isMfaRequired(Outcome.FAIL, none);
    }

    @Test
    @Trap({7, 15})
    void aStrengthCountsByItsCombinationsWhateverItsName() {
        FakeTenant tenant = withAnn();
        ObjectNode controls = mfa(tenant).withObject("/grantControls");
        put(controls, "builtInControls");
        controls.set(
                "authenticationStrength",
                FakeTenant.json("{id:'6c9f3d3c-2c51-4f0c-8a5e-0a4d6f1b7c11', displayName:'Sleutels',"
                        + " allowedCombinations:['fido2','windowsHelloForBusiness']}"));
        isMfaRequired(Outcome.PASS, tenant);
        assertThat(require(
                        Requirement.PHISHING_RESISTANT_MFA, policy("own").strength("fido2", "windowsHelloForBusiness")))
                .isInstanceOf(MfaDecision.Covered.class);
        assertThat(require(
                        Requirement.PHISHING_RESISTANT_MFA,
                        policy("Phishing-resistant MFA").strength("fido2", "password,sms")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    @Trap(21)
    void aReportOnlyPolicyDoesNotProtect() {
        FakeTenant tenant = withAnn();
        mfa(tenant).put("state", "enabledForReportingButNotEnforced");
        isMfaRequired(Outcome.FAIL, tenant);
    }

    @Test
    @Trap(21)
    void aDeviceIsDemandedByOnePolicyAloneAndNotOfTheRolesThatItDoesNotName() {
        assertThat(require(
                        Requirement.MANAGED_DEVICE,
                        policy("either").any("compliantDevice", "domainJoinedDevice"),
                        policy("no flows")
                                .flows("deviceCodeFlow", "authenticationTransfer")
                                .any("block")))
                .isInstanceOf(MfaDecision.Covered.class);
        assertThat(require(
                        Requirement.MANAGED_DEVICE,
                        policy("of one role").forNobody().forRole(EXCHANGE).any("compliantDevice")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    @Trap({6, 17})
    void aMembershipThatWasNotReadIsNoAnswerInsteadOfAGoodOne() {
        Account ann = account("ann@contoso.com");
        TenantBuilder tenant = tenant().globalAdmin(ann)
                .policy(policy("MFA").notForGroup("unread").build());
        assertThat(ConditionalAccess.of(tenant.facts()).mfa(ann)).isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    @Trap(26)
    void sentinelIsWhereItIsOnboardedAndNotWhereItsSolutionIs() {
        assertThat(siem(false, true).outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(siem(true, false).outcome()).isEqualTo(Outcome.FAIL);
    }

    /** S3-14 where all logs go to one workspace, with nothing attested. */
    private static Verdict siem(boolean solution, boolean onboarded) {
        FakeTenant tenant = FakeTenant.licensed();
        FakeArm arm = tenant.arm();
        String scope = arm.subscription("Production");
        arm.assign(FakeTenant.id("root"), "User", AzureRole.OWNER, scope);
        String workspace = arm.workspace(scope, "log-soc", 90, false);
        if (solution) {
            arm.sentinelSolution(scope, workspace);
        }
        if (onboarded) {
            arm.onboard(workspace);
        }
        arm.exportDirectory("soc", "workspaceId", workspace, "AuditLogs", "SignInLogs");
        arm.export(scope, "soc", "workspaceId", workspace, "Administrative", "Security");
        return assessed(tenant, new S314AzureLogsReachTheSiem());
    }

    private static Verdict assessed(FakeTenant tenant, Check check) {
        Map<FactKind, Reading> read = new HashMap<>(Readings.of(
                        tenant,
                        Assessor.reads(check).stream()
                                .filter(kind -> !FactKind.OWN.contains(kind))
                                .toArray(FactKind[]::new))
                .byKind());
        read.put(FactKind.ATTESTATIONS, new Reading.Read(List.of(), List.of()));
        return Assessor.assess(check, new Readings(read).facts(Designations.NONE));
    }

    @Test
    @Trap(27)
    void aTableKeepsLogsForAsLongAsItIsSetToAndNotItsWorkspace() {
        assertThat(kept(90, 730).outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(kept(730, 90).outcome()).isEqualTo(Outcome.FAIL);
    }

    /** S4-07 where all logs go to one workspace, with nothing attested. */
    private static Verdict kept(int workspaceDays, int tableDays) {
        FakeTenant tenant = FakeTenant.licensed();
        FakeArm arm = tenant.arm();
        String scope = arm.subscription("Production");
        arm.assign(FakeTenant.id("root"), "User", AzureRole.OWNER, scope);
        String workspace = arm.workspace(scope, "log-soc", workspaceDays, true);
        Stream.of("AuditLogs", "SigninLogs", "AzureActivity").forEach(table -> arm.table(workspace, table, tableDays));
        arm.exportDirectory("soc", "workspaceId", workspace, "AuditLogs", "SignInLogs");
        arm.export(scope, "soc", "workspaceId", workspace, "Administrative", "Security");
        return assessed(tenant, new S407AuditLogsAreKept());
    }

    // --- roles that are activated, and what looks like protection ------------------------------------------------

    private static TenantBuilder mustJoin(Account ann) {
        return tenant().inGroups(ann)
                .group("admins", GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .grant("admins", ann, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                .groupPimPolicy("admins", GroupGrant.Access.MEMBER, activationTakes(), activationContext("c1"));
    }

    private static MfaDecision strongForAdministrator(
            TenantBuilder tenant, Account account, PolicyBuilder... policies) {
        Stream.of(policies).forEach(one -> tenant.policy(one.build()));
        return ConditionalAccess.of(tenant.facts())
                .requireOfAdministrator(account, Requirement.PHISHING_RESISTANT_MFA)
                .decision();
    }

    @Test
    @Trap(31)
    void aPolicyForTheRoleProtectsWhoActivatesItTogetherWithTheActivationAndNotAlone() {
        Account ann = account("ann@contoso.com");
        PolicyBuilder role = policy("role").forNobody().forRole(GLOBAL).strength("fido2");
        PolicyBuilder context = policy("context").onContext("c1").strength("fido2");
        assertThat(strongForAdministrator(mustJoin(ann), ann, role, context)).isInstanceOf(MfaDecision.Covered.class);
        assertThat(strongForAdministrator(mustJoin(ann), ann, role)).isInstanceOf(MfaDecision.Undecided.class);
        assertThat(strongForAdministrator(mustJoin(ann), ann, context)).isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    @Trap(32)
    void whoJoinsAGroupIsLeftOutWithTheGroupsAroundIt() {
        Account ann = account("ann@contoso.com");
        PolicyBuilder all = policy("all").strength("fido2").notForGroup(id("exempt"));
        assertThat(strongForAdministrator(mustJoin(ann).groupInGroups(id("admins"), id("exempt")), ann, all))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(strongForAdministrator(mustJoin(ann).groupInGroups(id("admins"), id("another")), ann, all))
                .isInstanceOf(MfaDecision.Covered.class);
    }

    @Test
    @Trap(33)
    void aRoleOrMembershipThatEndsProtectsNothingThatGoesOn() {
        Account ann = account("ann@contoso.com");
        MfaDecision ofRole = ConditionalAccess.of(tenant().holder(ann, GLOBAL_ADMINISTRATOR, AssignmentKind.TIME_BOUND)
                        .holder(ann, EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .inGroups(ann)
                        .policy(policy("global").forNobody().forRole(GLOBAL).build())
                        .facts())
                .mfa(ann);
        assertThat(ofRole).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(ofMembership(ann, AssignmentKind.TIME_BOUND)).isInstanceOf(MfaDecision.Undecided.class);
        assertThat(ofMembership(ann, AssignmentKind.PERMANENT)).isInstanceOf(MfaDecision.Covered.class);
    }

    private static MfaDecision ofMembership(Account account, AssignmentKind kind) {
        return ConditionalAccess.of(tenant().globalAdmin(account)
                        .inGroups(account, id("team"))
                        .grant("team", account, GroupGrant.Access.MEMBER, kind)
                        .policy(policy("of the team")
                                .forNobody()
                                .forGroup(id("team"))
                                .build())
                        .facts())
                .mfa(account);
    }

    @Test
    @Trap(34)
    void aWorkstationIsKnownByNothingThatItsUserCanChoose() {
        assertThat(workstation("device.displayName -startsWith \"PAW\" -and device.trustType -eq \"AzureAD\""))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(workstation("device.extensionAttribute1 -eq \"PAW\"")).isInstanceOf(MfaDecision.Covered.class);
    }

    private static MfaDecision workstation(String rule) {
        Account ann = account("ann@contoso.com");
        return ConditionalAccess.of(tenant().globalAdmin(ann)
                        .inGroups(ann)
                        .designated(all -> all.withWorkstationFilter(Optional.of(rule)))
                        .policy(policy("only PAW")
                                .device(false, rule)
                                .any("block")
                                .build())
                        .policy(policy("no flows")
                                .flows("deviceCodeFlow", "authenticationTransfer")
                                .any("block")
                                .build())
                        .facts())
                .require(ann, Requirement.PRIVILEGED_WORKSTATION);
    }

    @Test
    @Trap(35)
    void aMemberWhomAnotherDirectorySignsInMayBeAGuestToPolicies() {
        assertThat(ofMemberBy("ExternalAzureAD")).isInstanceOf(MfaDecision.Undecided.class);
        assertThat(ofMemberBy("contoso.onmicrosoft.com")).isInstanceOf(MfaDecision.Covered.class);
    }

    private static MfaDecision ofMemberBy(String issuer) {
        Account lee = TenantBuilder.issuedBy(account("lee@contoso.com"), issuer);
        return ConditionalAccess.of(tenant().globalAdmin(lee)
                        .inGroups(lee)
                        .policy(policy("MFA")
                                .notForUser("GuestsOrExternalUsers")
                                .build())
                        .facts())
                .mfa(lee);
    }

    // --- what PARC itself once got wrong ----------------------------------------------------------------------------

    private static Outcome outcome(Check check, TenantBuilder tenant) {
        return CheckTester.of(check).given(tenant).verdict().outcome();
    }

    @Test
    @Trap(36)
    void anAccountOfSynchronisationIsAskedForNoMfaAndOneThatIsOnlyCalledSoIs() {
        Account sync = account("Sync_DC1_0a1b2c3d4e5f@contoso.onmicrosoft.com");
        Account ann = account("ann@contoso.com");
        Check check = new S203AllAdministratorsAreRegistered();
        TenantBuilder alone =
                tenant().synchronised().globalAdmin(ann).registered(ann, true).registered(sync, false);
        assertThat(outcome(check, alone.holder(sync, GoodTenant.SYNCHRONISATION_ROLE, AssignmentKind.PERMANENT)))
                .isEqualTo(Outcome.PASS);
        TenantBuilder named =
                tenant().synchronised().globalAdmin(ann).registered(ann, true).registered(sync, false);
        assertThat(outcome(check, named.holder(sync, "Helpdesk Administrator", AssignmentKind.PERMANENT)))
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    @Trap(37)
    void theInitialDomainIsTheTenantsOwnWhateverTheCloud() {
        for (String domain : List.of("contoso.onmicrosoft.com", "contoso.onmicrosoft.us", "contoso.onms.example")) {
            FakeTenant tenant = FakeTenant.named("Contoso", domain);
            tenant.authenticationMethods("Fido2");
            for (String name : List.of("one", "two")) {
                String id = tenant.user(name);
                tenant.permanent(id, GLOBAL);
                tenant.registration(id, true, "fido2SecurityKey");
            }
            assertThat(ask(new S104EmergencyAccountsExist(), tenant, "one@" + domain, "two@" + domain)
                            .verdict()
                            .outcome())
                    .as(domain)
                    .isEqualTo(Outcome.PASS);
        }
    }

    @Test
    @Trap(38)
    void whoMaySignInWithACertificateIsNotSaidToBeWithoutMfa() {
        Account ann = account("ann@contoso.com");
        TenantBuilder enabled = tenant().globalAdmin(ann).registered(ann, false);
        assertThat(outcome(new S105MfaIsRegistered(), enabled.authenticationMethods("Fido2", "X509Certificate")))
                .isEqualTo(Outcome.REVIEW);
        TenantBuilder disabled = tenant().globalAdmin(ann).registered(ann, false);
        assertThat(outcome(new S105MfaIsRegistered(), disabled.authenticationMethods("Fido2")))
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    @Trap(39)
    void mailOfPimToDefaultRecipientsWhoHaveNoMailboxReachesNobody() {
        Account active = GoodTenant.ONE;
        Account eligible = account("eve@contoso.com");
        Account mailed = withMail(account("ada@contoso.com"), "ada@contoso.com");
        assertThat(outcome(
                        new S101PimIsOn(),
                        tenant().globalAdmin(active)
                                .emergency(active.id())
                                .holder(eligible, GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                                .pimMailToDefaultRecipients()))
                .isEqualTo(Outcome.FAIL);
        assertThat(outcome(
                        new S101PimIsOn(),
                        tenant().globalAdmin(active)
                                .emergency(active.id())
                                .globalAdmin(mailed)
                                .holder(eligible, GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                                .pimMailToDefaultRecipients()))
                .isEqualTo(Outcome.PASS);
    }

    @Test
    @Trap(40)
    void mfaForEverySignInDoesNotAnswerTheRiskOfASessionThatHoldsIt() {
        Account ann = account("ann@contoso.com");
        PolicyBuilder user = policy("user risk").userRisks("high").every("mfa", "passwordChange");
        PolicyBuilder risk =
                policy("sign-in risk").signInRisks("medium", "high").any("mfa");
        TenantBuilder all = tenant().globalAdmin(ann)
                .inGroups(ann)
                .policy(policy("MFA").build())
                .policy(user.build());
        assertThat(outcome(new S213IdentityProtectionIsConfigured(), all)).isEqualTo(Outcome.REVIEW);
        assertThat(outcome(new S213IdentityProtectionIsConfigured(), all.policy(risk.build())))
                .isEqualTo(Outcome.PASS);
    }

    @Test
    @Trap(41)
    void aNewAdministratorStaysNewAtTheNextRunUntilSomebodyAcknowledgesIt() {
        Account kim = account("kim@contoso.com");
        Instant since = TenantBuilder.NOW.minus(Duration.ofDays(3));
        TenantBuilder later = GoodTenant.build()
                .holder(kim, EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .add(
                        FactKind.EARLIER_ADMINISTRATORS,
                        new EarlierAdministrator(kim.id(), "kim", EXCHANGE, "/", Optional.of(since)));
        assertThat(outcome(new S319NewAdministratorsAreNoticed(), later)).isEqualTo(Outcome.REVIEW);
        Acknowledgement known = new Acknowledgement(
                kim.id(), "kim", EXCHANGE, "/", since, "Ann", TenantBuilder.NOW, "takes over from Bob");
        assertThat(outcome(new S319NewAdministratorsAreNoticed(), later.add(FactKind.ACKNOWLEDGEMENTS, known)))
                .isEqualTo(Outcome.PASS);
    }

    @Test
    @Trap(42)
    void emergencyAccountsAreNoGlobalAdministratorsTooMany() {
        TenantBuilder tenant = tenant().globalAdmin(GoodTenant.ONE).globalAdmin(GoodTenant.TWO);
        List.of("a", "b", "c", "d").forEach(name -> tenant.globalAdmin(name + "@contoso.com"));
        tenant.emergency(GoodTenant.ONE.id(), GoodTenant.TWO.id());
        assertThat(outcome(new S107GlobalAdministratorsAreFew(), tenant)).isEqualTo(Outcome.PASS);
        assertThat(outcome(new S107GlobalAdministratorsAreFew(), tenant.globalAdmin("e@contoso.com")))
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    @Trap(43)
    void mfaOfAGuestsHomeCountsOnlyWhereItIsAccepted() {
        for (boolean accepted : new boolean[] {true, false}) {
            FakeTenant tenant = FakeTenant.licensed().mfaOfOthersAccepted(accepted);
            String guest = tenant.user("dana", "dana_fabrikam.com#EXT#@contoso.onmicrosoft.com");
            tenant.object(guest)
                    .put("userType", "Guest")
                    .putArray("identities")
                    .add(FakeTenant.json("{signInType:'federated', issuer:'ExternalAzureAD', issuerAssignedId:null}"));
            tenant.permanent(guest, GLOBAL);
            tenant.registration(guest, false);
            assertThat(ask(new S105MfaIsRegistered(), tenant).verdict().outcome())
                    .isEqualTo(accepted ? Outcome.REVIEW : Outcome.FAIL);
        }
    }

    @Test
    @Trap(44)
    void anApplicationIsNotInUseForBeingEnabled() {
        for (String lastUse : List.of("2026-08-30T01:00:00Z", "2026-01-30T01:00:00Z", "")) {
            FakeTenant tenant = FakeTenant.licensed();
            tenant.permanent(tenant.user("ann"), GLOBAL);
            String backup = tenant.servicePrincipal("backup");
            tenant.permanent(backup, EXCHANGE);
            if (!lastUse.isEmpty()) {
                tenant.lastUsed(backup, lastUse);
            }
            Outcome expected = lastUse.startsWith("2026-08") ? Outcome.PASS : Outcome.FAIL;
            assertThat(ask(new S103UnneededAccountsAreOut(), tenant).verdict().outcome())
                    .isEqualTo(lastUse.isEmpty() ? Outcome.REVIEW : expected);
        }
    }

    @Test
    @Trap(46)
    void applicationsThatChangeGroupsCanTakeAnAccountOutOfAPolicy() {
        for (boolean assignable : new boolean[] {true, false}) {
            FakeTenant tenant = withAnn();
            String exempt = tenant.group("exempt");
            tenant.object(exempt).put("isAssignableToRole", assignable);
            tenant.policy("MFA", "All", exempt, "mfa");
            tenant.graphAppRole(tenant.servicePrincipal("feed"), "62a82d76-70ea-41e2-9197-370581804d09");
            assertThat(ask(new S106MfaIsRequired(), tenant).verdict().outcome())
                    .isEqualTo(assignable ? Outcome.PASS : Outcome.REVIEW);
        }
    }

    // --- the list ---------------------------------------------------------------------------------------------------

    @Test
    @Trap(47)
    void aGroupInsideAnExcludedGroupThatSomebodyCanJoinTakesTheMfaAway() {
        Account ann = account("ann@contoso.com");
        for (String around : List.of("exempt", "another")) {
            MfaDecision answer = ConditionalAccess.of(tenant().globalAdmin(ann)
                            .canJoin(ann, "inner")
                            .groupInGroups("inner", around)
                            .policy(policy("MFA").notForGroup("exempt").build())
                            .facts())
                    .mfa(ann);
            assertThat(answer)
                    .isInstanceOf(around.equals("exempt") ? MfaDecision.Undecided.class : MfaDecision.Covered.class);
        }
    }

    @Test
    @Trap(48)
    void whatMicrosoftLabelsPrivilegedIsToldByItsLabelAndNotByAListThatGrowsOld() {
        String role = "11111111-2222-4333-8444-555555555555";
        RoleDefinition late = new RoleDefinition(role, role, "Of late", true, Set.of(), Optional.of(true));
        CheckTester.of(new S302AdministratorsAreEligible())
                .given(GoodTenant.build()
                        .holder(account("kim@contoso.com"), role, AssignmentKind.PERMANENT)
                        .inGroups(account("kim@contoso.com"))
                        .add(FactKind.ROLE_DEFINITIONS, late))
                .isFail("1 of 4 administrators permanently holds a privileged role");
    }

    @Test
    @Trap(49)
    void aRoleThatBeginsLaterIsNotHeldYetAndNotForgotten() {
        RoleAssignment row = new RoleAssignment(
                "kim", PrincipalType.USER, "kim@contoso.com", GLOBAL, "/", AssignmentKind.PERMANENT, Optional.empty());
        CheckTester.of(new S302AdministratorsAreEligible())
                .given(GoodTenant.build()
                        .add(
                                FactKind.LATER_ASSIGNMENTS,
                                new RoleAssignment.Later(row, Instant.parse("2099-12-24T00:00:00Z"))))
                .isReview("no permanent assignment confirmed; 1 needs review");
    }

    @Test
    @Trap(50)
    void microsoftsOwnMfaIsNoProofWhereItIsNotAskedOfEverySignIn() {
        Account ann = inTenantOf("contoso.onmicrosoft.com", account("ann@contoso.com"));
        for (String application :
                List.of("00000006-0000-0ff1-ce00-000000000000", "797f4846-ba00-4fd7-ba43-dac1f8f63013")) {
            assertThat(ConditionalAccess.of(tenant().globalAdmin(ann)
                                    .inGroups(ann)
                                    .policy(policy("MFA")
                                            .notApplications(application)
                                            .build())
                                    .facts())
                            .mfa(ann))
                    .isNotInstanceOf(MfaDecision.Covered.class);
        }
    }

    private static SortedMap<Integer, Set<String>> tests() {
        SortedMap<Integer, Set<String>> tests = new TreeMap<>();
        for (Method method : VerdictTrapsTest.class.getDeclaredMethods()) {
            Trap trap = method.getAnnotation(Trap.class);
            if (trap != null) {
                assertThat(method.isAnnotationPresent(Test.class))
                        .as(method.getName())
                        .isTrue();
                IntStream.of(trap.value())
                        .forEach(number -> tests.computeIfAbsent(number, key -> new TreeSet<>())
                                .add(method.getName()));
            }
        }
        return tests;
    }

    @Test
    void everyNumberIsATestHereOrNamesTheOneElsewhere() throws ClassNotFoundException {
        Set<Integer> numbers = new TreeSet<>(tests().keySet());
        numbers.addAll(ELSEWHERE.keySet());
        assertThat(numbers)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 53).boxed().toList());
        assertThat(tests().keySet()).doesNotContainAnyElementsOf(ELSEWHERE.keySet());
        for (String test : ELSEWHERE.values()) {
            assertThat(Class.forName(test).getDeclaredMethods()).isNotEmpty();
        }
    }

    @Test
    void thePageNamesTheTestsOfEachNumber() throws IOException {
        Pattern row = Pattern.compile("\\| (\\d+) \\|.*\\|.*\\| ([^|]*) \\|");
        SortedMap<Integer, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("docs/verdict-traps.md"))) {
            Matcher cells = row.matcher(line);
            if (cells.matches()) {
                assertThat(rows.put(Integer.valueOf(cells.group(1)), cells.group(2)))
                        .isNull();
            }
        }
        SortedMap<Integer, String> expected = new TreeMap<>();
        tests().forEach((number, names) -> expected.put(number, "`" + String.join("`, `", names) + "`"));
        ELSEWHERE.forEach(
                (number, test) -> expected.put(number, "`" + test.substring(test.lastIndexOf('.') + 1) + "`"));
        assertThat(rows).isEqualTo(expected);
    }
}
