package dev.parc.roadmap.stage4;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.AzureBuilder;
import dev.parc.check.CheckTester;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.LogDestination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class S407AuditLogsAreKeptTest {

    private static final String FAIL = "audit logs of privileged accounts are not all kept for 365 days";
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
    void aYearIsEnoughOnceAPersonVouchesForTheRest() {
        azure.export("Production", "year", "Administrative").exportDirectory("year", "AuditLogs", "SignInLogs");
        check.given(attested()).isAttested(SEEN + "; attested by Ann, valid until 2027-09-01");
        check.given(azure.build().nothingAttested()).isReview(SEEN + "; 2 of 2 statements are not attested");
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
        check.given(attested()).isAttested(SEEN + "; attested by Ann, valid until 2027-09-01");
    }

    @ParameterizedTest
    @EnumSource(
            value = LogDestination.Kind.class,
            names = {"STORAGE_ACCOUNT", "EVENT_HUB", "PARTNER_SOLUTION"})
    void whatKeepsThemByItsOwnRulesIsForAPersonToVouchFor(LogDestination.Kind kind) {
        azure.export("Production", kind, "Administrative").exportDirectory(kind, "AuditLogs", "SignInLogs");
        check.given(attested()).isAttested(SEEN + "; attested by Ann, valid until 2027-09-01");
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
                .isReview("logs go to workspaces that PARC does not see, so how long they are kept is open")
                .findsOnly("Production", "sends Administrative to a workspace that PARC does not see");
    }

    @Test
    void aTenantWithoutSubscriptionsHasItsDirectory() {
        AzureBuilder none = AzureBuilder.in(tenant()).workspace("year", 365, false);
        none.exportDirectory("year", "AuditLogs", "SignInLogs");
        check.given(none.build().attested("S4-07", 1).attested("S4-07", 2))
                .isAttested(
                        "the directory's audit logs are sent where they can be kept for a year; attested by Ann, valid"
                                + " until 2027-09-01");
    }

    @Test
    void withoutP1ThereAreNoSignInLogsToKeep() {
        azure.export("Production", "year", "Administrative").exportDirectory("year", "AuditLogs");
        check.given(attested().without(Licence.ENTRA_ID_P1))
                .isAttested(SEEN + "; attested by Ann, valid until 2027-09-01");
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
