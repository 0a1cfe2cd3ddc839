package dev.parc.roadmap.stage2;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.PerUserMfa;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupWriter;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import dev.parc.facts.policies.ExcludedGroup;
import dev.parc.facts.policies.PolicyObject;
import dev.parc.facts.roles.AssignmentKind;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S212MfaIsRequiredOfAllUsersTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final Account GLASS = account("glass@contoso.onmicrosoft.com");

    private final CheckTester check = CheckTester.of(new S212MfaIsRequiredOfAllUsers());

    /** One Global Administrator and one emergency account. */
    private static TenantBuilder with(PolicyBuilder... policies) {
        TenantBuilder tenant = tenant().globalAdmin(ANN)
                .globalAdmin(GLASS)
                .emergency(GLASS.signInName())
                .inGroups(ANN)
                .inGroups(GLASS, "glass");
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return tenant;
    }

    @Test
    void onePolicyThatLeavesOutNobodyIsAPass() {
        check.given(with(policy("MFA")))
                .isPass("MFA is required of 1 administrator and of everybody whom no policy excludes, by MFA");
    }

    @Test
    void anEmergencyAccountThatIsLeftOutByNameNeedsNoWord() {
        check.given(with(policy("MFA").notForUser(GLASS.id())))
                .isPass("MFA is required of 1 administrator and of everybody whom no policy excludes, by MFA");
    }

    @Test
    void exclusionsAreListedForAPersonToAttest() {
        TenantBuilder tenant = with(policy("MFA")
                .notForGroup("glass")
                .notForUser("somebody")
                .notForRole("d29b2b05-8046-44ba-8758-1e26182fcf32")
                .notForGuests("serviceProvider"));
        check.given(tenant)
                .isReview("MFA is required of 1 administrator and of everybody whom no policy excludes, by MFA; 1"
                        + " statement to attest")
                .finds("user somebody", "is excluded from 'MFA'")
                .finds(
                        "group glass",
                        "is excluded from 'MFA'; of the accounts that were read it holds glass@contoso.onmicrosoft.com")
                .finds("role d29b2b05-8046-44ba-8758-1e26182fcf32", "is excluded from 'MFA'")
                .finds("guests serviceProvider", "is excluded from 'MFA'");
        check.given(tenant.attested("S2-12", 1))
                .isAttested("MFA is required of 1 administrator and of everybody whom no policy excludes, by MFA;"
                        + " attested by Ann until 2027-09-01");
    }

    @Test
    void anApplicationThatMicrosoftsGuidesLeaveOutIsListedForAPersonToAttest() {
        TenantBuilder tenant = with(policy("MFA").notApplications("372140e0-b3b7-4226-8ef9-d57986796201"));
        check.given(tenant)
                .isReview("MFA is required of 1 administrator and of everybody whom no policy excludes, by MFA; 1"
                        + " statement to attest")
                .findsOnly(
                        "MFA",
                        "excludes the application Azure Windows VM Sign-In, as Microsoft's guides ask where people sign"
                                + " in to virtual machines without Windows Hello for Business or a security key; confirm"
                                + " that it has to");
        check.given(tenant.attested("S2-12", 1))
                .isAttested("MFA is required of 1 administrator and of everybody whom no policy excludes, by MFA;"
                        + " attested by Ann until 2027-09-01");
    }

    @ParameterizedTest
    @CsvSource({
        "00000002-0000-0ff1-ce00-000000000000, Office 365 Exchange Online",
        "d4ebce55-015a-49b5-a083-c84d1797ae8c, Microsoft Intune Enrollment",
        "0f0e0d0c-0000-4000-8000-000000000001, 0f0e0d0c-0000-4000-8000-000000000001"
    })
    void anyOtherApplicationThatIsLeftOutIsAGapByItsName(String id, String name) {
        check.given(with(policy("MFA").notApplications("372140e0-b3b7-4226-8ef9-d57986796201", id)))
                .isFail("3 of 3 administrators and kinds of users can sign in without MFA")
                .finds(
                        "ann@contoso.com",
                        "can sign in without MFA: Windows, browser, to application " + name
                                + "; because 'MFA' does not apply to this application");
    }

    @Test
    void whatPoliciesNameAndNobodyHasIsToldAndNeedsNoWord() {
        String group = id("old group");
        TenantBuilder tenant = with(
                policy("MFA").notForGroup(group),
                policy("pilot").forNobody().forGroup(group).any("compliantDevice"));
        String summary = "MFA is required of 1 administrator and of everybody whom no policy excludes, by MFA";
        check.given(tenant).isReview(summary + "; 1 statement to attest");
        check.given(tenant.add(
                        FactKind.POLICY_OBJECTS,
                        new PolicyObject(PolicyObject.Kind.GROUP, group, group, PolicyObject.State.GONE)))
                .isPass(summary)
                .names("group " + group
                        + " no longer exists: 'pilot' includes it, and so less than it seems; 'MFA' excludes"
                        + " it, which can be tidied up");
    }

    /** As a reason it would say that something was not seen, and no gap would ever count as closed. */
    @Test
    void besideAGapWhatNobodyHasIsAFindingAndNoReason() {
        String group = id("old group");
        check.given(with(policy("MFA").notForUser(ANN.id()).notForGroup(group))
                        .add(
                                FactKind.POLICY_OBJECTS,
                                new PolicyObject(PolicyObject.Kind.GROUP, group, group, PolicyObject.State.GONE)))
                .isFail("1 of 3 administrators and kinds of users can sign in without MFA")
                .finds("the tenant", "group " + group + " no longer exists: 'MFA' excludes it, which can be tidied up");
    }

    @Test
    void whatCanBeRestoredOrIsThereIsForAPersonToAttest() {
        String group = id("old group");
        check.given(with(policy("MFA").notForGroup(group))
                        .add(
                                FactKind.POLICY_OBJECTS,
                                new PolicyObject(PolicyObject.Kind.GROUP, group, "old", PolicyObject.State.DELETED)))
                .isReview("MFA is required of 1 administrator and of everybody whom no policy excludes, by MFA; 1"
                        + " statement to attest")
                .findsOnly("group old", "is excluded from 'MFA'")
                .names(
                        "group old was deleted and can be restored for 30 days: 'MFA' excludes it, which can be tidied up");
    }

    @Test
    void aNamedLocationThatIsGoneIsToldAndTheMfaServicesAddressesAreNone() {
        check.given(with(
                        policy("MFA"),
                        policy("abroad")
                                .locations(Set.of("All"), Set.of(id("old location")))
                                .signInRisks("high"),
                        policy("inside")
                                .locations(Set.of("All"), Set.of("00000000-0000-0000-0000-000000000000"))
                                .signInRisks("high")))
                .isPass("MFA is required of 1 administrator and of everybody whom no policy excludes, by MFA")
                .names("named location " + id("old location") + " no longer exists: 'abroad' excludes it, which can be"
                        + " tidied up");
    }

    @Test
    void aRoleThatIsGoneIsTold() {
        String role = id("custom role");
        String told = "role " + role + " no longer exists: 'for it' includes it, and so less than it seems";
        TenantBuilder tenant = with(
                policy("MFA"), policy("for it").forNobody().forRole(role).forRole(GLOBAL_ADMINISTRATOR.templateId()));
        check.given(tenant).names(told);
        assertThat(check.given(tenant.allows(role, "Own role")).verdict().reasons())
                .isEmpty();
        assertThat(check.given(with(policy("MFA"), policy("for it").forNobody().forRole(role))
                                .gap(FactKind.ROLE_DEFINITIONS, "a page was not read"))
                        .verdict()
                        .reasons())
                .doesNotContain(told);
    }

    @Test
    void anApplicationMayBeOneOfMicrosoftsThatIsYetToCome() {
        String application = id("application");
        TenantBuilder tenant = with(policy("MFA").notApplications(application))
                .add(
                        FactKind.POLICY_OBJECTS,
                        new PolicyObject(
                                PolicyObject.Kind.APPLICATION, application, application, PolicyObject.State.GONE));
        assertThat(check.given(tenant).verdict().findings())
                .extracting(finding -> finding.message())
                .contains(
                        "application " + application
                                + " is not in this directory: 'MFA' excludes it, which can be tidied up unless it is yet to come");
    }

    @Test
    void perUserMfaThatIsEnforcedIsForAPersonToJudge() {
        TenantBuilder tenant = with(policy("MFA").notForUser(ANN.id()));
        check.given(tenant).isFail("1 of 3 administrators and kinds of users can sign in without MFA");
        check.given(tenant.add(FactKind.PER_USER_MFA, new PerUserMfa(ANN.id(), PerUserMfa.State.ENFORCED)))
                .isReview("1 of 3 administrators and kinds of users needs review")
                .findsOnly(
                        ANN.signInName(),
                        "may be one that can sign in without MFA: no policy asks for MFA: Windows, browser; because 'MFA'"
                                + " excludes the account; per-user MFA is enforced for the account, which asks for MFA"
                                + " except from the addresses that the MFA settings trust and on remembered devices");
    }

    @Test
    void aGroupOfEmergencyAccountsAloneNeedsNoWord() {
        TenantBuilder tenant = with(policy("MFA").notForGroup("glass"));
        check.given(tenant.excludedGroup("glass", GLASS))
                .isPass("MFA is required of 1 administrator and of everybody whom no policy excludes, by MFA");
        check.given(tenant.excludedMembers("glass", 0))
                .isPass("MFA is required of 1 administrator and of everybody whom no policy excludes, by MFA");
    }

    @Test
    void anybodyElseInTheGroupIsNamed() {
        TenantBuilder tenant = with(policy("MFA").notForGroup("glass"));
        check.given(tenant.excludedGroup("glass", GLASS, account("kim@contoso.com")))
                .findsOnly(
                        "group glass",
                        "is excluded from 'MFA'; its 2 members are glass@contoso.onmicrosoft.com, kim@contoso.com");
        check.given(tenant.excludedMembers("glass", 1, account("kim@contoso.com")))
                .findsOnly("group glass", "is excluded from 'MFA'; its only member is kim@contoso.com");
    }

    @Test
    void aGroupThatOthersCanChangeIsForAPersonToJudge() {
        TenantBuilder tenant = with(policy("MFA").notForGroup("exempt"))
                .openGroup("exempt", new ExcludedGroup.Principal("kim", PrincipalType.USER, "kim@contoso.com"));
        check.given(tenant)
                .isReview("1 of 3 administrators and kinds of users needs review")
                .findsOnly(
                        "group exempt",
                        "is excluded from 'MFA', and its owner kim@contoso.com, who is no administrator, can change its"
                                + " members");
        check.given(tenant.add(FactKind.GROUP_WRITERS, new GroupWriter("hr", "HR feed", "Group.ReadWrite.All")))
                .isReview("2 of 3 administrators and kinds of users need review")
                .finds(
                        "the tenant",
                        "has applications that can put an account into a group that policies exclude, 'exempt': HR feed"
                                + " (Group.ReadWrite.All)");
    }

    @Test
    void membersThatWereNotReadMayBeAnybody() {
        TenantBuilder tenant = with(policy("MFA").notForGroup("glass")).excludedGroup("glass", GLASS);
        check.given(tenant.excludedMembers("glass", 4_000, GLASS))
                .findsOnly(
                        "group glass",
                        "is excluded from 'MFA'; it has 4000 members, among them glass@contoso.onmicrosoft.com");
        check.given(tenant.unread(FactKind.EXCLUDED_MEMBERS, "permission X is missing"))
                .names("members of groups that enabled Conditional Access policies exclude: permission X is missing")
                .findsOnly(
                        "group glass",
                        "is excluded from 'MFA'; of the accounts that were read it holds glass@contoso.onmicrosoft.com");
    }

    @Test
    void exclusionsOfPoliciesThatProveNothingAreNotListed() {
        check.given(with(policy("MFA"), policy("other").signInRisks("high").notForGroup("glass")))
                .isPass("MFA is required of 1 administrator and of everybody whom no policy excludes, by MFA");
    }

    @Test
    void aPolicyForAdministratorsOnlyLeavesEverybodyElse() {
        check.given(with(policy("admins").forNobody().forUser(ANN.id())))
                .isFail("2 of 3 administrators and kinds of users can sign in without MFA")
                .finds(
                        "the tenant",
                        "has users who, named by no policy, can sign in without MFA: Windows, browser; because no"
                                + " enabled policy demands MFA of this account")
                .finds(
                        "the tenant",
                        "has guests who, named by no policy, can sign in without MFA: Windows, browser; because no"
                                + " enabled policy demands MFA of this account");
    }

    @Test
    void aTrustedPlaceIsAHoleForAll() {
        check.given(with(policy("MFA").locations(Set.of("All"), Set.of("AllTrusted")))
                        .trustedLocation("office", "203.0.113.0/24"))
                .isFail("3 of 3 administrators and kinds of users can sign in without MFA")
                .finds(
                        "ann@contoso.com",
                        "can sign in without MFA: Windows, browser, from the trusted location 'office'; because 'MFA'"
                                + " does not apply from there");
    }

    @Test
    void guestsWhoAreLeftOutAreAFail() {
        check.given(with(policy("MFA").notForGuests("b2bCollaborationGuest")))
                .isFail("1 of 3 administrators and kinds of users can sign in without MFA")
                .findsOnly(
                        "the tenant",
                        "has guests who, named by no policy, can sign in without MFA: Windows, browser; because 'MFA'"
                                + " excludes the account");
    }

    @Test
    void anExposedGroupThatIsLeftOutIsAFail() {
        check.given(with(policy("MFA").notForGroup("board"))
                        .designated(it -> it.withExposedUsersGroup(Optional.of("board")))
                        .groupInGroups("board"))
                .isFail("1 of 4 administrators and kinds of users can sign in without MFA")
                .findsOnly(
                        "the group of highly exposed users",
                        "has members who can sign in without MFA: Windows, browser; because 'MFA' excludes the"
                                + " account");
    }

    @Test
    void anEligibleAdministratorIsJudgedBeforeTheRoleIsActive() {
        Account eve = account("eve@contoso.com");
        check.given(with(policy("MFA").notForGroup("exempt"))
                        .holder(eve, "Helpdesk Administrator", AssignmentKind.ELIGIBLE)
                        .inGroups(eve, "exempt"))
                .isFail("1 of 4 administrators and kinds of users can sign in without MFA")
                .findsOnly(
                        "eve@contoso.com",
                        "can sign in without MFA: Windows, browser; because 'MFA' excludes the account");
    }

    @Test
    void whatLooksLikeAnEmergencyAccountIsForAPersonToDecide() {
        Account second = account("second@contoso.onmicrosoft.com");
        check.given(with(policy("MFA").notForGroup("glass")).globalAdmin(second).inGroups(second, "glass"))
                .isReview("1 of 4 administrators and kinds of users needs review")
                .findsOnly(
                        "second@contoso.onmicrosoft.com",
                        "can sign in without MFA: Windows, browser; because 'MFA' excludes the account; it looks like"
                                + " an emergency account, confirm that it is");
    }

    @Test
    void whatIsNotModelledIsForAPersonToDecide() {
        check.given(with(policy("MFA").notModelled("times")))
                .isReview("3 of 3 administrators and kinds of users need review");
    }

    @Test
    void reportOnlyProtectsNobody() {
        check.given(with(policy("MFA").state(State.REPORT_ONLY)))
                .isFail("3 of 3 administrators and kinds of users can sign in without MFA");
    }

    @Test
    void securityDefaultsLeaveSomethingToAPersonsWord() {
        TenantBuilder tenant = with().securityDefaults(true).without(Licence.ENTRA_ID_P1);
        check.given(tenant)
                .isReview("security defaults ask privileged roles for MFA at every sign-in, and others now and then; 1"
                        + " statement to attest")
                .findsOnly(
                        "the tenant",
                        "asks users without a privileged role for MFA only when Microsoft finds it necessary");
    }

    @Test
    void withoutALicenceAndSecurityDefaultsItIsAFail() {
        check.given(with().without(Licence.ENTRA_ID_P1))
                .isFail("3 of 3 administrators and kinds of users can sign in without MFA");
    }

    @Test
    void aCertainFailStandsWithoutServicePrincipals() {
        check.given(with().unread(FactKind.SERVICE_PRINCIPALS, "permission X is missing"))
                .isFail("3 of 3 administrators and kinds of users can sign in without MFA");
    }

    @Test
    void theGoodTenantIsAttested() {
        check.given(GoodTenant.build())
                .isPass("MFA is required of 3 administrators and of everybody whom no policy excludes, by MFA for all");
    }
}
