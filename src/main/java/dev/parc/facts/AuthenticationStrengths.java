package dev.parc.facts;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Judges authentication strengths by their combinations, never by name. Source: "Overview of Microsoft Entra
 * authentication strength", table of combinations of the built-in strength Multifactor authentication.
 */
final class AuthenticationStrengths {

    /** Methods that are multifactor by themselves. */
    private static final Set<String> MULTIFACTOR = Set.of(
            "windowsHelloForBusiness",
            "fido2",
            "x509CertificateMultiFactor",
            "deviceBasedPush",
            "temporaryAccessPassOneTime",
            "temporaryAccessPassMultiUse",
            "federatedMultiFactor");

    /** First factors, and the second factors that make them two. */
    private static final Set<String> FIRST = Set.of("password", "federatedSingleFactor", "x509CertificateSingleFactor");

    private static final Set<String> SECOND =
            Set.of("microsoftAuthenticatorPush", "softwareOath", "hardwareOath", "sms", "voice");

    private AuthenticationStrengths() {}

    /** Whether each of the combinations is MFA; false for none at all, and for a combination not known here. */
    static boolean demandMfa(Set<String> combinations) {
        return !combinations.isEmpty() && combinations.stream().allMatch(AuthenticationStrengths::isMfa);
    }

    private static boolean isMfa(String combination) {
        List<String> methods =
                Arrays.stream(combination.split(",", -1)).map(String::strip).toList();
        return methods.size() == 1
                ? MULTIFACTOR.contains(methods.get(0))
                : methods.size() == 2
                        && methods.stream().anyMatch(FIRST::contains)
                        && methods.stream().anyMatch(SECOND::contains);
    }
}
