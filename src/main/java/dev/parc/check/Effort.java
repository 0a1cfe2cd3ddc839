package dev.parc.check;

/** What putting an item right usually takes, least first: an estimate for the order of work, not a promise. */
public enum Effort {
    HOURS,
    DAYS,
    /** Many people or systems are concerned, or it is tried in small groups first. */
    WEEKS
}
