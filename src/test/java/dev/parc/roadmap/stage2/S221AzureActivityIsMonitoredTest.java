package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.AzureBuilder;
import dev.parc.check.CheckTester;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.azure.LogDestination;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class S221AzureActivityIsMonitoredTest {

    private static final String PASS =
            "the Activity Log of 1 subscription is kept, and somebody is told when roles or policies change";
    private static final String FAIL = "the Activity Log of 1 of 1 subscription is not monitored";
    private static final String SILENT =
            "no alert rule with an action group tells when roles are assigned, policies are"
                    + " assigned, policy assignments are deleted";

    private final CheckTester check = CheckTester.of(new S221AzureActivityIsMonitored());
    private final AzureBuilder azure =
            AzureBuilder.in(tenant()).subscription("Production").workspace("logs", 90, false);

    @Test
    void aLogThatIsKeptAndAlertsThatTellSomebodyPass() {
        azure.export("Production", "logs", "Administrative", "Security").alerts("Production", AzureBuilder.OPERATIONS);
        check.given(azure.build()).isPass(PASS);
    }

    @Test
    void twoSettingsTogetherPass() {
        azure.export("Production", "logs", "Administrative")
                .export("Production", LogDestination.Kind.STORAGE_ACCOUNT, "Security")
                .alerts("Production", AzureBuilder.OPERATIONS);
        check.given(azure.build()).isPass(PASS);
    }

    @Test
    void aLogThatGoesNowhereFails() {
        azure.alerts("Production", AzureBuilder.OPERATIONS);
        check.given(azure.build())
                .isFail(FAIL)
                .findsOnly("Production", "sends the log Administrative and Security nowhere");
    }

    @Test
    void halfALogFails() {
        azure.export("Production", "logs", "Administrative", "Policy").alerts("Production", AzureBuilder.OPERATIONS);
        check.given(azure.build()).isFail(FAIL).findsOnly("Production", "sends the log Security nowhere");
    }

    @Test
    void aKeptLogOfWhichNobodyIsToldFails() {
        azure.export("Production", "logs", "Administrative", "Security");
        check.given(azure.build()).isFail(FAIL).findsOnly("Production", SILENT);
    }

    @Test
    void nothingAtAllFailsWithBoth() {
        check.given(azure.build())
                .isFail(FAIL)
                .findsOnly("Production", "sends the log Administrative and Security nowhere; " + SILENT);
    }

    @ParameterizedTest
    @CsvSource({"false, true", "true, false"})
    void anAlertThatIsOffOrTellsNobodyCountsForNothing(boolean enabled, boolean notifies) {
        azure.export("Production", "logs", "Administrative", "Security")
                .alerts("Production", AzureBuilder.OPERATIONS.subList(1, 3))
                .alert("Production", AzureBuilder.OPERATIONS.get(0), enabled, notifies);
        check.given(azure.build())
                .isFail(FAIL)
                .findsOnly("Production", "no alert rule with an action group tells when roles are assigned");
    }

    @Test
    void anAlertInAnotherSubscriptionCountsForNothing() {
        azure.export("Production", "logs", "Administrative", "Security").alerts("Laboratory", AzureBuilder.OPERATIONS);
        check.given(azure.build()).isFail(FAIL).findsOnly("Production", SILENT);
    }

    @Test
    void whereSentinelHasTheLogItMayTell() {
        azure.workspace("soc", 90, true).export("Production", "soc", "Administrative", "Security");
        check.given(azure.build())
                .isReview("whether somebody is told of changes to roles and policies in 1 of 1 subscription depends on"
                        + " what receives the Activity Log")
                .findsOnly("Production", SILENT + "; what receives its log may, which PARC does not see");
    }

    @ParameterizedTest
    @EnumSource(
            value = LogDestination.Kind.class,
            names = {"EVENT_HUB", "PARTNER_SOLUTION", "WORKSPACE"})
    void whatIsOutOfSightMayTell(LogDestination.Kind kind) {
        azure.export("Production", kind, "Administrative", "Security");
        check.given(azure.build())
                .isReview("whether somebody is told of changes to roles and policies in 1 of 1 subscription depends on"
                        + " what receives the Activity Log");
    }

    @Test
    void aRuleOnTheWorkspaceTellsAsWell() {
        azure.export("Production", "logs", "Administrative", "Security")
                .watched(
                        "logs",
                        "AzureActivity | where OperationNameValue has_any ('roleAssignments', 'policyAssignments')"
                                + " | where ActivityStatusValue == 'Success'");
        check.given(azure.build()).isPass(PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AzureActivity | where OperationNameValue =~ 'Microsoft.Compute/virtualMachines/write'",
                "AzureActivity | where Caller == 'ann@contoso.com'",
                "AzureActivity | where SubscriptionId == '00000000-0000-0000-0000-000000000009'",
                "AzureActivity | where ActivityStatusValue == 'Failure'",
                "AuditLogs"
            })
    void aRuleOnTheWorkspaceThatDoesNotTellEveryTimeIsNone(String query) {
        azure.export("Production", "logs", "Administrative", "Security").watched("logs", query);
        check.given(azure.build()).isFail(FAIL).findsOnly("Production", SILENT);
    }

    @Test
    void aRuleOfSentinelTellsAsWell() {
        azure.workspace("soc", 90, true)
                .export("Production", "soc", "Administrative", "Security")
                .sentinelRule("soc", "AzureActivity | where CategoryValue =~ 'administrative'");
        check.given(azure.build()).isPass(PASS);
    }

    @Test
    void aRuleOnAWorkspaceWithoutTheLogIsNone() {
        azure.workspace("other", 90, false)
                .export("Production", "logs", "Administrative", "Security")
                .watched("other", "AzureActivity");
        check.given(azure.build()).isFail(FAIL).findsOnly("Production", SILENT);
    }

    @Test
    void aRuleThatIsNotFollowedMustBeLookedAt() {
        azure.export("Production", "logs", "Administrative", "Security")
                .watched("logs", "RightsChanged() | where Level == 'x'");
        check.given(azure.build())
                .isReview("whether somebody is told of changes to roles and policies in 1 of 1 subscription depends on"
                        + " what receives the Activity Log")
                .findsOnly(
                        "Production",
                        "PARC cannot tell from the queries of alert rules whether they tell when roles are assigned,"
                                + " policies are assigned, policy assignments are deleted");
    }

    @Test
    void storageTellsNobody() {
        azure.export("Production", LogDestination.Kind.STORAGE_ACCOUNT, "Administrative", "Security");
        check.given(azure.build()).isFail(FAIL).findsOnly("Production", SILENT);
    }

    @Test
    void disabledAndDelegatedSubscriptionsAreLeftOut() {
        azure.export("Production", "logs", "Administrative", "Security")
                .alerts("Production", AzureBuilder.OPERATIONS)
                .subscription("Old", AzureSubscription.State.DISABLED)
                .subscription(new AzureSubscription("customer", "Customer", "another"));
        check.given(azure.build())
                .isPass("the Activity Log of 1 subscription (1 disabled left out) is kept, and somebody is told when"
                        + " roles or policies change");
    }

    @Test
    void aSubscriptionWhoseSettingsWereRefusedIsNotTakenForOneWithoutSettings() {
        AzureBuilder half = AzureBuilder.in(tenant());
        half.build().add(FactKind.AZURE_SUBSCRIPTIONS, AzureBuilder.named("Refused"));
        check.given(half.build().gap(FactKind.AZURE_DIAGNOSTIC_SETTINGS, "a subscription was refused"))
                .isNotAssessed("diagnostic settings of Azure subscriptions: a subscription was refused")
                .findsNothing();
    }

    @Test
    void aRuleThatWasNotReadIsNotTakenForMissing() {
        azure.export("Production", "logs", "Administrative", "Security");
        check.given(azure.build().gap(FactKind.AZURE_ALERT_RULES, "resources came without enabled"))
                .isNotAssessed("Azure alert rules: resources came without enabled")
                .findsNothing();
    }

    @Test
    void aLogThatGoesNowhereFailsWhateverTheRules() {
        check.given(azure.build().gap(FactKind.AZURE_ALERT_RULES, "resources came without enabled"))
                .isFail(FAIL);
    }

    @Test
    void whereNothingRunsThereIsNothingToMonitor() {
        check.given(AzureBuilder.in(tenant()).build()).isNotApplicable("the tenant has no Azure subscription");
        check.given(AzureBuilder.in(tenant())
                        .subscription("Old", AzureSubscription.State.DELETED)
                        .build())
                .isNotApplicable("nothing runs in the tenant's 1 Azure subscriptions: they are disabled");
    }

    @Test
    void theNumberOfSubscriptionsIsTold() {
        for (String name : List.of("A", "B")) {
            azure.subscription(name)
                    .export(name, "logs", "Administrative", "Security")
                    .alerts(name, AzureBuilder.OPERATIONS);
        }
        check.given(azure.build()).isFail("the Activity Log of 1 of 3 subscriptions is not monitored");
    }
}
