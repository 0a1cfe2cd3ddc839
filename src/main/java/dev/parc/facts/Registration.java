package dev.parc.facts;

import java.util.List;

/**
 * What an account has registered for MFA.
 *
 * @param mfaCapable registered for a method that the authentication methods policy also allows
 * @param methods the methods by the names of the registration report
 * @param source what told it
 */
public record Registration(String accountId, boolean mfaCapable, List<String> methods, Source source)
        implements OfPrincipal {

    /** What a registration was read from. */
    public enum Source {
        /** The registration report, which knows what the authentication methods policy allows. */
        REPORT,
        /** The account's methods alone: MFA capable then says only that one is registered. */
        METHODS
    }

    public Registration {
        methods = List.copyOf(methods);
    }

    @Override
    public String principalId() {
        return accountId;
    }
}
