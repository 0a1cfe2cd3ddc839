package dev.parc.facts;

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
}
