package dev.parc.roadmap.stage4;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.AzureBuilder;
import dev.parc.check.CheckTester;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.azure.LogDestination;
import dev.parc.facts.azure.LogStorage;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class S407AuditLogsAreKeptTest {

    private static final String FAIL = "audit logs of privileged accounts are not all kept for 365 days";
    private static final String OPEN = "logs go to places of which PARC does not see for how long they keep them";
    private static final String SEEN =
            "the directory's audit logs and the Activity Log of 1 subscription are sent where they can be kept for a"
                    + " year";

    private final CheckTester check = CheckTester.of(new S407AuditLogsAreKept());
    private final AzureBuilder azure = AzureBuilder.in(tenant())
            .subscription("Production")
            .workspace("year", 365, false)
            .workspace("almost", 364, true);

    private TenantBuilder attested() {
        return azure.build().attested("S4-07", 1).attested("S4-07", 2);
    }

    @Test
    void aYearIsEnoughOnceAPersonAttestsTheRest() {
        azure.export("Production", "year", "Administrative").exportDirectory("year", "AuditLogs", "SignInLogs");
        check.given(attested()).isAttested(SEEN + "; attested by Ann until 2027-09-01");
        check.given(azure.build().nothingAttested()).isReview(SEEN + "; 1 statement to attest");
    }

    @Test
    void aDayLessIsNot() {
        azure.export("Production", "almost", "Administrative").exportDirectory("year", "AuditLogs", "SignInLogs");
        check.given(attested()).isFail(FAIL).findsOnly("Production", "keeps Administrative for 364 of 365 days");
    }

    @Test
    void theLongestOfSeveralCounts() {
        azure.export("Production", "almost", "Administrative")
                .export("Production", "year", "Administrative")
                .exportDirectory("year", "AuditLogs", "SignInLogs");
        check.given(attested()).isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void theTableDecidesAndNotTheWorkspace() {
        azure.workspace("short", 90, true)
                .table("short", "AuditLogs", 365)
                .table("short", "SigninLogs", 730)
                .table("short", "AzureActivity", 2_556)
                .export("Production", "short", "Administrative")
                .exportDirectory("short", "AuditLogs", "SignInLogs");
        check.given(attested()).isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void oneTableThatForgetsSoonerThanItsWorkspaceFails() {
        azure.table("year", "SigninLogs", 30)
                .export("Production", "year", "Administrative")
                .exportDirectory("year", "AuditLogs", "SignInLogs");
        check.given(attested()).isFail(FAIL).findsOnly("the tenant", "keeps SignInLogs for 30 of 365 days");
    }

    @Test
    void aTableThatWasNotReadIsNotTakenForItsWorkspace() {
        azure.unreadWorkspace("silent", 90, true)
                .export("Production", "silent", "Administrative")
                .exportDirectory("year", "AuditLogs", "SignInLogs");
        TenantBuilder tenant = attested();
        check.given(tenant)
                .isReview(OPEN)
                .findsOnly(
                        "Production",
                        "sends Administrative where PARC does not see for how long they are kept: "
                                + TenantBuilder.id("silent"));
        check.given(tenant.gap(FactKind.AZURE_LOG_TABLES, "Azure Resource Manager answered 500"))
                .isNotAssessed("retention of tables in Log Analytics workspaces: Azure Resource Manager answered 500")
                .findsNothing();
    }

    private TenantBuilder stored(LogStorage.Rule... rules) {
        azure.account(rules)
                .export("Production", LogDestination.Kind.STORAGE_ACCOUNT, "Administrative")
                .exportDirectory(LogDestination.Kind.STORAGE_ACCOUNT, "AuditLogs", "SignInLogs");
        return attested();
    }

    @Test
    void storageKeepsForGoodWhereNoRuleDeletes() {
        check.given(stored()).isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void aRuleOfAYearIsLongEnough() {
        check.given(stored(new LogStorage.Rule(Set.of(), false, 365)))
                .isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void aRuleThatDeletesSoonerFails() {
        check.given(stored(new LogStorage.Rule(Set.of("insights-logs-signinlogs"), false, 364)))
                .isFail(FAIL)
                .findsOnly("the tenant", "keeps SignInLogs for 364 of 365 days");
    }

    @Test
    void aRuleForAnotherContainerChangesNothing() {
        check.given(stored(new LogStorage.Rule(Set.of("insights-logs-signin-other", "backups/"), false, 7)))
                .isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void aRuleForAPartIsForAPersonWhereTheRestIsKeptForJustAYear() {
        check.given(stored(
                        new LogStorage.Rule(Set.of(), false, 365),
                        new LogStorage.Rule(
                                Set.of("insights-activity-logs/resourceid=/subscriptions/other"), false, 30)))
                .isReview(OPEN);
    }

    @Test
    void aRuleForAPartOfTheLogsIsForAPerson() {
        check.given(stored(new LogStorage.Rule(
                        Set.of("insights-activity-logs/resourceid=/subscriptions/other"), false, 30)))
                .isReview(OPEN)
                .finds(
                        "Production",
                        "a lifecycle rule of " + TenantBuilder.id("elsewhere")
                                + " deletes some of Administrative after 30 of 365 days");
        check.given(stored(new LogStorage.Rule(Set.of(), true, 30))).isReview(OPEN);
    }

    @Test
    void aRuleDoesNotMatterWhereAWorkspaceKeepsTheSameForAYear() {
        azure.account(new LogStorage.Rule(Set.of(), false, 30))
                .export("Production", "year", "Administrative")
                .export("Production", LogDestination.Kind.STORAGE_ACCOUNT, "Administrative")
                .exportDirectory("year", "AuditLogs", "SignInLogs");
        check.given(attested()).isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void storageOutOfSightIsForAPerson() {
        azure.export("Production", "year", "Administrative")
                .exportDirectory(LogDestination.Kind.STORAGE_ACCOUNT, "AuditLogs", "SignInLogs");
        check.given(attested())
                .isReview(OPEN)
                .finds(
                        "the tenant",
                        "sends AuditLogs where PARC does not see for how long they are kept: "
                                + TenantBuilder.id("elsewhere"));
    }

    @ParameterizedTest
    @EnumSource(
            value = LogDestination.Kind.class,
            names = {"EVENT_HUB", "PARTNER_SOLUTION"})
    void whatKeepsThemByItsOwnRulesIsForAPersonToAttest(LogDestination.Kind kind) {
        azure.export("Production", kind, "Administrative").exportDirectory(kind, "AuditLogs", "SignInLogs");
        check.given(attested()).isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void whatIsSentNowhereFails() {
        azure.exportDirectory("year", "SignInLogs");
        check.given(attested())
                .isFail(FAIL)
                .finds("the tenant", "sends AuditLogs nowhere, so they are gone after days or weeks")
                .finds("Production", "sends Administrative nowhere, so they are gone after days or weeks");
    }

    @Test
    void aWorkspaceOutOfSightIsForAPerson() {
        azure.export("Production", "hidden", "Administrative").exportDirectory("year", "AuditLogs", "SignInLogs");
        check.given(attested())
                .isReview(OPEN)
                .findsOnly(
                        "Production",
                        "sends Administrative where PARC does not see for how long they are kept: "
                                + TenantBuilder.id("hidden"));
    }

    @Test
    void aTenantWithoutSubscriptionsHasItsDirectory() {
        AzureBuilder none = AzureBuilder.in(tenant()).workspace("year", 365, false);
        none.exportDirectory("year", "AuditLogs", "SignInLogs");
        check.given(none.build().attested("S4-07", 1).attested("S4-07", 2))
                .isAttested(
                        "the directory's audit logs are sent where they can be kept for a year; attested by Ann until 2027-09-01");
    }

    @Test
    void withoutP1ThereAreNoSignInLogsToKeep() {
        azure.export("Production", "year", "Administrative").exportDirectory("year", "AuditLogs");
        check.given(attested().without(Licence.ENTRA_ID_P1)).isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void aWorkspaceThatWasNotReadIsNotTakenForAShortOne() {
        azure.export("Production", "almost", "Administrative").exportDirectory("year", "AuditLogs", "SignInLogs");
        check.given(attested().gap(FactKind.AZURE_WORKSPACES, "resources came without name"))
                .isNotAssessed("Log Analytics workspaces: resources came without name");
    }

    @Test
    void withoutItsOwnAssignmentTheDirectoryIsNotAssessed() {
        check.given(azure.build().unread(FactKind.ENTRA_DIAGNOSTIC_SETTINGS, "Reader at /providers/Microsoft.aadiam"))
                .isNotAssessed("diagnostic settings of Microsoft Entra ID: Reader at /providers/Microsoft.aadiam");
    }

    @Test
    void aDirectoryOfWhichNothingWasReadIsNotAssessed() {
        azure.export("Production", "year", "Administrative");
        check.given(attested()).isNotAssessed("diagnostic settings of Microsoft Entra ID: nothing was read of them");
    }
}
