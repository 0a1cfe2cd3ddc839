package dev.parc.roadmap.stage4;

import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.AzureBuilder;
import dev.parc.check.CheckTester;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Unseen;
import dev.parc.facts.azure.AzureAncestors;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.AssignmentKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class S408SubscriptionOwnershipIsDeterminedTest {

    private static final String FAIL = "subscriptions are without an owner who can act, or open to somebody else";
    private static final String SEEN = "1 subscription, each with an owner who can act, and none can leave the tenant";
    private static final String MANAGEMENT_GROUP = "/providers/Microsoft.Management/managementGroups/";
    private static final String PRODUCTION = "/subscriptions/" + id("Production");

    private final CheckTester check = CheckTester.of(new S408SubscriptionOwnershipIsDetermined());
    private final AzureBuilder azure = AzureBuilder.in(tenant().globalAdmin("root@contoso.onmicrosoft.com"))
            .subscription("Production");
    private final Account ann = account("ann@contoso.com");

    private TenantBuilder attested() {
        return azure.policy(true).build().attested("S4-08", 1).attested("S4-08", 2);
    }

    @ParameterizedTest
    @EnumSource(
            value = AssignmentKind.class,
            names = {"ACTIVE", "ELIGIBLE"})
    void anOwnerWhoCanActIsEnoughOnceAPersonAttestsTheRest(AssignmentKind kind) {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, kind);
        check.given(attested()).isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void unattestedItIsForAPerson() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE);
        check.given(azure.policy(true).build()).isReview(SEEN + "; 1 statement to attest");
    }

    @Test
    void anOwnerOfTheRootManagementGroupOwnsAll() {
        azure.holder(ann, AzureRole.OWNER, MANAGEMENT_GROUP + "tenant", AssignmentKind.ACTIVE);
        check.given(attested()).isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void anOwnerOfAnotherManagementGroupMayOwnIt() {
        azure.holder(ann, AzureRole.OWNER, MANAGEMENT_GROUP + "platform", AssignmentKind.ACTIVE);
        check.given(attested())
                .isReview("the ownership of 1 of 1 subscription needs review")
                .findsOnly(
                        "Production",
                        "has no owner of its own; those of a management group may stand in, if it is below that");
    }

    @Test
    void anOwnerOfAManagementGroupAboveItOwnsIt() {
        azure.holder(ann, AzureRole.OWNER, MANAGEMENT_GROUP + "platform", AssignmentKind.ACTIVE)
                .below("Production", "identity", "platform");
        check.given(attested()).isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void anOwnerOfAManagementGroupBesideItDoesNot() {
        azure.holder(ann, AzureRole.OWNER, MANAGEMENT_GROUP + "platform", AssignmentKind.ACTIVE)
                .below("Production", "landing-zones");
        check.given(attested()).isFail(FAIL).findsOnly("Production", "has no owner who can act");
    }

    @Test
    void aChainThatDoesNotReachTheRootProvesNothing() {
        azure.holder(ann, AzureRole.OWNER, MANAGEMENT_GROUP + "platform", AssignmentKind.ACTIVE);
        check.given(attested().add(FactKind.AZURE_ANCESTORS, new AzureAncestors(id("Production"), List.of("identity"))))
                .isReview("the ownership of 1 of 1 subscription needs review");
    }

    @Test
    void whereTheChainCouldNotBeReadItIsForAPerson() {
        azure.holder(ann, AzureRole.OWNER, MANAGEMENT_GROUP + "platform", AssignmentKind.ACTIVE)
                .below("Production", "platform");
        check.given(attested().unread(FactKind.AZURE_ANCESTORS, "throttled"))
                .isReview("the ownership of 1 of 1 subscription needs review")
                .names("management groups above Azure subscriptions: throttled");
    }

    @Test
    void whatASubscriptionWasBoughtAsIsShownWhereItRaisesTheQuestion() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE)
                .holder(ann, AzureRole.OWNER, "/subscriptions/" + id("Mine"), AssignmentKind.ACTIVE)
                .subscription(new AzureSubscription(
                        id("Mine"),
                        "Mine",
                        "tenant",
                        AzureSubscription.State.ENABLED,
                        false,
                        AzureSubscription.Offer.VISUAL_STUDIO));
        check.given(attested())
                .isAttested(
                        "2 subscriptions, each with an owner who can act, and none can leave the tenant; attested by Ann until 2027-09-01")
                .findsOnly("Mine", "comes with a person's Visual Studio subscription and leaves with it");
    }

    @Test
    void contributorsAndOwnersOfOnePartOwnNothing() {
        azure.holder(ann, AzureRole.CONTRIBUTOR, PRODUCTION, AssignmentKind.ACTIVE)
                .holder(ann, AzureRole.OWNER, PRODUCTION + "/resourceGroups/rg", AssignmentKind.ACTIVE);
        check.given(attested()).isFail(FAIL).findsOnly("Production", "has no owner who can act");
    }

    @Test
    void aDisabledOrDeletedOwnerCannotAct() {
        azure.holder(account("bob@contoso.com", DISABLED), AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE);
        azure.holder(Account.deleted(id("gone"), "gone"), AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE);
        check.given(attested()).isFail(FAIL).findsOnly("Production", "has no owner who can act");
    }

    @Test
    void applicationsAloneAreForAPerson() {
        azure.holder(
                "app", PrincipalType.SERVICE_PRINCIPAL, "pipeline", AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE);
        check.given(attested())
                .isReview("the ownership of 1 of 1 subscription needs review")
                .findsOnly("Production", "is owned by applications only");
    }

    @Test
    void elevatedAccessThatSomebodyLeftFails() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE)
                .holder(ann, AzureRole.USER_ACCESS_ADMINISTRATOR, "/", AssignmentKind.ACTIVE);
        check.given(attested())
                .isFail(FAIL)
                .findsOnly(
                        "ann@contoso.com",
                        "elevated access and can give itself every role in Azure; holds Owner (active, directly, on"
                                + " subscription 'Production'); User Access Administrator (active, directly, at the root"
                                + " scope / of Azure, above every management group)");
    }

    @Test
    void whoeverIsNotInThisDirectoryIsNeitherElevatedNorALeftover() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE)
                .holder("partner", PrincipalType.UNKNOWN, "partner", AzureRole.OWNER, "/", AssignmentKind.ACTIVE);
        check.given(attested().unresolved("partner"))
                .isReview(SEEN + "; attested by Ann until…; 1 holder is not in this directory and needs review")
                .findsOnly(
                        "partner",
                        Unseen.unresolved("partner").reason()
                                + "; holds Owner (active, directly, at the root scope / of Azure, above every management"
                                + " group)");
    }

    @Test
    void aServicePrincipalAtTheRootIsNamed() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE)
                .holder(
                        id("landing zone"),
                        PrincipalType.SERVICE_PRINCIPAL,
                        id("landing zone"),
                        AzureRole.OWNER,
                        "/",
                        AssignmentKind.ACTIVE);
        check.given(attested()
                        .add(
                                FactKind.SERVICE_PRINCIPALS,
                                new ServicePrincipal(
                                        id("landing zone"), "landing zone", "Application", true, false, "tenant")))
                .isFail(FAIL)
                .findsOnly(
                        "landing zone",
                        "can give itself every role in Azure; holds Owner (active, directly, at the root scope / of"
                                + " Azure, above every management group)");
    }

    @Test
    void whoeverCouldNotBeReadIsNotCertainlyElevated() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE)
                .holder(id("bob"), PrincipalType.USER, "bob", AzureRole.OWNER, "/", AssignmentKind.ACTIVE);
        check.given(attested().unseen(FactKind.ACCOUNTS, id("bob"), "throttled"))
                .isNotAssessed("administrators' accounts: bob: throttled")
                .findsOnly(
                        "bob",
                        "could not be read; if it still exists, it can give itself every role in Azure; holds Owner"
                                + " (active, directly, at the root scope / of Azure, above every management group)");
    }

    @Test
    void besideOneThatCouldNotBeReadElevatedAccessFailsAllTheSame() {
        azure.holder(ann, AzureRole.OWNER, "/", AssignmentKind.ACTIVE)
                .holder(id("bob"), PrincipalType.USER, "bob", AzureRole.OWNER, "/", AssignmentKind.ACTIVE);
        check.given(attested().unseen(FactKind.ACCOUNTS, id("bob"), "throttled"))
                .isFail(FAIL);
    }

    @Test
    void aReaderAtTheRootScopeGivesNoRoles() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE)
                .holder(ann, AzureRole.READER, "/", AssignmentKind.ACTIVE);
        check.given(attested()).isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void elevatedAccessIsFoundWithoutAnySubscription() {
        AzureBuilder none = AzureBuilder.in(tenant().globalAdmin("root@contoso.onmicrosoft.com"));
        none.holder(ann, AzureRole.USER_ACCESS_ADMINISTRATOR, "/", AssignmentKind.ACTIVE);
        check.given(none.policy(false).build()).isFail(FAIL);
    }

    @Test
    void subscriptionsThatMayLeaveFail() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE);
        check.given(azure.policy(false).build())
                .isFail(FAIL)
                .findsOnly("the tenant", "lets every owner of a subscription take it to another tenant");
    }

    @Test
    void anOwnerWhoWasNotReadIsNotTakenForMissing() {
        check.given(attested().gap(FactKind.AZURE_ROLE_ASSIGNMENTS, "Azure Resource Graph: throttled"))
                .isNotAssessed("Azure role assignments: Azure Resource Graph: throttled")
                .findsNothing();
    }

    @Test
    void whereNothingRunsThereIsNothingToOwn() {
        AzureBuilder old = AzureBuilder.in(tenant().globalAdmin("root@contoso.onmicrosoft.com"))
                .subscription("Old", AzureSubscription.State.DISABLED);
        check.given(old.policy(false).build())
                .isNotApplicable("nothing runs in the tenant's 1 Azure subscriptions: they are disabled");
    }

    @Test
    void tenantsThatManageASubscriptionAreNamed() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE)
                .delegated("Production", "Fabrikam", "operators", AzureRole.READER, null);
        check.given(attested())
                .isAttested(SEEN + "; attested by Ann until 2027-09-01")
                .findsOnly("Production", "is managed by tenant Fabrikam too, by Azure Lighthouse");
    }

    @Test
    void aRoleAtTheRootScopeOfAnAccountThatIsGoneIsALeftover() {
        azure.holder(ann, AzureRole.OWNER, PRODUCTION, AssignmentKind.ACTIVE)
                .holder(
                        Account.deleted(id("gone"), "gone"),
                        AzureRole.USER_ACCESS_ADMINISTRATOR,
                        "/",
                        AssignmentKind.ACTIVE);
        check.given(attested())
                .isReview("the ownership of 1 of 1 subscription needs review")
                .findsOnly(
                        "gone",
                        "no longer exists, and its roles are left over: remove them; held User Access Administrator"
                                + " (active, directly, at the root scope / of Azure, above every management group)");
    }
}
