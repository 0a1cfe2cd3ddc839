package dev.parc.facts;

/** Three-valued: a membership that was not read, or a rule that is not modelled, is neither yes nor no. */
enum Match {
    NO('-'),
    MAYBE('?'),
    YES('+');

    private final char sign;

    Match(char sign) {
        this.sign = sign;
    }

    /** One character that stands for it. */
    char sign() {
        return sign;
    }

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
