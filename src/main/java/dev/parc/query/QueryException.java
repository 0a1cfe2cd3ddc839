package dev.parc.query;

/** A query that cannot be followed; it ends the reading of that query and never leaves the package. */
final class QueryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Whether it is no query at all, so that the service refuses it; else only PARC does not follow. */
    private final boolean wrong;

    private QueryException(String message, boolean wrong) {
        super(message, null, false, false);
        this.wrong = wrong;
    }

    static QueryException wrong(String why) {
        return new QueryException(why, true);
    }

    static QueryException unknown(String what) {
        return new QueryException(what, false);
    }

    boolean wrong() {
        return wrong;
    }
}
