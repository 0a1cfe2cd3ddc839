package dev.parc.collect.azure;

import static dev.parc.facts.FactKind.AZURE_ALERT_RULES;
import static dev.parc.facts.FactKind.AZURE_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.AZURE_LOG_STORAGE;
import static dev.parc.facts.FactKind.AZURE_LOG_TABLES;
import static dev.parc.facts.FactKind.AZURE_SENTINEL;
import static dev.parc.facts.FactKind.AZURE_SENTINEL_RULES;
import static dev.parc.facts.FactKind.AZURE_WATCHLISTS;
import static dev.parc.facts.FactKind.AZURE_WORKSPACES;
import static dev.parc.facts.FactKind.ENTRA_DIAGNOSTIC_SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzureAlertRule;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.LogStorage;
import dev.parc.facts.azure.LogTable;
import dev.parc.facts.azure.SentinelOnboarding;
import dev.parc.facts.azure.Watchlist;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogPlaceReaderTest {

    private static final String ONBOARDING = "/providers/Microsoft.SecurityInsights/onboardingStates/default";

    private final FakeTenant tenant = FakeTenant.licensed();
    private final FakeArm arm = tenant.arm();
    private final String production = arm.subscription("Production");
    private final String soc = arm.workspace(production, "log-soc", 90, true);
    private final String account = FakeArm.account(production, "seclogs");

    private Readings read(FactKind... kinds) {
        tenant.permanent(tenant.user("root"), "62e90394-69f5-4237-9190-012177145e10");
        arm.assign(FakeTenant.id("root"), "User", AzureRole.OWNER, production);
        return Readings.of(
                tenant,
                Stream.concat(Stream.of(ENTRA_DIAGNOSTIC_SETTINGS, AZURE_DIAGNOSTIC_SETTINGS), Stream.of(kinds))
                        .toArray(FactKind[]::new));
    }

    private void sent(String workspace) {
        arm.exportDirectory("to-soc", "workspaceId", workspace.toUpperCase(Locale.ROOT), "AuditLogs", "SignInLogs");
    }

    private long asked(String part) {
        return arm.requests().stream().filter(request -> request.contains(part)).count();
    }

    @Test
    void aWorkspaceThatReceivesLogsIsAskedAndNoOther() {
        sent(soc);
        arm.workspace(production, "log-apps", 30, true);
        assertThat(read(AZURE_SENTINEL).only(AZURE_SENTINEL, SentinelOnboarding.class))
                .isEqualTo(new SentinelOnboarding(soc.toLowerCase(Locale.ROOT), true));
        assertThat(asked("onboardingStates")).isEqualTo(1);
    }

    @Test
    void theSolutionAloneIsNoOnboarding() {
        String old = arm.workspace(production, "log-old", 90, false);
        arm.sentinelSolution(production, old);
        sent(old);
        assertThat(read(AZURE_SENTINEL)
                        .only(AZURE_SENTINEL, SentinelOnboarding.class)
                        .onboarded())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"404, ResourceNotFound", "409, MissingSubscriptionRegistration"})
    void aSubscriptionThatNeverUsedSentinelHasNoneOnboarded(int status, String code) {
        sent(soc);
        arm.refuse(soc + ONBOARDING, status, code);
        assertThat(read(AZURE_SENTINEL)
                        .only(AZURE_SENTINEL, SentinelOnboarding.class)
                        .onboarded())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"403, AuthorizationFailed", "409, AnotherOperationInProgress", "400, InvalidApiVersion"})
    void anotherRefusalIsNoAnswer(int status, String code) {
        sent(soc);
        arm.refuse(soc + ONBOARDING, status, code);
        assertThat(read(AZURE_SENTINEL).unread(AZURE_SENTINEL)).contains(code);
    }

    @Test
    void withoutWorkspacesThatReceiveLogsThereIsNothingToAsk() {
        Readings readings = read(AZURE_SENTINEL);
        assertThat(readings.values(AZURE_SENTINEL, SentinelOnboarding.class)).isEmpty();
        assertThat(readings.gaps(AZURE_SENTINEL)).isEmpty();
    }

    @Test
    void onlyTablesThatAreWrittenToAreAsked() {
        sent(soc);
        arm.table(soc, "AuditLogs", 730);
        arm.table(soc, "SigninLogs", -1);
        String id = soc.toLowerCase(Locale.ROOT);
        assertThat(read(AZURE_LOG_TABLES).values(AZURE_LOG_TABLES, LogTable.class))
                .containsExactlyInAnyOrder(new LogTable(id, "AuditLogs", 730), new LogTable(id, "SigninLogs", 90));
        assertThat(asked("/tables/")).isEqualTo(2);
    }

    @Test
    void aTableThatIsNotThereYetKeepsWhatItsWorkspaceKeeps() {
        arm.export(production, "to-soc", "workspaceId", soc, "Administrative");
        assertThat(read(AZURE_LOG_TABLES).only(AZURE_LOG_TABLES, LogTable.class))
                .isEqualTo(new LogTable(soc.toLowerCase(Locale.ROOT), "AzureActivity", 90));
    }

    @Test
    void aTableWithoutItsRetentionIsAGap() {
        sent(soc);
        arm.table(soc, "AuditLogs", 730);
        arm.table(soc, "SigninLogs", 730).remove("totalRetentionInDays");
        assertThat(read(AZURE_LOG_TABLES).gaps(AZURE_LOG_TABLES))
                .containsExactly("tables came without totalRetentionInDays");
    }

    private LogStorage stored() {
        arm.exportDirectory("kept", "storageAccountId", account, "AuditLogs");
        return read(AZURE_LOG_STORAGE).only(AZURE_LOG_STORAGE, LogStorage.class);
    }

    @Test
    void anAccountWithoutRulesDeletesNothing() {
        assertThat(stored()).isEqualTo(new LogStorage(account.toLowerCase(Locale.ROOT), List.of()));
    }

    @Test
    void aRuleIsKeptWithWhatItIsFor() {
        arm.lifecycle(account, 90, "insights-logs-auditlogs", "Backups/");
        arm.lifecycle(account, 400)
                .withObject("/filters")
                .putArray("blobIndexMatch")
                .addObject();
        assertThat(stored().rules())
                .containsExactly(
                        new LogStorage.Rule(Set.of("insights-logs-auditlogs", "backups/"), false, 90),
                        new LogStorage.Rule(Set.of(), true, 400));
    }

    @Test
    void aRuleThatDeletesNoLogsIsNone() {
        arm.lifecycle(account, 30).withObject("/filters").putArray("blobTypes").add("blockBlob");
        ObjectNode snapshots = arm.lifecycle(account, 30);
        snapshots.putObject("actions").putObject("snapshot").putObject("delete").put("daysAfterCreationGreaterThan", 7);
        ObjectNode tier = arm.lifecycle(account, 30);
        tier.putObject("actions")
                .putObject("baseBlob")
                .putObject("tierToCool")
                .put("daysAfterModificationGreaterThan", 7);
        assertThat(stored().rules()).isEmpty();
    }

    @Test
    void aRuleThatIsOffIsNone() {
        arm.lifecycle(account, 30);
        arm.everyLifecycleRule(account, rule -> rule.put("enabled", false));
        assertThat(stored().rules()).isEmpty();
    }

    @Test
    void anAccountThatIsGoneIsNoAccountWithoutRules() {
        arm.exportDirectory("kept", "storageAccountId", account, "AuditLogs");
        arm.refuse(account + "/managementPolicies/default", 404, "ResourceNotFound");
        assertThat(read(AZURE_LOG_STORAGE).unread(AZURE_LOG_STORAGE)).contains("404 ResourceNotFound");
    }

    @Test
    void anAccountInASubscriptionOutOfSightIsNotAsked() {
        arm.exportDirectory(
                "kept",
                "storageAccountId",
                FakeArm.account("/subscriptions/" + FakeTenant.id("elsewhere"), "seclogs"),
                "AuditLogs");
        Readings readings = read(AZURE_LOG_STORAGE);
        assertThat(readings.values(AZURE_LOG_STORAGE, LogStorage.class)).isEmpty();
        assertThat(readings.gaps(AZURE_LOG_STORAGE)).isEmpty();
        assertThat(asked("managementPolicies")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../x", "/a?b=c", "#f", "/x%2F..%2Fy", ""})
    void anIdThatLeadsElsewhereIsAskedNothing(String end) {
        String odd = end.isEmpty() ? "/odd" : account + end;
        arm.exportDirectory("kept", "storageAccountId", odd, "AuditLogs");
        assertThat(read(AZURE_LOG_STORAGE).unread(AZURE_LOG_STORAGE))
                .isEqualTo("a storage account was returned with an unusable id");
        assertThat(asked("managementPolicies")).isZero();
    }

    private static final String WATCH = "SigninLogs | where UserId == 'x'";

    private AzureAlertRule.Query query(String kind, String property, String value) {
        sent(soc);
        arm.sentinelRule(soc, kind, "emergency", WATCH)
                .set(property, FakeTenant.json("{it:" + value + "}").path("it"));
        AzureAlertRule rule = read(AZURE_SENTINEL_RULES).only(AZURE_SENTINEL_RULES, AzureAlertRule.class);
        assertThat(rule.name()).isEqualTo("emergency");
        assertThat(rule.scopes()).containsExactly(soc.toLowerCase(Locale.ROOT));
        assertThat(rule.works()).isTrue();
        assertThat(rule.queries()).hasSize(1);
        return rule.queries().get(0);
    }

    @Test
    void aRuleOfSentinelHasItsQueryAndTheWorkspaceItReads() {
        assertThat(query("Scheduled", "severity", "'High'"))
                .isEqualTo(new AzureAlertRule.Query(WATCH, true, Duration.ofMinutes(5)));
    }

    @Test
    void aNearRealTimeRuleAsksEveryMinute() {
        assertThat(query("NRT", "queryFrequency", "null"))
                .isEqualTo(new AzureAlertRule.Query(WATCH, true, Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "triggerThreshold | 1",
                "triggerOperator | \"LessThan\"",
                "suppressionEnabled | true",
                "queryPeriod | \"PT1M\"",
                "queryPeriod | \"soon\"",
                "incidentConfiguration | {createIncident:false}"
            })
    void aRuleOfSentinelThatLeavesSomethingOutIsNotForAnyRow(String property, String value) {
        assertThat(query("Scheduled", property, value).anyRow()).isFalse();
    }

    @Test
    void aRuleThatIsOffWorksNotAndOneOfMicrosoftsMakingIsNone() {
        sent(soc);
        arm.sentinelRule(soc, "Scheduled", "emergency", WATCH).put("enabled", false);
        arm.sentinelRule(soc, "Fusion", "fusion", "").remove("query");
        assertThat(read(AZURE_SENTINEL_RULES)
                        .only(AZURE_SENTINEL_RULES, AzureAlertRule.class)
                        .works())
                .isFalse();
    }

    @Test
    void onlyWhereSentinelWorksItsRulesAreAsked() {
        String old = arm.workspace(production, "log-old", 90, false);
        sent(old);
        assertThat(read(AZURE_SENTINEL_RULES).values(AZURE_SENTINEL_RULES, AzureAlertRule.class))
                .isEmpty();
        assertThat(asked("alertRules")).isZero();
    }

    private static final String BY_WATCHLIST =
            "SigninLogs | where UserPrincipalName in~ ((_GetWatchlist('Emergency_1') | project UserPrincipalName))";

    private Readings watchlists() {
        return read(AZURE_ALERT_RULES, AZURE_SENTINEL_RULES, AZURE_WORKSPACES, AZURE_WATCHLISTS);
    }

    private long asked() {
        return asked("watchlistItems");
    }

    @Test
    void aWatchlistThatAQueryNamesIsRead() {
        sent(soc);
        arm.sentinelRule(soc, "Scheduled", "emergency", BY_WATCHLIST);
        arm.watchlistItem(soc, "Emergency_1", "UserPrincipalName", "bg@contoso.com")
                .put("Note", "in the safe")
                .put("Empty", "");
        assertThat(watchlists().only(AZURE_WATCHLISTS, Watchlist.class))
                .isEqualTo(new Watchlist(
                        soc.toLowerCase(Locale.ROOT),
                        "Emergency_1",
                        List.of(Map.of("UserPrincipalName", "bg@contoso.com", "Note", "in the safe", "Empty", ""))));
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void whatIsDeletedFromAWatchlistIsNotOnIt() {
        sent(soc);
        arm.sentinelRule(soc, "Scheduled", "emergency", BY_WATCHLIST);
        arm.watchlistItem(soc, "Emergency_1", "UserPrincipalName", "bg@contoso.com");
        arm.watchlistItems(soc, "Emergency_1").get(0).withObject("/properties").put("isDeleted", true);
        assertThat(watchlists().only(AZURE_WATCHLISTS, Watchlist.class).items()).isEmpty();
    }

    @Test
    void aWatchlistWithOddColumnsIsNotKnown() {
        sent(soc);
        arm.sentinelRule(soc, "Scheduled", "emergency", BY_WATCHLIST);
        arm.watchlistItem(soc, "Emergency_1", "UserPrincipalName", "bg@contoso.com")
                .putArray("Groups")
                .add("one");
        assertThat(watchlists().unread(AZURE_WATCHLISTS)).isEqualTo("items of watchlists came with an unusable Groups");
    }

    @Test
    void aWatchlistThatIsRefusedOrNotThereIsNotKnown() {
        sent(soc);
        arm.sentinelRule(soc, "Scheduled", "emergency", BY_WATCHLIST);
        assertThat(watchlists().unread(AZURE_WATCHLISTS))
                .isEqualTo("Azure Resource Manager answered 404 NotFound: refused on demand");
        arm.refuse(
                soc + "/providers/Microsoft.SecurityInsights/watchlists/Emergency_1/watchlistItems",
                403,
                "AuthorizationFailed");
        assertThat(watchlists().unread(AZURE_WATCHLISTS)).contains("grant it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../secrets", "a b", "", "emergency?x=1", "%2e%2e"})
    void whatCanBeNoAliasIsNotAskedFor(String alias) {
        sent(soc);
        arm.sentinelRule(soc, "Scheduled", "emergency", BY_WATCHLIST.replace("Emergency_1", alias));
        assertThat(watchlists().values(AZURE_WATCHLISTS, Watchlist.class)).isEmpty();
        assertThat(asked()).isZero();
    }

    @Test
    void noQueryThatNamesOneNoWatchlistIsAskedFor() {
        sent(soc);
        arm.sentinelRule(soc, "Scheduled", "emergency", WATCH);
        arm.sentinelRule(soc, "Scheduled", "off", BY_WATCHLIST).put("enabled", false);
        assertThat(watchlists().values(AZURE_WATCHLISTS, Watchlist.class)).isEmpty();
        assertThat(asked()).isZero();
    }

    @Test
    void rulesThatAreRefusedAreUnread() {
        sent(soc);
        arm.refuse(soc + "/providers/Microsoft.SecurityInsights/alertRules", 403, "AuthorizationFailed");
        assertThat(read(AZURE_SENTINEL_RULES).byKind().get(AZURE_SENTINEL_RULES))
                .isInstanceOf(Reading.Unread.class);
    }
}
