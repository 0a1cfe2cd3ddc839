package dev.parc.facts;

import java.util.List;

/**
 * What an account has registered for MFA.
 *
 * @param mfaCapable registered for a method that the authentication methods policy also allows
 * @param methods the methods by the names of the registration report
 */
public record Registration(String accountId, boolean mfaCapable, List<String> methods) implements OfPrincipal {

    public Registration {
        methods = List.copyOf(methods);
    }

    @Override
    public String principalId() {
        return accountId;
    }
}
