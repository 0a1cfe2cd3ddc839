package dev.parc.roadmap.stage3;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.AzureBuilder;
import dev.parc.check.CheckTester;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.azure.LogDestination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class S314AzureLogsReachTheSiemTest {

    private static final String FAIL = "not all logs of the directory and the subscriptions reach a SIEM";
    private static final String SEEN =
            "audit and sign-in logs of the directory and the Activity Log of 1 subscription go"
                    + " to a SIEM or to what feeds one";
    private static final String[] ALL = {
        "AuditLogs",
        "SignInLogs",
        "NonInteractiveUserSignInLogs",
        "ServicePrincipalSignInLogs",
        "ManagedIdentitySignInLogs"
    };

    private final CheckTester check = CheckTester.of(new S314AzureLogsReachTheSiem());
    private final AzureBuilder azure = AzureBuilder.in(tenant())
            .subscription("Production")
            .workspace("soc", 90, true)
            .workspace("plain", 90, false);

    private TenantBuilder attested() {
        return azure.build().attested("S3-14", 1).attested("S3-14", 2).attested("S3-14", 3);
    }

    @Test
    void sentinelHasThemAndAPersonAttestsTheRest() {
        azure.export("Production", "soc", "Administrative", "Security").exportDirectory("soc", ALL);
        check.given(attested())
                .isAttested(SEEN + "; attested by Ann until 2027-09-01")
                .findsNothing();
    }

    @ParameterizedTest
    @EnumSource(
            value = LogDestination.Kind.class,
            names = {"EVENT_HUB", "PARTNER_SOLUTION"})
    void whatFeedsAnotherSiemIsForAPersonToAttest(LogDestination.Kind kind) {
        azure.export("Production", kind, "Administrative", "Security").exportDirectory(kind, ALL);
        check.given(attested()).isAttested(SEEN + "; attested by Ann until 2027-09-01");
        check.given(azure.build().nothingAttested()).isReview(SEEN + "; 2 of 2 statements to attest");
    }

    @Test
    void whatSentinelHasNeedsNoWordForAnotherSiem() {
        azure.export("Production", "soc", "Administrative", "Security").exportDirectory("soc", ALL);
        check.given(azure.build().attested("S3-14", 2)).isAttested(SEEN + "; attested by Ann until 2027-09-01");
        check.given(azure.build().nothingAttested()).isReview(SEEN + "; 1 statement to attest");
    }

    @Test
    void aWorkspaceIsOnboardedWithoutTheSolutionToo() {
        azure.workspace("new", 90, false, true)
                .export("Production", "new", "Administrative", "Security")
                .exportDirectory("new", ALL);
        check.given(attested()).isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void theSolutionAloneOnboardsNothing() {
        azure.workspace("old", 90, true, false)
                .export("Production", "old", "Administrative", "Security")
                .exportDirectory("soc", ALL);
        check.given(attested())
                .isFail(FAIL)
                .findsOnly(
                        "Production",
                        "sends these to no SIEM: Administrative, Security; the solution SecurityInsights is there, but"
                                + " Microsoft Sentinel is not onboarded to old");
    }

    @Test
    void aWorkspaceOfWhichOnboardingWasNotReadIsNeitherFailNorPass() {
        azure.unreadWorkspace("silent", 90, true)
                .export("Production", "silent", "Administrative", "Security")
                .exportDirectory("soc", ALL);
        check.given(attested().gap(FactKind.AZURE_SENTINEL, "Azure Resource Manager answered 500"))
                .isNotAssessed("workspaces onboarded to Microsoft Sentinel: Azure Resource Manager answered 500");
    }

    @Test
    void whatGoesNowhereFailsThoughOnboardingWasNotRead() {
        azure.export("Production", "soc", "Administrative").exportDirectory("soc", ALL);
        check.given(attested().gap(FactKind.AZURE_SENTINEL, "Azure Resource Manager answered 500"))
                .isFail(FAIL)
                .findsOnly("Production", "sends these to no SIEM: Security");
    }

    @Test
    void aWorkspaceWithoutSentinelIsNoSiem() {
        azure.export("Production", "plain", "Administrative", "Security").exportDirectory("soc", ALL);
        check.given(attested())
                .isFail(FAIL)
                .findsOnly("Production", "sends these to no SIEM: Administrative, Security");
    }

    @Test
    void storageIsHandedOnOnceAPersonAttestsThatTheSiemCollectsIt() {
        azure.export("Production", LogDestination.Kind.STORAGE_ACCOUNT, "Administrative", "Security")
                .exportDirectory(LogDestination.Kind.STORAGE_ACCOUNT, ALL);
        check.given(azure.build().attested("S3-14", 2).attested("S3-14", 3))
                .isAttested(SEEN + "; attested by Ann until 2027-09-01")
                .findsNothing();
    }

    @Test
    void aWordGivenForEventHubsIsNoneForStorage() {
        azure.export("Production", "soc", "Administrative", "Security")
                .exportDirectory(LogDestination.Kind.STORAGE_ACCOUNT, ALL);
        check.given(azure.build().attested("S3-14", 1).attested("S3-14", 2))
                .isReview(SEEN + "; 1 of 2 statements to attest");
    }

    @Test
    void storageBesideSentinelNeedsNoWord() {
        azure.export("Production", "soc", "Administrative", "Security")
                .exportDirectory("soc", ALL)
                .exportDirectory(LogDestination.Kind.STORAGE_ACCOUNT, ALL);
        check.given(azure.build().attested("S3-14", 2)).isAttested(SEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void halfTheLogsFail() {
        azure.export("Production", "soc", "Administrative").exportDirectory("soc", "AuditLogs");
        check.given(attested())
                .isFail(FAIL)
                .finds("Production", "sends these to no SIEM: Security")
                .finds("the tenant", "sends these to no SIEM: SignInLogs");
    }

    @Test
    void signInsWithoutAPersonAreShownWhereTheyAreKeptBack() {
        azure.export("Production", "soc", "Administrative", "Security")
                .exportDirectory("soc", "AuditLogs", "SignInLogs", "ServicePrincipalSignInLogs");
        check.given(attested())
                .isAttested(SEEN + "; attested by Ann until 2027-09-01")
                .findsOnly(
                        "the tenant",
                        "keeps these from the SIEM: NonInteractiveUserSignInLogs, ManagedIdentitySignInLogs");
    }

    @Test
    void aWorkspaceOutOfSightIsForAPersonEvenAttested() {
        azure.export("Production", "hidden", "Administrative", "Security").exportDirectory("soc", ALL);
        check.given(attested())
                .isReview("logs go to workspaces that PARC does not see, so whether a SIEM has them is open")
                .findsOnly("Production", "sends these to a workspace that PARC does not see: Administrative, Security");
    }

    @Test
    void withoutP1ThereAreNoSignInLogsToSend() {
        azure.export("Production", "soc", "Administrative", "Security").exportDirectory("soc", "AuditLogs");
        check.given(attested().without(Licence.ENTRA_ID_P1))
                .isAttested("audit logs of the directory and the Activity Log of 1 subscription go to a SIEM or to what"
                        + " feeds one; attested by Ann until 2027-09-01");
    }

    @Test
    void disabledSubscriptionsAreLeftOut() {
        azure.export("Production", "soc", "Administrative", "Security")
                .exportDirectory("soc", ALL)
                .subscription("Old", AzureSubscription.State.DISABLED);
        check.given(attested())
                .isAttested(
                        "audit and sign-in logs of the directory and the Activity Log of 1 subscription (1 disabled left out) go to a SIEM or to what…; attested by Ann until 2027-09-01");
    }

    @Test
    void withoutItsOwnAssignmentTheDirectoryIsNotAssessed() {
        check.given(azure.build()
                        .unread(FactKind.ENTRA_DIAGNOSTIC_SETTINGS, "the role Reader at /providers/Microsoft.aadiam"))
                .isNotAssessed(
                        "diagnostic settings of Microsoft Entra ID: the role Reader at /providers/Microsoft.aadiam");
    }

    @Test
    void aWorkspaceThatWasNotReadIsNotTakenForOneWithoutSentinel() {
        azure.export("Production", "plain", "Administrative", "Security").exportDirectory("soc", ALL);
        check.given(attested().gap(FactKind.AZURE_WORKSPACES, "resources came without name"))
                .isNotAssessed("Log Analytics workspaces: resources came without name");
    }

    @Test
    void aDirectoryOfWhichNothingWasReadIsNotAssessed() {
        azure.export("Production", "soc", "Administrative", "Security");
        check.given(attested()).isNotAssessed("diagnostic settings of Microsoft Entra ID: nothing was read of them");
    }
}
