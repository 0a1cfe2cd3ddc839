package dev.parc.facts.policies;

/** Three-valued: a membership that was not read, or a rule that is not modelled, is neither yes nor no. */
public enum Match {
    NO,
    MAYBE,
    YES;

    public static Match of(boolean yes) {
        return yes ? YES : NO;
    }

    public Match or(Match other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public Match and(Match other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Match not() {
        return this == MAYBE ? MAYBE : of(this == NO);
    }
}
