package dev.parc.facts.activity;

import java.util.Set;

/**
 * A sensor of Microsoft Defender for Identity.
 *
 * @param domain the DNS name of its Active Directory domain
 * @param health {@code healthStatus}, as Graph gives it
 * @param deployment {@code deploymentStatus}, as Graph gives it
 */
public record DefenderSensor(String id, String name, String domain, String health, String deployment) {

    private static final Set<String> AT_WORK = Set.of("upToDate", "updating", "syncing");

    /** Whether it is at work without a complaint; a status that is not known is a complaint. */
    public boolean healthy() {
        return health.equals("healthy") && AT_WORK.contains(deployment);
    }
}
