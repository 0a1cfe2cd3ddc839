package dev.parc.facts.activity;

import java.time.Instant;
import java.util.Optional;

/**
 * A server on which a sensor of Microsoft Defender for Identity could be activated and is not: a domain controller, or one of
 * AD FS, AD CS or Microsoft Entra Connect; v1.0 does not tell which. Only servers that are onboarded to Defender for Endpoint
 * are known.
 *
 * @param computer its DNS name
 * @param lastSeen when it last reported
 */
public record SensorCandidate(String id, String computer, Optional<Instant> lastSeen) {

    /** The name by which a sensor goes on the same server. */
    public boolean isWatchedBy(DefenderSensor sensor) {
        String name = computer.split("\\.", 2)[0];
        return sensor.name().equalsIgnoreCase(computer) || sensor.name().equalsIgnoreCase(name);
    }
}
