package dev.parc.facts;

/** How permanently something is held, most permanent first. */
public enum AssignmentKind {
    /** Active now, with no end. */
    STANDING,
    /** Active now, until a set date. */
    TIME_BOUND,
    /** Active now because an eligible assignment was activated: not standing. */
    ACTIVATED,
    /** Can be activated. */
    ELIGIBLE;

    /** What is left when one thing is held by way of another: the less permanent of the two. */
    public AssignmentKind by(AssignmentKind other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
