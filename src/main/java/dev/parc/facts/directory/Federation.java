package dev.parc.facts.directory;

/**
 * How a federated domain treats MFA.
 *
 * @param mfaBehavior {@code federatedIdpMfaBehavior} as Graph gives it, or empty text where it is not set
 */
public record Federation(String domain, String displayName, String mfaBehavior) {

    /** Whether Entra ID does MFA itself and refuses the identity provider's word for it. */
    public boolean entraDoesMfa() {
        return mfaBehavior.equals("rejectMfaByFederatedIdp");
    }
}
