package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.DEFENDER_HEALTH_ISSUES;
import static dev.parc.facts.FactKind.DEFENDER_SENSORS;
import static dev.parc.facts.FactKind.DEFENDER_SENSOR_CANDIDATES;
import static dev.parc.facts.FactKind.DEVICE_REGISTRATION;
import static dev.parc.facts.FactKind.LAPS_BACKUPS;
import static dev.parc.facts.FactKind.PASSWORD_HASH_SYNC;
import static dev.parc.facts.FactKind.SECURE_SCORES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.activity.DefenderHealthIssue;
import dev.parc.facts.activity.DefenderSensor;
import dev.parc.facts.activity.SecureScore;
import dev.parc.facts.activity.SensorCandidate;
import dev.parc.facts.directory.DeviceRegistration;
import dev.parc.facts.directory.LapsBackups;
import dev.parc.facts.directory.PasswordHashSync;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HybridReaderTest {

    private static final String FEATURES = "/directory/onPremisesSynchronization";
    private static final Instant TODAY = Instant.parse("2026-09-01T06:00:00Z");

    private final FakeTenant tenant = FakeTenant.licensed();

    private PasswordHashSync sync() {
        return Readings.of(tenant, PASSWORD_HASH_SYNC).only(PASSWORD_HASH_SYNC, PasswordHashSync.class);
    }

    private static Optional<PasswordHashSync.LastReceived> received(Instant at) {
        return Optional.of(new PasswordHashSync.LastReceived(Optional.of(at)));
    }

    @Test
    void theSwitchAndTheTimeAreReadTogether() {
        tenant.synchronised(true, "2026-09-01T06:00:00Z");
        assertThat(sync()).isEqualTo(new PasswordHashSync(Optional.of(true), received(TODAY)));
        assertThat(tenant.requests()).containsOnlyKeys("GET " + FEATURES, "GET /beta/organization");
    }

    @Test
    void hashesThatNeverCameAreToldFromATimeThatWasNotRead() {
        tenant.synchronised(false, null);
        assertThat(sync())
                .isEqualTo(new PasswordHashSync(
                        Optional.of(false), Optional.of(new PasswordHashSync.LastReceived(Optional.empty()))));
        tenant.collection("/beta/organization").get(0).remove("onPremisesLastPasswordSyncDateTime");
        assertThat(sync()).isEqualTo(new PasswordHashSync(Optional.of(false), Optional.empty()));
    }

    @Test
    void theTimeIsEnoughWhereTheSwitchIsRefused() {
        tenant.synchronised(true, "2026-09-01T06:00:00Z");
        tenant.refuse(FEATURES, 403, "Authorization_RequestDenied");
        assertThat(sync()).isEqualTo(new PasswordHashSync(Optional.empty(), received(TODAY)));
    }

    @Test
    void theSwitchIsEnoughWhereTheTimeIsUnusable() {
        tenant.synchronised(true, "this morning");
        assertThat(sync()).isEqualTo(new PasswordHashSync(Optional.of(true), Optional.empty()));
    }

    @Test
    void withoutBothItIsUnreadForBothReasons() {
        tenant.refuse("/beta/organization", 403, "Authorization_RequestDenied");
        tenant.refuse(FEATURES, 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, PASSWORD_HASH_SYNC).unread(PASSWORD_HASH_SYNC))
                .isEqualTo("permission Organization.Read.All may be missing (Graph answered 403"
                        + " Authorization_RequestDenied): if it is, grant it to PARC's identity; permission"
                        + " OnPremDirectorySynchronization.Read.All may be missing (Graph answered 403"
                        + " Authorization_RequestDenied): if it is, grant it to PARC's identity");
    }

    @Test
    void twoEmptyAnswersAreNoReading() {
        tenant.collection("/beta/organization").clear();
        tenant.collection(FEATURES).clear();
        assertThat(Readings.of(tenant, PASSWORD_HASH_SYNC).unread(PASSWORD_HASH_SYNC))
                .isEqualTo("Graph returned nothing about this tenant's synchronisation");
    }

    @ParameterizedTest
    @CsvSource({
        "all, EVERYBODY",
        "enumerated, SELECTED",
        "no, NOBODY",
    })
    void theScopesOfTheDevicePolicyAreRead(String type, DeviceRegistration.Scope scope) {
        String membership = "#microsoft.graph." + type + "DeviceRegistrationMembership";
        ObjectNode join = tenant.deviceRegistration().withObject("/azureADJoin");
        join.withObject("/allowedToJoin").put("@odata.type", membership);
        join.withObject("/localAdmins").put("enableGlobalAdmins", false);
        join.withObject("/localAdmins/registeringUsers").put("@odata.type", membership);
        tenant.deviceRegistration().withObject("/localAdminPassword").put("isEnabled", true);
        assertThat(Readings.of(tenant, DEVICE_REGISTRATION).only(DEVICE_REGISTRATION, DeviceRegistration.class))
                .isEqualTo(new DeviceRegistration(scope, scope, false, true));
    }

    @Test
    void aScopeThatIsNotKnownIsUnread() {
        tenant.deviceRegistration()
                .withObject("/azureADJoin/localAdmins/registeringUsers")
                .put("@odata.type", "#microsoft.graph.lunarDeviceRegistrationMembership");
        assertThat(Readings.of(tenant, DEVICE_REGISTRATION).unread(DEVICE_REGISTRATION))
                .isEqualTo("device registration policies came with an unusable registeringUsers");
    }

    @Test
    void aDevicePolicyThatDoesNotSayIsUnread() {
        tenant.deviceRegistration().withObject("/azureADJoin/localAdmins").remove("enableGlobalAdmins");
        assertThat(Readings.of(tenant, DEVICE_REGISTRATION).unread(DEVICE_REGISTRATION))
                .isEqualTo("device registration policies came without enableGlobalAdmins");
    }

    @Test
    void onePageOfBackupsIsReadAndNoMore() {
        LocalDate taken = LocalDate.ofInstant(Readings.NOW, ZoneOffset.UTC);
        IntStream.rangeClosed(1, 150)
                .forEach(i -> tenant.add(
                        "/directory/deviceLocalCredentials",
                        FakeTenant.json("{}")
                                .put("id", FakeTenant.id("device " + i))
                                .put("lastBackupDateTime", taken.minusDays(i <= 40 ? 1 : 200) + "T00:00:00Z")));
        assertThat(Readings.of(tenant, LAPS_BACKUPS).only(LAPS_BACKUPS, LapsBackups.class))
                .isEqualTo(new LapsBackups(100, 40, true));
        assertThat(tenant.requests()).containsEntry("GET /directory/deviceLocalCredentials", 1L);
    }

    @Test
    void aBackupOfSixtyDaysIsRecentAndOneADayOlderIsNot() {
        for (int days : new int[] {60, 61}) {
            tenant.add("/directory/deviceLocalCredentials", FakeTenant.json("{}"))
                    .put("id", FakeTenant.id("device " + days))
                    .put(
                            "lastBackupDateTime",
                            Readings.NOW.minus(Duration.ofDays(days)).toString());
        }
        assertThat(Readings.of(tenant, LAPS_BACKUPS).only(LAPS_BACKUPS, LapsBackups.class))
                .isEqualTo(new LapsBackups(2, 1, false));
    }

    @Test
    void noBackupAtAllIsReadAsSuch() {
        assertThat(Readings.of(tenant, LAPS_BACKUPS).only(LAPS_BACKUPS, LapsBackups.class))
                .isEqualTo(new LapsBackups(0, 0, false));
    }

    @Test
    void serversThatCouldHaveASensorAreRead() {
        tenant.add("/security/identities/sensorCandidates", FakeTenant.json("""
                {id:'1', computerDnsName:'dc3.corp.contoso.com', domainName:'corp.contoso.com',
                 lastSeenDateTime:'2026-08-31T10:00:00Z'}"""));
        assertThat(Readings.of(tenant, DEFENDER_SENSOR_CANDIDATES)
                        .only(DEFENDER_SENSOR_CANDIDATES, SensorCandidate.class))
                .isEqualTo(new SensorCandidate(
                        "1", "dc3.corp.contoso.com", Optional.of(Instant.parse("2026-08-31T10:00:00Z"))));
    }

    @Test
    void sensorsAndOpenHealthIssuesAreRead() {
        tenant.add("/security/identities/sensors", FakeTenant.json("""
            {id:'DC01', displayName:'DC01', domainName:'corp.contoso.com', healthStatus:'notHealthyHigh',
             deploymentStatus:'upToDate'}\
            """));
        tenant.add("/security/identities/healthIssues", FakeTenant.json("""
            {id:'i1', displayName:'Sensor stopped communicating', severity:'high', status:'open'}\
            """));
        tenant.add("/security/identities/healthIssues", FakeTenant.json("""
            {id:'i2', displayName:'Outdated', severity:'low', status:'closed'}\
            """));
        Readings readings = Readings.of(tenant, DEFENDER_SENSORS, DEFENDER_HEALTH_ISSUES);
        assertThat(readings.only(DEFENDER_SENSORS, DefenderSensor.class))
                .isEqualTo(new DefenderSensor("DC01", "DC01", "corp.contoso.com", "notHealthyHigh", "upToDate"));
        assertThat(readings.only(DEFENDER_HEALTH_ISSUES, DefenderHealthIssue.class))
                .isEqualTo(new DefenderHealthIssue("i1", "Sensor stopped communicating", "high"));
    }

    @Test
    void aSensorThatDoesNotSayHowItIsIsNoHealthySensor() {
        tenant.add("/security/identities/sensors", FakeTenant.json("{id:'DC01', deploymentStatus:'upToDate'}"));
        assertThat(Readings.of(tenant, DEFENDER_SENSORS).unread(DEFENDER_SENSORS))
                .isEqualTo("sensors came without healthStatus");
    }

    @Test
    void secureScoresAreReadWithTheirControls() {
        tenant.secureScore("2026-08-31", 200, Map.of("AdminMFAV2", 10.0));
        tenant.secureScore("2026-09-01", 210, Map.of("AdminMFAV2", 8.5, "SigninRiskPolicy", 7.0));
        assertThat(Readings.of(tenant, SECURE_SCORES).values(SECURE_SCORES, SecureScore.class))
                .containsExactly(
                        new SecureScore(
                                Instant.parse("2026-09-01T00:00:00Z"),
                                15.5,
                                210,
                                Map.of("AdminMFAV2", 8.5, "SigninRiskPolicy", 7.0)),
                        new SecureScore(Instant.parse("2026-08-31T00:00:00Z"), 10, 200, Map.of("AdminMFAV2", 10.0)));
    }

    @Test
    void aMonthOfSecureScoresIsOneRequest() {
        LocalDate first = LocalDate.parse("2026-06-01");
        IntStream.range(0, 90)
                .forEach(i -> tenant.secureScore(first.plusDays(i).toString(), 100, Map.of("AdminMFAV2", 5.0)));
        assertThat(Readings.of(tenant, SECURE_SCORES).values(SECURE_SCORES, SecureScore.class))
                .hasSize(31)
                .first()
                .extracting(SecureScore::at)
                .isEqualTo(Instant.parse("2026-08-29T00:00:00Z"));
        assertThat(tenant.requests()).containsEntry("GET /security/secureScores", 1L);
    }

    @Test
    void aSecureScoreWithoutAMaximumIsUnread() {
        tenant.secureScore("2026-09-01", 100, Map.of("AdminMFAV2", 5.0)).put("maxScore", "many");
        assertThat(Readings.of(tenant, SECURE_SCORES).unread(SECURE_SCORES))
                .isEqualTo("scores came with an unusable maxScore");
    }

    @ParameterizedTest
    @CsvSource({
        "DEVICE_REGISTRATION, /policies/deviceRegistrationPolicy, Policy.Read.DeviceConfiguration",
        "LAPS_BACKUPS, /directory/deviceLocalCredentials, DeviceLocalCredential.ReadBasic.All",
        "DEFENDER_SENSORS, /security/identities/sensors, SecurityIdentitiesSensors.Read.All",
        "DEFENDER_SENSOR_CANDIDATES, /security/identities/sensorCandidates, SecurityIdentitiesSensors.Read.All",
        "DEFENDER_HEALTH_ISSUES, /security/identities/healthIssues, SecurityIdentitiesHealth.Read.All",
        "SECURE_SCORES, /security/secureScores, SecurityEvents.Read.All",
    })
    void aRefusedReadNamesThePermission(FactKind kind, String path, String permission) {
        tenant.refuse(path, 403, "Forbidden");
        assertThat(Readings.of(tenant, kind).unread(kind))
                .isEqualTo("permission " + permission
                        + " may be missing (Graph answered 403 Forbidden): if it is, grant it to PARC's identity");
    }
}
