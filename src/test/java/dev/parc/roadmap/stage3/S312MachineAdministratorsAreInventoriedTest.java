package dev.parc.roadmap.stage3;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.AzureBuilder;
import dev.parc.check.CheckTester;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.AssignmentKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S312MachineAdministratorsAreInventoriedTest {

    private static final AzureRole LOGIN = AzureRole.VIRTUAL_MACHINE_ADMINISTRATOR_LOGIN;
    private static final String SEEN = "1 virtual machine, each with the administrators that Azure knows of";

    private final CheckTester check = CheckTester.of(new S312MachineAdministratorsAreInventoried());
    private final TenantBuilder tenant = tenant().globalAdmin("root@contoso.onmicrosoft.com");
    private final AzureBuilder azure =
            AzureBuilder.in(tenant).subscription("Production").subscription("Laboratory");
    private final Account ann = account("ann@contoso.com");
    private final String production = "/subscriptions/" + id("Production");

    private TenantBuilder attested() {
        return azure.build().attested("S3-12", 1).attested("S3-12", 2);
    }

    @Test
    void theInventoryIsShownAndAPersonAttestsTheInside() {
        azure.machine("Production", "vm-1");
        check.given(attested())
                .isAttested(SEEN + "; attested by Ann until 2027-09-01")
                .findsOnly("vm-1", "Windows: was made with the local administrator 'localadmin'");
        check.given(azure.build().nothingAttested()).isReview(SEEN + "; 1 statement to attest");
    }

    @Test
    void aDiskOfItsOwnTellsNoAdministrator() {
        azure.machine("Production", "vm-1", Optional.empty(), false);
        check.given(attested())
                .isAttested(SEEN + "; attested by Ann until 2027-09-01")
                .findsOnly("vm-1", "Windows: was made from a disk whose administrators Azure does not know");
    }

    @Test
    void whoMaySignInAsAdministratorIsNamed() {
        azure.machine("Production", "vm-1", Optional.of("localadmin"), true)
                .holder(ann, LOGIN, production, AssignmentKind.ACTIVE)
                .holder(account("bob@contoso.com"), LOGIN, "/subscriptions/" + id("Laboratory"), AssignmentKind.ACTIVE);
        check.given(attested())
                .isAttested(SEEN + "; attested by Ann until 2027-09-01")
                .findsOnly(
                        "vm-1",
                        "Windows: was made with the local administrator 'localadmin'; lets these sign in as"
                                + " administrator: ann@contoso.com");
    }

    @Test
    void aRoleOnTheMachineItselfCountsAndOneOnItsNeighbourDoesNot() {
        String machines = production + "/resourcegroups/rg/providers/microsoft.compute/virtualmachines/";
        azure.machine("Production", "vm-1", Optional.of("localadmin"), true)
                .holder(ann, LOGIN, machines + "vm-1", AssignmentKind.ACTIVE)
                .holder(account("bob@contoso.com"), LOGIN, machines + "vm-10", AssignmentKind.ACTIVE);
        check.given(attested())
                .isAttested(SEEN + "; attested by Ann until 2027-09-01")
                .finds(
                        "vm-1",
                        "Windows: was made with the local administrator 'localadmin'; lets these sign in as"
                                + " administrator: ann@contoso.com");
    }

    @Test
    void aRoleOnAManagementGroupCountsWhereTheMachineIsBelowIt() {
        azure.machine("Production", "vm-1", Optional.of("localadmin"), true)
                .holder(ann, LOGIN, "/providers/Microsoft.Management/managementGroups/platform", AssignmentKind.ACTIVE)
                .holder(
                        account("bob@contoso.com"),
                        LOGIN,
                        "/providers/Microsoft.Management/managementGroups/sandbox",
                        AssignmentKind.ACTIVE)
                .below("Production", "platform");
        check.given(attested())
                .isAttested(SEEN + "; attested by Ann until 2027-09-01")
                .findsOnly(
                        "vm-1",
                        "Windows: was made with the local administrator 'localadmin'; lets these sign in as"
                                + " administrator: ann@contoso.com");
    }

    @Test
    void aMachineThatNobodyMayAdministerSaysSo() {
        azure.machine("Production", "vm-1", Optional.of("localadmin"), true);
        check.given(attested())
                .isAttested(SEEN + "; attested by Ann until 2027-09-01")
                .findsOnly(
                        "vm-1",
                        "Windows: was made with the local administrator 'localadmin'; lets people of the directory sign"
                                + " in, none of them as administrator");
    }

    @Test
    void otherAdministratorsThanThePolicyAllowsFail() {
        azure.machine("Production", "vm-1")
                .guestConfiguration("Production", "vm-1", false)
                .machine("Production", "vm-2")
                .guestConfiguration("Production", "vm-2", true);
        check.given(attested())
                .isFail("1 of 2 virtual machines has local administrators that the policy does not allow")
                .findsOnly(
                        "vm-1",
                        "Windows: has other local administrators than policy AdministratorsGroupMembers allows");
    }

    @Test
    void aMissingRequiredMemberIsNoOtherAdministrator() {
        azure.machine("Production", "vm-1")
                .guestConfiguration("Production", "vm-1", "AdministratorsGroupMembersToInclude", false);
        check.given(attested())
                .isAttested(SEEN + "; attested by Ann until 2027-09-01")
                .findsOnly(
                        "vm-1",
                        "Windows: was made with the local administrator 'localadmin'; lacks a local administrator that"
                                + " policy AdministratorsGroupMembersToInclude requires");
    }

    @Test
    void aForbiddenMemberFailsWhateverElseThePoliciesFound() {
        azure.machine("Production", "vm-1")
                .guestConfiguration("Production", "vm-1", "AdministratorsGroupMembersToInclude", false)
                .guestConfiguration("Production", "vm-1", "AdministratorsGroupMembersToExclude", false)
                .guestConfiguration("Production", "vm-1", true);
        check.given(attested())
                .isFail("1 of 1 virtual machine has local administrators that the policy does not allow")
                .findsOnly(
                        "vm-1",
                        "Windows: has a local administrator that policy AdministratorsGroupMembersToExclude forbids");
    }

    @Test
    void nodesOfAnAksClusterAreNoMachinesOfTheInventory() {
        azure.machine("Production", "aks-nodepool1").cluster("Production", "rg");
        check.given(attested())
                .isNotApplicable("the only virtual machines that the tenant hosts in Azure are nodes of AKS clusters");
    }

    @Test
    void aMachineBesideTheClusterStaysOneWhateverItIsCalled() {
        azure.machine("Production", "aks-nodepool1")
                .cluster("Production", "mc_rg")
                .cluster("Laboratory", "rg");
        check.given(attested())
                .isAttested(SEEN + "; attested by Ann until 2027-09-01")
                .findsOnly("aks-nodepool1", "Windows: was made with the local administrator 'localadmin'");
    }

    @Test
    void whereClustersCouldNotBeReadTheirNodesStayMachines() {
        azure.machine("Production", "aks-nodepool1").cluster("Production", "rg");
        check.given(attested().unread(FactKind.AZURE_HOSTED, "throttled"))
                .isAttested(SEEN + "; attested by Ann until 2027-09-01")
                .names("what Azure subscriptions host: throttled");
    }

    @Test
    void whatThePolicyAllowsIsShown() {
        azure.machine("Production", "vm-1").guestConfiguration("Production", "vm-1", true);
        check.given(attested())
                .isAttested(SEEN + "; attested by Ann until 2027-09-01")
                .findsOnly(
                        "vm-1",
                        "Windows: was made with the local administrator 'localadmin'; has the local administrators that"
                                + " policy AdministratorsGroupMembers allows");
    }

    @Test
    void aMachineOfAnotherTenantIsNotTheTenants() {
        azure.subscription(new AzureSubscription(id("Customer"), "Customer", "another"))
                .machine("Customer", "vm-9");
        check.given(attested()).isNotApplicable("the tenant hosts no virtual machine in Azure");
    }

    @Test
    void withoutThePoliciesFindingsItIsNotAssessed() {
        azure.machine("Production", "vm-1");
        check.given(attested().unread(FactKind.AZURE_GUEST_CONFIGURATIONS, "throttled"))
                .isNotAssessed("what Azure Policy found inside virtual machines: throttled");
    }
}
