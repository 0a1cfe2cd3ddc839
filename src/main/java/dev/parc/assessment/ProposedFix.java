package dev.parc.assessment;

import dev.parc.check.Counted;
import dev.parc.check.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * What a run found to fix an item, on the answers that it had read. It was proved on these; nothing was sent.
 *
 * @param change the change; empty if there is none
 * @param because why there is no change, a sentence each; empty where there is one
 * @param left what only a person can do, a line for each finding that the change does not close
 */
public record ProposedFix(Optional<Proved> change, List<String> because, List<String> left) {

    public ProposedFix {
        because = List.copyOf(because);
        left = List.copyOf(left);
    }

    /** None, for a reason. */
    public static ProposedFix none(String because) {
        return new ProposedFix(Optional.empty(), List.of(because), List.of());
    }

    /**
     * A change that was proved to lock nobody out and to make no item of the run worse.
     *
     * @param file the change file, schema {@code parc-change/1}
     * @param requests what the file asks for, in order
     * @param closes how many of the item's findings it closes
     * @param findings how many the item has
     * @param reportOnly whether it creates Conditional Access policies in report-only mode, which close nothing until they are
     *     switched on; the proof is of the tenant with them switched on
     * @param newlyAsked how many administrators are asked for something that they were not asked for
     * @param requirements what they are asked for, to stand after "for"
     * @param everybody whether everybody else whom the policies are for is asked too
     * @param compared how many items were compared before and after
     * @param after what the item answers with it
     * @param notes what to know before it is sent, a sentence each
     */
    public record Proved(
            String file,
            List<Request> requests,
            int closes,
            int findings,
            boolean reportOnly,
            int newlyAsked,
            List<String> requirements,
            boolean everybody,
            int compared,
            Outcome after,
            List<String> notes) {

        public Proved {
            requests = List.copyOf(requests);
            requirements = List.copyOf(requirements);
            notes = List.copyOf(notes);
        }

        /** The proof in one sentence, without a full stop. */
        public String inWords() {
            StringBuilder words =
                    new StringBuilder(Counted.say("Closes %d of %d [finding|findings]", closes, findings));
            if (reportOnly) {
                words.append(" once the new policy is turned on");
            }
            words.append("; nobody is locked out; ");
            words.append(
                    newlyAsked == 0
                            ? "no administrator is newly asked for anything"
                            : Counted.say("%d [administrator is|administrators are] newly asked for ", newlyAsked)
                                    + String.join(", ", requirements));
            if (everybody) {
                words.append("; so is everyone else the policy applies to");
            }
            return words.append(Counted.say("; none of %d [item|items] gets worse", compared))
                    .toString();
        }
    }

    /**
     * One request of a change.
     *
     * @param method of HTTP
     * @param url as in the change file
     * @param why the reason for it
     */
    public record Request(String method, String url, String why) {}
}
