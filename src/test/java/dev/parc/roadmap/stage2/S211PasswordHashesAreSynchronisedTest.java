package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.NOW;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.directory.PasswordHashSync;
import dev.parc.facts.directory.ProvisioningJob;
import dev.parc.facts.directory.SyncState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class S211PasswordHashesAreSynchronisedTest {

    private static final Optional<Boolean> ON = Optional.of(true);
    private static final Optional<Boolean> OFF = Optional.of(false);
    private static final Optional<Boolean> UNREAD = Optional.empty();
    private static final Instant THREE_DAYS_AGO = NOW.minus(Duration.ofDays(3));

    private final CheckTester check = CheckTester.of(new S211PasswordHashesAreSynchronised());

    private static TenantBuilder hashes(Optional<Boolean> on, Optional<Instant> last) {
        return tenant().synchronised().passwordHashes(on, last);
    }

    @Test
    void hashesThatComeAreEnoughWhetherTheSwitchCanBeReadOrNot() {
        check.given(GoodTenant.build()).isPass("password hashes are synchronised; hashes last came on 2026-09-01");
        check.given(hashes(ON, Optional.of(NOW)))
                .isPass("password hashes are synchronised; hashes last came on 2026-09-01");
    }

    @Test
    void theSwitchIsEnoughWhereTheTimeCouldNotBeRead() {
        check.given(tenant().synchronisation(SyncState.SYNCED)
                        .add(FactKind.PASSWORD_HASH_SYNC, new PasswordHashSync(ON, Optional.empty())))
                .isPass("password hashes are synchronised; when hashes last came could not be read");
    }

    @Test
    void threeDaysOfSilenceAreWithinBoundsAndNoSecondMore() {
        check.given(hashes(UNREAD, Optional.of(THREE_DAYS_AGO)))
                .isPass("password hashes are synchronised; hashes last came on 2026-08-29, 3 days ago");
        check.given(hashes(UNREAD, Optional.of(THREE_DAYS_AGO.minusSeconds(1))))
                .isFail("password hash synchronisation does not work; hashes last came on 2026-08-29, 3 days ago")
                .findsNothing();
    }

    @Test
    void aSwitchThatIsOnDoesNotHideThatNothingComes() {
        check.given(hashes(ON, Optional.of(NOW.minus(Duration.ofDays(40)))))
                .isFail("password hash synchronisation does not work; hashes last came on 2026-07-23, 40 days ago");
        check.given(hashes(ON, Optional.empty()))
                .isFail("password hash synchronisation does not work; hashes have never come");
    }

    @Test
    void aFederatedDomainWithoutHashesIsNamed() {
        check.given(hashes(OFF, Optional.empty()).domain("corp.contoso.com", true))
                .isFail("password hash synchronisation is off; hashes have never come")
                .findsOnly(
                        "the tenant",
                        "has the federated domain corp.contoso.com, whose users cannot sign in while its identity"
                                + " provider is down");
    }

    @Test
    void offIsAFailWhereTheTimeCouldNotBeRead() {
        check.given(tenant().synchronisation(SyncState.SYNCED)
                        .add(FactKind.PASSWORD_HASH_SYNC, new PasswordHashSync(OFF, Optional.empty())))
                .isFail("password hash synchronisation is off; when hashes last came could not be read");
    }

    @Test
    void aSwitchThatIsOffWhileHashesComeIsForAPersonToResolve() {
        check.given(hashes(OFF, Optional.of(NOW.minus(Duration.ofDays(1)))))
                .isReview("password hash synchronisation is said to be off; yet hashes last came on 2026-08-31, 1 day"
                        + " ago: look which is true");
    }

    @Test
    void theJobOfCloudSyncTellsThatTheSwitchIsOfTheOtherWay() {
        Optional<Instant> yesterday = Optional.of(NOW.minus(Duration.ofDays(1)));
        check.given(hashes(OFF, yesterday).provisioned("contoso", ProvisioningJob.State.ACTIVE, "AD2AADPasswordHash"))
                .isPass("password hashes are synchronised by cloud sync; hashes last came on 2026-08-31, 1 day ago");
        check.given(hashes(OFF, yesterday).provisioned("contoso", ProvisioningJob.State.ACTIVE, "AD2AADProvisioning"))
                .isReview("password hash synchronisation is said to be off; yet hashes last came on 2026-08-31, 1 day"
                        + " ago: look which is true");
        check.given(hashes(OFF, yesterday).provisioned("contoso", ProvisioningJob.State.PAUSED, "AD2AADPasswordHash"))
                .isReview("password hash synchronisation is said to be off; yet hashes last came on 2026-08-31, 1 day"
                        + " ago: look which is true");
        check.given(hashes(ON, yesterday)
                        .provisioned("contoso", ProvisioningJob.State.QUARANTINED, "AD2AADPasswordHash"))
                .isReview("a job of cloud sync that brings password hashes is in quarantine; hashes last came on"
                        + " 2026-08-31, 1 day ago");
        check.given(hashes(OFF, Optional.empty())
                        .provisioned("contoso", ProvisioningJob.State.ACTIVE, "AD2AADPasswordHash"))
                .isFail("password hash synchronisation is off; hashes have never come");
    }

    @ParameterizedTest
    @EnumSource(
            value = SyncState.class,
            names = {"NEVER_SYNCED", "NO_LONGER_SYNCED"})
    void aCloudOnlyTenantNeedsNoHashesThoughItHasTheSwitch(SyncState sync) {
        check.given(tenant().synchronisation(sync).passwordHashes(OFF, Optional.empty()))
                .isNotApplicable("nothing is synchronised from on-premises and no domain is federated");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void federationWithoutSynchronisationHasNoHashesToFallBackOn(boolean on) {
        check.given(tenant().passwordHashes(Optional.of(on), Optional.of(NOW)).domain("okta.contoso.com", true))
                .isReview("nothing is synchronised from on-premises, so no password hash can stand in for a federated"
                        + " domain")
                .findsOnly(
                        "the tenant",
                        "has the federated domain okta.contoso.com, whose users cannot sign in while its identity"
                                + " provider is down");
    }

    @Test
    void withoutBothReadsItIsNotAssessed() {
        check.given(GoodTenant.build().unread(FactKind.PASSWORD_HASH_SYNC, "permission X is missing"))
                .isNotAssessed("password hash synchronisation: permission X is missing");
        check.given(tenant().synchronisation(SyncState.SYNCED))
                .isNotAssessed("password hash synchronisation: nothing was read");
    }
}
