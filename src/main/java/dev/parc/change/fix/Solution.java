package dev.parc.change.fix;

import dev.parc.assessment.CheckResult;
import dev.parc.change.Change;
import dev.parc.check.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What puts an item right, as far as it could be proved.
 *
 * @param item as it stands
 * @param chosen the change; empty if none could be proved
 * @param left what only a person can do: one line for each finding that the change does not close
 * @param narrower whether a new policy would close as much and ask administrators only, while the change asks everybody; it was
 *     not proved, since it would close nothing before it is switched on
 * @param refused the alternatives that were tried and not taken, with what stands in the way
 */
public record Solution(
        CheckResult item, Optional<Chosen> chosen, boolean narrower, List<String> left, List<Refused> refused) {

    public Solution {
        left = List.copyOf(left);
        refused = List.copyOf(refused);
    }

    /**
     * A change that was proved.
     *
     * @param change as it is to be written
     * @param reportOnly whether it creates Conditional Access policies in report-only mode, which close nothing until they are
     *     switched on; the proof is of the tenant with them switched on
     * @param alternative as it was proposed
     * @param spared whom what is new leaves out, since it would lock them out, a sentence each
     * @param after the item with it
     */
    public record Chosen(
            Change change,
            ProvedChange attempt,
            boolean reportOnly,
            Proposal.Alternative alternative,
            List<String> spared,
            CheckResult after) {
        public Chosen {
            spared = List.copyOf(spared);
        }

        /** The findings that it closes. */
        public List<Finding> closes() {
            return alternative.closes();
        }
    }

    /**
     * An alternative that could not be proved.
     *
     * @param what it would do, a sentence
     * @param because what stands in the way, a sentence each
     */
    public record Refused(String what, List<String> because) {
        public Refused {
            because = List.copyOf(because);
        }
    }
}
