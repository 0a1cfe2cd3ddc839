package dev.parc.analysis.conditionalaccess;

import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.activity.PerUserMfa;
import dev.parc.facts.directory.Account;
import java.util.List;

/** Whether every sign-in of an account to an application needs MFA. */
public sealed interface MfaDecision {

    /**
     * There is no sign-in without MFA.
     *
     * @param by the policies that together prove it, or security defaults
     */
    record Covered(List<String> by) implements MfaDecision {
        public Covered {
            by = List.copyOf(by);
        }
    }

    /**
     * There is a sign-in without MFA.
     *
     * @param signIn one such sign-in, for a person to read
     * @param because what lets it through
     */
    record Uncovered(String signIn, String because) implements MfaDecision {}

    /**
     * It depends on something that is not modelled or not known.
     *
     * @param because what it depends on
     */
    record Undecided(String because) implements MfaDecision {}

    /**
     * What policies decide of the account's MFA, with its per-user MFA beside them; asks for {@link
     * FactKind#PER_USER_MFA}.
     */
    static MfaDecision withPerUserMfa(Facts facts, Account account, MfaDecision byPolicies) {
        return facts.perUserMfa(account)
                .map(own -> beside(byPolicies, own.state()))
                .orElse(byPolicies);
    }

    /**
     * What policies decide of the account, with per-user MFA beside it. Where policies let it in without MFA and
     * per-user MFA is enforced, or could not be told, a person must look.
     */
    private static MfaDecision beside(MfaDecision decision, PerUserMfa.State state) {
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
