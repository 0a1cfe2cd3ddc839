package dev.parc.facts.activity;

import dev.parc.facts.directory.PrincipalFact;

/** What the retired per-user MFA setting of an account is: it stands beside Conditional Access and asks for MFA too. */
public record PerUserMfa(String accountId, State state) implements PrincipalFact {

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
}
