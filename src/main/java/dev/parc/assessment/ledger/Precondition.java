package dev.parc.assessment.ledger;

import java.util.Optional;

/** What must be kept under a key for a change to be made: {@code If-Match} and {@code If-None-Match} of HTTP. */
public sealed interface Precondition {

    /** Whatever is kept. */
    Precondition NONE = new Any();

    /** Nothing that stands. */
    Precondition ABSENT = new Absent();

    /** This revision, and no later one. */
    static Precondition revision(int revision) {
        return new Revision(revision);
    }

    /** Whether it holds for what is kept. */
    boolean holds(Optional<? extends KeptRevision<?>> kept);

    /** See {@link #NONE}. */
    record Any() implements Precondition {
        @Override
        public boolean holds(Optional<? extends KeptRevision<?>> kept) {
            return true;
        }
    }

    /** See {@link #ABSENT}. */
    record Absent() implements Precondition {
        @Override
        public boolean holds(Optional<? extends KeptRevision<?>> kept) {
            return kept.filter(KeptRevision::stands).isEmpty();
        }
    }

    /** See {@link #revision}. */
    record Revision(int revision) implements Precondition {
        @Override
        public boolean holds(Optional<? extends KeptRevision<?>> kept) {
            return kept.filter(one -> one.revision() == revision).isPresent();
        }
    }
}
