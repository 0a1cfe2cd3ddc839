package dev.parc.analysis.conditionalaccess;

import java.util.List;

/** Whether an account gets in: the dual of {@link MfaDecision}. */
public sealed interface ReachDecision {

    /**
     * There is a sign-in that satisfies every policy.
     *
     * @param signIn one such sign-in, as ordinary as it can be, for a person to read
     */
    record Reachable(String signIn) implements ReachDecision {}

    /**
     * There is none.
     *
     * @param by the policies that together block it, none of which can be left out unless they are many; empty where no
     *     policy of the tenant does
     * @param also those that would block it still if the former did not
     * @param because what is asked for and what is lacking
     */
    record LockedOut(List<String> by, List<String> also, String because) implements ReachDecision {
        public LockedOut {
            by = List.copyOf(by);
            also = List.copyOf(also);
        }
    }

    /**
     * It depends on something that is not modelled or not known.
     *
     * @param because what it depends on
     */
    record Undecided(String because) implements ReachDecision {}
}
