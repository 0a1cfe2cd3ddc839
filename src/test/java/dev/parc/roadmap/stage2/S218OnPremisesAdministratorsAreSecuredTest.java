package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.activity.DefenderSensor;
import dev.parc.facts.directory.DeviceRegistration.Scope;
import dev.parc.facts.directory.LapsBackups;
import dev.parc.facts.directory.SyncState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class S218OnPremisesAdministratorsAreSecuredTest {

    private static final String UNSEEN =
            "no interface of the cloud sees who administers Active Directory, from where and with which passwords";

    private final CheckTester check = CheckTester.of(new S218OnPremisesAdministratorsAreSecured());

    /** Hybrid, with one healthy sensor and nothing to complain about. */
    private static TenantBuilder hybrid() {
        return tenant().synchronised()
                .deviceRegistration(Scope.SELECTED, Scope.NOBODY, false, true)
                .add(
                        FactKind.DEFENDER_SENSORS,
                        new DefenderSensor("1", "DC1", "corp.contoso.com", "healthy", "upToDate"));
    }

    @Test
    void threeAttestedStatementsAreAPass() {
        check.given(GoodTenant.build())
                .isAttested(UNSEEN + "; attested by Ann until 2027-09-01")
                .findsNothing();
    }

    @Test
    void withoutAWordItIsAReview() {
        check.given(hybrid().add(FactKind.LAPS_BACKUPS, new LapsBackups(3, 3, false)))
                .isReview(UNSEEN + "; 2 of 2 statements to attest")
                .findsNothing();
    }

    @Test
    void synchronisedAdministratorsAreNamed() {
        check.given(hybrid().account(account("eve@contoso.com", TenantBuilder.Change.SYNCED))
                        .account(account("was@contoso.com", TenantBuilder.Change.NO_LONGER_SYNCED)))
                .isReview(UNSEEN + "; 2 of 2 statements to attest")
                .findsOnly(
                        "eve@contoso.com",
                        "is synchronised from on-premises and administers the cloud; see that it does not administer"
                                + " Active Directory too");
    }

    @Test
    void passwordsThatAreNotKeptInTheCloudAreNamed() {
        check.given(hybrid().deviceRegistration(Scope.SELECTED, Scope.NOBODY, false, false)
                        .add(FactKind.LAPS_BACKUPS, new LapsBackups(0, 0, false)))
                .isReview(UNSEEN + "; 2 of 2 statements to attest")
                .findsOnly(
                        "the tenant",
                        "does not let Windows LAPS keep local administrator passwords in Microsoft Entra ID; that it"
                                + " keeps them in Active Directory cannot be seen from here");
    }

    @ParameterizedTest
    @CsvSource({
        "0,   0,  false, has no device that backed its local administrator password up to Microsoft Entra ID",
        "20,  19, false, has 19 of 20 devices that backed their local administrator password up in the last 60 days",
        "100, 99, true,  has 99 of the first 100 devices that backed their local administrator password up in the last"
                + " 60 days",
    })
    void devicesWithoutARecentBackupAreCounted(int devices, int recent, boolean more, String message) {
        check.given(hybrid().add(FactKind.LAPS_BACKUPS, new LapsBackups(devices, recent, more)))
                .isReview(UNSEEN + "; 2 of 2 statements to attest")
                .findsOnly("the tenant", message);
    }

    @Test
    void aTenantWithoutSensorsIsTold() {
        check.given(tenant().synchronised())
                .isReview(UNSEEN + "; 2 of 2 statements to attest")
                .findsOnly(
                        "the tenant",
                        "has no Defender for Identity sensor, which would show what administrators of Active Directory"
                                + " do");
        check.given(tenant().synchronised().unread(FactKind.DEFENDER_SENSORS, "permission X is missing"))
                .isReview(UNSEEN + "; 2 of 2 statements to attest")
                .findsNothing();
    }

    @ParameterizedTest
    @EnumSource(
            value = SyncState.class,
            names = {"NEVER_SYNCED", "NO_LONGER_SYNCED"})
    void withoutSynchronisationItDoesNotApply(SyncState sync) {
        check.given(GoodTenant.build().synchronisation(sync))
                .isNotApplicable("nothing is synchronised from on-premises");
    }
}
