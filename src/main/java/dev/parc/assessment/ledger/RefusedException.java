package dev.parc.assessment.ledger;

/** What a person wants to be kept cannot be. The message is one line that says why and what would do. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
