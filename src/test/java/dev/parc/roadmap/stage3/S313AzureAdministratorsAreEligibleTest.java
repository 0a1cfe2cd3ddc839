package dev.parc.roadmap.stage3;

import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.NOW;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.AzureBuilder;
import dev.parc.check.CheckTester;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.azure.AzureDelegation.Activation;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.GroupGrant;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class S313AzureAdministratorsAreEligibleTest {

    private static final String PRODUCTION = "/subscriptions/" + id("Production");

    private final CheckTester check = CheckTester.of(new S313AzureAdministratorsAreEligible());
    private final TenantBuilder tenant = tenant().globalAdmin("root@contoso.onmicrosoft.com");
    private final AzureBuilder azure = AzureBuilder.in(tenant).subscription("Production");
    private final Account ann = account("ann@contoso.com");
    private final Account bob = account("bob@contoso.com");

    @Test
    void eligibleAdministratorsPass() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ELIGIBLE)
                .term(bob, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVATED);
        check.given(azure.build())
                .isPass(
                        "of 2 administrators of Azure none permanently holds a role that can assign roles: 2 are eligible");
    }

    @ParameterizedTest
    @CsvSource({
        "OWNER, Owner",
        "USER_ACCESS_ADMINISTRATOR, User Access Administrator",
        "RBAC_ADMINISTRATOR, Role Based Access Control Administrator"
    })
    void whoHoldsARoleThatGivesRolesForGoodFails(AzureRole role, String title) {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ELIGIBLE)
                .term(bob, role, PRODUCTION, AssignmentKind.PERMANENT);
        check.given(azure.build())
                .isFail("1 of 2 administrators of Azure permanently holds a role that can assign roles")
                .findsOnly(
                        "bob@contoso.com", "holds " + title + " (permanent, directly, on subscription 'Production')");
    }

    @Test
    void otherRolesGiveNone() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ELIGIBLE)
                .term(bob, AzureRole.CONTRIBUTOR, PRODUCTION, AssignmentKind.PERMANENT);
        check.given(azure.build())
                .isPass(
                        "of 1 administrator of Azure none permanently holds a role that can assign roles: 1 is eligible");
    }

    @Test
    void aGroupForGoodWithMembersForGoodFailsAndWithEligibleMembersDoesNot() {
        azure.term(
                id("owners"),
                PrincipalType.GROUP,
                "owners",
                AzureRole.OWNER,
                PRODUCTION,
                AssignmentKind.PERMANENT,
                null);
        check.given(azure.build().grant("owners", ann, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE))
                .isPass(
                        "of 1 administrator of Azure none permanently holds a role that can assign roles: 1 is eligible");
        check.given(azure.build().member("owners", bob))
                .isFail("1 of 2 administrators of Azure permanently holds a role that can assign roles")
                .findsOnly(
                        "bob@contoso.com",
                        "holds Owner (permanent, through group 'owners', on subscription 'Production')");
    }

    @ParameterizedTest
    @CsvSource({"180, true", "181, false"})
    void anEndMustNotBeFarAway(int days, boolean near) {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ELIGIBLE)
                .term(
                        bob.id(),
                        PrincipalType.USER,
                        "bob@contoso.com",
                        AzureRole.OWNER,
                        PRODUCTION,
                        AssignmentKind.TIME_BOUND,
                        NOW.plus(Duration.ofDays(days)));
        TenantBuilder given = azure.build().account(bob);
        if (near) {
            check.given(given)
                    .isPass(
                            "of 2 administrators of Azure none permanently holds a role that can assign roles: 1 is eligible");
        } else {
            check.given(given)
                    .isReview(
                            "no permanent assignment of a role that can assign roles in Azure confirmed; 1 needs review")
                    .findsOnly(
                            "bob@contoso.com",
                            "holds Owner (time-bound, directly, on subscription 'Production'); its end, 2027-03-01, is"
                                    + " more than 180 days away");
        }
    }

    @Test
    void aTermThatPimDoesNotTellIsForAPerson() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ELIGIBLE)
                .holder(bob, AzureRole.OWNER, PRODUCTION + "/resourceGroups/rg", AssignmentKind.ACTIVE);
        check.given(azure.build())
                .isReview("no permanent assignment of a role that can assign roles in Azure confirmed; 1 needs review")
                .findsOnly(
                        "bob@contoso.com",
                        "holds Owner (active, directly, on a resource group in subscription 'Production'); for how long"
                                + " could not be read");
    }

    @Test
    void applicationsAndDesignatedEmergencyAccountsMayHoldThem() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ELIGIBLE)
                .term(bob, AzureRole.OWNER, PRODUCTION, AssignmentKind.PERMANENT)
                .term(
                        "app",
                        PrincipalType.SERVICE_PRINCIPAL,
                        "app",
                        AzureRole.OWNER,
                        PRODUCTION,
                        AssignmentKind.PERMANENT,
                        null);
        check.given(azure.build().emergency(bob.id()))
                .isPass(
                        "of 1 administrator of Azure none permanently holds a role that can assign roles: 1 is eligible");
    }

    @Test
    void anApplicationThatGivesRolesAboveSubscriptionsIsForAPerson() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ELIGIBLE)
                .holder("app", PrincipalType.SERVICE_PRINCIPAL, "app", AzureRole.OWNER, "/", AssignmentKind.ACTIVE);
        check.given(azure.build())
                .isReview("no permanent assignment of a role that can assign roles in Azure confirmed; 1 needs review")
                .findsOnly(
                        "app",
                        "holds Owner (active, directly, at the root scope / of Azure, above every management group); no"
                                + " application can activate a role: give it a lesser one, or this one on less");
    }

    @Test
    void anApplicationThatReadsEverythingIsNot() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ELIGIBLE)
                .holder("app", PrincipalType.SERVICE_PRINCIPAL, "app", AzureRole.READER, "/", AssignmentKind.ACTIVE);
        check.given(azure.build())
                .isPass(
                        "of 1 administrator of Azure none permanently holds a role that can assign roles: 1 is eligible");
    }

    @Test
    void aDisabledAccountHoldsItForGoodAllTheSame() {
        azure.term(account("eve@contoso.com", DISABLED), AzureRole.OWNER, PRODUCTION, AssignmentKind.PERMANENT);
        check.given(azure.build())
                .isFail("1 of 1 administrator of Azure permanently holds a role that can assign roles");
    }

    @Test
    void nobodyEligibleIsNoPass() {
        check.given(azure.build()).isReview("nobody is eligible for a role that gives roles in Azure");
    }

    @Test
    void withoutPimTheItemDoesNotApply() {
        check.given(azure.build().without(Licence.ENTRA_ID_P2_OR_GOVERNANCE))
                .isNotApplicable("the tenant has no Microsoft Entra ID P2 or ID Governance licence");
    }

    @Test
    void aTenantWithoutSubscriptionsHasNoRolesInThem() {
        check.given(AzureBuilder.in(tenant().globalAdmin("root@contoso.onmicrosoft.com"))
                        .build())
                .isNotApplicable("the tenant has no Azure subscription");
    }

    @ParameterizedTest
    @EnumSource(
            value = FactKind.class,
            names = {"AZURE_PIM_ASSIGNMENTS", "AZURE_ELIGIBILITIES"})
    void withoutTermsItIsNotAssessed(FactKind kind) {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ELIGIBLE);
        check.given(azure.build().unread(kind, "throttled")).isNotAssessed(kind.title() + ": throttled");
    }

    private static final String ROOT = "/providers/Microsoft.Management/managementGroups/tenant";
    private static final String LOOK =
            "no permanent assignment of a role that can assign roles in Azure confirmed; 1 needs review";
    private static final String CONSTRAINED = "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR"
            + " (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {%s}))";

    private void somebodyIsEligible() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ELIGIBLE);
    }

    @Test
    void aCustomRoleThatGivesRolesIsOneWhateverItIsCalled() {
        somebodyIsEligible();
        azure.customRole("Helper", "Microsoft.Authorization/roleAssignments/*")
                .customTerm(bob, "Helper", ROOT, AssignmentKind.PERMANENT);
        check.given(azure.build())
                .isFail("1 of 2 administrators of Azure permanently holds a role that can assign roles")
                .findsOnly(
                        "bob@contoso.com",
                        "holds Helper (permanent, directly, on management group 'Tenant Root Group')");
    }

    @Test
    void aCustomRoleThatGivesNoneIsNoneThoughItIsCalledOwner() {
        somebodyIsEligible();
        azure.customRole("Subscription Owner", "Microsoft.Compute/*", "*/read")
                .customTerm(bob, "Subscription Owner", PRODUCTION, AssignmentKind.PERMANENT);
        check.given(azure.build())
                .isPass(
                        "of 1 administrator of Azure none permanently holds a role that can assign roles: 1 is eligible");
    }

    @Test
    void aCustomRoleWhoseActionsNobodyToldIsForAPersonWhereItIsHeldForGood() {
        somebodyIsEligible();
        azure.customTerm(bob, "Contoso Subscription Owner", PRODUCTION, AssignmentKind.PERMANENT)
                .customTerm(account("cyd@contoso.com"), "Another", PRODUCTION, AssignmentKind.ACTIVATED);
        check.given(azure.build())
                .isReview(LOOK)
                .findsOnly(
                        "bob@contoso.com",
                        "holds Contoso Subscription Owner (permanent, directly, on subscription 'Production'); whether it"
                                + " can give roles by that could not be told: look at the actions of the role and the"
                                + " condition");
    }

    @Test
    void contributorForGoodOnAManagementGroupIsForAPerson() {
        somebodyIsEligible();
        azure.term(bob, AzureRole.CONTRIBUTOR, ROOT, AssignmentKind.PERMANENT)
                .term(account("cyd@contoso.com"), AzureRole.CONTRIBUTOR, PRODUCTION, AssignmentKind.PERMANENT)
                .term(account("dan@contoso.com"), AzureRole.CONTRIBUTOR, ROOT, AssignmentKind.ACTIVATED);
        check.given(azure.build())
                .isReview(LOOK)
                .findsOnly(
                        "bob@contoso.com",
                        "holds Contributor (permanent, directly, on management group 'Tenant Root Group'); that gives no"
                                + " roles, but changes everything in the subscriptions below");
    }

    @Test
    void membersOfAGroupThatIsContributorOnAManagementGroupAreNamed() {
        somebodyIsEligible();
        azure.term(
                id("platform"),
                PrincipalType.GROUP,
                "platform",
                AzureRole.CONTRIBUTOR,
                ROOT,
                AssignmentKind.PERMANENT,
                null);
        check.given(azure.build().member("platform", bob).account(bob))
                .isReview(LOOK)
                .findsOnly(
                        "bob@contoso.com",
                        "holds Contributor (permanent, through group 'platform', on management group 'Tenant Root Group');"
                                + " that gives no roles, but changes everything in the subscriptions below");
    }

    @Test
    void aConditionThatLeavesRolesWithoutPowerMakesNoAdministrator() {
        somebodyIsEligible();
        azure.termUnder(CONSTRAINED.formatted(AzureRole.READER.id()), bob, AzureRole.RBAC_ADMINISTRATOR, PRODUCTION);
        check.given(azure.build())
                .isPass(
                        "of 1 administrator of Azure none permanently holds a role that can assign roles: 1 is eligible");
    }

    @Test
    void aConditionThatPermitsOwnerLimitsNothing() {
        somebodyIsEligible();
        azure.termUnder(CONSTRAINED.formatted(AzureRole.OWNER.id()), bob, AzureRole.RBAC_ADMINISTRATOR, PRODUCTION);
        check.given(azure.build())
                .isFail("1 of 2 administrators of Azure permanently holds a role that can assign roles");
    }

    @Test
    void aConditionThatParcCannotDecideIsForAPerson() {
        somebodyIsEligible();
        azure.termUnder(
                "@Environment[UtcNow] DateTimeGreaterThan '2026-01-01'", bob, AzureRole.RBAC_ADMINISTRATOR, PRODUCTION);
        check.given(azure.build()).isReview(LOOK);
    }

    @ParameterizedTest
    @EnumSource(
            value = FactKind.class,
            names = {"AZURE_CUSTOM_ROLES", "AZURE_FURTHER_ASSIGNMENTS"})
    void withoutCustomRolesAndConditionsNobodyIsCleared(FactKind kind) {
        somebodyIsEligible();
        check.given(azure.build().unread(kind, "throttled")).isNotAssessed(kind.title() + ": throttled");
        azure.term(bob, AzureRole.OWNER, PRODUCTION, AssignmentKind.PERMANENT);
        check.given(azure.build().unread(kind, "throttled"))
                .isFail("1 of 2 administrators of Azure permanently holds a role that can assign roles");
    }

    @Test
    void anotherTenantThatMayChangeEverythingAtAllHoursIsForAPerson() {
        somebodyIsEligible();
        azure.delegated("Production", "Fabrikam", "operators", AzureRole.CONTRIBUTOR, null)
                .delegated("Production", "Fabrikam", "readers", AzureRole.READER, null)
                .delegated("Production", "Fabrikam", "experts", AzureRole.CONTRIBUTOR, new Activation(true, true));
        check.given(azure.build())
                .isReview(LOOK)
                .findsOnly(
                        "operators",
                        "of tenant Fabrikam, by Azure Lighthouse: Contributor (permanent) on subscription 'Production'");
    }

    @ParameterizedTest
    @CsvSource({"false, true, MFA", "true, false, approval", "false, false, MFA and approval"})
    void anEligibleDelegationTakesMfaAndApproval(boolean mfa, boolean approval, String lacking) {
        somebodyIsEligible();
        azure.delegated(
                "Production",
                "Fabrikam",
                "operators",
                AzureRole.USER_ACCESS_ADMINISTRATOR,
                new Activation(mfa, approval));
        check.given(azure.build())
                .isReview(LOOK)
                .findsOnly(
                        "operators",
                        "of tenant Fabrikam, by Azure Lighthouse: User Access Administrator (eligible without "
                                + lacking + ") on subscription 'Production'");
    }

    @Test
    void whatACustomersSubscriptionDelegatesIsThatTenantsMatter() {
        somebodyIsEligible();
        azure.subscription(new AzureSubscription(id("Customer"), "Customer", "another"))
                .delegated("Customer", "Fabrikam", "operators", AzureRole.CONTRIBUTOR, null);
        check.given(azure.build())
                .isPass(
                        "of 1 administrator of Azure none permanently holds a role that can assign roles: 1 is eligible");
    }

    @Test
    void withoutDelegationsNobodyIsCleared() {
        somebodyIsEligible();
        check.given(azure.build().unread(FactKind.AZURE_DELEGATIONS, "throttled"))
                .isNotAssessed("delegations by Azure Lighthouse: throttled");
    }
}
