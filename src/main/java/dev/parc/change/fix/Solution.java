package dev.parc.change.fix;

import dev.parc.assessment.CheckResult;
import dev.parc.assessment.ProposedFix;
import dev.parc.assessment.json.FixJson;
import dev.parc.change.Change;
import dev.parc.change.ChangeJson;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** So many lines of one kind are kept with a run. */
    private static final int LISTED = 20;

    /** A longer change file is not kept with a run. */
    private static final int LONGEST_FILE = 64 << 10;

    /**
     * It as a run keeps it.
     *
     * @param compared how many items were compared before and after
     */
    public ProposedFix proposed(int compared) {
        List<String> people = first(this.left);
        if (chosen.isEmpty()) {
            return new ProposedFix(
                    Optional.empty(),
                    refused.isEmpty()
                            ? List.of("No request that PARC knows closes these findings")
                            : first(refused.stream().map(Refused::inWords).toList()),
                    people);
        }
        Chosen change = chosen.get();
        String file = FixJson.compact(ChangeJson.write(change.change()));
        if (file.length() > LONGEST_FILE) {
            return new ProposedFix(
                    Optional.empty(),
                    List.of(Counted.say(
                            "The change has %d [request|requests], too many to store with the run: write it with 'parc fix %s'",
                            change.change().requests().size(), item.checkId())),
                    people);
        }
        return new ProposedFix(
                Optional.of(new ProposedFix.Proved(
                        file,
                        FixJson.requests(file),
                        change.closes().size(),
                        item.findings().size(),
                        change.reportOnly(),
                        change.attempt().newlyAsked(),
                        change.attempt().newRequirements(),
                        change.alternative().everybody(),
                        compared,
                        change.after().outcome(),
                        first(Stream.concat(change.spared().stream(), change.alternative().notes().stream())
                                .toList()))),
                List.of(),
                people);
    }

    private static List<String> first(List<String> lines) {
        return lines.size() <= LISTED
                ? lines
                : Stream.concat(lines.stream().limit(LISTED), Stream.of("and %d more".formatted(lines.size() - LISTED)))
                        .toList();
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

        /** It in one line, with the first reasons. */
        String inWords() {
            int more = because.size() - FEW;
            return "Not taken: " + what + ", because "
                    + because.stream().limit(FEW).collect(Collectors.joining("; "))
                    + (more > 0 ? "; and %d more".formatted(more) : "");
        }

        private static final int FEW = 3;
    }
}
