package dev.parc.roadmap.stage1;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.Account;
import dev.parc.facts.AssignmentKind;
import dev.parc.facts.DirectoryRole;
import dev.parc.facts.FactKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class S104EmergencyAccountsExistTest {

    private static final String ONE = "one@contoso.onmicrosoft.com";
    private static final String TWO = "two@contoso.onmicrosoft.com";

    private final CheckTester check = CheckTester.of(new S104EmergencyAccountsExist());

    private static TenantBuilder designated() {
        return tenant().emergency(ONE, TWO).globalAdmin(ONE);
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
        check.given(tenant().emergency(ONE, name).globalAdmin(ONE).globalAdmin(account(name, change)))
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
        check.given(designated().holder(account(TWO), DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.STANDING))
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
                .finds(ONE, "looks like one: standing, cloud-only, and left out of Conditional Access")
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
