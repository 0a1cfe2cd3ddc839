package dev.parc.roadmap.stage3;

import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.AzureBuilder;
import dev.parc.check.CheckTester;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureSubscription;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S311DefenderPlansAreOnTest {

    private static final String FAIL = "Defender for Cloud does not watch 1 of 1 subscription";

    private final CheckTester check = CheckTester.of(new S311DefenderPlansAreOn());
    private final AzureBuilder azure = AzureBuilder.in(tenant()).subscription("Production");

    @Test
    void everyPlanOnPasses() {
        azure.plans("Production", "Arm", "VirtualMachines").machine("Production", "vm-1");
        check.given(azure.build()).isPass("Defender for Cloud watches 1 subscription");
    }

    @Test
    void noPlanAtAllFails() {
        check.given(azure.build()).isFail(FAIL).findsOnly("Production", "has no Defender plan on");
    }

    @Test
    void freePlansAndTheFreeFoundationAreNoPlans() {
        azure.plan("Production", "Arm", false).plans("Production", "FoundationalCspm", "Discovery");
        check.given(azure.build()).isFail(FAIL).findsOnly("Production", "has no Defender plan on");
    }

    @Test
    void withoutThePlanThatWatchesAdministratorsItFails() {
        azure.plan("Production", "Arm", false).plans("Production", "KeyVaults");
        check.given(azure.build())
                .isFail(FAIL)
                .findsOnly("Production", "has Defender for Resource Manager off, which watches administrators");
    }

    @Test
    void machinesWithoutDefenderForServersFail() {
        azure.plans("Production", "Arm")
                .plan("Production", "VirtualMachines", false)
                .machine("Production", "vm-1");
        check.given(azure.build())
                .isFail(FAIL)
                .findsOnly("Production", "hosts virtual machines and has Defender for Servers off");
    }

    @Test
    void machinesElsewhereDoNotCount() {
        azure.subscription("Laboratory")
                .plans("Laboratory", "Arm", "VirtualMachines")
                .machine("Laboratory", "vm-1")
                .plans("Production", "Arm");
        check.given(azure.build()).isPass("Defender for Cloud watches 2 subscriptions");
    }

    @Test
    void whatProductionMayNeedIsForAPerson() {
        azure.plans("Production", "Arm")
                .plan("Production", "KeyVaults", false)
                .plan("Production", "Containers", false)
                .hosts("Production", "microsoft.keyvault/vaults", "microsoft.containerregistry/registries");
        check.given(azure.build())
                .isReview("Defender for Cloud watches 1 subscription; 1 that host production have further plans off")
                .findsOnly("Production", "has plans off that what it hosts may need: Containers, KeyVaults");
    }

    @Test
    void aPlanThatHasNothingToProtectIsNotMissed() {
        azure.plans("Production", "Arm")
                .plan("Production", "KeyVaults", false)
                .plan("Production", "SqlServers", false)
                .plan("Production", "VirtualMachines", false)
                .subscription("Laboratory")
                .plans("Laboratory", "Arm")
                .hosts("Laboratory", "microsoft.keyvault/vaults", "microsoft.sql/servers");
        check.given(azure.build()).isPass("Defender for Cloud watches 2 subscriptions");
    }

    @ParameterizedTest
    @CsvSource({"KeyVaults, microsoft.storage/storageaccounts", "StorageAccounts, microsoft.storage/storageaccounts"})
    void onlyThePlanForWhatIsHostedIsMissed(String plan, String type) {
        azure.plans("Production", "Arm").plan("Production", plan, false).hosts("Production", type);
        if (plan.equals("KeyVaults")) {
            check.given(azure.build()).isPass("Defender for Cloud watches 1 subscription");
        } else {
            check.given(azure.build())
                    .isReview(
                            "Defender for Cloud watches 1 subscription; 1 that host production have further plans off")
                    .findsOnly("Production", "has plans off that what it hosts may need: StorageAccounts");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CloudPosture", "SomethingNew"})
    void aPlanThatMayProtectAnythingIsForAPersonWhateverIsHosted(String plan) {
        azure.plans("Production", "Arm").plan("Production", plan, false);
        check.given(azure.build())
                .isReview("Defender for Cloud watches 1 subscription; 1 that host production have further plans off");
    }

    @Test
    void whereWhatIsHostedCouldNotBeReadEveryPlanIsForAPerson() {
        azure.plans("Production", "Arm").plan("Production", "KeyVaults", false);
        check.given(azure.build().unread(FactKind.AZURE_HOSTED, "throttled"))
                .isReview("Defender for Cloud watches 1 subscription; 1 that host production have further plans off")
                .names("what Azure subscriptions host: throttled");
    }

    @Test
    void nodesOfAnAksClusterAreTheMatterOfTheContainersPlan() {
        azure.plans("Production", "Arm", "Containers")
                .plan("Production", "VirtualMachines", false)
                .machine("Production", "aks-nodepool1")
                .hosts("Production", "microsoft.compute/virtualmachinescalesets")
                .cluster("Production", "rg");
        check.given(azure.build()).isPass("Defender for Cloud watches 1 subscription");
    }

    @Test
    void aMachineBesideTheClusterNeedsDefenderForServers() {
        azure.plans("Production", "Arm", "Containers")
                .plan("Production", "VirtualMachines", false)
                .machine("Production", "vm-1")
                .cluster("Production", "mc_rg");
        check.given(azure.build())
                .isFail(FAIL)
                .findsOnly("Production", "hosts virtual machines and has Defender for Servers off");
    }

    @Test
    void whereProductionIsDesignatedOthersMayHavePlansOff() {
        azure.plans("Production", "Arm").plan("Production", "KeyVaults", false);
        check.given(azure.build().designated(it -> it.withProductionSubscriptions(Set.of(id("Another")))))
                .isPass("Defender for Cloud watches 1 subscription");
    }

    @Test
    void disabledAndDelegatedSubscriptionsAreLeftOut() {
        azure.plans("Production", "Arm")
                .subscription("Old", AzureSubscription.State.DISABLED)
                .subscription(new AzureSubscription("customer", "Customer", "another"));
        check.given(azure.build()).isPass("Defender for Cloud watches 1 subscription (1 disabled left out)");
    }

    @Test
    void aPlanThatWasNotReadIsNotTakenForOff() {
        check.given(azure.build().gap(FactKind.AZURE_DEFENDER_PLANS, "plans came without tier"))
                .isNotAssessed("Defender for Cloud plans: plans came without tier");
    }

    @Test
    void whereNothingRunsThereIsNothingToWatch() {
        check.given(AzureBuilder.in(tenant()).build()).isNotApplicable("the tenant has no Azure subscription");
    }
}
