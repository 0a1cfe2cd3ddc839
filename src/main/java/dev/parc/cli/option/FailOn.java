package dev.parc.cli.option;

import dev.parc.assessment.CheckResult;
import dev.parc.check.Outcome;

/** From which outcome on a run is said to have findings. */
enum FailOn {
    FAIL,
    REVIEW;

    /** Whether this result has it; what is waived does not count. */
    boolean isMetBy(CheckResult result) {
        Outcome outcome = result.outcome();
        return !result.isWaived() && (outcome == Outcome.FAIL || (this == REVIEW && outcome == Outcome.REVIEW));
    }
}
