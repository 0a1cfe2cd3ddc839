package dev.parc.collect.azure;

import static dev.parc.collect.FakeArm.RESOURCE_GRAPH;
import static dev.parc.facts.FactKind.AZURE_ALERT_RULES;
import static dev.parc.facts.FactKind.AZURE_DEFENDER_PLANS;
import static dev.parc.facts.FactKind.AZURE_GUEST_CONFIGURATIONS;
import static dev.parc.facts.FactKind.AZURE_HOSTED;
import static dev.parc.facts.FactKind.AZURE_MACHINES;
import static dev.parc.facts.FactKind.AZURE_WORKSPACES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureAlertRule;
import dev.parc.facts.azure.AzureMachine;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.azure.AzureWorkloads;
import dev.parc.facts.azure.DefenderPlan;
import dev.parc.facts.azure.GuestConfiguration;
import dev.parc.facts.azure.LogWorkspace;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AzureResourceReaderTest {

    private static final String ROLE_CHANGE = "Microsoft.Authorization/roleAssignments/write";

    private final FakeTenant tenant = FakeTenant.licensed();
    private final FakeArm arm = tenant.arm();
    private final String production = arm.subscription("Production");
    private final String subscriptionId = production.substring(production.lastIndexOf('/') + 1);

    private <T> T only(FactKind kind, Class<T> type) {
        return Readings.of(tenant, kind).only(kind, type);
    }

    private boolean tellsOfRoleChanges() {
        return only(AZURE_ALERT_RULES, AzureAlertRule.class)
                .tellsOf(ROLE_CHANGE, new AzureSubscription(subscriptionId, "Production", FakeTenant.TENANT_ID));
    }

    @Test
    void machinesRulesAndWorkspacesCostOneQuestion() {
        arm.machine(production, "vm-1", "Windows", "localadmin");
        arm.workspace(production, "log-1", 90, false);
        arm.activityRule(production, "roles", ROLE_CHANGE);
        Readings readings = Readings.of(tenant, AZURE_ALERT_RULES, AZURE_WORKSPACES, AZURE_MACHINES);
        for (FactKind kind : List.of(AZURE_ALERT_RULES, AZURE_WORKSPACES, AZURE_MACHINES)) {
            assertThat(readings.values(kind, Object.class)).hasSize(1);
            assertThat(readings.gaps(kind)).isEmpty();
        }
        assertThat(arm.requests()).filteredOn(it -> it.endsWith(RESOURCE_GRAPH)).hasSize(1);
    }

    @Test
    void moreThanAPageIsReadToItsEnd() {
        IntStream.range(0, 25).forEach(number -> arm.machine(production, "vm-" + number, "Linux", "root1"));
        arm.pageSize(10);
        assertThat(Readings.of(tenant, AZURE_MACHINES).values(AZURE_MACHINES, AzureMachine.class))
                .hasSize(25);
    }

    @Test
    void aMachineHasTheAdministratorItWasMadeWithAndPerhapsTheExtension() {
        String id = arm.machine(production, "vm-1", "Windows", "localadmin");
        arm.entraLogin(id.toLowerCase(Locale.ROOT));
        assertThat(only(AZURE_MACHINES, AzureMachine.class))
                .isEqualTo(new AzureMachine(id, "vm-1", subscriptionId, "Windows", Optional.of("localadmin"), true));
    }

    @Test
    void aMachineFromADiskOfItsOwnTellsNoAdministrator() {
        String id = arm.machine(production, "vm-2", "", "");
        assertThat(only(AZURE_MACHINES, AzureMachine.class))
                .isEqualTo(new AzureMachine(id, "vm-2", subscriptionId, "unknown", Optional.empty(), false));
    }

    @Test
    void aWorkspaceHasItsRetentionAndWhetherTheSolutionOfSentinelIsOnIt() {
        String id = arm.workspace(production, "log-Soc", 400, true);
        assertThat(only(AZURE_WORKSPACES, LogWorkspace.class))
                .isEqualTo(new LogWorkspace(id.toLowerCase(Locale.ROOT), "log-Soc", 400, true, id));
    }

    @Test
    void aRowThatCannotBeUsedIsAGapOfItsOwnKindOnly() {
        arm.machine(production, "vm-1", "Windows", "localadmin");
        arm.queryRule(production, "odd", "w", "SigninLogs").remove("enabled");
        Readings readings = Readings.of(tenant, AZURE_ALERT_RULES, AZURE_MACHINES);
        assertThat(readings.gaps(AZURE_MACHINES)).isEmpty();
        assertThat(readings.gaps(AZURE_ALERT_RULES)).containsExactly("resources came without enabled");
    }

    @Test
    void aRuleOnAnOperationTellsOfItWhereItWatches() {
        arm.activityRule(production, "roles", ROLE_CHANGE);
        assertThat(tellsOfRoleChanges()).isTrue();
        assertThat(only(AZURE_ALERT_RULES, AzureAlertRule.class)
                        .tellsOf(ROLE_CHANGE, new AzureSubscription("another", "Other", FakeTenant.TENANT_ID)))
                .isFalse();
        assertThat(only(AZURE_ALERT_RULES, AzureAlertRule.class)
                        .tellsOf(
                                "Microsoft.Authorization/policyAssignments/write",
                                new AzureSubscription(subscriptionId, "Production", FakeTenant.TENANT_ID)))
                .isFalse();
    }

    @Test
    void aRuleThatIsOffOrTellsNobodyTellsOfNothing() {
        arm.activityRule(production, "roles", ROLE_CHANGE).put("enabled", "false");
        assertThat(tellsOfRoleChanges()).isFalse();
    }

    @Test
    void aRuleWithoutAnActionGroupTellsNobody() {
        arm.activityRule(production, "roles", ROLE_CHANGE).putObject("actions").putArray("actionGroups");
        assertThat(tellsOfRoleChanges()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "{field:'level'; equals:'Informational'}, true",
        "{field:'level'; equals:'Critical'}, false",
        "{field:'status'; equals:'Succeeded'}, true",
        "{field:'status'; equals:'Failed'}, false",
        "{field:'status'; containsAny:['Failed'; 'Succeeded']}, true",
        "{field:'resourceGroup'; equals:'rg-1'}, false",
        "{field:'resourceProvider'; equals:'microsoft.authorization'}, true",
        "{field:'resourceType'; equals:'Microsoft.Authorization/roleAssignments'}, true",
        "{anyOf:[{field:'level'; equals:'Critical'}; {field:'category'; equals:'Administrative'}]}, true",
        "{anyOf:[{field:'level'; equals:'Critical'}; {field:'category'; equals:'Policy'}]}, false",
    })
    void aFurtherConditionCountsWhereEveryRoleChangeMeetsIt(String condition, boolean tells) {
        arm.activityRule(production, "roles", ROLE_CHANGE)
                .withObject("/condition")
                .withArray("allOf")
                .add(FakeTenant.json(condition.replace(';', ',')));
        assertThat(tellsOfRoleChanges()).isEqualTo(tells);
    }

    @Test
    void aRuleOnAQueryHasItsQueryAndTheWorkspaceItReads() {
        String workspace = arm.workspace(production, "log-Soc", 400, true);
        arm.queryRule(production, "emergency", workspace, "SigninLogs | where UserId == 'x'");
        AzureAlertRule rule = only(AZURE_ALERT_RULES, AzureAlertRule.class);
        assertThat(rule.queries())
                .containsExactly(
                        new AzureAlertRule.Query("SigninLogs | where UserId == 'x'", true, Duration.ofMinutes(5)));
        assertThat(rule.scopes()).isEqualTo(Set.of(workspace.toLowerCase(Locale.ROOT)));
        assertThat(rule.works()).isTrue();
        assertThat(rule.conditions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "{operator:'GreaterThan'; threshold:0}, PT5M, true",
        "{operator:'GreaterThan'; threshold:0}, PT10M, true",
        "{operator:'GreaterThan'; threshold:0}, PT1M, false",
        "{operator:'GreaterThan'; threshold:0}, soon, false",
        "{operator:'GreaterThan'; threshold:1}, PT5M, false",
        "{operator:'GreaterThanOrEqual'; threshold:1}, PT5M, true",
        "{operator:'GreaterThanOrEqual'; threshold:2}, PT5M, false",
        "{operator:'LessThan'; threshold:9}, PT5M, false",
        "{operator:'GreaterThan'}, PT5M, false",
        "{operator:'GreaterThan'; threshold:0; failingPeriods:{minFailingPeriodsToAlert:1}}, PT5M, true",
        "{operator:'GreaterThan'; threshold:0; failingPeriods:{minFailingPeriodsToAlert:2}}, PT5M, false",
        "{operator:'GreaterThan'; threshold:0; metricMeasureColumn:'Risk'}, PT5M, false",
        "{operator:'GreaterThan'; threshold:0; dimensions:[{name:'UserId'; operator:'Include'; values:['*']}]}, PT5M, true",
        "{operator:'GreaterThan'; threshold:0; dimensions:[{name:'UserId'; operator:'Include'; values:['x']}]}, PT5M, false",
        "{operator:'GreaterThan'; threshold:0; dimensions:[{name:'UserId'; operator:'Exclude'; values:['x']}]}, PT5M, false",
    })
    void aRuleIsForAnyRowWhereOneIsEnoughAndNoTimeIsLeftOut(String criterion, String window, boolean any) {
        ObjectNode rule =
                arm.queryRule(production, "emergency", "w", "SigninLogs").put("windowSize", window);
        rule.putObject("criteria")
                .putArray("allOf")
                .add(FakeTenant.json(criterion.replace(';', ',')).put("query", "SigninLogs"));
        assertThat(only(AZURE_ALERT_RULES, AzureAlertRule.class).queries())
                .extracting(AzureAlertRule.Query::anyRow)
                .containsExactly(any);
    }

    @Test
    void aPlanIsOnWhereItIsPaidFor() {
        arm.plan(production, "VirtualMachines", "Standard");
        arm.plan(production, "KeyVaults", "Free");
        assertThat(Readings.of(tenant, AZURE_DEFENDER_PLANS).values(AZURE_DEFENDER_PLANS, DefenderPlan.class))
                .containsExactly(
                        new DefenderPlan(subscriptionId, "VirtualMachines", true),
                        new DefenderPlan(subscriptionId, "KeyVaults", false));
    }

    @Test
    void whatASubscriptionHostsIsKeptInLowerCaseWithTheGroupsOfItsClusters() {
        arm.hosts(production, List.of("Microsoft.KeyVault/vaults"), "MC_rg_aks");
        assertThat(only(AZURE_HOSTED, AzureWorkloads.class))
                .isEqualTo(
                        new AzureWorkloads(subscriptionId, Set.of("microsoft.keyvault/vaults"), Set.of("mc_rg_aks")));
    }

    @ParameterizedTest
    @CsvSource({"Compliant, true", "NonCompliant, false", "Pending,"})
    void whatAPolicyFoundInAMachineIsKeptAndWhatItHasNotFoundIsUnknown(String status, Boolean compliant) {
        String machine = arm.machine(production, "VM-1", "Windows", "localadmin");
        arm.guestConfiguration(machine, "AdministratorsGroupMembers", status);
        assertThat(only(AZURE_GUEST_CONFIGURATIONS, GuestConfiguration.class))
                .isEqualTo(new GuestConfiguration(
                        machine.toLowerCase(Locale.ROOT),
                        "AdministratorsGroupMembers",
                        Optional.ofNullable(compliant)));
    }

    @ParameterizedTest
    @EnumSource(
            value = FactKind.class,
            names = {
                "AZURE_ALERT_RULES",
                "AZURE_WORKSPACES",
                "AZURE_MACHINES",
                "AZURE_GUEST_CONFIGURATIONS",
                "AZURE_HOSTED",
                "AZURE_DEFENDER_PLANS"
            })
    void aRefusalIsUnreadAndAnEmptyViewIsNotTakenForAnEmptyAzure(FactKind kind) {
        arm.refuse(RESOURCE_GRAPH, 403, "AuthorizationFailed");
        assertThat(Readings.of(tenant, kind).unread(kind))
                .isEqualTo("the role Reader on the tenant root management group is missing (Azure Resource Manager"
                        + " answered 403 AuthorizationFailed): grant it to PARC's identity");
        arm.hideSubscriptions();
        assertThat(Readings.of(tenant, kind).unread(kind)).startsWith("Azure subscriptions could not be read: no");
    }
}
