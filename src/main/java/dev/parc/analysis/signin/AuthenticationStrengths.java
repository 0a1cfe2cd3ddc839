package dev.parc.analysis.signin;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Judges authentication strengths by their combinations, never by name. Source: "Overview of Microsoft Entra
 * authentication strength", table of combinations of the built-in strengths.
 */
public final class AuthenticationStrengths {

    /** What the weakest of a strength's combinations amounts to. */
    public enum Level {
        SINGLE_FACTOR,
        /** There are no combinations, or one that is not known here. */
        UNKNOWN,
        MFA,
        PHISHING_RESISTANT
    }

    private static final Set<String> PHISHING_RESISTANT =
            Set.of("windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor");

    /** Other methods that are multifactor by themselves. */
    private static final Set<String> MULTIFACTOR = Set.of(
            "deviceBasedPush", "temporaryAccessPassOneTime", "temporaryAccessPassMultiUse", "federatedMultiFactor");

    /** First factors, and the second factors that make them two. */
    private static final Set<String> FIRST = Set.of("password", "federatedSingleFactor", "x509CertificateSingleFactor");

    private static final Set<String> SECOND =
            Set.of("microsoftAuthenticatorPush", "softwareOath", "hardwareOath", "sms", "voice");

    private AuthenticationStrengths() {}

    static Level level(Set<String> combinations) {
        return combinations.stream()
                .map(AuthenticationStrengths::level)
                .min(Level::compareTo)
                .orElse(Level.UNKNOWN);
    }

    private static Level level(String combination) {
        List<String> methods =
                Arrays.stream(combination.split(",", -1)).map(String::strip).toList();
        if (methods.size() == 1) {
            String method = methods.get(0);
            if (PHISHING_RESISTANT.contains(method)) {
                return Level.PHISHING_RESISTANT;
            }
            if (MULTIFACTOR.contains(method)) {
                return Level.MFA;
            }
            return FIRST.contains(method) || SECOND.contains(method) || method.equals("qrCodePin")
                    ? Level.SINGLE_FACTOR
                    : Level.UNKNOWN;
        }
        return methods.size() == 2
                        && methods.stream().anyMatch(FIRST::contains)
                        && methods.stream().anyMatch(SECOND::contains)
                ? Level.MFA
                : Level.UNKNOWN;
    }
}
