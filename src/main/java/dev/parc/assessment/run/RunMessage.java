package dev.parc.assessment.run;

import java.util.OptionalInt;

/**
 * What a message of the queue of runs asks for.
 *
 * @param block the block of subscriptions to read for the run, from 0; empty to do the run
 */
public record RunMessage(RunRequest run, OptionalInt block) {

    /** A message to do the run. */
    public static RunMessage of(RunRequest run) {
        return new RunMessage(run, OptionalInt.empty());
    }
}
