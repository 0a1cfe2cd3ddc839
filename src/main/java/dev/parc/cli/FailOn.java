package dev.parc.cli;

import dev.parc.check.Outcome;

/** From which outcome on a run is said to have findings. */
enum FailOn {
    FAIL,
    REVIEW;

    boolean isMetBy(Outcome outcome) {
        return outcome == Outcome.FAIL || (this == REVIEW && outcome == Outcome.REVIEW);
    }
}
