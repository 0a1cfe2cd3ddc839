package dev.parc.query;

/**
 * What a condition on an event may turn out to be, as the set of what is possible: always met, met at some times, never
 * met. One possibility is certain; all three are unknown.
 *
 * @param possible some of the three bits
 * @param timed whether it is met at one run of the rule and may not be at the next: its opposite then says nothing
 */
record Truth(int possible, boolean timed) implements Value {

    private static final int NEVER_BIT = 1;
    private static final int SOMETIMES_BIT = 2;
    private static final int ALWAYS_BIT = 4;
    private static final int[] BITS = {NEVER_BIT, SOMETIMES_BIT, ALWAYS_BIT};

    static final Truth NEVER = new Truth(NEVER_BIT, false);
    static final Truth SOMETIMES = new Truth(SOMETIMES_BIT, false);
    static final Truth ALWAYS = new Truth(ALWAYS_BIT, false);
    static final Truth UNKNOWN = new Truth(NEVER_BIT | SOMETIMES_BIT | ALWAYS_BIT, false);

    static Truth of(boolean met) {
        return met ? ALWAYS : NEVER;
    }

    /** That of a value where a condition is asked for. */
    static Truth of(Value value) {
        return value instanceof Truth truth ? truth : UNKNOWN;
    }

    Truth duringRuns() {
        return new Truth(possible, true);
    }

    boolean is(Truth other) {
        return possible == other.possible;
    }

    /** Conditions that are met at some times each may meet at none, or always be met in turn. */
    Truth and(Truth other) {
        int result = 0;
        for (int mine : BITS) {
            for (int theirs : BITS) {
                if ((possible & mine) != 0 && (other.possible & theirs) != 0) {
                    result |= mine == SOMETIMES_BIT && theirs == SOMETIMES_BIT
                            ? SOMETIMES_BIT | NEVER_BIT
                            : Math.min(mine, theirs);
                }
            }
        }
        return new Truth(result, timed || other.timed);
    }

    Truth or(Truth other) {
        int result = 0;
        for (int mine : BITS) {
            for (int theirs : BITS) {
                if ((possible & mine) != 0 && (other.possible & theirs) != 0) {
                    result |= mine == SOMETIMES_BIT && theirs == SOMETIMES_BIT
                            ? SOMETIMES_BIT | ALWAYS_BIT
                            : Math.max(mine, theirs);
                }
            }
        }
        return new Truth(result, timed || other.timed);
    }

    Truth not() {
        if (timed) {
            return UNKNOWN;
        }
        return new Truth(
                (possible & SOMETIMES_BIT)
                        | ((possible & NEVER_BIT) != 0 ? ALWAYS_BIT : 0)
                        | ((possible & ALWAYS_BIT) != 0 ? NEVER_BIT : 0),
                false);
    }

    Yield asYield() {
        if (is(ALWAYS)) {
            return Yield.EVERY;
        }
        if ((possible & ALWAYS_BIT) != 0) {
            return Yield.UNKNOWN;
        }
        return (possible & SOMETIMES_BIT) != 0 ? Yield.SOME : Yield.NONE;
    }
}
