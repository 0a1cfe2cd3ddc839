package dev.parc.collect.azure;

import static dev.parc.facts.FactKind.AZURE_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.AZURE_SECURITY_CONTACTS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTION_POLICY;
import static dev.parc.facts.FactKind.ENTRA_DIAGNOSTIC_SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureSecurityContacts;
import dev.parc.facts.azure.AzureSubscriptionPolicy;
import dev.parc.facts.azure.LogDestination;
import dev.parc.facts.azure.LogExports;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AzureSettingsReaderTest {

    private static final String DIRECTORY = "/providers/Microsoft.aadiam/diagnosticSettings";
    private static final String POLICY = "/providers/Microsoft.Subscription/policies/default";
    private static final String CONTACTS = "/providers/Microsoft.Security/securityContacts";
    private static final String DIAGNOSTICS = "/providers/Microsoft.Insights/diagnosticSettings";
    private static final String HUB = "/subscriptions/x/providers/Microsoft.EventHub/namespaces/Siem/rules/Send";

    private final FakeTenant tenant = FakeTenant.licensed();
    private final FakeArm arm = tenant.arm();
    private final String production = arm.subscription("Production");

    private Readings read(FactKind... kinds) {
        return Readings.of(tenant, kinds);
    }

    @Test
    void contactsAreTakenApartAndRolesAreToldWhereTheyAreOn() {
        arm.contact(production, "soc@contoso.com; duty@contoso.com,night@contoso.com", "Owner");
        assertThat(read(AZURE_SECURITY_CONTACTS).only(AZURE_SECURITY_CONTACTS, AzureSecurityContacts.class))
                .isEqualTo(new AzureSecurityContacts(
                        id(production),
                        List.of("soc@contoso.com", "duty@contoso.com", "night@contoso.com"),
                        Set.of("Owner")));
    }

    @Test
    void aContactThatIsSwitchedOffTellsNobody() {
        arm.contact(production, "soc@contoso.com", "Owner").put("isEnabled", false);
        arm.contact(production, "")
                .withObject("/notificationsByRole")
                .put("state", "Off")
                .withArray("roles")
                .add("Owner");
        assertThat(read(AZURE_SECURITY_CONTACTS).only(AZURE_SECURITY_CONTACTS, AzureSecurityContacts.class))
                .isEqualTo(new AzureSecurityContacts(id(production), List.of(), Set.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{sourceType:'AttackPath', minimalRiskLevel:'Critical'}] | false",
                "[] | false",
                "[{sourceType:'AttackPath'}, {sourceType:'Alert', minimalSeverity:'High'}] | true",
                "null | true"
            })
    void aContactThatDoesNotHearOfAlertsTellsNobodyOfThem(String sources, boolean told) {
        arm.contact(production, "soc@contoso.com", "Owner")
                .set(
                        "notificationsSources",
                        FakeTenant.json("{it:" + sources + "}").path("it"));
        AzureSecurityContacts contacts =
                read(AZURE_SECURITY_CONTACTS).only(AZURE_SECURITY_CONTACTS, AzureSecurityContacts.class);
        assertThat(contacts.emails()).hasSize(told ? 1 : 0);
        assertThat(contacts.roles()).hasSize(told ? 1 : 0);
    }

    @Test
    void aSubscriptionThatNeverUsedDefenderForCloudHasNoContact() {
        arm.refuse(production + CONTACTS, 409, "MissingSubscriptionRegistration");
        assertThat(read(AZURE_SECURITY_CONTACTS).only(AZURE_SECURITY_CONTACTS, AzureSecurityContacts.class))
                .isEqualTo(new AzureSecurityContacts(id(production), List.of(), Set.of()));
    }

    @Test
    void logsThatAreOnGoWhereTheSettingSends() {
        arm.export(production, "to siem", "eventHubAuthorizationRuleId", HUB, "Administrative", "Security")
                .withArray("logs")
                .addObject()
                .put("category", "Policy")
                .put("enabled", false);
        LogExports exports = read(AZURE_DIAGNOSTIC_SETTINGS).only(AZURE_DIAGNOSTIC_SETTINGS, LogExports.class);
        assertThat(exports.source()).isEqualTo(id(production));
        assertThat(exports.missing(List.of("Administrative", "Security", "Policy")))
                .containsExactly("Policy");
        assertThat(exports.destinationsOf("Security"))
                .containsExactly(
                        new LogDestination(LogDestination.Kind.EVENT_HUB, HUB.toLowerCase(java.util.Locale.ROOT)));
    }

    @ParameterizedTest
    @CsvSource({"allLogs, true, true", "audit, true, true", "allLogs, false, false", "other, true, false"})
    void aGroupOfLogsStandsForWhatIsInIt(String group, boolean enabled, boolean sent) {
        arm.export(production, "to store", "storageAccountId", "/subscriptions/x/store")
                .withArray("logs")
                .addObject()
                .put("categoryGroup", group)
                .putNull("category")
                .put("enabled", enabled);
        assertThat(read(AZURE_DIAGNOSTIC_SETTINGS)
                        .only(AZURE_DIAGNOSTIC_SETTINGS, LogExports.class)
                        .missing(List.of("Administrative"))
                        .isEmpty())
                .isEqualTo(sent);
    }

    @Test
    void aSubscriptionWithoutASettingIsReadAndEmptyAndARefusedOneIsMissing() {
        arm.refuse(arm.subscription("Laboratory") + DIAGNOSTICS, 403, "AuthorizationFailed");
        Readings readings = read(AZURE_DIAGNOSTIC_SETTINGS);
        assertThat(readings.values(AZURE_DIAGNOSTIC_SETTINGS, LogExports.class))
                .containsExactly(new LogExports(id(production), List.of()));
        assertThat(readings.gaps(AZURE_DIAGNOSTIC_SETTINGS))
                .containsExactly(
                        "the role Reader on the tenant root management group is missing (Azure Resource Manager"
                                + " answered 403 AuthorizationFailed): grant it to PARC's identity");
    }

    @ParameterizedTest
    @EnumSource(
            value = FactKind.class,
            names = {"AZURE_SECURITY_CONTACTS", "AZURE_DIAGNOSTIC_SETTINGS"})
    void disabledSubscriptionsAndThoseOfOtherTenantsAreNotAsked(FactKind kind) {
        arm.row(arm.subscription("Old")).put("state", "Disabled");
        arm.subscription("Customer", FakeTenant.id("other tenant"));
        assertThat(read(kind).values(kind, Object.class)).hasSize(1);
        assertThat(arm.requests())
                .filteredOn(request -> request.contains("/subscriptions/"))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = FactKind.class,
            names = {"AZURE_SECURITY_CONTACTS", "AZURE_DIAGNOSTIC_SETTINGS"})
    void withoutAnySubscriptionInSightNothingIsTakenForEmpty(FactKind kind) {
        arm.hideSubscriptions();
        assertThat(read(kind).unread(kind))
                .startsWith("Azure subscriptions could not be read: no subscription is visible: grant");
    }

    @Test
    void aSettingThatCannotBeUsedLeavesItsSubscriptionOut() {
        arm.export(production, "odd", "workspaceId", "/subscriptions/x/w").put("logs", "all");
        assertThat(read(AZURE_DIAGNOSTIC_SETTINGS).unread(AZURE_DIAGNOSTIC_SETTINGS))
                .isEqualTo("settings came with an unusable logs");
    }

    @Test
    void theDirectorysOwnSettingsHaveAnOpenSetOfCategories() {
        arm.exportDirectory("to soc", "workspaceId", "/subscriptions/x/W", "AuditLogs", "LogsOfTomorrow");
        LogExports exports = read(ENTRA_DIAGNOSTIC_SETTINGS).only(ENTRA_DIAGNOSTIC_SETTINGS, LogExports.class);
        assertThat(exports.source()).isEqualTo(LogExports.ENTRA_ID);
        assertThat(exports.missing(List.of("AuditLogs", "LogsOfTomorrow", "SignInLogs")))
                .containsExactly("SignInLogs");
    }

    @Test
    void theRefusalOfTheDirectorysSettingsNamesItsOwnRole() {
        arm.refuse(DIRECTORY, 403, "AuthorizationFailed");
        assertThat(read(ENTRA_DIAGNOSTIC_SETTINGS).unread(ENTRA_DIAGNOSTIC_SETTINGS))
                .isEqualTo("the role Reader at /providers/Microsoft.aadiam is missing (Azure Resource Manager answered"
                        + " 403 AuthorizationFailed): grant it to PARC's identity");
    }

    @Test
    void thePolicyOnSubscriptionsIsReadAndOneThatNobodySetBlocksNothing() {
        arm.subscriptionPolicy(true, false);
        assertThat(policy()).isEqualTo(new AzureSubscriptionPolicy(true, false));
        arm.refuse(POLICY, 404, "NotFound");
        assertThat(policy()).isEqualTo(new AzureSubscriptionPolicy(false, false));
        arm.refuse(POLICY, 403, "AuthorizationFailed");
        assertThat(read(AZURE_SUBSCRIPTION_POLICY).unread(AZURE_SUBSCRIPTION_POLICY))
                .contains("403 AuthorizationFailed");
    }

    private AzureSubscriptionPolicy policy() {
        return read(AZURE_SUBSCRIPTION_POLICY).only(AZURE_SUBSCRIPTION_POLICY, AzureSubscriptionPolicy.class);
    }

    @Test
    void subscriptionsReadInPartLeaveAGap() {
        arm.row(arm.subscription("odd")).remove("state");
        Readings readings = read(AZURE_DIAGNOSTIC_SETTINGS, AZURE_SUBSCRIPTIONS);
        assertThat(readings.gaps(AZURE_SUBSCRIPTIONS)).containsExactly("subscriptions came without state");
        assertThat(readings.gaps(AZURE_DIAGNOSTIC_SETTINGS)).containsExactly("subscriptions were read in part");
    }

    private static String id(String scope) {
        return scope.substring(scope.lastIndexOf('/') + 1);
    }
}
