package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.AzureBuilder;
import dev.parc.check.CheckTester;
import dev.parc.check.Finding;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzureDelegation;
import dev.parc.facts.azure.AzureDelegation.Activation;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.AzureRoleAssignment;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.ServiceRole;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S201AdministratorsAreInventoriedTest {

    private static final String NOTHING = "5 administrators in Microsoft Entra ID, 1 in Azure, 0 in 4 other services";

    private static final String SUBSCRIPTION = AzureBuilder.named("Production").id();

    private final CheckTester check = CheckTester.of(new S201AdministratorsAreInventoried());

    private static TenantBuilder withServices() {
        return GoodTenant.build()
                .add(
                        FactKind.AZURE_ROLE_ASSIGNMENTS,
                        new AzureRoleAssignment(
                                GoodTenant.BOB.id(),
                                PrincipalType.USER,
                                "bob",
                                AzureRole.OWNER.id(),
                                "Owner",
                                "/",
                                AssignmentKind.PERMANENT,
                                Optional.empty(),
                                false))
                .add(FactKind.EXCHANGE_ROLES, new ServiceRole("/RoleGroups/Help Desk", "Help Desk", "Mail Recipients"))
                .add(FactKind.EXCHANGE_ROLES, new ServiceRole("/RoleGroups/Help Desk", "Help Desk", "Reset Password"))
                .add(FactKind.ENTITLEMENT_ROLES, new ServiceRole(GoodTenant.BOB.id(), "bob", "Catalog owner"));
    }

    @Test
    void theListIsNeverCompleteWithoutAWord() {
        check.given(GoodTenant.build().nothingAttested()).isReview(NOTHING + "; 1 statement to attest");
        check.given(GoodTenant.build().nothingAttested().attested("S2-01", 1))
                .isReview(NOTHING + "; 1 of 2 statements to attest");
        check.given(GoodTenant.build()).isAttested(NOTHING + "; attested by Ann until 2027-09-01");
    }

    @Test
    void everybodyIsListedOnceWithAllServices() {
        check.given(withServices())
                .isAttested(
                        "5 administrators in Microsoft Entra ID, 2 in Azure, 2 in 4 other services; attested by Ann until 2027-09-01")
                .finds(
                        "bob.admin@contoso.com",
                        "Microsoft Entra ID: Exchange Administrator (time-bound, directly); Azure: Owner (permanent,"
                                + " directly, at the root scope / of Azure, above every management group); Entitlement"
                                + " Management: Catalog owner")
                .finds("Help Desk", "Exchange Online: Mail Recipients, Reset Password");
    }

    private static TenantBuilder delegated(String principal, AzureRole role, Optional<Activation> eligible) {
        return delegated(SUBSCRIPTION, principal, role, eligible);
    }

    private static TenantBuilder delegated(
            String subscription, String principal, AzureRole role, Optional<Activation> eligible) {
        return GoodTenant.build()
                .add(
                        FactKind.AZURE_DELEGATIONS,
                        new AzureDelegation(
                                "/subscriptions/" + subscription,
                                subscription,
                                "fabrikam-id",
                                "Fabrikam",
                                List.of(new AzureDelegation.Authorization(principal, principal, role.id(), eligible))));
    }

    @Test
    void whoComesByAzureLighthouseIsInTheListWithItsTenantAndHowItHoldsTheRole() {
        check.given(delegated("operators", AzureRole.CONTRIBUTOR, Optional.empty()))
                .isAttested(
                        "5 administrators in Microsoft Entra ID, 1 in Azure, 1 by Azure Lighthouse, 0 in 4 other services; attested by Ann until 2027-09-01")
                .finds(
                        "operators",
                        "Azure, of tenant Fabrikam, by Azure Lighthouse: Contributor (permanent) on subscription"
                                + " 'Production'");
        check.given(delegated("experts", AzureRole.USER_ACCESS_ADMINISTRATOR, Optional.of(new Activation(true, true))))
                .finds(
                        "experts",
                        "Azure, of tenant Fabrikam, by Azure Lighthouse: User Access Administrator (eligible with MFA"
                                + " and approval) on subscription 'Production'");
    }

    @Test
    void whoOnlyReadsByAzureLighthouseIsNoAdministrator() {
        Verdict verdict = check.given(delegated("readers", AzureRole.READER, Optional.empty()))
                .isAttested(NOTHING + "; attested by Ann until 2027-09-01")
                .verdict();

        assertThat(verdict.findings()).extracting(Finding::subjectId).doesNotContain("readers");
    }

    /** This tenant may itself manage subscriptions of customers, which its identities then see. */
    @Test
    void delegationsOfACustomersSubscriptionAreNotOfThisTenant() {
        check.given(delegated("customer", "operators", AzureRole.CONTRIBUTOR, Optional.empty()))
                .isAttested(NOTHING + "; attested by Ann until 2027-09-01");
    }

    @Test
    void delegationsThatWereNotReadAreSaidToBeUnread() {
        check.given(GoodTenant.build().unread(FactKind.AZURE_DELEGATIONS, "throttled"))
                .isAttested(
                        "5 administrators in Microsoft Entra ID, 1 in Azure, 0 in 4 other services; 1 service not read; attested by Ann until 2027-09-01")
                .names("delegations by Azure Lighthouse: throttled");
    }

    @Test
    void aServiceThatWasNotReadIsNamedAndNeverEmpty() {
        check.given(GoodTenant.build()
                        .unread(FactKind.INTUNE_ROLES, "permission X is missing")
                        .unread(FactKind.AZURE_ROLE_ASSIGNMENTS, "no role in Azure"))
                .isAttested(
                        "5 administrators in Microsoft Entra ID, 0 in 3 other services; 2 services not read; attested by Ann until 2027-09-01")
                .names("roles in Intune: permission X is missing")
                .names("Azure role assignments: no role in Azure");
    }

    @Test
    void aServiceWithoutALicenceIsCalledSo() {
        check.given(GoodTenant.build().instead(FactKind.DEFENDER_ROLES, new Reading.Unlicensed(Licence.DEFENDER_XDR)))
                .isAttested(
                        "5 administrators in Microsoft Entra ID, 1 in Azure, 0 in 3 other services; attested by Ann until 2027-09-01")
                .names("roles in Defender XDR: the tenant has no Microsoft Defender XDR licence");
    }

    @Test
    void aTenantWithoutAdministratorsIsNoInventory() {
        check.given(tenant())
                .isNotAssessed("role assignments: no Global Administrator was found, and no tenant is without one");
    }
}
