package dev.parc.facts;

import java.util.List;

/** What became of reading one kind of fact. */
public sealed interface Reading {

    /**
     * It was read.
     *
     * @param values every value, in the order they came
     * @param gaps what of it could not be read, a sentence each; with any of these nothing can be a PASS
     * @param unseen principals of which it tells nothing; they concern who asks about a role that these hold
     */
    record Read(List<?> values, List<String> gaps, List<Unseen> unseen) implements Reading {
        public Read {
            values = List.copyOf(values);
            gaps = List.copyOf(gaps);
            unseen = List.copyOf(unseen);
        }

        /** Of every principal that was asked about. */
        public Read(List<?> values, List<String> gaps) {
            this(values, gaps, List.of());
        }
    }

    /** The tenant lacks the licence, so the feature or the evidence does not exist. */
    record Unlicensed(Licence licence) implements Reading {}

    /**
     * It could not be read.
     *
     * @param reason why, with what to do about it: the permission to grant, the throttling that did not end ...
     */
    record Unread(String reason) implements Reading {}
}
