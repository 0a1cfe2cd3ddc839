package dev.parc.analysis.accounts;

import dev.parc.analysis.conditionalaccess.InboundMfa;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.directory.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How accounts stand with their registration for MFA.
 *
 * @param without registered for no method that may be used, and nobody else does MFA for them
 * @param unclear those for which a person must look
 * @param unknown what is not known, a sentence each
 */
public record MfaRegistrations(List<Account> without, List<Doubt> unclear, List<String> unknown) {

    /**
     * An account for which a person must look.
     *
     * @param why to stand after its name
     */
    public record Doubt(Account account, String why) {}

    public MfaRegistrations {
        without = List.copyOf(without);
        unclear = List.copyOf(unclear);
        unknown = List.copyOf(unknown);
    }

    /** How these accounts stand with their registration for MFA; asks for registrations, domains, federations and the authentication methods policy. */
    public static MfaRegistrations of(Facts facts, List<Account> accounts) {
        List<Account> without = new ArrayList<>();
        List<Doubt> unclear = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Account account : accounts) {
            Optional<Registration> registration = facts.registration(account);
            if (registration.isEmpty()) {
                unknown.add(FactKind.REGISTRATIONS.title() + ": nothing is known of " + account.signInName());
            } else if (!registration.get().mfaCapable()) {
                Optional<String> doubt = account.external() && !account.internalGuest()
                        ? mfaAtHome(facts, account)
                        : mfaByProvider(facts, account).or(() -> certificate(facts, account));
                doubt.ifPresentOrElse(why -> unclear.add(new Doubt(account, why)), () -> without.add(account));
            } else if (registration.get().source() == Registration.Source.METHODS) {
                unclear.add(new Doubt(
                        account,
                        "is registered for "
                                + String.join(", ", registration.get().methods())
                                + "; whether the authentication methods policy allows that was not told"));
            }
        }
        return new MfaRegistrations(without, unclear, unknown);
    }

    /** The registration report does not list certificates, which are registered nowhere. */
    private static Optional<String> certificate(Facts facts, Account account) {
        if (!(facts.reading(FactKind.AUTHENTICATION_METHODS_POLICY) instanceof Reading.Read)) {
            return Optional.of("is registered for no MFA method, unless it signs in with a certificate: whether the"
                    + " authentication methods policy allows that is not known");
        }
        return switch (facts.certificatesFor(account)) {
            case NO -> Optional.empty();
            case YES ->
                Optional.of("is registered for no MFA method, unless it signs in with a certificate, which the"
                        + " authentication methods policy allows and the registration report does not tell");
            case MAYBE ->
                Optional.of("is registered for no MFA method, unless it signs in with a certificate, which the"
                        + " authentication methods policy allows to some; whether it is one of them was not told");
        };
    }

    /** Certificates aside: an external account cannot sign in with one here. */
    private static Optional<String> mfaAtHome(Facts facts, Account account) {
        return switch (InboundMfa.of(facts, account)) {
            case NO -> Optional.empty();
            case MAYBE -> Optional.of("is registered for no MFA method here; its home directory may do MFA for it");
            case YES ->
                Optional.of(
                        "is registered for no MFA method here; MFA of its home directory is accepted, and whether it"
                                + " is registered there cannot be seen from here");
        };
    }

    private static Optional<String> mfaByProvider(Facts facts, Account account) {
        return facts.mfaIsFederated(account)
                ? Optional.of("is registered for no MFA method here; the identity provider of " + account.domain()
                        + " may do MFA for it")
                : Optional.empty();
    }

    /** What is said of one that is {@link #without}, to stand after its name. */
    public static String inWords(Account account) {
        String without = "is registered for no MFA method that may be used";
        if (!account.external() || account.internalGuest()) {
            return without;
        }
        return account.signedInByNoTenant()
                ? without + "; it is signed in by no directory whose MFA could count here"
                : without + "; MFA of its home directory is not accepted here (cross-tenant access settings)";
    }
}
