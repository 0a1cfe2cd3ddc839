package dev.parc.facts;

import java.util.regex.Pattern;

/**
 * A job that creates and removes accounts: in a connected application, or in the directory for one.
 *
 * @param servicePrincipalId the object id of the application's service principal
 * @param templateId the template that it was made from, as Graph gives it; empty text where it was not told
 */
public record ProvisioningJob(String servicePrincipalId, State state, String templateId) {

    /** From Active Directory by cloud sync, or from an application for human resources, into a directory. */
    private static final Pattern INTO_DIRECTORY = Pattern.compile(
            "(?i)(?!.*write-?back)(ad2aad.*|.*inbound.*|(workday|wday|successfactors|sap|hr|api).*(2|to)a?ad.*)");

    /** A name that speaks of a directory as the target and is none of those that are known. */
    private static final Pattern PERHAPS_INTO_DIRECTORY =
            Pattern.compile("(?i)(?!.*write-?back).*(2|to)(a?ad|entra|activedirectory)(?![a-z]).*");

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

    /**
     * Whether it may as well bring accounts into a directory as into the application: its template was not told, or is not
     * known and called like one of the first kind. Any other template that is not known is one of the application's own.
     */
    public boolean undirected() {
        return !inbound()
                && !ofPasswordHashes()
                && (templateId.isBlank()
                        || PERHAPS_INTO_DIRECTORY.matcher(templateId).matches());
    }

    /** Whether it brings password hashes from Active Directory, by cloud sync. */
    public boolean ofPasswordHashes() {
        return PASSWORD_HASHES.matcher(templateId).matches();
    }
}
