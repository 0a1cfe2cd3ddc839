package dev.parc.assessment.publishing;

import java.time.Instant;

/**
 * One place in the sequence of what is published: a run that was finished, with everything that it changed, or the deletion of
 * one. Whoever has been told everything up to a position is told the rest by asking what comes after it.
 *
 * @param position from 1, without a hole when it is given and never given again; 0 for a run that an earlier release finished
 *     and that has no place yet
 * @param tag under which attempt's name the changes are kept; empty for those of an earlier release
 * @param at when the run was finished or deleted
 */
public record Publication(long position, Kind kind, String runId, String tag, Instant at) {

    /** What is published. */
    public enum Kind {
        /** A run was finished. */
        RUN,
        /** A finished run was deleted by somebody: what it said is withdrawn. */
        DELETION
    }

    /** Whether its run is finished and not deleted. */
    public boolean isRun() {
        return kind == Kind.RUN;
    }
}
