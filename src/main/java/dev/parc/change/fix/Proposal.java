package dev.parc.change.fix;

import dev.parc.change.ChangeRequest;
import dev.parc.check.Finding;
import java.util.List;

/**
 * What could put an item right.
 *
 * @param alternatives each by itself, the preferred one first; at most {@link #MOST_ALTERNATIVES} are looked at
 * @param left what no alternative can do; a finding for which nothing is said here is left with the item's remedy
 */
public record Proposal(List<Alternative> alternatives, List<Left> left) {

    /** So many are proved at most. */
    public static final int MOST_ALTERNATIVES = 24;

    public Proposal {
        alternatives = List.copyOf(alternatives);
        left = List.copyOf(left);
    }

    /**
     * One way.
     *
     * @param requests in the order in which they are to be sent, each with its reason. New Conditional Access policies are
     *     switched on: whether they are written so, {@link Fixer} decides
     * @param closes those of the item's findings that it claims to close
     * @param notes what a person has to know or do beside it, a sentence each
     * @param everybody whether it asks something of everybody, not only of those who administer
     */
    public record Alternative(
            List<ChangeRequest> requests, List<Finding> closes, List<String> notes, boolean everybody) {
        public Alternative {
            requests = List.copyOf(requests);
            closes = List.copyOf(closes);
            notes = List.copyOf(notes);
        }

        /** One that asks nothing of anybody but administrators, with nothing to be said beside it. */
        public Alternative(List<ChangeRequest> requests, List<Finding> closes) {
            this(requests, closes, List.of(), false);
        }
    }

    /**
     * A finding that only a person can put right.
     *
     * @param what the person can do, to stand after the finding's subject: "must register a second method"
     */
    public record Left(Finding finding, String what) {

        /** It in words. */
        public String inWords() {
            return finding.subjectName() + " " + what;
        }
    }
}
