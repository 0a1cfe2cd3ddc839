package dev.parc.facts.roles;

import java.util.Locale;

/** How permanently something is held, most permanent first. */
public enum AssignmentKind {
    /** Active now, with no end. */
    STANDING,
    /** Active now, until a set date. */
    TIME_BOUND,
    /** Active now because an eligible assignment was activated: not standing. */
    ACTIVATED,
    /** Active now; for how long could not be read. */
    ACTIVE,
    /** Can be activated. */
    ELIGIBLE;

    /** In words, to stand before "assignment". */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is held without being activated first. */
    public boolean assigned() {
        return this == STANDING || this == TIME_BOUND || this == ACTIVE;
    }

    /** What is left when one thing is held by way of another: the less permanent of the two. */
    public AssignmentKind by(AssignmentKind other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
