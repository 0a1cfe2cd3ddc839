package dev.parc.facts;

/** What the retired per-user MFA setting of an account is: it stands beside Conditional Access and asks for MFA too. */
public record PerUserMfa(String accountId, State state) implements OfPrincipal {

    /** How far an account has come with per-user MFA. */
    public enum State {
        DISABLED,
        /** Asked to register; not asked for MFA by clients of legacy authentication. */
        ENABLED,
        /** MFA at every sign-in, but from addresses and on devices that the MFA settings trust. */
        ENFORCED,
        /** Graph refused to tell. */
        UNREAD
    }

    @Override
    public String principalId() {
        return accountId;
    }

    /**
     * What policies decide of the account, with per-user MFA beside it. Where policies let it in without MFA and
     * per-user MFA is enforced, or could not be told, a person must look.
     */
    static MfaDecision beside(MfaDecision decision, State state) {
        if (!(decision instanceof MfaDecision.Uncovered gap)) {
            return decision;
        }
        String policies = "no policy asks for MFA: " + gap.signIn() + "; because " + gap.because();
        return switch (state) {
            case ENFORCED ->
                new MfaDecision.Undecided(policies + "; per-user MFA is enforced for the account, which asks for MFA"
                        + " except from the addresses that the MFA settings trust and on remembered devices");
            case UNREAD -> new MfaDecision.Undecided(policies + "; whether per-user MFA asks for it could not be read");
            case DISABLED, ENABLED -> decision;
        };
    }
}
