package dev.parc.facts;

import java.util.Set;

/**
 * The authentication methods policy.
 *
 * @param enabled the methods that are enabled for anybody, by Graph's ids: Fido2, X509Certificate, Sms ...
 * @param known every method that the policy told of, enabled or not
 */
public record AuthenticationMethods(Set<String> enabled, Set<String> known) {

    private static final String PASSKEYS = "Fido2";
    private static final String CERTIFICATES = "X509Certificate";

    public AuthenticationMethods {
        enabled = Set.copyOf(enabled);
        known = Set.copyOf(known);
    }

    /** Whether passkeys (FIDO2) may be registered and used by anybody. */
    public boolean passkeys() {
        return enabled.contains(PASSKEYS);
    }

    /** Whether certificates may be used by anybody. */
    public boolean certificates() {
        return enabled.contains(CERTIFICATES);
    }
}
