package dev.parc.facts.directory;

import java.util.regex.Pattern;

/**
 * A job that creates and removes accounts: in a connected application, or in the directory for one.
 *
 * @param servicePrincipalId the object id of the application's service principal
 * @param id its own id; empty text where it was not told
 * @param templateId the template that it was made from, as Graph gives it; empty text where it was not told
 */
public record ProvisioningJob(String servicePrincipalId, String id, State state, String templateId) {

    /** From Active Directory by cloud sync, or from an application for human resources, into a directory. */
    private static final Pattern INTO_DIRECTORY = Pattern.compile(
            "(?i)(?!.*write-?back)(ad2aad.*|.*inbound.*|(workday|wday|successfactors|sap|hr|api).*(2|to)a?ad.*)");

    /** To applications: SCIM, Microsoft's own connectors of that form, write-back, another tenant. */
    private static final Pattern TO_APPLICATION =
            Pattern.compile("(?i)scim|customappsso|azure2azure|.*out(delta)?|.*write-?back.*|gsuite|salesforce");

    private static final Pattern PASSWORD_HASHES = Pattern.compile("(?i)ad2aadpasswordhash.*");

    /** How the job stands, after Graph's synchronizationStatusCode. */
    public enum State {
        ACTIVE,
        PAUSED,
        /** Too many errors; it tries again less and less often. */
        QUARANTINED,
        /** It was never configured to the end, or has not run yet. */
        NOT_RUNNING
    }

    /**
     * Whether it brings accounts into a directory and none into the application. Source: "What is inbound provisioning?",
     * "Microsoft Entra Cloud Sync: synchronization job templates".
     */
    public boolean inbound() {
        return INTO_DIRECTORY.matcher(templateId).matches();
    }

    /** Whether its template does not tell where it brings accounts: it was not told, or is not known. Its schema does. */
    public boolean undirected() {
        return !inbound()
                && !ofPasswordHashes()
                && !TO_APPLICATION.matcher(templateId).matches();
    }

    /** Whether it brings password hashes from Active Directory, by cloud sync. */
    public boolean ofPasswordHashes() {
        return PASSWORD_HASHES.matcher(templateId).matches();
    }
}
