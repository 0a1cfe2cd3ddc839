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
        return new AtRevision(revision);
    }

    /** Whether it holds for what is kept. */
    boolean holds(Optional<? extends Revision<?>> stored);

    /** See {@link #NONE}. */
    record Any() implements Precondition {
        @Override
        public boolean holds(Optional<? extends Revision<?>> stored) {
            return true;
        }
    }

    /** See {@link #ABSENT}. */
    record Absent() implements Precondition {
        @Override
        public boolean holds(Optional<? extends Revision<?>> stored) {
            return stored.filter(Revision::stands).isEmpty();
        }
    }

    /** See {@link #revision}. */
    record AtRevision(int revision) implements Precondition {
        @Override
        public boolean holds(Optional<? extends Revision<?>> stored) {
            return stored.filter(one -> one.revision() == revision).isPresent();
        }
    }
}
