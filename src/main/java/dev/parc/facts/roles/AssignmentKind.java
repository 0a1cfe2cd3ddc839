package dev.parc.facts.roles;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How permanently something is held, most permanent first. */
public enum AssignmentKind {
    /** Active now, with no end. */
    PERMANENT,
    /** Active now, until a set date. */
    TIME_BOUND,
    /** Active now because an eligible assignment was activated: not permanent. */
    ACTIVATED,
    /** Active now; for how long could not be read. */
    ACTIVE,
    /** Can be activated. */
    ELIGIBLE;

    /** The name of {@link #PERMANENT} until documents of version 2. */
    private static final String STANDING = "STANDING";

    /** The kind with this name, in upper case, or with its former name; empty if there is none. */
    public static Optional<AssignmentKind> of(String name) {
        return name.equals(STANDING)
                ? Optional.of(PERMANENT)
                : Stream.of(values()).filter(kind -> kind.name().equals(name)).findFirst();
    }

    /** In words, to stand before "assignment". */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is held without being activated first. */
    public boolean assigned() {
        return this == PERMANENT || this == TIME_BOUND || this == ACTIVE;
    }

    /** What is left when one thing is held by way of another: the less permanent of the two. */
    public AssignmentKind by(AssignmentKind other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
