package dev.parc.change.fix;

/**
 * Knows the requests that put one item right. It proves nothing: what it proposes is proved by {@link Fixer}, and what cannot be
 * proved is not written. No I/O, no clock, no state.
 */
public interface Fix {

    /** What could put the item right, and what of it no request can. */
    Proposal propose(OpenItem item);
}
