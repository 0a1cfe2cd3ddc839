package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.WEEKS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.DEFENDER_HEALTH_ISSUES;
import static dev.parc.facts.FactKind.DEFENDER_SENSORS;
import static dev.parc.facts.FactKind.DEFENDER_SENSOR_CANDIDATES;
import static dev.parc.facts.FactKind.ORGANIZATION;

import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.DefenderSensor;
import java.util.List;
import java.util.stream.Stream;

/** Defender for Identity can be seen from the cloud; workstations, MFA and just enough administration cannot. */
@RoadmapItem(
        id = "S3-10",
        title = "Further protection is in place for on-premises privileged accounts",
        severity = HIGH,
        effort = WEEKS,
        remedy = "Extend workstations and MFA to all on-premises administrators, deploy Defender for "
                + "Identity, and attest it",
        needs = ORGANIZATION,
        signals = {DEFENDER_SENSORS, DEFENDER_SENSOR_CANDIDATES, DEFENDER_HEALTH_ISSUES},
        attests = {
            "All administrators of Active Directory and of the servers work only from privileged access"
                    + " workstations.",
            "Administrators of Active Directory must use multifactor authentication.",
            "Domain controllers are maintained with Just Enough Administration, or in another way that"
                    + " grants no more than the task needs.",
            "Defender for Identity or another attack detection monitors every domain controller, and"
                    + " somebody acts on its alerts."
        })
public final class S310OnPremisesIsSecuredFurther implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        if (!facts.synchronised()) {
            return Verdict.notApplicable("nothing is synchronised from on-premises");
        }
        List<DefenderSensor> sensors = facts.defenderSensors();
        List<Finding> unwatched = facts.serversWithoutSensor().stream()
                .map(server -> Finding.ofTenant(Details.of("S3-10.no-sensor-on").with("server", server.computer())))
                .toList();
        List<Finding> bad = Stream.concat(
                        sensors.stream()
                                .filter(sensor -> !sensor.healthy())
                                .map(sensor -> Details.of("S3-10.unhealthy")
                                        .with("sensor", sensor.name())
                                        .with("health", sensor.health())
                                        .with("deployment", sensor.deployment())),
                        facts.defenderHealthIssues().stream()
                                .map(issue -> Details.of("S3-10.health-issue")
                                        .with("severity", issue.severity())
                                        .with("issue", issue.title())))
                .map(details -> Finding.ofTenant(details))
                .toList();
        boolean halfway = !sensors.isEmpty() && !unwatched.isEmpty();
        if (!bad.isEmpty() || halfway) {
            long healthy = sensors.stream().filter(DefenderSensor::healthy).count();
            return Verdict.review(
                    Counted.say(
                                    "%d of %d Defender for Identity [sensor|sensors] [1:is|are] healthy, and %d health [issue|issues] [is|are] open",
                                    healthy,
                                    sensors.size(),
                                    facts.defenderHealthIssues().size())
                            + without(unwatched.size()),
                    Stream.concat(bad.stream(), unwatched.stream()).toList());
        }
        if (!(facts.reading(DEFENDER_SENSORS) instanceof Reading.Read)) {
            return Verdict.attest("no interface that was read sees how Active Directory is administered", unwatched);
        }
        return sensors.isEmpty()
                ? Verdict.attest(
                        "no Defender for Identity sensor is there",
                        unwatched.isEmpty() ? List.of(Finding.ofTenant(Details.of("S3-10.no-sensor"))) : unwatched)
                : Verdict.attest(
                        "%s healthy"
                                .formatted(
                                        sensors.size() == 1
                                                ? "the only Defender for Identity sensor is"
                                                : "all " + sensors.size() + " Defender for Identity sensors are"),
                        List.of());
    }

    private static String without(int servers) {
        return switch (servers) {
            case 0 -> "";
            case 1 -> "; 1 server has no sensor";
            default -> "; " + servers + " servers have no sensor";
        };
    }
}
