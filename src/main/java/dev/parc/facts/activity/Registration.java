package dev.parc.facts.activity;

import dev.parc.facts.directory.PrincipalFact;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an account has registered for MFA.
 *
 * @param mfaCapable registered for a method that the authentication methods policy also allows
 * @param methods the methods by the names of the registration report
 * @param source what told it
 * @param keys the models of its passkeys (AAGUIDs, lower case); empty if they were not read
 */
public record Registration(
        String accountId, boolean mfaCapable, List<String> methods, Source source, Optional<Set<String>> keys)
        implements PrincipalFact {

    /** The models of passkeys in Microsoft Authenticator, on iOS and on Android. Source: "Passkeys in Authenticator". */
    public static final Set<String> AUTHENTICATOR_KEYS =
            Set.of("90a3ccdf-635c-4729-a248-9b709135078f", "de1e552d-db1d-4423-a619-566b625cdc84");

    private static final Set<String> PHISHING_RESISTANT =
            Set.of("windowsHelloForBusiness", "macOsSecureEnclaveKey", "certificate");

    /** What a registration was read from. */
    public enum Source {
        /** The registration report, which knows what the authentication methods policy allows. */
        REPORT,
        /** The account's methods alone: MFA capable then says only that one is registered. */
        METHODS
    }

    public Registration {
        methods = List.copyOf(methods);
        keys = keys.map(Set::copyOf);
    }

    /** A registration of which the models of passkeys were not read. */
    public Registration(String accountId, boolean mfaCapable, List<String> methods, Source source) {
        this(accountId, mfaCapable, methods, source, Optional.empty());
    }

    /**
     * Whether one of the methods cannot be phished: Windows Hello for Business, passkeys (FIDO2), platform credentials,
     * certificates. The report does not list every certificate.
     */
    public boolean phishingResistant() {
        return methods.stream()
                .anyMatch(method -> method.startsWith("passKey")
                        || method.startsWith("fido2")
                        || PHISHING_RESISTANT.contains(method));
    }

    @Override
    public String principalId() {
        return accountId;
    }
}
