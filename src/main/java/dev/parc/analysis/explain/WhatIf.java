package dev.parc.analysis.explain;

import dev.parc.analysis.conditionalaccess.MfaDecision;
import java.util.List;

/**
 * What would change if one more policy were on.
 *
 * @param asked how many administrators' sign-ins were decided, before and after
 * @param changes the administrators whose answer changes
 */
public record WhatIf(String policyName, int asked, List<Change> changes) {

    /** One administrator whose answer changes. */
    public record Change(String id, String name, MfaAnswer before, MfaAnswer after) {

        /** Whether no sign-in without MFA is left. */
        public boolean closes() {
            return after instanceof MfaAnswer.Decided decided && decided.decision() instanceof MfaDecision.Covered;
        }
    }

    public WhatIf {
        changes = List.copyOf(changes);
    }

    /** The administrators who could no longer sign in without MFA. */
    public List<Change> closed() {
        return changes.stream().filter(Change::closes).toList();
    }
}
