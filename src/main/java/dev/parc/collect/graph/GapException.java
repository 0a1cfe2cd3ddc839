package dev.parc.collect.graph;

/** A part of an answer cannot be used. */
final class GapException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String gap;

    GapException(String gap) {
        super(gap);
        this.gap = gap;
    }

    /** The gap to report. */
    String gap() {
        return gap;
    }
}
