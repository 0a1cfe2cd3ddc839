package dev.parc.roadmap.stage3;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.directory.GroupWriter;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.policies.ExcludedGroup;
import dev.parc.facts.policies.ExposedGroup;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S303StrongAuthenticationIsRequiredTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final String STRONG =
            "1 administrator and the highly exposed users need phishing-resistant MFA, by ";
    private static final String ONE = "1 gap in the rollout of stronger authentication";
    private static final String LOOK = "1 finding about stronger authentication needs review";

    private final CheckTester check = CheckTester.of(new S303StrongAuthenticationIsRequired());

    private static TenantBuilder with(PolicyBuilder policy) {
        return with(policy, "fido2");
    }

    private static TenantBuilder with(PolicyBuilder policy, String... methods) {
        return tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .policy(policy.build())
                .authenticationMethods("Fido2", "Sms")
                .designated(it -> it.withExposedUsersGroup(Optional.of("board")))
                .groupInGroups("board")
                .add(
                        FactKind.REGISTRATIONS,
                        new Registration(ANN.id(), true, List.of(methods), Registration.Source.REPORT));
    }

    private static PolicyBuilder strong() {
        return policy("strong").strength("fido2", "windowsHelloForBusiness");
    }

    @Test
    void aStrengthForAllIsAPass() {
        check.given(with(strong())).isPass(STRONG + "strong; so does everybody else");
    }

    @Test
    void aGroupThatOthersCanChangeIsForAPersonToJudge() {
        check.given(with(strong().notForGroup("exempt"))
                        .openGroup("exempt", new ExcludedGroup.Principal("kim", PrincipalType.USER, "kim@contoso.com")))
                .isReview(LOOK)
                .findsOnly(
                        "group exempt",
                        "is excluded from 'strong', and its owner kim@contoso.com, who is no administrator, can change its"
                                + " members");
        check.given(with(strong().notForGroup("exempt"))
                        .openGroup("exempt")
                        .add(FactKind.GROUP_WRITERS, new GroupWriter("hr", "HR feed", "Group.ReadWrite.All")))
                .isReview(LOOK)
                .findsOnly(
                        "the tenant",
                        "has applications that can put an account into a group that policies exclude, 'exempt': HR feed"
                                + " (Group.ReadWrite.All)");
        check.given(with(strong().notForGroup("exempt")).excludedGroup("exempt"))
                .isPass(STRONG + "strong; so does everybody else");
    }

    @Test
    void theHighlyExposedAloneAreEnough() {
        check.given(with(strong().forNobody().forUser(ANN.id()).forGroup("board"))
                        .policy(policy("MFA for all").build()))
                .isPass(STRONG + "strong; everybody else needs other MFA yet");
    }

    @Test
    void everybodyElseMustNeedSomeMfaYet() {
        TenantBuilder alone = with(strong().forNobody().forUser(ANN.id()).forGroup("board"));
        check.given(alone)
                .isReview("2 findings about stronger authentication need review")
                .finds(
                        "the tenant",
                        "has users who, named by no policy, need no MFA at all yet: Windows, browser; because no enabled"
                                + " policy demands MFA of this account");
        check.given(alone.policy(
                        policy("MFA").notForGuests("b2bCollaborationGuest").build()))
                .isReview("1 finding about stronger authentication needs review");
    }

    @Test
    void aStrengthThatCanBePhishedIsNotStrongWhateverItsName() {
        check.given(with(policy("Phishing-resistant MFA").strength("fido2", "password,softwareOath")))
                .isFail("2 gaps in the rollout of stronger authentication")
                .finds(
                        "ann@contoso.com",
                        "can sign in without phishing-resistant MFA: Windows, browser; because 'Phishing-resistant MFA'"
                                + " accepts weaker methods than phishing-resistant MFA")
                .finds(
                        "the group of highly exposed users",
                        "has members who can sign in without phishing-resistant MFA: Windows, browser; because"
                                + " 'Phishing-resistant MFA' accepts weaker methods than phishing-resistant MFA");
    }

    @Test
    void mfaAloneIsNotStrong() {
        check.given(with(policy("MFA"))).isFail("2 gaps in the rollout of stronger authentication");
    }

    @Test
    void anExposedGroupThatIsLeftOutIsAFail() {
        check.given(with(strong().notForGroup("board")))
                .isFail(ONE)
                .findsOnly(
                        "the group of highly exposed users",
                        "has members who can sign in without phishing-resistant MFA: Windows, browser; because 'strong'"
                                + " excludes the account");
    }

    @Test
    void aDesignatedGroupThatIsNotThereIsAFindingAndNoGroupWithStrongAuthentication() {
        check.given(with(strong()).add(FactKind.EXPOSED_GROUP, new ExposedGroup("board", false)))
                .isReview(LOOK)
                .findsOnly(
                        "the tenant",
                        "has no group board, which PARC_EXPOSED_USERS_GROUP names as that of the highly exposed users:"
                                + " correct the id");
    }

    @Test
    void anExposedGroupInsideAGroupThatThePolicyLeavesOutIsLeftOut() {
        TenantBuilder tenant = with(strong().notForGroup("exempt"));
        check.given(tenant).isPass(STRONG + "strong; so does everybody else");
        check.given(tenant.groupInGroups("board", "another")).isPass(STRONG + "strong; so does everybody else");
        check.given(tenant.groupInGroups("board", "exempt"))
                .isFail("1 gap in the rollout of stronger authentication")
                .findsOnly(
                        "the group of highly exposed users",
                        "has members who can sign in without phishing-resistant MFA: Windows, browser; because 'strong'"
                                + " excludes the account");
    }

    /** The group itself is eligible for the one that is left out, so that each of its members can activate that. */
    @Test
    void anExposedGroupWhoseMembersCanJoinAGroupThatThePolicyLeavesOutIsNoPass() {
        check.given(with(strong().notForGroup("exempt"))
                        .add(FactKind.GROUP_MEMBERSHIPS, new GroupMembership("board", Set.of(), Set.of("exempt"))))
                .isReview(LOOK);
        check.given(with(strong().notForGroup("exempt"))
                        .add(FactKind.GROUP_MEMBERSHIPS, new GroupMembership("board", Set.of(), Set.of("inner")))
                        .groupInGroups("inner", "exempt"))
                .isReview(LOOK);
        check.given(with(strong().notForGroup("exempt"))
                        .add(FactKind.GROUP_MEMBERSHIPS, new GroupMembership("board", Set.of(), Set.of("inner")))
                        .groupInGroups("inner", "another"))
                .isPass(STRONG + "strong; so does everybody else");
    }

    @Test
    void anExposedGroupOfWhichNothingWasReadIsNoPass() {
        check.given(with(strong()).designated(it -> it.withExposedUsersGroup(Optional.of("council"))))
                .isNotAssessed("administrators' membership of groups that Conditional Access names: nothing was read of"
                        + " the group of highly exposed users");
    }

    @Test
    void withoutADesignatedGroupAPersonMustLook() {
        check.given(with(strong()).designated(it -> it.withExposedUsersGroup(Optional.empty())))
                .isReview(LOOK)
                .findsOnly(
                        "the tenant",
                        "has no group of highly exposed users that PARC knows: name it in PARC_EXPOSED_USERS_GROUP");
    }

    @ParameterizedTest
    @CsvSource({
        "passKeyDeviceBound",
        "passKeyDeviceBoundAuthenticator",
        "fido2SecurityKey",
        "windowsHelloForBusiness",
        "macOsSecureEnclaveKey",
        "certificate"
    })
    void everyPhishingResistantMethodCounts(String method) {
        check.given(with(strong(), "mobilePhone", method)).isPass(STRONG + "strong; so does everybody else");
    }

    @ParameterizedTest
    @CsvSource({"microsoftAuthenticatorPush", "microsoftAuthenticatorPasswordless", "mobilePhone", "temporaryAccessPass"
    })
    void otherMethodsDoNot(String method) {
        check.given(with(strong(), method))
                .isFail(ONE)
                .findsOnly("ann@contoso.com", "has registered no phishing-resistant method");
    }

    @Test
    void aCertificateMayBeWhatTheReportDoesNotTell() {
        check.given(with(strong(), "mobilePhone").authenticationMethods("Fido2", "X509Certificate"))
                .isReview(LOOK)
                .findsOnly(
                        "ann@contoso.com",
                        "has registered no phishing-resistant method, unless a certificate, of which the report does"
                                + " not tell");
    }

    @Test
    void aGuestMayHaveItsMethodAtHome() {
        Account guest = account("guest_fabrikam.com#EXT#@contoso.onmicrosoft.com", TenantBuilder.Change.GUEST);
        check.given(with(strong()).globalAdmin(guest).inGroups(guest).registered(guest, false))
                .isReview(LOOK)
                .findsOnly(
                        guest.signInName(),
                        "has registered no phishing-resistant method here; it may have one where it signs in");
    }

    @Test
    void aPolicyWithoutPasskeysAndCertificatesLeavesWindowsHello() {
        check.given(with(strong()).authenticationMethods("Sms"))
                .isReview(LOOK)
                .findsOnly(
                        "the tenant",
                        "lets nobody use passkeys (FIDO2) or certificates; that leaves Windows Hello for Business, of"
                                + " which the authentication methods policy does not tell");
    }

    @Test
    void anAdministratorOfUnknownRegistrationIsNotAssessed() {
        Account bob = account("bob@contoso.com");
        check.given(with(strong()).globalAdmin(bob).inGroups(bob))
                .isNotAssessed("administrators' MFA registrations: nothing is known of bob@contoso.com");
    }

    @Test
    void withoutP1ItDoesNotApply() {
        check.given(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .plan("something else")
                        .without(Licence.ENTRA_ID_P1))
                .isNotApplicable("the tenant has no Microsoft Entra ID P1 licence");
    }

    @Test
    void theGoodTenantPasses() {
        check.given(GoodTenant.build())
                .isPass("3 administrators and the highly exposed users need phishing-resistant MFA, by"
                        + " Phishing-resistant MFA; everybody else needs other MFA yet");
    }
}
