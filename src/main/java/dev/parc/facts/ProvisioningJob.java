package dev.parc.facts;

/**
 * A job that creates and removes accounts in a connected application.
 *
 * @param servicePrincipalId the object id of the application's service principal
 */
public record ProvisioningJob(String servicePrincipalId, State state) {

    /** How the job stands, after Graph's synchronizationStatusCode. */
    public enum State {
        ACTIVE,
        PAUSED,
        /** Too many errors; it tries again less and less often. */
        QUARANTINED,
        /** It was never configured to the end, or has not run yet. */
        NOT_RUNNING
    }
}
