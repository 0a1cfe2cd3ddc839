package dev.parc.roadmap.breakglass;

import static dev.parc.check.TenantBuilder.NOW;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.azure.DiagnosticSetting;
import dev.parc.facts.azure.LogDestination;
import dev.parc.facts.azure.LogExports;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Federation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BG02PlaybookIsOnFileTest {

    private static final String UNSEEN = "no interface tells what a playbook says";

    private final CheckTester check = CheckTester.of(new BG02PlaybookIsOnFile());

    private static TenantBuilder allBut(int missing) {
        TenantBuilder tenant = GoodTenant.build().nothingAttested();
        IntStream.rangeClosed(1, 8).filter(step -> step != missing).forEach(step -> tenant.attested("BG-02", step));
        return tenant;
    }

    @Test
    void eightStepsAreAPass() {
        check.given(allBut(0))
                .isAttested(UNSEEN + "; attested by Ann until 2027-09-01")
                .findsNothing();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyStepCounts(int missing) {
        check.given(allBut(missing)).isReview(UNSEEN + "; 1 of 8 statements to attest");
    }

    @Test
    void noWordOutweighsAFederatedDomainWithoutHashes() {
        check.given(GoodTenant.build()
                        .domain("corp.contoso.com", true)
                        .passwordHashes(Optional.of(false), Optional.empty()))
                .isReview("a step of the playbook cannot be done in this tenant")
                .findsOnly(
                        "the tenant",
                        "has the federated domain corp.contoso.com, and no password hashes to switch it to (step 6)");
    }

    @Test
    void federationWithHashesAndCloudSignInWithoutAreBothFine() {
        check.given(GoodTenant.build().domain("corp.contoso.com", true))
                .isAttested(UNSEEN + "; attested by Ann until 2027-09-01");
        check.given(GoodTenant.build().passwordHashes(Optional.of(false), Optional.empty()))
                .isAttested(UNSEEN + "; attested by Ann until 2027-09-01");
    }

    private static final Account EVE = account("eve@corp.contoso.com");

    /** A Global Administrator of a federated domain, with these methods. */
    private static TenantBuilder federated(TenantBuilder tenant, String... methods) {
        return tenant.domain("corp.contoso.com", true)
                .add(FactKind.FEDERATIONS, new Federation("corp.contoso.com", "AD FS", "rejectMfaByFederatedIdp"))
                .globalAdmin(EVE)
                .inGroups(EVE)
                .registered(EVE, methods)
                .authenticationMethods("Fido2", "MicrosoftAuthenticator");
    }

    @Test
    void whoIsLockedOutWhileFederationIsDownIsShown() {
        check.given(federated(GoodTenant.build(), "microsoftAuthenticatorPush"))
                .isAttested(UNSEEN + "; attested by Ann until 2027-09-01")
                .findsOnly(
                        EVE.signInName(),
                        "is a Global Administrator and is locked out while federation is down (step 6)");
        check.given(federated(GoodTenant.build(), "fido2SecurityKey"))
                .isAttested(UNSEEN + "; attested by Ann until 2027-09-01")
                .findsNothing();
    }

    @Test
    void noWordOutweighsThatNobodyGetsInWhileFederationIsDown() {
        TenantBuilder alone = tenant();
        IntStream.rangeClosed(1, 8).forEach(step -> alone.attested("BG-02", step));
        alone.passwordHashes(Optional.of(true), Optional.of(NOW));
        check.given(federated(alone, "microsoftAuthenticatorPush"))
                .isReview("a step of the playbook cannot be done in this tenant")
                .findsOnly(
                        EVE.signInName(),
                        "is a Global Administrator and is locked out while federation is down (step 6)");
    }

    @Test
    void methodsThatCouldNotBeReadLockNobodyOut() {
        check.given(federated(GoodTenant.build(), "microsoftAuthenticatorPush")
                        .unread(FactKind.REGISTRATIONS, "permission X is missing"))
                .isAttested(UNSEEN + "; attested by Ann until 2027-09-01")
                .findsNothing();
    }

    @Test
    void hashesThatCouldNotBeReadAreNotCalledMissing() {
        check.given(GoodTenant.build()
                        .domain("corp.contoso.com", true)
                        .unread(FactKind.PASSWORD_HASH_SYNC, "permission X is missing"))
                .isAttested(UNSEEN + "; attested by Ann until 2027-09-01");
    }

    @Test
    void whatStepsRelyOnIsShown() {
        check.given(tenant().without(Licence.ENTRA_ID_P1)
                        .passwordHashes(Optional.empty(), Optional.of(NOW))
                        .add(FactKind.ENTRA_DIAGNOSTIC_SETTINGS, exports("auditlogs")))
                .isReview(UNSEEN + "; 1 statement to attest")
                .finds("the tenant", "has no emergency account named in PARC_EMERGENCY_ACCOUNTS (step 3)")
                .finds("the tenant", "names nobody to whom Microsoft writes about security (step 1)")
                .finds(
                        "the tenant",
                        "sends these logs of Microsoft Entra ID nowhere: SignInLogs; they are gone after 30 days at"
                                + " most (step 8)")
                .finds(
                        "the tenant",
                        "has no Microsoft Entra ID P1 licence, so sign-in logs reach back seven days and cannot be"
                                + " exported (steps 5 and 8)");
    }

    private static LogExports exports(String... categories) {
        LogDestination hub = new LogDestination(LogDestination.Kind.EVENT_HUB, "/subscriptions/1/hub");
        return new LogExports(
                LogExports.ENTRA_ID,
                List.of(new DiagnosticSetting("to the SIEM", Set.of(categories), Set.of(), List.of(hub))));
    }

    @Test
    void logsThatAreExportedAreNothingToLookAt() {
        check.given(allBut(0).unread(FactKind.ENTRA_DIAGNOSTIC_SETTINGS, "role X is missing"))
                .isAttested(UNSEEN + "; attested by Ann until 2027-09-01")
                .findsNothing();
        check.given(allBut(0).add(FactKind.ENTRA_DIAGNOSTIC_SETTINGS, exports("auditlogs", "signinlogs")))
                .isAttested(UNSEEN + "; attested by Ann until 2027-09-01")
                .findsNothing();
    }

    @Test
    void licencesThatCouldNotBeReadAreNotCalledMissing() {
        check.given(GoodTenant.build().unread(FactKind.SERVICE_PLANS, "permission X is missing"))
                .isAttested(UNSEEN + "; attested by Ann until 2027-09-01")
                .findsNothing();
    }
}
