package dev.parc.collect.reading;

/** A part of an answer cannot be used. */
public final class GapException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String gap;

    public GapException(String gap) {
        super(gap);
        this.gap = gap;
    }

    /** The gap to report. */
    public String gap() {
        return gap;
    }
}
