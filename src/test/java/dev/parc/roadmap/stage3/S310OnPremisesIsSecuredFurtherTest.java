package dev.parc.roadmap.stage3;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.activity.DefenderHealthIssue;
import dev.parc.facts.activity.DefenderSensor;
import dev.parc.facts.activity.SensorCandidate;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S310OnPremisesIsSecuredFurtherTest {

    private final CheckTester check = CheckTester.of(new S310OnPremisesIsSecuredFurther());

    private static TenantBuilder sensor(TenantBuilder tenant, String health, String deployment) {
        return tenant.add(
                FactKind.DEFENDER_SENSORS, new DefenderSensor("2", "DC2", "corp.contoso.com", health, deployment));
    }

    @Test
    void healthySensorsAndFourStatementsAreAPass() {
        check.given(GoodTenant.build())
                .isAttested("the only Defender for Identity sensor is healthy; attested by Ann until 2027-09-01");
        check.given(sensor(GoodTenant.build(), "healthy", "updating"))
                .isAttested("all 2 Defender for Identity sensors are healthy; attested by Ann until 2027-09-01");
    }

    @Test
    void healthySensorsAloneAreAReview() {
        check.given(GoodTenant.build().nothingAttested())
                .isReview("the only Defender for Identity sensor is healthy; 2 of 2 statements to attest");
    }

    @ParameterizedTest
    @CsvSource({
        "notHealthyLow,      upToDate",
        "notHealthyHigh,     upToDate",
        "healthy,            outdated",
        "healthy,            disconnected",
        "unknownFutureValue, upToDate",
        "healthy,            unknownFutureValue",
    })
    void noWordOutweighsASensorThatIsNotWell(String health, String deployment) {
        check.given(sensor(GoodTenant.build(), health, deployment))
                .isReview("1 of 2 Defender for Identity sensors is healthy, and 0 health issues are open")
                .findsOnly(
                        "the tenant",
                        "has the Defender for Identity sensor DC2 with health " + health + " and deployment "
                                + deployment);
    }

    @Test
    void noWordOutweighsAnOpenHealthIssue() {
        check.given(GoodTenant.build()
                        .add(
                                FactKind.DEFENDER_HEALTH_ISSUES,
                                new DefenderHealthIssue(
                                        "i", "Directory services user credentials are incorrect", "high")))
                .isReview("1 of 1 Defender for Identity sensor is healthy, and 1 health issue is open")
                .findsOnly(
                        "the tenant",
                        "has an open Defender for Identity health issue of severity high: Directory services user"
                                + " credentials are incorrect");
    }

    private static TenantBuilder candidate(TenantBuilder tenant, String computer, String lastSeen) {
        return tenant.add(
                FactKind.DEFENDER_SENSOR_CANDIDATES,
                new SensorCandidate(
                        computer,
                        computer,
                        lastSeen.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(lastSeen))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-08-31T00:00:00Z", ""})
    void noWordOutweighsAServerWithoutTheSensorThatOthersHave(String lastSeen) {
        check.given(candidate(GoodTenant.build(), "dc2.corp.contoso.com", lastSeen))
                .isReview("1 of 1 Defender for Identity sensor is healthy, and 0 health issues are open; 1 server"
                        + " has no sensor")
                .findsOnly(
                        "the tenant",
                        "has no Defender for Identity sensor on dc2.corp.contoso.com, where one could be activated");
    }

    @ParameterizedTest
    @CsvSource({"dc1.corp.contoso.com, 2026-08-31T00:00:00Z", "dc9.corp.contoso.com, 2026-05-01T00:00:00Z"})
    void aServerThatHasASensorNowOrIsGoneIsNotMissed(String computer, String lastSeen) {
        check.given(candidate(GoodTenant.build(), computer, lastSeen))
                .isAttested("the only Defender for Identity sensor is healthy; attested by Ann until 2027-09-01")
                .findsNothing();
    }

    @Test
    void withoutAnySensorAnotherProductMayWatchTheServersThatAreNamed() {
        check.given(candidate(tenant().synchronised(), "dc2.corp.contoso.com", ""))
                .isReview("no Defender for Identity sensor is there; 2 of 2 statements to attest")
                .findsOnly(
                        "the tenant",
                        "has no Defender for Identity sensor on dc2.corp.contoso.com, where one could be activated");
    }

    @Test
    void withoutASensorTheWordIsAboutAnotherProduct() {
        check.given(tenant().synchronised())
                .isReview("no Defender for Identity sensor is there; 2 of 2 statements to attest")
                .findsOnly("the tenant", "has no Defender for Identity sensor on a domain controller");
    }

    @Test
    void sensorsThatCouldNotBeReadAreNotCalledMissing() {
        check.given(tenant().synchronised().unread(FactKind.DEFENDER_SENSORS, "permission X is missing"))
                .isReview(
                        "no interface that was read sees how Active Directory is administered; 2 of 2 statements to attest")
                .findsNothing();
    }

    @Test
    void withoutSynchronisationItDoesNotApply() {
        check.given(tenant()).isNotApplicable("nothing is synchronised from on-premises");
    }

    @Test
    void withoutTheOrganisationItIsNotAssessed() {
        check.given(GoodTenant.build().unread(FactKind.ORGANIZATION, "permission X is missing"))
                .isNotAssessed("the organisation: permission X is missing");
    }
}
