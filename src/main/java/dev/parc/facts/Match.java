package dev.parc.facts;

/** Three-valued: a membership that was not read, or a rule that is not modelled, is neither yes nor no. */
enum Match {
    NO,
    MAYBE,
    YES;

    static Match of(boolean yes) {
        return yes ? YES : NO;
    }

    Match or(Match other) {
        return compareTo(other) >= 0 ? this : other;
    }

    Match and(Match other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Match not() {
        return this == MAYBE ? MAYBE : of(this == NO);
    }
}
