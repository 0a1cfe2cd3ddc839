package dev.parc.roadmap.stage1;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.directory.Account;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class S104EmergencyAccountsExistTest {

    private static final String ONE = "one@contoso.onmicrosoft.com";
    private static final String TWO = "two@contoso.onmicrosoft.com";

    private final CheckTester check = CheckTester.of(new S104EmergencyAccountsExist());

    private static TenantBuilder designated() {
        return keyed(tenant().emergency(ONE, TWO).globalAdmin(ONE), ONE, TWO);
    }

    /** The accounts have a security key each, which they may use. */
    private static TenantBuilder keyed(TenantBuilder tenant, String... names) {
        tenant.authenticationMethods("Fido2", "MicrosoftAuthenticator");
        Stream.of(names)
                .forEach(name ->
                        tenant.registered(account(name), "fido2SecurityKey").inGroups(account(name)));
        return tenant;
    }

    /** Two that serve, but for the policy. */
    private static TenantBuilder under(PolicyBuilder policy) {
        return designated().globalAdmin(TWO).policy(policy.build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "compliantDevice", "domainJoinedDevice"})
    void aPolicyThatLocksAnAccountOutIsNamed(String control) {
        check.given(under(policy("In the way").any(control)))
                .isFail("0 of 2 emergency access accounts found")
                .finds(
                        ONE,
                        "is locked out in an emergency: 'In the way' "
                                + (control.equals("block")
                                        ? "blocks it"
                                        : control.equals("compliantDevice")
                                                ? "asks for a compliant device"
                                                : "asks for a hybrid joined device"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "compliantDevice", "domainJoinedDevice"})
    void onePolicyThatLeavesOneOutLeavesOne(String control) {
        check.given(under(policy("In the way").notForUser(account(ONE).id()).any(control)))
                .isFail("1 of 2 emergency access accounts found");
    }

    @Test
    void everyPolicyInTheWayIsNamed() {
        check.given(under(policy("One").any("block"))
                        .policy(policy("Two").any("compliantDevice").build()))
                .isFail("0 of 2 emergency access accounts found")
                .finds(ONE, "is locked out in an emergency: 'One' blocks it; also in the way: 'Two'");
    }

    @Test
    void policiesThatLeaveThemOutOrThatAKeySatisfiesAreNotInTheWay() {
        PolicyBuilder block = policy("Block")
                .notForUser(account(ONE).id())
                .notForUser(account(TWO).id())
                .any("block");
        check.given(under(block)
                        .policy(policy("MFA").build())
                        .policy(policy("Strong").strength("fido2").build())
                        .policy(policy("Either").any("mfa", "compliantDevice").build())
                        .policy(policy("Mail")
                                .applications("00000002-0000-0ff1-ce00-000000000000")
                                .any("block")
                                .build())
                        .policy(policy("Trial")
                                .state(ConditionalAccessPolicy.State.REPORT_ONLY)
                                .any("block")
                                .build()))
                .isPass("2 emergency access accounts found");
    }

    @Test
    void aTrustedNetworkIsNothingToRelyOn() {
        check.given(under(policy("Office")
                                .locations(Set.of("All"), Set.of("office"))
                                .any("block"))
                        .trustedLocation("office", "203.0.113.0/24"))
                .isFail("0 of 2 emergency access accounts found")
                .finds(ONE, "is locked out in an emergency: 'Office' blocks it");
    }

    @Test
    void aPasswordChangeAtUserRiskMustBeLookedAt() {
        check.given(under(policy("New password").userRisks("high").every("mfa", "passwordChange")))
                .isReview("2 emergency access accounts found, and what may keep them out")
                .finds(ONE, "may be kept out (Windows, browser, user risk high) by 'New password'");
    }

    @Test
    void aBlockAtARiskOrFromSomeCountryMustBeLookedAt() {
        check.given(under(policy("Risk").signInRisks("high").any("block")))
                .isReview("2 emergency access accounts found, and what may keep them out")
                .finds(ONE, "is kept out (Windows, browser, sign-in risk high) by 'Risk'");
        check.given(under(policy("Risk").signInRisks("high").any("mfa"))).isPass("2 emergency access accounts found");
    }

    @Test
    void aPhoneIsNothingToRelyOn() {
        check.given(keyed(tenant().emergency(ONE, TWO).globalAdmin(ONE).globalAdmin(TWO), ONE)
                        .registered(account(TWO), "microsoftAuthenticatorPush")
                        .inGroups(account(TWO)))
                .isReview("2 emergency access accounts found, and what may keep them out")
                .findsOnly(
                        TWO,
                        "cannot sign in with what is registered for it alone: Microsoft's mandatory MFA for admin portals asks"
                                + " for MFA, and it has registered nothing for that that works without a managed device, a"
                                + " phone, federation or an approver");
    }

    @Test
    void whatIsNotRegisteredYetMustBeLookedAt() {
        check.given(keyed(tenant().emergency(ONE, TWO).globalAdmin(ONE).globalAdmin(TWO), ONE)
                        .authenticationMethods("Fido2", "SoftwareOath")
                        .registered(account(TWO), false)
                        .inGroups(account(TWO)))
                .isReview("2 emergency access accounts found, and what may keep them out");
    }

    @Test
    void methodsThatWereNotReadMustBeLookedAt() {
        check.given(keyed(tenant().emergency(ONE, TWO).globalAdmin(ONE).globalAdmin(TWO), ONE)
                        .inGroups(account(TWO)))
                .isReview("2 emergency access accounts found, and what may keep them out")
                .findsOnly(TWO, "may not get in in an emergency: what it has registered was not read");
    }

    @ParameterizedTest
    @EnumSource(
            value = FactKind.class,
            names = {"REGISTRATIONS", "AUTHENTICATION_METHODS_POLICY", "NAMED_LOCATIONS"})
    void aLockoutIsCertainWhateverElseIsUnread(FactKind kind) {
        check.given(under(policy("In the way").any("block")).unread(kind, "permission X is missing"))
                .isFail("0 of 2 emergency access accounts found");
    }

    @Test
    void twoDesignatedAreEnough() {
        check.given(designated().globalAdmin(TWO)).isPass("2 emergency access accounts found");
    }

    @Test
    void aDesignationThatNamesNobodyIsAFindingBesideTwoThatServe() {
        check.given(designated().globalAdmin(TWO).emergency("tow@contoso.onmicrosoft.com"))
                .isReview("2 emergency access accounts found, and 1 designated that could not serve")
                .findsOnly(
                        "tow@contoso.onmicrosoft.com",
                        "is named in PARC_EMERGENCY_ACCOUNTS and is no account of this tenant");
    }

    @Test
    void anAccountThatIsNoLongerSynchronisedIsCloudOnly() {
        check.given(designated().globalAdmin(account(TWO, TenantBuilder.Change.NO_LONGER_SYNCED)))
                .isPass("2 emergency access accounts found");
    }

    @ParameterizedTest
    @CsvSource({
        "two@contoso.onmicrosoft.com, DISABLED, is disabled",
        "two@contoso.onmicrosoft.com, SYNCED,   is synchronised from on-premises",
        "two@contoso.onmicrosoft.com, GUEST,    is an external account",
        "two@contoso.com,             NONE,     is not on the tenant's initial domain",
    })
    void aNearMissIsNamedAndDoesNotCount(String name, TenantBuilder.Change change, String problem) {
        check.given(keyed(tenant().emergency(ONE, name).globalAdmin(ONE).globalAdmin(account(name, change)), ONE))
                .isFail("1 of 2 emergency access accounts found")
                .findsOnly(name, problem);
    }

    @ParameterizedTest
    @CsvSource({
        "TIME_BOUND, holds Global Administrator only until a set date",
        "ACTIVATED,  holds Global Administrator only while it is activated",
        "ELIGIBLE,   is only eligible for Global Administrator",
    })
    void theRoleMustBeHeldAtAllTimes(AssignmentKind kind, String problem) {
        check.given(designated().holder(account(TWO), DirectoryRole.GLOBAL_ADMINISTRATOR, kind))
                .isFail("1 of 2 emergency access accounts found")
                .findsOnly(TWO, problem);
    }

    @Test
    void anotherRoleIsNotEnough() {
        check.given(designated().holder(account(TWO), DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT))
                .isFail("1 of 2 emergency access accounts found")
                .findsOnly(TWO, "does not hold Global Administrator");
    }

    @Test
    void aDesignatedAccountThatDoesNotExistIsNamed() {
        check.given(designated().account(Account.deleted(TWO, TWO)))
                .isFail("1 of 2 emergency access accounts found")
                .findsOnly(TWO, "does not exist");
    }

    @Test
    void oneUnfitDesignatedAccountBesideTwoFitOnesMustBeLookedAt() {
        check.given(designated().globalAdmin(TWO).emergency("three@contoso.com").globalAdmin("three@contoso.com"))
                .isReview("2 emergency access accounts found, and 1 designated that could not serve")
                .findsOnly("three@contoso.com", "is not on the tenant's initial domain");
    }

    @Test
    void withoutADesignationThereAreNeverEnough() {
        Account one = account(ONE);
        Account two = account(TWO);
        check.given(tenant().globalAdmin(one)
                        .globalAdmin(two)
                        .inGroups(one, "glass")
                        .inGroups(two)
                        .policy(policy("MFA").notForGroup("glass").build()))
                .isReview(
                        "2 accounts could be emergency access accounts; name the real ones in PARC_EMERGENCY_ACCOUNTS")
                .finds(ONE, "looks like one: permanent, cloud-only, and excluded from Conditional Access")
                .finds(TWO, "could serve, and no Conditional Access policy leaves it out");
    }

    @Test
    void withoutADesignationThereCanBeTooFew() {
        check.given(tenant().globalAdmin(ONE).globalAdmin("a@contoso.com"))
                .isFail("1 of 2 emergency access accounts found")
                .findsOnly(ONE, "could serve, and no Conditional Access policy leaves it out");
    }

    @ParameterizedTest
    @EnumSource(
            value = FactKind.class,
            names = {"PIM_ASSIGNMENTS", "GROUP_MEMBERS"})
    void tooFewIsNoFailWhileSomethingIsUnread(FactKind kind) {
        check.given(designated().unread(kind, "permission X is missing"))
                .isNotAssessed(kind.title() + ": permission X is missing");
    }
}
